//! Models that end: announced, refused, re-mapped, withdrawn while something waits.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use entity::Timestamp;
use harness::{Answer, TestApp, each, text};
use serde_json::{Value, json};

use super::rows::picture;

/// The server takes what is asked, and nobody works on it.
const IDLE: &[&str] = &["serve", "--no-worker"];

const ANNOUNCED: &str =
    "deprecated_at = 2026-11-01\nshutdown_at = 2126-12-31T09:30:00Z\nreplaced_by = \"heir\"";
const ENDED: &str = "deprecated_at = 2020-11-01\nshutdown_at = 2020-12-31T09:30:00Z\nreplaced_by = \"heir\"";
const REMAPPED: &str = "deprecated_at = 2020-11-01\nshutdown_at = 2020-12-31T09:30:00Z\nreplaced_by = \"heir\"\n\
                        after_shutdown = \"remap\"";

/// A model whose row has these further keys, and the one that replaces it.
fn old_and_heir(more: &str) -> String {
    picture("old", "v1", "2", more) + &picture("heir", "h1", "1.5", "")
}

fn ask(model: &str) -> Value {
    json!({"model": model, "input": {"prompt": "a pear"}})
}

fn headers(answer: &Answer) -> [&str; 3] {
    ["deprecation", "sunset", "link"].map(|name| answer.header(name))
}

#[tokio::test]
async fn an_announced_end_is_told_with_every_call() {
    let app = TestApp::configured(&old_and_heir(ANNOUNCED), &[]).await;
    let answer = app.post("/v1/generations", &app.demo, &ask("old")).await;
    let told = [
        "@1793491200",
        "Tue, 31 Dec 2126 09:30:00 GMT",
        "</v1/models/heir>; rel=\"successor-version\"",
    ];
    assert_eq!(headers(&answer), told);
    let made = answer.expect(202);
    app.ended(&app.demo, &made["id"]).await;
    let answer = app.post("/v1/generations", &app.demo, &ask("heir")).await;
    assert_eq!(headers(&answer), ["", "", ""]);
    app.ended(&app.demo, &answer.expect(202)["id"]).await;

    let model = app.get("/v1/models/old", "").await.expect(200);
    assert_eq!(model["deprecated_at"], "2026-11-01T00:00:00.000000Z");
    assert_eq!(model["shutdown_at"], "2126-12-31T09:30:00.000000Z");
    assert_eq!(model["replaced_by"], "heir");
    assert_eq!(model["streams"], false);
    let heir = app.get("/v1/models/heir", "").await.expect(200);
    for nothing in ["deprecated_at", "shutdown_at", "replaced_by"] {
        assert_eq!(heir[nothing], Value::Null);
    }
}

#[tokio::test]
async fn a_model_past_its_end_is_gone_but_can_be_found() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
    let end = Timestamp::from_micros(0).plus(now + Duration::from_secs(12 * 60 * 60));
    let ends = format!("deprecated_at = 2026-11-01\nshutdown_at = {end}\nreplaced_by = \"heir\"");
    let app = TestApp::configured(&old_and_heir(&ends), &[]).await;
    let first = app
        .ask(&app.demo, &ask("old"))
        .header("Idempotency-Key", "before the end");
    let first = Answer::of(first).await.expect(202);
    app.ended(&app.demo, &first["id"]).await;
    let list = app.get("/v1/models", "").await;
    let before = list.header("etag").to_owned();
    assert_eq!(each(&list.expect(200), "id"), ["old", "heir"]);
    app.advance("PT13H").await;
    let list = app.get("/v1/models", "").await;
    assert_ne!(list.header("etag"), before);
    assert_eq!(each(&list.expect(200), "id"), ["heir"]);
    let found = app.get("/v1/models/old", "").await.expect(200);
    assert_eq!(found["replaced_by"], "heir");

    let refused = app.post("/v1/generations", &app.demo, &ask("old")).await;
    assert_eq!(
        refused.header("link"),
        "</v1/models/heir>; rel=\"successor-version\""
    );
    let refused = refused.problem(410, "model_gone");
    assert_eq!(refused["replaced_by"], "heir");
    // What was made before stays, and whoever asks for it again gets it.
    app.generation(&app.demo, &first["id"]).await.expect(200);
    let again = app
        .ask(&app.demo, &ask("old"))
        .header("Idempotency-Key", "before the end");
    let again = Answer::of(again).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(202)["id"], first["id"]);
}

#[tokio::test]
async fn after_its_end_the_successor_runs_what_is_asked_where_the_operator_said_so() {
    let app = TestApp::configured(&old_and_heir(REMAPPED), &[]).await;
    let request = app.ask(&app.demo, &ask("old")).header("Prefer", "wait=60");
    let answer = Answer::of(request).await;
    assert_eq!(answer.header("sunset"), "Thu, 31 Dec 2020 09:30:00 GMT");
    let made = answer.expect(201);
    assert_eq!(made["model"], json!({"asked": "old", "resolved": "heir"}));
    assert_eq!(
        (&made["cost"]["captured"], &made["cost"]["price_version"]),
        (&json!("1.5"), &json!("h1"))
    );
}

