//! What was found wrong with a body, and where; and the checks of single values.

use entity::Timestamp;
use poem_openapi::registry::MetaSchema;
use serde_json::{Number, Value};

use super::error::FieldError;

/// Findings beyond this many are not told.
const MOST: usize = 20;

const NUL: &str = "Must not contain the NUL character.";

/// The place under scrutiny and what was found so far.
#[derive(Default)]
pub(super) struct Findings {
    pointer: String,
    pub faults: Vec<FieldError>,
}

impl Findings {
    pub fn add(&mut self, code: &str, detail: impl Into<String>) {
        if self.faults.len() < MOST {
            self.faults
                .push(FieldError::at(self.pointer.clone(), code, detail));
        }
    }

    /// Steps into a member or item, and out again.
    pub fn inside(&mut self, key: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        check(self);
        self.pointer.truncate(length);
    }

    /// For free-form values, where no schema leads the way.
    pub fn refuse_nul(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.contains('\0') => self.add("nul", NUL),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(&index.to_string(), |found| found.refuse_nul(item));
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    if self.key_is_sound(name) {
                        self.inside(name, |found| found.refuse_nul(member));
                    }
                }
            }
            _ => {}
        }
    }

    /// Whether a member's name can stand in a pointer and in a database.
    pub fn key_is_sound(&mut self, name: &str) -> bool {
        let sound = !name.contains('\0');
        if !sound {
            self.add("nul", "A key must not contain the NUL character.");
        }
        sound
    }

    /// All but the pattern, which the caller compiled.
    pub fn check_text(&mut self, part: &MetaSchema, text: &str) {
        if text.contains('\0') {
            return self.add("nul", NUL);
        }
        let length = text.chars().count();
        if let Some(least) = part.min_length.filter(|least| length < *least) {
            self.add("too_short", format!("Must have at least {least} characters."));
        }
        if let Some(most) = part.max_length.filter(|most| length > *most) {
            self.add("too_long", format!("Must have at most {most} characters."));
        }
        if part.format == Some("date-time") && text.parse::<Timestamp>().is_err() {
            self.add(
                "invalid_format",
                "Must be an RFC 3339 time such as 2026-11-21T09:30:00Z.",
            );
        }
    }

    pub fn check_number(&mut self, part: &MetaSchema, number: &Number) {
        let value = number.as_f64().unwrap_or(f64::INFINITY);
        let below = |least: &f64| value < *least || part.exclusive_minimum == Some(true) && value <= *least;
        let above = |most: &f64| value > *most || part.exclusive_maximum == Some(true) && value >= *most;
        if let Some(least) = part.minimum.filter(below) {
            self.add("too_small", format!("Must be at least {least}."));
        } else if let Some(most) = part.maximum.filter(above) {
            self.add("too_large", format!("Must be at most {most}."));
        } else if !fits_integer(part.format.unwrap_or_default(), number) {
            self.add("out_of_range", "Is beyond the range of this field.");
        }
    }

    pub fn check_items(&mut self, part: &MetaSchema, items: &[Value]) {
        if let Some(least) = part.min_items.filter(|least| items.len() < *least) {
            self.add("too_few", format!("Must have at least {least} items."));
        }
        if let Some(most) = part.max_items.filter(|most| items.len() > *most) {
            self.add("too_many", format!("Must have at most {most} items."));
        }
        // Quadratic, so only for lists that are short.
        let repeated = || {
            items
                .iter()
                .enumerate()
                .any(|(at, item)| items[..at].contains(item))
        };
        if part.unique_items == Some(true) && items.len() <= 1000 && repeated() {
            self.add("not_unique", "Must not hold the same item twice.");
        }
    }
}

/// poem's own parsers would refuse these too, but without a place.
fn fits_integer(format: &str, number: &Number) -> bool {
    let (signed, unsigned) = (number.as_i64(), number.as_u64());
    match format {
        "int8" => signed.is_some_and(|value| i8::try_from(value).is_ok()),
        "int16" => signed.is_some_and(|value| i16::try_from(value).is_ok()),
        "int32" => signed.is_some_and(|value| i32::try_from(value).is_ok()),
        "int64" => signed.is_some(),
        "uint8" => unsigned.is_some_and(|value| u8::try_from(value).is_ok()),
        "uint16" => unsigned.is_some_and(|value| u16::try_from(value).is_ok()),
        "uint32" => unsigned.is_some_and(|value| u32::try_from(value).is_ok()),
        "uint64" => unsigned.is_some(),
        _ => true,
    }
}
