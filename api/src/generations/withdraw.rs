//! What waits for a model that is no longer offered. It moves to the model that the
//! operator put in its place, where that one takes the input and costs no more
//! than is held; else it is released, uncharged. It never stays waiting.

use std::sync::Arc;

use entity::Timestamp;
use entity::generation::{self, Status};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde_json::{Map, Value};

use super::end::{End, end};
use super::{route, run};
use crate::app::App;
use crate::catalog::{Catalog, Model, NotOffered, Usage, price};
use crate::credits::{Books, Owner};
use crate::db;
use crate::jobs;
use crate::signals::Signal;

const BATCH: u64 = 100;

/// The models that something waits for, found by leaping through an index: the
/// cost goes by the number of models, not of what waits.
const WAITED_FOR: &str = "WITH RECURSIVE waited(name) AS (
        SELECT MIN(model_resolved) FROM generation WHERE status = 'queued'
        UNION ALL
        SELECT (SELECT MIN(model_resolved) FROM generation
                WHERE status = 'queued' AND model_resolved > waited.name)
        FROM waited WHERE waited.name IS NOT NULL
    )
    SELECT name FROM waited WHERE name IS NOT NULL";

#[derive(FromQueryResult)]
struct Waited {
    name: String,
}

/// Whether this very model runs what is asked of it now.
#[must_use]
pub fn is_offered(catalog: &Catalog, id: &str, now: Timestamp) -> bool {
    catalog
        .resolve(id, now)
        .is_ok_and(|resolved| resolved.model.row.id == id)
}

/// Moves or releases all that waits for models that are no longer offered.
///
/// # Errors
/// What the database answers.
pub async fn withdraw_all(app: &App, catalog: &Catalog) -> Result<(), DbErr> {
    use generation::Column;
    let waited: Vec<Waited> = db::query(app.db.read(), WAITED_FOR, vec![]).await?;
    for Waited { name } in waited {
        if is_offered(catalog, &name, app.now()) {
            continue;
        }
        let mut after = String::new();
        loop {
            let rows = generation::Entity::find()
                .filter(Column::Status.eq(Status::Queued))
                .filter(Column::ModelResolved.eq(name.as_str()))
                .filter(Column::Id.gt(after))
                .order_by_asc(Column::Id)
                .limit(BATCH)
                .all(app.db.read())
                .await?;
            let Some(last) = rows.last() else { break };
            after = last.id.to_string();
            for row in &rows {
                withdraw(app, catalog, row).await?;
            }
        }
    }
    Ok(())
}

/// Moves or releases one that waits. Whoever runs or ends it meanwhile was first.
///
/// # Errors
/// What the database answers.
pub async fn withdraw(app: &App, catalog: &Catalog, row: &generation::Model) -> Result<(), DbErr> {
    let now = app.now();
    match catalog.resolve(&row.model_resolved, now) {
        Ok(resolved) if resolved.model.row.id == row.model_resolved => Ok(()),
        Ok(resolved) => {
            let before = catalog.find(&row.model_resolved);
            let before = before.filter(|model| model.row.id == row.model_resolved);
            match fits(before.as_deref(), &resolved.model, row) {
                Some(input) => move_to(app, row, &resolved.model, input, now).await,
                None => release(app, row, Some(&resolved.model.row.id)).await,
            }
        }
        Err(NotOffered::Gone { replaced_by }) => release(app, row, replaced_by.as_deref()).await,
        Err(NotOffered::Unknown) => release(app, row, None).await,
    }
}

/// The input for another model, if that takes it for no more than is held.
fn fits(before: Option<&Model>, next: &Arc<Model>, row: &generation::Model) -> Option<Map<String, Value>> {
    if next.row.kind != row.kind || !route::allowed(row, &next.row.countries) {
        return None;
    }
    let mut input = row.input.as_object()?.clone();
    // What nobody asked for but the model before filled in.
    input.retain(|field, value| {
        next.takes(field)
            || field != "seed" && before.and_then(|model| model.default_of(field)) != Some(value)
    });
    let input = next.complete(&input).ok()?;
    let most = price::quote(&next.prices, &input, Usage::planned(row.kind, &input))?;
    (most <= row.held).then_some(input)
}

/// It waits for the other model from here on, at that one's prices.
async fn move_to(
    app: &App,
    row: &generation::Model,
    next: &Model,
    input: Map<String, Value>,
    now: Timestamp,
) -> Result<(), DbErr> {
    use generation::Column;
    let tx = app.db.begin().await?;
    let moved = generation::Entity::update_many()
        .col_expr(Column::ModelResolved, Expr::value(next.row.id.clone()))
        .col_expr(Column::PriceVersion, Expr::value(next.row.price_version.clone()))
        .col_expr(Column::Input, Expr::value(Value::Object(input)))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::Status.eq(Status::Queued))
        .filter(Column::ModelResolved.eq(row.model_resolved.clone()))
        .exec(&tx)
        .await?;
    if moved.rows_affected == 0 {
        return Ok(());
    }
    jobs::change_lane(
        &tx,
        run::KIND,
        row.id.as_str(),
        route::first(next, row.livemode),
        now,
    )
    .await?;
    tx.commit().await?;
    tracing::info!(generation = %row.id, from = row.model_resolved, to = next.row.id, "re-mapped");
    app.signals.tell(Signal::Work);
    Ok(())
}

/// One that began meanwhile goes on at its provider.
async fn release(app: &App, row: &generation::Model, successor: Option<&str>) -> Result<(), DbErr> {
    let now = app.now();
    let owner = Owner {
        account: row.account_id.clone(),
        livemode: row.livemode,
    };
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    let waiting = generation::Entity::find_by_id(row.id.clone())
        .filter(generation::Column::Status.eq(Status::Queued))
        .lock_exclusive()
        .one(&tx)
        .await?;
    let Some(row) = waiting else { return Ok(()) };
    if end(&tx, &mut books, &row, gone(successor), now).await? {
        books.close(&tx).await?;
        tx.commit().await?;
        app.signals.tell(Signal::Moved(row.id));
    }
    Ok(())
}

/// The end of what no model runs any more.
#[must_use]
pub fn gone(successor: Option<&str>) -> End {
    let message = match successor {
        Some(id) => {
            format!("The model ended before this could run; nothing is charged. `{id}` takes its place.")
        }
        None => "The model was withdrawn before this could run; nothing is charged.".to_owned(),
    };
    End::Failed {
        code: "model_gone",
        message,
    }
}
