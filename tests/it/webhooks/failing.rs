//! Receivers that fail, and what becomes of them.

use harness::{Answer, Receiver, each, text};
use reqwest::Method;
use serde_json::json;

use super::{deliveries, endpoint, path, start};

#[tokio::test]
async fn a_failed_attempt_is_repeated_when_its_time_has_come() {
    let app = start().await;
    let receiver = Receiver::answering(503).await;
    let made = endpoint(&app, &receiver.url, &["batch.ended"]).await;
    app.post(&format!("{}/test", path(&made)), &app.demo, &json!(null))
        .await
        .expect(202);
    receiver.wait_for(1).await;
    // Attempt by attempt: nothing comes before its time.
    let waits = [
        "PT6S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H",
    ];
    for (attempt, wait) in waits.iter().enumerate() {
        app.advance("PT1S").await;
        assert_eq!(receiver.received().len(), attempt + 1, "before {wait}");
        app.advance(wait).await;
        receiver.wait_for(attempt + 2).await;
        app.advance("PT0S").await;
    }
    let delivery = deliveries(&app, &made).await.remove(0);
    assert_eq!(
        (
            &delivery["status"],
            &delivery["attempts"],
            &delivery["status_code"]
        ),
        (&json!("failed"), &json!(10), &json!(503))
    );
    assert_eq!(delivery["next_attempt_at"], json!(null));
    let mut ids: Vec<String> = receiver
        .received()
        .iter()
        .map(|one| one.id().to_owned())
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "the same id each time");
}

#[tokio::test]
async fn five_days_of_nothing_but_failures_disable_an_endpoint_with_a_mail() {
    let app = start().await;
    let owner = app.account().await;
    let receiver = Receiver::answering(500).await;
    let body = json!({"url": receiver.url, "events": ["generation.succeeded"]});
    let made = app
        .post("/v1/webhook-endpoints", &owner.key, &body)
        .await
        .expect(201);
    let path = path(&made);
    for day in 0..5 {
        app.post(&format!("{path}/test"), &owner.key, &json!(null))
            .await
            .expect(202);
        app.advance("PT0S").await;
        let seen = app.get(&path, &owner.key).await.expect(200);
        assert_eq!(seen["enabled"], true, "on day {day}");
        assert!(!seen["failing_since"].is_null());
        app.advance("PT24H").await;
    }
    app.advance("PT1M").await;
    app.advance("PT24H").await;
    let seen = app.get(&path, &owner.key).await.expect(200);
    assert_eq!(
        (&seen["enabled"], &seen["disabled_reason"]),
        (&json!(false), &json!("failing"))
    );
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    assert!(
        mails
            .iter()
            .any(|mail| text(&mail["text"]).contains(receiver.url.as_str())),
        "{mails:?}"
    );
    app.advance("PT0S").await;
    let told = app
        .get("/v1/events?type=webhook_endpoint.disabled", &owner.key)
        .await
        .expect(200);
    assert_eq!(each(&told, "subject"), [text(&made["id"])]);

    // What waited is not sent any more; enabled anew, it is sent again.
    let before = receiver.received().len();
    app.generate(&owner.key, "a boat").await;
    app.advance("P2D").await;
    assert_eq!(receiver.received().len(), before);
    let request = app
        .request(Method::PATCH, &path, &owner.key)
        .json(&json!({"enabled": true}));
    let enabled = Answer::of(request).await.expect(200);
    assert_eq!(
        (&enabled["failing_since"], &enabled["disabled_reason"]),
        (&json!(null), &json!(null))
    );
    app.generate(&owner.key, "a hill").await;
    receiver.wait_for(before + 1).await;
    app.advance("PT0S").await;
}

#[tokio::test]
async fn one_success_forgives_the_failures_before_it() {
    let app = start().await;
    let receiver = Receiver::with(|one| match one.json()["data"]["url"].is_string() {
        true => "500".to_owned(),
        false => "200".to_owned(),
    })
    .await;
    let made = endpoint(&app, &receiver.url, &["generation.succeeded"]).await;
    app.post(&format!("{}/test", path(&made)), &app.demo, &json!(null))
        .await
        .expect(202);
    receiver.wait_for(1).await;
    app.advance("PT0S").await;
    assert!(!app.get(&path(&made), &app.demo).await.expect(200)["failing_since"].is_null());
    app.generate(&app.demo, "a boat").await;
    receiver
        .wait_until(|all| all.iter().any(|one| one.answered == 200))
        .await;
    app.advance("PT0S").await;
    assert!(app.get(&path(&made), &app.demo).await.expect(200)["failing_since"].is_null());
}

#[tokio::test]
async fn who_answers_410_is_sent_nothing_more() {
    let app = start().await;
    let receiver = Receiver::answering(410).await;
    let made = endpoint(&app, &receiver.url, &[]).await;
    app.post(&format!("{}/test", path(&made)), &app.demo, &json!(null))
        .await
        .expect(202);
    receiver.wait_for(1).await;
    app.advance("PT0S").await;
    let seen = app.get(&path(&made), &app.demo).await.expect(200);
    assert_eq!(
        (&seen["enabled"], &seen["disabled_reason"]),
        (&json!(false), &json!("gone"))
    );
    app.generate(&app.demo, "a boat").await;
    app.advance("P3D").await;
    assert_eq!(receiver.received().len(), 1);
    assert_eq!(deliveries(&app, &made).await[0]["status"], "canceled");
}

#[tokio::test]
async fn a_slow_receiver_holds_up_nobody_else() {
    let app = harness::TestApp::configured(super::OPEN, &[("TINTYPE_WEBHOOKS_TIMEOUT_SECONDS", "3")]).await;
    // Takes connections and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/", silent.local_addr().expect("an address"));
    let slow = endpoint(&app, &url, &["generation.succeeded"]).await;
    let quick = Receiver::answering(200).await;
    endpoint(&app, &quick.url, &["generation.started"]).await;
    for _ in 0..4 {
        app.post(&format!("{}/test", path(&slow)), &app.demo, &json!(null))
            .await
            .expect(202);
    }
    app.generate(&app.demo, "a boat").await;
    quick.wait_for(1).await;
    let waiting = deliveries(&app, &slow).await;
    assert!(
        waiting.iter().all(|one| one["attempts"] == 0),
        "the quick one was first: {waiting:?}"
    );
    app.advance("PT0S").await;
    let failed = deliveries(&app, &slow).await;
    assert!(
        failed.iter().any(|one| one["error"] == "nothing came in time"),
        "{failed:?}"
    );
}
