//! Every operation against what is no request: bodies that are cut, twisted or
//! too large, parameters of the wrong form, and cursors of others. Each is refused
//! with its 4xx, and nothing is there that was not there before.
//!
//! What a body or parameter should be is read from the contract, so a new
//! operation is tried as well.

use harness::{Account, Answer, Contract, Operation, TestApp, text};
use serde_json::{Value, json};

struct Stage {
    app: TestApp,
    contract: Contract,
    owner: Account,
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start().await;
        Self {
            contract: app.contract().await,
            owner: app.account().await,
            app,
        }
    }

    fn with_body(&self) -> impl Iterator<Item = (&Operation, &Value)> {
        let operations = self.contract.operations.iter();
        operations.filter_map(|operation| Some((operation, operation.body()?)))
    }

    /// Parameters of one place, with the schema of each.
    fn parameters(&self, place: &'static str) -> impl Iterator<Item = (&Operation, &str, &Value)> {
        self.contract.operations.iter().flat_map(move |operation| {
            let all = operation.description["parameters"]
                .as_array()
                .into_iter()
                .flatten();
            let all = all.map(|parameter| self.contract.resolve(parameter));
            let there = all.filter(move |parameter| parameter["in"] == place);
            there.map(move |parameter| {
                let schema = self.contract.resolve(&parameter["schema"]);
                (operation, text(&parameter["name"]), schema)
            })
        })
    }

    async fn send(&self, operation: &Operation, content_type: &str, body: Vec<u8>) -> Answer {
        let path = operation.at(&well_formed(&self.contract, operation));
        let request = self.app.request(operation.method.clone(), &path, &self.owner.key);
        Answer::of(request.header("Content-Type", content_type).body(body)).await
    }

    async fn ask(&self, operation: &Operation, path: &str) -> Answer {
        let request = self.app.request(operation.method.clone(), path, &self.owner.key);
        Answer::of(request).await
    }

    async fn state(&self) -> Value {
        let balance = self.app.balance(&self.owner.key).await;
        json!([self.app.database.row_counts().await, balance])
    }
}

/// Given by no list.
const NO_CURSORS: &[&str] = &["", "x", "..", "%FF", "AAAA", "key_01k9yx3b1mfz0q4r7s8t2v5w6x"];
/// No length of a page.
const NO_LIMITS: &[&str] = &[
    "0",
    "101",
    "-1",
    "1.5",
    "1e2",
    "1e400",
    "",
    "ten",
    "%00",
    "4294967296",
    "9223372036854775808",
];

#[tokio::test]
async fn a_body_that_is_cut_or_something_else_is_refused() {
    let stage = Stage::set().await;
    let before = stage.state().await;
    for (operation, example) in stage.with_body() {
        let whole = example.to_string();
        let mut surplus = example.clone();
        surplus["surplus"] = json!(1);
        for (content_type, body, status, code) in [
            (
                "application/json",
                whole[..whole.len() - 1].to_owned(),
                400,
                "malformed_json",
            ),
            (
                "application/json",
                format!("{whole}{whole}"),
                400,
                "malformed_json",
            ),
            ("application/json", "1e400".to_owned(), 400, "malformed_json"),
            ("application/json", String::new(), 400, "malformed_json"),
            ("application/json", surplus.to_string(), 400, "invalid_request"),
            ("application/json", "{}".to_owned(), 400, "invalid_request"),
            ("application/json", "null".to_owned(), 400, "invalid_request"),
            ("application/json", format!("[{whole}]"), 400, "invalid_request"),
            (
                "application/xml",
                "<body/>".to_owned(),
                415,
                "unsupported_media_type",
            ),
            ("", whole.clone(), 415, "unsupported_media_type"),
        ] {
            // All of its body has defaults.
            if body == "{}" && operation.id == "webhook_endpoints.rotate_default_secret" {
                continue;
            }
            let answer = stage.send(operation, content_type, body.clone().into()).await;
            // Where no member must be there, nothing is well formed; but what the path
            // names is not there.
            if body == "{}" && answer.status == 404 {
                continue;
            }
            assert_eq!(
                answer.status, status,
                "{} took {body} as {content_type}",
                operation.id
            );
            answer.problem(status, code);
        }
        // A thousand bodies may be as large as all of them.
        let size = if operation.id == "batches.create" {
            16 << 20
        } else {
            2 << 20
        };
        let large = stage.send(operation, "application/json", vec![b' '; size]).await;
        assert_eq!(large.status, 413, "{} took {size} bytes", operation.id);
        large.problem(413, "payload_too_large");
    }
    assert_eq!(stage.state().await, before);
}

