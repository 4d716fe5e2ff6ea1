//! `/v1/data-rights`: a copy of everything, and the erasure of everything.

mod access;
mod crash;
mod erasure;
mod missing;
mod requests;
mod scrub;

use std::time::Instant;

use harness::{Account, Answer, PATIENCE, TestApp, text};
use serde_json::{Value, json};

const REQUESTS: &str = "/v1/data-rights/requests";

fn path_of(request: &Value) -> String {
    format!("{REQUESTS}/{}", text(&request["id"]))
}

async fn ask(app: &TestApp, key: &str, kind: &str) -> Answer {
    app.post(REQUESTS, key, &json!({"type": kind})).await
}

async fn confirm(app: &TestApp, owner: &Account, request: &Value) -> Answer {
    let code = app.mailed_code(&owner.email).await;
    let path = format!("{}/verify", path_of(request));
    app.post(&path, &owner.key, &json!({"code": code})).await
}

/// Asks, confirms, and says what the confirmed request looks like.
pub async fn ask_and_confirm(app: &TestApp, owner: &Account, kind: &str) -> Value {
    let request = ask(app, &owner.key, kind).await.expect(202);
    confirm(app, owner, &request).await.expect(200)
}

/// The receipt, once there is one.
pub async fn receipt(app: &TestApp, request: &Value) -> Value {
    let path = text(&request["receipt"])
        .split_once("/v1/")
        .map(|(_, path)| format!("/v1/{path}"))
        .expect("a link");
    let begin = Instant::now();
    loop {
        let answer = app.get(&path, "").await;
        if answer.status == 200 {
            return answer.expect(200);
        }
        answer.problem(409, "conflict");
        assert!(begin.elapsed() < PATIENCE, "there is no receipt: {}", app.log());
        app.advance("PT1S").await;
    }
}

/// How many rows of a table an action was about.
fn counted(receipt: &Value, action: &str, table: &str) -> u64 {
    let actions = receipt["actions"].as_array().expect("actions");
    let found = actions
        .iter()
        .find(|taken| taken["action"] == action && taken["table"] == table);
    found.map_or(0, |taken| taken["count"].as_u64().expect("a count"))
}
