//! What a copy of all data lacks because our storage lost it: named in the archive, in
//! the request, in its receipt, and to the operator's people. What is not ours any more
//! to hand over, since its owner deleted it, is no part of this.

use entity::data_request;
use entity::staff::Role;
use entity::{FileId, GenerationId, Timestamp, file};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::tally::{Counted, Done};
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::files::Fault;

/// Files that a request and its receipt name; the archive names all.
pub const NAMED: usize = 100;

const WHY: &str =
    "our storage lacks them or holds them damaged, which is our fault; what is known of them was copied";

/// Who of the operator's people are told.
const TOLD: [Role; 2] = [Role::Privacy, Role::Owner];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    pub file_id: FileId,
    pub generation_id: Option<GenerationId>,
    pub fault: Lack,
}

/// [`Fault`] as rows keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// It is not in the archive.
    Missing,
    /// What the archive has of it, if anything, is not what was kept.
    Damaged,
}

impl Missing {
    pub fn of(file: &file::Model, fault: Fault) -> Self {
        Self {
            file_id: file.id.clone(),
            generation_id: file.generation_id.clone(),
            fault: match fault {
                Fault::Missing => Lack::Missing,
                Fault::Damaged => Lack::Damaged,
            },
        }
    }
}

/// What a row says.
pub fn read(missing: &Value) -> Vec<Missing> {
    serde_json::from_value(missing.clone()).unwrap_or_default()
}

/// As a row keeps it.
pub fn write(missing: &[Missing]) -> Value {
    serde_json::to_value(&missing[..missing.len().min(NAMED)]).unwrap_or_default()
}

/// Takes what is missing from what counts as copied.
pub fn count(tally: &mut Vec<Counted>, missing: &[Missing]) {
    if missing.is_empty() {
        return;
    }
    let count = missing.len() as u64;
    let table = file::PRIVACY.name;
    for counted in tally.iter_mut().filter(|counted| counted.table == table) {
        counted.count = counted.count.saturating_sub(count);
    }
    tally.push(Counted {
        action: Done::Missing,
        table: table.to_owned(),
        count,
        why: Some(WHY.to_owned()),
    });
}

/// Tells the operator's people of a request that could not be fulfilled wholly.
///
/// # Errors
/// What the database answers.
pub async fn tell_staff(
    tx: &impl ConnectionTrait,
    app: &App,
    request: &data_request::Model,
    missing: &[Missing],
    now: Timestamp,
) -> Result<(), DbErr> {
    let count = missing.len();
    tracing::error!(request = %request.id, count, "files are missing from a copy of all data");
    let text = Text::FilesMissing {
        request: request.id.to_string(),
        account: request.account_id.to_string(),
        count,
        due_at: request.due_at,
    };
    emails::post_to_staff(tx, app, &request.account_id, &TOLD, &text, now).await
}
