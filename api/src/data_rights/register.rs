//! The register: every table and what it declares about personal data, with the
//! means to read an account's rows.
//!
//! A test compares it with the database's real schema, so that no table and no
//! column is forgotten by an export or an erasure.

use std::str::FromStr as _;

use entity::privacy::{Export, Shown, Table};
use entity::{AccountId, Credits, Timestamp};
use futures_util::future::BoxFuture;
use sea_orm::{
    DatabaseConnection, DbErr, EntityTrait, IdenStatic as _, Iterable as _, ModelTrait as _,
    PrimaryKeyToColumn as _, Value,
};
use serde_json::{Map, Value as Json, json};

use crate::db;

/// Rows read at a time.
pub const PAGE: usize = 200;

/// A table of the register.
pub struct Holder {
    pub table: &'static Table,
    page: Reader,
}

type Reader = for<'a> fn(
    &'a DatabaseConnection,
    &'static Table,
    &'a AccountId,
    Option<Vec<Value>>,
) -> BoxFuture<'a, Result<Page, DbErr>>;

/// Some of an account's rows, as an export shows them.
pub struct Page {
    pub rows: Vec<Map<String, Json>>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Vec<Value>>,
}

impl Holder {
    const fn of<E: EntityTrait>(table: &'static Table) -> Self {
        Self {
            table,
            page: |db, table, account, after| Box::pin(page::<E>(db, table, account, after)),
        }
    }

    /// The account's rows after those that were read.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn page(
        &self,
        db: &DatabaseConnection,
        account: &AccountId,
        after: Option<Vec<Value>>,
    ) -> Result<Page, DbErr> {
        (self.page)(db, self.table, account, after).await
    }
}

macro_rules! register {
    ($($table:ident)*) => {
        /// Every table there is.
        pub static REGISTER: &[Holder] = &[
            $(Holder::of::<entity::$table::Entity>(&entity::$table::PRIVACY),)*
        ];
    };
}

// What an erasure deletes goes before what it leaves; the account is last.
register! {
    session totp recovery_code oauth_identity oauth_flow mailed_code mail mail_bounce email_change consent
    consent_change idempotency_key job event
    delivery delivery_lane webhook_endpoint webhook_secret estimate file attempt batch_item batch
    review_item generation_label end_user_usage usage_rollup key_cap key_spend key_ancestor
    generation api_key purchase payment_event
    hold hold_lot credit_lot ledger_entry wallet
    audit_entry staff_session staff
    data_request sandbox_clock write_probe event_sequence schedule_run lane lane_turn price_list policy_announcement
    knock welcomed_address account
}

/// Reads by the primary key, within a mode where the table knows modes: as its
/// index goes, so that the last page costs no more than the first.
async fn page<E: EntityTrait>(
    db: &DatabaseConnection,
    table: &'static Table,
    account: &AccountId,
    after: Option<Vec<Value>>,
) -> Result<Page, DbErr> {
    let (Some(owner), order) = (table.owner, order::<E>()) else {
        return Ok(Page {
            rows: Vec::new(),
            next: None,
        });
    };
    let names = list(order.iter().map(|column| column.as_str().to_owned()));
    let mut values = vec![account.clone().into()];
    let beyond = match after {
        Some(after) => {
            let places = list((2..).take(after.len()).map(|number| format!("${number}")));
            values.extend(after);
            format!("AND ({names}) > ({places})")
        }
        None => String::new(),
    };
    let sql = format!(
        "SELECT * FROM {} WHERE {owner} = $1 {beyond} ORDER BY {names} LIMIT {PAGE}",
        table.name
    );
    let models = E::find()
        .from_raw_sql(db::statement(db, &sql, values))
        .all(db)
        .await?;
    let last = models.last().filter(|_| models.len() == PAGE);
    let next = last.map(|last| order.iter().map(|column| last.get(*column)).collect());
    Ok(Page {
        rows: models.iter().map(|model| shown::<E>(table, model)).collect(),
        next,
    })
}

fn order<E: EntityTrait>() -> Vec<E::Column> {
    let key = E::PrimaryKey::iter().map(|key| key.into_column());
    let key: Vec<E::Column> = key.collect();
    let in_key = key.iter().any(|column| column.as_str() == "livemode");
    let mode = E::Column::from_str("livemode").ok().filter(|_| !in_key);
    mode.into_iter().chain(key).collect()
}

fn list(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}

/// A row without what is withheld.
fn shown<E: EntityTrait>(table: &Table, model: &E::Model) -> Map<String, Json> {
    let given = table
        .columns
        .iter()
        .filter(|column| column.export == Export::Given);
    let named = given.filter_map(|declared| {
        let column = E::Column::from_str(declared.name).ok()?;
        let value = as_json(declared.name, declared.shown, model.get(column));
        Some((declared.name.to_owned(), value))
    });
    named.collect()
}

fn as_json(name: &str, shown: Shown, value: Value) -> Json {
    match value {
        Value::BigInt(Some(micros)) if name.ends_with("_at") || name.ends_with("_until") => {
            json!(Timestamp::from_micros(micros).to_string())
        }
        Value::BigInt(Some(micros)) if shown == Shown::Credits => {
            json!(Credits::from_micro(micros).to_string())
        }
        Value::BigInt(Some(number)) => json!(number),
        Value::Int(Some(number)) => json!(number),
        Value::Bool(Some(flag)) => json!(flag),
        Value::String(Some(text)) => json!(text),
        Value::Json(Some(json)) => *json,
        _ => Json::Null,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::IdenStatic;

    use super::*;

    fn columns<E: EntityTrait>() -> Vec<String> {
        let columns = E::Column::iter().map(|column| IdenStatic::as_str(&column).to_owned());
        columns.collect()
    }

    #[test]
    fn a_declaration_names_the_columns_of_its_entity() {
        let declared: Vec<&str> = entity::generation::PRIVACY
            .columns
            .iter()
            .map(|column| column.name)
            .collect();
        assert_eq!(declared, columns::<entity::generation::Entity>());
    }

    #[test]
    fn an_export_is_for_people() {
        let moment = as_json("paid_at", Shown::AsStored, Value::BigInt(Some(0)));
        assert_eq!(moment, "1970-01-01T00:00:00.000000Z");
        let amount = as_json("held", Shown::Credits, Value::BigInt(Some(1_500_000)));
        assert_eq!(amount, "1.5");
        assert_eq!(as_json("amount", Shown::AsStored, Value::BigInt(Some(900))), 900);
        assert_eq!(
            as_json("end_user", Shown::AsStored, Value::String(None)),
            Json::Null
        );
    }
}
