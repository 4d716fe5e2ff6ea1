//! What an event says to the outside: its snapshot, and fresh links to what was made.

use std::collections::HashMap;

use entity::{FileId, Timestamp, event, file};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
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
    let subjects = events.iter().map(|event| (event.kind, event.subject.as_str()));
    let mut outputs: HashMap<String, Vec<file::Model>> = HashMap::new();
    for file in files_of(app.db.read(), subjects.collect()).await? {
        if let Some(generation) = &file.generation_id {
            outputs.entry(generation.to_string()).or_default().push(file);
        }
    }
    let completed = events.iter().map(|event| {
        let files = outputs.get(&event.subject).map(Vec::as_slice).unwrap_or_default();
        say(app, event.kind, &event.data, files)
    });
    Ok(completed.collect())
}

/// The files that events of these kinds show of their subjects, in their order.
///
/// # Errors
/// What the database answers.
pub async fn files_of(
    db: &impl ConnectionTrait,
    events: Vec<(Kind, &str)>,
) -> Result<Vec<file::Model>, DbErr> {
    let succeeded = events.into_iter().filter(|(kind, _)| shows_files(*kind));
    let succeeded: Vec<&str> = succeeded.map(|(_, subject)| subject).collect();
    if succeeded.is_empty() {
        return Ok(Vec::new());
    }
    file::Entity::find()
        .filter(file::Column::GenerationId.is_in(succeeded))
        .order_by_asc(file::Column::Position)
        .all(db)
        .await
}

fn shows_files(kind: Kind) -> bool {
    kind == Kind::GenerationSucceeded
}

/// What an event says: what was written down, and fresh links to its files.
#[must_use]
pub fn say(app: &App, kind: Kind, data: &Value, files: &[file::Model]) -> Map<String, Value> {
    let mut said = data.as_object().cloned().unwrap_or_default();
    if shows_files(kind) {
        let outputs: Vec<Value> = files.iter().map(|file| output(app, file)).collect();
        said.insert("outputs".to_owned(), outputs.into());
    }
    said
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
