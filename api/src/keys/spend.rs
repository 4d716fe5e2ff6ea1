//! What keys hold and spend, and the caps that it is compared with.
//!
//! All of it is read and written while the account's wallet is locked, by whoever
//! admits or ends a generation: so no two can take the same room under a cap. A
//! generation counts on the day on which it was admitted, for its key and for the
//! keys that made that key. What it holds counts until it ends; then what it cost.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::key_cap::Period;
use entity::{AccountId, Credits, KeyId, Timestamp, key_ancestor, key_cap, key_spend};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

use super::window;
use crate::credits::Owner;
use crate::{bulk, db};

/// Of which the owner is told when that much of a cap, in hundredths, is reached.
const TOLD: [i32; 3] = [50, 80, 100];

/// A day that is there already gets more.
const ADDED: &str = "ON CONFLICT (key_id, day_at) DO UPDATE SET
    held = key_spend.held + excluded.held, spent = key_spend.spent + excluded.spent";

/// A cap and how it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapState {
    /// Whose cap: the key itself, or one that made it.
    pub key: KeyId,
    pub period: Period,
    pub limit: Credits,
    /// Spent in the present period.
    pub used: Credits,
    /// Set aside in it for generations that have not ended.
    pub reserved: Credits,
    /// `None`: never.
    pub resets_at: Option<Timestamp>,
    told_window_at: Timestamp,
    told_percent: i32,
}

impl CapState {
    fn fits(&self, amount: Credits) -> bool {
        amount.is_zero() || self.used + self.reserved + amount <= self.limit
    }
}

/// So much of a cap is spent or set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Whose key, in which mode.
    pub owner: Owner,
    pub percent: i32,
    pub cap: CapState,
}

/// What some keys may spend, open for the length of one transaction that has
/// their wallets locked.
pub struct Spending {
    now: Timestamp,
    /// Whom a key's spending counts for besides itself.
    ancestors: HashMap<KeyId, Vec<KeyId>>,
    caps: HashMap<KeyId, Vec<CapState>>,
    taken: BTreeMap<KeyId, (AccountId, Credits)>,
    reached: Vec<Reached>,
}

impl Spending {
    /// Reads the caps of these keys, of which those that are capped are named.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn open(
        tx: &impl ConnectionTrait,
        capped: BTreeSet<KeyId>,
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        let mut ancestors: HashMap<KeyId, Vec<KeyId>> = HashMap::new();
        let mut wanted = capped.clone();
        if !capped.is_empty() {
            let rows = key_ancestor::Entity::find()
                .filter(key_ancestor::Column::KeyId.is_in(bulk::filled(capped)))
                .all(tx)
                .await?;
            for row in rows {
                wanted.insert(row.ancestor_id.clone());
                ancestors.entry(row.key_id).or_default().push(row.ancestor_id);
            }
        }
        Ok(Self {
            now,
            ancestors,
            caps: caps_of(tx, wanted, now).await?,
            taken: BTreeMap::new(),
            reached: Vec::new(),
        })
    }

    fn counts_for<'a>(&'a self, key: &'a KeyId) -> impl Iterator<Item = &'a KeyId> {
        std::iter::once(key).chain(self.ancestors.get(key).into_iter().flatten())
    }

    /// Whether `amount` more stays within every cap; if not, which it would break.
    ///
    /// # Errors
    /// The cap that has no room.
    pub fn check(&self, key: &KeyId, amount: Credits) -> Result<(), Box<CapState>> {
        let caps = self
            .counts_for(key)
            .filter_map(|key| self.caps.get(key))
            .flatten();
        // Of several, the one that holds longest.
        let broken = caps.filter(|cap| !cap.fits(amount)).max_by_key(|cap| cap.period);
        broken.map_or(Ok(()), |cap| Err(Box::new(cap.clone())))
    }

    /// Sets `amount` aside under the caps.
    pub fn take(&mut self, owner: &Owner, key: &KeyId, amount: Credits) {
        let keys: Vec<KeyId> = self.counts_for(key).cloned().collect();
        for key in keys {
            for cap in self.caps.get_mut(&key).into_iter().flatten() {
                cap.reserved += amount;
                for percent in newly_reached(cap, self.now) {
                    let (owner, cap) = (owner.clone(), cap.clone());
                    self.reached.push(Reached { owner, percent, cap });
                }
            }
            let (_, taken) = self
                .taken
                .entry(key)
                .or_insert_with(|| (owner.account.clone(), Credits::ZERO));
            *taken += amount;
        }
    }

    /// Writes what was set aside, and says of what the owners are to be told.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn close(self, tx: &impl ConnectionTrait) -> Result<Vec<Reached>, DbErr> {
        let today = window::day(self.now);
        let rows = self.taken.into_iter().flat_map(|(key, (account, amount))| {
            [window::LIFETIME, today].map(|day| key_spend::ActiveModel {
                key_id: Set(key.clone()),
                day_at: Set(day),
                account_id: Set(account.clone()),
                held: Set(amount),
                spent: Set(Credits::ZERO),
            })
        });
        bulk::insert_or(tx, rows, ADDED).await?;
        let mut told: BTreeMap<(&KeyId, Period), (Timestamp, i32)> = BTreeMap::new();
        for reached in &self.reached {
            let cap = &reached.cap;
            told.insert((&cap.key, cap.period), (cap.told_window_at, reached.percent));
        }
        for ((key, period), (window_at, percent)) in told {
            use key_cap::Column;
            key_cap::Entity::update_many()
                .col_expr(Column::ToldWindowAt, Expr::value(window_at))
                .col_expr(Column::ToldPercent, Expr::value(percent))
                .filter(Column::KeyId.eq(key.clone()))
                .filter(Column::Period.eq(period))
                .exec(tx)
                .await?;
        }
        Ok(self.reached)
    }
}

