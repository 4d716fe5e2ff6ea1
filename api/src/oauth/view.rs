//! How providers, identities and what is asked for look on the wire.

use entity::{IdentityId, Timestamp, oauth_identity};
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::http::{Nullable, example};
use crate::identity;

/// A provider that people can sign in with.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct OauthProvider {
    /// What to call it in requests.
    pub name: String,
    /// What to write on the button.
    pub display_name: String,
    /// Send the browser here, with `redirect_uri`, `code_challenge` and, if you like, `state` in the query.
    pub start_url: String,
}

impl OauthProvider {
    pub fn new(provider: &identity::Provider, public_url: &str) -> Self {
        Self {
            start_url: format!("{public_url}/v1/auth/oauth/{}/start", provider.name),
            name: provider.name.clone(),
            display_name: provider.display_name.clone(),
        }
    }
}

impl Example for OauthProvider {
    fn example() -> Self {
        Self {
            name: "google".to_owned(),
            display_name: "Google".to_owned(),
            start_url: "https://api.studio.example/v1/auth/oauth/google/start".to_owned(),
        }
    }
}

/// All providers that people can sign in with.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct OauthProviders {
    pub data: Vec<OauthProvider>,
}

impl Example for OauthProviders {
    fn example() -> Self {
        Self {
            data: vec![OauthProvider::example()],
        }
    }
}

/// The code that came back to your app, and the secret behind the challenge.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct RedeemCode {
    /// The `code` in the address that the browser came back to.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub code: String,
    /// What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636).
    #[oai(validator(pattern = "^[A-Za-z0-9._~-]{43,128}$"))]
    pub code_verifier: String,
}

impl Example for RedeemCode {
    fn example() -> Self {
        Self {
            code: "Nq3xT0fJ2hW8bLr5vYpK1sDgZ7cQmE9uAiXo4tRwB6k".to_owned(),
            code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
        }
    }
}

/// The code of a sign-in, with the second factor where the account has one.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct SignIn {
    /// The `code` in the address that the browser came back to.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub code: String,
    /// What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636).
    #[oai(validator(pattern = "^[A-Za-z0-9._~-]{43,128}$"))]
    pub code_verifier: String,
    /// The six digits of the authenticator app, where the account has one.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    pub totp_code: Option<String>,
    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[oai(validator(min_length = 16, max_length = 40))]
    pub recovery_code: Option<String>,
}

impl Example for SignIn {
    fn example() -> Self {
        let RedeemCode { code, code_verifier } = RedeemCode::example();
        Self {
            code,
            code_verifier,
            totp_code: None,
            recovery_code: None,
        }
    }
}

/// A provider to link to your account.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct BeginLink {
    /// The provider's name.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub provider: String,
    /// Where the browser comes back to; one that the operator allows.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub redirect_uri: String,
    /// The SHA-256 of a random `code_verifier`, in URL-safe base64 without padding (RFC 7636, S256).
    #[oai(validator(pattern = "^[A-Za-z0-9_-]{43}$"))]
    pub code_challenge: String,
    /// Comes back to your app as it is.
    #[oai(validator(max_length = 500))]
    pub state: Option<String>,
}

impl Example for BeginLink {
    fn example() -> Self {
        Self {
            provider: "google".to_owned(),
            redirect_uri: "https://app.studio.example/signed-in".to_owned(),
            code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
            state: Some("settings".to_owned()),
        }
    }
}

/// Where linking begins.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct LinkBegun {
    /// Send the browser here.
    pub url: String,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
}

impl Example for LinkBegun {
    fn example() -> Self {
        Self {
            url: "https://api.studio.example/v1/auth/oauth/google/start?ticket=…".to_owned(),
            expires_at: example::MOMENT,
        }
    }
}

/// Who you are at a provider that you sign in with.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Identity {
    pub id: IdentityId,
    /// The provider's name.
    pub provider: String,
    /// The address that the provider vouched for at the last sign-in.
    pub email: Nullable<String>,
    /// Null unless this service keeps names.
    pub name: Nullable<String>,
    /// Null unless this service keeps pictures.
    pub avatar_url: Nullable<String>,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

impl From<oauth_identity::Model> for Identity {
    fn from(row: oauth_identity::Model) -> Self {
        Self {
            id: row.id,
            provider: row.provider,
            email: row.email.into(),
            name: row.name.into(),
            avatar_url: row.avatar_url.into(),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

impl Example for Identity {
    fn example() -> Self {
        Self {
            id: example::id("idn"),
            provider: "google".to_owned(),
            email: Nullable(Some("ada@studio.example".to_owned())),
            name: Nullable(None),
            avatar_url: Nullable(None),
            created_at: example::MOMENT,
            last_used_at: example::MOMENT,
        }
    }
}

/// All that are linked to the account, one a provider at most.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Identities {
    pub data: Vec<Identity>,
}

impl Example for Identities {
    fn example() -> Self {
        Self {
            data: vec![Identity::example()],
        }
    }
}
