//! What a configuration must fulfil beyond the types of its values.

use super::{Config, ConfigError, read_web_url, sign_in};

impl Config {
    /// Refuses what can't work, naming the key.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let refuse = |key: &str, why: &str| Err(ConfigError(format!("`{key}` {why}")));
        if self.listen.parse::<std::net::SocketAddr>().is_err() {
            return refuse("listen", "must be an address and a port such as 127.0.0.1:8080");
        }
        if !self.public_url.is_empty() && read_web_url(&self.public_url).is_none() {
            return refuse("public_url", "must be a URL such as https://api.studio.example");
        }
        if !["", "sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| {
                if scheme.is_empty() {
                    self.database.url.is_empty()
                } else {
                    self.database.url.starts_with(scheme)
                }
            })
        {
            return refuse("database.url", "must begin with postgres:// or sqlite://");
        }
        if !["text", "json"].contains(&self.log.format.as_str()) {
            return refuse("log.format", "must be `text` or `json`");
        }
        let positive = [
            (
                "database.max_connections",
                u64::from(self.database.max_connections),
            ),
            (
                "limits.requests_per_minute",
                u64::from(self.limits.requests_per_minute),
            ),
            (
                "limits.concurrent_generations",
                u64::from(self.limits.concurrent_generations),
            ),
            (
                "limits.concurrent_generations_per_account",
                u64::from(self.limits.concurrent_generations_per_account),
            ),
            (
                "limits.refusals_per_minute",
                u64::from(self.limits.refusals_per_minute),
            ),
            ("limits.body_bytes", self.limits.body_bytes),
            ("limits.batch_body_bytes", self.limits.batch_body_bytes),
            ("limits.open_batches", u64::from(self.limits.open_batches)),
            ("limits.keys_per_account", u64::from(self.limits.keys_per_account)),
            (
                "sessions.most_per_account",
                u64::from(self.sessions.most_per_account),
            ),
            ("limits.heartbeat_seconds", self.limits.heartbeat_seconds),
            ("worker.concurrency", u64::from(self.worker.concurrency)),
            ("worker.lease_seconds", self.worker.lease_seconds),
            (
                "sessions.access_token_seconds",
                self.sessions.access_token_seconds,
            ),
            ("sessions.idle_seconds", self.sessions.idle_seconds),
            ("sessions.longest_seconds", self.sessions.longest_seconds),
            ("files.link_seconds", self.files.link_seconds),
            ("webhooks.timeout_seconds", self.webhooks.timeout_seconds),
            ("webhooks.concurrency", u64::from(self.webhooks.concurrency)),
        ];
        if let Some((key, _)) = positive.into_iter().find(|(_, value)| *value == 0) {
            return refuse(key, "must be greater than zero");
        }
        let remembered = self.credits.welcome_remembered.parse::<jiff::Span>();
        if remembered.is_err() || remembered.is_ok_and(|period| period.is_negative()) {
            return refuse(
                "credits.welcome_remembered",
                "must be an ISO 8601 period such as P1Y, or P0D",
            );
        }
        if let Some((key, why)) = self.policy.fault().or_else(|| self.sign_up.fault()) {
            return refuse(key, why);
        }
        if let Some((key, why)) = super::consents::fault(&self.consents) {
            return refuse(key, why);
        }
        if let Err((key, why)) = self.mail.check() {
            return refuse(key, why);
        }
        if self.server.proxies().len() != self.server.trusted_proxies.len() {
            return refuse(
                "server.trusted_proxies",
                "must be addresses or networks such as 127.0.0.1 and 10.0.0.0/8",
            );
        }
        if self.webhooks.opened().len() != self.webhooks.allow_networks.len() {
            return refuse("webhooks.allow_networks", "must be networks such as 127.0.0.1/32");
        }
        if let Some((key, why)) = self.moderation.fault() {
            return refuse(key, why);
        }
        sign_in::check(&self.oauth, &self.frontend, &self.account)?;
        if let Err(why) = super::providers::check(&self.providers) {
            return refuse("providers", &why);
        }
        for offer in &self.offers {
            if !offer.credits.is_positive() || offer.prices.is_empty() {
                return refuse("offers", &format!("needs credits and a price in `{}`", offer.id));
            }
            if !offer.lasts.is_empty() && offer.lasts.parse::<jiff::Span>().is_err() {
                return refuse(
                    "offers.lasts",
                    &format!("must be an ISO 8601 period in `{}`", offer.id),
                );
            }
        }
        Ok(())
    }
}
