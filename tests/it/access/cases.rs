//! Each operation, what it needs, and what its path names.

use harness::{Account, Answer, TestApp, text};
use serde_json::{Value, json};

use Thing::{
    Answered, Batch, Delivery, Endpoint, Estimate, Event, File, Generation, Identity, Key, Model, Nothing,
    Purchase, Purpose, Session, Unconfirmed,
};

/// Each operation that needs credentials: its scope, and what its path names.
pub const CASES: &[(&str, &str, Thing)] = &[
    ("account.agree", SESSION, Nothing),
    ("account.change_email", SESSION, Nothing),
    ("account.close", SESSION, Nothing),
    ("account.confirm_email", SESSION, Nothing),
    ("account.get", ANY, Nothing),
    ("account.update", SESSION, Nothing),
    ("auth.logout", SESSION, Nothing),
    ("auth.password_change", SESSION, Nothing),
    ("auth.step_up", SESSION, Nothing),
    ("batches.cancel", "generations:write", Batch),
    ("batches.create", "generations:write", Nothing),
    ("batches.download_results", "generations:read", Batch),
    ("batches.get", "generations:read", Batch),
    ("batches.list", "generations:read", Nothing),
    ("batches.results", "generations:read", Batch),
    ("consents.get", "data_rights:read", Purpose),
    ("consents.list", "data_rights:read", Nothing),
    ("consents.set", "data_rights:write", Purpose),
    ("credits.get", "credits:read", Nothing),
    ("credits.grants", "credits:read", Nothing),
    ("credits.ledger", "credits:read", Nothing),
    ("data_rights.archive", "data_rights:read", Answered),
    ("data_rights.create", "data_rights:write", Nothing),
    ("data_rights.get", "data_rights:read", Answered),
    ("data_rights.list", "data_rights:read", Nothing),
    // A link's token opens it too, so the contract can't demand the scope.
    ("data_rights.receipt", "data_rights:read", Answered),
    ("data_rights.verify", "data_rights:write", Unconfirmed),
    ("data_rights.withdraw", "data_rights:write", Unconfirmed),
    ("estimates.create", "generations:write", Nothing),
    ("estimates.get", "generations:read", Estimate),
    // As with a receipt.
    ("events.get", "webhooks:read", Event),
    ("events.list", "webhooks:read", Nothing),
    ("files.content", "files:read", File),
    ("files.get", "files:read", File),
    ("generations.cancel", "generations:write", Generation),
    ("generations.create", "generations:write", Nothing),
    ("generations.delete", "generations:write", Generation),
    ("generations.events", "generations:read", Generation),
    ("generations.get", "generations:read", Generation),
    ("generations.list", "generations:read", Nothing),
    ("identities.create", SESSION, Nothing),
    ("identities.delete", SESSION, Identity),
    ("identities.list", ANY, Nothing),
    ("keys.create", "keys:write", Nothing),
    ("keys.get", "keys:read", Key),
    ("keys.list", "keys:read", Nothing),
    ("keys.revoke", "keys:write", Key),
    ("keys.rotate", "keys:write", Key),
    ("keys.self", ANY, Nothing),
    ("keys.update", "keys:write", Key),
    ("oauth.link", SESSION, Nothing),
    ("purchases.create", "purchases:write", Nothing),
    ("purchases.get", "purchases:read", Purchase),
    ("purchases.list", "purchases:read", Nothing),
    ("purchases.receipt", "purchases:read", Purchase),
    ("purchases.refund", "purchases:write", Purchase),
    ("sessions.end", SESSION, Session),
    ("sessions.list", SESSION, Nothing),
    ("totp.begin", SESSION, Nothing),
    ("totp.confirm", SESSION, Nothing),
    ("totp.get", ANY, Nothing),
    ("totp.remove", SESSION, Nothing),
    ("totp.renew_recovery_codes", SESSION, Nothing),
    ("usage.list", "usage:read", Nothing),
    ("webhook_deliveries.get", "webhooks:read", Delivery),
    ("webhook_deliveries.list", "webhooks:read", Nothing),
    ("webhook_deliveries.replay", "webhooks:write", Delivery),
    ("webhook_endpoints.create", "webhooks:write", Nothing),
    ("webhook_endpoints.default_secret", "webhooks:write", Nothing),
    ("webhook_endpoints.delete", "webhooks:write", Endpoint),
    ("webhook_endpoints.deliveries", "webhooks:read", Endpoint),
    ("webhook_endpoints.get", "webhooks:read", Endpoint),
    ("webhook_endpoints.list", "webhooks:read", Nothing),
    ("webhook_endpoints.replay", "webhooks:write", Endpoint),
    (
        "webhook_endpoints.rotate_default_secret",
        "webhooks:write",
        Nothing,
    ),
    ("webhook_endpoints.rotate_secret", "webhooks:write", Endpoint),
    ("webhook_endpoints.test", "webhooks:write", Endpoint),
    ("webhook_endpoints.update", "webhooks:write", Endpoint),
];

