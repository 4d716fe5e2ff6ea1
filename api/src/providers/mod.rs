//! Who makes what was asked for: one trait, an adapter for each provider.

mod provider;
pub mod sandbox;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use provider::{Failure, LookUp, Made, Media, Outcome, Provider, Request};

/// The providers by name, as the catalogue's rows call them.
#[derive(Clone)]
pub struct Providers {
    by_name: BTreeMap<&'static str, Arc<dyn Provider>>,
}

impl Providers {
    /// The configured providers.
    #[must_use]
    pub fn configured(sandbox: bool) -> Self {
        let mut by_name: BTreeMap<&'static str, Arc<dyn Provider>> = BTreeMap::new();
        if sandbox {
            by_name.insert("sandbox", Arc::new(sandbox::Sandbox::default()));
        }
        Self { by_name }
    }

    #[must_use]
    pub fn find(&self, name: &str) -> Option<Arc<dyn Provider>> {
        self.by_name.get(name).map(Arc::clone)
    }
}
