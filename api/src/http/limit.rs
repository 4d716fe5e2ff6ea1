//! How often: requests of one credential, refusals of one address, visits of
//! those who need no credential.
//!
//! Every limiter is a generic cell rate algorithm in this process's memory: a
//! full minute's worth at once, then evenly. Keys that have been quiet are
//! forgotten now and then.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use moka::sync::Cache;
use poem::Request;
use poem::http::{HeaderMap, HeaderName, HeaderValue};

use super::error::{ApiError, Code};
use crate::config::Limits;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// After so many checks, quiet keys are forgotten.
const SWEEP_EVERY: u64 = 4096;

/// A limit that nobody met for so long counts from zero.
const QUIET: Duration = Duration::from_secs(2 * 60);
const MOST_LIMITS: u64 = 10_000;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

fn limiter<K: Hash + Eq + Clone>(per_minute: u32) -> Limiter<K> {
    let per_minute = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
    RateLimiter::keyed(Quota::per_minute(per_minute)).with_middleware()
}

/// What a caller has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    quota: u32,
    remaining: u32,
}

impl Rate {
    /// Seconds until the whole quota is there again.
    fn reset(self) -> u64 {
        let used = u64::from(self.quota.saturating_sub(self.remaining));
        (used * 60).div_ceil(u64::from(self.quota.max(1)))
    }
}

/// Where the rate of a request is noted by whoever knows the caller, for the
/// outermost layer to write.
#[derive(Clone, Default)]
pub struct Noted(Arc<OnceLock<Rate>>);

impl Noted {
    /// Notes the rate in the request's own slip, if it has one.
    pub fn note(request: &Request, rate: Rate) {
        if let Some(Self(slip)) = request.data() {
            slip.get_or_init(|| rate);
        }
    }

    pub(super) fn write(&self, headers: &mut HeaderMap) {
        let Some(rate) = self.0.get() else { return };
        let policy = format!("\"default\";q={};w=60", rate.quota);
        let limit = format!("\"default\";r={};t={}", rate.remaining, rate.reset());
        for (name, value) in [(POLICY, policy), (LIMIT, limit)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

/// The limiters of one process.
pub struct Rates {
    requests: Limiter<String>,
    /// For keys with lower limits, by the limit.
    own: Cache<u32, Arc<Limiter<String>>>,
    refusals: Limiter<IpAddr>,
    visits: Limiter<IpAddr>,
    quota: u32,
    checks: AtomicU64,
}

impl Rates {
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            requests: limiter(limits.requests_per_minute),
            own: Cache::builder()
                .max_capacity(MOST_LIMITS)
                .time_to_idle(QUIET)
                .build(),
            refusals: limiter(limits.refusals_per_minute),
            visits: limiter(limits.requests_per_minute),
            quota: limits.requests_per_minute,
            checks: AtomicU64::new(0),
        }
    }

    /// Counts a request of a key or session, which may have a lower limit of its own.
    ///
    /// # Errors
    /// The seconds to wait, when it is one too many.
    pub fn request(&self, credential: &str, own: Option<u32>) -> Result<Rate, u64> {
        self.sweep();
        let (credential, quota) = (credential.to_owned(), self.quota_of(own));
        // Whoever is given one limit after the other still has the server's.
        let mut remaining = check(&self.requests, &credential)?;
        if quota < self.quota {
            let limiter = self.own.get_with(quota, || Arc::new(limiter(quota)));
            remaining = check(&limiter, &credential)?;
        }
        Ok(Rate { quota, remaining })
    }

    /// The rate of one who has nothing left.
    #[must_use]
    pub fn exhausted(&self, own: Option<u32>) -> Rate {
        Rate {
            quota: self.quota_of(own),
            remaining: 0,
        }
    }

    fn quota_of(&self, own: Option<u32>) -> u32 {
        own.map_or(self.quota, |own| own.min(self.quota))
    }

    /// Counts a refusal of an address.
    ///
    /// # Errors
    /// The seconds to wait, when it is one too many.
    pub fn refusal(&self, address: IpAddr) -> Result<(), u64> {
        self.sweep();
        check(&self.refusals, &address).map(drop)
    }

    /// Counts a request that needs no credential.
    ///
    /// # Errors
    /// The seconds to wait, when it is one too many.
    pub fn visit(&self, address: IpAddr) -> Result<(), u64> {
        self.sweep();
        check(&self.visits, &address).map(drop)
    }

    fn sweep(&self) {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.requests.retain_recent();
            for (_, own) in &self.own {
                own.retain_recent();
            }
            self.refusals.retain_recent();
            self.visits.retain_recent();
        }
    }
}

fn check<K: Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<u32, u64> {
    match limiter.check_key(key) {
        Ok(state) => Ok(state.remaining_burst_capacity()),
        Err(not_until) => {
            let wait = not_until.wait_time_from(limiter.clock().now());
            Err(wait.as_secs() + 1)
        }
    }
}

/// 429 with the seconds to wait.
#[must_use]
pub fn too_many(seconds: u64) -> ApiError {
    ApiError::new(Code::RateLimited, "Too many requests. Wait before you send more.").retry_after(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_s_worth_passes_and_then_there_is_a_wait() {
        let rates = Rates::new(&Limits {
            requests_per_minute: 3,
            ..Limits::default()
        });
        let rest = |key| {
            rates
                .request(key, None)
                .map(|rate| (rate.remaining, rate.reset()))
        };
        assert_eq!(rest("a"), Ok((2, 20)));
        assert_eq!(rest("a"), Ok((1, 40)));
        assert_eq!(rest("a"), Ok((0, 60)));
        assert!(matches!(rest("a"), Err(1..=21)));
        assert_eq!(rest("b"), Ok((2, 20)));
    }

    #[test]
    fn a_limit_of_its_own_is_never_above_the_server_s() {
        let rates = Rates::new(&Limits {
            requests_per_minute: 3,
            ..Limits::default()
        });
        let ask = |key, own| {
            rates
                .request(key, Some(own))
                .map(|rate| (rate.quota, rate.remaining))
        };
        assert_eq!(ask("low", 1), Ok((1, 0)));
        assert!(ask("low", 1).is_err());
        // Another limit begins anew, but the server's goes on.
        assert_eq!(ask("low", 2), Ok((2, 1)));
        assert!(ask("low", 2).is_err());
        for rest in [2, 1, 0] {
            assert_eq!(ask("high", 1000), Ok((3, rest)));
        }
        assert!(ask("high", 1000).is_err());
        assert_eq!(rates.exhausted(Some(2)).quota, 2);
    }
}