/// Something that waits for `old` at 2 credits, and a server that nobody works for.
async fn waiting(input: Value) -> (TestApp, Value) {
    let mut app = TestApp::configured(&old_and_heir(""), &[]).await;
    app.process.stop();
    app.start_again(IDLE).await;
    let body = json!({"model": "old", "input": input});
    let queued = app.post("/v1/generations", &app.demo, &body).await.expect(202);
    assert_eq!(queued["status"], "queued");
    (app, queued)
}

/// What becomes of it once a worker starts with this configuration.
async fn after(app: &mut TestApp, file: &str, queued: &Value) -> Value {
    app.process.stop();
    app.write_configuration(file);
    app.restart_after_stop().await;
    app.ended(&app.demo, &queued["id"]).await
}

#[tokio::test]
async fn what_waits_for_a_withdrawn_model_is_released() {
    // Its row is gone; its end has come; its successor costs more, or does not take
    // the input.
    let dearer = picture("old", "v1", "2", REMAPPED) + &picture("heir", "h2", "2.1", "");
    let pickier = picture("heir", "h1", "1.5", "").replace("\"minLength\": 1", "\"minLength\": 50");
    let pickier = picture("old", "v1", "2", REMAPPED) + &pickier;
    for (file, successor) in [
        (picture("heir", "h1", "1.5", ""), None),
        (old_and_heir(ENDED), Some("heir")),
        (dearer, Some("heir")),
        (pickier, Some("heir")),
    ] {
        let (mut app, queued) = waiting(json!({"prompt": "a pear"})).await;
        let ended = after(&mut app, &file, &queued).await;
        assert_eq!(
            (&ended["status"], &ended["error"]["code"]),
            (&json!("failed"), &json!("model_gone"))
        );
        let message = text(&ended["error"]["message"]);
        assert_eq!(message.contains("`heir`"), successor.is_some(), "{message}");
        assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
    }
}

#[tokio::test]
async fn what_waits_for_an_ended_model_moves_to_the_successor_for_no_more_than_is_held() {
    let (mut app, queued) = waiting(json!({"prompt": "a pear", "n": 2, "quality": "high"})).await;
    assert_eq!(queued["cost"]["held"], "10");
    let ended = after(&mut app, &old_and_heir(REMAPPED), &queued).await;
    assert_eq!(ended["status"], "succeeded");
    assert_eq!(ended["model"], json!({"asked": "old", "resolved": "heir"}));
    assert_eq!(
        ended["cost"],
        json!({"estimated": "10", "held": "10", "captured": "7.5", "released": "2.5", "price_version": "h1"})
    );
    assert_eq!(ended["outputs"].as_array().expect("outputs").len(), 2);
    // Used was the model that made it, in whatever way it is summed up.
    for by in ["model", "model,key,end_user"] {
        let used = format!("/v1/usage?group_by={by}");
        let used = app.get(&used, &app.demo).await.expect(200);
        assert_eq!(each(&used, "model"), ["heir"], "{used}");
    }
}

#[tokio::test]
async fn what_waits_is_moved_or_released_when_the_rows_are_read_again() {
    // One slot, which something that hangs has: the others wait.
    let app = TestApp::configured(&old_and_heir(""), &[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let hanging = json!({"model": "heir", "input": {"prompt": "sandbox:hang"}});
    let hanging = app.post("/v1/generations", &app.demo, &hanging).await.expect(202);
    while app.generation(&app.demo, &hanging["id"]).await.expect(200)["status"] == "queued" {
        tokio::task::yield_now().await;
    }
    let mut waiting = Vec::new();
    for _ in 0..3 {
        let queued = app
            .post("/v1/generations", &app.demo, &ask("old"))
            .await
            .expect(202);
        waiting.push(queued["id"].clone());
    }
    // Re-mapped first, then the successor goes too: released, without a free slot.
    app.reconfigure(&old_and_heir(REMAPPED)).await;
    app.advance("PT0S").await;
    for id in &waiting {
        let row = app.generation(&app.demo, id).await.expect(200);
        assert_eq!(
            (&row["status"], &row["model"]["resolved"]),
            (&json!("queued"), &json!("heir"))
        );
    }
    app.reconfigure(&picture("other", "v1", "2", "")).await;
    for id in &waiting {
        assert_eq!(app.ended(&app.demo, id).await["error"]["code"], "model_gone");
    }
    // What runs goes on with its provider, and ends as it would have.
    assert_eq!(
        app.generation(&app.demo, &hanging["id"]).await.expect(200)["status"],
        "running"
    );
    app.cancel(&app.demo, &hanging["id"]).await.expect(200);
    assert_eq!(app.ended(&app.demo, &hanging["id"]).await["status"], "canceled");
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
}
