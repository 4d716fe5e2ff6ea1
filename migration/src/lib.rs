//! The schema's history: one dated file per change, applied in order.
//!
//! Table and column names are literals and nothing of ours is imported, so a
//! migration means the same for ever. How to change a table that is in use
//! stands in the README beside this file.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod dialect;
mod m20261121_000001_accounts;
mod m20261121_000002_credits;
mod m20261121_000003_generations;
mod m20261121_000004_purchases;
mod m20261121_000005_data_requests;
mod m20261121_000006_prices;
mod m20261121_000007_dispatch;
mod m20261121_000008_webhooks;
mod m20261121_000009_batches;
mod m20261121_000010_usage;
mod m20261121_000011_events;
mod m20261121_000012_sign_in;
mod m20261121_000013_mail;
mod m20261121_000014_oauth;
mod m20261121_000015_totp;
mod m20261121_000017_admin;
mod m20261121_000018_agreements;
mod m20261130_000019_write_probe;
mod m20261130_000020_queue;
mod m20261130_000021_key_makers;
mod m20261130_000022_let_in;
mod m20261130_000023_good_keys;
mod m20261130_000025_mailed_codes;
mod m20261130_000026_staff_guesses;
mod m20261130_000027_welcomed_addresses;
mod m20261130_000029_own_lanes;
mod m20261130_000030_lane_turn;
mod m20261130_000033_disputes;
mod m20261130_000034_audit;
mod m20261130_000035_partial_refunds;
mod m20261130_000036_unpaid;
mod m20261130_000037_missing_files;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_accounts::Migration),
            Box::new(m20261121_000002_credits::Migration),
            Box::new(m20261121_000003_generations::Migration),
            Box::new(m20261121_000004_purchases::Migration),
            Box::new(m20261121_000005_data_requests::Migration),
            Box::new(m20261121_000006_prices::Migration),
            Box::new(m20261121_000007_dispatch::Migration),
            Box::new(m20261121_000008_webhooks::Migration),
            Box::new(m20261121_000009_batches::Migration),
            Box::new(m20261121_000010_usage::Migration),
            Box::new(m20261121_000011_events::Migration),
            Box::new(m20261121_000012_sign_in::Migration),
            Box::new(m20261121_000013_mail::Migration),
            Box::new(m20261121_000014_oauth::Migration),
            Box::new(m20261121_000015_totp::Migration),
            Box::new(m20261121_000017_admin::Migration),
            Box::new(m20261121_000018_agreements::Migration),
            Box::new(m20261130_000019_write_probe::Migration),
            Box::new(m20261130_000020_queue::Migration),
            Box::new(m20261130_000021_key_makers::Migration),
            Box::new(m20261130_000022_let_in::Migration),
            Box::new(m20261130_000023_good_keys::Migration),
            Box::new(m20261130_000025_mailed_codes::Migration),
            Box::new(m20261130_000026_staff_guesses::Migration),
            Box::new(m20261130_000027_welcomed_addresses::Migration),
            Box::new(m20261130_000029_own_lanes::Migration),
            Box::new(m20261130_000030_lane_turn::Migration),
            Box::new(m20261130_000033_disputes::Migration),
            Box::new(m20261130_000034_audit::Migration),
            Box::new(m20261130_000035_partial_refunds::Migration),
            Box::new(m20261130_000036_unpaid::Migration),
            Box::new(m20261130_000037_missing_files::Migration),
        ]
    }
}
