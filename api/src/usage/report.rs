//! Reads the sums, grouped as it is asked.

use entity::{Credits, KeyId, Timestamp};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Value};

use crate::credits::Owner;
use crate::db;

/// What a report can be grouped by, in the order in which its lines are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Day,
    EndUser,
    Model,
    Key,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Day, Self::EndUser, Self::Model, Self::Key];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::EndUser => "end_user",
            Self::Model => "model",
            Self::Key => "key",
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Day => "day_at",
            Self::EndUser => "end_user",
            Self::Model => "model",
            Self::Key => "key_id",
        }
    }
}

/// What is asked for. The days are named by their beginning.
#[derive(Debug, Clone)]
pub struct Asked {
    /// In order, each once.
    pub groups: Vec<Group>,
    pub from: Timestamp,
    /// The last day that counts.
    pub to: Timestamp,
    pub key: Option<KeyId>,
    pub model: Option<String>,
    pub end_user: Option<String>,
}

impl Asked {
    /// Whether the small table, which knows no end users, will do.
    fn is_without_end_users(&self) -> bool {
        self.end_user.is_none() && !self.groups.contains(&Group::EndUser)
    }
}

/// A sum. What it was not grouped by is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub day: Option<i64>,
    pub end_user: String,
    pub model: String,
    pub key: String,
    pub succeeded: i64,
    pub failed: i64,
    pub canceled: i64,
    pub expired: i64,
    pub images: i64,
    pub seconds: i64,
    pub characters: i64,
    pub tokens: i64,
    pub captured: i64,
}

impl FromQueryResult for Line {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let text = |name| {
            row.try_get::<Option<String>>(prefix, name)
                .map(Option::unwrap_or_default)
        };
        let sum = |name| {
            row.try_get::<Option<i64>>(prefix, name)
                .map(Option::unwrap_or_default)
        };
        Ok(Self {
            day: row.try_get(prefix, "day_at")?,
            end_user: text("end_user")?,
            model: text("model")?,
            key: text("key_id")?,
            succeeded: sum("succeeded")?,
            failed: sum("failed")?,
            canceled: sum("canceled")?,
            expired: sum("expired")?,
            images: sum("images")?,
            seconds: sum("seconds")?,
            characters: sum("characters")?,
            tokens: sum("tokens")?,
            captured: sum("captured")?,
        })
    }
}

impl Line {
    #[must_use]
    pub const fn credits(&self) -> Credits {
        Credits::from_micro(self.captured)
    }

    /// By which the next page is found: the values of its groups.
    #[must_use]
    pub fn place(&self, groups: &[Group]) -> String {
        let values = groups.iter().map(|group| match group {
            Group::Day => self.day.unwrap_or_default().to_string(),
            Group::EndUser => self.end_user.clone(),
            Group::Model => self.model.clone(),
            Group::Key => self.key.clone(),
        });
        serde_json::Value::from_iter(values).to_string()
    }
}

/// The lines after a place, in order.
///
/// # Errors
/// What the database answers.
pub async fn report(
    db: &impl ConnectionTrait,
    owner: &Owner,
    asked: &Asked,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let table = match asked.is_without_end_users() {
        true => "usage_rollup",
        false => "end_user_usage",
    };
    let mut values: Vec<Value> = vec![
        owner.account.clone().into(),
        owner.livemode.into(),
        asked.from.into(),
        asked.to.into(),
    ];
    let mut sql = "account_id = $1 AND livemode = $2 AND day_at >= $3 AND day_at <= $4".to_owned();
    let mut also = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(&format!(" AND {condition} ${}", values.len()));
    };
    if let Some(key) = &asked.key {
        also("key_id =", key.clone().into());
    }
    if let Some(model) = &asked.model {
        also("model =", model.clone().into());
    }
    if let Some(end_user) = &asked.end_user {
        also("end_user =", end_user.clone().into());
    }
    if let Some(place) = after.and_then(|after| values_of(&asked.groups, after)) {
        let names: Vec<&str> = asked.groups.iter().map(|group| group.column()).collect();
        let begin = values.len() + 1;
        let places: Vec<String> = (begin..begin + place.len()).map(|at| format!("${at}")).collect();
        values.extend(place);
        sql.push_str(&format!(" AND ({}) > ({})", names.join(", "), places.join(", ")));
    }
    let shown = Group::ALL.map(|group| match (asked.groups.contains(&group), group) {
        (true, _) => group.column().to_owned(),
        (false, Group::Day) => "CAST(NULL AS BIGINT) AS day_at".to_owned(),
        (false, _) => format!("CAST(NULL AS TEXT) AS {}", group.column()),
    });
    let sums = SUMS.map(|sum| format!("CAST(SUM({sum}) AS BIGINT) AS {sum}"));
    let grouped = match asked.groups.is_empty() {
        true => String::new(),
        false => {
            let columns: Vec<&str> = asked.groups.iter().map(|group| group.column()).collect();
            let columns = columns.join(", ");
            format!("GROUP BY {columns} ORDER BY {columns}")
        }
    };
    let sql = format!(
        "SELECT {}, {} FROM {table} WHERE {sql} {grouped} LIMIT {limit}",
        shown.join(", "),
        sums.join(", ")
    );
    db::query(db, &sql, values).await
}

const SUMS: [&str; 9] = [
    "succeeded",
    "failed",
    "canceled",
    "expired",
    "images",
    "seconds",
    "characters",
    "tokens",
    "captured",
];

/// What [`Line::place`] wrote.
fn values_of(groups: &[Group], place: &str) -> Option<Vec<Value>> {
    let texts: Vec<String> = serde_json::from_str(place).ok()?;
    let values = groups.iter().zip(texts).map(|(group, text)| match group {
        Group::Day => Some(text.parse::<i64>().ok()?.into()),
        _ => Some(text.into()),
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back() {
        let line = Line {
            day: Some(5),
            end_user: "a \"quoted\", one".to_owned(),
            ..Line::default()
        };
        let groups = [Group::Day, Group::EndUser];
        let place = line.place(&groups);
        let values = values_of(&groups, &place).unwrap();
        assert_eq!(values, [Value::from(5_i64), Value::from(line.end_user)]);
    }
}
