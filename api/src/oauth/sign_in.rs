//! Exchanges the code of a sign-in for a session. Only here does anything happen
//! to an account: a code that nobody brings leaves no trace.

use entity::session;
use sea_orm::DbErr;

use super::newcomer::{Refused, welcome};
use super::{flow, linked};
use crate::accounts;
use crate::app::App;
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("the code is unknown, used or expired, or the verifier is another's")]
    CodeInvalid,
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Opens a session for whom the code stands. A refusal leaves the code as it was.
///
/// # Errors
/// When the code is not valid, or the person may not be let in like this.
pub async fn sign_in(app: &App, code: &str, verifier: &str) -> Result<session::Model, SignInError> {
    loop {
        let now = app.now();
        let tx = app.db.begin().await?;
        let proved = flow::take(&tx, app, code, verifier, None)
            .await?
            .ok_or(SignInError::CodeInvalid)?;
        let mut ended = Vec::new();
        let account = match linked::find(&tx, &proved.issuer, &proved.person.subject).await? {
            Some(identity) => {
                let owner = linked::lock(&tx, &identity.account_id).await?;
                let owner = owner.ok_or(Refused::Closed)?;
                // Unlinked between the two statements?
                let still = linked::find(&tx, &proved.issuer, &proved.person.subject).await?;
                if still.is_none_or(|still| still.id != identity.id) {
                    tx.rollback().await?;
                    continue;
                }
                linked::note_use(&tx, &identity.id, &proved, now).await?;
                owner.id
            }
            None => {
                let Some(welcomed) = welcome(&tx, app, &proved.person, now).await?? else {
                    tx.rollback().await?;
                    continue;
                };
                if linked::insert(&tx, &welcomed.account, &proved, now)
                    .await?
                    .is_none()
                {
                    tx.rollback().await?;
                    continue;
                }
                if welcomed.known {
                    linked::tell(&tx, app, &welcomed.account, &proved, now).await?;
                }
                ended = welcomed.ended;
                welcomed.account
            }
        };
        let session = accounts::start_session(&tx, app, &account, now).await?;
        tx.commit().await?;
        app.signals.tell(Signal::Work);
        for session in ended {
            app.signals.tell(Signal::Revoked(session));
        }
        return Ok(session);
    }
}
