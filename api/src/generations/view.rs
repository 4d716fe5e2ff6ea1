//! A generation as the API shows it.

use std::collections::BTreeMap;

use entity::generation::{self, Kind, Status};
use entity::{BatchId, Credits, FileId, GenerationId, KeyId, Timestamp, file};
use poem_openapi::types::ParseFromJSON as _;
use poem_openapi::{Enum, Object};
use sea_orm::DbErr;
use serde_json::Value;

use super::read::files_of;
use super::route;
use super::state;
use crate::app::App;
use crate::auth::{Caller, Scope};
use crate::catalog::{Catalog, GenerationInput};
use crate::files;
use crate::http::Nullable;

/// A generation: what was asked, where it stands, what it made and what it cost. A key without the scope
/// `generations:read` is not shown what was asked and made: `input`, `outputs`, `text`, `metadata` and `end_user` are
/// empty or null in its answers.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Generation", example)]
pub struct View {
    pub id: GenerationId,
    pub kind: Kind,
    pub status: Status,
    pub model: ModelNames,
    /// The input with the model's defaults filled in; empty once erased.
    pub input: GenerationInput,
    /// What it made; empty unless it succeeded.
    pub outputs: Vec<Output>,
    /// What a text model answered.
    pub text: Nullable<String>,
    /// Hundredths of the way, as far as the provider tells.
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub progress: i32,
    /// Why it failed or expired. A generation with an error is never charged.
    pub error: Nullable<GenerationError>,
    pub cost: Cost,
    pub provenance: Provenance,
    /// Your own data, as you sent it.
    pub metadata: BTreeMap<String, String>,
    /// Your own name for the person on whose behalf you asked.
    pub end_user: Nullable<String>,
    /// Whether its files are kept beyond the operator's usual time.
    pub saved: bool,
    /// The key that asked for it; null when a signed-in person did.
    pub key_id: Nullable<KeyId>,
    /// The batch that it is one of.
    pub batch_id: Nullable<BatchId>,
    pub livemode: bool,
    pub created_at: Timestamp,
    pub started_at: Nullable<Timestamp>,
    pub ended_at: Nullable<Timestamp>,
    /// It expires, uncharged, unless it ends before.
    pub deadline_at: Timestamp,
    pub cancel_requested_at: Nullable<Timestamp>,
    /// When its content was erased; what remains is kept for the books.
    pub erased_at: Nullable<Timestamp>,
}

/// The model by the name that was asked for, and the one that ran.
#[derive(Debug, Clone, Object)]
pub struct ModelNames {
    /// An id or alias.
    pub asked: String,
    pub resolved: String,
}

/// A file that a generation made.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Output {
    pub file_id: FileId,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// In pixels.
    pub width: Nullable<i32>,
    /// In pixels.
    pub height: Nullable<i32>,
    /// How long it plays.
    pub seconds: Nullable<f64>,
    /// Opens the file without a key until `expires_at`. Ask for the generation again to get a new link.
    #[oai(validator(max_length = 2048))]
    pub url: String,
    pub expires_at: Timestamp,
}

/// Why a generation came to nothing.
#[derive(Debug, Clone, Object)]
pub struct GenerationError {
    /// Stable: `content_refused`, `provider_failed`, `provider_unavailable`, `provider_outcome_unknown`,
    /// `deadline_exceeded`, `model_gone` or `internal_error`.
    pub code: String,
    pub message: String,
}

/// What a generation costs. `captured` is what was charged.
#[derive(Debug, Clone, Object)]
pub struct Cost {
    /// The most that it can cost.
    pub estimated: Credits,
    /// Set aside when it was admitted.
    pub held: Credits,
    /// Charged when it ended.
    pub captured: Credits,
    /// Given back when it ended.
    pub released: Credits,
    /// The price list that it was admitted under.
    pub price_version: String,
}

/// Where the outputs come from.
#[derive(Debug, Clone, Object)]
pub struct Provenance {
    /// Always true: what this API returns was made by a machine.
    pub ai_generated: bool,
    /// Who ran the model; null once the model is no longer offered.
    pub provider: Nullable<String>,
    /// Where it was processed: ISO 3166 codes; `ZZ` is this server itself.
    pub countries: Vec<String>,
}

/// Something that happened to a generation.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct GenerationEvent {
    /// What happened; also the name of the event in the stream.
    #[oai(rename = "type")]
    pub kind: EventType,
    /// When it happened.
    pub at: Timestamp,
    /// The generation as it stands now.
    pub generation: View,
}

/// What can happen to a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "GenerationEventType")]
pub enum EventType {
    /// It was accepted.
    #[oai(rename = "generation.queued")]
    Queued,
    /// It was given to a provider.
    #[oai(rename = "generation.running")]
    Running,
    /// It got further. Such an event has no id and is not sent again.
    #[oai(rename = "generation.progress")]
    Progress,
    #[oai(rename = "generation.succeeded")]
    Succeeded,
    #[oai(rename = "generation.failed")]
    Failed,
    #[oai(rename = "generation.canceled")]
    Canceled,
    #[oai(rename = "generation.expired")]
    Expired,
}

