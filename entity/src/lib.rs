//! What a row is.
//!
//! One file a table, named in the singular: its `Model`, its closed enums, and
//! [`privacy`]: which of its columns hold personal data, why, how they are
//! exported and what an erasure does to them. Beside the tables stand the
//! values that rows are made of: [`id`], [`credits`], [`money`], [`timestamp`].
//!
//! A row points only up, to its owner, so rows form no circle; nothing here
//! knows HTTP, providers or rules beyond its own scope.

pub mod credits;
pub mod id;
pub mod money;
pub mod privacy;
pub mod timestamp;

pub mod account;
pub mod api_key;
pub mod attempt;
pub mod audit_entry;
pub mod batch;
pub mod batch_item;
pub mod consent;
pub mod consent_change;
pub mod credit_lot;
pub mod data_request;
pub mod delivery;
pub mod delivery_lane;
pub mod email_change;
pub mod end_user_usage;
pub mod estimate;
pub mod event;
pub mod event_sequence;
pub mod file;
pub mod generation;
pub mod generation_label;
pub mod hold;
pub mod hold_lot;
pub mod idempotency_key;
pub mod job;
pub mod key_ancestor;
pub mod key_cap;
pub mod key_spend;
pub mod knock;
pub mod lane;
pub mod lane_turn;
pub mod ledger_entry;
pub mod mail;
pub mod mail_bounce;
pub mod mailed_code;
pub mod oauth_flow;
pub mod oauth_identity;
pub mod payment_event;
pub mod policy_announcement;
pub mod price_list;
pub mod purchase;
pub mod recovery_code;
pub mod review_item;
pub mod sandbox_clock;
pub mod schedule_run;
pub mod session;
pub mod staff;
pub mod staff_session;
pub mod totp;
pub mod usage_rollup;
pub mod wallet;
pub mod webhook_endpoint;
pub mod webhook_secret;
pub mod welcomed_address;
pub mod write_probe;

pub use credits::Credits;
pub use id::*;
pub use money::Money;
pub use timestamp::Timestamp;
