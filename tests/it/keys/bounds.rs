//! What bounds a key besides its scopes: models, addresses, limits of its own.

use harness::{Answer, SCOPES, Settings, TestApp};
use serde_json::{Value, json};

use super::{made, patch};

const BEHIND_A_PROXY: &str = "[server]\ntrusted_proxies = [\"127.0.0.0/8\", \"10.0.0.0/8\"]\n";

fn picture(model: &str) -> Value {
    json!({"model": model, "input": {"prompt": "a pear"}})
}

/// Asks from an address, as a proxy says it.
async fn from(app: &TestApp, key: &str, forwarded_for: &str) -> Answer {
    let request = app.request(reqwest::Method::GET, "/v1/keys/self", key);
    Answer::of(request.header("X-Forwarded-For", forwarded_for)).await
}

#[tokio::test]
async fn a_key_asks_for_its_models_only() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = made(&app, &owner.key, json!({"models": ["image"]})).await;
    // An alias is kept as what it stands for.
    let shown = app.get(&path, &owner.key).await.expect(200);
    assert_eq!(shown["models"], json!(["sandbox-image"]));
    for name in ["image", "sandbox-image"] {
        let asked = app
            .post("/v1/generations", &key, &picture(name))
            .await
            .expect(202);
        app.ended(&key, &asked["id"]).await;
    }
    let before = app.count("SELECT COUNT(*) FROM generation").await;
    let mut trial = picture("sandbox-text");
    for validate_only in [false, true] {
        trial["validate_only"] = json!(validate_only);
        let refused = app.post("/v1/generations", &key, &trial).await;
        let problem = refused.problem(403, "model_not_allowed");
        assert_eq!(problem["models"], json!(["sandbox-image"]));
    }
    let both = json!({"generations": [picture("sandbox-image"), picture("sandbox-text")]});
    let refused = app.post("/v1/batches", &key, &both).await;
    let problem = refused.problem(403, "model_not_allowed");
    assert_eq!(problem["errors"][0]["pointer"], "/generations/1");
    let estimate = app.post("/v1/estimates", &key, &both).await.expect(201);
    assert_eq!(estimate["admissible"], false);
    assert_eq!(estimate["generations"][0]["blockers"], json!([]));
    assert_eq!(
        estimate["generations"][1]["blockers"][0]["code"],
        "model_not_allowed"
    );
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, before);
    // The list says what there is, whoever asks.
    assert_eq!(
        app.get("/v1/models", &key).await.expect(200)["data"],
        app.get("/v1/models", &owner.key).await.expect(200)["data"]
    );
    // What a key makes is bound alike, unless it is bound further.
    let (_, child) = made(&app, &key, json!({})).await;
    let shown = app.get(&child, &owner.key).await.expect(200);
    assert_eq!(shown["models"], json!(["sandbox-image"]));
    let wider = json!({"name": "a", "scopes": SCOPES, "models": ["sandbox-image", "sandbox-text"]});
    let refused = app.post("/v1/keys", &key, &wider).await;
    assert_eq!(refused.problem(403, "insufficient_scope")["field"], "models");
    let unknown = json!({"name": "a", "scopes": SCOPES, "models": ["sandbox-image", "nothing"]});
    let refused = app.post("/v1/keys", &owner.key, &unknown).await;
    let problem = refused.problem(422, "unknown_model");
    assert_eq!(problem["errors"][0]["pointer"], "/models/1");
}

#[tokio::test]
async fn a_key_is_used_from_its_addresses_only() {
    let app = TestApp::configured(BEHIND_A_PROXY, &[]).await;
    let owner = app.account().await;
    let allowed = json!({"ip_allow": ["203.0.113.9/24", "::ffff:198.51.100.7", "2001:db8::/32"]});
    let (key, _) = made(&app, &owner.key, allowed).await;
    let shown = from(&app, &key, "203.0.113.1").await.expect(200);
    assert_eq!(
        shown["ip_allow"],
        json!(["198.51.100.7", "203.0.113.0/24", "2001:db8::/32"])
    );
    for inside in [
        "198.51.100.7",
        "::ffff:203.0.113.77",
        "[2001:db8::9]:4711",
        "9.9.9.9, 203.0.113.1, 10.1.1.1",
    ] {
        from(&app, &key, inside).await.expect(200);
    }
    for (outside, seen) in [
        ("198.51.100.8", "198.51.100.8"),
        // What the caller wrote itself stands to the left of what the proxy wrote.
        ("203.0.113.1, 192.0.2.1", "192.0.2.1"),
        ("203.0.113.1, what", "127.0.0.1"),
        ("", "127.0.0.1"),
    ] {
        let problem = from(&app, &key, outside)
            .await
            .problem(403, "address_not_allowed");
        assert_eq!(problem["address"], seen, "{outside}");
    }
    // A key without a list is used from anywhere.
    from(&app, &owner.key, "192.0.2.1").await.expect(200);
    for (list, wider) in [
        (json!(["203.0.113.0/25"]), false),
        (json!(["203.0.112.0/23"]), true),
    ] {
        let body = json!({"name": "a", "scopes": ["keys:read"], "ip_allow": list});
        let request = app.request(reqwest::Method::POST, "/v1/keys", &key).json(&body);
        let answer = Answer::of(request.header("X-Forwarded-For", "203.0.113.1")).await;
        match wider {
            false => drop(answer.expect(201)),
            true => assert_eq!(answer.problem(403, "insufficient_scope")["field"], "ip_allow"),
        }
    }
}

