//! Secrets that are changed: for a while both sign.

use harness::{Answer, Received, Receiver, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{endpoint, fits, path, start, verify};

const DEFAULT: &str = "/v1/webhook-endpoints/default-secret";

/// Changes a secret, and asks for the same again: it is changed once.
async fn repeated(app: &TestApp, path: &str) -> Value {
    let ask = async || {
        let request = app.request(Method::POST, path, &app.demo);
        let request = request.header("Idempotency-Key", "once");
        Answer::of(request.json(&json!({"grace_seconds": 3600}))).await
    };
    let (first, again) = (ask().await, ask().await);
    assert_eq!(
        (
            first.header("idempotent-replayed"),
            again.header("idempotent-replayed")
        ),
        ("", "true")
    );
    let (first, again) = (first.expect(200), again.expect(200));
    assert_eq!(first, again);
    first
}

fn refuse(secret: &str, received: &Received) {
    let case = json!([{"secret": secret, "headers": received.headers, "body": received.body}]);
    let refused = super::python(&case);
    assert!(refused.contains("No matching signature"), "{refused}");
}

#[tokio::test]
async fn while_a_secret_is_changed_both_sign() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let made = endpoint(&app, &receiver.url, &["batch.ended"]).await;
    let test = format!("{}/test", path(&made));
    let rotate = format!("{}/rotate-secret", path(&made));

    app.post(&test, &app.demo, &json!(null)).await.expect(202);
    let first = receiver.wait_for(1).await;
    let rotated = repeated(&app, &rotate).await;
    app.post(&test, &app.demo, &json!(null)).await.expect(202);
    let both = receiver.wait_for(2).await;
    app.advance("PT61M").await;
    app.post(&test, &app.demo, &json!(null)).await.expect(202);
    let last = receiver.wait_for(3).await;

    fits(&app, &last).await;
    let (old, new) = (text(&made["secret"]), text(&rotated["secret"]));
    assert_ne!(old, new);
    verify(old, &first[..1]);
    verify(old, &both[1..2]);
    verify(new, &both[1..2]);
    verify(new, &last[2..3]);
    refuse(old, &last[2]);
    assert_eq!(last[2].json()["type"], "webhook_endpoint.test");
}

#[tokio::test]
async fn while_the_default_secret_is_changed_both_sign() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let body = json!({
        "model": "sandbox-image", "input": {"prompt": "a boat", "size": "256x256"}, "webhook_url": receiver.url,
    });
    let make = async || {
        let request = app.ask(&app.demo, &body).header("Prefer", "wait=60");
        Answer::of(request).await.expect(201);
    };
    let old = app.get(DEFAULT, &app.demo).await.expect(200);
    assert_eq!(old["old_secret_until"], json!(null));
    make().await;
    receiver.wait_for(1).await;
    let new = repeated(&app, &format!("{DEFAULT}/rotate")).await;
    assert!(!new["old_secret_until"].is_null());
    assert_eq!(app.get(DEFAULT, &app.demo).await.expect(200), new);
    make().await;
    receiver.wait_for(2).await;
    app.advance("PT61M").await;
    make().await;
    let told = receiver.wait_for(3).await;

    let (old, new) = (text(&old["secret"]), text(&new["secret"]));
    assert_ne!(old, new);
    verify(old, &told[..2]);
    verify(new, &told[1..]);
    refuse(new, &told[0]);
    refuse(old, &told[2]);
    // With no grace, the old one signs no more.
    let none = json!({"grace_seconds": 0});
    let last = app.post(&format!("{DEFAULT}/rotate"), &app.demo, &none).await;
    let last = last.expect(200);
    make().await;
    let told = receiver.wait_for(4).await;
    verify(text(&last["secret"]), &told[3..]);
    refuse(new, &told[3]);
    app.advance("PT0S").await;
}