/// Of which parts of the cap nobody was told yet in this period.
fn newly_reached(cap: &mut CapState, now: Timestamp) -> Vec<i32> {
    let window_at = window::start(cap.period, now);
    if cap.told_window_at != window_at {
        cap.told_window_at = window_at;
        cap.told_percent = 0;
    }
    let sum = i128::from((cap.used + cap.reserved).micro()) * 100;
    let reached = |percent: i32| sum > 0 && sum >= i128::from(cap.limit.micro()) * i128::from(percent);
    let new: Vec<i32> = TOLD
        .into_iter()
        .filter(|percent| *percent > cap.told_percent && reached(*percent))
        .collect();
    cap.told_percent = new.last().copied().unwrap_or(cap.told_percent);
    new
}

/// The caps of these keys themselves, as they stand.
///
/// # Errors
/// What the database answers.
pub async fn caps_of(
    db: &impl ConnectionTrait,
    keys: BTreeSet<KeyId>,
    now: Timestamp,
) -> Result<HashMap<KeyId, Vec<CapState>>, DbErr> {
    let mut states: HashMap<KeyId, Vec<CapState>> = HashMap::new();
    if keys.is_empty() {
        return Ok(states);
    }
    let caps = key_cap::Entity::find()
        .filter(key_cap::Column::KeyId.is_in(bulk::filled(keys)))
        .all(db)
        .await?;
    let capped: BTreeSet<KeyId> = caps.iter().map(|cap| cap.key_id.clone()).collect();
    let days = match capped.is_empty() {
        true => Vec::new(),
        false => days_of(db, capped, now).await?,
    };
    for cap in caps {
        let begin = window::start(cap.period, now);
        let (mut used, mut reserved) = (Credits::ZERO, Credits::ZERO);
        for day in days.iter().filter(|day| day.key_id == cap.key_id) {
            let counts = match cap.period {
                Period::Lifetime => day.day_at == window::LIFETIME,
                _ => day.day_at >= begin,
            };
            if counts {
                used += day.spent;
                reserved += day.held;
            }
        }
        states.entry(cap.key_id.clone()).or_default().push(CapState {
            resets_at: window::end(cap.period, now),
            key: cap.key_id,
            period: cap.period,
            limit: cap.cap,
            used,
            reserved,
            told_window_at: cap.told_window_at,
            told_percent: cap.told_percent,
        });
    }
    for caps in states.values_mut() {
        caps.sort_by_key(|cap| cap.period);
    }
    Ok(states)
}

/// What each of these keys spent in all.
///
/// # Errors
/// What the database answers.
pub async fn spent_of(
    db: &impl ConnectionTrait,
    keys: BTreeSet<KeyId>,
) -> Result<HashMap<KeyId, Credits>, DbErr> {
    let all = key_spend::Entity::find()
        .filter(key_spend::Column::KeyId.is_in(keys))
        .filter(key_spend::Column::DayAt.eq(window::LIFETIME))
        .all(db)
        .await?;
    Ok(all.into_iter().map(|row| (row.key_id, row.spent)).collect())
}

