//! Asking a provider, and watching meanwhile for a wish to cancel and for the
//! deadline.

use std::time::Duration;

use entity::{attempt, generation};
use sea_orm::{DbErr, EntityTrait as _};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{attempts, state};
use crate::app::App;
use crate::providers::{Failure, LookUp, Outcome, Provider, Request};

/// How often the row is looked at for a wish to cancel, if no signal came.
const LOOK: Duration = Duration::from_secs(1);

/// How long a provider is given to hear that it is no longer wanted.
const FAREWELL: Duration = Duration::from_secs(5);

/// How often one attempt is sent that never arrives.
const MOST_SENDS: i32 = 4;

pub(super) enum Asked {
    Answered(Outcome),
    TooLate,
    /// It never ran, and nobody runs it any more.
    Gone,
}

/// Calls the provider, or asks it about the earlier call, and watches for a wish
/// to cancel and for the deadline meanwhile.
pub(super) async fn ask(
    app: &App,
    provider: &dyn Provider,
    request: &Request,
    row: &generation::Model,
    (attempt, fresh): (&attempt::Model, bool),
    offered: bool,
) -> Result<Asked, DbErr> {
    let cancel = CancellationToken::new();
    let wanted = row.cancel_requested_at.is_none();
    if !wanted {
        cancel.cancel();
    }
    // A provider is not asked for what nobody waits for.
    match fresh {
        true if !wanted => return Ok(Asked::Answered(Err(Failure::Canceled))),
        true if app.now() >= row.deadline_at => return Ok(Asked::TooLate),
        _ => {}
    }
    let watch = app.signals.watch(&row.id);
    let looked = match fresh {
        true => None,
        false => Some(provider.look_up(request).await),
    };
    let answered = match looked {
        None => provider.run(request, &cancel),
        Some(LookUp::Running) => provider.follow(request, &cancel),
        Some(LookUp::Ended(outcome)) => return Ok(Asked::Answered(honest(outcome, &cancel))),
        Some(LookUp::Unknown(why)) => return Ok(Asked::Answered(Err(Failure::Unknown(why)))),
        Some(LookUp::NeverRan) if !wanted => return Ok(Asked::Answered(Err(Failure::Canceled))),
        Some(LookUp::NeverRan) if !offered => return Ok(Asked::Gone),
        Some(LookUp::NeverRan) if attempt.sends >= MOST_SENDS => {
            let message = "it does not take the request".to_owned();
            return Ok(Asked::Answered(Err(Failure::Unavailable(message))));
        }
        Some(LookUp::NeverRan) => {
            // Under the same reference: should the first arrive after all, it is
            // one job still.
            attempts::send_again(app, attempt).await?;
            provider.run(request, &cancel)
        }
    };
    tokio::pin!(answered);
    let mut accepted = request.line.accepted.subscribe();
    loop {
        let now = app.now();
        if now >= row.deadline_at {
            cancel.cancel();
            drop(timeout(FAREWELL, &mut answered).await);
            return Ok(Asked::TooLate);
        }
        tokio::select! {
            outcome = &mut answered => return Ok(Asked::Answered(honest(outcome, &cancel))),
            Ok(()) = accepted.changed() => {
                let name = accepted.borrow_and_update().clone();
                attempts::accepted(app, &attempt.id, name).await?;
                continue;
            }
            () = watch.moved() => request.line.nudge.notify_one(),
            () = tokio::time::sleep(LOOK.min(row.deadline_at.since(now))) => {}
        }
        if !cancel.is_cancelled() {
            let current = generation::Entity::find_by_id(row.id.clone())
                .one(app.db.read())
                .await?;
            match current {
                Some(current) if !state::has_ended(current.status) => {
                    if current.cancel_requested_at.is_some() {
                        cancel.cancel();
                    }
                }
                // Ended by someone else: what the provider makes is not wanted.
                _ => {
                    cancel.cancel();
                    drop(timeout(FAREWELL, &mut answered).await);
                    return Ok(Asked::Answered(Err(Failure::Canceled)));
                }
            }
        }
    }
}

/// What a provider cancels that nobody asked it to cancel has failed.
fn honest(outcome: Outcome, cancel: &CancellationToken) -> Outcome {
    match outcome {
        Err(Failure::Canceled) if !cancel.is_cancelled() => {
            Err(Failure::Failed("it was canceled by the provider".to_owned()))
        }
        outcome => outcome,
    }
}
