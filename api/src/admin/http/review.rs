//! `/admin/v1/review`.

use entity::review_item::{self, Source, Status};
use entity::{AccountId, GenerationId, KeyId, ReviewItemId, Timestamp};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object, OpenApi};

use super::Tag;
use super::audited::Audited;
use super::guard::{Moderator, Staff};
use crate::admin::audit::About;
use crate::app::App;
use crate::http::{ApiError, Body, Code, Listed, NoContent, Nullable, Paging};
use crate::moderation::review;

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "ReviewStatus", rename_all = "snake_case")]
enum Which {
    /// Waits for a decision.
    Open,
    /// Was rightly flagged.
    Upheld,
    /// Was flagged for nothing.
    Dismissed,
}

impl From<Which> for Status {
    fn from(which: Which) -> Self {
        match which {
            Which::Open => Self::Open,
            Which::Upheld => Self::Upheld,
            Which::Dismissed => Self::Dismissed,
        }
    }
}

/// What the reviewer finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "ReviewDecision", rename_all = "snake_case")]
enum Decision {
    /// Rightly flagged.
    Uphold,
    /// Flagged for nothing.
    Dismiss,
}

/// A decision, once for all.
#[derive(Debug, Object)]
#[oai(example)]
struct Decide {
    decision: Decision,
}

impl Example for Decide {
    fn example() -> Self {
        Self {
            decision: Decision::Dismiss,
        }
    }
}

/// Something that moderation or a provider objected to.
#[derive(Debug, Object)]
struct ReviewItem {
    id: ReviewItemId,
    account_id: AccountId,
    livemode: bool,
    key_id: Nullable<KeyId>,
    /// Who objected: `blocklist`, `endpoint` or `provider`.
    source: String,
    categories: Vec<String>,
    generation_id: Nullable<GenerationId>,
    /// What was flagged. Null where it is not kept or was erased.
    prompt: Nullable<String>,
    /// How often the same was refused.
    times: i64,
    created_at: Timestamp,
    last_at: Timestamp,
    decided_at: Nullable<Timestamp>,
}

fn name(source: Source) -> &'static str {
    match source {
        Source::Blocklist => "blocklist",
        Source::Endpoint => "endpoint",
        Source::Provider => "provider",
    }
}

async fn shown(app: &App, row: review_item::Model) -> Result<ReviewItem, ApiError> {
    let prompt = review::prompt_of(app.db.read(), &row).await?;
    let categories = row.categories.as_array().into_iter().flatten();
    Ok(ReviewItem {
        categories: categories
            .filter_map(|name| name.as_str())
            .map(str::to_owned)
            .collect(),
        id: row.id,
        account_id: row.account_id,
        livemode: row.livemode,
        key_id: row.key_id.into(),
        source: name(row.source).to_owned(),
        generation_id: row.generation_id.into(),
        prompt: prompt.into(),
        times: row.times,
        created_at: row.created_at,
        last_at: row.last_at,
        decided_at: row.decided_at.into(),
    })
}

pub struct ReviewApi;

#[OpenApi(prefix_path = "/admin/v1/review", tag = "Tag::Review")]
impl ReviewApi {
    /// List what was flagged
    ///
    /// Oldest first: what has waited longest comes first. Here alone the words of a prompt are shown, and only of what
    /// was flagged.
    #[oai(path = "/", method = "get", operation_id = "review.list")]
    async fn list(
        &self,
        staff: Staff<Moderator>,
        app: Data<&App>,
        /// Absent: those that wait.
        status: Query<Option<Which>>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Audited<Listed<ReviewItem>>, ApiError> {
        let status = Status::from(status.0.unwrap_or(Which::Open));
        let scope = format!("{}\n{status:?}", staff.list("review.list"));
        let paging = Paging::read(&app, &scope, *limit, cursor.as_deref())?;
        let after = paging.after.as_deref().and_then(|after| after.parse().ok());
        let rows = review::list(app.db.read(), status, after.as_ref(), paging.limit + 1).await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            items.push(shown(&app, row).await?);
        }
        let page = paging.page(items, |item| item.id.to_string(), |item| item);
        let warrant = staff.warrant(&app, "review.list");
        let entry = warrant
            .read_about(&app, page.data.iter().map(|shown| &shown.account_id))
            .await?;
        Ok(Audited::by(entry, Listed(page)))
    }

    /// Decide about an item
    ///
    /// Once. Fails with 409 `conflict` when nothing with this id waits for a decision.
    #[oai(path = "/:id/decide", method = "post", operation_id = "review.decide")]
    async fn decide(
        &self,
        staff: Staff<Moderator>,
        app: Data<&App>,
        /// The item's id.
        id: Path<ReviewItemId>,
        body: Body<Decide>,
    ) -> Result<Audited<NoContent>, ApiError> {
        let warrant = staff.warrant(&app, "review.decide");
        let decision = match body.decision {
            Decision::Uphold => Status::Upheld,
            Decision::Dismiss => Status::Dismissed,
        };
        let tx = app.db.begin().await?;
        let Some(account) = review::decide(&tx, &id, decision, warrant.now).await? else {
            let detail = "Nothing with this id waits for a decision. `review.list` shows what does.";
            return Err(ApiError::new(Code::Conflict, detail));
        };
        let about = About {
            account: Some(account),
            ..About::resource(&id.0)
        };
        let entry = warrant.done(&tx, about).await?;
        tx.commit().await?;
        Ok(Audited::by(entry, NoContent::default()))
    }
}
