//! What is sent, to whom, and again.

use harness::{Answer, Receiver, text};
use serde_json::{Value, json};

use super::{deliveries, endpoint, fits, path, start, verify};

#[tokio::test]
async fn a_generation_is_told_to_who_wants_it() {
    let app = start().await;
    let (all, ends) = (Receiver::answering(200).await, Receiver::answering(200).await);
    let made = endpoint(&app, &all.url, &[]).await;
    endpoint(&app, &ends.url, &["generation.succeeded"]).await;
    let body = json!({
        "model": "sandbox-image", "input": {"prompt": "a secret lighthouse", "size": "256x256"},
        "metadata": {"order": "1042"}, "end_user": "customer-7",
    });
    let generation = Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60"))
        .await
        .expect(201);

    let told = all.wait_for(2).await;
    verify(text(&made["secret"]), &told);
    fits(&app, &told).await;
    let kinds: Vec<Value> = told.iter().map(|one| one.json()["type"].clone()).collect();
    assert!(kinds.contains(&json!("generation.started")), "{kinds:?}");
    let ended = ends.wait_for(1).await.remove(0);
    assert!(ended.body.len() < 20_000);
    assert!(!ended.body.contains("lighthouse"), "no content: {}", ended.body);
    let said = ended.json();
    assert_eq!(said["type"], "generation.succeeded");
    let data = &said["data"];
    assert_eq!(data["id"], generation["id"]);
    assert_eq!(data["metadata"], json!({"order": "1042"}));
    assert_eq!(
        (&data["captured"], &data["status"]),
        (&json!("1"), &json!("succeeded"))
    );
    assert_eq!(data["outputs"][0]["file_id"], generation["outputs"][0]["file_id"]);
    app.open(&data["outputs"][0]["url"]).await.expect(200);

    let event = app
        .get(&format!("/v1/events/{}", ended.id()), &app.demo)
        .await
        .expect(200);
    assert_eq!(
        (&event["subject"], &event["type"]),
        (&generation["id"], &said["type"])
    );
    app.advance("PT0S").await;
    let log = deliveries(&app, &made).await;
    assert_eq!(log.len(), 2);
    for delivery in log {
        assert_eq!(
            (&delivery["status"], &delivery["status_code"]),
            (&json!("delivered"), &json!(200))
        );
        assert_eq!(
            (&delivery["attempts"], &delivery["response_excerpt"]),
            (&json!(1), &json!("well"))
        );
    }
}

#[tokio::test]
async fn a_request_may_bring_an_address_of_its_own() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let mut body = json!({
        "model": "sandbox-image", "input": {"prompt": "a boat", "size": "256x256"},
        "webhook_url": receiver.url,
    });
    let generation = Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60"))
        .await
        .expect(201);
    let told = receiver.wait_for(1).await;
    assert_eq!(told[0].json()["type"], "generation.succeeded");
    assert_eq!(told[0].json()["data"]["id"], generation["id"]);
    let secret = app
        .get("/v1/webhook-endpoints/default-secret", &app.demo)
        .await
        .expect(200);
    verify(text(&secret["secret"]), &told);

    body["webhook_events"] = json!(["generation.started"]);
    Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60"))
        .await
        .expect(201);
    let told = receiver.wait_for(2).await;
    assert_eq!(told[1].json()["type"], "generation.started");

    body["webhook_events"] = json!(["purchase.paid"]);
    Answer::of(app.ask(&app.demo, &body))
        .await
        .problem(400, "invalid_request");
    body["webhook_events"] = json!(["generation.failed"]);
    for bad in ["https://10.0.0.1/", "no url", "https://me:secret@shop.example/"] {
        body["webhook_url"] = json!(bad);
        Answer::of(app.ask(&app.demo, &body))
            .await
            .problem(422, "invalid_input");
    }
    app.advance("PT0S").await;
    assert_eq!(receiver.received().len(), 2);
}

#[tokio::test]
async fn events_are_sent_again_with_the_ids_that_they_had() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let made = endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    for prompt in ["a boat", "a hill"] {
        app.generate(&app.demo, prompt).await;
    }
    let told = receiver.wait_for(2).await;
    let replay = format!("{}/replay", path(&made));

    let one = json!({"event_id": told[0].id()});
    app.post(&replay, &app.demo, &one).await.expect(202);
    let again = receiver.wait_for(3).await;
    assert_eq!(again[2].id(), told[0].id());

    let range = json!({"after": "2020-01-01T00:00:00Z"});
    app.post(&replay, &app.demo, &range).await.expect(202);
    let all = receiver.wait_for(5).await;
    let mut ids: Vec<&str> = all[3..5].iter().map(harness::Received::id).collect();
    ids.sort_unstable();
    let mut expected = vec![told[0].id(), told[1].id()];
    expected.sort_unstable();
    assert_eq!(ids, expected);

    let backwards = json!({"after": "2020-01-02T00:00:00Z", "before": "2020-01-01T00:00:00Z"});
    for unclear in [json!({}), backwards] {
        app.post(&replay, &app.demo, &unclear)
            .await
            .problem(400, "invalid_request");
    }
    let never = json!({"event_id": "evt_01jb0000000000000000000000"});
    app.post(&replay, &app.demo, &never)
        .await
        .problem(422, "invalid_input");
    app.advance("PT0S").await;
}

