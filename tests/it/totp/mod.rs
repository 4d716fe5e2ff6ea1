//! Authenticator apps and recovery codes: set up, asked for at every way in,
//! replayed, guessed, and gone with the account. And what takes a fresh proof.

mod guesses;
mod life;
mod proofs;

use std::net::IpAddr;

use entity::Timestamp;
use harness::{Account, Answer, TestApp, text};
use reqwest::Client;
use serde_json::{Value, json};
use tintype::auth::totp::Secret;

/// An account with an authenticator app.
pub(crate) struct Owner {
    pub(crate) account: Account,
    secret: Secret,
    recovery: Vec<String>,
}

impl Owner {
    /// Signs up and sets the app up.
    pub(crate) async fn new(app: &TestApp) -> Self {
        let account = app.account().await;
        Self::of(app, account).await
    }

    async fn of(app: &TestApp, account: Account) -> Self {
        let secret = begin(app, &account.session).await;
        let body = json!({"totp_code": secret.code(now(app).await)});
        let confirmed = app
            .post("/v1/auth/totp/confirm", &account.session, &body)
            .await
            .expect(200);
        let recovery = confirmed["recovery_codes"].as_array().expect("codes").iter();
        let recovery = recovery.map(|code| text(code).to_owned()).collect();
        // The step of the first code is used up.
        app.advance("PT30S").await;
        Self {
            account,
            secret,
            recovery,
        }
    }

    async fn code(&self, app: &TestApp) -> String {
        self.secret.code(now(app).await)
    }

    /// Signs in with the password and what else is given.
    async fn login(&self, app: &TestApp, more: Value) -> Answer {
        app.post("/v1/auth/login", "", &self.body(more)).await
    }

    fn body(&self, more: Value) -> Value {
        let mut body = json!({"email": self.account.email, "password": self.account.password});
        let members = body.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        body
    }
}

async fn begin(app: &TestApp, session: &str) -> Secret {
    let begun = app
        .post("/v1/auth/totp/begin", session, &json!({}))
        .await
        .expect(200);
    Secret::from_base32(text(&begun["secret"])).expect("a secret")
}

/// The body that turns an app on.
pub(crate) async fn first_code(app: &TestApp, session: &str) -> Value {
    let secret = begin(app, session).await;
    json!({"totp_code": secret.code(now(app).await)})
}

/// Somebody in a network of its own. Made before the rush: it takes a while.
fn client_in(network: u8) -> Client {
    let address = IpAddr::from([127, 0, network, 1]);
    Client::builder()
        .local_address(address)
        .build()
        .expect("a client")
}

async fn post_by(client: &Client, app: &TestApp, path: &str, key: &str, body: &Value) -> Answer {
    let request = client.post(format!("{}{path}", app.url)).json(body);
    Answer::of(if key.is_empty() {
        request
    } else {
        request.bearer_auth(key)
    })
    .await
}

/// The server's time.
async fn now(app: &TestApp) -> Timestamp {
    let clock = app.advance("PT0S").await;
    text(&clock["now"]).parse().expect("a moment")
}

async fn step_up(app: &TestApp, session: &str, proof: Value) -> Answer {
    app.post("/v1/auth/step-up", session, &proof).await
}

/// The templates of the mails to somebody, newest first.
async fn mailed(app: &TestApp, to: &str) -> Vec<String> {
    app.advance("PT0S").await;
    let mails = app.mails(to).await;
    mails
        .iter()
        .map(|mail| text(&mail["template"]).to_owned())
        .collect()
}

/// A code that is not right now, nor a step before or after.
fn wrong(secret: &Secret, now: Timestamp) -> String {
    let mut codes = (0..10).map(|digit| format!("00000{digit}"));
    codes
        .find(|code| secret.step(code, now, None).is_none())
        .expect("three of ten are right at most")
}
