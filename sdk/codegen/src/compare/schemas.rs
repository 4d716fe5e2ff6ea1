//! Schemas: fields and values gone, demanded, retyped or no longer promised.

use super::{received, sent};
use crate::model::{Api, Kind, Schema};

pub fn compare(old: &Api, new: &Api, breaks: &mut Vec<String>) {
    for before in &old.schemas {
        match new.schema(&before.name) {
            Some(after) => schema(before, after, breaks),
            None => breaks.push(format!("{}: is removed", before.name)),
        }
    }
}

fn schema(old: &Schema, new: &Schema, breaks: &mut Vec<String>) {
    let name = &old.name;
    match (&old.kind, &new.kind) {
        (Kind::Object { open: was_open, .. }, Kind::Object { open, .. }) => {
            fields(old, new, breaks);
            if *was_open && !open && old.input {
                breaks.push(format!("{name}: no longer takes members of other names"));
            }
        }
        (Kind::Enum { values: old }, Kind::Enum { values: new }) => {
            for before in old {
                if new.iter().all(|after| after.value != before.value) {
                    breaks.push(format!("{name}.{}: is removed", before.value));
                }
            }
        }
        (
            Kind::Union {
                tag: old_tag,
                variants: old,
            },
            Kind::Union { tag, variants },
        ) => {
            if old_tag != tag {
                breaks.push(format!("{name}: was told apart by `{old_tag}`, is by `{tag}`"));
            }
            for before in old {
                match variants.iter().find(|after| after.value == before.value) {
                    Some(after) if after.schema == before.schema => {}
                    Some(_) => breaks.push(format!("{name}.{}: has another schema", before.value)),
                    None => breaks.push(format!("{name}.{}: is removed", before.value)),
                }
            }
        }
        (Kind::Id { prefix: old }, Kind::Id { prefix }) if old == prefix => {}
        (Kind::Decimal, Kind::Decimal) => {}
        (Kind::Alias { ty: before }, Kind::Alias { ty: after }) => {
            if old.input {
                sent(name, before, after, breaks);
            } else {
                received(name, before, after, breaks);
            }
        }
        _ => breaks.push(format!("{name}: is of another kind")),
    }
}

fn fields(old: &Schema, new: &Schema, breaks: &mut Vec<String>) {
    let was_sent = old.input;
    for before in old.fields() {
        let at = format!("{}.{}", old.name, before.name);
        let Some(after) = new.field(&before.name) else {
            breaks.push(format!("{at}: is removed"));
            continue;
        };
        let count = breaks.len();
        if was_sent {
            sent(&at, &before.ty, &after.ty, breaks);
            if after.required && !before.required {
                breaks.push(format!("{at}: is now required"));
            }
        }
        // What is both sent and received may not change in either way, and is told once.
        if old.output && breaks.len() == count {
            received(&at, &before.ty, &after.ty, breaks);
            if before.required && !after.required {
                breaks.push(format!("{at}: may now be absent"));
            }
        }
    }
    for after in new.fields() {
        if was_sent && after.required && old.field(&after.name).is_none() {
            breaks.push(format!("{}.{}: is new and required", old.name, after.name));
        }
    }
}
