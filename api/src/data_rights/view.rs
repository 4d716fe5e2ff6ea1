//! What the API shows of a request and its receipt.

use entity::data_request::{self, Right, Status};
use entity::{AccountId, DataRequestId, FileId, GenerationId, Timestamp, file};
use poem_openapi::types::{Example, ToJSON as _};
use poem_openapi::{Enum, Object};

use super::missing::{self, Lack, Missing};
use super::receipt;
use super::sweep::{archive_expires_at, code_expires_at};
use super::tally::{self, Counted, Done};
use crate::app::App;
use crate::http::{Nullable, example};

/// How a request is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum VerificationMethod {
    /// A code, mailed to the account's address.
    MailedCode,
}

/// Whether and how a request was confirmed.
#[derive(Debug, Clone, Object)]
pub struct DataVerification {
    pub method: VerificationMethod,
    /// Until when the code can be entered; null once the request waits for none.
    pub expires_at: Nullable<Timestamp>,
    pub verified_at: Nullable<Timestamp>,
}

/// The archive of an access request.
#[derive(Debug, Clone, Object)]
pub struct DataArchive {
    pub file_id: FileId,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the archive, in hex.
    pub sha256: String,
    /// Where to download it, with credentials.
    pub url: String,
    /// When it is removed.
    pub expires_at: Timestamp,
}

/// What was done with rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum DataAction {
    Exported,
    Missing,
    Deleted,
    Cleared,
    Kept,
    Canceled,
    Ended,
}

impl From<Done> for DataAction {
    fn from(done: Done) -> Self {
        match done {
            Done::Exported => Self::Exported,
            Done::Missing => Self::Missing,
            Done::Deleted => Self::Deleted,
            Done::Cleared => Self::Cleared,
            Done::Kept => Self::Kept,
            Done::Canceled => Self::Canceled,
            Done::Ended => Self::Ended,
        }
    }
}

/// One thing that was done for a request.
#[derive(Debug, Clone, Object)]
pub struct ActionTaken {
    /// `exported`, `missing` (it should have been exported and we could not), `deleted`, `cleared` (kept without personal content), `kept`, `canceled` (it was under way) or
    /// `ended` (it could be used until then).
    pub action: DataAction,
    /// Which rows: what a table holds and what for stands in the archive of an access request.
    pub table: String,
    /// How many.
    pub count: u64,
    /// Why they are kept, where they are.
    pub why: Nullable<String>,
}

impl From<Counted> for ActionTaken {
    fn from(counted: Counted) -> Self {
        Self {
            action: counted.action.into(),
            table: counted.table,
            count: counted.count,
            why: counted.why.into(),
        }
    }
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum FileFault {
    /// The archive does not have it.
    Missing,
    /// The archive has of it what we could read, if anything, which is not what was kept.
    Damaged,
}

/// A file that the copy should hold and that our storage lost.
#[derive(Debug, Clone, Object)]
pub struct MissingFile {
    pub file_id: FileId,
    pub generation_id: Nullable<GenerationId>,
    pub fault: FileFault,
}

impl From<Missing> for MissingFile {
    fn from(missing: Missing) -> Self {
        Self {
            file_id: missing.file_id,
            generation_id: missing.generation_id.into(),
            fault: match missing.fault {
                Lack::Missing => FileFault::Missing,
                Lack::Damaged => FileFault::Damaged,
            },
        }
    }
}

/// A request about the personal data of your account.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct DataRequest {
    pub id: DataRequestId,
    /// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
    #[oai(rename = "type")]
    pub kind: Right,
    /// `awaiting_verification` until the mailed code is entered; `in_progress` until the work is done; then
    /// `fulfilled`, or `partially_fulfilled` if our storage has lost files that the copy should hold. It is `withdrawn`
    /// or `expired` if it was never confirmed. More statuses may come.
    pub status: Status,
    /// What you wrote about it.
    pub statement: Nullable<String>,
    /// Why it was not fulfilled, where that needs words.
    pub reason: Nullable<String>,
    pub received_at: Timestamp,
    /// Until when it has to be fulfilled.
    pub due_at: Timestamp,
    /// When it was fulfilled, withdrawn or expired.
    pub ended_at: Nullable<Timestamp>,
    pub verification: DataVerification,
    /// What was done so far.
    pub actions: Vec<ActionTaken>,
    /// The files that the archive should hold and does not, by a fault of ours: the first 100 of them. The archive's
    /// `about.json` names all, and `actions` says how many. Ask for another copy later: some may have been found.
    pub missing: Vec<MissingFile>,
    /// The archive, once an access request is fulfilled, wholly or partially, and until the archive expires.
    pub result: Nullable<DataArchive>,
    /// Opens the receipt once the request is fulfilled. The link needs no credentials and does not expire: keep it
    /// before you confirm an erasure, which ends all keys and sessions. Null for a request that ended unfulfilled.
    pub receipt: Nullable<String>,
    /// The mode of the credentials that made it, which are needed to see it. The request itself is about both modes.
    pub livemode: bool,
}

