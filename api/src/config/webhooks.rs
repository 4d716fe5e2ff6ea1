//! How events are sent.

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// Networks outside the public internet that may be connected to all the same, such as `127.0.0.1/32`:
    /// for development. `http:` is taken for these alone.
    pub allow_networks: Vec<String>,
    /// Seconds to wait after each failed attempt; after the last, the event is not sent again.
    pub retry_seconds: Vec<u64>,
    /// Seconds in which a receiver must answer.
    pub timeout_seconds: u64,
    /// Receivers that one process sends to at a time.
    pub concurrency: u32,
    /// Endpoints of one account, by mode.
    pub most_endpoints: u32,
}

impl Default for Webhooks {
    fn default() -> Self {
        const HOUR: u64 = 3600;
        Self {
            allow_networks: Vec::new(),
            retry_seconds: vec![
                5,
                5 * 60,
                30 * 60,
                2 * HOUR,
                5 * HOUR,
                10 * HOUR,
                14 * HOUR,
                20 * HOUR,
                24 * HOUR,
            ],
            timeout_seconds: 15,
            concurrency: 64,
            most_endpoints: 20,
        }
    }
}

impl Webhooks {
    /// The networks that are opened; what is none was refused at the start.
    #[must_use]
    pub fn opened(&self) -> Vec<IpNet> {
        let networks = self.allow_networks.iter();
        networks.filter_map(|network| network.parse().ok()).collect()
    }
}