/// Each operation that needs none: why, and what a stranger is answered.
pub const OPEN: &[(&str, &str, Thing, u16)] = &[
    (
        "account.reactivate",
        "who opens a closed account has no credentials left",
        Nothing,
        200,
    ),
    ("auth.login", "who signs in has no credentials yet", Nothing, 200),
    (
        "auth.password_forgot",
        "nor has who forgot the password",
        Nothing,
        202,
    ),
    (
        "auth.password_reset",
        "nor who got a code for another",
        Nothing,
        422,
    ),
    ("auth.refresh", "a refresh token is the credential", Nothing, 401),
    ("auth.register", "nor has who signs up", Nothing, 202),
    (
        "auth.requirements",
        "it is asked before anyone signs up",
        Nothing,
        200,
    ),
    ("auth.verify_email", "nor who proves an address", Nothing, 422),
    (
        "keys.report_leak",
        "who found a secret could do worse with it",
        Nothing,
        204,
    ),
    ("models.get", "anyone may see what is offered", Model, 200),
    ("models.list", "anyone may see what is offered", Nothing, 200),
    (
        "oauth.providers",
        "who signs in has no credentials yet",
        Nothing,
        200,
    ),
    ("oauth.token", "nor has who brings a code", Nothing, 422),
    ("offers.list", "and what it costs", Nothing, 200),
    ("sandbox.checkout", "a buyer has no account here", Purchase, 200),
    ("sandbox.clock", "the sandbox guards nothing", Nothing, 200),
    ("sandbox.outbox", "the sandbox guards nothing", Nothing, 200),
];

/// By what the owner's things are known in an answer, and the scopes that may be shown it.
pub const MARKS: &[(&str, &[&str])] = &[
    ("a marked prompt", &["generations:read"]),
    ("a marked order", &["generations:read"]),
    ("a marked person", &["generations:read", "usage:read"]),
    ("/content?token=", &["generations:read", "files:read"]),
    ("a marked key", &["keys:read", "keys:write"]),
    ("tt_test_", &["keys:write"]),
    ("whsec_", &["webhooks:write"]),
    ("marked.example/hooks", &["webhooks:read", "webhooks:write"]),
    ("marked.example/thanks", &["purchases:read", "purchases:write"]),
];

/// Any key or session will do.
pub const ANY: &str = "any";
/// A session will do, and no key.
pub const SESSION: &str = "a session";

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Nothing,
    Model,
    Generation,
    Estimate,
    /// One that has ended.
    Batch,
    File,
    Purchase,
    Key,
    /// At a provider that the owner signs in with.
    Identity,
    /// One that is open besides.
    Session,
    Event,
    /// That is sent nothing by itself.
    Endpoint,
    /// That failed and is not tried again.
    Delivery,
    /// A request for a copy of all data, fulfilled.
    Answered,
    /// One that waits for its code.
    Unconfirmed,
    /// Of a consent: the same for everyone.
    Purpose,
}

