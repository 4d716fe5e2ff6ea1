//! How the server stands in its network.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// Addresses or networks of the proxies in front of this server, such as `127.0.0.1` and `10.0.0.0/8`. Of what these say in
    /// `X-Forwarded-For`, the last address that is none of them is the caller's. Empty: nobody is
    /// believed, and whoever is connected is the caller.
    pub trusted_proxies: Vec<String>,
}

impl ServerSettings {
    /// The networks that are trusted; what is none was refused at the start.
    #[must_use]
    pub fn proxies(&self) -> Vec<IpNet> {
        let networks = self.trusted_proxies.iter();
        networks.filter_map(|text| network(text)).collect()
    }
}

fn network(text: &str) -> Option<IpNet> {
    let address = text.parse::<IpAddr>().ok().map(IpNet::from);
    address.or_else(|| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_by_its_address_or_its_network() {
        let named = ["127.0.0.1", "::1", "10.0.0.0/8", "localhost"].map(str::to_owned);
        let settings = ServerSettings {
            trusted_proxies: named.to_vec(),
        };
        let networks: Vec<String> = settings.proxies().iter().map(ToString::to_string).collect();
        assert_eq!(networks, ["127.0.0.1/32", "::1/128", "10.0.0.0/8"]);
    }
}
