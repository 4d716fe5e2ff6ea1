//! What is asked at the door: written down in the same way for every address,
//! and answered by mail a moment later, by a job.
//!
//! So neither an answer nor the time that it takes tells a stranger whether an
//! address has an account: only the job looks, and nobody waits for it.

use entity::{KnockId, Timestamp, knock};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};

use super::{Address, register, reset};
use crate::app::App;
use crate::jobs::{self, Lease, NewJob};
use crate::signals::Signal;

/// The kind of job that answers; its subject is the knock's id.
pub const KIND: &str = "accounts.knock";

const SEAL: &str = "knock";

/// So many for one address are answered in one transaction.
const SOME: u64 = 100;

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    SignUp,
    NewPassword,
}

#[derive(Serialize, Deserialize)]
struct Note {
    address: String,
    wish: Wish,
}

/// Writes down what is wanted. What happens then, the address's owner learns by mail.
///
/// # Errors
/// What the database answers.
pub async fn knock(app: &App, address: &Address, wish: Wish) -> Result<(), DbErr> {
    let now = app.now();
    let note = Note {
        address: address.as_str().to_owned(),
        wish,
    };
    let note = serde_json::to_string(&note).expect("a note is a few texts");
    let id = KnockId::new(now);
    let row = knock::ActiveModel {
        id: Set(id.clone()),
        door: Set(app.secrets.sign(SEAL, address.key().as_bytes())),
        sealed: Set(app.secrets.seal(SEAL, &note)),
        created_at: Set(now),
    };
    let job = NewJob {
        kind: KIND,
        subject: id.to_string(),
        account_id: None,
        lane: jobs::HOUSE.to_owned(),
        run_at: now,
        deadline_at: None,
    };
    let tx = app.db.begin().await?;
    knock::Entity::insert(row).exec_without_returning(&tx).await?;
    jobs::enqueue(&tx, vec![job], now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
}

/// The job: answers a knock, after those that came before at the same door.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn answer(app: &App, lease: &Lease) -> Result<(), DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let own = knock::Entity::find()
        .filter(knock::Column::Id.eq(lease.subject.as_str()))
        .one(&tx)
        .await?;
    if let Some(own) = own {
        // Whoever comes second waits here, and then finds them gone.
        let waiting = knock::Entity::find()
            .filter(knock::Column::Door.eq(own.door))
            .filter(knock::Column::Id.lte(own.id))
            .order_by_asc(knock::Column::Id)
            .limit(SOME)
            .lock_exclusive()
            .all(&tx)
            .await?;
        for row in waiting {
            grant(&tx, app, &row, now).await?;
            knock::Entity::delete_by_id(row.id).exec(&tx).await?;
        }
    }
    match jobs::complete(&tx, lease).await? {
        Ok(()) => tx.commit().await?,
        // Another worker has it now and will do the same.
        Err(_) => return tx.rollback().await,
    }
    app.signals.tell(Signal::Work);
    Ok(())
}

async fn grant(
    tx: &impl ConnectionTrait,
    app: &App,
    row: &knock::Model,
    now: Timestamp,
) -> Result<(), DbErr> {
    let note = app.secrets.open(SEAL, &row.sealed);
    let note: Option<Note> = note.and_then(|note| serde_json::from_str(&note).ok());
    let address = note
        .as_ref()
        .and_then(|note| note.address.parse::<Address>().ok());
    let Some((note, address)) = note.zip(address) else {
        tracing::error!(knock = %row.id, "what was asked can't be read: it was sealed with another secret");
        return Ok(());
    };
    match note.wish {
        Wish::SignUp => register::register(tx, app, &address, now).await,
        Wish::NewPassword => reset::forgot(tx, app, &address, now).await,
    }
}
