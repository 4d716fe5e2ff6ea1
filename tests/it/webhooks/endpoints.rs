//! The life of an endpoint.

use harness::{Answer, Receiver, each, text};
use reqwest::Method;
use serde_json::json;

use super::{endpoint, path, start};

#[tokio::test]
async fn an_endpoint_is_made_changed_and_deleted() {
    let app = start().await;
    let receiver = Receiver::answering(204).await;
    let made = endpoint(&app, &receiver.url, &["purchase.paid"]).await;
    assert!(text(&made["secret"]).starts_with("whsec_"));
    let path = path(&made);

    let seen = app.get(&path, &app.demo).await.expect(200);
    assert_eq!(seen["events"], json!(["purchase.paid"]));
    assert_eq!((&seen["enabled"], seen.get("secret")), (&json!(true), None));
    let list = app.get("/v1/webhook-endpoints", &app.demo).await.expect(200);
    assert_eq!(each(&list, "id"), [text(&made["id"])]);

    let change = json!({"description": "another", "events": [], "enabled": false});
    let request = app.request(Method::PATCH, &path, &app.demo).json(&change);
    let changed = Answer::of(request).await.expect(200);
    assert_eq!(
        (&changed["description"], &changed["events"], &changed["enabled"]),
        (&json!("another"), &json!([]), &json!(false))
    );
    let test = app.post(&format!("{path}/test"), &app.demo, &json!(null)).await;
    test.problem(409, "conflict");

    app.delete(&path, &app.demo).await.expect(204);
    app.get(&path, &app.demo).await.problem(404, "not_found");
    app.delete(&path, &app.demo).await.problem(404, "not_found");
    let list = app.get("/v1/webhook-endpoints", &app.demo).await.expect(200);
    assert_eq!(list["data"], json!([]));
    assert!(receiver.received().is_empty());
}

#[tokio::test]
async fn a_repeated_request_makes_one_endpoint_and_shows_its_secret_again() {
    let app = start().await;
    let body = json!({"url": "https://shop.example/hooks"});
    let ask = async || {
        let request = app
            .request(Method::POST, "/v1/webhook-endpoints", &app.demo)
            .json(&body);
        Answer::of(request.header("Idempotency-Key", "once")).await
    };
    let (first, again) = (ask().await, ask().await);
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(first.expect(201), again.expect(201));
    let list = app.get("/v1/webhook-endpoints", &app.demo).await.expect(200);
    assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_account_has_so_many_endpoints_and_no_more() {
    let app = start().await;
    for _ in 0..20 {
        endpoint(&app, "https://shop.example/hooks", &[]).await;
    }
    let body = json!({"url": "https://shop.example/hooks"});
    let answer = app.post("/v1/webhook-endpoints", &app.demo, &body).await;
    answer.problem(409, "conflict");
}

#[tokio::test]
async fn with_another_address_an_endpoint_begins_anew() {
    let app = start().await;
    let (broken, well) = (Receiver::answering(500).await, Receiver::answering(200).await);
    let made = endpoint(&app, &broken.url, &["batch.ended"]).await;
    let path = path(&made);
    app.post(&format!("{path}/test"), &app.demo, &json!(null))
        .await
        .expect(202);
    broken.wait_for(1).await;
    app.advance("PT0S").await;
    let seen = app.get(&path, &app.demo).await.expect(200);
    assert!(!seen["failing_since"].is_null());
    let change = app.request(Method::PATCH, &path, &app.demo);
    let changed = Answer::of(change.json(&json!({"url": well.url})))
        .await
        .expect(200);
    assert_eq!(
        (&changed["failing_since"], &changed["events"]),
        (&json!(null), &made["events"])
    );
    // What waits goes to the new one.
    app.advance("PT6S").await;
    well.wait_for(1).await;
}
