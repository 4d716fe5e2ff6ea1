//! What exists only where nothing is real: a clock that can be moved, the mails
//! that were never sent, and the buyer and processor of a purchase.
//!
//! [`clock`] moves the one row that all processes date by. [`outbox`] opens
//! sealed mails. [`checkout`] announces what a developer decides, signed, on the
//! same way that a real processor's word takes; [`page`] is where a person decides.
//!
//! None of it needs credentials: mount it only when `sandbox.enabled`.

mod checkout;
mod clock;
pub mod http;
mod outbox;
mod page;

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::app::App;

type Run = dyn Fn(App) -> BoxFuture<'static, ()> + Send + Sync;

/// Whoever runs what is due after the clock was moved: the worker, which knows
/// this slice and is not known here.
#[derive(Clone)]
pub struct RunDue(Arc<Run>);

impl RunDue {
    pub fn by<F>(run: impl Fn(App) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self(Arc::new(move |app| Box::pin(run(app))))
    }

    async fn run(&self, app: &App) {
        (self.0)(app.clone()).await;
    }
}
