//! The log of all deliveries: found by what they tell of, and sent again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use harness::{Answer, Receiver, TestApp, each, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{endpoint, path, start, verify};

/// A picture that is told to an address of its own.
async fn told_to(app: &TestApp, url: &str) -> Value {
    let body = json!({
        "model": "sandbox-image", "input": {"prompt": "a boat", "size": "256x256"}, "webhook_url": url,
    });
    let request = app.ask(&app.demo, &body).header("Prefer", "wait=60");
    Answer::of(request).await.expect(201)
}

async fn log(app: &TestApp, query: &str) -> Value {
    let path = format!("/v1/webhook-deliveries?{query}");
    app.get(&path, &app.demo).await.expect(200)
}

async fn replay(app: &TestApp, delivery: &str, key: &str) -> Answer {
    let path = format!("/v1/webhook-deliveries/{delivery}/replay");
    let request = app.request(Method::POST, &path, &app.demo);
    Answer::of(request.header("Idempotency-Key", key)).await
}

#[tokio::test]
async fn what_a_requests_own_address_missed_is_seen_and_sent_again() {
    let app = start().await;
    let down = Arc::new(AtomicBool::new(true));
    let state = Arc::clone(&down);
    let receiver = Receiver::with(move |_| match state.load(Ordering::SeqCst) {
        true => "503".to_owned(),
        false => "200".to_owned(),
    })
    .await;
    let generation = told_to(&app, &receiver.url).await;
    receiver.wait_for(1).await;
    app.advance("PT0S").await;
    let of_it = format!("subject={}", text(&generation["id"]));
    let missed = log(&app, &of_it).await["data"][0].clone();
    assert_eq!(
        (&missed["status"], &missed["status_code"], &missed["url"]),
        (&json!("pending"), &json!(503), &json!(receiver.url))
    );
    assert_eq!(
        (&missed["endpoint_id"], &missed["subject"], &missed["type"]),
        (&json!(null), &generation["id"], &json!("generation.succeeded"))
    );

    down.store(false, Ordering::SeqCst);
    let (first, again) = (
        replay(&app, text(&missed["id"]), "once").await,
        replay(&app, text(&missed["id"]), "once").await,
    );
    assert_eq!(again.header("idempotent-replayed"), "true");
    let location = first.header("location").to_owned();
    let (first, again) = (first.expect(202), again.expect(202));
    assert_eq!(first["id"], again["id"]);
    assert_eq!(
        (&first["event_id"], &first["url"]),
        (&missed["event_id"], &missed["url"])
    );
    let told = receiver
        .wait_until(|all| all.iter().any(|one| one.answered == 200))
        .await;
    assert!(told.iter().all(|one| one.id() == missed["event_id"]));
    let secret = app
        .get("/v1/webhook-endpoints/default-secret", &app.demo)
        .await
        .expect(200);
    verify(text(&secret["secret"]), &told);
    app.advance("PT6S").await;
    let arrived = app.get(&location, &app.demo).await.expect(200);
    assert_eq!(
        (&arrived["id"], &arrived["status"]),
        (&first["id"], &json!("delivered"))
    );

    let of_event = format!("event_id={}", text(&missed["event_id"]));
    for query in [&of_it, &of_event, "status=delivered"] {
        let found = log(&app, query).await;
        assert_eq!(
            each(&found, "id"),
            [text(&first["id"]), text(&missed["id"])],
            "{query}"
        );
    }
    assert_eq!(log(&app, "status=failed").await["data"], json!([]));

    let path = format!("/v1/generations/{}", text(&generation["id"]));
    app.delete(&path, &app.demo).await.expect(204);
    let erased = log(&app, &of_it).await;
    assert_eq!(erased["data"][0]["url"], json!(null));
    replay(&app, text(&first["id"]), "twice")
        .await
        .problem(410, "erased");
    app.advance("PT0S").await;
}

#[tokio::test]
async fn the_log_has_what_went_to_endpoints_too_page_by_page() {
    let app = start().await;
    let receiver = Receiver::answering(200).await;
    let made = endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    for _ in 0..2 {
        told_to(&app, &receiver.url).await;
    }
    receiver.wait_for(4).await;
    app.advance("PT0S").await;
    let first = log(&app, "limit=3").await;
    let cursor = text(&first["next_cursor"]);
    let second = log(&app, &format!("limit=3&cursor={cursor}")).await;
    let ids = [each(&first, "id"), each(&second, "id")].concat();
    assert!(ids.is_sorted_by(|newer, older| newer > older), "{ids:?}");
    assert_eq!((ids.len(), &second["has_more"]), (4, &json!(false)));
    let path_with_another = format!("/v1/webhook-deliveries?status=delivered&cursor={cursor}");
    app.get(&path_with_another, &app.demo)
        .await
        .problem(400, "invalid_cursor");
    let stranger = app.account().await;
    let own = app.get("/v1/webhook-deliveries", &stranger.key).await.expect(200);
    assert_eq!(own["data"], json!([]));

    let all = [first["data"].as_array(), second["data"].as_array()];
    let mut all = all.into_iter().flatten().flatten();
    let to_endpoint = all.find(|one| one["endpoint_id"] == made["id"]).expect("one");
    let id = text(&to_endpoint["id"]);
    replay(&app, id, "first").await.expect(202);
    receiver.wait_for(5).await;
    app.advance("PT0S").await;
    let disable = app.request(Method::PATCH, &path(&made), &app.demo);
    Answer::of(disable.json(&json!({"enabled": false})))
        .await
        .expect(200);
    replay(&app, id, "second").await.problem(409, "conflict");
    app.delete(&path(&made), &app.demo).await.expect(204);
    replay(&app, id, "third").await.problem(409, "conflict");
    assert_eq!(receiver.received().len(), 5);
}

#[tokio::test]
async fn a_requests_own_address_that_is_gone_is_tried_once() {
    let app = start().await;
    let receiver = Receiver::answering(410).await;
    let generation = told_to(&app, &receiver.url).await;
    receiver.wait_for(1).await;
    app.advance("P2D").await;
    let found = log(&app, &format!("subject={}", text(&generation["id"]))).await;
    let delivery = &found["data"][0];
    assert_eq!(
        (
            &delivery["status"],
            &delivery["attempts"],
            &delivery["status_code"]
        ),
        (&json!("failed"), &json!(1), &json!(410))
    );
}
