//! The life of a generation: waiting, failing, being canceled, expiring, being erased.

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_picture_is_made_stored_and_charged_once() {
    let app = TestApp::start().await;
    let generation = app.generate(&app.demo, "a lighthouse at dawn").await;
    assert_eq!(generation["status"], "succeeded");
    assert_eq!(generation["progress"], 100);
    assert_eq!(generation["cost"]["captured"], "1");
    assert_eq!(generation["cost"]["released"], "0");
    assert_eq!(generation["provenance"]["ai_generated"], true);
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
    let entries = app.entries_of(&app.demo, &generation["id"]).await;
    assert_eq!(entries, ["hold", "capture"]);
}

#[tokio::test]
async fn a_failure_or_refusal_costs_nothing() {
    let app = TestApp::start().await;
    for (prompt, code) in [
        ("sandbox:fail", "provider_failed"),
        ("sandbox:refuse", "content_refused"),
    ] {
        let generation = app.generate(&app.demo, prompt).await;
        assert_eq!(generation["status"], "failed");
        assert_eq!(generation["error"]["code"], code);
        assert_eq!(generation["outputs"], json!([]));
        let entries = app.entries_of(&app.demo, &generation["id"]).await;
        assert_eq!(entries, ["hold", "release"]);
    }
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
}

#[tokio::test]
async fn a_wait_ends_with_the_work_or_with_its_time() {
    let app = TestApp::start().await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    let waited = Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60")).await;
    assert_eq!(waited.header("preference-applied"), "wait=60");
    let location = waited.header("location").to_owned();
    let made = waited.expect(201);
    assert_eq!(location, format!("/v1/generations/{}", text(&made["id"])));

    let hanging = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:hang"}});
    let waited = Answer::of(app.ask(&app.demo, &hanging).header("Prefer", "wait=1")).await;
    assert_eq!(waited.header("preference-applied"), "wait=1");
    let open = waited.expect(202);
    assert_eq!(open["ended_at"], Value::Null);

    let at_once = app.generation(&app.demo, &open["id"]).await;
    assert_eq!(at_once.header("preference-applied"), "");
    assert_eq!(at_once.expect(200)["ended_at"], Value::Null);
    app.cancel(&app.demo, &open["id"]).await.expect(200);
    app.ended(&app.demo, &open["id"]).await;
}

#[tokio::test]
async fn what_waits_is_canceled_at_once_and_never_reaches_the_provider() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let running = app.hang(&app.demo).await;
    let waiting = app.queue(&app.demo, "a boat").await;
    assert_eq!(waiting["status"], "queued");
    assert_eq!(app.balance(&app.demo).await, ["998", "2", "0"]);

    let canceled = app.cancel(&app.demo, &waiting["id"]).await.expect(200);
    assert_eq!(
        (&canceled["status"], &canceled["started_at"]),
        (&json!("canceled"), &Value::Null)
    );
    let sql = format!(
        "SELECT COUNT(*) FROM attempt WHERE generation_id = '{}'",
        text(&waiting["id"])
    );
    assert_eq!(app.count(&sql).await, 0);
    assert_eq!(
        app.entries_of(&app.demo, &waiting["id"]).await,
        ["hold", "release"]
    );

    app.cancel(&app.demo, &running["id"]).await.expect(200);
    app.ended(&app.demo, &running["id"]).await;
}

#[tokio::test]
async fn what_runs_is_asked_to_stop_and_costs_nothing() {
    let app = TestApp::start().await;
    let running = app.hang(&app.demo).await;
    assert_eq!(running["status"], "running");
    let asked = app.cancel(&app.demo, &running["id"]).await.expect(200);
    assert_ne!(asked["cancel_requested_at"], Value::Null);
    let ended = app.ended(&app.demo, &running["id"]).await;
    assert_eq!(ended["status"], "canceled");
    assert_eq!(
        app.entries_of(&app.demo, &running["id"]).await,
        ["hold", "release"]
    );
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
}

#[tokio::test]
async fn canceling_what_has_ended_changes_nothing() {
    let app = TestApp::start().await;
    for prompt in ["a pear", "sandbox:fail"] {
        let ended = app.generate(&app.demo, prompt).await;
        let canceled = app.cancel(&app.demo, &ended["id"]).await.expect(200);
        for member in ["status", "ended_at", "cost", "cancel_requested_at"] {
            assert_eq!(canceled[member], ended[member], "{prompt}");
        }
    }
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
}

#[tokio::test]
async fn a_model_that_cant_stop_says_so() {
    // The sandbox's own rows, of which one can't be canceled.
    let rows = include_str!("../../../api/src/catalog/sandbox.toml").replacen(
        "cancelable = true",
        "cancelable = false",
        1,
    );
    let app = TestApp::configured(&rows, &[]).await;
    let running = app.hang(&app.demo).await;
    app.cancel(&app.demo, &running["id"])
        .await
        .problem(409, "not_cancelable");
    let path = format!("/v1/generations/{}", text(&running["id"]));
    app.delete(&path, &app.demo).await.problem(409, "conflict");
    // Its time runs out instead.
    app.advance("PT11M").await;
    assert_eq!(app.ended(&app.demo, &running["id"]).await["status"], "expired");
}

