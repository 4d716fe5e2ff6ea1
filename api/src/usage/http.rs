//! `/v1/usage`.

use entity::{Credits, KeyId};
use poem::web::Data;
use poem_openapi::param::Query;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::days::{Days, date_of, wrong};
use super::report::{Asked, Group, Line, report};
use crate::app::App;
use crate::auth::{Allow, UsageRead};
use crate::credits::Owner;
use crate::http::{ApiError, Listed, Nullable, Paging, Tag};

pub struct UsageApi;

/// What was made, and what it cost: of all generations that ended in the days asked for, or of one group of them.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Usage", example)]
pub struct UsageLine {
    /// The day in UTC, as in `2026-11-21`; null unless you group by `day`.
    pub day: Nullable<String>,
    /// Null unless you group by `key`, and for what a signed-in person asked for.
    pub key_id: Nullable<KeyId>,
    /// The model that ran; null unless you group by `model`.
    pub model: Nullable<String>,
    /// Null unless you group by `end_user`, and for generations that named none or were deleted.
    pub end_user: Nullable<String>,
    /// Generations that ended: the sum of the four that follow.
    pub generations: i64,
    pub succeeded: i64,
    pub failed: i64,
    pub canceled: i64,
    pub expired: i64,
    pub images: i64,
    /// Of video.
    pub seconds: i64,
    /// That were spoken.
    pub characters: i64,
    /// That text models read and wrote.
    pub tokens: i64,
    /// What was charged.
    pub credits: Credits,
}

impl Example for UsageLine {
    fn example() -> Self {
        Self {
            day: Some("2026-11-21".to_owned()).into(),
            key_id: None.into(),
            model: Some("sandbox-image".to_owned()).into(),
            end_user: None.into(),
            generations: 42,
            succeeded: 40,
            failed: 1,
            canceled: 1,
            expired: 0,
            images: 44,
            seconds: 0,
            characters: 0,
            tokens: 0,
            credits: Credits::from_micro(44_000_000),
        }
    }
}

impl From<Line> for UsageLine {
    fn from(line: Line) -> Self {
        let named = |text: String| (!text.is_empty()).then_some(text);
        Self {
            credits: line.credits(),
            day: line.day.and_then(date_of).map(|date| date.to_string()).into(),
            key_id: line.key.parse().ok().into(),
            model: named(line.model).into(),
            end_user: named(line.end_user).into(),
            generations: line.succeeded + line.failed + line.canceled + line.expired,
            succeeded: line.succeeded,
            failed: line.failed,
            canceled: line.canceled,
            expired: line.expired,
            images: line.images,
            seconds: line.seconds,
            characters: line.characters,
            tokens: line.tokens,
        }
    }
}

#[OpenApi(prefix_path = "/v1", tag = "Tag::Usage")]
impl UsageApi {
    /// Get usage
    ///
    /// What was made and what it cost, of generations that ended from one day to another, in the mode of the key. With
    /// `group_by=day,model` there is a line for each day and model on which anything ended, in order; without it, one
    /// line for all. The sums are kept as generations end: they are exact, and as fast for ten million generations as
    /// for ten. Days are those of UTC; a report covers 366 of them at most.
    #[oai(path = "/usage", method = "get", operation_id = "usage.list")]
    #[expect(clippy::too_many_arguments, reason = "the signature is the contract")]
    async fn list(
        &self,
        app: Data<&App>,
        caller: Allow<UsageRead>,
        /// One or more of `day`, `end_user`, `model` and `key`, with commas between them.
        #[oai(validator(pattern = "^(day|end_user|model|key)(,(day|end_user|model|key)){0,3}$"))]
        group_by: Query<Option<String>>,
        /// The first day that counts, as in `2026-11-01`; by default the 30th before `to`.
        #[oai(validator(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
        from: Query<Option<String>>,
        /// The last day that counts; by default today.
        #[oai(validator(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
        to: Query<Option<String>>,
        /// Only what this key asked for.
        key_id: Query<Option<KeyId>>,
        /// Only what ran on this model.
        model: Query<Option<String>>,
        /// Only what was asked for on behalf of this end user.
        end_user: Query<Option<String>>,
        /// How many lines to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<UsageLine>, ApiError> {
        let groups = groups(group_by.0.as_deref())?;
        let names: Vec<&str> = groups.iter().map(|group| group.name()).collect();
        let filters = format!(
            "{names:?}|{:?}|{:?}|{:?}|{:?}|{:?}",
            from.0, to.0, key_id.0, model.0, end_user.0
        );
        let scope = format!("{}\n{filters}", caller.list("usage.list"));
        let paging = Paging::read(&app, &scope, limit.0, cursor.0.as_deref())?;
        let owner = Owner {
            account: caller.account.clone(),
            livemode: caller.livemode,
        };
        // What is today on the first page is so on all.
        let (days, after) = match paging.after.as_deref().and_then(Days::of_place) {
            Some((days, place)) => (days, Some(place)),
            None => (Days::read(from.0.as_deref(), to.0.as_deref(), app.now())?, None),
        };
        let asked = Asked {
            groups,
            from: days.first,
            to: days.last,
            key: key_id.0,
            model: model.0,
            end_user: end_user.0,
        };
        let lines = report(app.db.read(), &owner, &asked, after, paging.limit + 1).await?;
        Ok(Listed(paging.page(
            lines,
            |line| days.place(&line.place(&asked.groups)),
            UsageLine::from,
        )))
    }
}

fn groups(text: Option<&str>) -> Result<Vec<Group>, ApiError> {
    let mut groups = Vec::new();
    for name in text.into_iter().flat_map(|text| text.split(',')) {
        let group = Group::ALL.into_iter().find(|group| group.name() == name);
        match group {
            Some(group) if !groups.contains(&group) => groups.push(group),
            _ => {
                return Err(wrong(
                    "group_by",
                    "Takes `day`, `end_user`, `model` and `key`, each once, with commas between.",
                ));
            }
        }
    }
    groups.sort_unstable();
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_in_one_order() {
        assert_eq!(groups(Some("key,day")).unwrap(), [Group::Day, Group::Key]);
        assert_eq!(groups(None).unwrap(), []);
        for wrong in ["", "day,day", "hour", "day,"] {
            assert!(groups(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
