//! The operator's people: set up with an app of their own, and signed in.

use entity::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::auth::totp::Secret;

use crate::{Answer, Contract, TestApp, text};

/// One of the staff, who is signed in.
#[derive(Debug, Clone)]
pub struct Operator {
    pub id: String,
    pub email: String,
    pub secret: String,
    pub token: String,
}

/// The password of all of them.
pub const STAFF_PASSWORD: &str = "a battery of correct horses";

/// The operators' contract, as it is compiled in.
#[must_use]
pub fn admin_contract() -> Contract {
    let document = serde_json::from_str(tintype::admin::http::openapi_json());
    Contract::of(document.expect("the contract is JSON"))
}

impl TestApp {
    /// The token that the command prints.
    pub fn staff_token(&self, email: &str, role: &str) -> String {
        let output = self.run(&["admin", "new", "--email", email, "--role", role]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// An owner, made on the command line.
    pub async fn owner(&self) -> Operator {
        let token = self.staff_token("owner@studio.example", "owner");
        self.set_up("owner@studio.example", &token).await
    }

    /// Somebody whom an owner invites.
    pub async fn operator(&self, owner: &Operator, role: &str) -> Operator {
        let email = format!("{role}@studio.example");
        let body = json!({"email": email, "role": role});
        let invited = self
            .post("/admin/v1/staff", &owner.token, &body)
            .await
            .expect(201);
        self.set_up(&email, text(&invited["setup_token"])).await
    }

    /// Chooses a password, confirms an app, and signs in with its next code.
    pub async fn set_up(&self, email: &str, token: &str) -> Operator {
        let secret = self.begin_setup(token).await;
        let body = json!({"token": token, "code": self.totp(&secret, 0).await});
        let confirmed = self.post("/admin/v1/setup/confirm", "", &body).await.expect(200);
        let session = self
            .staff_login(email, &self.totp(&secret, 1).await)
            .await
            .expect(200);
        Operator {
            id: text(&confirmed["id"]).to_owned(),
            email: email.to_owned(),
            secret,
            token: text(&session["token"]).to_owned(),
        }
    }

    /// The secret of the app.
    pub async fn begin_setup(&self, token: &str) -> String {
        let body = json!({"token": token, "password": STAFF_PASSWORD});
        let begun = self.post("/admin/v1/setup", "", &body).await.expect(200);
        text(&begun["totp_secret"]).to_owned()
    }

    pub async fn staff_login(&self, email: &str, code: &str) -> Answer {
        let body = json!({"email": email, "password": STAFF_PASSWORD, "totp_code": code});
        self.post("/admin/v1/login", "", &body).await
    }

    /// The code that an app shows so many steps from now.
    pub async fn totp(&self, secret: &str, steps: i64) -> String {
        let now = self.advance("PT0S").await;
        let now: jiff::Timestamp = text(&now["now"]).parse().expect("a moment");
        let then = Timestamp::from_micros(now.as_microsecond() + steps * 30_000_000);
        Secret::from_base32(secret).expect("a secret").code(then)
    }

    pub async fn admin(&self, method: Method, path: &str, by: &Operator, body: &Value) -> Answer {
        let path = format!("/admin/v1{path}");
        let request = self.request(method, &path, &by.token);
        match body {
            Value::Null => Answer::of(request).await,
            body => Answer::of(request.json(body)).await,
        }
    }
}
