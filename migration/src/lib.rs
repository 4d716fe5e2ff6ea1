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
        ]
    }
}
