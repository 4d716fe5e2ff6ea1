//! `/v1/auth/oauth`: signing in with Google, GitHub and any issuer of OpenID
//! Connect, all of them played, and what becomes of accounts.

mod accounts;
mod faults;
mod flow;
mod links;

use harness::{APP, GitHub, Issuer, TestApp};
use serde_json::{Value, json};

/// A server with three providers.
struct Stage {
    app: TestApp,
    google: Issuer,
    acme: Issuer,
    github: GitHub,
}

impl Stage {
    async fn set() -> Self {
        Self::keeping("[\"email\"]").await
    }

    /// With these fields kept of a person.
    async fn keeping(fields: &str) -> Self {
        let (google, acme, github) = (Issuer::start(), Issuer::start(), GitHub::start());
        let file = format!(
            "[frontend]\nredirect_uris = [\"{APP}\"]\n[account]\nfields = {fields}\n{}{}{}",
            google.row("google", "google"),
            acme.row("acme", "oidc"),
            github.row()
        );
        Self {
            app: TestApp::configured(&file, &[]).await,
            google,
            acme,
            github,
        }
    }

    async fn accounts(&self) -> i64 {
        // Beside the demo account.
        self.app.count("SELECT COUNT(*) FROM account").await - 1
    }

    async fn identities(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM oauth_identity").await
    }
}

/// Somebody at an issuer whose address is theirs for certain.
fn person(sub: &str, email: &str) -> Value {
    json!({"sub": sub, "email": email, "email_verified": true, "hd": "studio.example"})
}

/// One confirmed, primary address.
fn address(email: &str) -> Value {
    json!([{"email": email, "primary": true, "verified": true, "visibility": "private"}])
}
