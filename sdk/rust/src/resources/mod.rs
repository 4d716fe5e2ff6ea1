// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! The resources of the API: one for each chapter of its reference, with a method for each
//! operation.

pub mod account;
pub mod auth;
pub mod batches;
pub mod consents;
pub mod credits;
pub mod data_rights;
pub mod estimates;
pub mod events;
pub mod files;
pub mod generations;
pub mod identities;
pub mod keys;
pub mod models;
pub mod oauth;
pub mod offers;
pub mod purchases;
pub mod sandbox;
pub mod sessions;
pub mod totp;
pub mod usage;
pub mod webhook_deliveries;
pub mod webhook_endpoints;

use crate::runtime::{Api, Tintype};

impl Tintype {
    /// What can be made, by whom, where and for how much. Models are configuration: ask for the
    /// list instead of writing it down.
    #[must_use]
    pub fn models(&self) -> models::ModelsResource {
        models::ModelsResource::of(&Api(self.transport.clone()))
    }

    /// Images, videos, speech and text. A generation is accepted at once, made in the background,
    /// and costs nothing unless it succeeds.
    #[must_use]
    pub fn generations(&self) -> generations::GenerationsResource {
        generations::GenerationsResource::of(&Api(self.transport.clone()))
    }

    /// What generations would cost, line by line, before any is made; and a price that holds for a
    /// quarter of an hour.
    #[must_use]
    pub fn estimates(&self) -> estimates::EstimatesResource {
        estimates::EstimatesResource::of(&Api(self.transport.clone()))
    }

    /// Many generations at once: accepted together, held for together, told of together.
    #[must_use]
    pub fn batches(&self) -> batches::BatchesResource {
        batches::BatchesResource::of(&Api(self.transport.clone()))
    }

    /// What generations made. Links are ours and short-lived, and die when the file is erased.
    #[must_use]
    pub fn files(&self) -> files::FilesResource {
        files::FilesResource::of(&Api(self.transport.clone()))
    }

    /// The balance, the lots that it consists of, and every movement of it.
    #[must_use]
    pub fn credits(&self) -> credits::CreditsResource {
        credits::CreditsResource::of(&Api(self.transport.clone()))
    }

    /// What was made and what it cost, by day, model, key and end user.
    #[must_use]
    pub fn usage(&self) -> usage::UsageResource {
        usage::UsageResource::of(&Api(self.transport.clone()))
    }

    /// Offers and purchases of credits.
    #[must_use]
    pub fn offers(&self) -> offers::OffersResource {
        offers::OffersResource::of(&Api(self.transport.clone()))
    }

    /// Offers and purchases of credits.
    #[must_use]
    pub fn purchases(&self) -> purchases::PurchasesResource {
        purchases::PurchasesResource::of(&Api(self.transport.clone()))
    }

    /// What happened, pushed to your own addresses or pulled: each event at least once, signed, and
    /// in both cases with the same id.
    #[must_use]
    pub fn events(&self) -> events::EventsResource {
        events::EventsResource::of(&Api(self.transport.clone()))
    }

    /// What happened, pushed to your own addresses or pulled: each event at least once, signed, and
    /// in both cases with the same id.
    #[must_use]
    pub fn webhook_endpoints(&self) -> webhook_endpoints::WebhookEndpointsResource {
        webhook_endpoints::WebhookEndpointsResource::of(&Api(self.transport.clone()))
    }

    /// What happened, pushed to your own addresses or pulled: each event at least once, signed, and
    /// in both cases with the same id.
    #[must_use]
    pub fn webhook_deliveries(&self) -> webhook_deliveries::WebhookDeliveriesResource {
        webhook_deliveries::WebhookDeliveriesResource::of(&Api(self.transport.clone()))
    }

    /// API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data
    /// only and spends test credits.
    #[must_use]
    pub fn keys(&self) -> keys::KeysResource {
        keys::KeysResource::of(&Api(self.transport.clone()))
    }

    /// Signing up, signing in, and the account itself.
    #[must_use]
    pub fn auth(&self) -> auth::AuthResource {
        auth::AuthResource::of(&Api(self.transport.clone()))
    }

    /// Signing up, signing in, and the account itself.
    #[must_use]
    pub fn account(&self) -> account::AccountResource {
        account::AccountResource::of(&Api(self.transport.clone()))
    }

    /// Signing up, signing in, and the account itself.
    #[must_use]
    pub fn oauth(&self) -> oauth::OauthResource {
        oauth::OauthResource::of(&Api(self.transport.clone()))
    }

    /// Signing up, signing in, and the account itself.
    #[must_use]
    pub fn identities(&self) -> identities::IdentitiesResource {
        identities::IdentitiesResource::of(&Api(self.transport.clone()))
    }

    /// Signing up, signing in, and the account itself.
    #[must_use]
    pub fn sessions(&self) -> sessions::SessionsResource {
        sessions::SessionsResource::of(&Api(self.transport.clone()))
    }

    /// Signing up, signing in, and the account itself.
    #[must_use]
    pub fn totp(&self) -> totp::TotpResource {
        totp::TotpResource::of(&Api(self.transport.clone()))
    }

    /// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
    #[must_use]
    pub fn data_rights(&self) -> data_rights::DataRightsResource {
        data_rights::DataRightsResource::of(&Api(self.transport.clone()))
    }

    /// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
    #[must_use]
    pub fn consents(&self) -> consents::ConsentsResource {
        consents::ConsentsResource::of(&Api(self.transport.clone()))
    }

    /// Beside the API, and only where nothing is real: move the clock, read what was mailed, play
    /// the buyer and the payment processor. None of it needs credentials. In production none of it
    /// exists.
    #[must_use]
    pub fn sandbox(&self) -> sandbox::SandboxResource {
        sandbox::SandboxResource::of(&Api(self.transport.clone()))
    }
}
