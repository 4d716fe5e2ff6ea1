//! `/v1/events`.

use entity::{EventId, Timestamp, event};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;

use super::list::{Filters, find, newest, onwards, place_of};
use super::scope::{reduce, scope_of};
use super::view::View;
use super::{Kind, complete};
use crate::app::App;
use crate::auth::{Allow, Caller, WebhooksRead};
use crate::credits::Owner;
use crate::http::{ApiError, FieldError, Listed, Paging, Tag};

pub struct EventsApi;

#[OpenApi(prefix_path = "/v1/events", tag = "Tag::Webhooks")]
impl EventsApi {
    /// List events
    ///
    /// What happened in the last 30 days, newest first. An event is here moments after it happened, once it has its place
    /// in the order in which all are sent and pulled.
    ///
    /// To miss nothing without receiving webhooks, pull: keep the id of the last event that you handled and ask with
    /// `after`. Then the answer is oldest first and goes on exactly where you were; no event ever appears before one
    /// that you were given already. Ask again with the last id of the answer, at once while `has_more` is true, and
    /// after a pause when it is not. To begin, take the id of the newest event.
    #[oai(path = "/", method = "get", operation_id = "events.list")]
    #[allow(clippy::too_many_arguments)]
    async fn list(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksRead>,
        /// How many to return.
        #[oai(
            default = "usual_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u32>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Only those that came after this event, oldest first. Not together with a range of times.
        after: Query<Option<EventId>>,
        /// Only those of this type.
        #[oai(name = "type")]
        kind: Query<Option<Kind>>,
        /// Only those of the generation, batch, key, purchase or endpoint with this id.
        #[oai(validator(max_length = 64))]
        subject: Query<Option<String>>,
        /// Only those from this time on.
        created_after: Query<Option<Timestamp>>,
        /// Only those before this time.
        created_before: Query<Option<Timestamp>>,
    ) -> Result<Listed<View>, ApiError> {
        let owner = Owner {
            account: caller.account.clone(),
            livemode: caller.livemode,
        };
        let filters = Filters {
            kind: kind.0,
            subject: subject.0,
            created_after: created_after.0,
            created_before: created_before.0,
        };
        let scope = format!("{}\n{:?}\n{filters:?}", caller.list("events.list"), after.0);
        let paging = Paging::read(&app, &scope, Some(*limit), cursor.as_deref())?;
        let Some(after) = after.0 else {
            let rows = newest(&app, &owner, filters, &paging).await?;
            let shown = shown(&app, &caller, rows).await?;
            return Ok(Listed(paging.page(
                shown,
                |(_, view)| view.id.to_string(),
                |(_, view)| view,
            )));
        };
        if filters.created_after.is_some() || filters.created_before.is_some() {
            return Err(refused("Not together with `created_after` or `created_before`."));
        }
        let from = match paging.after.as_deref().and_then(|seq| seq.parse().ok()) {
            Some(seq) => seq,
            None => place_of(&app, &owner, &after).await?.ok_or_else(|| {
                refused(
                    "There is no such event, or it is older than 30 days. Begin anew with the newest event.",
                )
            })?,
        };
        let rows = onwards(&app, &owner, filters, from, &paging).await?;
        let shown = shown(&app, &caller, rows).await?;
        Ok(Listed(paging.page(
            shown,
            |(seq, _)| seq.unwrap_or_default().to_string(),
            |(_, view)| view,
        )))
    }

    /// Get an event
    ///
    /// With fresh links to what was made. Credentials without the scope that reads what the event is about
    /// (`generations:read`, `keys:read` or `purchases:read`) see the `id` and `status` of it alone.
    #[oai(path = "/:id", method = "get", operation_id = "events.get")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksRead>,
        /// The event's id, or the `webhook-id` of what you received.
        id: Path<EventId>,
    ) -> Result<Json<View>, ApiError> {
        let owner = Owner {
            account: caller.account.clone(),
            livemode: caller.livemode,
        };
        let row = find(&app, &owner, &id.0).await?;
        let shown = shown(&app, &caller, row.into_iter().collect()).await?;
        let one = shown.into_iter().next();
        one.map(|(_, view)| Json(view)).ok_or_else(ApiError::not_found)
    }
}

fn refused(detail: &'static str) -> ApiError {
    ApiError::invalid(vec![FieldError::parameter("after", "invalid", detail)])
}

async fn shown(
    app: &App,
    caller: &Caller,
    rows: Vec<event::Model>,
) -> Result<Vec<(Option<i64>, View)>, ApiError> {
    let mut data = complete(app, &rows).await?;
    for (row, data) in rows.iter().zip(&mut data) {
        if scope_of(row.kind).is_some_and(|scope| !caller.scopes.contains(scope)) {
            reduce(data);
        }
    }
    let views = rows
        .into_iter()
        .zip(data)
        .map(|(row, data)| (row.seq, View::of(row, data)));
    Ok(views.collect())
}

fn usual_limit() -> u32 {
    20
}
