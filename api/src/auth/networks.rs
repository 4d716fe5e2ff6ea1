//! Networks that a key may call from.

use std::net::IpAddr;

use entity::api_key;
use ipnet::{IpNet, Ipv4Net};
use serde_json::Value;

/// Networks in order, each once. IPv4 in IPv6's clothes is IPv4.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Reads addresses and networks, such as `203.0.113.7` and `2001:db8::/32`.
    ///
    /// # Errors
    /// The place of the first that is neither.
    pub fn read<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, usize> {
        let mut networks = Vec::new();
        for (at, text) in texts.into_iter().enumerate() {
            networks.push(network(text).ok_or(at)?);
        }
        networks.sort_unstable();
        networks.dedup();
        Ok(Self(networks))
    }

    /// What a row allows. What can't be read allows nothing.
    #[must_use]
    pub fn of(key: &api_key::Model) -> Option<Self> {
        let texts = key.ip_allow.as_ref()?.as_array();
        let texts = texts.into_iter().flatten().filter_map(Value::as_str);
        Some(Self::read(texts).unwrap_or_default())
    }

    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether every address in here is in `other` too.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        // Two halves that stand side by side are one network.
        let others = IpNet::aggregate(&other.0);
        let inside = |own: &IpNet| others.iter().any(|other| other.contains(own));
        self.0.iter().all(inside)
    }

    /// As they are shown and stored; a network of one address is that address.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let shown = self.0.iter().map(|network| match network {
            network if network.prefix_len() == network.max_prefix_len() => network.addr().to_string(),
            network => network.to_string(),
        });
        shown.collect()
    }
}

fn network(text: &str) -> Option<IpNet> {
    let network = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address),
        Err(_) => text.parse::<IpNet>().ok()?.trunc(),
    };
    let IpNet::V6(v6) = network else {
        return Some(network);
    };
    let mapped = v6.addr().to_ipv4_mapped().zip(v6.prefix_len().checked_sub(96));
    let v4 = mapped.and_then(|(address, prefix)| Ipv4Net::new(address, prefix).ok());
    Some(v4.map_or(network, IpNet::V4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> Networks {
        Networks::read(texts.iter().copied()).unwrap()
    }

    #[test]
    fn networks_are_shown_in_their_shortest_form() {
        let networks = read(&[
            "::ffff:192.0.2.1",
            "10.1.2.3/8",
            "192.0.2.1",
            "2001:db8::1/32",
            "::ffff:10.0.0.0/104",
        ]);
        assert_eq!(networks.texts(), ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"]);
        for bad in [
            "",
            "10.0.0.0/33",
            "10.0.0",
            "host",
            "10.0.0.1:80",
            "[::1]",
            "::/129",
            " ::1",
            "10.0.0.0/-1",
        ] {
            assert_eq!(Networks::read(["::1", bad]), Err(1), "{bad}");
        }
    }

    #[test]
    fn an_address_is_found_in_either_form() {
        let networks = read(&["192.0.2.0/24", "2001:db8::/32"]);
        for inside in ["192.0.2.255", "::ffff:192.0.2.1", "2001:db8:ffff::1"] {
            assert!(networks.contains(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["192.0.3.0", "::192.0.2.1", "2001:db9::"] {
            assert!(!networks.contains(outside.parse().unwrap()), "{outside}");
        }
        assert!(!Networks::default().contains("::1".parse().unwrap()));
        // All of IPv6 is nothing of IPv4.
        assert!(!read(&["::/0"]).contains("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn what_is_within_is_no_wider() {
        let maker = read(&["10.0.0.0/9", "10.128.0.0/9", "192.0.2.1"]);
        assert!(read(&["10.0.0.0/8"]).within(&maker));
        assert!(read(&["10.7.0.0/16", "192.0.2.1"]).within(&maker));
        assert!(!read(&["192.0.2.0/31"]).within(&maker));
        assert!(!read(&["0.0.0.0/0"]).within(&maker));
        assert!(!read(&["::/0"]).within(&maker));
    }
}
