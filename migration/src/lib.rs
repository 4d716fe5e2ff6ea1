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

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_accounts::Migration),
            Box::new(m20261121_000002_credits::Migration),
            Box::new(m20261121_000003_generations::Migration),
            Box::new(m20261121_000004_purchases::Migration),
            Box::new(m20261121_000005_data_requests::Migration),
        ]
    }
}
