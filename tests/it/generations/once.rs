//! `Idempotency-Key`: done once, however often it is sent.

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

fn pear() -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}, "end_user": "me"})
}

async fn send(app: &TestApp, key: &str, body: &Value) -> Answer {
    Answer::of(app.ask(&app.demo, body).header("Idempotency-Key", key)).await
}

#[tokio::test]
async fn a_repetition_gets_the_first_answer() {
    let app = TestApp::start().await;
    let first = send(&app, "order-1", &pear()).await;
    assert_eq!(first.header("idempotent-replayed"), "");
    let first = first.expect(202);
    app.ended(&app.demo, &first["id"]).await;

    // The same request in other words: keys in another order, the header quoted.
    let text =
        r#"{ "end_user":"me",  "input":{"size":"256x256","prompt":"a pear"},"model":"sandbox-image" }"#;
    let request = app
        .ask(&app.demo, &Value::Null)
        .header("Idempotency-Key", "\"order-1\"")
        .body(text);
    let again = Answer::of(request).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(
        again.header("location"),
        format!("/v1/generations/{}", first["id"].as_str().expect("an id"))
    );
    let again = again.expect(202);
    assert_eq!(
        (&again["id"], &again["status"]),
        (&first["id"], &json!("succeeded"))
    );
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 1);
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
}

#[tokio::test]
async fn a_repetition_gets_the_first_status() {
    let app = TestApp::start().await;
    let waiting = || {
        app.ask(&app.demo, &pear())
            .header("Prefer", "wait=60")
            .header("Idempotency-Key", "a")
    };
    let first = Answer::of(waiting()).await.expect(201);
    let again = Answer::of(waiting()).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(201)["id"], first["id"]);
    assert_eq!(send(&app, "a", &pear()).await.expect(201)["id"], first["id"]);
}

#[tokio::test]
async fn another_request_is_refused() {
    let app = TestApp::start().await;
    let first = send(&app, "a", &pear()).await.expect(202);
    for (pointer, value) in [
        ("/input/prompt", json!("an apple")),
        ("/input/seed", json!(1)),
        ("/end_user", json!("you")),
    ] {
        let mut other = pear();
        match other.pointer_mut(pointer) {
            Some(place) => *place = value,
            None => other["input"]["seed"] = value,
        }
        send(&app, "a", &other)
            .await
            .problem(422, "idempotency_key_reused");
    }
    send(&app, "b", &pear()).await.expect(202);
    app.ended(&app.demo, &first["id"]).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 2);
    app.advance("PT0S").await;
}

#[tokio::test]
async fn after_a_day_a_key_is_new() {
    let app = TestApp::start().await;
    let first = send(&app, "a", &pear()).await.expect(202);
    app.advance("PT23H59M").await;
    assert_eq!(send(&app, "a", &pear()).await.expect(202)["id"], first["id"]);
    app.advance("PT2M").await;
    let second = send(&app, "a", &pear()).await;
    assert_eq!(second.header("idempotent-replayed"), "");
    let second = second.expect(202);
    assert_ne!(second["id"], first["id"]);
    app.ended(&app.demo, &second["id"]).await;
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "2")]).await;
    let mut dear = pear();
    dear["input"]["n"] = json!(3);
    send(&app, "a", &dear).await.problem(402, "insufficient_credits");
    let mut wrong = pear();
    wrong["surplus"] = json!(1);
    send(&app, "a", &wrong).await.problem(400, "invalid_request");
    let made = send(&app, "a", &pear()).await.expect(202);
    app.ended(&app.demo, &made["id"]).await;
}

#[tokio::test]
async fn a_key_belongs_to_its_account() {
    let app = TestApp::start().await;
    let (one, other) = (app.account().await, app.account().await);
    let mut made = Vec::new();
    for key in [&one.key, &other.key] {
        let request = app.ask(key, &pear()).header("Idempotency-Key", "a");
        made.push(Answer::of(request.header("Prefer", "wait=60")).await.expect(201));
    }
    assert_ne!(made[0]["id"], made[1]["id"]);
}

#[tokio::test]
async fn a_key_that_is_no_key_is_refused() {
    let app = TestApp::start().await;
    for bad in ["", "\"\"", "\"a", &"k".repeat(256)] {
        send(&app, bad, &pear()).await.problem(400, "invalid_request");
    }
    let latin = reqwest::header::HeaderValue::from_bytes(b"caf\xe9").expect("a header");
    let request = app.ask(&app.demo, &pear()).header("Idempotency-Key", latin);
    Answer::of(request).await.problem(400, "invalid_request");
    let twice = app
        .ask(&app.demo, &pear())
        .header("Idempotency-Key", "a")
        .header("Idempotency-Key", "b");
    Answer::of(twice).await.problem(400, "invalid_request");
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 0);
}

#[tokio::test]
async fn a_cancellation_is_repeated_safely() {
    let app = TestApp::start().await;
    let [first, second] = [app.hang(&app.demo).await, app.hang(&app.demo).await];
    let cancel = async |generation: &Value, key: &str| {
        let path = format!("/v1/generations/{}/cancel", text(&generation["id"]));
        Answer::of(
            app.request(Method::POST, &path, &app.demo)
                .header("Idempotency-Key", key),
        )
        .await
    };
    let asked = cancel(&first, "stop-1").await;
    assert_eq!(asked.header("idempotent-replayed"), "");
    asked.expect(200);
    app.ended(&app.demo, &first["id"]).await;
    let again = cancel(&first, "stop-1").await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(200)["status"], "canceled");

    cancel(&second, "stop-1")
        .await
        .problem(422, "idempotency_key_reused");
    let open = app.generation(&app.demo, &second["id"]).await.expect(200);
    assert_eq!(open["cancel_requested_at"], Value::Null);
    cancel(&second, "stop-2").await.expect(200);
    app.ended(&app.demo, &second["id"]).await;
}
