//! Who takes the money: one trait, an adapter for each payment processor.

mod gateway;
mod sandbox;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use gateway::{Announced, Checkout, Event, Gateway, GatewayError, NewCheckout, Query, Refund};
pub use sandbox::{SIGNATURE_HEADER, Sandbox};

use crate::secrets::Secrets;

/// The gateways by name.
#[derive(Clone)]
pub struct Gateways {
    by_name: BTreeMap<&'static str, Arc<dyn Gateway>>,
    sandbox: Option<Sandbox>,
}

impl Gateways {
    /// The configured gateways.
    #[must_use]
    pub fn configured(sandbox: bool, secrets: &Secrets, public_url: &str) -> Self {
        let sandbox = sandbox.then(|| Sandbox::new(secrets, public_url));
        let mut by_name: BTreeMap<&'static str, Arc<dyn Gateway>> = BTreeMap::new();
        if let Some(sandbox) = &sandbox {
            by_name.insert("sandbox", Arc::new(sandbox.clone()));
        }
        Self { by_name, sandbox }
    }

    #[must_use]
    pub fn find(&self, name: &str) -> Option<Arc<dyn Gateway>> {
        self.by_name.get(name).map(Arc::clone)
    }

    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.by_name.keys().copied()
    }

    /// The one to take where the buyer named none.
    #[must_use]
    pub fn first(&self) -> Option<&'static str> {
        self.by_name.keys().next().copied()
    }

    /// The sandbox's own, whose buyer is played by a test or a developer.
    #[must_use]
    pub fn sandbox(&self) -> Option<&Sandbox> {
        self.sandbox.as_ref()
    }
}
