//! The mail that a wallet runs low.

use entity::{AccountId, account, wallet};
use sea_orm::{DbErr, EntityTrait as _};

use super::emails::{self, Text};
use crate::app::App;
use crate::jobs::{self, Lease};
use crate::signals::Signal;

/// The job: mails it, unless it was topped up meanwhile.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn mail_low_balance(app: &App, lease: &Lease) -> Result<(), DbErr> {
    let mut parts = lease.subject.split('.');
    let account: Option<AccountId> = parts.next().and_then(|id| id.parse().ok());
    let livemode = parts.next() == Some("true");
    // Test credits run out where nobody pays for anything: only a sandbox tells.
    let told = livemode || app.config.sandbox.enabled;
    let Some(account) = account.filter(|_| told) else {
        return jobs::drop_done(&app.db, lease).await;
    };
    let tx = app.db.begin().await?;
    let wallet = wallet::Entity::find_by_id((account.clone(), livemode))
        .one(&tx)
        .await?;
    let low = wallet.filter(|wallet| wallet.low_told_at.is_some());
    let owner = account::Entity::find_by_id(account.clone()).one(&tx).await?;
    let to = owner
        .filter(|owner| owner.status == account::Status::Active && owner.email_verified_at.is_some())
        .and_then(|owner| owner.email);
    if let (Some(wallet), Some(to)) = (low, to) {
        let text = Text::LowBalance {
            available: wallet.available.to_string(),
            threshold: wallet.low_below.to_string(),
        };
        emails::post(&tx, app, &account, &to, &text, app.now()).await?;
    }
    match jobs::complete(&tx, lease).await? {
        Ok(()) => tx.commit().await?,
        // Another worker has it now and will do the same.
        Err(_) => return tx.rollback().await,
    }
    app.signals.tell(Signal::Work);
    Ok(())
}
