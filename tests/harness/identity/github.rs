//! A GitHub: errors with status 200, forms for answers, addresses apart.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tintype::identity::challenge;

use super::wire::{Asked, Reply, serve};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitHubFault {
    Nothing,
    Denied,
    /// Status 200, as GitHub has it.
    CodeRefused,
    /// The same in a form.
    CodeRefusedInAForm,
    /// No fault, but no JSON either.
    AnswersInAForm,
    LessScope,
    AddressesForbidden,
    NoToken,
    TokenFails,
    UserFails,
    UserIsGone,
}

struct State {
    user: Value,
    addresses: Value,
    fault: GitHubFault,
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Clone)]
pub struct GitHub {
    pub url: String,
    state: Arc<Mutex<State>>,
}

const CLIENT: &str = "Iv1.client";
const SECRET: &str = "github-secret";

impl GitHub {
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            user: json!({"id": 1, "login": "ada"}),
            addresses: json!([]),
            fault: GitHubFault::Nothing,
            codes: BTreeMap::new(),
        }));
        let own = Arc::clone(&state);
        let url = serve(move |asked| own.lock().unwrap_or_else(PoisonError::into_inner).answer(asked));
        Self { url, state }
    }

    fn with(&self, look: impl FnOnce(&mut State)) {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Whoever consents from now on, with their addresses.
    pub fn is_asked_by(&self, user: Value, addresses: Value) {
        self.with(|state| {
            state.user = user;
            state.addresses = addresses;
        });
    }

    pub fn fails(&self, fault: GitHubFault) {
        self.with(|state| state.fault = fault);
    }

    /// A row of configuration for it.
    pub fn row(&self) -> String {
        let url = &self.url;
        format!(
            "[[oauth]]\nname = \"github\"\nkind = \"github\"\nissuer = \"{url}\"\napi_url = \"{url}/api\"\n\
             client_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\n"
        )
    }
}

impl State {
    fn answer(&mut self, asked: &Asked) -> Reply {
        match asked.path.as_str() {
            "/login/oauth/authorize" => self.authorize(asked),
            "/login/oauth/access_token" => self.token(asked),
            path if path.starts_with("/api/") => self.api(asked),
            _ => Reply::json(404, &json!({})),
        }
    }

    fn authorize(&mut self, asked: &Asked) -> Reply {
        let of = |name: &str| asked.query.get(name).cloned().unwrap_or_default();
        let (back, state) = (of("redirect_uri"), of("state"));
        if of("client_id") != CLIENT || of("code_challenge_method") != "S256" {
            return Reply::json(404, &json!({}));
        }
        if self.fault == GitHubFault::Denied {
            return Reply::see(format!(
                "{back}?error=access_denied&error_description=The+user+has+denied&state={state}"
            ));
        }
        let code = tintype::identity::random();
        let answer = Reply::see(format!("{back}?code={code}&state={state}"));
        self.codes.insert(code, asked.query.clone());
        answer
    }

    fn token(&mut self, asked: &Asked) -> Reply {
        if self.fault == GitHubFault::TokenFails {
            return Reply::json(500, &json!({}));
        }
        let of = |name: &str| asked.form.get(name).map(String::as_str).unwrap_or_default();
        let question = self.codes.remove(of("code")).filter(|question| {
            let refused = [GitHubFault::CodeRefused, GitHubFault::CodeRefusedInAForm];
            !refused.contains(&self.fault)
                && (of("client_id"), of("client_secret")) == (CLIENT, SECRET)
                && of("redirect_uri") == question["redirect_uri"]
                && challenge(of("code_verifier")) == question["code_challenge"]
        });
        let scope = match self.fault {
            GitHubFault::LessScope => "read:user",
            _ => "read:user,user:email",
        };
        let answer = match question {
            None => json!({
                "error": "bad_verification_code",
                "error_description": "The code passed is incorrect or expired.",
                "error_uri": "https://docs.github.example/",
            }),
            Some(_) if self.fault == GitHubFault::NoToken => json!({"token_type": "bearer"}),
            Some(_) => json!({"access_token": "gho_1", "scope": scope, "token_type": "bearer"}),
        };
        let form = [GitHubFault::CodeRefusedInAForm, GitHubFault::AnswersInAForm];
        let wants_json = asked
            .headers
            .get("accept")
            .is_some_and(|accept| accept.contains("json"));
        if wants_json && !form.contains(&self.fault) {
            return Reply::json(200, &answer);
        }
        let members = answer.as_object().expect("members").iter();
        let pairs = members.map(|(name, value)| (name, value.as_str().unwrap_or_default()));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        Reply {
            status: 200,
            headers: vec![("Content-Type", "application/x-www-form-urlencoded".to_owned())],
            body,
        }
    }

    fn api(&self, asked: &Asked) -> Reply {
        let of = |name: &str| asked.headers.get(name).map(String::as_str).unwrap_or_default();
        // GitHub refuses who names no program.
        if of("user-agent").is_empty() {
            return Reply::json(
                403,
                &json!({"message": "Request forbidden by administrative rules."}),
            );
        }
        if of("authorization") != "Bearer gho_1" || of("x-github-api-version") != "2022-11-28" {
            return Reply::json(401, &json!({"message": "Bad credentials"}));
        }
        match (asked.path.as_str(), self.fault) {
            ("/api/user", GitHubFault::UserFails) => Reply::json(502, &json!({})),
            ("/api/user", GitHubFault::UserIsGone) => Reply::json(404, &json!({"message": "Not Found"})),
            ("/api/user", _) => Reply::json(200, &self.user),
            ("/api/user/emails", GitHubFault::AddressesForbidden | GitHubFault::LessScope) => {
                Reply::json(404, &json!({"message": "Not Found"}))
            }
            ("/api/user/emails", _) => Reply::json(200, &self.addresses),
            _ => Reply::json(404, &json!({})),
        }
    }
}
