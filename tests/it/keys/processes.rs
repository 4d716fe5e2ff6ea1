//! What ends or changes a credential in one process holds in every other within five
//! seconds: two servers on one PostgreSQL.

use std::time::{Duration, Instant};

use harness::{Answer, TestApp, text};
use serde_json::json;

use super::{made, patch, rotate};

/// Contract.
const WITHIN: Duration = Duration::from_secs(5);

/// The status of a look at credits by way of a server.
async fn status(app: &TestApp, server: &str, credentials: &str) -> u16 {
    let request = app.client.get(format!("{server}/v1/credits"));
    Answer::of(request.bearer_auth(credentials)).await.status
}

/// Waits until the other server answers so, asking as fast as programs do: what it
/// remembers must not be renewed by being used.
pub(super) async fn until(app: &TestApp, server: &str, credentials: &str, expected: u16, what: &str) {
    let begin = Instant::now();
    while status(app, server, credentials).await != expected {
        assert!(
            begin.elapsed() < WITHIN,
            "{what} is not seen in the other process"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn every_process_learns_of_it_within_five_seconds() {
    let mut app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let other = app.another(&[]).await;
    let owner = app.account().await;
    let known = async |credentials: &str| assert_eq!(status(&app, &other, credentials).await, 200);

    let (key, path) = made(&app, &owner.key, json!({})).await;
    known(&key).await;
    app.delete(&path, &owner.key).await.expect(200);
    until(&app, &other, &key, 401, "a revocation").await;

    let (key, path) = made(&app, &owner.key, json!({})).await;
    known(&key).await;
    let rotated = rotate(&app, &path, &owner.key, 0).await.expect(201);
    until(&app, &other, &key, 401, "a rotation").await;
    let key = text(&rotated["secret"]);
    known(key).await;
    let changes = [
        (json!({"ip_allow": ["192.0.2.1"]}), 403),
        (json!({"ip_allow": null}), 200),
        (json!({"scopes": ["keys:read"]}), 403),
        (json!({"scopes": ["credits:read"]}), 200),
    ];
    for (change, expected) in changes {
        patch(&app, &path, &owner.key, &change).await.expect(200);
        until(&app, &other, key, expected, &change.to_string()).await;
    }

    let third = rotate(&app, &path, &owner.key, 2).await.expect(201);
    known(key).await;
    app.advance("PT2S").await;
    until(&app, &other, key, 401, "the end of a grace").await;
    known(text(&third["secret"])).await;
    let body = json!({"leaks": [{"secret": third["secret"]}]});
    assert_eq!(app.post("/v1/keys/report-leak", "", &body).await.status, 204);
    until(&app, &other, text(&third["secret"]), 401, "a leak").await;

    let session = app.sign_in(&owner).await;
    known(&session).await;
    let out = app.request(reqwest::Method::POST, "/v1/auth/logout", &session);
    assert_eq!(Answer::of(out).await.status, 204);
    until(&app, &other, &session, 401, "the end of a session").await;
}
