//! What a new document breaks for programs written against an old one.
//!
//! Compared is what clients see, not the text: an operation that moves between files or a
//! changed description breaks nobody, a field that may now be null does. New values of
//! enums, new fields of answers and new optional input break nothing: the clients are
//! built for them.

mod operations;
mod schemas;

use crate::model::{Api, Shape, Type};

/// The breaking changes, each in a line that begins with its place.
#[must_use]
pub fn breaks(old: &Api, new: &Api) -> Vec<String> {
    let mut breaks = Vec::new();
    operations::compare(old, new, &mut breaks);
    schemas::compare(old, new, &mut breaks);
    for family in &old.errors {
        if new.errors.iter().all(|one| one.name != family.name) {
            breaks.push(format!("errors.{}: is removed", family.name));
        }
    }
    for event in &old.events {
        if new.events.iter().all(|one| one.name != event.name) {
            breaks.push(format!("events.{}: is removed", event.name));
        }
    }
    breaks
}

/// A type in a word or two.
fn spelled(ty: &Type) -> String {
    let name = match &ty.shape {
        Shape::String => "string".to_owned(),
        Shape::Const { value } => format!("\"{value}\""),
        Shape::Integer { format } => format.clone(),
        Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::DateTime => "date-time".to_owned(),
        Shape::Binary => "bytes".to_owned(),
        Shape::Any => "anything".to_owned(),
        Shape::Named { name, .. } => name.clone(),
        Shape::List { of } => format!("list of {}", spelled(of)),
        Shape::Map { of } => format!("map of {}", spelled(of)),
    };
    match ty.nullable {
        true => format!("{name} or null"),
        false => name,
    }
}

/// Like the type, but whatever may be null.
fn bare(ty: &Type) -> String {
    spelled(&Type {
        nullable: false,
        ..ty.clone()
    })
}

/// What changed in a type that callers send.
fn sent(at: &str, old: &Type, new: &Type, breaks: &mut Vec<String>) {
    if bare(old) != bare(new) {
        breaks.push(format!("{at}: was {}, is {}", spelled(old), spelled(new)));
        return;
    }
    if old.nullable && !new.nullable {
        breaks.push(format!("{at}: can no longer be null"));
    }
    let (old, new) = (&old.limits, &new.limits);
    let mut narrowed = |what: &str, old: Option<f64>, new: Option<f64>, upper: bool| {
        let tighter = match (old, new) {
            (None, Some(_)) => true,
            (Some(old), Some(new)) if upper => new < old,
            (Some(old), Some(new)) => new > old,
            (_, None) => false,
        };
        if let Some(new) = new.filter(|_| tighter) {
            let old = old.map_or("unlimited".to_owned(), |old| old.to_string());
            breaks.push(format!("{at}: {what} was {old}, is {new}"));
        }
    };
    narrowed("minimum", old.minimum, new.minimum, false);
    narrowed("maximum", old.maximum, new.maximum, true);
    let count = |count: Option<u64>| count.map(|count| u32::try_from(count).unwrap_or(u32::MAX).into());
    narrowed("minLength", count(old.min_length), count(new.min_length), false);
    narrowed("maxLength", count(old.max_length), count(new.max_length), true);
    narrowed("minItems", count(old.min_items), count(new.min_items), false);
    narrowed("maxItems", count(old.max_items), count(new.max_items), true);
    if let Some(pattern) = new.pattern.as_ref().filter(|_| old.pattern != new.pattern) {
        breaks.push(format!("{at}: must now match `{pattern}`"));
    }
}

/// What changed in a type that callers get.
fn received(at: &str, old: &Type, new: &Type, breaks: &mut Vec<String>) {
    if bare(old) != bare(new) {
        breaks.push(format!("{at}: was {}, is {}", spelled(old), spelled(new)));
    } else if new.nullable && !old.nullable {
        breaks.push(format!("{at}: can now be null"));
    }
}
