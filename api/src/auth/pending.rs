//! What a person still owes before the account may act: newcomers by another
//! provider were not asked for it on the way.

use entity::account;
use poem_openapi::Enum;

use crate::config::Config;

/// What is missing to complete a sign-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "SignUpRequirement", rename_all = "snake_case")]
pub enum Requirement {
    /// That its owner is old enough.
    Age,
    /// That its owner accepts the policy.
    Policy,
}

impl Requirement {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Policy => "policy",
        }
    }
}

/// What this account's owner owes, by what the operator asks of everyone now.
#[must_use]
pub fn pending(config: &Config, account: &account::Model) -> Vec<Requirement> {
    let age = config.sign_up.minimum_age > 0 && account.age_confirmed.is_none();
    let policy = config.policy.version().is_some() && account.policy_accepted.is_none();
    let owed = [(Requirement::Age, age), (Requirement::Policy, policy)];
    owed.into_iter()
        .filter(|(_, is_owed)| *is_owed)
        .map(|(requirement, _)| requirement)
        .collect()
}
