//! What is asked of whoever signs up.

use serde::{Deserialize, Serialize};

/// The age from which people may sign up. What they answer is looked at and
/// forgotten; that they are old enough is kept.
#[derive(Debug, Clone, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct SignUp {
    /// In years; 0: nobody is asked.
    pub minimum_age: u8,
    pub ask_age: AskAge,
    /// Where it is higher: `["DE:16", "US:13"]`. Who names no country is held to the
    /// highest of all.
    pub minimum_age_in: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskAge {
    /// "I am at least 18 years old."
    #[default]
    Confirmation,
    /// "When were you born?"
    BirthDate,
}

impl SignUp {
    fn elsewhere(&self) -> impl Iterator<Item = Option<(&str, u8)>> {
        self.minimum_age_in.iter().map(|text| {
            let (country, age) = text.split_once(':')?;
            let sound = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
            Some((country, age.parse().ok().filter(|age| sound && *age > 0)?))
        })
    }

    /// How old somebody must be; `None` where nobody is asked.
    #[must_use]
    pub fn minimum_age(&self, country: Option<&str>) -> Option<u8> {
        let named = country.map(str::to_ascii_uppercase);
        let others = self.elsewhere().flatten();
        let age = match named {
            Some(named) => others
                .filter(|(country, _)| *country == named)
                .map(|(_, age)| age)
                .next()
                .unwrap_or(self.minimum_age),
            None => others.map(|(_, age)| age).fold(self.minimum_age, u8::max),
        };
        (age > 0 && self.minimum_age > 0).then_some(age)
    }

    /// What does not fit: the key, and why.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.minimum_age > 120 {
            return Some(("sign_up.minimum_age", "must be 120 years at most"));
        }
        if self.elsewhere().any(|age| age.is_none()) {
            return Some((
                "sign_up.minimum_age_in",
                "must be countries and years such as DE:16",
            ));
        }
        if self.minimum_age == 0 && !self.minimum_age_in.is_empty() {
            return Some((
                "sign_up.minimum_age",
                "must be set beside `sign_up.minimum_age_in`",
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_age_holds_for_who_names_no_country() {
        let sign_up = SignUp {
            minimum_age: 14,
            minimum_age_in: vec!["DE:16".to_owned(), "US:13".to_owned()],
            ..SignUp::default()
        };
        assert_eq!(sign_up.minimum_age(Some("de")), Some(16));
        assert_eq!(sign_up.minimum_age(Some("US")), Some(13));
        assert_eq!(sign_up.minimum_age(Some("FR")), Some(14));
        assert_eq!(sign_up.minimum_age(None), Some(16));
        assert_eq!(SignUp::default().minimum_age(None), None);
        assert_eq!(sign_up.fault(), None);
        for bad in ["DE", "de:16", "DEU:16", "DE:0", "DE:x"] {
            let sign_up = SignUp {
                minimum_age_in: vec![bad.to_owned()],
                ..sign_up.clone()
            };
            assert!(sign_up.fault().is_some(), "{bad}");
        }
    }
}
