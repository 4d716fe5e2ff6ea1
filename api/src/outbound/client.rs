//! The client: what may be asked of it at all.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use url::{Host, Url};

use super::names::{Lookup, Names, Permitted, system};
use crate::config::{has_odd_letters, read_web_url};

/// The longest address that is taken.
pub const MOST_URL: usize = 2048;

const USER_AGENT: &str = concat!("Tintype/", env!("CARGO_PKG_VERSION"));

/// Why an address is not connected to, as far as it can be read from the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("it is no absolute URL")]
    NoUrl,
    #[error("it is longer than {MOST_URL} characters")]
    TooLong,
    #[error("it has a space, a line break or another character that must be encoded in an address")]
    Letters,
    #[error("its host must be written in ASCII, as in xn--bcher-kva.example, after https://")]
    Host,
    #[error("it must begin with https://")]
    Scheme,
    #[error("it carries a user name or a password")]
    Credentials,
    #[error("its port is another service's: use 443, or one from 1024 on")]
    Port,
    #[error("it is not on the public internet")]
    NotPublic,
}

/// Reads an address, whatever it leads to.
///
/// # Errors
/// When it can't be one that is connected to.
pub fn parse(address: &str) -> Result<Url, Refused> {
    if address.len() > MOST_URL {
        return Err(Refused::TooLong);
    }
    if has_odd_letters(address) {
        return Err(Refused::Letters);
    }
    let url = Url::parse(address).map_err(|_| Refused::NoUrl)?;
    if !["https", "http"].contains(&url.scheme()) {
        return Err(Refused::Scheme);
    }
    let url = read_web_url(address).ok_or(Refused::Host)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    match url.port() {
        Some(port) if port < 1024 && ![80, 443].contains(&port) => Err(Refused::Port),
        _ => Ok(url),
    }
}

/// Connects only to the public internet and to networks that the operator opened.
/// Follows no redirects and uses no proxy. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    secure: reqwest::Client,
    /// For `http:`, to opened networks alone.
    plain: reqwest::Client,
    opened: Arc<[IpNet]>,
}

impl Client {
    #[must_use]
    pub fn new(opened: &[IpNet]) -> Self {
        Self::asking(opened, system())
    }

    pub(super) fn asking(opened: &[IpNet], lookup: Lookup) -> Self {
        let opened: Arc<[IpNet]> = opened.into();
        let build = |opened_only| {
            let permitted = Permitted {
                opened: Arc::clone(&opened),
                opened_only,
            };
            let lookup = Arc::clone(&lookup);
            reqwest::Client::builder()
                .dns_resolver(Names { lookup, permitted })
                .no_proxy()
                // Over HTTP/2, a receiver could keep a body that was let out from being taken over.
                .http1_only()
                .redirect(Policy::none())
                .referer(false)
                .user_agent(USER_AGENT)
                .connect_timeout(Duration::from_secs(10))
                .pool_max_idle_per_host(8)
                .pool_idle_timeout(Duration::from_secs(20))
                .build()
                .expect("nothing here depends on the machine")
        };
        Self {
            secure: build(false),
            plain: build(true),
            opened: Arc::clone(&opened),
        }
    }

    /// Whether an address may be written down: what its name resolves to is
    /// checked at every connection anew.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, address: &str) -> Result<Url, Refused> {
        let url = parse(address)?;
        let opened_only = url.scheme() == "http";
        if opened_only && self.opened.is_empty() {
            return Err(Refused::Scheme);
        }
        let literal = match url.host() {
            None => return Err(Refused::NoUrl),
            Some(Host::Domain(name)) => {
                // Never anything but this machine.
                let name = name.trim_end_matches('.');
                if self.opened.is_empty() && (name == "localhost" || name.ends_with(".localhost")) {
                    return Err(Refused::NotPublic);
                }
                None
            }
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        };
        let permitted = Permitted {
            opened: Arc::clone(&self.opened),
            opened_only,
        };
        // The connector asks no resolver about these.
        if literal.is_some_and(|address| !permitted.permits(address)) {
            return Err(Refused::NotPublic);
        }
        Ok(url)
    }

    /// Begins a request. Give it a timeout, and read no more than you want.
    ///
    /// # Errors
    /// When the address may not be connected to.
    pub fn request(&self, method: Method, address: &str) -> Result<RequestBuilder, Refused> {
        let url = self.check(address)?;
        let client = match url.scheme() {
            "https" => &self.secure,
            _ => &self.plain,
        };
        Ok(client.request(method, url))
    }
}
