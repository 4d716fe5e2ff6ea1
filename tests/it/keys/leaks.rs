//! Reports of leaked secrets: the secret is the proof, and the answer says nothing.

use std::time::Duration;

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::{lets_in, made, rotate};

async fn report(app: &TestApp, secret: &str) {
    let body = json!({"leaks": [{"secret": secret, "url": "https://git.example/shop/.env"}]});
    app.post("/v1/keys/report-leak", "", &body).await.expect(204);
}

async fn told(app: &TestApp, email: &str) -> usize {
    let mails = app.mails(email).await;
    let leaked = mails
        .iter()
        .filter(|mail| text(&mail["subject"]).contains("found in public"));
    leaked.count()
}

#[tokio::test]
async fn a_reported_key_is_revoked_and_its_owner_told() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = made(&app, &owner.key, json!({"name": "web shop"})).await;
    for nothing in ["tt_test_", "hunter2", &tintype::auth::secret::mint(true)] {
        report(&app, nothing).await;
    }
    assert!(lets_in(&app, &key).await && told(&app, &owner.email).await == 0);
    for _ in 0..2 {
        report(&app, &key).await;
    }
    assert!(!lets_in(&app, &key).await && lets_in(&app, &owner.key).await);
    let shown = app.get(&path, &owner.key).await.expect(200);
    assert_ne!(shown["revoked_at"], Value::Null);
    assert_eq!(told(&app, &owner.email).await, 1);
    let mails = app.mails(&owner.email).await;
    let letter = text(&mails[0]["text"]);
    for said in ["web shop", &key[key.len() - 4..], "git.example"] {
        assert!(letter.contains(said), "{letter}");
    }
    assert!(!letter.contains(&key) && !app.log().contains(&key));
    app.advance("PT0S").await;
    let events = app
        .get("/v1/events?type=key.leaked", &owner.key)
        .await
        .expect(200);
    assert_eq!(events["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(events["data"][0]["data"]["url"], "https://git.example/shop/.env");
}

#[tokio::test]
async fn a_secret_that_opens_nothing_any_more_harms_nobody() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (first, path) = made(&app, &owner.key, json!({})).await;
    let rotated = rotate(&app, &path, &owner.key, 60).await.expect(201);
    app.advance("PT1M").await;
    report(&app, &first).await;
    assert!(lets_in(&app, text(&rotated["secret"])).await);
    // While it is good, it is as bad as the other.
    rotate(&app, &path, &owner.key, 60).await.expect(201);
    report(&app, text(&rotated["secret"])).await;
    assert!(!lets_in(&app, text(&rotated["secret"])).await);
    assert_ne!(
        app.get(&path, &owner.key).await.expect(200)["revoked_at"],
        Value::Null
    );
}

#[tokio::test]
async fn scanners_send_lists() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, _) = made(&app, &owner.key, json!({})).await;
    let found = |token: &str| json!({"token": token, "type": "tintype", "url": "https://a.example/\0b", "source": "content"});
    let unknown = tintype::auth::secret::mint(false);
    for bad in [json!({}), json!([{"type": "x"}]), json!(vec![found("x"); 1001])] {
        app.post("/hooks/leaked-keys", "", &bad)
            .await
            .problem(400, "invalid_request");
    }
    assert!(lets_in(&app, &key).await);
    let list = json!([found(&unknown), found("\0"), found(&key), found(&key)]);
    for _ in 0..2 {
        app.post("/hooks/leaked-keys", "", &list).await.expect(204);
    }
    assert!(!lets_in(&app, &key).await);
    assert_eq!(told(&app, &owner.email).await, 1);
}

#[tokio::test]
async fn strangers_are_counted_by_address() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "20")]).await;
    let body = json!({"leaks": [{"secret": "tt_test_"}]});
    let mut last = 204;
    for _ in 0..22 {
        last = app.post("/v1/keys/report-leak", "", &body).await.status;
    }
    assert_eq!(last, 429);
    app.post("/hooks/leaked-keys", "", &json!([]))
        .await
        .problem(429, "rate_limited");
}

/// Whoever has a leaked key makes as many others as they can while it is reported.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_on_making_keys_keeps_none() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (leaked, _) = made(&app, &owner.key, json!({})).await;
    let body = json!({"name": "another", "scopes": ["keys:read", "keys:write"]});
    let makers = (0..6).map(|_| {
        let request = app.request(Method::POST, "/v1/keys", &leaked).json(&body);
        tokio::spawn(async move {
            let mut secrets = Vec::new();
            loop {
                let answer = Answer::of(request.try_clone().expect("a body")).await;
                if answer.status != 201 {
                    return (secrets, answer.status);
                }
                secrets.push(text(&answer.json["secret"]).to_owned());
            }
        })
    });
    let makers: Vec<_> = makers.collect();
    sleep(Duration::from_millis(300)).await;
    report(&app, &leaked).await;
    let mut secrets = vec![leaked];
    for maker in makers {
        let (made, refused) = maker.await.expect("a maker");
        assert!([401, 409].contains(&refused), "{refused}");
        secrets.extend(made);
    }
    for secret in secrets {
        assert!(!lets_in(&app, &secret).await);
    }
}
