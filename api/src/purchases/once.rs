//! What becomes of a remembered idempotency key once the processor has answered.

use entity::idempotency_key::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::http::idempotency::Place;

/// The status of a request that was not answered yet.
pub(super) const PROCESSING: u16 = 102;

/// Writes down how the request was answered.
pub(super) async fn answered(tx: &impl ConnectionTrait, place: &Place<'_>, status: u16) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(i32::from(status)))
        .filter(at(place))
        .exec(tx)
        .await
        .map(drop)
}

/// Forgets the key: what was refused may be asked anew.
pub(super) async fn forget(tx: &impl ConnectionTrait, place: &Place<'_>) -> Result<(), DbErr> {
    Entity::delete_many().filter(at(place)).exec(tx).await.map(drop)
}

fn at(place: &Place<'_>) -> Condition {
    Condition::all()
        .add(Column::AccountId.eq(place.account.clone()))
        .add(Column::Livemode.eq(place.livemode))
        .add(Column::Route.eq(place.route))
        .add(Column::Key.eq(place.key.as_str()))
}
