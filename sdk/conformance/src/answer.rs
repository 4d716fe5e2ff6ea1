//! The bytes of one answer.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::bytes;
use crate::case::Step;

/// The objects that answers vary.
pub type Fixtures = BTreeMap<String, Value>;

pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

/// The answer of a step that sends one, to the request of this number, counted from one.
pub fn answer(step: &Step, fixtures: &Fixtures, number: usize, other: &str) -> Answer {
    let request_id = format!("req_conformance_{number}");
    let mut status = step.status.unwrap_or(200);
    let (mut content_type, body) = body(step, fixtures, &request_id);
    if let Some(problem) = &step.problem {
        status = problem["status"]
            .as_u64()
            .and_then(|status| status.try_into().ok())
            .unwrap_or(500);
    }
    if let Some(own) = &step.content_type {
        content_type = Some(own);
    }
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    headers.insert("X-Request-Id".into(), request_id);
    if let Some(content_type) = content_type {
        headers.insert("Content-Type".into(), content_type.into());
    }
    if step.events.is_some() {
        headers.insert("Transfer-Encoding".into(), "chunked".into());
    } else if status != 204 {
        headers.insert("Content-Length".into(), body.len().to_string());
    }
    for (name, value) in &step.headers {
        match value {
            Some(value) => headers.insert(name.clone(), filled(value, other)),
            None => headers.remove(name),
        };
    }
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    Answer {
        head: head + "\r\n",
        body,
    }
}

fn body<'a>(step: &'a Step, fixtures: &Fixtures, request_id: &str) -> (Option<&'a str>, Vec<u8>) {
    let json = Some("application/json; charset=utf-8");
    let fixture = |name: &str, with: &Option<Value>| {
        let mut value = fixtures
            .get(name)
            .unwrap_or_else(|| panic!("no fixture {name}"))
            .clone();
        if let Some(with) = with {
            merge(&mut value, with);
        }
        value
    };
    if let Some(value) = &step.json {
        return (json, value.to_string().into_bytes());
    }
    if let Some(name) = &step.like {
        return (json, fixture(name, &step.with).to_string().into_bytes());
    }
    if let Some(page) = &step.page {
        let items = page.ids.iter().map(|id| {
            let mut item = fixture(&page.like, &page.with);
            item["id"] = id.as_str().into();
            item
        });
        let items: Vec<Value> = items.collect();
        let page = json!({"data": items, "has_more": page.next.is_some(), "next_cursor": page.next});
        return (json, page.to_string().into_bytes());
    }
    if let Some(problem) = &step.problem {
        let problem = full_problem(problem, request_id);
        return (
            Some("application/problem+json"),
            Value::from(problem).to_string().into_bytes(),
        );
    }
    if let Some(text) = &step.text {
        return (Some("text/plain"), text.clone().into_bytes());
    }
    if let Some(bytes) = &step.bytes {
        return (
            Some("application/octet-stream"),
            bytes::known(bytes.size).to_vec(),
        );
    }
    if step.events.is_some() {
        return (Some("text/event-stream"), Vec::new());
    }
    (None, Vec::new())
}

fn full_problem(given: &Map<String, Value>, request_id: &str) -> Map<String, Value> {
    let code = given["code"].as_str().unwrap_or_default();
    let mut problem = Map::new();
    problem.insert(
        "type".into(),
        format!("https://api.example.com/problems/{code}").into(),
    );
    problem.insert("title".into(), code.replace('_', " ").into());
    problem.insert("status".into(), given["status"].clone());
    problem.insert("detail".into(), format!("This is about {code}.").into());
    problem.insert("instance".into(), "/v1".into());
    problem.insert("code".into(), code.into());
    problem.insert("request_id".into(), request_id.into());
    problem.extend(given.clone());
    problem
}

/// Objects are merged, everything else is replaced.
fn merge(value: &mut Value, with: &Value) {
    match (value, with) {
        (Value::Object(value), Value::Object(with)) => {
            for (name, with) in with {
                merge(value.entry(name).or_insert(Value::Null), with);
            }
        }
        (value, with) => *value = with.clone(),
    }
}

fn filled(value: &str, other: &str) -> String {
    let value = value.replace("{other}", other);
    let Some((before, rest)) = value.split_once("{http_date+") else {
        return value;
    };
    let (seconds, behind) = rest.split_once('}').expect("a closing brace");
    let seconds = SignedDuration::from_secs(seconds.parse().expect("seconds"));
    let date = (Timestamp::now() + seconds).strftime("%a, %d %b %Y %H:%M:%S GMT");
    format!("{before}{date}{behind}")
}

fn reason(status: u16) -> &'static str {
    let status = reqwest::StatusCode::from_u16(status).ok();
    status
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unnamed")
}
