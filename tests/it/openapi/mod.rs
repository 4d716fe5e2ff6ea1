//! The contract: the file, what is printed and what is served are one; every
//! operation is told in full; every example fits its schema.
//!
//! That the server keeps it is seen elsewhere: the harness holds every answer that
//! any test gets to the contract, and `access.rs` asks every operation, with
//! success and without.

mod yaml;

use std::collections::BTreeSet;

use harness::{Answer, Contract, Operation, TestApp, Validators, breach, text};
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

const FILE: &str = include_str!("../../../openapi.yaml");

fn contract() -> Contract {
    Contract::of(serde_json::from_str(tintype::server::openapi_json()).expect("JSON"))
}

#[tokio::test]
async fn the_file_is_what_is_printed_and_served() {
    let app = TestApp::start().await;
    let printed = app.run(&["openapi"]);
    assert!(printed.status.success());
    let served = app.get("/openapi.yaml", "").await;
    assert_eq!(served.header("content-type"), "application/yaml");
    assert!(
        printed.stdout == FILE.as_bytes(),
        "openapi.yaml is stale: cargo run -- openapi > openapi.yaml"
    );
    assert!(served.bytes == printed.stdout, "another contract is served");
    let json = app.get("/openapi.json", "").await.expect(200);
    assert!(
        yaml::load(FILE) == json,
        "the YAML says something else than the JSON"
    );
    assert_eq!(json["openapi"], "3.1.0");
}

#[test]
fn every_operation_is_told_in_full() {
    let contract = contract();
    let tags = contract.document["tags"].as_array().expect("tags");
    let tags: BTreeSet<&str> = tags.iter().map(|tag| text(&tag["name"])).collect();
    let mut ids = BTreeSet::new();
    for operation in &contract.operations {
        let id = operation.id.as_str();
        assert!(ids.insert(id), "{id} is there twice");
        let (resource, method) = id.split_once('.').unwrap_or_default();
        for word in [resource, method] {
            let plain = |letter: char| letter.is_ascii_lowercase() || letter == '_';
            assert!(
                !word.is_empty() && word.chars().all(plain),
                "{id} is no resource.method"
            );
        }
        let own = operation.description["tags"].as_array().expect("tags");
        assert_eq!(own.len(), 1, "{id} has one tag");
        assert!(
            tags.contains(text(&own[0])),
            "{id} has a tag that nobody explains"
        );
        let summary = text(&operation.description["summary"]);
        assert!(
            (3..=60).contains(&summary.len()) && !summary.ends_with('.'),
            "{id}: {summary}"
        );
        assert!(
            text(&operation.description["description"]).len() > 20,
            "{id} is not described"
        );
        parts(&contract, operation);
    }
}

/// Parameters, bodies and responses have words, and bodies an example.
fn parts(contract: &Contract, operation: &Operation) {
    let id = operation.id.as_str();
    for parameter in operation.description["parameters"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let parameter = contract.resolve(parameter);
        assert!(
            !text(&parameter["description"]).is_empty(),
            "{id}: {}",
            parameter["name"]
        );
    }
    let exemplary = |content: &Value, what: &str| {
        for (media, body) in content.as_object().into_iter().flatten() {
            assert!(body["schema"].is_object(), "{id}: {what} has no schema");
            if media.ends_with("json") {
                assert!(body.get("example").is_some(), "{id}: {what} has no example");
            }
        }
    };
    exemplary(&operation.description["requestBody"]["content"], "its body");
    let responses = operation.description["responses"].as_object().expect("responses");
    assert!(
        responses.keys().any(|status| status.starts_with('2')),
        "{id} never succeeds"
    );
    assert!(
        responses.contains_key("default"),
        "{id} has no word for our faults"
    );
    for (status, response) in responses {
        let response = contract.resolve(response);
        assert!(!text(&response["description"]).is_empty(), "{id}: {status}");
        exemplary(&response["content"], status);
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let header = contract.resolve(header);
            assert!(!text(&header["description"]).is_empty(), "{id}: {status}: {name}");
        }
    }
}

#[test]
fn every_example_fits_its_schema() {
    let contract = contract();
    let validators = Validators::of(&contract.document);
    let mut found = 0;
    let mut misfits = Vec::new();
    each_object(&contract.document, "", &mut |place, object| {
        let schema = object.get("schema").cloned().unwrap_or_else(|| json!(object));
        let one = object.get("example").filter(|_| object.contains_key("schema"));
        // In a schema they stand side by side.
        let several = object.get("examples").and_then(Value::as_array);
        for example in one.into_iter().chain(several.into_iter().flatten()) {
            found += 1;
            for fault in validators.faults(&schema, example) {
                misfits.push(format!("{place}: {fault}"));
            }
        }
    });
    assert!(misfits.is_empty(), "\n{}", misfits.join("\n"));
    assert!(found > 80, "only {found} examples");
}

fn each_object(value: &Value, place: &str, visit: &mut dyn FnMut(&str, &serde_json::Map<String, Value>)) {
    if let Value::Object(members) = value {
        visit(place, members);
        for (name, member) in members {
            // Examples hold no schemas.
            if !["example", "examples"].contains(&name.as_str()) {
                each_object(member, &format!("{place}/{name}"), visit);
            }
        }
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        each_object(item, &format!("{place}/{at}"), visit);
    }
}

#[test]
fn the_examples_of_errors_are_real() {
    let contract = contract();
    let responses = contract.document["components"]["responses"].as_object();
    for (name, response) in responses.expect("shared responses") {
        let example = &response["content"]["application/problem+json"]["example"];
        let code = tintype::http::Code::find(text(&example["code"])).expect("a code");
        let expected = (code.title(), u64::from(code.status().as_u16()));
        assert_eq!(
            (
                text(&example["title"]),
                example["status"].as_u64().unwrap_or_default()
            ),
            expected,
            "{name}"
        );
        assert!(
            text(&example["type"]).ends_with(&format!("/problems/{}", code.name())),
            "{name}"
        );
    }
}

#[test]
fn an_answer_beside_the_contract_is_noticed() {
    let answer = |status: u16, content_type: &'static str, json: Value| {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(content_type));
        Answer {
            status,
            headers,
            bytes: json.to_string().into(),
            json,
        }
    };
    let whole = contract().find("credits.get").description["responses"]["200"]["content"]["application/json"]
        ["example"]
        .clone();
    let credits = |answer: Answer| breach(&Method::GET, "/v1/credits", &answer);
    assert_eq!(credits(answer(200, "application/json", whole.clone())), None);
    let mut surplus = whole.clone();
    surplus["available"] = json!(12.5);
    for wrong in [
        answer(200, "application/json", json!({})),
        answer(200, "application/json", surplus),
        answer(200, "text/html", whole.clone()),
        answer(201, "application/json", whole.clone()),
        answer(418, "application/problem+json", json!({})),
        answer(500, "application/json", whole),
    ] {
        let said = String::from_utf8_lossy(&wrong.bytes).into_owned();
        assert!(credits(wrong.clone()).is_some(), "{} {said}", wrong.status);
    }
    let silent = answer(204, "", json!("words"));
    assert!(breach(&Method::DELETE, "/v1/webhook-endpoints/whe_1", &silent).is_some());
    // What is no operation is no concern of the contract's.
    assert_eq!(
        breach(&Method::GET, "/healthz", &answer(418, "", json!({}))),
        None
    );
}
