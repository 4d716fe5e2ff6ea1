//! How the server stands in its network.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// Networks of the proxies in front of this server, such as `10.0.0.0/8`. Of what these say in
    /// `X-Forwarded-For`, the last address that is none of them is the caller's. Empty: nobody is
    /// believed, and whoever is connected is the caller.
    pub trusted_proxies: Vec<String>,
}

impl ServerSettings {
    /// The networks that are trusted; what is none was refused at the start.
    #[must_use]
    pub fn proxies(&self) -> Vec<IpNet> {
        let networks = self.trusted_proxies.iter();
        networks.filter_map(|network| network.parse().ok()).collect()
    }
}
