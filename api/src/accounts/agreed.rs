//! What people say when they sign up: that they are old enough, and that they
//! accept the policy. What they say of their age is looked at here and forgotten.

use entity::{AccountId, Timestamp, account};
use jiff::ToSpan as _;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use crate::auth::Requirement;
use crate::config::{AskAge, Config};

/// As it came. It is neither stored nor logged: no `Debug`.
#[derive(Clone, Default)]
pub struct Said {
    pub birth_date: Option<String>,
    pub confirmed_age: Option<u8>,
    /// ISO 3166-1, two letters.
    pub country: Option<String>,
    pub accepted_policy: Option<String>,
}

/// What is kept of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// "At least so old."
    pub age: Option<u8>,
    /// The version of the policy.
    pub policy: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgreeError {
    #[error("there is no such day of birth")]
    NoSuchDay,
    #[error("the age is not confirmed")]
    AgeMissing { minimum: u8, ask: AskAge },
    #[error("one must be {minimum} years old")]
    TooYoung { minimum: u8 },
    /// Not accepted, or another version was.
    #[error("version {current} of the policy is not accepted")]
    PolicyMissing { current: String },
}

/// Everything that a person may owe.
pub const ALL: &[Requirement] = &[Requirement::Age, Requirement::Policy];

/// What is kept of what somebody said, of whom these things are wanted.
///
/// # Errors
/// What is missing, or keeps them out.
pub fn agree(
    config: &Config,
    wanted: &[Requirement],
    said: &Said,
    now: Timestamp,
) -> Result<Agreed, AgreeError> {
    let mut agreed = Agreed::default();
    let minimum = config.sign_up.minimum_age(said.country.as_deref());
    if let Some(minimum) = minimum.filter(|_| wanted.contains(&Requirement::Age)) {
        let ask = config.sign_up.ask_age;
        let old_enough = match ask {
            AskAge::BirthDate => said
                .birth_date
                .as_deref()
                .map(|day| has_turned(minimum, day, now))
                .transpose()?,
            AskAge::Confirmation => said.confirmed_age.map(|age| age >= minimum),
        };
        match old_enough {
            None => return Err(AgreeError::AgeMissing { minimum, ask }),
            Some(false) => return Err(AgreeError::TooYoung { minimum }),
            Some(true) => agreed.age = Some(minimum),
        }
    }
    if let Some(current) = config
        .policy
        .version()
        .filter(|_| wanted.contains(&Requirement::Policy))
    {
        if said.accepted_policy.as_deref() != Some(current) {
            let current = current.to_owned();
            return Err(AgreeError::PolicyMissing { current });
        }
        agreed.policy = Some(current.to_owned());
    }
    Ok(agreed)
}

/// Whether somebody born on that day is so old, wherever on earth it is still yesterday.
fn has_turned(years: u8, day: &str, now: Timestamp) -> Result<bool, AgreeError> {
    const LONGEST: i64 = 150;
    let born: Date = day.parse().map_err(|_| AgreeError::NoSuchDay)?;
    let furthest_west = jiff::tz::Offset::constant(-12);
    let moment = jiff::Timestamp::from_microsecond(now.micros()).map_err(|_| AgreeError::NoSuchDay)?;
    let today = furthest_west.to_datetime(moment).date();
    let turns = born.checked_add(i64::from(years).years());
    let dies = born.checked_add(LONGEST.years());
    match (turns, dies) {
        (Ok(turns), Ok(dies)) if dies > today && born <= today.saturating_add(1.day()) => Ok(turns <= today),
        _ => Err(AgreeError::NoSuchDay),
    }
}

impl Agreed {
    /// What an operator's own account has: they wrote the policy.
    #[must_use]
    pub fn by_operator(config: &Config) -> Self {
        Self {
            age: config.sign_up.minimum_age(None),
            policy: config.policy.version().map(str::to_owned),
        }
    }

    /// Writes it down, and leaves what was not asked for as it was.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn write(
        &self,
        tx: &impl ConnectionTrait,
        account: &AccountId,
        now: Timestamp,
    ) -> Result<(), DbErr> {
        use account::Column;
        let mut update = account::Entity::update_many().filter(Column::Id.eq(account.clone()));
        if let Some(age) = self.age {
            update = update
                .col_expr(Column::AgeConfirmed, Expr::value(i32::from(age)))
                .col_expr(Column::AgeConfirmedAt, Expr::value(now));
        }
        if let Some(policy) = &self.policy {
            update = update
                .col_expr(Column::PolicyAccepted, Expr::value(policy.as_str()))
                .col_expr(Column::PolicyAcceptedAt, Expr::value(now))
                .col_expr(Column::PolicyTold, Expr::value(policy.as_str()));
        }
        if *self != Self::default() {
            update.exec(tx).await?;
        }
        Ok(())
    }
}

/// Forgets what somebody said who may have been another person.
///
/// # Errors
/// What the database answers.
pub async fn forget(tx: &impl ConnectionTrait, account: &AccountId) -> Result<(), DbErr> {
    use account::Column;
    account::Entity::update_many()
        .col_expr(Column::AgeConfirmed, Expr::value(Option::<i32>::None))
        .col_expr(Column::AgeConfirmedAt, Expr::value(Option::<Timestamp>::None))
        .col_expr(Column::PolicyAccepted, Expr::value(Option::<String>::None))
        .col_expr(Column::PolicyAcceptedAt, Expr::value(Option::<Timestamp>::None))
        .filter(Column::Id.eq(account.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn one_turns_eighteen_on_the_day_everywhere() {
        let born = "2008-11-21";
        assert_eq!(has_turned(18, born, at("2026-11-21T11:59:00Z")), Ok(false));
        assert_eq!(has_turned(18, born, at("2026-11-21T12:00:00Z")), Ok(true));
        assert_eq!(has_turned(18, "2008-02-29", at("2026-03-02T00:00:00Z")), Ok(true));
        for bad in [
            "2008-02-30",
            "2008-2-3",
            "",
            "1850-01-01",
            "2030-01-01",
            "-008-01-01",
        ] {
            let answer = has_turned(18, bad, at("2026-11-21T12:00:00Z"));
            assert_eq!(answer, Err(AgreeError::NoSuchDay), "{bad}");
        }
    }

    #[test]
    fn an_older_version_is_not_the_present_one() {
        let mut config = Config::default();
        let said = Said {
            accepted_policy: Some("2026-01".to_owned()),
            ..Said::default()
        };
        let now = at("2026-11-21T12:00:00Z");
        assert_eq!(agree(&config, ALL, &said, now), Ok(Agreed::default()));
        config.policy.version = "2026-11".to_owned();
        let current = "2026-11".to_owned();
        let refused = Err(AgreeError::PolicyMissing { current });
        assert_eq!(agree(&config, ALL, &said, now), refused);
        config.policy.version = "2026-01".to_owned();
        assert_eq!(
            agree(&config, ALL, &said, now).unwrap().policy.as_deref(),
            Some("2026-01")
        );
    }
}