impl EventType {
    /// That it came into this state.
    #[must_use]
    pub const fn of(status: Status) -> Self {
        match status {
            Status::Queued => Self::Queued,
            Status::Running => Self::Running,
            Status::Succeeded => Self::Succeeded,
            Status::Failed => Self::Failed,
            Status::Canceled => Self::Canceled,
            Status::Expired => Self::Expired,
        }
    }

    /// As it stands in the stream.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "generation.queued",
            Self::Running => "generation.running",
            Self::Progress => "generation.progress",
            Self::Succeeded => "generation.succeeded",
            Self::Failed => "generation.failed",
            Self::Canceled => "generation.canceled",
            Self::Expired => "generation.expired",
        }
    }
}

/// Shows rows, with their files and fresh links.
///
/// # Errors
/// What the database answers.
pub async fn show(app: &App, catalog: &Catalog, rows: Vec<generation::Model>) -> Result<Vec<View>, DbErr> {
    let mut outputs = files_of(app, &rows).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let files = outputs.remove(&row.id).unwrap_or_default();
            view(app, catalog, row, files)
        })
        .collect())
}

/// Shows one row.
///
/// # Errors
/// What the database answers.
pub async fn show_one(app: &App, catalog: &Catalog, row: generation::Model) -> Result<View, DbErr> {
    let id = row.id.clone();
    let shown = show(app, catalog, vec![row]).await?.pop();
    shown.ok_or_else(|| DbErr::RecordNotFound(id.to_string()))
}

/// Shows one row to somebody who may write: without what was asked and made, unless
/// they may read that, too.
///
/// # Errors
/// What the database answers.
pub async fn show_to(
    app: &App,
    catalog: &Catalog,
    caller: &Caller,
    row: generation::Model,
) -> Result<View, DbErr> {
    if caller.scopes.contains(Scope::GenerationsRead) {
        return show_one(app, catalog, row).await;
    }
    Ok(View {
        input: GenerationInput::default(),
        text: Nullable(None),
        metadata: BTreeMap::new(),
        end_user: Nullable(None),
        ..view(app, catalog, row, Vec::new())
    })
}

/// Shows a row with its files.
pub fn view(app: &App, catalog: &Catalog, row: generation::Model, files: Vec<file::Model>) -> View {
    let model = catalog.find(&row.model_resolved);
    let places = model.map_or_else(Vec::new, |model| route::places(&model, &row));
    // Whoever was given it last, or else whoever will be.
    let place = match &row.provider {
        Some(name) => places.into_iter().find(|place| place.provider == *name),
        None => places.into_iter().next(),
    };
    View {
        provenance: Provenance {
            ai_generated: true,
            provider: Nullable(
                place
                    .as_ref()
                    .map(|place| place.provider.clone())
                    .or(row.provider),
            ),
            countries: place.map(|place| place.countries).unwrap_or_default(),
        },
        error: Nullable(row.error_code.map(|code| GenerationError {
            code,
            message: row.error_message.unwrap_or_default(),
        })),
        cost: Cost {
            estimated: row.estimated,
            held: row.held,
            captured: row.captured,
            released: row.released,
            price_version: row.price_version,
        },
        id: row.id,
        kind: row.kind,
        progress: if state::has_ended(row.status) {
            100
        } else {
            row.progress
        },
        status: row.status,
        model: ModelNames {
            asked: row.model,
            resolved: row.model_resolved,
        },
        input: GenerationInput::parse_from_json(Some(row.input)).unwrap_or_default(),
        outputs: files.into_iter().map(|file| output(app, file)).collect(),
        text: Nullable(row.text),
        metadata: texts(row.metadata),
        end_user: Nullable(row.end_user),
        saved: row.saved,
        key_id: Nullable(row.key_id),
        batch_id: Nullable(row.batch_id),
        livemode: row.livemode,
        created_at: row.created_at,
        started_at: Nullable(row.started_at),
        ended_at: Nullable(row.ended_at),
        deadline_at: row.deadline_at,
        cancel_requested_at: Nullable(row.cancel_requested_at),
        erased_at: Nullable(row.erased_at),
    }
}

fn output(app: &App, file: file::Model) -> Output {
    let link = files::link(app, &file.id);
    Output {
        file_id: file.id,
        content_type: file.content_type,
        bytes: file.bytes,
        sha256: file.sha256,
        width: Nullable(file.width),
        height: Nullable(file.height),
        seconds: Nullable(file.milliseconds.map(|milliseconds| milliseconds as f64 / 1000.0)),
        url: link.url,
        expires_at: link.expires_at,
    }
}

/// The row's own texts; what is no text was not written by us.
#[must_use]
pub fn texts(metadata: Value) -> BTreeMap<String, String> {
    let Value::Object(map) = metadata else {
        return BTreeMap::new();
    };
    map.into_iter()
        .filter_map(|(key, value)| Some((key, value.as_str()?.to_owned())))
        .collect()
}
