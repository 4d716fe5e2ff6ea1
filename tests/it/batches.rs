//! `/v1/batches`: all or none, one hold, counts that are right whatever happens.

use std::collections::BTreeSet;
use std::time::Instant;

use harness::{Answer, TestApp, each, text};
use reqwest::Method;
use serde_json::{Value, json};

/// A line of text, which costs little and is made at once.
fn line(prompt: &str) -> Value {
    json!({"model": "sandbox-text", "input": {"prompt": prompt, "max_tokens": 1000}})
}

fn picture(prompt: &str) -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}})
}

fn many(count: usize, one: impl Fn(usize) -> Value) -> Value {
    json!({"generations": (0..count).map(one).collect::<Vec<_>>()})
}

async fn results(app: &TestApp, batch: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/batches/{}/results?limit=100{cursor}", text(&batch["id"]));
        let page = app.get(&path, &app.demo).await.expect(200);
        all.extend(page["data"].as_array().expect("a page").iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

/// Without the links, which are fresh each time.
fn without_links(mut result: Value) -> Value {
    let outputs = result["generation"]["outputs"].as_array_mut();
    for output in outputs.expect("outputs") {
        output["url"] = Value::Null;
        output["expires_at"] = Value::Null;
    }
    result
}

#[tokio::test]
async fn a_thousand_are_accepted_held_for_once_and_counted() {
    let app = TestApp::start().await;
    let mut body = many(1000, |at| {
        let mut one = line(&format!("line {at}"));
        one["reference"] = json!(format!("page-{at}"));
        one
    });
    body["metadata"] = json!({"book": "first"});
    let begin = Instant::now();
    let asked = app.post("/v1/batches", &app.demo, &body).await;
    let location = asked.header("location").to_owned();
    let asked = asked.expect(202);
    eprintln!("a batch of 1,000 was accepted in {:?}", begin.elapsed());
    assert_eq!(location, format!("/v1/batches/{}", text(&asked["id"])));
    assert_eq!(asked["counts"]["total"], 1000);
    let [_, held, spent] = app.balance(&app.demo).await;
    let cost = &asked["cost"]["held"];
    // What has ended by now is no longer held.
    assert!(!held.is_empty() && !spent.is_empty());
    let entries = app
        .get("/v1/credits/ledger?limit=100", &app.demo)
        .await
        .expect(200);
    let holds = |page: &Value| -> Vec<Value> {
        let entries = page["data"].as_array().expect("a page").iter();
        entries.filter(|entry| entry["kind"] == "hold").cloned().collect()
    };
    let hold = holds(&entries);
    if let [hold] = hold.as_slice() {
        assert_eq!((&hold["amount"], &hold["batch_id"]), (cost, &asked["id"]));
    }
    assert!(hold.len() <= 1, "{hold:?}");

    let ended = app.batch_ended(&app.demo, &asked["id"]).await;
    eprintln!("and had ended after {:?}", begin.elapsed());
    assert_eq!(
        (&ended["status"], &ended["progress"]),
        (&json!("ended"), &json!(100))
    );
    assert_eq!(ended["counts"]["succeeded"], 1000);
    assert_eq!(ended["metadata"]["book"], "first");
    assert_eq!(app.balance(&app.demo).await[1], "0");
    assert_eq!(app.balance(&app.demo).await[2], text(&ended["cost"]["captured"]));

    let listed = results(&app, &ended).await;
    let places: Vec<i64> = listed
        .iter()
        .map(|result| result["position"].as_i64().expect("a number"))
        .collect();
    assert_eq!(places, (0..1000).collect::<Vec<_>>());
    for (at, result) in listed.iter().enumerate() {
        assert_eq!(result["reference"], format!("page-{at}"));
        assert_eq!(result["generation"]["input"]["prompt"], format!("line {at}"));
        assert_eq!(result["generation"]["batch_id"], ended["id"]);
    }
    let path = format!("/v1/batches/{}/results.ndjson", text(&ended["id"]));
    let streamed = app.get(&path, &app.demo).await;
    assert_eq!(streamed.header("content-type"), "application/x-ndjson");
    let lines = String::from_utf8(streamed.bytes.to_vec()).expect("text");
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    let lines: Vec<Value> = lines.map(without_links).collect();
    assert_eq!(lines, listed.into_iter().map(without_links).collect::<Vec<_>>());

    let path = format!("/v1/generations?batch_id={}&limit=100", text(&ended["id"]));
    let page = app.get(&path, &app.demo).await.expect(200);
    assert_eq!((each(&page, "id").len(), &page["has_more"]), (100, &json!(true)));
}

#[tokio::test]
async fn each_succeeds_or_fails_by_itself() {
    let app = TestApp::start().await;
    let prompts = ["a pear", "sandbox:fail", "an apple", "sandbox:refuse"];
    let asked = app
        .post("/v1/batches", &app.demo, &many(4, |at| picture(prompts[at])))
        .await;
    let asked = asked.expect(202);
    assert_eq!(asked["cost"]["held"], "4");
    let ended = app.batch_ended(&app.demo, &asked["id"]).await;
    assert_eq!(
        (&ended["counts"]["succeeded"], &ended["counts"]["failed"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        (&ended["cost"]["captured"], &ended["cost"]["released"]),
        (&json!("2"), &json!("2"))
    );
    assert_eq!(app.balance(&app.demo).await, ["998", "0", "2"]);
    let states: Vec<Value> = results(&app, &ended)
        .await
        .iter()
        .map(|result| result["generation"]["status"].clone())
        .collect();
    assert_eq!(states, ["succeeded", "failed", "succeeded", "failed"]);
    let sql = format!(
        "SELECT COUNT(*) FROM event WHERE kind = 'batch.ended' AND subject = '{}'",
        text(&ended["id"])
    );
    assert_eq!(app.count(&sql).await, 1);
}

#[tokio::test]
async fn it_is_refused_whole() {
    let app = TestApp::start().await;
    let before = app.database.row_counts().await;
    let mut body = many(20, |at| picture(&format!("a pear {at}")));
    body["generations"][3]["input"]["size"] = json!("1x1");
    body["generations"][17]["input"]["n"] = json!(1_000_000);
    let problem = app
        .post("/v1/batches", &app.demo, &body)
        .await
        .problem(400, "invalid_request");
    let errors = problem["errors"].as_array().expect("errors");
    let places: BTreeSet<&str> = errors.iter().map(|error| text(&error["pointer"])).collect();
    assert_eq!(
        places,
        BTreeSet::from(["/generations/17/input/n", "/generations/3/input/size"])
    );

    let mut body = many(2, |_| picture("a pear"));
    body["generations"][1]["model"] = json!("no-such-model");
    let problem = app
        .post("/v1/batches", &app.demo, &body)
        .await
        .problem(422, "unknown_model");
    assert_eq!(problem["errors"][0]["pointer"], "/generations/1");

    let mut body = many(2, |_| picture("a pear"));
    body["generations"][0]["reference"] = json!("one");
    body["generations"][1]["reference"] = json!("one");
    let problem = app
        .post("/v1/batches", &app.demo, &body)
        .await
        .problem(422, "invalid_input");
    assert_eq!(problem["errors"][0]["pointer"], "/generations/1/reference");

    let mut body = many(3, |_| picture("a pear"));
    body["max_cost"] = json!("2.5");
    app.post("/v1/batches", &app.demo, &body)
        .await
        .problem(422, "max_cost_exceeded");

    // 1,001 credits where there are 1,000.
    let mut body = many(999, |_| picture("a pear"));
    body["generations"][0]["input"]["n"] = json!(3);
    let problem = app
        .post("/v1/batches", &app.demo, &body)
        .await
        .problem(402, "insufficient_credits");
    assert_eq!(
        (&problem["required"], &problem["available"]),
        (&json!("1001"), &json!("1000"))
    );

    for (body, pointer) in [
        (many(0, |_| Value::Null), "/generations"),
        (many(1001, |_| line("a line")), "/generations"),
        (
            json!({"generations": [picture("a pear")], "surplus": 1}),
            "/surplus",
        ),
        (
            json!({"generations": [{"model": "sandbox-image"}]}),
            "/generations/0/input",
        ),
    ] {
        let problem = app
            .post("/v1/batches", &app.demo, &body)
            .await
            .problem(400, "invalid_request");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
    assert_eq!(app.database.row_counts().await, before);
}

#[tokio::test]
async fn a_large_one_fits_and_a_larger_does_not() {
    let app = TestApp::with(&[
        ("TINTYPE_LIMITS_BATCH_BODY_BYTES", "3000000"),
        ("TINTYPE_CREDITS_TEST_GRANT", "100000"),
    ])
    .await;
    let body = |letters: usize| many(100, |_| line(&"a".repeat(letters)));
    let asked = app
        .post("/v1/batches", &app.demo, &body(20_000))
        .await
        .expect(202);
    app.post("/v1/batches", &app.demo, &body(31_000))
        .await
        .problem(413, "payload_too_large");
    app.batch_ended(&app.demo, &asked["id"]).await;
}

#[tokio::test]
async fn a_repetition_begins_nothing_more() {
    let app = TestApp::start().await;
    let body = many(50, |at| line(&format!("line {at}")));
    let ask = |body: &Value| {
        let request = app.request(Method::POST, "/v1/batches", &app.demo);
        Answer::of(request.header("Idempotency-Key", "one").json(body))
    };
    let answers = futures_util::future::join_all((0..8).map(|_| ask(&body))).await;
    let replays = answers
        .iter()
        .filter(|answer| answer.header("idempotent-replayed") == "true");
    assert_eq!(replays.count(), 7);
    let ids: BTreeSet<String> = answers
        .into_iter()
        .map(|answer| text(&answer.expect(202)["id"]).to_owned())
        .collect();
    assert_eq!(ids.len(), 1);
    ask(&many(1, |_| line("another")))
        .await
        .problem(422, "idempotency_key_reused");
    let id = json!(ids.first());
    app.batch_ended(&app.demo, &id).await;
    let page = app.get("/v1/batches", &app.demo).await.expect(200);
    assert_eq!(each(&page, "id"), [text(&id)]);
}

#[tokio::test]
async fn what_is_canceled_ends_and_costs_nothing() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "3")]).await;
    let prompt = |at: usize| if at < 2 { "sandbox:hang" } else { "sandbox:slow=30" };
    let asked = app
        .post("/v1/batches", &app.demo, &many(120, |at| picture(prompt(at))))
        .await;
    let asked = asked.expect(202);
    let path = format!("/v1/batches/{}", text(&asked["id"]));
    let running = loop {
        let batch = app.get(&path, &app.demo).await.expect(200);
        if batch["counts"]["running"].as_i64() >= Some(2) {
            break batch;
        }
    };
    assert_eq!(running["status"], "running");
    let cancel = || {
        let request = app.request(Method::POST, &format!("{path}/cancel"), &app.demo);
        Answer::of(request.header("Idempotency-Key", "stop"))
    };
    let canceled = cancel().await.expect(200);
    assert_ne!(canceled["cancel_requested_at"], Value::Null);
    let ended = app.batch_ended(&app.demo, &asked["id"]).await;
    let counts = &ended["counts"];
    assert_eq!(
        (&counts["canceled"], &counts["succeeded"]),
        (&json!(120), &json!(0)),
        "{counts}"
    );
    assert_eq!(ended["cost"]["captured"], "0");
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
    let again = cancel().await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(200)["ended_at"], ended["ended_at"]);
}

