//! Estimates: the price before, every blocker as data, and a price that is kept.

use harness::{Answer, TestApp, text};
use serde_json::{Value, json};

use super::rows::picture;

fn image(input: Value) -> Value {
    json!({"model": "image", "input": input})
}

async fn estimate(app: &TestApp, generations: Value) -> Value {
    let body = json!({"generations": generations});
    app.post("/v1/estimates", &app.demo, &body).await.expect(201)
}

/// The codes of what stands against the generation at this place.
fn blockers(estimate: &Value, at: usize) -> Vec<&str> {
    let blockers = estimate["generations"][at]["blockers"]
        .as_array()
        .expect("a list");
    blockers.iter().map(|blocker| text(&blocker["code"])).collect()
}

#[tokio::test]
async fn an_estimate_says_line_by_line_what_creating_holds() {
    let app = TestApp::start().await;
    let bodies = json!([
        image(json!({"prompt": "a pear", "n": 3, "quality": "high"})),
        {"model": "sandbox-video", "input": {"prompt": "a pear", "seconds": 2}},
        {"model": "sandbox-speech", "input": {"prompt": "grüßen"}},
        {"model": "sandbox-text", "input": {"prompt": "Tell me of the sea.", "max_tokens": 81}},
    ]);
    let made = estimate(&app, bodies.clone()).await;
    assert_eq!(made["admissible"], true);
    assert_eq!(
        made["generations"][0],
        json!({
            "model": "image", "model_resolved": "sandbox-image", "price_version": "2026-11-21",
            "min": "2", "max": "6", "blockers": [],
            "lines": [{
                "unit": "image", "quantity": 3, "credits": "1", "subtotal": "6",
                "multipliers": [{"field": "quality", "value": "high", "factor": "2"}],
            }],
        })
    );
    let of = |at: usize| {
        let item = &made["generations"][at];
        [&item["min"], &item["max"], &item["lines"][0]["quantity"]].map(Value::clone)
    };
    assert_eq!(of(1), [json!("2"), json!("4"), json!(2)]);
    assert_eq!(of(2), [json!("0.018"), json!("0.018"), json!(6)]);
    // 19 bytes of prompt and 81 tokens.
    assert_eq!(of(3), [json!("0"), json!("0.05"), json!(100)]);
    assert_eq!(
        [&made["min"], &made["max"], &made["available"]],
        [&json!("4.018"), &json!("10.068"), &json!("1000")]
    );
    // Nothing was made or held.
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
    for (at, body) in bodies.as_array().expect("bodies").iter().enumerate() {
        let queued = app.post("/v1/generations", &app.demo, body).await.expect(202);
        assert_eq!(queued["cost"]["held"], made["generations"][at]["max"]);
        let ended = app.ended(&app.demo, &queued["id"]).await;
        let captured: entity::Credits = text(&ended["cost"]["captured"]).parse().expect("an amount");
        let least: entity::Credits = text(&made["generations"][at]["min"]).parse().expect("an amount");
        assert!(captured >= least, "{captured} < {least}");
    }
    // It can be looked at again, by its owner alone.
    let path = format!("/v1/estimates/{}", text(&made["id"]));
    assert_eq!(app.get(&path, &app.demo).await.expect(200), made);
    let stranger = app.account().await;
    app.get(&path, &stranger.key).await.problem(404, "not_found");
}

