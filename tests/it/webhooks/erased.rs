//! What is erased, or whose endpoint is gone, is not sent: not even what was about to be.

use std::time::Duration;

use harness::{Answer, Receiver, TestApp, text};
use serde_json::{Value, json};

use super::{deliveries, endpoint, path, start};
use crate::data_rights::{ask_and_confirm, receipt};

/// So long a receiver takes over an answer, and so many it is sent at a time.
const SLOW: Duration = Duration::from_secs(2);
const AT_ONCE: usize = 8;

/// Has many things made, each with a name that its owner gave it, and waits for the first to
/// be told and the next to be on their way.
async fn many(app: &TestApp, key: &str, receiver: &Receiver) -> Vec<Value> {
    let asked = (0..60).map(|number| async move {
        let body = json!({
            "model": "sandbox-text", "input": {"prompt": "a sentence"},
            "metadata": {"name": format!("a name {number}")},
        });
        Answer::of(app.ask(key, &body).header("Prefer", "wait=60"))
            .await
            .expect(201)["id"]
            .clone()
    });
    let made = futures_util::future::join_all(asked).await;
    receiver.wait_for(AT_ONCE + 1).await;
    made
}

async fn delete_all(app: &TestApp, generations: &[Value]) {
    for id in generations {
        let path = format!("/v1/generations/{}", text(id));
        assert_eq!(app.delete(&path, &app.demo).await.status, 204);
    }
}

/// Nothing comes any more, nor would if the receiver were faster.
async fn nothing_comes(receiver: &Receiver) {
    // What was handed over before may take a moment to be read.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let before = receiver.received().len();
    tokio::time::sleep(2 * SLOW).await;
    assert_eq!(receiver.received().len(), before, "more came");
}

#[tokio::test]
async fn nothing_is_sent_to_an_endpoint_that_is_gone() {
    let app = start().await;
    let receiver = Receiver::slow(200, SLOW).await;
    let made = endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    let generations = many(&app, &app.demo, &receiver).await;
    delete_all(&app, &generations).await;
    assert_eq!(app.delete(&path(&made), &app.demo).await.status, 204);
    nothing_comes(&receiver).await;
}

#[tokio::test]
async fn nothing_is_sent_to_an_endpoint_that_is_disabled() {
    let app = start().await;
    let receiver = Receiver::slow(200, SLOW).await;
    let made = endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    many(&app, &app.demo, &receiver).await;
    let off = app
        .request(reqwest::Method::PATCH, &path(&made), &app.demo)
        .json(&json!({"enabled": false}));
    Answer::of(off).await.expect(200);
    nothing_comes(&receiver).await;
    let statuses: Vec<Value> = deliveries(&app, &made)
        .await
        .iter()
        .map(|one| one["status"].clone())
        .collect();
    assert!(statuses.contains(&json!("canceled")), "{statuses:?}");
}

#[tokio::test]
async fn of_an_erased_generation_only_its_name_is_sent() {
    let app = start().await;
    let receiver = Receiver::slow(200, SLOW).await;
    endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    let generations = many(&app, &app.demo, &receiver).await;
    delete_all(&app, &generations).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let before = receiver.received().len();
    for late in &receiver.wait_for(before + 2 * AT_ONCE).await[before..] {
        let data = &late.json()["data"];
        assert_eq!(
            (&data["metadata"], &data["outputs"]),
            (&json!({}), &json!([])),
            "{late:?}"
        );
    }
    // What is left is sent to nobody.
    let left = app.get("/v1/webhook-endpoints", &app.demo).await.expect(200);
    app.delete(&path(&left["data"][0]), &app.demo).await;
    app.advance("PT0S").await;
}

#[tokio::test]
async fn of_an_erased_account_nothing_is_sent() {
    let app = start().await;
    let owner = app.account().await;
    let receiver = Receiver::slow(200, SLOW).await;
    let body = json!({"url": receiver.url, "events": ["generation.succeeded"]});
    app.post("/v1/webhook-endpoints", &owner.key, &body)
        .await
        .expect(201);
    many(&app, &owner.key, &receiver).await;
    let request = ask_and_confirm(&app, &owner, "erasure").await;
    receipt(&app, &request).await;
    nothing_comes(&receiver).await;
    for table in ["event", "delivery", "delivery_lane", "webhook_secret"] {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE account_id = '{}'", owner.id);
        assert_eq!(app.count(&sql).await, 0, "{table}");
    }
}
