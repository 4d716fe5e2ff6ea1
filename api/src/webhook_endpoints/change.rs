//! Changing and deleting an endpoint.

use entity::event::Kind;
use entity::{WebhookEndpointId, webhook_endpoint};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::create::EndpointError;
use super::{direct, lanes, wishes};
use crate::app::App;
use crate::auth::Scopes;
use crate::credits::Owner;
use crate::signals::Signal;

/// What becomes different; `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub url: Option<String>,
    pub description: Option<String>,
    pub events: Option<Vec<Kind>>,
    pub enabled: Option<bool>,
}

/// Changes an endpoint. Enabled anew, it is sent what still waits; with another
/// address, its failures are forgiven.
///
/// # Errors
/// When there is none, the address is refused, or the caller may not read what would be
/// sent elsewhere or besides.
pub async fn change(
    app: &App,
    owner: &Owner,
    id: &WebhookEndpointId,
    change: Change,
    scopes: Scopes,
) -> Result<webhook_endpoint::Model, EndpointError> {
    use webhook_endpoint::Column;
    if let Some(url) = &change.url {
        app.outbound.check(url)?;
    }
    let now = app.now();
    let tx = app.db.begin().await?;
    let find =
        || webhook_endpoint::Entity::of(&owner.account, owner.livemode).filter(Column::Id.eq(id.clone()));
    let before = find().one(&tx).await?.ok_or(EndpointError::NotFound)?;
    let moves = change.url.as_ref().is_some_and(|url| *url != before.url);
    if moves || change.events.is_some() {
        let before = || wishes::parse(&before.events);
        direct::check(&change.events.clone().unwrap_or_else(before), scopes)?;
    }
    let begins = change.enabled == Some(true) && !before.enabled;
    // What is absent keeps the row's own value: of two changes at once, neither undoes the other.
    let given = |text: Option<String>, column: Column| text.map_or_else(|| Expr::col(column), Expr::value);
    let mut update = webhook_endpoint::Entity::update_many()
        .col_expr(Column::Url, given(change.url, Column::Url))
        .col_expr(
            Column::Description,
            given(change.description, Column::Description),
        );
    if let Some(events) = change.events {
        update = update.col_expr(Column::Events, Expr::value(wishes::write(&events)));
    }
    if let Some(enabled) = change.enabled {
        update = update
            .col_expr(Column::Enabled, Expr::value(enabled))
            .col_expr(Column::DisabledReason, Expr::value(Option::<String>::None));
    }
    if begins || moves {
        update = update.col_expr(Column::FailingSinceAt, Expr::value(Option::<i64>::None));
    }
    if begins {
        lanes::look_again(&tx, id.as_str(), now).await?;
    }
    update.filter(Column::Id.eq(id.clone())).exec(&tx).await?;
    let row = find().one(&tx).await?.ok_or(EndpointError::NotFound)?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(row)
}

/// Deletes an endpoint and forgets its address and secrets; `false` when there is
/// none. What waits for it is canceled as it becomes due.
///
/// # Errors
/// What the database answers.
pub async fn delete(app: &App, owner: &Owner, id: &WebhookEndpointId) -> Result<bool, DbErr> {
    use webhook_endpoint::Column;
    let deleted = webhook_endpoint::Entity::update_many()
        .col_expr(Column::DeletedAt, Expr::value(Some(app.now())))
        .col_expr(Column::Enabled, Expr::value(false))
        .col_expr(Column::Url, Expr::value(""))
        .col_expr(Column::Description, Expr::value(""))
        .col_expr(Column::Secret, Expr::value(""))
        .col_expr(Column::OldSecret, Expr::value(Option::<String>::None))
        .filter(Column::Id.eq(id.clone()))
        .filter(Column::AccountId.eq(owner.account.clone()))
        .filter(Column::Livemode.eq(owner.livemode))
        .filter(Column::DeletedAt.is_null())
        .exec(app.db.write())
        .await?;
    Ok(deleted.rows_affected == 1)
}
