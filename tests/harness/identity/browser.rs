//! A browser: keeps cookies, follows redirects one by one, and stops at the app.

use std::collections::BTreeMap;

use reqwest::Client;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use tintype::identity::challenge;
use url::Url;

use crate::{Answer, TestApp};

/// Where the operator's app is.
pub const APP: &str = "https://app.studio.example/signed-in";

/// The app's own secret.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// Where a sign-in ended: in the app, or with an answer of ours.
#[derive(Debug, Clone)]
pub enum Landing {
    App(BTreeMap<String, String>),
    Here(Answer),
}

impl Landing {
    /// What the app was told.
    #[track_caller]
    pub fn app(self) -> BTreeMap<String, String> {
        match self {
            Self::App(told) => told,
            Self::Here(answer) => panic!("{} {}", answer.status, answer.json),
        }
    }

    #[track_caller]
    pub fn code(self) -> String {
        let told = self.app();
        told.get("code").unwrap_or_else(|| panic!("{told:?}")).clone()
    }

    #[track_caller]
    pub fn error(self) -> String {
        let told = self.app();
        assert!(!told.contains_key("code"), "{told:?}");
        told.get("error").unwrap_or_else(|| panic!("{told:?}")).clone()
    }

    #[track_caller]
    pub fn here(self) -> Answer {
        match self {
            Self::Here(answer) => answer,
            Self::App(told) => panic!("{told:?}"),
        }
    }
}

pub struct Browser {
    pub cookies: BTreeMap<String, String>,
    /// Every address it was sent to.
    pub seen: Vec<String>,
    /// The headers of the last answer.
    pub headers: HeaderMap,
    client: Client,
}

impl Default for Browser {
    fn default() -> Self {
        let client = Client::builder().redirect(Policy::none()).build();
        Self {
            cookies: BTreeMap::new(),
            seen: Vec::new(),
            headers: HeaderMap::new(),
            client: client.expect("a client"),
        }
    }
}

impl Browser {
    /// One address; says where it sends the browser.
    pub async fn open(&mut self, url: &str) -> Result<String, Answer> {
        let mut request = self.client.get(url);
        if !self.cookies.is_empty() {
            let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
            request = request.header(COOKIE, cookies.collect::<Vec<_>>().join("; "));
        }
        let answer = Answer::of(request).await;
        self.headers = answer.headers.clone();
        for line in answer.headers.get_all(SET_COOKIE) {
            let line = line.to_str().expect("a cookie");
            let pair = line.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie");
            match line.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let location = answer.headers.get(LOCATION).cloned();
        match location.filter(|_| (300..400).contains(&answer.status)) {
            Some(location) => {
                let location = location.to_str().expect("an address").to_owned();
                self.seen.push(location.clone());
                Ok(location)
            }
            None => Err(answer),
        }
    }

    /// Follows where it is sent.
    pub async fn follow(&mut self, url: &str) -> Landing {
        let mut at = url.to_owned();
        while !at.starts_with(APP) {
            match self.open(&at).await {
                Ok(next) => at = next,
                Err(answer) => return Landing::Here(answer),
            }
        }
        let url = Url::parse(&at).expect("an address");
        Landing::App(url.query_pairs().into_owned().collect())
    }

    /// All the way from the app's button to the app.
    pub async fn sign_in(&mut self, app: &TestApp, provider: &str) -> Landing {
        self.follow(&app.start_of(provider)).await
    }
}

impl TestApp {
    /// The address behind the app's button.
    pub fn start_of(&self, provider: &str) -> String {
        let challenge = challenge(VERIFIER);
        let url = format!("{}/v1/auth/oauth/{provider}/start", self.url);
        format!("{url}?redirect_uri={APP}&code_challenge={challenge}&state=a%26b")
    }

    /// Exchanges a code for a session.
    pub async fn redeem(&self, code: &str) -> Answer {
        let body = json!({"code": code, "code_verifier": VERIFIER});
        self.post("/v1/auth/oauth/token", "", &body).await
    }

    /// Signs in with a provider, in a browser of its own: the session.
    pub async fn sign_in_with(&self, provider: &str) -> Value {
        let code = Browser::default().sign_in(self, provider).await.code();
        self.redeem(&code).await.expect(200)
    }

    /// Comes back with a code that links a provider to a session's account.
    pub async fn code_to_link(&self, session: &str, provider: &str) -> String {
        let wish = json!({"provider": provider, "redirect_uri": APP, "code_challenge": challenge(VERIFIER)});
        let begun = self.post("/v1/auth/oauth/link", session, &wish).await.expect(200);
        let url = begun["url"].as_str().expect("an address");
        Browser::default().follow(url).await.code()
    }

    /// Exchanges such a code.
    pub async fn link(&self, session: &str, code: &str) -> Answer {
        let body = json!({"code": code, "code_verifier": VERIFIER});
        self.post("/v1/auth/oauth/identities", session, &body).await
    }
}
