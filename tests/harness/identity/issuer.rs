//! An issuer of OpenID Connect that does as it is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tintype::identity::challenge;

use super::token::{self, FIRST, ROTATED, STRANGERS};
use super::wire::{Asked, Reply, serve};

/// What goes wrong from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Nothing,
    Denied,
    Overloaded,
    AnotherIssuerComesBack,
    CodeRefused,
    TokenFails,
    TokenRedirects,
    TokenIsEndless,
    TokenIsSlow,
    TokenIsNoJson,
    NoIdToken,
    WrongNonce,
    NoNonce,
    WrongAudience,
    AudienceOfSeveral,
    WrongIssuer,
    Expired,
    NotYet,
    Unsigned,
    SignedWithThePublicKey,
    StrangersKey,
    UnknownKey,
    NoSubject,
    /// The address stands only there.
    AddressInUserinfo,
    OtherUserinfo,
    KeysAreAway,
}

struct State {
    url: String,
    person: Value,
    fault: Fault,
    key: usize,
    codes: BTreeMap<String, BTreeMap<String, String>>,
    calls: Vec<String>,
}

#[derive(Clone)]
pub struct Issuer {
    pub url: String,
    state: Arc<Mutex<State>>,
}

pub const CLIENT: &str = "client-1";
pub const SECRET: &str = "its-secret";

impl Issuer {
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            url: String::new(),
            person: json!({"sub": "1"}),
            fault: Fault::Nothing,
            key: FIRST,
            codes: BTreeMap::new(),
            calls: Vec::new(),
        }));
        let own = Arc::clone(&state);
        let url = serve(move |asked| {
            let slow = {
                let state = own.lock().unwrap_or_else(PoisonError::into_inner);
                state.fault == Fault::TokenIsSlow && asked.path == "/token"
            };
            if slow {
                std::thread::sleep(Duration::from_secs(30));
            }
            own.lock().unwrap_or_else(PoisonError::into_inner).answer(asked)
        });
        let issuer = Self { url, state };
        issuer.with(|state| state.url.clone_from(&issuer.url));
        issuer
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whoever consents from now on.
    pub fn is_asked_by(&self, person: Value) {
        self.with(|state| state.person = person);
    }

    pub fn fails(&self, fault: Fault) {
        self.with(|state| state.fault = fault);
    }

    pub fn rotates_its_key(&self) {
        self.with(|state| state.key = ROTATED);
    }

    /// How often a path was asked for.
    pub fn calls(&self, path: &str) -> usize {
        self.with(|state| state.calls.iter().filter(|call| *call == path).count())
    }

    /// A row of configuration for it.
    pub fn row(&self, name: &str, kind: &str) -> String {
        let url = &self.url;
        format!(
            "[[oauth]]\nname = \"{name}\"\nkind = \"{kind}\"\nissuer = \"{url}\"\n\
             client_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\n"
        )
    }
}

impl State {
    fn answer(&mut self, asked: &Asked) -> Reply {
        self.calls.push(asked.path.clone());
        let url = &self.url;
        match asked.path.as_str() {
            "/.well-known/openid-configuration" => Reply::json(
                200,
                &json!({
                    "issuer": url, "authorization_endpoint": format!("{url}/authorize"),
                    "token_endpoint": format!("{url}/token"), "jwks_uri": format!("{url}/jwks"),
                    "userinfo_endpoint": format!("{url}/userinfo"),
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }),
            ),
            "/jwks" if self.fault == Fault::KeysAreAway => Reply::json(502, &json!({})),
            "/jwks" => Reply::json(200, &json!({"keys": [token::jwk(self.key)]}))
                .with("Cache-Control", "public, max-age=19800"),
            "/authorize" => self.authorize(asked),
            "/token" => self.token(asked),
            "/userinfo" => self.userinfo(asked),
            _ => Reply::json(404, &json!({})),
        }
    }