#[tokio::test]
async fn a_twisted_member_is_refused_with_its_place() {
    let stage = Stage::set().await;
    let before = stage.state().await;
    for (operation, example) in stage.with_body() {
        for (pointer, member) in leaves(example, String::new()) {
            let mut twisted = vec![
                "{}".to_owned(),
                "9223372036854775808".to_owned(),
                "1e308".to_owned(),
            ];
            match member {
                // No text may hold a NUL, and none is a list.
                Value::String(_) => twisted.extend(["\"a\\u0000b\"".to_owned(), "[\"a\"]".to_owned()]),
                Value::Number(_) => twisted.extend(["-1".to_owned(), "\"1\"".to_owned()]),
                _ => twisted.push("\"yes\"".to_owned()),
            }
            for value in twisted {
                // What only a model refuses is what an estimate is about.
                if operation.id == "estimates.create" && value == "-1" {
                    continue;
                }
                let mut body = example.clone();
                *body.pointer_mut(&pointer).expect("it is there") = json!("here");
                let body = body.to_string().replacen("\"here\"", &value, 1);
                let answer = stage.send(operation, "application/json", body.into()).await;
                assert_eq!(answer.status, 400, "{} took {value} at {pointer}", operation.id);
                let refused = answer.problem(400, "invalid_request");
                let told = text(&refused["errors"][0]["pointer"]);
                assert!(pointer.starts_with(told), "{}: {refused}", operation.id);
            }
        }
    }
    assert_eq!(stage.state().await, before);
}

#[tokio::test]
async fn a_parameter_of_another_form_is_refused() {
    let stage = Stage::set().await;
    let before = stage.state().await;
    for (operation, name, schema) in stage.parameters("query") {
        let wrong: &[&str] = match name {
            "limit" => NO_LIMITS,
            "cursor" => NO_CURSORS,
            _ if schema["type"] == "string"
                && schema.get("pattern").or(schema.get("format")).is_none()
                && schema.get("enum").is_none() =>
            {
                &[]
            }
            _ => &["bogus", "", "%00", "2026-13-01T00:00:00Z", "gen_x"],
        };
        let path = operation.at(&well_formed(&stage.contract, operation));
        // A key of metadata may look like the hours of a time.
        let meant = |value: &str| name == "metadata" && value.contains(':');
        for value in wrong.iter().filter(|value| !meant(value)) {
            let answer = stage.ask(operation, &format!("{path}?{name}={value}")).await;
            // What the path names is looked for first, and is not there.
            if name == "cursor" && is_hidden(operation) {
                answer.problem(404, "not_found");
                continue;
            }
            assert_eq!(answer.status, 400, "{} took {name}={value}", operation.id);
            let code = if name == "cursor" {
                "invalid_cursor"
            } else {
                "invalid_request"
            };
            answer.problem(400, code);
        }
        if name == "cursor" && is_hidden(operation) {
            continue;
        }
        let nul = stage.ask(operation, &format!("{path}?{name}=a%00b")).await;
        assert_eq!(nul.status, 400, "{} took a NUL in {name}", operation.id);
        if name == "cursor" {
            nul.problem(400, "invalid_cursor");
        } else {
            let refused = nul.problem(400, "invalid_request");
            assert_eq!(refused["errors"][0]["parameter"], name);
        }
        // Text may be anything else: found or not, refused or not, but never our fault.
        for value in ["%FF", "'", "%25", &"a".repeat(5000)] {
            let answer = stage.ask(operation, &format!("{path}?{name}={value}")).await;
            assert!(answer.status < 500, "{} fell over {name}={value}", operation.id);
        }
    }
    for (operation, name, schema) in stage.parameters("path") {
        for value in [
            "bogus",
            "%00",
            "%FF",
            "gen_'",
            "gen_01K9YX3B1MFZ0Q4R7S8T2V5W6X",
            &"a".repeat(5000),
        ] {
            // With a body, where it takes one: that is looked at first.
            let answer = Answer::of(stage.app.operate(operation, value, &stage.owner.key)).await;
            // An id of no form is told; a name of no model is just not there.
            let expected = if schema.get("pattern").is_some() { 400 } else { 404 };
            let told = (answer.status, value.chars().take(40).collect::<String>());
            assert!(
                [expected, 400].contains(&answer.status),
                "{} with {name}: {told:?}",
                operation.id
            );
        }
    }
    assert!(!stage.app.log().contains("ERROR"), "{}", stage.app.log());
    assert_eq!(stage.state().await, before);
}

