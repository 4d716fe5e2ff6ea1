//! The generation that the contract shows: a picture that came out.

use std::collections::BTreeMap;

use entity::Credits;
use entity::generation::{Kind, Status};
use poem_openapi::types::Example;

use super::view::{Cost, EventType, GenerationEvent, ModelNames, Output, Provenance, View};
use crate::catalog::GenerationInput;
use crate::http::example::{MOMENT, SHA256, after, file_link, id};

const ONE: Credits = Credits::from_micro(1_000_000);

impl Example for View {
    fn example() -> Self {
        Self {
            id: id("gen"),
            kind: Kind::Image,
            status: Status::Succeeded,
            model: ModelNames {
                asked: "sandbox-image".to_owned(),
                resolved: "sandbox-image".to_owned(),
            },
            input: GenerationInput {
                size: Some("1024x1024".to_owned()),
                quality: Some("medium".to_owned()),
                format: Some("png".to_owned()),
                seed: Some(2_791_841_014),
                ..GenerationInput::example()
            },
            outputs: vec![Output::example()],
            text: None.into(),
            progress: 100,
            error: None.into(),
            cost: Cost {
                estimated: ONE,
                held: ONE,
                captured: ONE,
                released: Credits::ZERO,
                price_version: "2026-11-21".to_owned(),
            },
            provenance: Provenance {
                ai_generated: true,
                provider: Some("sandbox".to_owned()).into(),
                countries: vec!["ZZ".to_owned()],
            },
            metadata: BTreeMap::new(),
            end_user: Some("customer-7".to_owned()).into(),
            saved: false,
            key_id: Some(id("key")).into(),
            batch_id: None.into(),
            livemode: false,
            created_at: MOMENT,
            started_at: Some(after(4)).into(),
            ended_at: Some(after(190)).into(),
            deadline_at: after(300_000),
            cancel_requested_at: None.into(),
            erased_at: None.into(),
        }
    }
}

impl Example for Output {
    fn example() -> Self {
        Self {
            file_id: id("file"),
            content_type: "image/png".to_owned(),
            bytes: 1_368_426,
            sha256: SHA256.to_owned(),
            width: Some(1024).into(),
            height: Some(1024).into(),
            seconds: None.into(),
            url: file_link(),
            expires_at: after(3_600_000),
        }
    }
}

impl Example for GenerationEvent {
    fn example() -> Self {
        Self {
            kind: EventType::Succeeded,
            at: after(190),
            generation: View::example(),
        }
    }
}
