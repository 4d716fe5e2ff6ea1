//! What must stand in no log, and what of it in no database: every secret, address
//! and prompt that a test sends to a server or gets from it. Noted as it passes,
//! looked for when the test is over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use reqwest::Request;
use reqwest::header::AUTHORIZATION;
use serde_json::Value;

/// What somebody would do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Lets somebody in: in no log, and in the database at most hashed or sealed.
    Secret,
    /// A person's, or what they wrote: in no log.
    Personal,
}

/// By the server's address.
static NOTED: Mutex<BTreeMap<String, BTreeSet<(Kind, String)>>> = Mutex::new(BTreeMap::new());

/// Shorter ones stand everywhere by chance.
const SHORTEST: usize = 8;

const SECRETS: &[&str] = &[
    "password",
    "current_password",
    "new_password",
    "code",
    "code_verifier",
    "totp_code",
    "recovery_code",
    "registration",
    "refresh_token",
    "access_token",
    "secret",
    "api_key",
    "client_secret",
    "master_key",
    "brevo_hook_token",
];

const PERSONAL: &[&str] = &[
    "email",
    "birth_date",
    "prompt",
    "negative_prompt",
    "content",
    "statement",
];

/// Fields of answers that hold secrets; others of the same names are no secrets there.
const GIVEN: &[&str] = &["access_token", "refresh_token", "secret", "registration"];

/// Notes it for the server at this address.
pub fn note(origin: &str, kind: Kind, value: &str) {
    // A word of ours, such as a field's name sent as its value, is nobody's.
    if value.chars().count() < SHORTEST || !value.contains(|c: char| !c.is_ascii_lowercase()) {
        return;
    }
    let mut noted = NOTED.lock().unwrap_or_else(PoisonError::into_inner);
    let of = noted.entry(origin.to_owned()).or_default();
    of.insert((kind, value.to_owned()));
}

fn walk(value: &Value, name: &str, seen: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| walk(value, name, seen)),
        Value::Array(items) => items.iter().for_each(|item| walk(item, name, seen)),
        Value::String(text) => seen(name, text),
        _ => {}
    }
}

/// Notes what a request carries.
pub fn sent(request: &Request) {
    let origin = request.url().authority();
    let bearer = request.headers().get(AUTHORIZATION);
    let bearer = bearer.and_then(|value| value.to_str().ok()?.split_once(' '));
    if let Some((_, bearer)) = bearer.filter(|(_, bearer)| bearer.len() > 20) {
        note(origin, Kind::Secret, bearer);
    }
    let body = request.body().and_then(reqwest::Body::as_bytes);
    let body: Option<Value> = body.and_then(|bytes| serde_json::from_slice(bytes).ok());
    walk(&body.unwrap_or_default(), "", &mut |name, text| {
        if SECRETS.contains(&name) {
            note(origin, Kind::Secret, text);
        } else if PERSONAL.contains(&name) {
            note(origin, Kind::Personal, text);
        }
    });
}

/// Notes what an answer hands out.
pub fn received(origin: &str, answer: &Value) {
    walk(answer, "", &mut |name, text| {
        if GIVEN.contains(&name) {
            note(origin, Kind::Secret, text);
        }
    });
}

/// Notes what a server is configured with: providers' secrets, a relay's password.
pub fn configured(origin: &str, file: &str, settings: &[(String, String)]) {
    let file: toml::Table = file.parse().unwrap_or_default();
    let file = serde_json::to_value(file).unwrap_or_default();
    walk(&file, "", &mut |name, text| {
        if SECRETS.contains(&name) {
            note(origin, Kind::Secret, text);
        }
    });
    for (name, value) in settings {
        let name = name.to_lowercase();
        if ["_secret", "_password", "_token", "master_key", "api_key"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            note(origin, Kind::Secret, value);
        }
    }
}

/// What of these stands in a text: as a whole word, so that a code is no part of
/// another number. Shortened, so that a test's report is no leak either.
fn found<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            !is_word(before.chars().next_back()) && !is_word(after.chars().next())
        })
    };
    words.filter(|word| stands(word)).map(shortened).collect()
}

fn shortened(word: &str) -> String {
    let begin: String = word.chars().take(6).collect();
    format!("{begin}… ({} letters)", word.chars().count())
}

/// Insists that nothing that passed to or from these servers stands where it must not.
pub fn insist(origins: &[String], log: &str, dump: impl FnOnce() -> Vec<u8>) {
    let mut all = BTreeSet::new();
    {
        let mut noted = NOTED.lock().unwrap_or_else(PoisonError::into_inner);
        for origin in origins {
            all.extend(noted.remove(origin).unwrap_or_default());
        }
    }
    if all.is_empty() {
        return;
    }
    let logged = found(log, all.iter().map(|(_, word)| word.as_str()));
    assert!(logged.is_empty(), "the log tells {logged:?}");
    let secrets = all.iter().filter(|(kind, _)| *kind == Kind::Secret);
    let dump = dump();
    let stored = found(
        &String::from_utf8_lossy(&dump),
        secrets.map(|(_, word)| word.as_str()),
    );
    assert!(stored.is_empty(), "the database holds {stored:?} as it is");
}
