//! What is posted, as the contract has it.

use std::collections::BTreeMap;

use entity::event::Kind;
use entity::generation::{Kind as GenerationKind, Status};
use entity::key_cap::Period;
use entity::{
    BatchId, Credits, FileId, GenerationId, KeyId, Money, PurchaseId, Timestamp, WebhookEndpointId, purchase,
};
use poem_openapi::Object;

use crate::http::Nullable;

/// What is told of a generation.
#[derive(Debug, Clone, Object)]
pub struct GenerationWebhook {
    #[oai(rename = "type")]
    pub kind: Kind,
    /// When it happened.
    pub timestamp: Timestamp,
    pub data: GenerationSnapshot,
}

/// How a generation stood when it happened, without what it was asked.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct GenerationSnapshot {
    pub id: GenerationId,
    pub kind: GenerationKind,
    pub status: Status,
    /// The model that ran.
    pub model: String,
    pub batch_id: Nullable<BatchId>,
    pub error: Nullable<SnapshotError>,
    /// What was charged.
    pub captured: Credits,
    /// Your own data; null where it is too long to be sent.
    pub metadata: Nullable<BTreeMap<String, String>>,
    pub end_user: Nullable<String>,
    pub created_at: Timestamp,
    pub started_at: Nullable<Timestamp>,
    pub ended_at: Nullable<Timestamp>,
    /// What it made, once it succeeded, with fresh links. Null where it is too long to be sent.
    pub outputs: Option<Vec<SnapshotOutput>>,
    /// Present where something was left out: ask for the generation.
    pub truncated: Option<bool>,
}

/// Why a generation came to nothing.
#[derive(Debug, Clone, Object)]
pub struct SnapshotError {
    pub code: String,
    pub message: Nullable<String>,
}

/// A file that a generation made.
#[derive(Debug, Clone, Object)]
pub struct SnapshotOutput {
    pub file_id: FileId,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    pub width: Nullable<i32>,
    pub height: Nullable<i32>,
    pub seconds: Nullable<f64>,
    /// Opens the file without a key until `expires_at`.
    pub url: String,
    pub expires_at: Timestamp,
}

/// What is told of a batch.
#[derive(Debug, Clone, Object)]
pub struct BatchWebhook {
    #[oai(rename = "type")]
    pub kind: Kind,
    pub timestamp: Timestamp,
    pub data: BatchSnapshot,
}

/// How a batch ended, without what its generations made: ask for its results.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct BatchSnapshot {
    pub id: BatchId,
    /// `ended`.
    pub status: String,
    pub counts: BatchSnapshotCounts,
    pub cost: BatchSnapshotCost,
    /// Your own data; null where it is too long to be sent.
    pub metadata: Nullable<BTreeMap<String, String>>,
    pub created_at: Timestamp,
    pub ended_at: Nullable<Timestamp>,
    /// Present where something was left out: ask for the batch.
    pub truncated: Option<bool>,
}

/// How many of a batch's generations ended how.
#[derive(Debug, Clone, Object)]
pub struct BatchSnapshotCounts {
    pub total: i32,
    pub succeeded: i32,
    pub failed: i32,
    pub canceled: i32,
    pub expired: i32,
}

/// What a batch cost.
#[derive(Debug, Clone, Object)]
pub struct BatchSnapshotCost {
    /// What was set aside for it.
    pub held: Credits,
    /// What was charged.
    pub captured: Credits,
    /// What was given back.
    pub released: Credits,
}

/// What is told of a key's cap.
#[derive(Debug, Clone, Object)]
pub struct KeyCapWebhook {
    #[oai(rename = "type")]
    pub kind: Kind,
    pub timestamp: Timestamp,
    pub data: KeyCapSnapshot,
}

/// How much of a cap is used.
#[derive(Debug, Clone, Object)]
pub struct KeyCapSnapshot {
    pub key_id: KeyId,
    pub period: Period,
    /// 50, 80 or 100.
    pub percent: i32,
    pub limit: Credits,
    /// What was charged.
    pub used: Credits,
    /// What is set aside.
    pub reserved: Credits,
    pub resets_at: Nullable<Timestamp>,
}

/// What is told of a leaked key.
#[derive(Debug, Clone, Object)]
pub struct KeyLeakedWebhook {
    #[oai(rename = "type")]
    pub kind: Kind,
    pub timestamp: Timestamp,
    pub data: KeyLeakedSnapshot,
}

/// Which key was revoked, and why.
#[derive(Debug, Clone, Object)]
pub struct KeyLeakedSnapshot {
    pub key_id: KeyId,
    /// The last four characters of the secret that was found.
    pub last_four: String,
    /// Where it was found, if that was told.
    pub url: Nullable<String>,
    /// How many keys were revoked with it, since it made them, directly or not.
    pub descendants_revoked: u64,
}

/// What is told of a purchase.
#[derive(Debug, Clone, Object)]
pub struct PurchaseWebhook {
    #[oai(rename = "type")]
    pub kind: Kind,
    pub timestamp: Timestamp,
    pub data: PurchaseSnapshot,
}

/// How a purchase stood when it happened.
#[derive(Debug, Clone, Object)]
pub struct PurchaseSnapshot {
    pub id: PurchaseId,
    pub status: purchase::Status,
    pub offer: String,
    pub price: Money,
    pub credits: Credits,
    pub created_at: Timestamp,
}

/// What is told of an endpoint.
#[derive(Debug, Clone, Object)]
pub struct EndpointWebhook {
    #[oai(rename = "type")]
    pub kind: Kind,
    pub timestamp: Timestamp,
    pub data: EndpointSnapshot,
}

/// Which endpoint it is.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct EndpointSnapshot {
    pub id: WebhookEndpointId,
    pub url: String,
    /// Why it was disabled: `failing` or `gone`.
    pub reason: Option<String>,
    /// Since when it failed.
    pub since: Option<Timestamp>,
}
