//! The sandbox's processor: its checkout is a page of this server, its buyer a
//! developer or a test. Announcements are signed like Stripe's, over timestamp
//! and raw body, and refused when five minutes old.
//!
//! A refund of exactly [`REFUSED_AMOUNT`] minor units is refused, so that an
//! offer at that price shows what then becomes of the credits. Of a purchase for
//! exactly [`UNTOLD_AMOUNT`] it says only when it is asked that it was paid, as if its
//! word had been lost.

use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use super::gateway::{Announced, Checkout, Event, Gateway, GatewayError, NewCheckout, Query, Refund};
use crate::secrets::Secrets;

/// The header that carries `t=<seconds>,v1=<signature>`.
pub const SIGNATURE_HEADER: &str = "Tintype-Sandbox-Signature";

/// The amount whose refund is refused.
pub const REFUSED_AMOUNT: i64 = 1313;

/// The price of which it must be asked whether it was paid.
pub const UNTOLD_AMOUNT: i64 = 1414;

const TOLERANCE_SECONDS: u64 = 300;

#[derive(Clone)]
pub struct Sandbox {
    secrets: Secrets,
    public_url: String,
}

#[derive(Serialize, Deserialize)]
struct Announcement {
    id: String,
    purchase: String,
    outcome: String,
    dispute: Option<String>,
}

impl Sandbox {
    pub(super) fn new(secrets: &Secrets, public_url: &str) -> Self {
        Self {
            secrets: secrets.clone(),
            public_url: public_url.to_owned(),
        }
    }

    /// What the processor would send: body and signature header.
    #[must_use]
    pub fn announce(&self, event: &Event) -> (Vec<u8>, String) {
        let announcement = Announcement {
            id: event.id.clone(),
            purchase: event.purchase.to_string(),
            outcome: event.announced.as_str().to_owned(),
            dispute: event.dispute.clone(),
        };
        let body = serde_json::to_vec(&announcement).unwrap_or_default();
        let seconds = now_seconds();
        let signature = self.secrets.sign("sandbox_payments", &signed(seconds, &body));
        (body, format!("t={seconds},v1={signature}"))
    }
}

fn now_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}

fn signed(seconds: u64, body: &[u8]) -> Vec<u8> {
    [seconds.to_string().as_bytes(), b".", body].concat()
}

impl Gateway for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn open<'a>(&'a self, checkout: &'a NewCheckout) -> BoxFuture<'a, Result<Checkout, GatewayError>> {
        let url = format!("{}/sandbox/checkout/{}", self.public_url, checkout.purchase);
        Box::pin(std::future::ready(Ok(Checkout { url })))
    }

    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<Option<Announced>, GatewayError>> {
        let paid = (query.price.amount == UNTOLD_AMOUNT).then_some(Announced::Paid);
        Box::pin(std::future::ready(Ok(paid)))
    }

    fn refund<'a>(&'a self, refund: &'a Refund) -> BoxFuture<'a, Result<(), GatewayError>> {
        let answer = match refund.amount.amount {
            REFUSED_AMOUNT => Err(GatewayError::Refused("the amount asks for it".to_owned())),
            _ => Ok(()),
        };
        Box::pin(std::future::ready(answer))
    }

    fn read(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        body: &[u8],
    ) -> Result<Option<Event>, GatewayError> {
        let header = header(SIGNATURE_HEADER).ok_or(GatewayError::BadSignature)?;
        let (time, signature) = header
            .strip_prefix("t=")
            .and_then(|rest| rest.split_once(",v1="))
            .and_then(|(time, signature)| Some((time.parse::<u64>().ok()?, signature)))
            .ok_or(GatewayError::BadSignature)?;
        if time.abs_diff(now_seconds()) > TOLERANCE_SECONDS
            || !self
                .secrets
                .verify("sandbox_payments", &signed(time, body), signature)
        {
            return Err(GatewayError::BadSignature);
        }
        let announcement: Announcement =
            serde_json::from_slice(body).map_err(|_| GatewayError::Unreadable)?;
        let Some(announced) = Announced::parse(&announcement.outcome) else {
            return Ok(None);
        };
        let purchase = announcement
            .purchase
            .parse()
            .map_err(|_| GatewayError::Unreadable)?;
        Ok(Some(Event {
            id: announcement.id,
            purchase,
            announced,
            dispute: announcement.dispute,
        }))
    }
}
