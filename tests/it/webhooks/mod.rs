//! Webhooks: endpoints, what is sent to them, and the feed of events.

mod addresses;
mod batches;
mod crashes;
mod crowd;
mod endpoints;
mod erased;
mod failing;
mod feed;
mod log;
mod scopes;
mod secrets;
mod sending;

use harness::{Received, TestApp, text};
use serde_json::{Value, json};

/// A server that may send to this machine.
pub async fn start() -> TestApp {
    TestApp::configured(OPEN, &[]).await
}

pub const OPEN: &str = "[webhooks]\nallow_networks = [\"127.0.0.1/32\"]\n";

/// An endpoint of the demo account, and its secret.
pub async fn endpoint(app: &TestApp, url: &str, events: &[&str]) -> Value {
    let mut body = json!({"url": url});
    if !events.is_empty() {
        body["events"] = json!(events);
    }
    app.post("/v1/webhook-endpoints", &app.demo, &body)
        .await
        .expect(201)
}

pub fn path(endpoint: &Value) -> String {
    format!("/v1/webhook-endpoints/{}", text(&endpoint["id"]))
}

pub async fn deliveries(app: &TestApp, endpoint: &Value) -> Vec<Value> {
    let page = app
        .get(&format!("{}/deliveries", path(endpoint)), &app.demo)
        .await;
    page.expect(200)["data"].as_array().expect("a page").clone()
}

/// Each body is one that the contract describes.
pub async fn fits(app: &TestApp, received: &[Received]) {
    let contract = app.get("/openapi.json", "").await.expect(200);
    for one in received {
        let body = one.json();
        let webhook = &contract["webhooks"][text(&body["type"])]["post"];
        let mut schema = webhook["requestBody"]["content"]["application/json"]["schema"].clone();
        assert!(schema.is_object(), "{} is not in the contract", body["type"]);
        schema["components"] = contract["components"].clone();
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let faults: Vec<String> = validator
            .iter_errors(&body)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{faults:?} in {body}");
    }
}

/// Another language's library says that these were signed with this secret.
pub fn verify(secret: &str, received: &[Received]) {
    let cases: Vec<Value> = received
        .iter()
        .map(|one| json!({"secret": secret, "headers": one.headers, "body": one.body}))
        .collect();
    assert_eq!(python(&json!(cases)), "ok");
}

/// Runs the Python library on cases; says `ok` when it takes them all.
pub fn python(cases: &Value) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let own = std::env::current_exe().expect("a path");
    let home = own
        .ancestors()
        .nth(3)
        .expect("the target folder")
        .join("standardwebhooks");
    let python = home.join("bin/python");
    static ONCE: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let lock = ONCE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !home.join("ready").exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&home).status();
        assert!(made.expect("python3 runs").success());
        let wanted = ["-m", "pip", "install", "--quiet", "standardwebhooks==1.0.0"];
        let put = Command::new(&python).args(wanted).status();
        assert!(put.expect("pip runs").success());
        std::fs::write(home.join("ready"), "").expect("the folder can be written");
    }
    drop(lock);
    let script = "
import json, sys
from standardwebhooks.webhooks import Webhook
for case in json.load(sys.stdin):
    Webhook(case['secret']).verify(case['body'], case['headers'])
print('ok', end='')
";
    let mut child = Command::new(python)
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python runs");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(cases.to_string().as_bytes()).expect("it listens");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    match output.status.success() {
        true => String::from_utf8_lossy(&output.stdout).into_owned(),
        false => String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
