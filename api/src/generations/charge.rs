//! What a generation is charged: what came, by the prices that it was admitted
//! under, and never more than was held.

use entity::Credits;
use entity::generation::{self, Kind};
use sea_orm::DbErr;
use serde_json::{Map, Value};

use crate::app::App;
use crate::catalog::{Catalog, Usage, price};
use crate::providers::Made;

/// What is paid, and for how much of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    pub captured: Credits,
    /// In the unit of the kind: images, seconds, characters or tokens.
    pub units: u64,
}

/// The credits to capture for what was made.
///
/// # Errors
/// What the database answers, or when the price list is nowhere.
pub async fn charge(
    app: &App,
    catalog: &Catalog,
    row: &generation::Model,
    made: &Made,
) -> Result<Charge, DbErr> {
    let lines = catalog
        .prices(&app.db, &row.model_resolved, &row.price_version)
        .await?;
    let lines = lines.ok_or_else(|| {
        let list = format!("price list {} of {}", row.price_version, row.model_resolved);
        DbErr::RecordNotFound(list)
    })?;
    let input = input(row);
    let planned = Usage::planned(row.kind, input);
    let used = planned.paid(came(row.kind, planned, made));
    let cost = price::quote(&lines, input, used);
    Ok(Charge {
        captured: cost.unwrap_or(row.held).min(row.held),
        units: match row.kind {
            Kind::Image => used.images,
            Kind::Video => used.seconds,
            Kind::Speech => used.characters,
            Kind::Text => used.tokens,
        },
    })
}

/// What came, counted in what is paid for.
fn came(kind: Kind, planned: Usage, made: &Made) -> Usage {
    let milliseconds: u64 = made.media.iter().filter_map(|media| media.milliseconds).sum();
    match kind {
        Kind::Image => Usage {
            images: made.media.len() as u64,
            ..planned
        },
        Kind::Video => Usage {
            seconds: milliseconds.div_ceil(1000),
            ..planned
        },
        Kind::Speech => planned,
        Kind::Text => Usage {
            tokens: made.units.unwrap_or(planned.tokens),
            ..planned
        },
    }
}

fn input(row: &generation::Model) -> &Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Default::default);
    row.input.as_object().unwrap_or(&EMPTY)
}
