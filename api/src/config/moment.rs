//! Moments in a configuration file: `2027-03-01`, `2027-03-01T09:00:00Z`, with or
//! without quotes. A day begins at midnight UTC.

use entity::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serializer};

#[expect(clippy::ref_option, reason = "serde calls it so")]
pub fn serialize<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    match moment {
        Some(moment) => serializer.collect_str(moment),
        None => serializer.serialize_none(),
    }
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    let moment = match text.parse::<jiff::civil::Date>() {
        Ok(_) if text.len() == "2027-03-01".len() => format!("{text}T00:00:00Z"),
        _ => text,
    };
    moment.parse().map(Some).map_err(D::Error::custom)
}
