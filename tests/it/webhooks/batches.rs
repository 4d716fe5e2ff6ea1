//! Batches that bring an address of their own.

use harness::{Receiver, TestApp, each, text};
use serde_json::{Value, json};

use super::{fits, start, verify};

fn line(prompt: &str) -> Value {
    json!({"model": "sandbox-text", "input": {"prompt": prompt, "max_tokens": 100}})
}

async fn ended(app: &TestApp, body: &Value) -> Value {
    let asked = app.post("/v1/batches", &app.demo, body).await.expect(202);
    app.batch_ended(&app.demo, &asked["id"]).await
}

#[tokio::test]
async fn a_batch_tells_its_end_to_an_address_of_its_own() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let body = json!({
        "generations": [line("a pear"), line("sandbox:fail")],
        "webhook_url": receiver.url, "metadata": {"book": "first"},
    });
    let batch = ended(&app, &body).await;
    let told = receiver.wait_for(1).await;
    app.advance("PT0S").await;
    assert_eq!(receiver.received().len(), 1, "of its generations nothing");
    fits(&app, &told).await;
    let secret = app
        .get("/v1/webhook-endpoints/default-secret", &app.demo)
        .await
        .expect(200);
    verify(text(&secret["secret"]), &told);
    let said = told[0].json();
    assert_eq!(
        (&said["type"], &said["data"]["id"]),
        (&json!("batch.ended"), &batch["id"])
    );
    let counts = json!({"total": 2, "succeeded": 1, "failed": 1, "canceled": 0, "expired": 0});
    assert_eq!(said["data"]["counts"], counts);
    assert_eq!(
        (&said["data"]["cost"], &said["data"]["metadata"]),
        (&batch["cost"], &json!({"book": "first"}))
    );
    let path = format!("/v1/webhook-deliveries?subject={}", text(&batch["id"]));
    let log = app.get(&path, &app.demo).await.expect(200);
    assert_eq!(each(&log, "url"), [receiver.url.as_str()]);
}

#[tokio::test]
async fn a_batch_may_have_its_generations_told_too() {
    let app = start().await;
    let (receiver, own) = (Receiver::answering(200).await, Receiver::answering(200).await);
    let mut elsewhere = line("an apple");
    elsewhere["webhook_url"] = json!(own.url);
    let body = json!({
        "generations": [line("a pear"), line("sandbox:fail"), elsewhere],
        "webhook_url": receiver.url,
        "webhook_events": ["generation.succeeded", "generation.failed"],
    });
    let batch = ended(&app, &body).await;
    let told = receiver.wait_for(2).await;
    own.wait_for(1).await;
    app.advance("PT0S").await;
    assert_eq!((receiver.received().len(), own.received().len()), (2, 1));
    let mut kinds: Vec<Value> = told.iter().map(|one| one.json()["type"].clone()).collect();
    kinds.sort_by_key(Value::to_string);
    assert_eq!(kinds, ["generation.failed", "generation.succeeded"]);
    for one in &told {
        assert_eq!(one.json()["data"]["batch_id"], batch["id"]);
    }
}

#[tokio::test]
async fn what_can_not_be_told_is_refused_before_anything_begins() {
    let app = start().await;
    let mut body = json!({"generations": [line("a pear")], "webhook_events": ["batch.ended"]});
    let refused = async |body: &Value, status: u16, code: &str| {
        let answer = app.post("/v1/batches", &app.demo, body).await;
        answer.problem(status, code)["errors"][0]["pointer"].clone()
    };
    assert_eq!(refused(&body, 400, "invalid_request").await, "/webhook_events");
    body["webhook_url"] = json!("https://shop.example/hooks");
    body["webhook_events"] = json!(["purchase.paid"]);
    assert_eq!(refused(&body, 400, "invalid_request").await, "/webhook_events");
    body["webhook_events"] = json!(["batch.ended"]);
    body["webhook_url"] = json!("https://10.0.0.1/hooks");
    assert_eq!(refused(&body, 422, "invalid_input").await, "/webhook_url");

    // The address of one of them is no better.
    let mut one = line("a pear");
    one["webhook_url"] = json!("https://10.0.0.1/hooks");
    let body = json!({"generations": [line("an apple"), one]});
    assert_eq!(
        refused(&body, 422, "invalid_input").await,
        "/generations/1/webhook_url"
    );
    // Whoever only asks is told the same.
    let mut trial = body["generations"][1].clone();
    let estimate = app.post("/v1/estimates", &app.demo, &body).await.expect(201);
    let blockers = &estimate["generations"][1]["blockers"];
    assert_eq!(blockers[0]["errors"][0]["pointer"], "/webhook_url");
    trial["validate_only"] = json!(true);
    let tried = app.post("/v1/generations", &app.demo, &trial).await;
    assert_eq!(
        tried.problem(422, "invalid_input")["errors"][0]["pointer"],
        "/webhook_url"
    );
}
