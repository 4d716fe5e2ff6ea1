//! The little that an owner says of themselves: a name, where the service keeps
//! names, and the language of mails.

use entity::account;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use crate::app::App;
use crate::auth::Caller;

/// What is absent stays; what is empty goes.
#[derive(Debug, Clone)]
pub struct Changes {
    pub display_name: Option<String>,
    pub language: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    #[error("a key can't change the account")]
    NoSession,
    #[error("the service keeps no names")]
    NoNames,
    #[error("no mails are written in this language")]
    NotSpoken,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Changes the caller's account.
///
/// # Errors
/// When the service does not keep or speak what is wanted.
pub async fn change(app: &App, caller: &Caller, changes: Changes) -> Result<account::Model, ProfileError> {
    use account::Column;
    caller.session.as_ref().ok_or(ProfileError::NoSession)?;
    let filled = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let name = changes.display_name.map(filled);
    let language = changes.language.map(filled);
    if name.iter().flatten().next().is_some() && !app.config.account.keeps("name") {
        return Err(ProfileError::NoNames);
    }
    if language
        .iter()
        .flatten()
        .any(|language| !app.letters.speaks(language))
    {
        return Err(ProfileError::NotSpoken);
    }
    let find = || account::Entity::find_by_id(caller.account.clone());
    let tx = app.db.begin().await?;
    let mut update = account::Entity::update_many()
        .filter(Column::Id.eq(caller.account.clone()))
        .filter(Column::Status.eq(account::Status::Active));
    if let Some(name) = &name {
        update = update.col_expr(Column::DisplayName, Expr::value(name.clone()));
    }
    if let Some(language) = &language {
        update = update.col_expr(Column::Language, Expr::value(language.clone()));
    }
    if name.is_some() || language.is_some() {
        update.exec(&tx).await?;
    }
    let row = find().one(&tx).await?.ok_or(ProfileError::NoSession)?;
    tx.commit().await?;
    Ok(row)
}
