//! Setting up: whoever has the token chooses a password and gets an authenticator
//! app's secret; a first code of it makes them active. The token is used up then.

use entity::{StaffId, Timestamp, staff};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::audit::{About, Entry, Warrant};
use super::staff::hash;
use crate::accounts::Address;
use crate::accounts::password::{self, Busy, Unfit};
use crate::app::App;
use crate::auth::totp::Secret;

/// What secrets are sealed for.
const SEAL: &str = "staff totp";

#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// It is unknown, used or too old; or nothing was begun with it.
    #[error("the token is not valid")]
    Token,
    #[error("the code is not the app's present one")]
    Code,
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The secret of somebody's app.
pub(super) fn open(app: &App, row: &staff::Model) -> Option<Secret> {
    let sealed = row.sealed_totp.as_deref()?;
    Secret::from_base32(&app.secrets.open(SEAL, sealed)?)
}

async fn invited(app: &App, token: &str, now: Timestamp) -> Result<staff::Model, SetupError> {
    staff::Entity::find()
        .filter(staff::Column::SetupHash.eq(hash(token)))
        .filter(staff::Column::SetupExpiresAt.gt(now))
        .filter(staff::Column::DisabledAt.is_null())
        .one(app.db.read())
        .await?
        .ok_or(SetupError::Token)
}

fn warrant(staff: &StaffId, act: &'static str, now: Timestamp) -> Warrant {
    Warrant {
        staff: Some(staff.clone()),
        act,
        now,
    }
}

/// Takes a password, and gives a secret for the app. Until the first code is
/// confirmed it can be done again.
///
/// # Errors
/// When the token is not valid or the password not good enough.
pub async fn begin(
    app: &App,
    token: &str,
    password: String,
) -> Result<(staff::Model, Secret, Entry), SetupError> {
    use staff::Column;
    let row = invited(app, token, app.now()).await?;
    let kind = app.config.auth.password_hash;
    let address: Option<Address> = row.email.parse().ok();
    password::check(kind, &password, address.as_ref())?;
    let hashed = password::hash(kind, password).await?;
    let secret = Secret::generate();
    let now = app.now();
    let tx = app.db.begin().await?;
    let taken = staff::Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(hashed))
        .col_expr(
            Column::SealedTotp,
            Expr::value(app.secrets.seal(SEAL, &secret.base32())),
        )
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::SetupHash.eq(hash(token)))
        .exec(&tx)
        .await?;
    if taken.rows_affected == 0 {
        return Err(SetupError::Token);
    }
    let entry = warrant(&row.id, "setup.begin", now)
        .done(&tx, About::default())
        .await?;
    tx.commit().await?;
    Ok((row, secret, entry))
}

/// Makes somebody active who shows the app's present code.
///
/// # Errors
/// When the token or the code is not valid.
pub async fn confirm(app: &App, token: &str, code: &str) -> Result<(staff::Model, Entry), SetupError> {
    use staff::Column;
    let now = app.now();
    let row = invited(app, token, now).await?;
    let secret = open(app, &row).ok_or(SetupError::Token)?;
    let Some(step) = secret.step(code, now, None) else {
        warrant(&row.id, "setup.confirm", now)
            .refused(app.db.write(), About::default(), "code_invalid")
            .await?;
        return Err(SetupError::Code);
    };
    let tx = app.db.begin().await?;
    let taken = staff::Entity::update_many()
        .col_expr(Column::ActiveAt, Expr::value(Some(now)))
        .col_expr(Column::TotpStep, Expr::value(Some(step)))
        .col_expr(Column::SetupHash, Expr::value(Option::<String>::None))
        .col_expr(Column::SetupExpiresAt, Expr::value(Option::<Timestamp>::None))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::SetupHash.eq(hash(token)))
        // Unless it was begun anew meanwhile, with another secret.
        .filter(Column::SealedTotp.eq(row.sealed_totp.clone()))
        .exec(&tx)
        .await?;
    if taken.rows_affected == 0 {
        return Err(SetupError::Token);
    }
    let entry = warrant(&row.id, "setup.confirm", now)
        .done(&tx, About::default())
        .await?;
    tx.commit().await?;
    let active_at = Some(now);
    Ok((staff::Model { active_at, ..row }, entry))
}
