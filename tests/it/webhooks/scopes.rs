//! Whoever says where events go, or reads them here, sees no more of what they are about
//! than the same credentials may read of it elsewhere.

use harness::{Receiver, TestApp, text};
use serde_json::{Value, json};

use super::{endpoint, path, start};

async fn narrow(app: &TestApp, scopes: &[&str]) -> String {
    app.key_with(&app.demo, scopes).await
}

#[tokio::test]
async fn events_are_sent_where_those_say_who_may_read_what_they_are_about() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let key = narrow(&app, &["webhooks:read", "webhooks:write"]).await;
    let body = |events: &[&str]| match events {
        [] => json!({"url": receiver.url}),
        some => json!({"url": receiver.url, "events": some}),
    };
    let cases: [(&[&str], &str); 4] = [
        (&[], "generations:read"),
        (&["webhook_endpoint.test", "batch.ended"], "generations:read"),
        (&["key.leaked"], "keys:read"),
        (&["purchase.paid"], "purchases:read"),
    ];
    for (events, scope) in cases {
        let refused = app.post("/v1/webhook-endpoints", &key, &body(events)).await;
        assert_eq!(refused.problem(403, "insufficient_scope")["required"], scope);
    }
    let none = app.get("/v1/webhook-endpoints", &key).await.expect(200);
    assert_eq!(none["data"], json!([]), "a refusal makes nothing");

    // What is about no other resource, it may have; and what it may read, too.
    let own = body(&["webhook_endpoint.test"]);
    let own = app.post("/v1/webhook-endpoints", &key, &own).await.expect(201);
    let reads = narrow(&app, &["webhooks:write", "generations:read"]).await;
    let made = app
        .post("/v1/webhook-endpoints", &reads, &body(&["generation.failed"]))
        .await
        .expect(201);

    // Nor does it direct elsewhere, or widen, what others made.
    let change = async |endpoint: &Value, change: Value| {
        let request = app.request(reqwest::Method::PATCH, &path(endpoint), &key);
        harness::Answer::of(request.json(&change)).await
    };
    let refused = [
        (&made, json!({"url": format!("{}/elsewhere", receiver.url)})),
        (&made, json!({"events": ["purchase.paid"]})),
        (&own, json!({"events": ["generation.succeeded"]})),
        (&own, json!({"events": []})),
    ];
    for (endpoint, wanted) in refused {
        change(endpoint, wanted).await.problem(403, "insufficient_scope");
    }
    change(&made, json!({"description": "the shop", "url": receiver.url}))
        .await
        .expect(200);
    change(&own, json!({"url": format!("{}/own", receiver.url)}))
        .await
        .expect(200);

    // One event goes where it is asked to go, whatever the endpoint is for.
    app.generate(&app.demo, "a pear").await;
    app.advance("PT0S").await;
    let events = app.get("/v1/events?type=generation.succeeded", &app.demo).await;
    let event = events.expect(200)["data"][0]["id"].clone();
    let replay = format!("{}/replay", path(&own));
    let refused = app.post(&replay, &key, &json!({"event_id": event})).await;
    assert_eq!(
        refused.problem(403, "insufficient_scope")["required"],
        "generations:read"
    );
    app.advance("PT0S").await;
    assert!(receiver.received().is_empty(), "nothing was sent");
    app.post(&replay, &reads, &json!({"event_id": event}))
        .await
        .expect(202);
    let received = receiver.wait_for(1).await;
    assert_eq!(received[0].id(), text(&event));
}

#[tokio::test]
async fn events_show_what_the_reader_may_read_of_their_subjects() {
    let app = start().await;
    let asked = json!({
        "model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"},
        "metadata": {"order": "7"}, "end_user": "somebody",
    });
    let made = harness::Answer::of(app.ask(&app.demo, &asked)).await.expect(202);
    app.ended(&app.demo, &made["id"]).await;
    app.advance("PT0S").await;
    let key = narrow(&app, &["webhooks:read", "files:read"]).await;
    let path = format!(
        "/v1/events?type=generation.succeeded&subject={}",
        text(&made["id"])
    );
    let event = app.get(&path, &key).await.expect(200)["data"][0].clone();
    assert_eq!(event["data"], json!({"id": made["id"], "status": "succeeded"}));
    let path = format!("/v1/events/{}", text(&event["id"]));
    assert_eq!(app.get(&path, &key).await.expect(200), event);

    let reads = narrow(&app, &["webhooks:read", "generations:read"]).await;
    let whole = app.get(&path, &reads).await.expect(200);
    assert_eq!(whole["data"]["metadata"], json!({"order": "7"}));
    app.open(&whole["data"]["outputs"][0]["url"]).await;

    // An endpoint is of the webhooks themselves.
    let made = endpoint(&app, "https://shop.example/hooks", &["generation.failed"]).await;
    let test = app
        .post(&format!("{}/test", super::path(&made)), &app.demo, &json!(null))
        .await;
    test.expect(202);
    app.advance("PT0S").await;
    let events = app.get("/v1/events?type=webhook_endpoint.test", &key).await;
    let event = events.expect(200)["data"][0].clone();
    assert_eq!(event["data"]["url"], "https://shop.example/hooks");
}

#[tokio::test]
async fn a_requests_own_address_is_told_what_the_key_may_read() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let writes = narrow(&app, &["generations:write"]).await;
    let one = json!({
        "model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}, "webhook_url": receiver.url,
    });
    let refused = app.post("/v1/generations", &writes, &one).await;
    assert_eq!(
        refused.problem(403, "insufficient_scope")["required"],
        "generations:read"
    );
    let bare = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    let whole = json!({"generations": [bare], "webhook_url": receiver.url});
    for batch in [json!({"generations": [one]}), whole] {
        let refused = app.post("/v1/batches", &writes, &batch).await;
        refused.problem(403, "insufficient_scope");
    }
    let reads = narrow(&app, &["generations:read", "generations:write"]).await;
    let made = app.post("/v1/generations", &reads, &one).await.expect(202);
    app.ended(&reads, &made["id"]).await;
    receiver.wait_for(1).await;
    app.advance("PT0S").await;
    assert_eq!(
        receiver.received().len(),
        1,
        "nothing was made of what was refused"
    );
}

#[tokio::test]
async fn what_a_server_answered_is_shown_to_whoever_may_read_what_it_was_sent() {
    let app = start().await;
    let receiver = Receiver::answering(500).await;
    let made = endpoint(&app, &receiver.url, &["generation.failed"]).await;
    app.generate(&app.demo, "sandbox:fail").await;
    receiver.wait_for(1).await;
    app.advance("PT0S").await;
    let paths = [
        "/v1/webhook-deliveries".to_owned(),
        format!("{}/deliveries", path(&made)),
    ];
    let narrow = narrow(&app, &["webhooks:read"]).await;
    for path in paths {
        let excerpt = async |key: &str| {
            let page = app.get(&path, key).await.expect(200);
            page["data"][0]["response_excerpt"].clone()
        };
        assert!(excerpt(&app.demo).await.is_string(), "{path}");
        assert_eq!(excerpt(&narrow).await, Value::Null, "{path}");
    }
}