#[tokio::test]
async fn every_reason_to_refuse_is_told_as_data() {
    let ended = "deprecated_at = 2020-01-01\nshutdown_at = 2020-02-02\nreplaced_by = \"heir\"";
    let file = picture("old", "v1", "2", ended) + &picture("heir", "h1", "300", "");
    let app = TestApp::configured(&file, &[]).await;
    let heir = |more: Value| {
        let mut body = json!({"model": "heir", "input": {"prompt": "a pear"}});
        body.as_object_mut()
            .expect("a body")
            .extend(more.as_object().expect("more").clone());
        body
    };
    let answer = json!({"generations": [
        {"model": "nobody", "input": {"prompt": "a pear"}},
        {"model": "old", "input": {"prompt": "a pear"}},
        {"model": "heir", "input": {"prompt": "", "n": 11, "voice": "alto"}},
        heir(json!({"regions": ["DE"], "max_cost": "299.99", "deadline": "2020-01-01T00:00:00Z"})),
        heir(json!({"metadata": {"x".repeat(41): "y"}})),
        heir(json!({})), heir(json!({})), heir(json!({})), heir(json!({})),
        {"model": "heir", "input": {"prompt": "a pear", "n": 1}, "max_cost": "300"},
    ]});
    let answer = app.post("/v1/estimates", &app.demo, &answer).await;
    assert_eq!(answer.header("sunset"), "Sun, 02 Feb 2020 00:00:00 GMT");
    let made = answer.expect(201);
    assert_eq!(made["admissible"], false);
    assert_eq!(blockers(&made, 0), ["unknown_model"]);
    assert_eq!(blockers(&made, 1), ["model_gone"]);
    assert_eq!(
        made["generations"][1]["blockers"][0]["context"]["replaced_by"],
        "heir"
    );
    assert_eq!(blockers(&made, 2), ["invalid_request"]);
    let errors = made["generations"][2]["blockers"][0]["errors"]
        .as_array()
        .expect("faults");
    let mut pointers: Vec<&str> = errors.iter().map(|error| text(&error["pointer"])).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/input", "/input/n", "/input/prompt"]);
    assert_eq!(
        blockers(&made, 3),
        ["region_not_allowed", "max_cost_exceeded", "invalid_request"]
    );
    assert_eq!(blockers(&made, 4), ["invalid_request"]);
    // Three of 300 fit into 1,000; a fourth does not.
    for at in 5..8 {
        assert_eq!(blockers(&made, at), [""; 0]);
    }
    assert_eq!(blockers(&made, 8), ["insufficient_credits"]);
    let context = &made["generations"][8]["blockers"][0]["context"];
    assert_eq!(
        (&context["required"], &context["available"]),
        (&json!("300"), &json!("100"))
    );
    assert_eq!(blockers(&made, 9), ["insufficient_credits"]);

    // Against the schema itself, or what an estimate does not take: no estimate.
    for (body, pointer) in [
        (json!({"generations": []}), "/generations"),
        (json!({"generations": vec![heir(json!({})); 101]}), "/generations"),
        (
            json!({"generations": [{"model": "heir"}]}),
            "/generations/0/input",
        ),
        (
            json!({"generations": [heir(json!({"validate_only": true}))]}),
            "/generations/0/validate_only",
        ),
    ] {
        let refused = app.post("/v1/estimates", &app.demo, &body).await;
        let refused = refused.problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn a_price_that_was_estimated_holds_for_a_quarter_of_an_hour() {
    let app = TestApp::configured(&picture("painter", "v1", "2", ""), &[]).await;
    let body = json!({"model": "painter", "input": {"prompt": "a pear"}});
    let made = estimate(&app, json!([body])).await;
    app.reconfigure(&(picture("painter", "v2", "5", "") + &picture("other", "v1", "1", "")))
        .await;
    let with = |model: &str, id: &Value| json!({"model": model, "input": {"prompt": "a pear"}, "estimate_id": id, "max_cost": "5"});
    let ask =
        async |key: &str, body: &Value| Answer::of(app.ask(key, body).header("Prefer", "wait=60")).await;
    let locked = ask(&app.demo, &with("painter", &made["id"])).await.expect(201);
    assert_eq!(
        locked["cost"],
        json!({"estimated": "2", "held": "2", "captured": "2", "released": "0", "price_version": "v1"})
    );
    let now = ask(&app.demo, &body).await.expect(201);
    assert_eq!(
        (&now["cost"]["captured"], &now["cost"]["price_version"]),
        (&json!("5"), &json!("v2"))
    );
    // A dry run is told the locked price too.
    let mut dry = with("painter", &made["id"]);
    dry["validate_only"] = json!(true);
    assert_eq!(ask(&app.demo, &dry).await.expect(200)["max"], "2");

    ask(&app.demo, &with("other", &made["id"]))
        .await
        .problem(422, "invalid_input");
    let nobody = json!("est_01k00000000000000000000000");
    ask(&app.demo, &with("painter", &nobody))
        .await
        .problem(404, "not_found");
    let stranger = app.account().await;
    ask(&stranger.key, &with("painter", &made["id"]))
        .await
        .problem(404, "not_found");

    let request = || {
        app.ask(&app.demo, &with("painter", &made["id"]))
            .header("Idempotency-Key", "in time")
    };
    let first = Answer::of(request()).await.expect(202);
    app.advance("PT16M").await;
    ask(&app.demo, &with("painter", &made["id"]))
        .await
        .problem(422, "estimate_expired");
    // Who asks again for what was accepted in time gets it.
    let again = Answer::of(request()).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.json["id"], first["id"]);
    app.ended(&app.demo, &first["id"]).await;
}

#[tokio::test]
async fn an_estimate_is_made_once_however_often_it_is_asked_for() {
    let app = TestApp::start().await;
    let ask = async |prompt: &str| {
        let body = json!({"generations": [image(json!({"prompt": prompt}))]});
        let request = app
            .request(reqwest::Method::POST, "/v1/estimates", &app.demo)
            .json(&body);
        Answer::of(request.header("Idempotency-Key", "once")).await
    };
    let first = ask("a pear").await;
    assert_eq!(first.header("idempotent-replayed"), "");
    let first = first.expect(201);
    let again = ask("a pear").await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(201), first);
    ask("a plum").await.problem(422, "idempotency_key_reused");
    assert_eq!(app.count("SELECT COUNT(*) FROM estimate").await, 1);
}

