//! What is well-formed and refused all the same. Nothing is held for it.

use harness::{TestApp, text};
use serde_json::json;

#[tokio::test]
async fn too_few_credits_are_told_with_what_is_missing() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "5")]).await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "n": 6}});
    let refused = app.post("/v1/generations", &app.demo, &body).await;
    let refused = refused.problem(402, "insufficient_credits");
    assert_eq!(
        (&refused["required"], &refused["available"]),
        (&json!("6"), &json!("5"))
    );

    // What is held can't be held again.
    let running = app.hang(&app.demo).await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "n": 5}});
    let refused = app.post("/v1/generations", &app.demo, &body).await;
    assert_eq!(refused.problem(402, "insufficient_credits")["available"], "4");
    app.cancel(&app.demo, &running["id"]).await.expect(200);
    app.ended(&app.demo, &running["id"]).await;
    assert_eq!(app.balance(&app.demo).await, ["5", "0", "0"]);
}

#[tokio::test]
async fn only_so_many_are_under_way_at_a_time() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "2")]).await;
    let owner = app.account().await;
    let second_key = app.key_with(&owner.key, harness::SCOPES).await;
    let [first, second] = [app.hang(&owner.key).await, app.hang(&owner.key).await];
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear"}});
    let refused = app.post("/v1/generations", &owner.key, &body).await;
    assert_eq!(refused.problem(429, "concurrency_limit_reached")["limit"], 2);
    assert_eq!(app.balance(&owner.key).await, ["998", "2", "0"]);
    // The limit is the key's own.
    app.generate(&second_key, "a pear").await;

    app.cancel(&owner.key, &first["id"]).await.expect(200);
    app.ended(&owner.key, &first["id"]).await;
    app.generate(&owner.key, "a pear").await;
    app.cancel(&owner.key, &second["id"]).await.expect(200);
    app.ended(&owner.key, &second["id"]).await;
}

#[tokio::test]
async fn a_model_that_leaves_the_allowed_regions_is_refused() {
    let app = TestApp::start().await;
    let body = |regions: serde_json::Value| json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}, "regions": regions});
    let refused = app
        .post("/v1/generations", &app.demo, &body(json!(["DE", "FR"])))
        .await;
    assert_eq!(
        refused.problem(422, "region_not_allowed")["countries"],
        json!(["ZZ"])
    );
    let made = app
        .post("/v1/generations", &app.demo, &body(json!(["DE", "ZZ"])))
        .await
        .expect(202);
    app.ended(&app.demo, &made["id"]).await;
    app.post("/v1/generations", &app.demo, &body(json!([])))
        .await
        .problem(400, "invalid_request");
}

#[tokio::test]
async fn an_unknown_model_is_refused() {
    let app = TestApp::start().await;
    for name in ["gpt-image-17", "Sandbox-Image", "../sandbox-image"] {
        let body = json!({"model": name, "input": {"prompt": "a pear"}});
        let refused = app.post("/v1/generations", &app.demo, &body).await;
        let refused = refused.problem(422, "unknown_model");
        assert!(
            !text(&refused["detail"]).contains(name),
            "what was sent stays unsaid"
        );
    }
}

#[tokio::test]
async fn what_the_model_does_not_take_is_told_with_its_place() {
    let app = TestApp::start().await;
    for (model, input, pointer) in [
        ("sandbox-image", json!({}), "/input"),
        ("sandbox-image", json!({"prompt": ""}), "/input/prompt"),
        (
            "sandbox-image",
            json!({"prompt": "a", "size": "1x1"}),
            "/input/size",
        ),
        ("sandbox-image", json!({"prompt": "a", "n": 11}), "/input/n"),
        ("sandbox-image", json!({"prompt": "a", "voice": "alto"}), "/input"),
        (
            "sandbox-image",
            json!({"prompt": "a".repeat(4001)}),
            "/input/prompt",
        ),
        (
            "sandbox-video",
            json!({"prompt": "a", "seconds": 0}),
            "/input/seconds",
        ),
        (
            "sandbox-speech",
            json!({"prompt": "a", "speed": 5}),
            "/input/speed",
        ),
        ("sandbox-text", json!({"messages": []}), "/input/messages"),
    ] {
        let body = json!({"model": model, "input": input});
        let refused = app.post("/v1/generations", &app.demo, &body).await;
        let refused = refused.problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{refused}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 0);
}

#[tokio::test]
async fn metadata_has_its_bounds() {
    let app = TestApp::start().await;
    let many: serde_json::Map<_, _> = (0..51).map(|at| (format!("k{at}"), json!("v"))).collect();
    for metadata in [
        json!(many),
        json!({"k".repeat(41): "v"}),
        json!({"k": "v".repeat(501)}),
        json!({"k": 1}),
        json!({"k": null}),
        json!({"k\u{0}": "v"}),
        json!(["v"]),
    ] {
        let body = json!({"model": "sandbox-image", "input": {"prompt": "a"}, "metadata": metadata});
        app.post("/v1/generations", &app.demo, &body)
            .await
            .problem(400, "invalid_request");
    }
    let most = json!({"k".repeat(40): "ü".repeat(500)});
    let body = json!({"model": "sandbox-text", "input": {"prompt": "a"}, "metadata": most});
    let made = app.post("/v1/generations", &app.demo, &body).await.expect(202);
    assert_eq!(app.ended(&app.demo, &made["id"]).await["metadata"], most);
}

#[tokio::test]
async fn a_region_is_a_country() {
    let app = TestApp::start().await;
    for (regions, at) in [
        (json!(["DE", "EU"]), 1),
        (json!(["de"]), 0),
        (json!(["Germany"]), 0),
    ] {
        let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear"}, "regions": regions});
        let refused = app.post("/v1/generations", &app.demo, &body).await;
        let problem = refused.problem(400, "invalid_request");
        assert_eq!(
            problem["errors"][0]["pointer"],
            format!("/regions/{at}"),
            "{problem}"
        );
    }
}
