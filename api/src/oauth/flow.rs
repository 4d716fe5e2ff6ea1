//! The short-lived row of one sign-in: made when it begins, claimed once when the
//! browser comes back, taken once when the app exchanges the code.

use std::time::Duration;

use entity::{AccountId, Timestamp, oauth_flow};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Wish;
use crate::app::App;
use crate::identity::{Handshake, Person, challenge};
use crate::secrets::{Secrets, sha256_hex};

/// How long a person may take at the provider, and then the app with the code.
pub const LIFE: Duration = Duration::from_secs(10 * 60);

const SEAL: &str = "oauth_flow";

/// Short enough for a cookie's name, long enough to tell two sign-ins apart.
const TAG: usize = 16;

pub(super) fn id(state: &str) -> String {
    sha256_hex(state.as_bytes())
}

/// By what a browser tells the cookie of this sign-in from another's.
pub(super) fn tag(id: &str) -> String {
    id.chars().take(TAG).collect()
}

pub(super) fn seal(secrets: &Secrets, value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("a few texts are JSON");
    secrets.seal(SEAL, &json)
}

/// What was sealed; `None` when it was with another secret.
pub(super) fn open<T: DeserializeOwned>(secrets: &Secrets, sealed: &str) -> Option<T> {
    serde_json::from_str(&secrets.open(SEAL, sealed)?).ok()
}

pub(super) async fn insert(
    app: &App,
    provider: &str,
    wish: Wish,
    handshake: &Handshake,
    browser: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = oauth_flow::ActiveModel {
        id: Set(id(&handshake.state)),
        provider: Set(provider.to_owned()),
        account_id: Set(wish.account),
        browser_hash: Set(sha256_hex(browser.as_bytes())),
        redirect_uri: Set(wish.redirect_uri),
        app_challenge: Set(wish.challenge),
        app_state: Set(wish.state),
        sealed: Set(seal(&app.secrets, handshake)),
        code_hash: Set(None),
        came_back_at: Set(None),
        created_at: Set(now),
        expires_at: Set(now.plus(LIFE)),
    };
    oauth_flow::Entity::insert(row)
        .exec_without_returning(app.db.write())
        .await?;
    Ok(())
}

/// Of many returns with one state, one is let through.
pub(super) async fn claim(db: &impl ConnectionTrait, id: &str, now: Timestamp) -> Result<bool, DbErr> {
    let claimed = oauth_flow::Entity::update_many()
        .col_expr(oauth_flow::Column::CameBackAt, Expr::value(Some(now)))
        .filter(oauth_flow::Column::Id.eq(id))
        .filter(oauth_flow::Column::CameBackAt.is_null())
        .filter(oauth_flow::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(claimed.rows_affected == 1)
}

/// Keeps who came, for whoever brings the code.
pub(super) async fn prove(
    app: &App,
    id: &str,
    person: &Person,
    code: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    oauth_flow::Entity::update_many()
        .col_expr(
            oauth_flow::Column::Sealed,
            Expr::value(seal(&app.secrets, person)),
        )
        .col_expr(
            oauth_flow::Column::CodeHash,
            Expr::value(Some(sha256_hex(code.as_bytes()))),
        )
        .col_expr(oauth_flow::Column::ExpiresAt, Expr::value(now.plus(LIFE)))
        .filter(oauth_flow::Column::Id.eq(id))
        .exec(app.db.write())
        .await?;
    Ok(())
}

pub(super) async fn forget(db: &impl ConnectionTrait, id: &str) -> Result<bool, DbErr> {
    let deleted = oauth_flow::Entity::delete_by_id(id.to_owned()).exec(db).await?;
    Ok(deleted.rows_affected == 1)
}

/// A person whom a provider has proved.
pub(super) struct Proved {
    pub provider: String,
    pub issuer: String,
    pub person: Person,
}

/// Takes what a code stands for, once: the row goes in this transaction. `None`
/// as for [`read`].
pub(super) async fn take(
    tx: &impl ConnectionTrait,
    app: &App,
    code: &str,
    verifier: &str,
    linking: Option<&AccountId>,
) -> Result<Option<Proved>, DbErr> {
    match read(tx, app, code, verifier, linking).await? {
        Some((id, proved)) if forget(tx, &id).await? => Ok(Some(proved)),
        _ => Ok(None),
    }
}

/// What a code stands for, and its row's id, which is to be forgotten once it is
/// used. `None` for a code that is unknown, used or expired, or that its app's
/// verifier does not open. `linking` is who wants to link, or nobody.
pub(super) async fn read(
    tx: &impl ConnectionTrait,
    app: &App,
    code: &str,
    verifier: &str,
    linking: Option<&AccountId>,
) -> Result<Option<(String, Proved)>, DbErr> {
    let row = oauth_flow::Entity::find()
        .filter(oauth_flow::Column::CodeHash.eq(sha256_hex(code.as_bytes())))
        .filter(oauth_flow::Column::ExpiresAt.gt(app.now()))
        .one(tx)
        .await?;
    let row =
        row.filter(|row| row.app_challenge == challenge(verifier) && row.account_id.as_ref() == linking);
    let Some(row) = row else { return Ok(None) };
    let provider = app.identities.find(&row.provider);
    let person = open::<Person>(&app.secrets, &row.sealed);
    let Some((provider, person)) = provider.zip(person) else {
        return Ok(None);
    };
    let proved = Proved {
        provider: provider.name.clone(),
        issuer: provider.issuer.clone(),
        person,
    };
    Ok(Some((row.id, proved)))
}

/// Deletes what nobody came back for.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    oauth_flow::Entity::delete_many()
        .filter(oauth_flow::Column::ExpiresAt.lte(app.now()))
        .exec(app.db.write())
        .await?;
    Ok(())
}