#[tokio::test]
async fn a_cursor_leads_on_in_its_own_list_alone() {
    let stage = Stage::set().await;
    let (app, key) = (&stage.app, &stage.owner.key);
    let body = json!({"name": "another", "scopes": ["keys:read"]});
    app.post("/v1/keys", key, &body).await.expect(201);
    let page = app.get("/v1/keys?limit=1", key).await.expect(200);
    let cursor = text(&page["next_cursor"]);
    let mut tried = 0;
    for (operation, ..) in stage.parameters("query").filter(|(_, name, _)| *name == "cursor") {
        let path = operation.at(&well_formed(&stage.contract, operation));
        let answer = stage.ask(operation, &format!("{path}?cursor={cursor}")).await;
        if is_hidden(operation) {
            answer.problem(404, "not_found");
            continue;
        }
        if operation.id == "keys.list" {
            answer.expect(200);
        } else {
            assert_eq!(
                answer.status, 400,
                "{} took the cursor of keys.list",
                operation.id
            );
            answer.problem(400, "invalid_cursor");
            tried += 1;
        }
    }
    assert!(tried >= 5, "only {tried} lists");
    let stranger = app.account().await;
    for other in [&stranger.key, &stranger.session, &stage.owner.session, &app.demo] {
        let refused = app.get(&format!("/v1/keys?cursor={cursor}"), other).await;
        refused.problem(400, "invalid_cursor");
    }
}

/// The members that hold no others, by their pointers.
fn leaves(value: &Value, place: String) -> Vec<(String, Value)> {
    match value {
        Value::Object(members) => {
            let inner = members
                .iter()
                .flat_map(|(name, member)| leaves(member, format!("{place}/{name}")));
            inner.collect()
        }
        Value::Array(items) => {
            let inner = items
                .iter()
                .enumerate()
                .flat_map(|(at, item)| leaves(item, format!("{place}/{at}")));
            inner.collect()
        }
        leaf => vec![(place, leaf.clone())],
    }
}

/// An id of the form that the operation's path takes, of nothing.
fn well_formed(contract: &Contract, operation: &Operation) -> String {
    let all = operation.description["parameters"]
        .as_array()
        .into_iter()
        .flatten();
    let mut all = all.map(|parameter| contract.resolve(parameter));
    let Some(parameter) = all.find(|parameter| parameter["in"] == "path") else {
        return String::new();
    };
    match contract.resolve(&parameter["schema"])["pattern"].as_str() {
        Some(pattern) => pattern
            .trim_start_matches('^')
            .replace("[0-9a-z]{26}$", "01k9yx3b1mfz0q4r7s8t2v5w6x"),
        None => "none".to_owned(),
    }
}

/// Whether a list is not to be found by who asks here: it is of something that does
/// not exist, or of a person's sessions, which no key may see.
fn is_hidden(operation: &Operation) -> bool {
    operation.path.contains('{') || operation.id == "sessions.list"
}
