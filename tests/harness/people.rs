//! People who sign up, and the keys that they make.

use std::sync::atomic::Ordering;

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tintype::auth::spelled;

use crate::{Answer, COUNT, SCOPES, TestApp, text};

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
        let verified = self.sign_up(&json!({"email": email, "password": password})).await;
        let session = text(&verified["access_token"]).to_owned();
        Account {
            id: text(&verified["account_id"]).to_owned(),
            email: email.to_owned(),
            password,
            key: self.key_with(&session, SCOPES).await,
            session,
        }
    }

    /// Signs up, and completes it with the code of the newest mail: a session.
    pub async fn sign_up(&self, body: &Value) -> Value {
        let begun = self.post("/v1/auth/register", "", body).await.expect(202);
        let code = self.mailed_code(text(&body["email"])).await;
        self.verify(&begun, &code).await.expect(200)
    }

    /// Completes a sign-up that was begun.
    pub async fn verify(&self, begun: &Value, code: &str) -> Answer {
        let proof = json!({"registration": begun["registration"], "code": code});
        self.post("/v1/auth/verify-email", "", &proof).await
    }

    /// Signs in once more: an access token that is new.
    pub async fn sign_in(&self, owner: &Account) -> String {
        let login = json!({"email": owner.email, "password": owner.password});
        let session = self.post("/v1/auth/login", "", &login).await.expect(200);
        text(&session["access_token"]).to_owned()
    }

    /// Lets an account have many rows: requests that it made with idempotency keys.
    pub async fn remember(&self, owner: &Account, count: u32) {
        let connection = self.connect().await;
        let sql = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
             INSERT INTO idempotency_key
                 (account_id, livemode, route, key, fingerprint, status, resource, sealed, created_at)
             SELECT '{}', i % 2 = 0, 'a route', 'key ' || i, '', 200, '', NULL, 4000000000000000 FROM n",
            owner.id
        );
        let done = connection.execute_unprepared(&sql).await;
        done.expect("rows are written");
        connection.close().await.expect("the connection closes");
    }

    /// What lets someone in or names them, as the database has it: hashes and seals.
    pub async fn secrets_of(&self, owner: &Account) -> Vec<String> {
        let connection = self.connect().await;
        let sql = format!(
            "SELECT password_hash FROM account WHERE id = '{id}'
             UNION ALL SELECT sealed FROM mail WHERE account_id = '{id}'
             UNION ALL SELECT code_hash FROM mailed_code WHERE account_id = '{id}'",
            id = owner.id
        );
        let statement = tintype::db::statement(&connection, &sql, vec![]);
        let rows = connection.query_all_raw(statement).await.expect("rows");
        connection.close().await.expect("the connection closes");
        let texts = rows.iter().map(|row| row.try_get_by_index(0).expect("a text"));
        texts.collect()
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
        self.delete(&path, credentials).await.expect(200);
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
        code_in(letter).to_owned()
    }

    /// Moves the clock and runs what became due.
    pub async fn advance(&self, period: &str) -> Value {
        let moved = self.post("/sandbox/clock", "", &json!({"advance": period})).await;
        moved.expect(200)
    }
}

/// The code in a mail: `k7qm-2xv9`.
#[track_caller]
pub fn code_in(letter: &str) -> &str {
    let is_code = |word: &&str| {
        let bare = word.replace('-', "");
        word.len() == 9 && spelled::read(word, 8) == Some(bare)
    };
    let mut words = letter.split(|sign: char| sign.is_whitespace() || ",.".contains(sign));
    let code = words.find(is_code);
    code.unwrap_or_else(|| panic!("no code in {letter}"))
}

/// A code that is not this one.
#[must_use]
pub fn other_than(code: &str) -> String {
    let last = if code.ends_with('7') { '8' } else { '7' };
    format!("{}{last}", &code[..code.len() - 1])
}