#[tokio::test]
async fn cancelling_races_with_the_work_and_the_counts_are_right() {
    let app = TestApp::start().await;
    let asked = app
        .post(
            "/v1/batches",
            &app.demo,
            &many(200, |at| line(&format!("line {at}"))),
        )
        .await;
    let asked = asked.expect(202);
    let path = format!("/v1/batches/{}", text(&asked["id"]));
    while app.get(&path, &app.demo).await.expect(200)["counts"]["succeeded"] == 0 {}
    app.post(&format!("{path}/cancel"), &app.demo, &json!({}))
        .await
        .expect(200);
    let ended = app.batch_ended(&app.demo, &asked["id"]).await;
    let count = |name: &str| ended["counts"][name].as_i64().expect("a number");
    assert!(count("succeeded") > 0 && count("canceled") > 0, "{ended}");
    assert_eq!(count("succeeded") + count("canceled"), 200);
    assert_eq!(app.balance(&app.demo).await[2], text(&ended["cost"]["captured"]));
}

#[tokio::test]
async fn a_crash_in_the_middle_loses_nothing_and_counts_nothing_twice() {
    let mut app = TestApp::with(&[("TINTYPE_WORKER_LEASE_SECONDS", "1")]).await;
    let asked = app
        .post(
            "/v1/batches",
            &app.demo,
            &many(150, |at| line(&format!("line {at}"))),
        )
        .await;
    let asked = asked.expect(202);
    let path = format!("/v1/batches/{}", text(&asked["id"]));
    for part in [1, 40, 80] {
        while app.get(&path, &app.demo).await.expect(200)["counts"]["succeeded"].as_i64() < Some(part) {}
        app.crash_and_restart().await;
    }
    let ended = app.batch_ended(&app.demo, &asked["id"]).await;
    let counts = &ended["counts"];
    // The sandbox forgets what it was making; nothing is charged for that.
    let open = counts["succeeded"].as_i64().zip(counts["failed"].as_i64());
    assert_eq!(
        open.map(|(succeeded, failed)| succeeded + failed),
        Some(150),
        "{counts}"
    );
    assert_eq!(app.balance(&app.demo).await[1], "0");
    let events = app
        .count("SELECT COUNT(*) FROM event WHERE kind = 'batch.ended'")
        .await;
    assert_eq!(events, 1);
}

#[tokio::test]
async fn open_batches_have_a_limit_of_their_own() {
    let app = TestApp::with(&[
        ("TINTYPE_LIMITS_OPEN_BATCHES", "2"),
        ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "4"),
        ("TINTYPE_WORKER_CONCURRENCY", "8"),
    ])
    .await;
    let hanging = many(3, |_| picture("sandbox:hang"));
    let first = app.post("/v1/batches", &app.demo, &hanging).await.expect(202);
    let second = app.post("/v1/batches", &app.demo, &hanging).await.expect(202);
    let problem = app.post("/v1/batches", &app.demo, &hanging).await;
    assert_eq!(problem.problem(429, "concurrency_limit_reached")["limit"], 2);
    // Three are under way, and leave room for one that is asked for alone.
    app.generate(&app.demo, "a pear").await;
    for batch in [first, second] {
        let path = format!("/v1/batches/{}/cancel", text(&batch["id"]));
        app.post(&path, &app.demo, &json!({})).await.expect(200);
        app.batch_ended(&app.demo, &batch["id"]).await;
    }
}
