//! A generation as it goes on: a stream that its reader can take up again.
//!
//! A step's event has the step's number as its id, so whoever comes back with
//! `Last-Event-ID`, to this process or another, gets the steps after it and no
//! other. Progress between the steps has no id: it is told when it is there, and
//! never again.

use std::sync::Arc;
use std::time::Duration;

use entity::generation::{self, Status};
use entity::{GenerationId, Timestamp};
use futures_util::stream::{self, Stream};
use sea_orm::{DbErr, EntityTrait as _};
use tokio::time::{Interval, MissedTickBehavior, interval_at, sleep};

use super::state;
use super::view::{self, EventType, GenerationEvent};
use super::wait::{Step, stage, steps};
use crate::app::App;
use crate::catalog::Catalog;
use crate::signals::Watch;

/// How long after an error it is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// What the reader of a stream is told next.
pub enum Told {
    /// With its id, if it is a step.
    Events(Vec<(Option<u8>, GenerationEvent)>),
    /// Nothing has happened; the line is alive.
    Heartbeat,
}

/// Why a stream ends before its generation does.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub enum Cut {
    #[error("the server stops")]
    Stopping,
    #[error("the generation is there no more")]
    Gone,
}

/// Tells of a generation from behind the step `after` on, until it ends.
pub fn follow(
    app: App,
    catalog: Arc<Catalog>,
    row: generation::Model,
    after: u8,
) -> impl Stream<Item = Result<Told, Cut>> {
    let heartbeat = Duration::from_secs(app.config.limits.heartbeat_seconds);
    let mut beat = interval_at(tokio::time::Instant::now() + heartbeat, heartbeat);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let follower = Follower {
        watch: app.signals.watch(&row.id),
        id: row.id,
        app,
        catalog,
        beat,
        sent: after,
        progress: row.progress,
        stage: None,
        over: false,
    };
    stream::unfold(follower, async |mut follower| {
        let told = follower.next().await?;
        Some((told, follower))
    })
}

struct Follower {
    app: App,
    catalog: Arc<Catalog>,
    id: GenerationId,
    watch: Watch,
    beat: Interval,
    /// The last step that was told.
    sent: u8,
    /// The last progress that was told.
    progress: i32,
    /// How far it was when it was last looked at; `None`: not yet.
    stage: Option<i64>,
    over: bool,
}

impl Follower {
    async fn next(&mut self) -> Option<Result<Told, Cut>> {
        if self.over {
            return None;
        }
        let shutdown = self.app.shutdown.clone();
        loop {
            if let Some(stage) = self.stage {
                tokio::select! {
                    // What has ended is told before all else.
                    biased;
                    () = self.watch.further_than(stage) => {}
                    // An end that is none: clients come back for the rest.
                    () = shutdown.cancelled() => return self.cut(Cut::Stopping),
                    _ = self.beat.tick() => return Some(Ok(Told::Heartbeat)),
                }
            }
            // Boxed, so that who waits takes no room for it.
            match Box::pin(self.look()).await {
                Ok(Some(told)) => return Some(told),
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "a stream could not be continued; trying again");
                    self.stage = None;
                    sleep(PAUSE).await;
                    if shutdown.is_cancelled() {
                        return self.cut(Cut::Stopping);
                    }
                }
            }
        }
    }

    fn cut(&mut self, cut: Cut) -> Option<Result<Told, Cut>> {
        self.over = true;
        Some(Err(cut))
    }

    /// What has happened since the last time.
    async fn look(&mut self) -> Result<Option<Result<Told, Cut>>, DbErr> {
        let row = generation::Entity::find_by_id(self.id.clone())
            .one(self.app.db.read())
            .await?;
        let Some(row) = row else {
            return Ok(self.cut(Cut::Gone));
        };
        let first = self.stage.is_none();
        self.stage = Some(stage(row.status, row.progress));
        let missed: Vec<Step> = steps(&row)
            .into_iter()
            .filter(|step| step.number > self.sent)
            .collect();
        let ended = state::has_ended(row.status);
        let progressed = row.status == Status::Running && row.progress > self.progress;
        if missed.is_empty() && !progressed && !ended {
            // The first answer is given at once: it says that the line is open.
            return Ok(first.then_some(Ok(Told::Heartbeat)));
        }
        self.progress = row.progress;
        let told_now = self.app.now();
        let shown = view::show_one(&self.app, &self.catalog, row).await?;
        let event = |kind: EventType, at: Timestamp| GenerationEvent {
            kind,
            at,
            generation: shown.clone(),
        };
        let mut events: Vec<_> = missed
            .iter()
            .map(|step| (Some(step.number), event(EventType::of(step.status), step.at)))
            .collect();
        if events.is_empty() && progressed {
            events.push((None, event(EventType::Progress, told_now)));
        }
        self.sent = missed.last().map_or(self.sent, |step| step.number);
        self.over = ended;
        Ok(Some(Ok(Told::Events(events))))
    }
}