#[tokio::test]
async fn what_does_not_end_in_time_expires_uncharged() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let running = app.hang(&app.demo).await;
    let waiting = app.queue(&app.demo, "a boat").await;
    app.advance("PT9M").await;
    let still = app.generation(&app.demo, &running["id"]).await.expect(200);
    assert_eq!(still["status"], "running");
    app.advance("PT2M").await;
    for generation in [running, waiting] {
        let ended = app.ended(&app.demo, &generation["id"]).await;
        assert_eq!(ended["status"], "expired");
        assert_eq!(ended["error"]["code"], "deadline_exceeded");
        assert_eq!(
            app.entries_of(&app.demo, &generation["id"]).await,
            ["hold", "release"]
        );
    }
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
}

#[tokio::test]
async fn a_deadline_of_ones_own_is_kept() {
    let app = TestApp::start().await;
    let now = text(&app.advance("PT0S").await["now"]).to_owned();
    let now: jiff::Timestamp = now.parse().expect("a time");
    let deadline = |seconds: i64| (now + jiff::SignedDuration::from_secs(seconds)).to_string();
    let body = |deadline: String| json!({"model": "sandbox-image", "input": {"prompt": "sandbox:hang"}, "deadline": deadline});
    app.post("/v1/generations", &app.demo, &body(deadline(-1)))
        .await
        .problem(400, "invalid_request");
    let soon = app
        .post("/v1/generations", &app.demo, &body(deadline(60)))
        .await
        .expect(202);
    // No deadline is longer than the model's own patience.
    let late = app
        .post("/v1/generations", &app.demo, &body(deadline(86_400)))
        .await
        .expect(202);
    app.advance("PT2M").await;
    assert_eq!(app.ended(&app.demo, &soon["id"]).await["status"], "expired");
    assert_eq!(
        app.generation(&app.demo, &late["id"]).await.expect(200)["ended_at"],
        Value::Null
    );
    app.advance("PT9M").await;
    assert_eq!(app.ended(&app.demo, &late["id"]).await["status"], "expired");
}

#[tokio::test]
async fn what_was_erased_leaves_a_tombstone_without_content() {
    let app = TestApp::start().await;
    let body = json!({
        "model": "sandbox-image",
        "input": {"prompt": "a secret garden", "size": "256x256"},
        "metadata": {"album": "family"},
        "end_user": "grandmother",
    });
    let made = Answer::of(app.ask(&app.demo, &body).header("Prefer", "wait=60"))
        .await
        .expect(201);
    let (path, link) = (
        format!("/v1/generations/{}", text(&made["id"])),
        &made["outputs"][0]["url"],
    );
    assert_eq!(app.open(link).await.status, 200);
    assert_eq!(app.stored().len(), 1);

    for _ in 0..2 {
        let answer = Answer::of(app.request(Method::DELETE, &path, &app.demo)).await;
        assert!(answer.bytes.is_empty());
        answer.expect(204);
    }
    let stone = app.get(&path, &app.demo).await.expect(200);
    assert_eq!(stone["status"], "succeeded");
    assert_ne!(stone["erased_at"], Value::Null);
    assert_eq!((&stone["input"], &stone["metadata"]), (&json!({}), &json!({})));
    assert_eq!(
        (&stone["outputs"], &stone["end_user"]),
        (&json!([]), &Value::Null)
    );
    assert_eq!(stone["cost"], made["cost"]);
    let file = text(&made["outputs"][0]["file_id"]);
    app.open(link).await.problem(404, "not_found");
    app.get(&format!("/v1/files/{file}"), &app.demo)
        .await
        .problem(404, "not_found");
    // The object itself goes with the next jobs.
    app.advance("PT0S").await;
    assert_eq!(app.stored(), Vec::<String>::new());
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
}

#[tokio::test]
async fn what_was_kept_for_its_own_data_comes_back() {
    let app = TestApp::start().await;
    let body = json!({
        "model": "image",
        "input": {"prompt": "ein Haus am See", "size": "256x256"},
        "metadata": {"order": "4711", "ß": "日本"},
        "end_user": "user-1",
        "saved": true,
    });
    let made = app.post("/v1/generations", &app.demo, &body).await.expect(202);
    let made = app.ended(&app.demo, &made["id"]).await;
    assert_eq!(
        made["model"],
        json!({"asked": "image", "resolved": "sandbox-image"})
    );
    assert_eq!(made["metadata"], body["metadata"]);
    assert_eq!(
        (&made["end_user"], &made["saved"]),
        (&json!("user-1"), &json!(true))
    );
    assert_eq!(made["livemode"], false);
    assert!(text(&made["key_id"]).starts_with("key_"));
    // What was left out is filled in, so that it can be had again.
    assert_eq!(
        (&made["input"]["n"], &made["input"]["format"]),
        (&json!(1), &json!("png"))
    );
    let times = ["created_at", "started_at", "ended_at"].map(|at| text(&made[at]).to_owned());
    assert!(times.is_sorted(), "{times:?}");
}