#[tokio::test]
async fn a_dry_run_says_what_creating_would_and_leaves_no_trace() {
    let app = TestApp::start().await;
    let try_out = async |mut body: Value| {
        body["validate_only"] = json!(true);
        Answer::of(app.ask(&app.demo, &body).header("Idempotency-Key", "dry")).await
    };
    let before = app.database.row_counts().await;
    let fits = try_out(image(json!({"prompt": "a pear", "n": 2})))
        .await
        .expect(200);
    assert_eq!(
        (&fits["max"], &fits["model_resolved"]),
        (&json!("2"), &json!("sandbox-image"))
    );
    try_out(json!({"model": "nobody", "input": {}}))
        .await
        .problem(422, "unknown_model");
    try_out(image(json!({}))).await.problem(400, "invalid_request");
    try_out(json!({"model": "image", "input": {"prompt": "a pear"}, "max_cost": "0.5"}))
        .await
        .problem(422, "max_cost_exceeded");
    assert_eq!(app.database.row_counts().await, before);
    // The key is still free for the real thing.
    let real = app
        .ask(&app.demo, &image(json!({"prompt": "a pear"})))
        .header("Idempotency-Key", "dry");
    let real = Answer::of(real).await.expect(202);
    app.ended(&app.demo, &real["id"]).await;
}

#[tokio::test]
async fn a_dry_run_knows_the_balance() {
    let app = TestApp::configured(&picture("dear", "v1", "600", ""), &[]).await;
    let body =
        |n: u32| json!({"model": "dear", "input": {"prompt": "a pear", "n": n}, "validate_only": true});
    app.post("/v1/generations", &app.demo, &body(1)).await.expect(200);
    let refused = app.post("/v1/generations", &app.demo, &body(2)).await;
    let refused = refused.problem(402, "insufficient_credits");
    assert_eq!(
        (&refused["required"], &refused["available"]),
        (&json!("1200"), &json!("1000"))
    );
}

#[tokio::test]
async fn speeds_are_measured_here() {
    let app = TestApp::start().await;
    let speed = async || {
        let model = app.get("/v1/models/image", "").await;
        let etag = model.header("etag").to_owned();
        let model = model.expect(200);
        (etag, model["p50_seconds"].as_f64(), model["p95_seconds"].as_f64())
    };
    let before = speed().await;
    assert_eq!((before.1, before.2), (None, None));
    for _ in 0..3 {
        app.generate(&app.demo, "a pear").await;
    }
    app.generate(&app.demo, "sandbox:slow=1").await;
    app.generate(&app.demo, "sandbox:fail").await;
    app.advance("PT1M").await;
    let after = speed().await;
    assert_ne!(before.0, after.0, "the ETag changes with what was measured");
    let (p50, p95) = (after.1.expect("a time"), after.2.expect("a time"));
    assert!(p50 <= p95 && p95 >= 1.0, "{p50} {p95}");
    assert_eq!(speed().await, after);
}

#[tokio::test]
async fn caps_and_the_operators_rules_stand_against_it_too() {
    let app = TestApp::configured("[moderation]\nblocklist = [\"grenade\"]\n", &[]).await;
    let key = json!({
        "name": "capped", "scopes": ["generations:write"], "caps": [{"period": "day", "limit": "2.5"}],
    });
    let key = app.post("/v1/keys", &app.demo, &key).await.expect(201);
    let key = text(&key["secret"]);
    let bodies: Vec<Value> = ["a pear", "a grenade", "a plum", "a fig"]
        .iter()
        .map(|prompt| image(json!({"prompt": prompt})))
        .collect();
    let made = app
        .post("/v1/estimates", key, &json!({"generations": bodies}))
        .await
        .expect(201);
    let told: Vec<_> = (0..4).map(|at| blockers(&made, at)).collect();
    assert_eq!(
        told,
        [vec![], vec!["content_refused"], vec![], vec!["spend_cap_reached"]]
    );
    let mut dry = image(json!({"prompt": "a grenade"}));
    dry["validate_only"] = json!(true);
    app.post("/v1/generations", key, &dry)
        .await
        .problem(422, "content_refused");
    dry["input"] = json!({"prompt": "a pear", "n": 3});
    app.post("/v1/generations", key, &dry)
        .await
        .problem(402, "spend_cap_reached");
    // Nothing of it is for a person to see, and the cap is as it was.
    assert_eq!(app.count("SELECT COUNT(*) FROM review_item").await, 0);
    dry["input"] = json!({"prompt": "a pear", "n": 2});
    app.post("/v1/generations", key, &dry).await.expect(200);
}
