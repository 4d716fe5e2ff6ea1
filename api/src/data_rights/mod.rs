//! What the person behind an account may ask about its data: a copy of all of it,
//! or its erasure.
//!
//! [`request`] writes a request down and mails a code; [`verify`] takes the code
//! and enqueues the job ([`fulfil`]). The job iterates one [`register`], which
//! lists every table and what its declaration says: [`export`] copies from it into
//! an archive and names what is [`missing`] from it, [`erase`] deletes and clears by it. What was done is tallied in the
//! request's row and told by a signed [`receipt`], which outlives the account.
//!
//! A request is about the whole account, in both modes. Transactions here lock the
//! wallets first, then the account, then the request.

mod about;
mod archive;
mod clear;
mod close;
mod closed;
mod erase;
mod export;
mod fulfil;
pub mod http;
mod missing;
mod receipt;
mod refusals;
pub mod register;
mod request;
mod sweep;
mod tally;
mod told;
mod verify;
mod view;

pub use closed::erase_closed;
pub use fulfil::{KIND as FULFIL, fulfil};
pub use receipt::jwks;
pub use request::{CreateError, Created, Wanted, create};
pub use sweep::{expire_unverified, remove_old_archives};
pub use verify::{VerifyError, WithdrawError, verify, withdraw};

use entity::{AccountId, account};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

/// The account, if it was not erased; locked, so that an erasure waits.
async fn active(tx: &impl ConnectionTrait, id: &AccountId) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(id.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(tx)
        .await
}
