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

use super::end::{End, From};
use super::settle::settle_all;
use super::{route, run};
use crate::app::App;
use crate::catalog::{Catalog, Model, NotOffered, Usage, price};
use crate::db::{self, Locked};
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
            let mut released = Vec::new();
            for row in rows {
                match successor(catalog, &row, app.now()) {
                    Successor::Itself => {}
                    Successor::Takes(next, input) => move_to(app, &row, &next, input, app.now()).await?,
                    Successor::None(named) => released.push((row, gone(named.as_deref()))),
                }
            }
            // One that began meanwhile goes on at its provider.
            settle_all(app, released, From::Queue, Locked::Skip).await?;
        }
    }
    Ok(())
}

/// Moves or releases one that waits. Whoever runs or ends it meanwhile was first.
///
/// # Errors
/// What the database answers.
pub async fn withdraw(app: &App, catalog: &Catalog, row: &generation::Model) -> Result<(), DbErr> {
    match successor(catalog, row, app.now()) {
        Successor::Itself => Ok(()),
        Successor::Takes(next, input) => move_to(app, row, &next, input, app.now()).await,
        Successor::None(named) => {
            let released = vec![(row.clone(), gone(named.as_deref()))];
            settle_all(app, released, From::Queue, Locked::Wait)
                .await
                .map(drop)
        }
    }
}

/// What runs a generation instead of the model that it waits for.
enum Successor {
    /// That model runs it after all.
    Itself,
    Takes(Arc<Model>, Map<String, Value>),
    /// Nothing does; the model that took the place is named, if there is one.
    None(Option<String>),
}

fn successor(catalog: &Catalog, row: &generation::Model, now: Timestamp) -> Successor {
    match catalog.resolve(&row.model_resolved, now) {
        Ok(resolved) if resolved.model.row.id == row.model_resolved => Successor::Itself,
        Ok(resolved) => {
            let before = catalog.find(&row.model_resolved);
            let before = before.filter(|model| model.row.id == row.model_resolved);
            match fits(before.as_deref(), &resolved.model, row) {
                Some(input) => Successor::Takes(resolved.model, input),
                None => Successor::None(Some(resolved.model.row.id.clone())),
            }
        }
        Err(NotOffered::Gone { replaced_by }) => Successor::None(replaced_by),
        Err(NotOffered::Unknown) => Successor::None(None),
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
