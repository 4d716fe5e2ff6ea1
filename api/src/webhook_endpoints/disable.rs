//! Disabling an endpoint that nothing reaches, and telling its owner.

use entity::{Timestamp, account, webhook_endpoint};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::credits::Owner;
use crate::events::{self, Kind, NewEvent};
use crate::signals::Signal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing but failures for days.
    Failing,
    /// It answered 410.
    Gone,
}

impl Reason {
    const fn name(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }
}

/// Disables an endpoint; what is disabled already stays as it is.
pub async fn disable(
    app: &App,
    tx: &impl ConnectionTrait,
    endpoint: &webhook_endpoint::Model,
    reason: Reason,
    since: Timestamp,
) -> Result<(), DbErr> {
    use webhook_endpoint::Column;
    let now = app.now();
    let disabled = webhook_endpoint::Entity::update_many()
        .col_expr(Column::Enabled, Expr::value(false))
        .col_expr(Column::DisabledReason, Expr::value(Some(reason.name())))
        .filter(Column::Id.eq(endpoint.id.clone()))
        .filter(Column::Enabled.eq(true))
        .exec(tx)
        .await?;
    if disabled.rows_affected == 0 {
        return Ok(());
    }
    let event = NewEvent {
        owner: Owner {
            account: endpoint.account_id.clone(),
            livemode: endpoint.livemode,
        },
        kind: Kind::WebhookEndpointDisabled,
        subject: endpoint.id.to_string(),
        data: json!({
            "id": endpoint.id,
            "url": endpoint.url,
            "reason": reason.name(),
            "since": since.to_string(),
        }),
    };
    events::record(tx, vec![event], now).await?;
    let owner = account::Entity::find_by_id(endpoint.account_id.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .one(tx)
        .await?;
    if let Some(address) = owner.and_then(|owner| owner.email) {
        let text = Text::WebhookDisabled {
            endpoint: endpoint.id.to_string(),
            url: endpoint.url.clone(),
            since,
        };
        emails::post(tx, app, &endpoint.account_id, &address, &text, now).await?;
        app.signals.tell(Signal::Work);
    }
    Ok(())
}
