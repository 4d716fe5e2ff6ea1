//! The contract's other direction: what we post, one webhook a type of event.

use poem_openapi::Webhook;
use poem_openapi::param::Header;
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaWebhook, Registry};

use super::snapshots::{
    BatchWebhook, EndpointWebhook, GenerationWebhook, KeyCapWebhook, KeyLeakedWebhook, PurchaseWebhook,
};
use crate::http::Tag;

/// All that is posted to endpoints.
pub struct Hooks;

// Poem takes one webhook a trait and method, so each has a trait.
macro_rules! hooks {
    ($($(#[$doc:meta])* $name:literal $hook:ident $body:ident;)*) => {
        $(
            #[Webhook(tag = "Tag::Webhooks")]
            #[allow(dead_code)]
            trait $hook: Sync {
                $(#[$doc])*
                #[oai(name = $name, method = "post", operation_id = $name)]
                fn post(
                    &self,
                    /// The event's id, the same on every attempt.
                    #[oai(name = "webhook-id")] id: Header<String>,
                    /// When this attempt was sent, in seconds since 1970.
                    #[oai(name = "webhook-timestamp")] timestamp: Header<i64>,
                    /// One or more of `v1,` and a signature, parted by spaces.
                    #[oai(name = "webhook-signature")] signature: Header<String>,
                    body: Json<$body>,
                );
            }
        )*

        impl Webhook for Hooks {
            fn meta() -> Vec<MetaWebhook> {
                let mut all = Vec::new();
                $(all.extend(<&dyn $hook as Webhook>::meta());)*
                all
            }

            fn register(registry: &mut Registry) {
                $(<&dyn $hook as Webhook>::register(registry);)*
            }
        }
    };
}

hooks! {
    /// A generation began
    ///
    /// It was given to a provider.
    "generation.started" GenerationStarted GenerationWebhook;
    /// A generation succeeded
    ///
    /// Its outputs are there, and it was charged.
    "generation.succeeded" GenerationSucceeded GenerationWebhook;
    /// A generation failed
    ///
    /// Nothing was charged; `error` says why.
    "generation.failed" GenerationFailed GenerationWebhook;
    /// A generation was canceled
    ///
    /// Nothing was charged.
    "generation.canceled" GenerationCanceled GenerationWebhook;
    /// A generation expired
    ///
    /// It did not end before its deadline. Nothing was charged.
    "generation.expired" GenerationExpired GenerationWebhook;
    /// A batch ended
    ///
    /// All its generations have ended; its results can be had.
    "batch.ended" BatchEnded BatchWebhook;
    /// A key's cap is near
    ///
    /// 50, 80 or 100 % of what the key may spend are spent or set aside.
    "key.cap_reached" KeyCapReached KeyCapWebhook;
    /// A key leaked
    ///
    /// Its secret was found where others can read it, and the key was revoked.
    "key.leaked" KeyLeaked KeyLeakedWebhook;
    /// A purchase was paid
    ///
    /// Its credits can be spent.
    "purchase.paid" PurchasePaid PurchaseWebhook;
    /// A purchase was refunded
    ///
    /// What was left of its credits is gone.
    "purchase.refunded" PurchaseRefunded PurchaseWebhook;
    /// A purchase is disputed
    ///
    /// The buyer's bank asks for the money back. What is left of its credits is gone until the dispute is settled.
    "purchase.disputed" PurchaseDisputed PurchaseWebhook;
    /// A dispute was won
    ///
    /// The payment stands: the credits that the dispute took are back.
    "purchase.dispute_won" PurchaseDisputeWon PurchaseWebhook;
    /// A dispute was lost
    ///
    /// The money went back to the buyer, and what was left of the credits is gone for good.
    "purchase.dispute_lost" PurchaseDisputeLost PurchaseWebhook;
    /// An endpoint was disabled
    ///
    /// It failed for five days or answered 410. Your other endpoints are told.
    "webhook_endpoint.disabled" WebhookEndpointDisabled EndpointWebhook;
    /// A test
    ///
    /// You asked for it.
    "webhook_endpoint.test" WebhookEndpointTest EndpointWebhook;
}