impl DataRequest {
    /// A row, with its archive where it has one.
    pub(super) fn of(app: &App, row: data_request::Model, archive: Option<file::Model>) -> Self {
        let waits = row.status == Status::AwaitingVerification;
        let unfulfilled = matches!(row.status, Status::Withdrawn | Status::Expired);
        let fulfilled_at = row.ended_at.unwrap_or(row.received_at);
        let url = format!(
            "{}/v1/data-rights/requests/{}/archive",
            app.config.public_url(),
            row.id
        );
        let result = archive.map(|file| DataArchive {
            file_id: file.id,
            content_type: file.content_type,
            bytes: file.bytes,
            sha256: file.sha256,
            url,
            expires_at: archive_expires_at(fulfilled_at),
        });
        Self {
            receipt: (!unfulfilled).then(|| receipt::link(app, &row.id)).into(),
            id: row.id,
            kind: row.kind,
            status: row.status,
            statement: row.statement.into(),
            reason: row.reason.into(),
            received_at: row.received_at,
            due_at: row.due_at,
            ended_at: row.ended_at.into(),
            verification: DataVerification {
                method: VerificationMethod::MailedCode,
                expires_at: waits.then(|| code_expires_at(row.received_at)).into(),
                verified_at: row.verified_at.into(),
            },
            actions: tally::read(&row.actions).into_iter().map(Into::into).collect(),
            missing: missing::read(&row.missing).into_iter().map(Into::into).collect(),
            result: result.into(),
            livemode: row.livemode,
        }
    }
}

fn example_actions() -> Vec<ActionTaken> {
    let action = |action, table: &str, count, why: Option<&str>| ActionTaken {
        action,
        table: table.to_owned(),
        count,
        why: why.map(str::to_owned).into(),
    };
    let books = "the books: what was charged, without its content";
    vec![
        action(DataAction::Deleted, "file", 12, None),
        action(DataAction::Cleared, "generation", 9, Some(books)),
    ]
}

impl Example for DataRequest {
    fn example() -> Self {
        let url = "https://api.studio.example/v1/data-rights/requests";
        Self {
            id: example::id("drr"),
            kind: Right::Access,
            status: Status::AwaitingVerification,
            statement: Some("Please include what you know of my devices.".to_owned()).into(),
            reason: None.into(),
            received_at: example::MOMENT,
            due_at: example::after(30 * 24 * 3_600_000),
            ended_at: None.into(),
            verification: DataVerification {
                method: VerificationMethod::MailedCode,
                expires_at: Some(code_expires_at(example::MOMENT)).into(),
                verified_at: None.into(),
            },
            actions: Vec::new(),
            missing: Vec::new(),
            result: None.into(),
            receipt: Some(format!(
                "{url}/{}/receipt?token=…",
                example::id::<DataRequestId>("drr")
            ))
            .into(),
            livemode: true,
        }
    }
}

/// What was done for a request about personal data, and when. It names no person.
#[derive(Debug, Clone, Object)]
#[oai(rename = "DataReceipt", example)]
pub struct Receipt {
    /// The request's id.
    pub id: DataRequestId,
    #[oai(rename = "type")]
    pub kind: Right,
    /// The account that it was about.
    pub account_id: AccountId,
    /// Who answers for the data.
    pub controller: String,
    /// Where they are reached.
    pub contact: String,
    pub received_at: Timestamp,
    pub verified_at: Timestamp,
    /// Until when it had to be fulfilled.
    pub due_at: Timestamp,
    /// When it was, or as far as it could be.
    pub fulfilled_at: Timestamp,
    /// `fulfilled` or `partially_fulfilled`.
    pub status: Status,
    /// What was done, table by table.
    pub actions: Vec<ActionTaken>,
    /// What an access request's copy lacks by a fault of ours: the first 100 files.
    pub missing: Vec<MissingFile>,
    /// The fields above once more, signed: a JWS in compact form, with `alg` `EdDSA`. To verify it, take the key that
    /// `kid` names from `/.well-known/jwks.json` of this server; any JOSE library does it.
    pub jws: String,
}

impl Receipt {
    /// The receipt of a request that was fulfilled, wholly or as far as it could be.
    pub(super) fn of(app: &App, row: &data_request::Model) -> Option<Self> {
        if !row.status.is_done() {
            return None;
        }
        let policy = &app.config.policy;
        let mut receipt = Self {
            id: row.id.clone(),
            kind: row.kind,
            account_id: row.account_id.clone(),
            controller: policy.controller.clone(),
            contact: policy.contact.clone(),
            received_at: row.received_at,
            verified_at: row.verified_at?,
            due_at: row.due_at,
            fulfilled_at: row.ended_at?,
            status: row.status,
            actions: tally::read(&row.actions).into_iter().map(Into::into).collect(),
            missing: missing::read(&row.missing).into_iter().map(Into::into).collect(),
            jws: String::new(),
        };
        let mut payload = receipt.to_json()?;
        payload.as_object_mut()?.shift_remove("jws");
        receipt.jws = receipt::sign(&app.secrets, &payload);
        Some(receipt)
    }
}

impl Example for Receipt {
    fn example() -> Self {
        Self {
            id: example::id("drr"),
            kind: Right::Erasure,
            account_id: example::id("acc"),
            controller: "Example Studio".to_owned(),
            contact: "privacy@studio.example".to_owned(),
            received_at: example::MOMENT,
            verified_at: example::after(60_000),
            due_at: example::after(30 * 24 * 3_600_000),
            fulfilled_at: example::after(90_000),
            status: Status::Fulfilled,
            actions: example_actions(),
            missing: Vec::new(),
            jws: "eyJhbGciOiJFZERTQSJ9.…".to_owned(),
        }
    }
}