    fn authorize(&mut self, asked: &Asked) -> Reply {
        let query = &asked.query;
        let of = |name: &str| query.get(name).cloned().unwrap_or_default();
        let sound = of("response_type") == "code"
            && of("client_id") == CLIENT
            && of("code_challenge_method") == "S256"
            && of("scope").split(' ').any(|scope| scope == "openid")
            && !of("nonce").is_empty();
        if !sound {
            return Reply::json(400, &json!({"asked": query}));
        }
        let (back, state) = (of("redirect_uri"), of("state"));
        let issuer = match self.fault {
            Fault::Denied => return Reply::see(format!("{back}?error=access_denied&state={state}")),
            Fault::Overloaded => {
                return Reply::see(format!("{back}?error=temporarily_unavailable&state={state}"));
            }
            Fault::AnotherIssuerComesBack => "https://evil.example",
            _ => &self.url,
        };
        let code = tintype::identity::random();
        let answer = Reply::see(format!("{back}?code={code}&state={state}&iss={issuer}"));
        self.codes.insert(code, query.clone());
        answer
    }

    fn token(&mut self, asked: &Asked) -> Reply {
        match self.fault {
            Fault::TokenFails => return Reply::json(503, &json!({})),
            Fault::TokenRedirects => return Reply::see(format!("{}/elsewhere", self.url)),
            Fault::TokenIsNoJson => {
                return Reply {
                    body: "<html>".to_owned(),
                    ..Reply::json(200, &json!({}))
                };
            }
            Fault::TokenIsEndless => {
                return Reply {
                    body: " ".repeat(1 << 20),
                    ..Reply::json(200, &json!({}))
                };
            }
            _ => {}
        }
        let of = |name: &str| asked.form.get(name).map(String::as_str).unwrap_or_default();
        let question = self.codes.remove(of("code"));
        let question = question.filter(|question| {
            self.fault != Fault::CodeRefused
                && of("grant_type") == "authorization_code"
                && (of("client_id"), of("client_secret")) == (CLIENT, SECRET)
                && of("redirect_uri") == question["redirect_uri"]
                && challenge(of("code_verifier")) == question["code_challenge"]
        });
        let Some(question) = question else {
            return Reply::json(
                400,
                &json!({"error": "invalid_grant", "error_description": "It is used."}),
            );
        };
        let token = self.id_token(&question["nonce"]);
        let mut answer = json!({
            "access_token": "at-1", "token_type": "Bearer", "expires_in": 3599, "id_token": token,
        });
        if self.fault == Fault::NoIdToken {
            answer["id_token"].take();
        }
        Reply::json(200, &answer)
    }

    fn id_token(&self, nonce: &str) -> String {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("a time")
            .as_secs();
        let mut claims = json!({
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 3600, "nonce": nonce,
        });
        let members = self.person.as_object().expect("claims").clone();
        claims.as_object_mut().expect("claims").extend(members);
        let forget =
            |claims: &mut Value, name: &str| drop(claims.as_object_mut().expect("claims").remove(name));
        match self.fault {
            Fault::WrongNonce => claims["nonce"] = json!("another's"),
            Fault::NoNonce => forget(&mut claims, "nonce"),
            Fault::WrongAudience => claims["aud"] = json!("another-client"),
            Fault::AudienceOfSeveral => claims["aud"] = json!([CLIENT, "another-client"]),
            Fault::WrongIssuer => claims["iss"] = json!("https://evil.example"),
            Fault::Expired => claims["exp"] = json!(now - 300),
            Fault::NotYet => claims["nbf"] = json!(now + 300),
            Fault::NoSubject => claims["sub"] = json!(""),
            Fault::AddressInUserinfo | Fault::OtherUserinfo => forget(&mut claims, "email"),
            _ => {}
        }
        match self.fault {
            Fault::Unsigned => token::unsigned(self.key, &claims),
            Fault::SignedWithThePublicKey => token::signed_with_the_public_key(self.key, &claims),
            Fault::StrangersKey => token::signed(STRANGERS, &token::kid(self.key), &claims),
            Fault::UnknownKey => token::signed(STRANGERS, &token::kid(STRANGERS), &claims),
            _ => token::signed(self.key, &token::kid(self.key), &claims),
        }
    }

    fn userinfo(&self, asked: &Asked) -> Reply {
        if asked.headers.get("authorization").map(String::as_str) != Some("Bearer at-1") {
            return Reply::json(401, &json!({}));
        }
        let mut person = self.person.clone();
        if self.fault == Fault::OtherUserinfo {
            person["sub"] = json!("somebody-else");
        }
        Reply::json(200, &person)
    }
}
