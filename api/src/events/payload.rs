//! What an event says to the outside: its snapshot, and fresh links to what was made.

use std::collections::HashMap;

use entity::{FileId, Timestamp, event, file};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Map, Value, json};

use super::Kind;
use crate::app::App;
use crate::files;

/// The longest body that is sent.
const MOST_BYTES: usize = 20_000;

/// The data of each event: what was written down, and the files of generations
/// that succeeded.
///
/// # Errors
/// What the database answers.
pub async fn complete(app: &App, events: &[event::Model]) -> Result<Vec<Map<String, Value>>, DbErr> {
    let succeeded: Vec<String> = events
        .iter()
        .filter(|event| event.kind == Kind::GenerationSucceeded)
        .map(|event| event.subject.clone())
        .collect();
    let mut outputs: HashMap<String, Vec<Value>> = HashMap::new();
    if !succeeded.is_empty() {
        let files = file::Entity::find()
            .filter(file::Column::GenerationId.is_in(succeeded))
            .order_by_asc(file::Column::Position)
            .all(app.db.read())
            .await?;
        for file in files {
            if let Some(generation) = &file.generation_id {
                let generation = generation.to_string();
                outputs.entry(generation).or_default().push(output(app, &file));
            }
        }
    }
    let completed = events.iter().map(|event| {
        let mut data = event.data.as_object().cloned().unwrap_or_default();
        if event.kind == Kind::GenerationSucceeded {
            let files = outputs.get(&event.subject).cloned().unwrap_or_default();
            data.insert("outputs".to_owned(), files.into());
        }
        data
    });
    Ok(completed.collect())
}

fn output(app: &App, file: &file::Model) -> Value {
    let link = files::link(app, &file.id);
    let id: &FileId = &file.id;
    json!({
        "file_id": id,
        "content_type": file.content_type,
        "bytes": file.bytes,
        "width": file.width,
        "height": file.height,
        "seconds": file.milliseconds.map(|milliseconds| milliseconds as f64 / 1000.0),
        "url": link.url,
        "expires_at": link.expires_at.to_string(),
    })
}

/// The body that is sent: kind, time and data, and never too long for a receiver.
#[must_use]
pub fn body(kind: &Value, at: Timestamp, mut data: Map<String, Value>) -> String {
    let write = |data: &Map<String, Value>| {
        json!({"type": kind, "timestamp": at.to_string(), "data": data}).to_string()
    };
    let mut text = write(&data);
    for member in ["metadata", "outputs", "end_user"] {
        if text.len() <= MOST_BYTES {
            break;
        }
        if data.contains_key(member) {
            data.insert(member.to_owned(), Value::Null);
            data.insert("truncated".to_owned(), Value::Bool(true));
            text = write(&data);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_never_too_long() {
        let at = Timestamp::from_micros(0);
        let mut data = Map::new();
        data.insert("id".to_owned(), json!("gen_1"));
        let short = body(&json!("generation.succeeded"), at, data.clone());
        assert!(
            short.starts_with(r#"{"type":"generation.succeeded","timestamp":"1970-"#),
            "{short}"
        );
        assert!(!short.contains("truncated"));
        data.insert("metadata".to_owned(), json!({"a": "é".repeat(20_000)}));
        let cut = body(&json!("generation.succeeded"), at, data);
        assert!(cut.len() <= MOST_BYTES);
        let read: Value = serde_json::from_str(&cut).unwrap();
        assert_eq!(
            read["data"],
            json!({"id": "gen_1", "metadata": null, "truncated": true})
        );
    }
}
