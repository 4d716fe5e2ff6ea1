//! What a request would cost and what stands against it, as data.

pub mod view;

use super::check::{Checked, CreateError, Priced};
use super::refusals::refusal;
use super::wanted::Wanted;
use crate::catalog::price;
use view::{AppliedMultiplier, Blocker, EstimateLine, EstimatedGeneration};

/// What was asked, as it would be priced.
#[must_use]
pub fn show(wanted: &Wanted, checked: Checked) -> EstimatedGeneration {
    let Checked { priced, refusals } = checked;
    EstimatedGeneration {
        model: wanted.model.clone(),
        blockers: refusals.into_iter().map(blocker).collect(),
        ..of_price(wanted, priced.as_ref())
    }
}

/// What nothing stands against.
#[must_use]
pub fn of_price(wanted: &Wanted, priced: Option<&Priced>) -> EstimatedGeneration {
    EstimatedGeneration {
        model: wanted.model.clone(),
        model_resolved: priced.map(|priced| priced.model.row.id.clone()).into(),
        price_version: priced.map(|priced| priced.price_version.clone()).into(),
        min: priced.map(|priced| priced.least).into(),
        max: priced.map(|priced| priced.estimated).into(),
        lines: priced
            .map(|priced| priced.lines.iter().map(line).collect())
            .unwrap_or_default(),
        blockers: Vec::new(),
    }
}

/// What could not even be read as a request for a generation.
#[must_use]
pub fn unreadable(model: String, refusal: CreateError) -> EstimatedGeneration {
    EstimatedGeneration {
        model,
        model_resolved: None.into(),
        price_version: None.into(),
        min: None.into(),
        max: None.into(),
        lines: Vec::new(),
        blockers: vec![blocker(refusal)],
    }
}

/// Why a request would be refused.
#[must_use]
pub fn blocker(error: CreateError) -> Blocker {
    let problem = refusal(error);
    Blocker {
        code: problem.code,
        detail: problem.detail.into_owned(),
        errors: problem.errors,
        context: problem.context.into_iter().collect(),
    }
}

fn line(line: &price::Priced) -> EstimateLine {
    EstimateLine {
        unit: line.unit.into(),
        quantity: line.quantity,
        credits: line.credits,
        multipliers: line
            .factors
            .iter()
            .map(|each| AppliedMultiplier {
                field: each.field.clone(),
                value: each.value.clone(),
                factor: each.factor,
            })
            .collect(),
        subtotal: line.subtotal,
    }
}
