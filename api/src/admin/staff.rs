//! Who is staff: invited, given another role, disabled. The last owner stays.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use entity::staff::{self, Role};
use entity::{StaffId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _,
};

use super::audit::{About, Entry, Warrant};
use super::session;
use crate::accounts::Address;
use crate::app::App;
use crate::db::on_unique;
use crate::secrets::sha256_hex;

/// How long a token for setting up is valid.
const SETUP: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    #[error("somebody with this address is staff already")]
    Taken,
    #[error(transparent)]
    Database(#[from] DbErr),
}

#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error("there is no such member of staff")]
    NotFound,
    #[error("this is the last owner who can sign in: make another one first")]
    LastOwner,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Random text that nobody guesses.
pub(super) fn token(prefix: &str) -> String {
    format!("{prefix}{}", BASE64.encode(rand::random::<[u8; 32]>()))
}

/// What is stored of a token.
pub(super) fn hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

/// Makes somebody staff, and says the token with which they set themselves up.
///
/// # Errors
/// When the address is somebody's already.
pub async fn invite(
    app: &App,
    warrant: &Warrant,
    address: &Address,
    role: Role,
) -> Result<(staff::Model, String, Entry), InviteError> {
    let now = warrant.now;
    let token = token("setup_");
    let row = staff::Model {
        id: StaffId::new(now),
        email: address.as_str().to_owned(),
        email_key: address.key(),
        role,
        password_hash: None,
        sealed_totp: None,
        totp_step: None,
        failures: 0,
        next_try_at: now,
        setup_hash: Some(hash(&token)),
        setup_expires_at: Some(now.plus(SETUP)),
        created_at: now,
        active_at: None,
        disabled_at: None,
    };
    let tx = app.db.begin().await?;
    staff::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await
        .map_err(|error| on_unique(error, || InviteError::Taken))?;
    let entry = warrant.done(&tx, About::resource(&row.id)).await?;
    tx.commit().await?;
    Ok((row, token, entry))
}

/// For whoever has the machine: makes somebody staff, or lets somebody who is set
/// themselves up anew, with this role. Their sessions end.
///
/// # Errors
/// What the database answers.
pub async fn renew_or_invite(
    app: &App,
    warrant: &Warrant,
    address: &Address,
    role: Role,
) -> Result<String, InviteError> {
    use staff::Column;
    let known = staff::Entity::find()
        .filter(Column::EmailKey.eq(address.key()))
        .one(app.db.read())
        .await?;
    let Some(known) = known else {
        return Ok(invite(app, warrant, address, role).await?.1);
    };
    let token = token("setup_");
    let none = || Expr::value(Option::<String>::None);
    let tx = app.db.begin().await?;
    staff::Entity::update_many()
        .col_expr(Column::Role, Expr::value(role))
        .col_expr(Column::PasswordHash, none())
        .col_expr(Column::SealedTotp, none())
        .col_expr(Column::TotpStep, Expr::value(Option::<i64>::None))
        .col_expr(Column::Failures, Expr::value(0))
        .col_expr(Column::NextTryAt, Expr::value(warrant.now))
        .col_expr(Column::ActiveAt, Expr::value(Option::<Timestamp>::None))
        .col_expr(Column::DisabledAt, Expr::value(Option::<Timestamp>::None))
        .col_expr(Column::SetupHash, Expr::value(hash(&token)))
        .col_expr(Column::SetupExpiresAt, Expr::value(warrant.now.plus(SETUP)))
        .filter(Column::Id.eq(known.id.clone()))
        .exec(&tx)
        .await?;
    session::end_all(&tx, &known.id, warrant.now).await?;
    let _written = warrant.done(&tx, About::resource(&known.id)).await?;
    tx.commit().await?;
    Ok(token)
}

/// For whoever has the machine; `false` when nobody has the address.
///
/// # Errors
/// When it is the last owner's.
pub async fn disable_by_address(
    app: &App,
    warrant: &Warrant,
    address: &Address,
) -> Result<bool, ChangeError> {
    let known = staff::Entity::find()
        .filter(staff::Column::EmailKey.eq(address.key()))
        .one(app.db.read())
        .await?;
    let Some(known) = known else { return Ok(false) };
    let (_, _written) = disable(app, warrant, &known.id).await?;
    Ok(true)
}

/// Gives somebody another role, from their next request on.
///
/// # Errors
/// When there is nobody, or the last owner would be gone.
pub async fn change_role(
    app: &App,
    warrant: &Warrant,
    id: &StaffId,
    role: Role,
) -> Result<(staff::Model, Entry), ChangeError> {
    let tx = app.db.begin().await?;
    let row = lock(&tx, id, |row| row.role == Role::Owner && role != Role::Owner).await?;
    staff::Entity::update_many()
        .col_expr(staff::Column::Role, Expr::value(role))
        .filter(staff::Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    let entry = warrant.done(&tx, About::resource(id)).await?;
    tx.commit().await?;
    Ok((staff::Model { role, ..row }, entry))
}

/// Lets somebody in no more; their sessions end. A second time changes nothing.
///
/// # Errors
/// When there is nobody, or the last owner would be gone.
pub async fn disable(
    app: &App,
    warrant: &Warrant,
    id: &StaffId,
) -> Result<(staff::Model, Entry), ChangeError> {
    use staff::Column;
    let tx = app.db.begin().await?;
    let row = lock(&tx, id, |row| {
        row.role == Role::Owner && row.disabled_at.is_none()
    })
    .await?;
    let disabled_at = row.disabled_at.or(Some(warrant.now));
    staff::Entity::update_many()
        .col_expr(Column::DisabledAt, Expr::value(disabled_at))
        .col_expr(Column::SetupHash, Expr::value(Option::<String>::None))
        .col_expr(Column::SetupExpiresAt, Expr::value(Option::<Timestamp>::None))
        .filter(Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    session::end_all(&tx, id, warrant.now).await?;
    let entry = warrant.done(&tx, About::resource(id)).await?;
    tx.commit().await?;
    Ok((staff::Model { disabled_at, ..row }, entry))
}

/// The row, with all owners locked: of two that go at once, the second finds that
/// it is the last. `loses` says whether the change takes an owner away.
async fn lock(
    tx: &impl ConnectionTrait,
    id: &StaffId,
    loses: impl Fn(&staff::Model) -> bool,
) -> Result<staff::Model, ChangeError> {
    use staff::Column;
    let owners = staff::Entity::find()
        .filter(Column::Role.eq(Role::Owner))
        .filter(Column::ActiveAt.is_not_null())
        .filter(Column::DisabledAt.is_null())
        .lock_exclusive()
        .all(tx)
        .await?;
    let row = staff::Entity::find_by_id(id.clone())
        .lock_exclusive()
        .one(tx)
        .await?;
    let row = row.ok_or(ChangeError::NotFound)?;
    let is_last = owners.len() == 1 && owners[0].id == *id;
    match is_last && loses(&row) {
        true => Err(ChangeError::LastOwner),
        false => Ok(row),
    }
}
