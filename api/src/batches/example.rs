//! The batch that the contract shows: two pictures, of which one came out.

use std::collections::BTreeMap;

use entity::Credits;
use poem_openapi::types::Example;

use super::view::{BatchCost, BatchCounts, BatchResult, BatchStatus, View};
use crate::generations::view::View as Generation;
use crate::http::example::{MOMENT, after, id};

impl Example for View {
    fn example() -> Self {
        let credits = |whole: i64| Credits::from_micro(whole * 1_000_000);
        Self {
            id: id("bat"),
            status: BatchStatus::Ended,
            counts: BatchCounts {
                total: 2,
                queued: 0,
                running: 0,
                succeeded: 1,
                failed: 1,
                canceled: 0,
                expired: 0,
            },
            progress: 100,
            cost: BatchCost {
                held: credits(2),
                captured: credits(1),
                released: credits(1),
            },
            metadata: BTreeMap::new(),
            key_id: Some(id("key")).into(),
            livemode: false,
            created_at: MOMENT,
            cancel_requested_at: None.into(),
            ended_at: Some(after(190)).into(),
        }
    }
}

impl Example for BatchResult {
    fn example() -> Self {
        Self {
            position: 0,
            reference: Some("page-1".to_owned()).into(),
            generation: Generation::example(),
        }
    }
}
