//! Who asks: whether their key or account is still good, what it has under way, and
//! what it may spend.
//!
//! Read and written while the wallets are locked, so that nobody else admits
//! anything of the same keys and accounts meanwhile.

use std::collections::{BTreeSet, HashMap};

use entity::{AccountId, Credits, KeyId, Timestamp, account, api_key};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType, QueryFilter as _,
    QuerySelect as _, RelationDef,
};
use serde_json::json;

use super::admit::{NewGeneration, Refused};
use crate::auth::Bounds;
use crate::bulk;
use crate::config::Limits;
use crate::credits::{Books, Owner};
use crate::events::{self, NewEvent};
use crate::keys::spend::{Reached, Spending};

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
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        let wanted: BTreeSet<KeyId> = requests
            .iter()
            .filter_map(|request| request.key.clone())
            .collect();
        let (mut in_flight, mut capped) = (HashMap::new(), BTreeSet::new());
        let mut owners = Vec::new();
        if !wanted.is_empty() {
            let owner: RelationDef = api_key::Entity::belongs_to(account::Entity)
                .from(api_key::Column::AccountId)
                .to(account::Column::Id)
                .into();
            let good = api_key::Entity::find()
                .join(JoinType::InnerJoin, owner)
                .select_also(account::Entity)
                .filter(api_key::Column::Id.is_in(bulk::filled(wanted)))
                .filter(api_key::Column::RevokedAt.is_null())
                .filter(account::Column::Status.eq(account::Status::Active))
                .all(tx)
                .await?;
            for (key, owner) in good {
                owners.extend(owner);
                if key.capped {
                    capped.insert(key.id.clone());
                }
                let under_way = UnderWay {
                    count: key.in_flight,
                    limit: Bounds::of(&key).concurrent_generations,
                };
                in_flight.insert(key.id, under_way);
            }
        }
        let in_session = requests.iter().filter(|request| request.key.is_none());
        let in_session: BTreeSet<AccountId> =
            in_session.map(|request| request.owner.account.clone()).collect();
        if !in_session.is_empty() {
            let active = account::Entity::find()
                .filter(account::Column::Id.is_in(in_session))
                .filter(account::Column::Status.eq(account::Status::Active))
                .all(tx)
                .await?;
            owners.extend(active);
        }
        let suspended = owners.iter().filter(|owner| owner.suspended_at.is_some());
        Ok(Self {
            in_flight,
            suspended: suspended.map(|owner| owner.id.clone()).collect(),
            accounts: owners.into_iter().map(|owner| owner.id).collect(),
            spending: Spending::open(tx, capped, now).await?,
        })
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
        for (in_flight, limit, whose) in [
            (of_key, most, "key"),
            (of_account, limits.concurrent_generations_per_account, "account"),
        ] {
            if in_flight + count > i64::from(limit) {
                return Err(Refused::TooMany { limit, whose });
            }
        }
        if let Some(key) = key {
            self.spending.check(key, amount).map_err(Refused::Capped)?;
        }
        Ok(())
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
