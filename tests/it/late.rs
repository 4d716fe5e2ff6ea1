//! What takes a while to answer goes to whoever may have it when it is written.

use std::time::Duration;

use harness::{Account, Answer, Operator, TestApp, text};
use reqwest::{Method, RequestBuilder};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio::time::sleep;

/// What becomes of the credentials meanwhile, and what their bearer is answered then.
const WAYS: &[(&str, u16, &str)] = &[
    ("revoked", 401, "unauthenticated"),
    ("rotated", 401, "unauthenticated"),
    ("bound to a network", 403, "address_not_allowed"),
    ("narrowed", 403, "insufficient_scope"),
    ("signed out", 401, "unauthenticated"),
    ("suspended", 403, "account_suspended"),
];

const SCOPES: &[&str] = &["generations:read", "generations:write", "files:read"];

/// A credential that is to be lost, and where its key is.
async fn credential(app: &TestApp, owner: &Account, way: &str) -> (String, String) {
    if way == "signed out" {
        return (app.sign_in(owner).await, String::new());
    }
    let body = json!({"name": way, "scopes": SCOPES});
    let key = app.post("/v1/keys", &owner.key, &body).await.expect(201);
    let path = format!("/v1/keys/{}", text(&key["id"]));
    (text(&key["secret"]).to_owned(), path)
}

async fn lose(app: &TestApp, staff: &Operator, owner: &Account, way: &str, lost: &(String, String)) {
    let (credential, path) = lost;
    let patch = async |change: Value| {
        let request = app.request(Method::PATCH, path, &owner.session).json(&change);
        Answer::of(request).await.expect(200);
    };
    match way {
        "revoked" => drop(app.delete(path, &owner.key).await.expect(200)),
        "rotated" => {
            let (path, at_once) = (format!("{path}/rotate"), json!({"grace_seconds": 0}));
            app.post(&path, &owner.session, &at_once).await.expect(201);
        }
        "bound to a network" => patch(json!({"ip_allow": ["192.0.2.0/24"]})).await,
        "narrowed" => patch(json!({"scopes": ["credits:read"]})).await,
        "signed out" => {
            let out = app.post("/v1/auth/logout", credential, &Value::Null).await;
            out.expect(204);
        }
        _ => suspend(app, staff, owner).await,
    }
}

async fn suspend(app: &TestApp, staff: &Operator, owner: &Account) {
    let path = format!("/accounts/{}/suspend", owner.id);
    let why = json!({"reason": "ticket 4711"});
    app.admin(Method::POST, &path, staff, &why).await.expect(200);
}

fn slow() -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": "sandbox:slow=4", "size": "256x256"}})
}

#[tokio::test]
async fn who_lost_the_credentials_while_waiting_gets_nothing() {
    let app = TestApp::start().await;
    let (owner, staff) = (app.account().await, app.owner().await);
    let wait = |request: RequestBuilder| tokio::spawn(Answer::of(request.header("Prefer", "wait=30")));
    let mut waiting = Vec::new();
    let mut all = Vec::new();
    let suspended = app.account().await;
    let owner_of = |way: &str| match way {
        "suspended" => &suspended,
        _ => &owner,
    };
    for (way, status, code) in WAYS {
        let lost = credential(&app, owner_of(way), way).await;
        let asked = Answer::of(app.ask(&lost.0, &slow())).await.expect(202);
        let path = format!("/v1/generations/{}", text(&asked["id"]));
        let requests = [
            app.request(Method::GET, &path, &lost.0),
            app.ask(&lost.0, &slow()),
        ];
        for request in requests {
            waiting.push((*way, *status, *code, wait(request)));
        }
        all.push((*way, lost));
    }
    let kept = app.account().await;
    let untouched = wait(app.ask(&kept.key, &slow()));
    sleep(Duration::from_millis(500)).await;
    for (way, lost) in &all {
        lose(&app, &staff, owner_of(way), way, lost).await;
    }
    for (way, status, code, answer) in waiting {
        let answer = answer.await.expect("an answer");
        assert_eq!(answer.status, status, "{way}");
        answer.problem(status, code);
    }
    let made = untouched.await.expect("an answer").expect(201);
    assert_eq!(made["outputs"].as_array().map(Vec::len), Some(1));
}

/// More than a line holds.
const LARGE: usize = 64 << 20;

/// Has a file hold other bytes, and says what it held before.
async fn swell(app: &TestApp, output: &Value, bytes: Vec<u8>) -> Vec<u8> {
    let id = text(&output["file_id"]);
    let object = app.stored().into_iter().find(|object| object.contains(id));
    let path = app.data_dir.join("files").join(object.expect("an object"));
    let before = std::fs::read(&path).expect("it can be read");
    let connection = app.connect().await;
    let sql = format!("UPDATE file SET bytes = {} WHERE id = '{id}'", bytes.len());
    std::fs::write(path, bytes).expect("it can be written");
    let changed = connection.execute_unprepared(&sql).await;
    changed.expect("the row changes");
    connection.close().await.expect("the connection closes");
    before
}

#[tokio::test]
async fn a_download_breaks_off_when_its_door_is_shut() {
    let app = TestApp::start().await;
    let (owner, staff) = (app.account().await, app.owner().await);
    let output = app.generate(&owner.key, "a lighthouse").await["outputs"][0].clone();
    let before = swell(&app, &output, vec![7; LARGE]).await;
    let path = format!("/v1/files/{}/content", text(&output["file_id"]));
    for way in ["untouched", "revoked", "suspended"] {
        let lost = credential(&app, &owner, way).await;
        // A link is nobody's, but dies with its account.
        let request = match way {
            "suspended" => app.client.get(text(&output["url"])),
            _ => app.request(Method::GET, &path, &lost.0),
        };
        let mut answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{way}");
        let mut bytes = answer.chunk().await.expect("it begins").expect("a part").len();
        if way != "untouched" {
            lose(&app, &staff, &owner, way, &lost).await;
        }
        sleep(Duration::from_millis(2500)).await;
        let end = loop {
            match answer.chunk().await {
                Ok(Some(part)) => bytes += part.len(),
                end => break end,
            }
        };
        assert_eq!(end.is_ok(), way == "untouched", "{way}");
        assert_eq!(bytes == LARGE, way == "untouched", "{way}");
    }
    app.open(&output["url"]).await.problem(404, "not_found");
    app.get(&path, &owner.key).await.problem(403, "account_suspended");
    swell(&app, &output, before).await;
}

/// The scope that asked is left, the one that shows is gone.
#[tokio::test]
async fn who_may_only_write_by_then_is_not_shown_what_was_made() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = credential(&app, &owner, "narrowed").await;
    let waiting = tokio::spawn(Answer::of(app.ask(&key, &slow()).header("Prefer", "wait=30")));
    sleep(Duration::from_secs(1)).await;
    let narrower = json!({"scopes": ["generations:write"]});
    let request = app.request(Method::PATCH, &path, &owner.session).json(&narrower);
    Answer::of(request).await.expect(200);
    let made = waiting.await.expect("an answer").expect(201);
    assert_eq!(
        (&made["status"], &made["input"], &made["outputs"]),
        (&json!("succeeded"), &json!({}), &json!([])),
    );
}
