//! One sign-in by way of a provider, from its beginning in a browser until its
//! code is exchanged: minutes.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_flow")]
pub struct Model {
    /// The hash of the `state` that goes to the provider and back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub provider: String,
    /// Who wants to link; null where somebody signs in.
    pub account_id: Option<AccountId>,
    /// The hash of what the browser keeps in a cookie.
    pub browser_hash: String,
    pub redirect_uri: String,
    /// Of the app's own secret, which exchanges the code.
    pub app_challenge: String,
    pub app_state: Option<String>,
    /// Before the return what binds the provider's answer, after it who came.
    pub sealed: String,
    /// The hash of the code that the app was given.
    pub code_hash: Option<String>,
    pub came_back_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "oauth_flow",
    owner: Some("account_id"),
    purpose: "to sign someone in by way of another provider, for minutes",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("provider"),
        technical("account_id"),
        personal("browser_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        technical("redirect_uri"),
        technical("app_challenge"),
        technical("app_state"),
        personal("sealed", Category::Credential).withheld("it is sealed and lasts for minutes"),
        personal("code_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        technical("came_back_at"),
        personal("created_at", Category::Usage),
        technical("expires_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
