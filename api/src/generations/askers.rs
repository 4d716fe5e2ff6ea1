//! Who asks: whether their key or account is still good, and what it has under way.

use std::collections::{BTreeSet, HashMap};

use entity::{AccountId, KeyId, account, api_key};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::admit::NewGeneration;

/// The keys that are still good, and what each has under way; and, for those who
/// ask in a session, the accounts that were not erased meanwhile.
pub(super) struct Askers {
    pub in_flight: HashMap<KeyId, i64>,
    pub accounts: BTreeSet<AccountId>,
}

impl Askers {
    pub async fn load(tx: &impl ConnectionTrait, requests: &[NewGeneration]) -> Result<Self, DbErr> {
        let wanted: BTreeSet<KeyId> = requests
            .iter()
            .filter_map(|request| request.key.clone())
            .collect();
        let mut in_flight = HashMap::new();
        if !wanted.is_empty() {
            let good = api_key::Entity::find()
                .filter(api_key::Column::Id.is_in(wanted))
                .filter(api_key::Column::RevokedAt.is_null())
                .all(tx)
                .await?;
            in_flight.extend(good.into_iter().map(|key| (key.id, key.in_flight)));
        }
        let in_session = requests.iter().filter(|request| request.key.is_none());
        let in_session: BTreeSet<AccountId> =
            in_session.map(|request| request.owner.account.clone()).collect();
        let mut accounts = BTreeSet::new();
        if !in_session.is_empty() {
            let active = account::Entity::find()
                .filter(account::Column::Id.is_in(in_session))
                .filter(account::Column::Status.eq(account::Status::Active))
                .all(tx)
                .await?;
            accounts.extend(active.into_iter().map(|account| account.id));
        }
        Ok(Self { in_flight, accounts })
    }

    pub fn count(&mut self, key: Option<&KeyId>) {
        if let Some(in_flight) = key.and_then(|key| self.in_flight.get_mut(key)) {
            *in_flight += 1;
        }
    }
}
