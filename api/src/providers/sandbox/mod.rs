//! The sandbox's provider.

use futures_util::future::BoxFuture;
use tokio_util::sync::CancellationToken;

use super::provider::{Failure, LookUp, Outcome, Provider, Request};

pub struct Sandbox;

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn run<'a>(&'a self, _request: &'a Request, _cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome> {
        Box::pin(async move { Err(Failure::Failed("nothing yet".to_owned())) })
    }

    fn look_up<'a>(&'a self, _request: &'a Request) -> BoxFuture<'a, LookUp> {
        Box::pin(std::future::ready(LookUp::NeverRan))
    }
}
