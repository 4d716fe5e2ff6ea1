//! Keys that keys made: they name their maker, and go with it when it leaked, or when
//! its owner says so.

use futures_util::future::join_all;
use harness::{Account, Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{lets_in, made, patch};

/// A key, one that it made, and one that that one made: secrets and paths.
async fn line(app: &TestApp, owner: &Account) -> [(String, String); 3] {
    let first = made(app, &owner.session, json!({})).await;
    let second = made(app, &first.0, json!({})).await;
    let third = made(app, &second.0, json!({})).await;
    [first, second, third]
}

async fn revoke(app: &TestApp, path: &str, credentials: &str) -> (u64, u64) {
    let revoked = app.delete(path, credentials).await.expect(200);
    assert_ne!(revoked["revoked_at"], Value::Null);
    let count = |member: &str| revoked[member].as_u64().expect("a number");
    (count("descendants_revoked"), count("descendants_active"))
}

async fn told(app: &TestApp, owner: &Account) -> Vec<Value> {
    app.advance("PT0S").await;
    let page = app.get("/v1/events?type=key.leaked", &owner.key).await;
    let page = page.expect(200)["data"].take();
    let events = page.as_array().expect("a page").iter();
    events.map(|event| event["data"].clone()).collect()
}

#[tokio::test]
async fn a_key_names_the_key_that_made_it() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let line = line(&app, &owner).await;
    let mut maker = Value::Null;
    for (_, path) in &line {
        let key = app.get(path, &owner.session).await.expect(200);
        assert_eq!(key["created_by"], maker);
        maker = key["id"].clone();
    }
}

#[tokio::test]
async fn what_a_leaked_key_made_goes_with_it() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    for (at, revoked_before) in [(0, false), (1, false), (2, true)] {
        let [first, second, third] = line(&app, &owner).await;
        let bystander = made(&app, &owner.key, json!({})).await;
        if revoked_before {
            assert_eq!(revoke(&app, &first.1, &owner.session).await, (0, 2));
        }
        assert!(lets_in(&app, &second.0).await && lets_in(&app, &third.0).await);
        for _ in 0..2 {
            let (path, body) = match at {
                1 => ("/hooks/leaked-keys", json!([{"token": first.0}])),
                _ => ("/v1/keys/report-leak", json!({"leaks": [{"secret": first.0}]})),
            };
            app.post(path, "", &body).await.expect(204);
        }
        for (secret, _) in [&first, &second, &third] {
            assert!(!lets_in(&app, secret).await);
        }
        assert!(lets_in(&app, &bystander.0).await);
        let events = told(&app, &owner).await;
        assert_eq!(events.len(), at + 1, "each is told once");
        assert_eq!(events[0]["descendants_revoked"], 2);
        let mails = app.mails(&owner.email).await;
        assert!(
            text(&mails[0]["text"]).contains("since it made them: 2"),
            "{mails:?}"
        );
    }
}

#[tokio::test]
async fn who_revokes_a_key_is_told_of_what_it_made_and_may_end_it_too() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let [first, second, third] = line(&app, &owner).await;
    let other = made(&app, &first.0, json!({"expires_at": "2030-01-01T00:00:00Z"})).await;
    assert_eq!(revoke(&app, &second.1, &owner.session).await, (0, 1));
    assert!(lets_in(&app, &third.0).await);
    assert_eq!(revoke(&app, &first.1, &owner.key).await, (0, 2));
    assert!(lets_in(&app, &third.0).await && lets_in(&app, &other.0).await);
    let all = format!("{}?descendants=true", first.1);
    assert_eq!(revoke(&app, &all, &owner.key).await, (2, 0));
    assert!(!lets_in(&app, &third.0).await && !lets_in(&app, &other.0).await);
    assert_eq!(revoke(&app, &all, &owner.key).await, (0, 0));
    assert!(lets_in(&app, &owner.key).await);
    // Another account's is not there, and stays.
    let (stranger, line) = (app.account().await, line(&app, &owner).await);
    let all = format!("{}?descendants=true", line[0].1);
    app.delete(&all, &stranger.session)
        .await
        .problem(404, "not_found");
    assert!(lets_in(&app, &line[2].0).await);
}

#[tokio::test]
async fn no_key_is_made_behind_the_back_of_who_revokes() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    for _ in 0..5 {
        let [first, second, third] = line(&app, &owner).await;
        let body = json!({"name": "late", "scopes": ["keys:read", "keys:write"]});
        let makers = [&first.0, &second.0, &third.0];
        let making = makers
            .iter()
            .cycle()
            .take(24)
            .map(|maker| app.post("/v1/keys", maker, &body));
        let all = format!("{}?descendants=true", first.1);
        let (made, revoked) = tokio::join!(join_all(making), app.delete(&all, &owner.session));
        assert_eq!(revoked.expect(200)["descendants_active"], 0);
        for answer in made {
            if answer.status == 201 {
                assert!(!lets_in(&app, text(&answer.json["secret"])).await);
            } else {
                answer.problem(401, "unauthenticated");
            }
        }
    }
}

#[tokio::test]
async fn caps_that_come_later_count_what_was_made_before() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let [first, second, third] = line(&app, &owner).await;
    app.generate(&third.0, "a pear").await;
    let caps = json!({"caps": [{"period": "day", "limit": "2"}]});
    let capped = patch(&app, &first.1, &owner.session, &caps).await.expect(200);
    assert_eq!(
        (&capped["spent"], &capped["caps"][0]["used"]),
        (&json!("1"), &json!("1"))
    );
    app.generate(&second.0, "a pear").await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    for (secret, _) in [&first, &second, &third] {
        let refused = Answer::of(app.ask(secret, &body)).await;
        let problem = refused.problem(402, "spend_cap_reached");
        assert_eq!(problem["key_id"], capped["id"]);
    }
    // What holds for the maker holds for whom it makes from now on.
    let wider = json!({"name": "a", "scopes": ["keys:read"], "caps": [{"period": "day", "limit": "3"}]});
    app.post("/v1/keys", &third.0, &wider)
        .await
        .problem(403, "insufficient_scope");
    // Nor does it change or rotate keys that spend beside the cap.
    let (_, beside) = made(
        &app,
        &owner.session,
        json!({"caps": [{"period": "day", "limit": "1"}]}),
    )
    .await;
    patch(&app, &beside, &third.0, &json!({"caps": []}))
        .await
        .problem(403, "insufficient_scope");
}

#[tokio::test]
async fn eight_keys_at_most_stand_behind_one() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (mut maker, _) = made(&app, &owner.session, json!({})).await;
    for _ in 0..8 {
        (maker, _) = made(&app, &maker, json!({})).await;
    }
    let body = json!({"name": "a", "scopes": ["keys:read"]});
    let refused = app.request(Method::POST, "/v1/keys", &maker).json(&body);
    let problem = Answer::of(refused).await.problem(403, "insufficient_scope");
    assert!(text(&problem["detail"]).contains("rotate"), "{problem}");
}
