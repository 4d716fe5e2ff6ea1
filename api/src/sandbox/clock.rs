//! Moving the clock: ahead, by the calendar, for all processes at once.

use std::time::Duration;

use entity::{Timestamp, sandbox_clock};
use jiff::Span;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::RunDue;
use crate::app::App;
use crate::signals::Signal;

/// How far ahead of the system's time the clock may be in all: a hundred years.
const MOST: Duration = Duration::from_secs(36_525 * 24 * 3600);

#[derive(Debug, thiserror::Error)]
pub enum AdvanceError {
    #[error("it is no ISO 8601 period")]
    NoPeriod,
    #[error("the clock never goes back")]
    Back,
    #[error("it would be too far ahead")]
    TooFar,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Moves the clock, runs what is due by then, and says what time it is.
///
/// # Errors
/// When `advance` is no period, or one that leads back or too far.
pub async fn advance(app: &App, run_due: &RunDue, advance: &str) -> Result<Timestamp, AdvanceError> {
    let period = period(advance)?;
    let tx = app.db.begin().await?;
    // Locked: of two moves at once both count.
    let ahead = sandbox_clock::Entity::find_by_id(1)
        .lock_exclusive()
        .one(&tx)
        .await?
        .map_or(0, |row| row.ahead_micros);
    // Another process may have moved it since this one looked.
    app.clock.set_ahead(ahead);
    let moved = ahead_after(ahead, app.now(), &period)?;
    sandbox_clock::Entity::update_many()
        .col_expr(sandbox_clock::Column::AheadMicros, Expr::value(moved))
        .filter(sandbox_clock::Column::Id.eq(1))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    app.clock.set_ahead(moved);
    app.signals.tell(Signal::ClockMoved);
    run_due.run(app).await;
    Ok(app.now())
}

fn period(text: &str) -> Result<Span, AdvanceError> {
    // jiff also reads `30 days`, which the contract doesn't offer.
    let iso = text.trim_start_matches(['-', '+']).starts_with(['P', 'p']);
    let span: Span = text.parse().ok().filter(|_| iso).ok_or(AdvanceError::NoPeriod)?;
    if span.is_negative() {
        return Err(AdvanceError::Back);
    }
    Ok(span)
}

fn ahead_after(ahead: i64, now: Timestamp, period: &Span) -> Result<i64, AdvanceError> {
    let then = now.plus_period(period).map_err(|_| AdvanceError::TooFar)?;
    let moved = ahead.saturating_add(then.micros() - now.micros());
    match u64::try_from(moved) {
        Ok(micros) if Duration::from_micros(micros) <= MOST => Ok(moved),
        _ => Err(AdvanceError::TooFar),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(ahead_days: i64, text: &str) -> Result<i64, AdvanceError> {
        let leap: Timestamp = "2028-02-29T00:00:00Z".parse().unwrap();
        let micros = 86_400_000_000;
        Ok(ahead_after(ahead_days * micros, leap, &period(text)?)? / micros)
    }

    #[test]
    fn it_moves_by_the_calendar() {
        assert_eq!(moved(0, "P30D").unwrap(), 30);
        assert_eq!(moved(1, "P1Y").unwrap(), 366);
        assert_eq!(moved(0, "P1M").unwrap(), 29);
        assert_eq!(moved(0, "PT48H").unwrap(), 2);
        assert_eq!(moved(7, "PT0S").unwrap(), 7);
    }

    #[test]
    fn it_never_goes_back_or_out_of_sight() {
        assert!(matches!(moved(9, "-P1D"), Err(AdvanceError::Back)));
        assert!(matches!(
            moved(9, "P-1D"),
            Err(AdvanceError::Back | AdvanceError::NoPeriod)
        ));
        assert!(matches!(moved(36_525, "P1D"), Err(AdvanceError::TooFar)));
        assert!(matches!(moved(0, "P101Y"), Err(AdvanceError::TooFar)));
        assert!(matches!(
            moved(0, "P9999999Y"),
            Err(AdvanceError::TooFar | AdvanceError::NoPeriod)
        ));
    }

    #[test]
    fn anything_else_is_no_period() {
        for text in ["", "30", "30 days", "P", "tomorrow", "P1X", "-", "5m ago"] {
            assert!(matches!(moved(0, text), Err(AdvanceError::NoPeriod)), "{text}");
        }
    }
}
