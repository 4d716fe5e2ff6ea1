//! What was answered before under the same idempotency keys.

use std::collections::HashMap;

use entity::{GenerationId, Timestamp, idempotency_key};
use sea_orm::{ConnectionTrait, DbErr};

use super::admit::{NewGeneration, ROUTE};
use crate::credits::Owner;
use crate::http::idempotency::REMEMBERED;
use crate::{bulk, db};

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
                fingerprint: fingerprint.as_str().to_owned(),
                id: request.id.clone(),
                status: 202,
            };
            self.by_key.insert((request.owner.clone(), key.clone()), before);
        }
    }
}

const PLACE: bulk::Columns<'_> = &[
    ("account_id", "TEXT"),
    ("livemode", "BOOLEAN"),
    ("route", "TEXT"),
    ("key", "TEXT"),
    ("since", "BIGINT"),
];

const SAME: &str = "idempotency_key.account_id = v.account_id AND idempotency_key.livemode = v.livemode
    AND idempotency_key.route = v.route AND idempotency_key.key = v.key AND idempotency_key.created_at > v.since";

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
    let mut by_key = HashMap::new();
    let asked = asked.iter().map(|(owner, key)| {
        vec![
            owner.account.clone().into(),
            owner.livemode.into(),
            ROUTE.into(),
            (*key).clone().into(),
            now.minus(REMEMBERED).into(),
        ]
    });
    let sql = format!(
        "SELECT {} FROM v {}",
        bulk::columns_of::<idempotency_key::Entity>(),
        db::join_one_sql(connection, "idempotency_key", SAME)
    );
    let rows: Vec<idempotency_key::Model> = bulk::query(connection, PLACE, asked.collect(), &sql).await?;
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