impl Thing {
    /// One of the owner's, in test mode.
    pub async fn make(self, app: &TestApp, owner: &Account) -> String {
        let made = match self {
            Nothing => json!(""),
            Model => json!("sandbox-image"),
            Purpose => json!("marketing"),
            Generation => marked(app, owner).await["id"].clone(),
            Batch => {
                let one = json!({
                    "model": "sandbox-text", "input": {"prompt": "a marked prompt"}, "end_user": "a marked person",
                });
                let body = json!({"generations": [one], "metadata": {"order": "a marked order"}});
                let asked = app.post("/v1/batches", &owner.key, &body).await.expect(202);
                app.batch_ended(&owner.key, &asked["id"]).await["id"].clone()
            }
            File => marked(app, owner).await["outputs"][0]["file_id"].clone(),
            Purchase => {
                let body = json!({
                    "offer": "pack-100",
                    "success_url": "https://marked.example/thanks", "cancel_url": "https://studio.example/",
                });
                let bought = app.post("/v1/purchases", &owner.key, &body).await.expect(201);
                let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
                let paid = app.post(&checkout, "", &json!({"outcome": "paid"})).await;
                paid.expect(200)["id"].clone()
            }
            Estimate => {
                let one = json!({"model": "sandbox-image", "input": {"prompt": "a lighthouse"}});
                let made = app
                    .post("/v1/estimates", &owner.key, &json!({"generations": [one]}))
                    .await;
                made.expect(201)["id"].clone()
            }
            Key => {
                let body = json!({"name": "a marked key", "scopes": ["files:read"]});
                app.post("/v1/keys", &owner.key, &body).await.expect(201)["id"].clone()
            }
            Identity => {
                let code = app.code_to_link(&owner.session, "google").await;
                app.link(&owner.session, &code).await.expect(201)["id"].clone()
            }
            Session => {
                let login = json!({"email": owner.email, "password": owner.password});
                let opened = app.post("/v1/auth/login", "", &login).await;
                opened.expect(200)["session_id"].clone()
            }
            Event => {
                marked(app, owner).await;
                app.advance("PT0S").await;
                let page = app.get("/v1/events", &owner.key).await.expect(200);
                page["data"][0]["id"].clone()
            }
            Endpoint => {
                // Made when it is first wanted, and there from then on.
                let secret = app.get("/v1/webhook-endpoints/default-secret", &owner.key).await;
                secret.expect(200);
                let body =
                    json!({"url": "https://marked.example/hooks", "events": ["webhook_endpoint.disabled"]});
                let made = app.post("/v1/webhook-endpoints", &owner.key, &body).await;
                made.expect(201)["id"].clone()
            }
            Delivery => {
                let body = json!({"url": "https://marked.example/hooks", "events": ["batch.ended"]});
                let made = app.post("/v1/webhook-endpoints", &owner.key, &body).await;
                let path = format!("/v1/webhook-endpoints/{}", text(&made.expect(201)["id"]));
                let test = app.post(&format!("{path}/test"), &owner.key, &json!(null)).await;
                test.expect(202);
                app.advance("PT0S").await;
                let log = app
                    .get(&format!("{path}/deliveries"), &owner.key)
                    .await
                    .expect(200);
                log["data"][0]["id"].clone()
            }
            // One of each is enough, and more would be refused.
            Answered => match request(app, owner, "fulfilled").await {
                Some(id) => id,
                None => {
                    let id = ask_for_a_copy(app, owner).await;
                    let path = format!("/v1/data-rights/requests/{}/verify", text(&id));
                    let code = code_for_a_copy(app, owner).await;
                    app.post(&path, &owner.key, &code).await.expect(200);
                    while request(app, owner, "fulfilled").await.is_none() {
                        app.advance("PT0S").await;
                    }
                    id
                }
            },
            Unconfirmed => match request(app, owner, "awaiting_verification").await {
                Some(id) => id,
                None => {
                    while request(app, owner, "in_progress").await.is_some() {
                        app.advance("PT0S").await;
                    }
                    ask_for_a_copy(app, owner).await
                }
            },
        };
        text(&made).to_owned()
    }
}

/// A picture that was made for somebody.
async fn marked(app: &TestApp, owner: &Account) -> Value {
    let body = json!({
        "model": "sandbox-image", "input": {"prompt": "a marked prompt", "size": "256x256"},
        "metadata": {"order": "a marked order"}, "end_user": "a marked person",
    });
    let request = app.ask(&owner.key, &body).header("Prefer", "wait=60");
    Answer::of(request).await.expect(201)
}

/// The owner's request for a copy of all data that has this status.
async fn request(app: &TestApp, owner: &Account, status: &str) -> Option<Value> {
    let page = app.get("/v1/data-rights/requests", &owner.key).await.expect(200);
    let mut all = page["data"].as_array().expect("a page").iter();
    let found = all.find(|request| request["type"] == "access" && request["status"] == status);
    found.map(|request| request["id"].clone())
}

async fn ask_for_a_copy(app: &TestApp, owner: &Account) -> Value {
    let body = json!({"type": "access"});
    let asked = app.post("/v1/data-rights/requests", &owner.key, &body).await;
    asked.expect(202)["id"].clone()
}

/// What confirms the newest request for a copy.
pub async fn code_for_a_copy(app: &TestApp, owner: &Account) -> Value {
    let mails = app.mails(&owner.email).await;
    let mut texts = mails.iter().map(|mail| text(&mail["text"]));
    let letter = texts.find(|text| text.contains("a copy of all data"));
    json!({"code": harness::code_in(letter.expect("a mail"))})
}
