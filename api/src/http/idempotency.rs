//! The `Idempotency-Key` header, and the memory behind it.
//!
//! A key is remembered for 24 hours per account, mode and operation, in the
//! transaction that does the work: either both are there or neither. A second
//! request that comes while the first is in its transaction waits for it at the
//! unique constraint.

use std::borrow::Cow;
use std::time::Duration;

use entity::{AccountId, Timestamp, idempotency_key};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromParameter, ParseResult, Type};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

use super::error::{ApiError, Code};
use super::fingerprint::Fingerprint;

const LONGEST: usize = 255;

/// How long an answer is remembered.
pub const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// Take it as `Header<Option<IdempotencyKey>>` named `Idempotency-Key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// 1 to 255 printable ASCII characters, bare or as a quoted string (RFC 8941).
    fn read(value: &str) -> Option<Self> {
        let key = match value.strip_prefix('"') {
            Some(rest) => unquote(rest.strip_suffix('"')?)?,
            None => value.to_owned(),
        };
        let printable = key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        ((1..=LONGEST).contains(&key.len()) && printable).then_some(Self(key))
    }
}

/// What stands between the quotes; `None` when a quote or backslash is stray.
fn unquote(inner: &str) -> Option<String> {
    let mut key = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => return None,
            '\\' => key.push(characters.next().filter(|next| matches!(next, '"' | '\\'))?),
            other => key.push(other),
        }
    }
    Some(key)
}

impl Type for IdempotencyKey {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "idempotency_key".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            description: Some(
                "A key of your own, such as a UUID. Send the same key with the same request to get the first answer again instead of doing the work twice. It is remembered for 24 hours.",
            ),
            min_length: Some(1),
            max_length: Some(LONGEST),
            pattern: Some("^[ -~]+$".into()),
            example: Some("8e03978e-40d5-43e8-bc93-6894a57f9324".into()),
            ..MetaSchema::new("string")
        }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ParseFromParameter for IdempotencyKey {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        Self::read(value).ok_or_else(|| ParseError::custom("1 to 255 printable ASCII characters"))
    }
}

/// Whose key it is, and what for.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    pub account: &'a AccountId,
    pub livemode: bool,
    /// The operation's id.
    pub route: &'static str,
    pub key: &'a IdempotencyKey,
    pub fingerprint: &'a Fingerprint,
}

/// What was answered the first time.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// The id of what the request made.
    pub resource: String,
    /// What can't be read from the resource again, sealed.
    pub sealed: Option<String>,
}

/// The key belongs to another request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this idempotency key was used for another request")]
pub struct KeyReused;

impl From<KeyReused> for ApiError {
    fn from(_: KeyReused) -> Self {
        let detail = "This `Idempotency-Key` was used for another request within the last 24 hours.";
        Self::new(Code::IdempotencyKeyReused, detail)
    }
}

/// What was answered to this request before, if anything.
///
/// # Errors
/// [`KeyReused`] inside; outside, what the database answers.
pub async fn recall(
    tx: &impl ConnectionTrait,
    place: &Place<'_>,
    now: Timestamp,
) -> Result<Result<Option<Answer>, KeyReused>, DbErr> {
    let row = idempotency_key::Entity::find_by_id(id(place)).one(tx).await?;
    let Some(row) = row.filter(|row| row.created_at > now.minus(REMEMBERED)) else {
        return Ok(Ok(None));
    };
    if !place.fingerprint.is(&row.fingerprint) {
        return Ok(Err(KeyReused));
    }
    Ok(Ok(Some(Answer {
        status: u16::try_from(row.status).unwrap_or_default(),
        resource: row.resource,
        sealed: row.sealed,
    })))
}

/// Remembers an answer, in the transaction that did the work. `false` when
/// another request with this key was faster: roll back and [`recall`].
///
/// # Errors
/// What the database answers.
pub async fn remember(
    tx: &impl ConnectionTrait,
    place: &Place<'_>,
    answer: Answer,
    now: Timestamp,
) -> Result<bool, DbErr> {
    idempotency_key::Entity::delete_by_id(id(place))
        .filter(idempotency_key::Column::CreatedAt.lte(now.minus(REMEMBERED)))
        .exec(tx)
        .await?;
    let row = idempotency_key::ActiveModel {
        account_id: Set(place.account.clone()),
        livemode: Set(place.livemode),
        route: Set(place.route.to_owned()),
        key: Set(place.key.as_str().to_owned()),
        fingerprint: Set(place.fingerprint.as_str().to_owned()),
        status: Set(answer.status.into()),
        resource: Set(answer.resource),
        sealed: Set(answer.sealed),
        created_at: Set(now),
    };
    let mut existing = OnConflict::columns([
        idempotency_key::Column::AccountId,
        idempotency_key::Column::Livemode,
        idempotency_key::Column::Route,
        idempotency_key::Column::Key,
    ]);
    let inserted = idempotency_key::Entity::insert(row)
        .on_conflict(existing.do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Forgets what is no longer remembered, sealed secrets included.
///
/// # Errors
/// What the database answers.
pub async fn forget_old(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
    idempotency_key::Entity::delete_many()
        .filter(idempotency_key::Column::CreatedAt.lte(now.minus(REMEMBERED)))
        .exec(db)
        .await?;
    Ok(())
}

fn id(place: &Place<'_>) -> (AccountId, bool, String, String) {
    (
        place.account.clone(),
        place.livemode,
        place.route.to_owned(),
        place.key.as_str().to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<String> {
        IdempotencyKey::read(value).map(|key| key.0)
    }

    #[test]
    fn quoted_or_bare_it_is_the_same_key() {
        assert_eq!(read("abc-1"), read("\"abc-1\""));
        assert_eq!(read("a b"), Some("a b".to_owned()));
        assert_eq!(read(r#""a\"b\\c""#), Some(r#"a"b\c"#.to_owned()));
        assert!(read(&"k".repeat(255)).is_some());
        assert!(read(&format!("\"{}\"", "k".repeat(255))).is_some());
    }

    #[test]
    fn what_is_empty_too_long_or_unprintable_is_no_key() {
        let long = "k".repeat(256);
        for value in [
            "", "\"\"", "\"", "\"a", "\"a\"b\"", "\"a\\\"", "\"a\\b\"", "a\tb", "é", &long,
        ] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
