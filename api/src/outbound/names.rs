//! Names, resolved to the addresses that may be connected to.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{is_opened, is_public};

/// Who is asked for a name's addresses.
pub type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// A name all of whose addresses are closed to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address is not on the public internet")]
pub struct NotPublic;

/// Which addresses may be connected to.
#[derive(Debug, Clone)]
pub struct Permitted {
    pub opened: Arc<[IpNet]>,
    /// Whether only networks that the operator opened count: for `http:`.
    pub opened_only: bool,
}

impl Permitted {
    pub fn permits(&self, address: IpAddr) -> bool {
        is_opened(address, &self.opened) || (!self.opened_only && is_public(address))
    }
}

/// Asks the system's resolver.
pub fn system() -> Lookup {
    Arc::new(|name| {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    })
}

/// The connector asks here, once a connection, and connects to nothing else.
pub struct Names {
    pub lookup: Lookup,
    pub permitted: Permitted,
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let permitted = self.permitted.clone();
        let asked = (self.lookup)(name.as_str().to_owned());
        Box::pin(async move {
            let found = asked.await?;
            let open: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| permitted.permits(*address))
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            match open.is_empty() {
                true => Err(NotPublic.into()),
                false => Ok(Box::new(open.into_iter()) as Addrs),
            }
        })
    }
}
