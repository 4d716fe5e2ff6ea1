//! What rows of the catalogue must fulfil, each alone and together.

use std::collections::HashSet;

use entity::generation::Kind;
use serde_json::{Value, json};

use super::{GenerationInput, Model, price};
use crate::config::{self, AfterShutdown, Unit};
use crate::http::body::faults;

/// Refuses a row that could not do what it says.
pub(super) fn check_row(model: &Model) -> Result<(), String> {
    let row = &model.row;
    let refuse = |why: String| Err(format!("`{}` {why}", row.id));
    if let Some(name) = std::iter::once(&row.id)
        .chain(&row.aliases)
        .find(|name| !is_name(name))
    {
        return refuse(format!(
            "is called `{name}`: a name has 1 to 100 letters, digits and any of `.`, `_`, `-`, `:`"
        ));
    }
    if row.pricing.is_empty() {
        return refuse("has no pricing".to_owned());
    }
    if let Some(line) = row.pricing.iter().find(|line| !counts(row.kind, line.unit)) {
        return refuse(format!(
            "is priced by {:?}, which its kind does not count",
            line.unit
        ));
    }
    let fields = row.pricing.iter().flat_map(|line| line.multipliers.keys());
    if let Some(field) = fields.into_iter().find(|field| !model.takes(field)) {
        return refuse(format!(
            "has a multiplier for `{field}`, which its schema does not know"
        ));
    }
    if let Some(why) = check_fields(model).or_else(|| check_multipliers(model)) {
        return refuse(why);
    }
    match (row.deprecated_at, row.shutdown_at) {
        (None, Some(_)) => refuse("has `shutdown_at` without `deprecated_at`".to_owned()),
        (Some(announced), Some(end)) if end < announced => {
            refuse("ends (`shutdown_at`) before that is announced (`deprecated_at`)".to_owned())
        }
        _ if row.after_shutdown == AfterShutdown::Remap && row.replaced_by.is_empty() => {
            refuse("says `remap`, but not `replaced_by` what".to_owned())
        }
        _ => Ok(()),
    }
}

/// Why no request could say what the schema takes: another schema stands before it.
fn check_fields(model: &Model) -> Option<String> {
    let fits = |field: &str, value: &Value| faults::<GenerationInput>(&json!({ field: value })).is_empty();
    let unknown = |field: &str| {
        let found = faults::<GenerationInput>(&json!({ field: null }));
        found.iter().any(|fault| fault.code == "unknown_field")
    };
    model.properties().find_map(|(field, property)| {
        if unknown(field) {
            return Some(format!(
                "takes `{field}`, which no request can say: what only one model takes stands in `extra`"
            ));
        }
        let choices = property.get("enum").and_then(Value::as_array);
        let values = choices.into_iter().flatten();
        let values = values.chain(property.get("const")).chain(property.get("default"));
        let mut values = values.filter(|value| !fits(field, value));
        let value = values.next()?;
        Some(format!("takes {value} for `{field}`, which no request can say"))
    })
}

/// Why a multiplier would never apply, or could not be told from another.
fn check_multipliers(model: &Model) -> Option<String> {
    let all = model.row.pricing.iter().flat_map(|line| &line.multipliers);
    let mut all = all.flat_map(|(field, factors)| factors.keys().map(move |key| (field, key, factors)));
    all.find_map(|(field, key, factors)| {
        let text = Value::from(key.as_str());
        let values = price::read(key).into_iter().chain([text]);
        let values: Vec<Value> = values.filter(|value| model.may_be(field, value)).collect();
        if values.is_empty() {
            return Some(format!(
                "has a multiplier for `{key}` of `{field}`, which its schema does not take"
            ));
        }
        let same = |other: &&String| *other != key && values.iter().any(|value| price::names(other, value));
        let other = factors.keys().find(same)?;
        Some(format!(
            "has two multipliers for one value of `{field}`: `{key}` and `{other}`"
        ))
    })
}

/// It stands in paths.
fn is_name(name: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte);
    (1..=100).contains(&name.len()) && name.bytes().all(sound)
}

const fn counts(kind: Kind, unit: Unit) -> bool {
    match unit {
        Unit::Image => matches!(kind, Kind::Image),
        Unit::Second => matches!(kind, Kind::Video),
        Unit::Tokens => matches!(kind, Kind::Text),
        Unit::Characters => true,
    }
}

/// Refuses successors that don't exist, make something else, or lead in a circle.
pub(super) fn check_successors(rows: &[&config::Model]) -> Result<(), String> {
    let find = |id: &str| rows.iter().find(|row| row.id == id);
    for row in rows {
        let mut passed = HashSet::new();
        let mut at = row;
        while !at.replaced_by.is_empty() {
            if !passed.insert(at.id.as_str()) {
                return Err(format!("`{}` is replaced by itself in the end", row.id));
            }
            let next = find(&at.replaced_by)
                .ok_or_else(|| format!("`{}` is replaced by `{}`, which is no row", at.id, at.replaced_by))?;
            if next.kind != at.kind {
                return Err(format!(
                    "`{}` is replaced by `{}`, which makes something else",
                    at.id, next.id
                ));
            }
            at = next;
        }
    }
    Ok(())
}
