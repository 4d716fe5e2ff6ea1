//! `/v1/credits`.

use entity::credit_lot::{self, Source};
use entity::ledger_entry::{self, Book, Kind};
use entity::{BatchId, Credits, GenerationId, LedgerEntryId, LotId, PurchaseId, Timestamp, wallet};
use poem::web::Data;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use crate::app::App;
use crate::auth::{Allow, CreditsRead};
use crate::http::{ApiError, Listed, Nullable, Paging, Tag, example};

pub struct CreditsApi;

/// The balances of your account in the key's mode. `granted` = `available` + `held` + `spent` + `expired`.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Balance {
    /// What can be spent now.
    pub available: Credits,
    /// Set aside for generations under way.
    pub held: Credits,
    /// All that was ever granted or bought, less refunds.
    pub granted: Credits,
    pub spent: Credits,
    pub expired: Credits,
    /// Always `credit`.
    pub unit: String,
    /// Whether these are live credits or test credits.
    pub livemode: bool,
}

impl Example for Balance {
    fn example() -> Self {
        Self {
            available: credits(997),
            held: credits(2),
            granted: credits(1000),
            spent: credits(1),
            expired: Credits::ZERO,
            unit: "credit".to_owned(),
            livemode: false,
        }
    }
}

const fn credits(whole: i64) -> Credits {
    Credits::from_micro(whole * 1_000_000)
}

/// A lot of credits. Lots are spent by priority, then by expiry, then by age.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Grant {
    pub id: LotId,
    pub source: Source,
    pub reason: String,
    /// Smaller is spent first.
    pub priority: i32,
    pub granted: Credits,
    /// What can be spent now.
    pub remaining: Credits,
    pub held: Credits,
    pub spent: Credits,
    pub expired: Credits,
    pub refunded: Credits,
    pub purchase_id: Nullable<PurchaseId>,
    pub created_at: Timestamp,
    /// Null: never.
    pub expires_at: Nullable<Timestamp>,
}

impl Example for Grant {
    fn example() -> Self {
        Self {
            id: example::id("lot"),
            source: Source::Grant,
            reason: "welcome".to_owned(),
            priority: 0,
            granted: credits(1000),
            remaining: credits(997),
            held: credits(2),
            spent: credits(1),
            expired: Credits::ZERO,
            refunded: Credits::ZERO,
            purchase_id: None.into(),
            created_at: example::MOMENT,
            expires_at: None.into(),
        }
    }
}

/// A line of the ledger: an amount moved from one balance to another. Lines are never changed or removed.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct LedgerEntry {
    pub id: LedgerEntryId,
    pub kind: Kind,
    /// The balance that the amount left.
    pub source: Book,
    /// The balance that it entered.
    pub destination: Book,
    pub amount: Credits,
    /// What could be spent afterwards.
    pub available_after: Credits,
    /// What was set aside afterwards.
    pub held_after: Credits,
    pub generation_id: Nullable<GenerationId>,
    /// Of the one hold for all generations of a batch.
    pub batch_id: Nullable<BatchId>,
    pub purchase_id: Nullable<PurchaseId>,
    pub grant_id: Nullable<LotId>,
    pub created_at: Timestamp,
}

impl Example for LedgerEntry {
    fn example() -> Self {
        Self {
            id: example::id("led"),
            kind: Kind::Capture,
            source: Book::Held,
            destination: Book::Spent,
            amount: credits(1),
            available_after: credits(997),
            held_after: credits(2),
            generation_id: Some(example::id("gen")).into(),
            batch_id: None.into(),
            purchase_id: None.into(),
            grant_id: None.into(),
            created_at: example::after(190),
        }
    }
}

#[OpenApi(prefix_path = "/v1/credits", tag = "Tag::Credits")]
impl CreditsApi {
    /// Get the balance
    ///
    /// What your account can spend, in the mode of the key: a test key shows test
    /// credits. Amounts are exact decimal strings.
    #[oai(path = "/", method = "get", operation_id = "credits.get")]
    async fn get(&self, app: Data<&App>, caller: Allow<CreditsRead>) -> Result<Json<Balance>, ApiError> {
        let wallet = wallet::Entity::find_by_id((caller.account.clone(), caller.livemode))
            .one(app.db.read())
            .await?
            .ok_or_else(ApiError::not_found)?;
        Ok(Json(Balance {
            available: wallet.available,
            held: wallet.held,
            granted: wallet.issued,
            spent: wallet.spent,
            expired: wallet.expired,
            unit: "credit".to_owned(),
            livemode: wallet.livemode,
        }))
    }

    /// List grants
    ///
    /// The lots of credits that you were granted or bought, newest first, with
    /// what is left of each and when it expires.
    #[oai(path = "/grants", method = "get", operation_id = "credits.grants")]
    async fn grants(
        &self,
        app: Data<&App>,
        caller: Allow<CreditsRead>,
        /// How many to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<Grant>, ApiError> {
        use credit_lot::Column;
        let paging = Paging::read(&app, &caller.list("credits.grants"), limit.0, cursor.0.as_deref())?;
        let mut query = credit_lot::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = &paging.after {
            query = query.filter(Column::Id.lt(after.as_str()));
        }
        let rows = query
            .order_by_desc(Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        Ok(Listed(paging.page(rows, |row| row.id.to_string(), grant)))
    }

    /// List the ledger
    ///
    /// Every movement of credits, newest first: what was granted, bought, set
    /// aside (`hold`), charged (`capture`), given back (`release`), refunded,
    /// expired or adjusted. The ledger is append-only.
    #[oai(path = "/ledger", method = "get", operation_id = "credits.ledger")]
    async fn ledger(
        &self,
        app: Data<&App>,
        caller: Allow<CreditsRead>,
        /// How many to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Only entries of this generation.
        generation_id: Query<Option<GenerationId>>,
    ) -> Result<Listed<LedgerEntry>, ApiError> {
        use ledger_entry::Column;
        let scope = format!("{}\n{:?}", caller.list("credits.ledger"), generation_id.0);
        let paging = Paging::read(&app, &scope, limit.0, cursor.0.as_deref())?;
        let mut query = ledger_entry::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = paging.after.as_deref().and_then(|seq| seq.parse::<i64>().ok()) {
            query = query.filter(Column::Seq.lt(after));
        }
        if let Some(generation) = generation_id.0 {
            query = query.filter(Column::GenerationId.eq(generation));
        }
        let rows = query
            .order_by_desc(Column::Seq)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        Ok(Listed(paging.page(rows, |row| row.seq.to_string(), entry)))
    }
}

fn grant(row: credit_lot::Model) -> Grant {
    Grant {
        id: row.id,
        source: row.source,
        reason: row.reason,
        priority: row.priority,
        granted: row.granted,
        remaining: row.remaining,
        held: row.held,
        spent: row.spent,
        expired: row.expired,
        refunded: row.refunded,
        purchase_id: Nullable(row.purchase_id),
        created_at: row.created_at,
        expires_at: Nullable(row.expires_at),
    }
}

fn entry(row: ledger_entry::Model) -> LedgerEntry {
    LedgerEntry {
        id: row.id,
        kind: row.kind,
        source: row.source,
        destination: row.destination,
        amount: row.amount,
        available_after: row.available_after,
        held_after: row.held_after,
        generation_id: Nullable(row.generation_id),
        batch_id: Nullable(row.batch_id),
        purchase_id: Nullable(row.purchase_id),
        grant_id: Nullable(row.lot_id),
        created_at: row.created_at,
    }
}
