//! Who somebody is at a provider that they sign in with.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, IdentityId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityId,
    pub account_id: AccountId,
    /// What the configuration calls the provider.
    pub provider: String,
    /// Whose ids these are; with `subject` it names one person.
    pub issuer: String,
    pub subject: String,
    /// As the provider vouched for it, last time.
    pub email: Option<String>,
    pub name: Option<String>,
    pub avatar_url: Option<String>,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "oauth_identity",
    owner: Some("account_id"),
    purpose: "to let someone in whom another provider vouches for",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        personal("provider", Category::Identity),
        personal("issuer", Category::Identity),
        personal("subject", Category::Identity),
        personal("email", Category::Identity),
        personal("name", Category::Identity),
        personal("avatar_url", Category::Identity),
        personal("created_at", Category::Usage),
        personal("last_used_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
