//! Who makes what was asked for: one trait, an adapter for each way to ask.
//!
//! [`sandbox`] draws on this machine; [`http`] asks the operator's own model
//! server or gateway; [`said`] reads what a provider's answer means, and [`media`]
//! what the bytes of a file are.

mod http;
mod judge;
mod media;
mod provider;
pub mod said;
pub mod sandbox;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;

pub use judge::{Judge, JudgeError};
pub use provider::{Callback, Failure, Line, LookUp, Made, Media, Outcome, Provider, Request};

/// The provider of everything in test mode.
pub const SANDBOX: &str = "sandbox";

/// The providers by name, as the catalogue's rows call them.
#[derive(Clone)]
pub struct Providers {
    by_name: BTreeMap<String, Arc<dyn Provider>>,
}

impl Providers {
    /// The configured providers.
    #[must_use]
    pub fn configured(config: &Config) -> Self {
        let mut by_name: BTreeMap<String, Arc<dyn Provider>> = BTreeMap::new();
        if config.sandbox.enabled {
            by_name.insert(SANDBOX.to_owned(), Arc::new(sandbox::Sandbox::default()));
        }
        for row in config.providers.iter().filter(|row| !row.base_url.is_empty()) {
            by_name.insert(row.name.clone(), Arc::new(http::Http::new(row.clone())));
        }
        Self { by_name }
    }

    /// The names of all providers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    #[must_use]
    pub fn find(&self, name: &str) -> Option<Arc<dyn Provider>> {
        self.by_name.get(name).map(Arc::clone)
    }
}
