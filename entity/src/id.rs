//! Ids: one newtype each, a prefix and a sortable body (`gen_01k…`), text in the row.
//!
//! The body is a ULID in lower case: 48 bits of milliseconds, then 80 random
//! bits. So ids sort by creation and a page of the newest rows needs no other key.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{
    ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToHeader, ToJSON, Type,
};
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Timestamp;

/// A text that is no id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id such as `{prefix}_01k9…`")]
pub struct InvalidId {
    prefix: &'static str,
}

const BODY: usize = 26;

fn body(at: Timestamp) -> String {
    body_of(at, rand::random())
}

fn first_body(at: Timestamp) -> String {
    body_of(at, 0)
}

fn body_of(at: Timestamp, random: u128) -> String {
    let millis = u64::try_from(at.micros() / 1000).unwrap_or_default();
    ulid::Ulid::from_parts(millis, random)
        .to_string()
        .to_ascii_lowercase()
}

fn is_body(text: &str) -> bool {
    text.len() == BODY && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// A new id that sorts by `at`.
            #[must_use]
            pub fn new(at: Timestamp) -> Self {
                Self(format!(concat!($prefix, "_{}"), body(at)))
            }

            /// Not above any id that was made at `at` or later.
            #[must_use]
            pub fn least(at: Timestamp) -> Self {
                Self(format!(concat!($prefix, "_{}"), first_body(at)))
            }

            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                match text.strip_prefix(concat!($prefix, "_")) {
                    Some(body) if is_body(body) => Ok(Self(text.to_owned())),
                    _ => Err(InvalidId { prefix: $prefix }),
                }
            }
        }

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl Type for $name {
            const IS_REQUIRED: bool = true;
            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn schema_ref() -> MetaSchemaRef {
                MetaSchemaRef::Reference(Self::name().into_owned())
            }

            fn register(registry: &mut Registry) {
                registry.create_schema::<Self, _>(Self::name().into_owned(), |_| MetaSchema {
                    pattern: Some(concat!("^", $prefix, "_[0-9a-z]{26}$").to_owned()),
                    ..MetaSchema::new("string")
                });
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(self.as_raw_value().into_iter())
            }
        }

        impl ParseFromJSON for $name {
            fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
                match value {
                    Some(Value::String(text)) => text.parse().map_err(ParseError::custom),
                    other => Err(ParseError::expected_type(other.unwrap_or_default())),
                }
            }
        }

        impl ParseFromParameter for $name {
            fn parse_from_parameter(value: &str) -> ParseResult<Self> {
                value.parse().map_err(ParseError::custom)
            }
        }

        impl ToJSON for $name {
            fn to_json(&self) -> Option<Value> {
                Some(Value::String(self.0.clone()))
            }
        }

        impl ToHeader for $name {
            fn to_header(&self) -> Option<poem::http::HeaderValue> {
                poem::http::HeaderValue::from_str(&self.0).ok()
            }
        }
    };
}

id!(/// An account: whoever pays, signs in and owns everything below.
    AccountId, "acc");
id!(/// An API key.
    KeyId, "key");
id!(/// A signed-in session.
    SessionId, "ses");
id!(/// A generation.
    GenerationId, "gen");
id!(/// One try of a generation at a provider.
    AttemptId, "att");
id!(/// A stored file.
    FileId, "file");
id!(/// A lot of credits: one grant or purchase.
    LotId, "lot");
id!(/// Credits set aside for a generation.
    HoldId, "hold");
id!(/// A line of the credit ledger.
    LedgerEntryId, "led");
id!(/// A purchase of credits.
    PurchaseId, "pur");
id!(/// A data-rights request.
    DataRequestId, "drr");
id!(/// A queued piece of work.
    JobId, "job");
id!(/// Many generations that were asked for at once.
    BatchId, "bat");
id!(/// Something that was flagged, for a person to look at.
    ReviewItemId, "rev");
id!(/// An estimate, and the prices that it locks.
    EstimateId, "est");
id!(/// Something that happened.
    EventId, "evt");
id!(/// An address of yours that events are sent to.
    WebhookEndpointId, "whe");
id!(/// One event on its way to one address.
    DeliveryId, "dlv");
id!(/// Somebody at a provider that they sign in with.
    IdentityId, "idn");
id!(/// One of the operator's people.
    StaffId, "stf");
id!(/// A session of one of them.
    StaffSessionId, "sts");
id!(/// What one of them read or did.
    AuditEntryId, "aud");
id!(/// A mail that was or will be sent.
    MailId, "mail");
id!(/// Something that was asked at the door.
    KnockId, "knk");
id!(/// A time that an owner agreed to something, or took it back.
    ConsentChangeId, "cch");
id!(/// A code that was mailed to prove an address.
    CodeId, "code");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_sorts_by_its_time_and_reads_back() {
        let early = GenerationId::new(Timestamp::from_micros(1_000_000));
        let late = GenerationId::new(Timestamp::from_micros(2_000_000));
        assert!(early < late);
        assert!(early < GenerationId::least(Timestamp::from_micros(2_000_000)));
        assert!(GenerationId::least(Timestamp::from_micros(2_000_999)) <= late);
        assert_eq!(early.to_string().parse(), Ok(early));
    }

    #[test]
    fn another_kind_of_id_is_refused() {
        let key = KeyId::new(Timestamp::from_micros(0)).to_string();
        assert!(key.parse::<GenerationId>().is_err());
        for bad in [
            "",
            "gen_",
            "gen_short",
            "gen_01K00000000000000000000000",
            "gen_01k0000000000000000000000\0",
        ] {
            assert!(bad.parse::<GenerationId>().is_err(), "{bad:?}");
        }
    }
}
