//! How people prove who they are.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Auth {
    /// How passwords are hashed: `argon2id` or `bcrypt`. Hashes of either kind let
    /// their owners in, and become this kind when they do.
    pub password_hash: PasswordHash,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordHash {
    #[default]
    Argon2id,
    /// Of which only 71 bytes of a password count; longer ones are refused.
    Bcrypt,
}