/// The days of the longest period, and all days together.
async fn days_of(
    db: &impl ConnectionTrait,
    keys: BTreeSet<KeyId>,
    now: Timestamp,
) -> Result<Vec<key_spend::Model>, DbErr> {
    use key_spend::Column;
    let lately = Condition::any()
        .add(Column::DayAt.eq(window::LIFETIME))
        .add(Column::DayAt.gte(window::day(now.minus(window::LONGEST))));
    key_spend::Entity::find()
        .filter(Column::KeyId.is_in(bulk::filled(keys)))
        .filter(lately)
        .all(db)
        .await
}

/// A generation that ended, for the key that asked for it.
pub struct Settled {
    pub key: KeyId,
    pub admitted_at: Timestamp,
    pub held: Credits,
    pub captured: Credits,
}

/// Generations ended: what they held counts no more, but what they cost.
///
/// # Errors
/// What the database answers.
pub async fn settle(tx: &impl ConnectionTrait, settled: Vec<Settled>) -> Result<(), DbErr> {
    let mut sums: BTreeMap<(KeyId, Timestamp), (Credits, Credits)> = BTreeMap::new();
    for Settled {
        key,
        admitted_at,
        held,
        captured,
    } in settled
    {
        for day in [window::LIFETIME, window::day(admitted_at)] {
            let (sum_held, sum_captured) = sums
                .entry((key.clone(), day))
                .or_insert((Credits::ZERO, Credits::ZERO));
            *sum_held += held;
            *sum_captured += captured;
        }
    }
    let rows = sums
        .into_iter()
        .map(|((key, day), (held, captured))| vec![key.into(), day.into(), held.into(), captured.into()]);
    let sql = settle_sql(tx);
    bulk::execute(tx, SETTLED, rows.collect(), &sql).await.map(drop)
}

const SETTLED: bulk::Columns<'_> = &[
    ("key_id", "TEXT"),
    ("day_at", "BIGINT"),
    ("held", "BIGINT"),
    ("captured", "BIGINT"),
];

/// For each key and for those that made it.
fn settle_sql(connection: &impl ConnectionTrait) -> String {
    format!(
        ", one AS (
            SELECT key_id, day_at, held, captured FROM v
            UNION ALL SELECT key_ancestor.ancestor_id, v.day_at, v.held, v.captured
                FROM v CROSS JOIN key_ancestor WHERE key_ancestor.key_id = v.key_id AND {ancestors}
        ), sums AS (
            SELECT key_id, day_at, CAST(SUM(held) AS BIGINT) AS held, CAST(SUM(captured) AS BIGINT) AS captured
            FROM one GROUP BY key_id, day_at
        )
        UPDATE key_spend SET held = key_spend.held - sums.held, spent = key_spend.spent + sums.captured
        FROM sums WHERE key_spend.key_id = sums.key_id AND key_spend.day_at = sums.day_at AND {keys}",
        ancestors = db::among_sql(connection, "key_ancestor.key_id", "SELECT key_id FROM v"),
        keys = db::among_sql(connection, "key_spend.key_id", "SELECT key_id FROM sums"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cap(limit: i64, used: i64) -> CapState {
        CapState {
            key: KeyId::new(window::LIFETIME),
            period: Period::Lifetime,
            limit: Credits::from_micro(limit),
            used: Credits::from_micro(used),
            reserved: Credits::ZERO,
            resets_at: None,
            told_window_at: window::LIFETIME,
            told_percent: 0,
        }
    }

    #[test]
    fn a_cap_has_room_up_to_its_last_millionth() {
        assert!(cap(10, 7).fits(Credits::from_micro(3)));
        assert!(!cap(10, 7).fits(Credits::from_micro(4)));
        // What costs nothing is always within.
        assert!(cap(0, 0).fits(Credits::ZERO) && cap(10, 12).fits(Credits::ZERO));
        assert!(!cap(0, 0).fits(Credits::from_micro(1)));
    }

    #[test]
    fn each_part_of_a_cap_is_told_of_once() {
        let now = Timestamp::from_micros(1);
        let mut cap = cap(10, 4);
        let mut steps = Vec::new();
        for used in [4, 5, 6, 9, 9, 10, 12, 3, 10] {
            cap.used = Credits::from_micro(used);
            steps.push(newly_reached(&mut cap, now));
        }
        let none: Vec<i32> = Vec::new();
        let expected = [
            none.clone(),
            vec![50],
            none.clone(),
            vec![80],
            none.clone(),
            vec![100],
            none.clone(),
            none.clone(),
            none,
        ];
        assert_eq!(steps, expected);
        // A new period is told of anew.
        cap.told_window_at = Timestamp::from_micros(-1);
        assert_eq!(newly_reached(&mut cap, now), [50, 80, 100]);
    }
}
