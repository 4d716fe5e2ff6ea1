//! Finding an account, by what its owner can tell of it, exactly; and what staff
//! see of it: where it stands and how much there is, never what was written or made.

use entity::{
    AccountId, KeyId, Timestamp, account, api_key, data_request, generation, purchase, review_item, session,
    wallet,
};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::accounts::Address;
use crate::db::Db;

/// Accounts shown at most: who finds more should ask for more.
const MOST: u64 = 20;

/// What is known of the account.
pub enum By {
    Email(Address),
    Id(AccountId),
    Key(KeyId),
    /// The last four characters of a key's secret.
    LastFour(String),
}

/// The accounts that this is true of, newest first.
///
/// # Errors
/// What the database answers.
pub async fn find(db: &Db, by: By) -> Result<Vec<account::Model>, DbErr> {
    let accounts = account::Entity::find();
    let accounts = match by {
        By::Email(address) => accounts.filter(account::Column::EmailKey.eq(address.key())),
        By::Id(id) => accounts.filter(account::Column::Id.eq(id)),
        By::Key(key) => {
            let keys = api_key::Entity::find_by_id(key);
            accounts.filter(account::Column::Id.is_in(owners(db, keys).await?))
        }
        By::LastFour(letters) => {
            let keys = api_key::Entity::find()
                .filter(api_key::Column::LastFour.eq(letters))
                .order_by_desc(api_key::Column::Id)
                .limit(MOST);
            accounts.filter(account::Column::Id.is_in(owners(db, keys).await?))
        }
    };
    let accounts = accounts.order_by_desc(account::Column::Id).limit(MOST);
    accounts.all(db.read()).await
}

async fn owners(db: &Db, keys: sea_orm::Select<api_key::Entity>) -> Result<Vec<AccountId>, DbErr> {
    let keys = keys.select_only().column(api_key::Column::AccountId);
    keys.into_tuple().all(db.read()).await
}

/// An account and how much there is of it.
pub struct Detail {
    pub account: account::Model,
    pub wallets: Vec<wallet::Model>,
    pub keys: u64,
    pub sessions: u64,
    pub last_generation_at: Option<Timestamp>,
    pub purchases: u64,
    pub data_requests: u64,
    pub review_items: u64,
}

/// `None` when there is no such account.
///
/// # Errors
/// What the database answers.
pub async fn detail(db: &Db, id: &AccountId) -> Result<Option<Detail>, DbErr> {
    let read = db.read();
    let Some(account) = account::Entity::find_by_id(id.clone()).one(read).await? else {
        return Ok(None);
    };
    let wallets = wallet::Entity::find()
        .filter(wallet::Column::AccountId.eq(id.clone()))
        .order_by_desc(wallet::Column::Livemode)
        .all(read)
        .await?;
    let keys = api_key::Entity::find()
        .filter(api_key::Column::AccountId.eq(id.clone()))
        .filter(api_key::Column::RevokedAt.is_null());
    let sessions = session::Entity::find()
        .filter(session::Column::AccountId.eq(id.clone()))
        .filter(session::Column::EndedAt.is_null());
    let purchases = purchase::Entity::find().filter(purchase::Column::AccountId.eq(id.clone()));
    let requests = data_request::Entity::find().filter(data_request::Column::AccountId.eq(id.clone()));
    let items = review_item::Entity::find()
        .filter(review_item::Column::AccountId.eq(id.clone()))
        .filter(review_item::Column::Status.eq(review_item::Status::Open));
    Ok(Some(Detail {
        account,
        wallets,
        keys: keys.count(read).await?,
        sessions: sessions.count(read).await?,
        last_generation_at: last_generation(db, id).await?,
        purchases: purchases.count(read).await?,
        data_requests: requests.count(read).await?,
        review_items: items.count(read).await?,
    }))
}

/// When an account last generated something. How many it has is not counted: that
/// would take the longer the more there are.
async fn last_generation(db: &Db, id: &AccountId) -> Result<Option<Timestamp>, DbErr> {
    use generation::Column;
    let mut last = None;
    for livemode in [true, false] {
        let newest = generation::Entity::find()
            .select_only()
            .column(Column::CreatedAt)
            .filter(Column::AccountId.eq(id.clone()))
            .filter(Column::Livemode.eq(livemode))
            .order_by_desc(Column::Id)
            .into_tuple::<Timestamp>()
            .one(db.read())
            .await?;
        last = last.max(newest);
    }
    Ok(last)
}
