//! People who sign up, and the keys that they make.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use crate::{COUNT, SCOPES, TestApp, text};

/// An account that signed up, with a session and a test key with all scopes.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: String,
    pub email: String,
    pub password: String,
    pub session: String,
    pub key: String,
}

impl TestApp {
    /// Signs up, proves the address, and makes a key.
    pub async fn account(&self) -> Account {
        let email = format!("someone{}@studio.example", COUNT.fetch_add(1, Ordering::Relaxed));
        self.account_called(&email).await
    }

    pub async fn account_called(&self, email: &str) -> Account {
        let password = "correct horse battery".to_owned();
        let sign_up = json!({"email": email, "password": password});
        self.post("/v1/auth/register", "", &sign_up).await.expect(202);
        let code = self.mailed_code(email).await;
        let proof = json!({"email": email, "code": code});
        let verified = self.post("/v1/auth/verify-email", "", &proof).await.expect(200);
        let session = text(&verified["access_token"]).to_owned();
        Account {
            id: text(&verified["account_id"]).to_owned(),
            email: email.to_owned(),
            password,
            key: self.key_with(&session, SCOPES).await,
            session,
        }
    }

    /// A new test key with these scopes.
    pub async fn key_with(&self, credentials: &str, scopes: &[&str]) -> String {
        let body = json!({"name": "a key", "scopes": scopes});
        let key = self.post("/v1/keys", credentials, &body).await.expect(201);
        text(&key["secret"]).to_owned()
    }

    /// A key with all scopes but this one.
    pub async fn key_without(&self, credentials: &str, scope: &str) -> String {
        let scopes: Vec<&str> = SCOPES.iter().copied().filter(|other| *other != scope).collect();
        self.key_with(credentials, &scopes).await
    }

    /// A key that was revoked just now.
    pub async fn revoked_key(&self, credentials: &str) -> String {
        let body = json!({"name": "short-lived", "scopes": SCOPES});
        let key = self.post("/v1/keys", credentials, &body).await.expect(201);
        let path = format!("/v1/keys/{}", text(&key["id"]));
        self.delete(&path, credentials).await.expect(204);
        text(&key["secret"]).to_owned()
    }

    /// Mails to an address, newest first.
    pub async fn mails(&self, to: &str) -> Vec<Value> {
        let to = to.replace('+', "%2B");
        let outbox = self.get(&format!("/sandbox/outbox?to={to}"), "").await;
        outbox.expect(200)["data"].as_array().expect("mails").clone()
    }

    /// The code in the newest mail to an address, once it was sent.
    pub async fn mailed_code(&self, to: &str) -> String {
        // Moving the clock by nothing runs what is due.
        self.advance("PT0S").await;
        let mails = self.mails(to).await;
        let letter = text(&mails.first().expect("a mail")["text"]);
        let digits = letter
            .split(|letter: char| !letter.is_ascii_digit())
            .find(|run| run.len() == 8);
        digits.unwrap_or_else(|| panic!("no code in {letter}")).to_owned()
    }

    /// Moves the clock and runs what became due.
    pub async fn advance(&self, period: &str) -> Value {
        let moved = self.post("/sandbox/clock", "", &json!({"advance": period})).await;
        moved.expect(200)
    }
}
