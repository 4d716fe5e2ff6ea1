//! Who asks: whether their key or account is still good, what it has under way, and
//! what it may spend.
//!
//! Read and written while the wallets are locked, so that nobody else admits
//! anything of the same keys and accounts meanwhile.

use std::collections::{BTreeSet, HashMap};

use entity::{AccountId, Credits, KeyId, Timestamp, account, api_key};
use sea_orm::{ActiveEnum as _, ConnectionTrait, DbErr, Value};
use serde_json::json;

use super::admit::{NewGeneration, Refused};
use super::held_back::room;
use crate::auth::Bounds;
use crate::bulk;
use crate::config::Limits;
use crate::credits::{Books, Owner};
use crate::db::{self, Locked};
use crate::events::{self, NewEvent};
use crate::keys::spend::{Reached, Spending};

const ID: bulk::Columns<'_> = &[("id", "TEXT")];

/// What a key has under way, and how much of that its own limit allows.
struct UnderWay {
    count: i64,
    limit: Option<u32>,
}

/// The keys that are still good, and what each has under way; and the accounts that
/// were not closed or erased meanwhile, of which some may be suspended.
pub(super) struct Askers {
    in_flight: HashMap<KeyId, UnderWay>,
    accounts: BTreeSet<AccountId>,
    suspended: BTreeSet<AccountId>,
    spending: Spending,
}

impl Askers {
    pub async fn load(
        tx: &impl ConnectionTrait,
        requests: &[NewGeneration],
        locked: Locked,
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        // Accounts before keys, as whoever makes a key locks them.
        let accounts: BTreeSet<&AccountId> = requests.iter().map(|request| &request.owner.account).collect();
        let accounts = accounts.into_iter().map(|id| vec![id.clone().into()]);
        let lock = db::lock_reference_sql(tx, "account", locked);
        let active = format!("AND account.status = 'active' {lock}");
        let owners = bulk::find::<account::Entity>(tx, ID, accounts.collect(), &active).await?;
        let keys: BTreeSet<&KeyId> = requests
            .iter()
            .filter_map(|request| request.key.as_ref())
            .collect();
        let keys: Vec<Vec<Value>> = keys.into_iter().map(|key| vec![key.clone().into()]).collect();
        let good = "AND api_key.revoked_at IS NULL";
        let lock = db::lock_sql(tx, "api_key", locked);
        let good = bulk::find::<api_key::Entity>(tx, ID, keys, &format!("{good} {lock}")).await?;
        let active: BTreeSet<&AccountId> = owners.iter().map(|owner| &owner.id).collect();
        let (mut in_flight, mut capped) = (HashMap::new(), BTreeSet::new());
        for key in good.into_iter().filter(|key| active.contains(&key.account_id)) {
            if key.capped {
                capped.insert(key.id.clone());
            }
            let under_way = UnderWay {
                count: key.in_flight,
                limit: Bounds::of(&key).concurrent_generations,
            };
            in_flight.insert(key.id, under_way);
        }
        let suspended = owners.iter().filter(|owner| owner.suspended_at.is_some());
        Ok(Self {
            in_flight,
            suspended: suspended.map(|owner| owner.id.clone()).collect(),
            accounts: owners.into_iter().map(|owner| owner.id).collect(),
            spending: Spending::open(tx, capped, now).await?,
        })
    }

    /// Whether key and account of a request were found: good, and locked for us.
    pub fn knows(&self, request: &NewGeneration) -> bool {
        match &request.key {
            Some(key) => self.in_flight.contains_key(key),
            None => self.accounts.contains(&request.owner.account),
        }
    }

    /// Whether `count` more generations that cost `amount` at most are within what
    /// the asker may have under way and may spend. Credits are the books' business.
    pub fn check(
        &self,
        asker: (&Owner, Option<&KeyId>),
        books: &Books,
        limits: &Limits,
        (count, amount): (i64, Credits),
    ) -> Result<(), Refused> {
        let (owner, key) = asker;
        if self.suspended.contains(&owner.account) {
            return Err(Refused::Suspended);
        }
        for (in_flight, limit, whose) in self.under_way(asker, books, limits)? {
            if in_flight + count > i64::from(limit) {
                return Err(Refused::TooMany { limit, whose });
            }
        }
        if let Some(key) = key {
            self.spending.check(key, amount).map_err(Refused::Capped)?;
        }
        Ok(())
    }

    /// How many generations of a batch may come into the queue now.
    ///
    /// # Errors
    /// When the asker is gone.
    pub fn room(
        &self,
        asker: (&Owner, Option<&KeyId>),
        books: &Books,
        limits: &Limits,
    ) -> Result<i64, Refused> {
        let [(of_key, key_limit, _), (of_account, account_limit, _)] =
            self.under_way(asker, books, limits)?;
        Ok(room((of_key, key_limit), (of_account, account_limit)))
    }

    /// What the asker has under way, and how much it may have: by key, and by account.
    fn under_way(
        &self,
        (owner, key): (&Owner, Option<&KeyId>),
        books: &Books,
        limits: &Limits,
    ) -> Result<[(i64, u32, &'static str); 2], Refused> {
        let of_account = books.wallet(owner).ok_or(Refused::Gone)?.in_flight;
        let most = limits.concurrent_generations;
        let (of_key, most) = match key {
            Some(key) => {
                let under_way = self.in_flight.get(key).ok_or(Refused::Gone)?;
                (under_way.count, under_way.limit.map_or(most, |own| own.min(most)))
            }
            None if !self.accounts.contains(&owner.account) => return Err(Refused::Gone),
            None => (of_account, most),
        };
        let account_limit = limits.concurrent_generations_per_account;
        Ok([(of_key, most, "key"), (of_account, account_limit, "account")])
    }

    /// Counts what was admitted.
    pub fn take(&mut self, asker: (&Owner, Option<&KeyId>), (count, amount): (i64, Credits)) {
        let (owner, Some(key)) = asker else { return };
        if let Some(under_way) = self.in_flight.get_mut(key) {
            under_way.count += count;
        }
        self.spending.take(owner, key, amount);
    }

    /// Writes what was counted, and tells the owners of keys whose caps are near.
    pub async fn close(self, tx: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
        let reached = self.spending.close(tx).await?;
        let told = reached.into_iter().map(told);
        events::record(tx, told.collect(), now).await
    }
}

fn told(reached: Reached) -> NewEvent {
    let Reached { percent, cap, owner } = reached;
    NewEvent {
        owner,
        kind: events::Kind::KeyCapReached,
        subject: cap.key.to_string(),
        data: json!({
            "key_id": cap.key,
            "period": cap.period.to_value(),
            "percent": percent,
            "limit": cap.limit.to_string(),
            "used": cap.used.to_string(),
            "reserved": cap.reserved.to_string(),
            "resets_at": cap.resets_at.map(|at| at.to_string()),
        }),
    }
}