#[tokio::test]
async fn a_stranger_s_word_about_addresses_counts_nothing() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = made(&app, &owner.key, json!({"ip_allow": ["203.0.113.0/24"]})).await;
    let problem = from(&app, &key, "203.0.113.1")
        .await
        .problem(403, "address_not_allowed");
    assert_eq!(problem["address"], "127.0.0.1");
    for (list, pointer) in [
        (json!(["203.0.113.0/24", "203.0.113.300"]), "/ip_allow/1"),
        (json!(["localhost"]), "/ip_allow/0"),
        (json!([]), "/ip_allow"),
        (json!(vec!["10.0.0.1"; 51]), "/ip_allow"),
    ] {
        let refused = patch(&app, &path, &owner.key, &json!({"ip_allow": list})).await;
        let problem = refused.problem(400, "invalid_request");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
    patch(&app, &path, &owner.key, &json!({"ip_allow": ["127.0.0.1"]}))
        .await
        .expect(200);
    app.get("/v1/keys/self", &key).await.expect(200);
}

const FEW: Settings<'_> = &[
    ("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "50"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "5"),
];

#[tokio::test]
async fn a_key_has_limits_of_its_own_below_the_server_s() {
    let app = TestApp::with(FEW).await;
    let owner = app.account().await;
    let rate = json!({"rate": {"requests_per_minute": 3, "concurrent_generations": 1}});
    let (key, _) = made(&app, &owner.key, rate).await;
    let first = app.get("/v1/keys/self", &key).await;
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=3;w=60");
    assert!(
        first.header("ratelimit").starts_with("\"default\";r=2;"),
        "{}",
        first.header("ratelimit")
    );
    let body = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:hang"}});
    let running = app.post("/v1/generations", &key, &body).await.expect(202);
    let refused = app.post("/v1/generations", &key, &body).await;
    let problem = refused.problem(429, "concurrency_limit_reached");
    assert_eq!((&problem["limit"], &problem["whose"]), (&json!(1), &json!("key")));
    app.get("/v1/keys/self", &key).await.problem(429, "rate_limited");
    let cancel = format!("/v1/generations/{}/cancel", harness::text(&running["id"]));
    app.post(&cancel, &owner.key, &json!({})).await;
    app.ended(&owner.key, &running["id"]).await;
    for (rate, code, status) in [
        (json!({"requests_per_minute": 51}), "invalid_input", 422),
        (json!({"concurrent_generations": 6}), "invalid_input", 422),
        (json!({"requests_per_minute": 0}), "invalid_request", 400),
        (json!({"requests_per_minute": -1}), "invalid_request", 400),
    ] {
        let body = json!({"name": "a", "scopes": SCOPES, "rate": rate});
        app.post("/v1/keys", &owner.key, &body)
            .await
            .problem(status, code);
    }
}

#[tokio::test]
async fn a_key_s_limits_hold_for_the_keys_that_it_makes() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let rate = json!({"rate": {"requests_per_minute": 300, "concurrent_generations": 2}});
    let (key, _) = made(&app, &owner.key, rate).await;
    let lower = json!({"rate": {"requests_per_minute": 200}});
    let (child, _) = made(&app, &key, lower).await;
    let shown = app.get("/v1/keys/self", &child).await.expect(200);
    assert_eq!(
        shown["rate"],
        json!({"requests_per_minute": 200, "concurrent_generations": 2})
    );
    let wider = json!({"name": "a", "scopes": SCOPES, "rate": {"concurrent_generations": 3}});
    let refused = app.post("/v1/keys", &key, &wider).await;
    let problem = refused.problem(403, "insufficient_scope");
    assert_eq!(problem["field"], "rate.concurrent_generations");
}

#[tokio::test]
async fn a_key_tells_what_it_spent() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = made(&app, &owner.key, json!({})).await;
    app.generate(&key, "a pear").await;
    let shown = app.get(&path, &owner.key).await.expect(200);
    assert_eq!((&shown["spent"], &shown["in_flight"]), (&json!("1"), &json!(0)));
}
