//! From which address a request comes. Behind proxies that the operator trusts, what
//! they say of it counts; what anyone else says does not.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use ipnet::IpNet;
use poem::{Addr, Request};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

impl Proxies {
    #[must_use]
    pub fn new(trusted: Vec<IpNet>) -> Self {
        Self(trusted)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address of the caller: of whoever is connected, or, if that is a trusted
    /// proxy, the last one in `X-Forwarded-For` that is none.
    #[must_use]
    pub fn caller(&self, request: &Request) -> IpAddr {
        let connected = match &request.remote_addr().0 {
            Addr::SocketAddr(address) => address.ip().to_canonical(),
            _ => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        };
        let headers = request.headers().get_all(FORWARDED_FOR).iter();
        let lines: Vec<&str> = headers.filter_map(|line| line.to_str().ok()).collect();
        self.behind(connected, &lines)
    }

    fn behind(&self, connected: IpAddr, lines: &[&str]) -> IpAddr {
        let entries = lines.iter().rev().flat_map(|line| line.rsplit(','));
        let mut caller = connected;
        for entry in entries {
            if !self.trust(caller) {
                break;
            }
            match address(entry.trim()) {
                Some(named) => caller = named,
                // Whoever wrote no address knew none further out.
                None => break,
            }
        }
        caller
    }
}

/// An address, of which some proxies also tell the port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    let bare = bare.parse::<IpAddr>().ok();
    let address = bare.or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address| address.to_canonical())
}

/// By what callers are counted: an IPv4 address, or the /64 of an IPv6 address,
/// which one household or machine has to itself.
#[must_use]
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(trusted: &[&str], connected: &str, lines: &[&str]) -> String {
        let proxies = Proxies::new(trusted.iter().map(|text| text.parse().unwrap()).collect());
        proxies.behind(connected.parse().unwrap(), lines).to_string()
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(caller(&[], "192.0.2.1", &["10.0.0.1"]), "192.0.2.1");
        assert_eq!(caller(&["10.0.0.0/8"], "192.0.2.1", &["10.0.0.1"]), "192.0.2.1");
    }

    #[test]
    fn the_last_that_is_no_proxy_counts() {
        let ours = ["10.0.0.0/8", "::1/128"];
        for (lines, expected) in [
            (vec![], "10.0.0.1"),
            (vec!["192.0.2.1"], "192.0.2.1"),
            // What a caller writes himself stands to the left.
            (vec!["198.51.100.7, 192.0.2.1"], "192.0.2.1"),
            (vec!["198.51.100.7", "192.0.2.1, 10.2.2.2"], "192.0.2.1"),
            (vec!["198.51.100.7, nonsense"], "10.0.0.1"),
            (vec!["nonsense, 10.3.3.3"], "10.3.3.3"),
            (vec!["10.9.9.9, 10.3.3.3"], "10.9.9.9"),
            (vec!["[2001:db8::1]:443"], "2001:db8::1"),
            (vec!["[2001:db8::1]"], "2001:db8::1"),
            (vec!["192.0.2.1:443"], "192.0.2.1"),
            (vec!["::ffff:192.0.2.1"], "192.0.2.1"),
            (vec![""], "10.0.0.1"),
        ] {
            assert_eq!(caller(&ours, "10.0.0.1", &lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_household_is_counted_as_one() {
        let counted = |text: &str| counted_as(text.parse().unwrap()).to_string();
        assert_eq!(counted("2001:db8:1:2:3::4"), "2001:db8:1:2::");
        assert_eq!(counted("192.0.2.1"), "192.0.2.1");
    }
}
