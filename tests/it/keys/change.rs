//! Changing a key: absent stays, null goes, and nobody is made wider than who asks.

use harness::{SCOPES, TestApp, text};
use serde_json::{Value, json};

use super::{made, patch};

#[tokio::test]
async fn what_is_absent_stays_and_null_goes() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let all = json!({
        "models": ["sandbox-image"], "ip_allow": ["127.0.0.1"], "expires_at": "2090-01-01T00:00:00Z",
        "caps": [{"period": "day", "limit": "5"}], "rate": {"requests_per_minute": 100},
    });
    let (key, path) = made(&app, &owner.session, all).await;
    let before = app.get(&path, &owner.session).await.expect(200);
    let after = patch(&app, &path, &owner.session, &json!({"name": "other"}))
        .await
        .expect(200);
    for field in [
        "scopes",
        "models",
        "ip_allow",
        "expires_at",
        "caps",
        "rate",
        "last_four",
        "id",
    ] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(after["name"], "other");
    let none = json!({"models": null, "ip_allow": null, "expires_at": null, "caps": [], "rate": null});
    let after = patch(&app, &path, &owner.session, &none).await.expect(200);
    for field in ["models", "ip_allow", "expires_at"] {
        assert_eq!(after[field], Value::Null, "{field}");
    }
    assert_eq!(after["caps"], json!([]));
    assert_eq!(
        after["rate"],
        json!({"requests_per_minute": null, "concurrent_generations": null})
    );
    // Scopes hold from the next request on.
    app.get("/v1/credits", &key).await.expect(200);
    patch(&app, &path, &owner.session, &json!({"scopes": ["keys:read"]}))
        .await
        .expect(200);
    app.get("/v1/credits", &key)
        .await
        .problem(403, "insufficient_scope");
    for (body, pointer) in [
        (json!({"name": null}), "/name"),
        (json!({"scopes": []}), "/scopes"),
        (json!({"caps": null}), "/caps"),
        (json!({"secret": "mine"}), "/secret"),
        (
            json!({"rate": {"requests_per_minute": null}}),
            "/rate/requests_per_minute",
        ),
    ] {
        let refused = patch(&app, &path, &owner.session, &body)
            .await
            .problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{body}");
    }
    let past = json!({"expires_at": "2020-01-01T00:00:00Z"});
    patch(&app, &path, &owner.session, &past)
        .await
        .problem(422, "invalid_input");
    app.delete(&path, &owner.session).await.expect(200);
    patch(&app, &path, &owner.session, &json!({"name": "gone"}))
        .await
        .problem(409, "conflict");
}

#[tokio::test]
async fn a_key_widens_no_key_beyond_itself() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let end = "2090-01-01T00:00:00Z";
    let bounds = json!({
        "scopes": ["keys:read", "keys:write", "files:read"], "models": ["sandbox-image"],
        "ip_allow": ["127.0.0.0/8"], "expires_at": end,
        "caps": [{"period": "day", "limit": "5"}], "rate": {"requests_per_minute": 100, "concurrent_generations": 5},
    });
    let (key, own) = made(&app, &owner.session, bounds.clone()).await;
    let (_, child) = made(&app, &key, json!({"scopes": ["files:read"]})).await;
    let (_, sibling) = made(&app, &owner.session, bounds).await;
    let wider = [
        json!({"scopes": ["files:read", "files:write"]}),
        json!({"models": null}),
        json!({"models": ["sandbox-image", "sandbox-text"]}),
        json!({"ip_allow": null}),
        json!({"ip_allow": ["127.0.0.1", "192.0.2.1"]}),
        json!({"expires_at": null}),
        json!({"expires_at": "2091-01-01T00:00:00Z"}),
        json!({"caps": []}),
        json!({"caps": [{"period": "week", "limit": "1"}]}),
        json!({"caps": [{"period": "day", "limit": "6"}]}),
        json!({"rate": null}),
        json!({"rate": {"requests_per_minute": 100}}),
        json!({"rate": {"requests_per_minute": 101, "concurrent_generations": 5}}),
    ];
    for path in [&own, &child, &sibling] {
        let before = app.get(path, &owner.session).await.expect(200);
        for body in &wider {
            let refused = patch(&app, path, &key, body).await;
            refused.problem(403, "insufficient_scope");
        }
        let mut after = app.get(path, &owner.session).await.expect(200);
        after["last_used_at"] = before["last_used_at"].clone();
        assert_eq!(after, before);
    }
    // Narrower it may make all of them, itself too; and then not wide again.
    let narrower = json!({
        "scopes": ["keys:read", "keys:write"], "ip_allow": ["127.0.0.1"], "expires_at": "2089-01-01T00:00:00Z",
        "caps": [{"period": "day", "limit": "4"}, {"period": "week", "limit": "9"}],
        "rate": {"requests_per_minute": 99, "concurrent_generations": 1},
    });
    for path in [&child, &sibling, &own] {
        patch(&app, path, &key, &narrower).await.expect(200);
    }
    let again = json!({"caps": [{"period": "day", "limit": "5"}]});
    patch(&app, &own, &key, &again)
        .await
        .problem(403, "insufficient_scope");
    let again = json!({"expires_at": end});
    patch(&app, &own, &key, &again)
        .await
        .problem(403, "insufficient_scope");
}

#[tokio::test]
async fn a_key_with_caps_raises_those_of_its_own_keys_only() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let cap = |limit: &str| json!({"caps": [{"period": "day", "limit": limit}]});
    let (key, _) = made(&app, &owner.key, cap("5")).await;
    let (_, child) = made(&app, &key, cap("1")).await;
    let (_, other) = made(&app, &owner.key, cap("1")).await;
    patch(&app, &child, &key, &cap("5")).await.expect(200);
    patch(&app, &other, &key, &cap("5"))
        .await
        .problem(403, "insufficient_scope");
    patch(&app, &other, &owner.key, &cap("5")).await.expect(200);
}

#[tokio::test]
async fn a_cap_counts_what_was_spent_before_it() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = made(&app, &owner.key, json!({})).await;
    app.generate(&key, "a pear").await;
    let cap = json!({"caps": [{"period": "lifetime", "limit": "1"}]});
    let shown = patch(&app, &path, &owner.key, &cap).await.expect(200);
    assert_eq!(shown["caps"][0]["used"], "1");
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear"}});
    let refused = app.post("/v1/generations", &key, &body).await;
    refused.problem(402, "spend_cap_reached");
    patch(&app, &path, &owner.key, &json!({"caps": []}))
        .await
        .expect(200);
    app.generate(&key, "a pear").await;
}

#[tokio::test]
async fn a_test_key_changes_no_live_one() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let live = json!({"name": "live", "scopes": SCOPES, "livemode": true});
    let live = app.post("/v1/keys", &owner.session, &live).await.expect(201);
    let path = format!("/v1/keys/{}", text(&live["id"]));
    patch(&app, &path, &owner.key, &json!({"name": "mine"}))
        .await
        .problem(404, "not_found");
    super::rotate(&app, &path, &owner.key, 0)
        .await
        .problem(404, "not_found");
    patch(&app, &path, &owner.session, &json!({"name": "mine"}))
        .await
        .expect(200);
}
