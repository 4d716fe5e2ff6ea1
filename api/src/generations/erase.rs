//! Deleting a generation: prompt, inputs and outputs go; a tombstone without
//! content stays for the books.

use entity::{GenerationId, Timestamp, file};
use entity::{attempt, batch_item, generation};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde_json::{Map, Value};

use super::{labels, state};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::files;
use crate::signals::Signal;
use crate::usage;
use crate::webhook_endpoints;

#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    #[error("there is no such generation")]
    NotFound,
    #[error("it has not ended")]
    NotEnded,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Erases the content of an ended generation; a second time changes nothing.
///
/// # Errors
/// When it is not the owner's, or has not ended.
pub async fn erase(app: &App, owner: &Owner, id: &GenerationId) -> Result<(), EraseError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    // The wallet's lock: whoever adds to the same sums has it too.
    let books = Books::open(&tx, [owner], now).await?;
    let row = generation::Entity::of(&owner.account, owner.livemode)
        .filter(generation::Column::Id.eq(id.clone()))
        .one(&tx)
        .await?
        .ok_or(EraseError::NotFound)?;
    if !state::has_ended(row.status) {
        return Err(EraseError::NotEnded);
    }
    if row.erased_at.is_some() {
        return Ok(());
    }
    usage::count::forget_end_user(&tx, &row).await?;
    labels::remove(&tx, &row).await?;
    clear(&tx, id, now).await?;
    forget_reference(&tx, id).await?;
    webhook_endpoints::erase(&tx, id.as_str(), now).await?;
    let outputs = file::Entity::find()
        .filter(file::Column::GenerationId.eq(id.clone()))
        .all(&tx)
        .await?;
    files::forget(&tx, outputs, now).await?;
    books.close(&tx).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
}

async fn clear(tx: &impl ConnectionTrait, id: &GenerationId, now: Timestamp) -> Result<(), DbErr> {
    use generation::Column;
    generation::Entity::update_many()
        .col_expr(Column::Input, Expr::value(Value::Object(Map::new())))
        .col_expr(Column::Metadata, Expr::value(Value::Object(Map::new())))
        .col_expr(Column::EndUser, Expr::value(Option::<String>::None))
        .col_expr(Column::WebhookUrl, Expr::value(Option::<String>::None))
        .col_expr(Column::Text, Expr::value(Option::<String>::None))
        .col_expr(Column::ErrorMessage, Expr::value(Option::<String>::None))
        .col_expr(Column::ErasedAt, Expr::value(now))
        .filter(Column::Id.eq(id.clone()))
        .exec(tx)
        .await?;
    // What providers said of it may repeat what was asked.
    attempt::Entity::update_many()
        .col_expr(attempt::Column::Detail, Expr::value(Option::<String>::None))
        .filter(attempt::Column::GenerationId.eq(id.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Its name in its batch is the developer's own data as well.
async fn forget_reference(tx: &impl ConnectionTrait, id: &GenerationId) -> Result<(), DbErr> {
    use batch_item::Column;
    batch_item::Entity::update_many()
        .col_expr(Column::Reference, Expr::value(Option::<String>::None))
        .filter(Column::GenerationId.eq(id.clone()))
        .exec(tx)
        .await?;
    Ok(())
}
