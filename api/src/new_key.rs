//! `tintype key new`: a key with all scopes, for an account that is made if there is
//! none. The secret goes to the standard output, everything else beside it.

use clap::Subcommand;
use entity::{AccountId, account};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use crate::accounts::{Address, Agreed, InvalidAddress, open_confirmed};
use crate::app::App;
use crate::auth::Scopes;
use crate::credits::{Owner, available};
use crate::keys;

#[derive(Subcommand)]
pub enum Key {
    /// Make a key with all scopes for an account, and print its secret once.
    ///
    /// An address without an account gets one: active, its address taken as confirmed, without
    /// a password (its owner sets one as after forgetting it), with the credits of a sign-up.
    New {
        /// The account's mail address.
        #[arg(long)]
        email: String,
        /// What the key is for.
        #[arg(long, default_value = "made on the command line")]
        name: String,
        /// A key for paid use instead of a test key.
        #[arg(long)]
        live: bool,
        /// The owner of the new account told you that they are old enough and accept the policy.
        /// Without it they are asked, where the configuration asks for either, and the key does
        /// nothing before they answered.
        #[arg(long)]
        agreed: bool,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum NewKeyError {
    #[error(transparent)]
    Address(#[from] InvalidAddress),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Does what the command asks.
///
/// # Errors
/// When the address is none, and what the database answers.
pub async fn run(app: &App, command: Key) -> Result<(), NewKeyError> {
    let Key::New {
        email,
        name,
        live,
        agreed,
    } = command;
    let address: Address = email.parse()?;
    let owner = match find(app, &address).await? {
        Some(owner) => owner,
        None => make(app, &address, agreed).await?,
    };
    let issued = keys::issue_for(app, &owner, live, name, Scopes::all()).await?;
    println!("{}", issued.secret);
    Ok(())
}

async fn find(app: &App, address: &Address) -> Result<Option<AccountId>, DbErr> {
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .one(app.db.write())
        .await?;
    Ok(owner.map(|owner| owner.id))
}

/// Makes the account, and says how it stands.
async fn make(app: &App, address: &Address, agreed: bool) -> Result<AccountId, DbErr> {
    let asked = Agreed::by_operator(&app.config);
    let given = if agreed { asked.clone() } else { Agreed::default() };
    let Some(id) = open_confirmed(app, address, &given).await? else {
        // Somebody signed up with it at the same moment.
        let missing = || DbErr::RecordNotFound(format!("the account of {}", address.as_str()));
        return find(app, address).await?.ok_or_else(missing);
    };
    let [test, live] = Owner::both(&id);
    let db = app.db.read();
    let credits = [available(db, &test).await?, available(db, &live).await?];
    eprintln!(
        "Made the account {id} for {}: active, its address taken as confirmed, with {} test and {} live credits.\n\
         It has no password: its owner sets one by `POST /v1/auth/password/forgot`.",
        address.as_str(),
        credits[0],
        credits[1],
    );
    if asked != given {
        eprintln!(
            "Its owner has not said that they are old enough, or that they accept the policy. Until they do, with \
             `POST /v1/account/agreement`, the key is answered with `sign_up_incomplete`. With `--agreed` you say \
             that they told you."
        );
    }
    Ok(id)
}