#[tokio::test]
async fn a_test_of_one_endpoint_is_replayed_to_no_other() {
    let app = start().await;
    let (tested, other) = (Receiver::answering(200).await, Receiver::answering(200).await);
    let made = endpoint(&app, &tested.url, &[]).await;
    app.post(&format!("{}/test", path(&made)), &app.demo, &json!(null))
        .await
        .expect(202);
    tested.wait_for(1).await;
    let made = endpoint(&app, &other.url, &[]).await;
    app.generate(&app.demo, "a boat").await;
    other.wait_for(2).await;
    let range = json!({"after": "2020-01-01T00:00:00Z"});
    app.post(&format!("{}/replay", path(&made)), &app.demo, &range)
        .await
        .expect(202);
    let told = other.wait_for(4).await;
    app.advance("PT0S").await;
    assert_eq!(other.received().len(), 4);
    assert!(
        told.iter()
            .all(|one| one.json()["type"] != "webhook_endpoint.test")
    );
}

#[tokio::test]
async fn what_was_erased_is_told_no_more() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let made = endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    let body = json!({
        "model": "sandbox-image", "input": {"prompt": "a boat", "size": "256x256"},
        "metadata": {"name": "Lovelace"}, "end_user": "customer-7", "webhook_url": receiver.url,
    });
    let generation = Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60"))
        .await
        .expect(201);
    let told = receiver.wait_for(2).await;
    app.delete(&format!("/v1/generations/{}", text(&generation["id"])), &app.demo)
        .await
        .expect(204);

    let event = app
        .get(&format!("/v1/events/{}", told[0].id()), &app.demo)
        .await
        .expect(200);
    let data = &event["data"];
    assert_eq!(
        (&data["id"], &data["status"]),
        (&generation["id"], &json!("succeeded"))
    );
    assert_eq!(
        (&data["metadata"], &data["end_user"], &data["outputs"]),
        (&json!({}), &json!(null), &json!([]))
    );
    let replay = format!("{}/replay", path(&made));
    app.post(&replay, &app.demo, &json!({"event_id": told[0].id()}))
        .await
        .expect(202);
    let again = receiver.wait_for(3).await;
    assert_eq!(again[2].json()["data"], *data);
    app.advance("PT0S").await;
    let urls = "SELECT COUNT(*) FROM delivery WHERE url IS NOT NULL";
    assert_eq!(app.count(urls).await, 0);
    let texts =
        "SELECT COUNT(*) FROM event WHERE CAST(data AS TEXT) LIKE '%Lovelace%' OR webhook_url IS NOT NULL";
    assert_eq!(app.count(texts).await, 0);
}

#[tokio::test]
async fn a_status_decides_whatever_becomes_of_the_body() {
    let app = start().await;
    for (status, arrived) in [(200, "delivered"), (410, "failed"), (500, "pending")] {
        let receiver = Receiver::dripping(status).await;
        let body = json!({
            "model": "sandbox-text", "input": {"prompt": "a line"}, "webhook_url": receiver.url,
        });
        let generation = Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60"))
            .await
            .expect(201);
        receiver.wait_for(1).await;
        let path = format!("/v1/webhook-deliveries?subject={}", text(&generation["id"]));
        let begun = std::time::Instant::now();
        let delivery = loop {
            let page = app.get(&path, &app.demo).await.expect(200);
            let delivery = page["data"][0].clone();
            if !delivery["status_code"].is_null() {
                break delivery;
            }
            // Far less than the fifteen seconds that a receiver has.
            assert!(begun.elapsed().as_secs() < 8, "{delivery}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        };
        assert_eq!(
            (
                &delivery["status"],
                &delivery["status_code"],
                &delivery["attempts"]
            ),
            (&json!(arrived), &json!(status), &json!(1))
        );
        let excerpt = text(&delivery["response_excerpt"]);
        assert!(!excerpt.is_empty() && excerpt.len() < 4, "{excerpt}");
        assert_eq!(receiver.received().len(), 1);
    }
}
