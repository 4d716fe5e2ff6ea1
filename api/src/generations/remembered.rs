//! What was answered before under the same idempotency keys.

use std::collections::HashMap;

use entity::{GenerationId, Timestamp, idempotency_key};
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::admit::{NewGeneration, ROUTE};
use crate::bulk;
use crate::credits::Owner;
use crate::http::idempotency::REMEMBERED;

pub(super) struct Before {
    pub fingerprint: String,
    pub id: GenerationId,
    pub status: i32,
}

/// What was answered before under the same idempotency keys, this batch included.
pub(super) struct Remembered {
    by_key: HashMap<(Owner, String), Before>,
}

impl Remembered {
    pub async fn load(
        tx: &impl ConnectionTrait,
        requests: &[NewGeneration],
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        let asked: Vec<(&Owner, &String)> = requests
            .iter()
            .filter_map(|request| request.once.as_ref().map(|(key, _)| (&request.owner, key)))
            .collect();
        let by_key = load(tx, &asked, now).await?;
        Ok(Self { by_key })
    }

    pub fn find(&self, request: &NewGeneration) -> Option<&Before> {
        let (key, _) = request.once.as_ref()?;
        self.by_key.get(&(request.owner.clone(), key.clone()))
    }

    pub fn remember(&mut self, request: &NewGeneration) {
        if let Some((key, fingerprint)) = &request.once {
            let before = Before {
                fingerprint: fingerprint.clone(),
                id: request.id.clone(),
                status: 202,
            };
            self.by_key.insert((request.owner.clone(), key.clone()), before);
        }
    }
}

/// What was answered before under one key.
pub(super) async fn recall(
    connection: &impl ConnectionTrait,
    owner: &Owner,
    key: &String,
    now: Timestamp,
) -> Result<Option<Before>, DbErr> {
    let found = load(connection, &[(owner, key)], now).await?;
    Ok(found.into_values().next())
}

async fn load(
    connection: &impl ConnectionTrait,
    asked: &[(&Owner, &String)],
    now: Timestamp,
) -> Result<HashMap<(Owner, String), Before>, DbErr> {
    use idempotency_key::Column;
    let mut by_key = HashMap::new();
    if asked.is_empty() {
        return Ok(by_key);
    }
    let any = bulk::filled(asked.iter().copied())
        .into_iter()
        .fold(Condition::any(), |any, (owner, key)| {
            any.add(
                Condition::all()
                    .add(Column::AccountId.eq(owner.account.clone()))
                    .add(Column::Livemode.eq(owner.livemode))
                    .add(Column::Key.eq(key.clone())),
            )
        });
    let rows = idempotency_key::Entity::find()
        .filter(any)
        .filter(Column::Route.eq(ROUTE))
        .filter(Column::CreatedAt.gt(now.minus(REMEMBERED)))
        .all(connection)
        .await?;
    for row in rows {
        let owner = Owner {
            account: row.account_id,
            livemode: row.livemode,
        };
        let Ok(id) = row.resource.parse() else { continue };
        let before = Before {
            fingerprint: row.fingerprint,
            id,
            status: row.status,
        };
        by_key.insert((owner, row.key), before);
    }
    Ok(by_key)
}
