//! Providers that people sign in with, played: an issuer of OpenID Connect and a
//! GitHub, each with every way to fail, and the browser that goes between.

mod browser;
mod github;
mod issuer;
mod token;
mod wire;

pub use browser::{APP, Browser, Landing, VERIFIER};
pub use github::{GitHub, GitHubFault};
pub use issuer::{Fault, Issuer};
