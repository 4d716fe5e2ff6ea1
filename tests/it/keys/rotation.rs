//! Rotating: the key stays, its secret changes, and two live at most.

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::processes::until;
use super::{lets_in, made, rotate};

fn secret(answer: &Value) -> &str {
    text(&answer["secret"])
}

#[tokio::test]
async fn an_old_secret_ends_with_its_grace() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let caps = json!({"caps": [{"period": "lifetime", "limit": "9"}]});
    let (first, path) = made(&app, &owner.key, caps).await;
    app.generate(&first, "a pear").await;
    let rotated = rotate(&app, &path, &first, 600).await.expect(201);
    let second = secret(&rotated).to_owned();
    assert_eq!(rotated["old_secret"]["last_four"], first[first.len() - 4..]);
    assert_eq!(rotated["last_four"], second[second.len() - 4..]);
    assert!(path.ends_with(text(&rotated["id"])));
    assert_eq!(
        (&rotated["spent"], &rotated["caps"][0]["used"]),
        (&json!("1"), &json!("1"))
    );
    assert!(lets_in(&app, &first).await && lets_in(&app, &second).await);
    // What was replaced must not replace what replaced it.
    let refused = rotate(&app, &path, &first, 0).await;
    refused.problem(403, "insufficient_scope");
    app.advance("PT10M").await;
    assert!(!lets_in(&app, &first).await && lets_in(&app, &second).await);
    let shown = app.get(&path, &second).await.expect(200);
    assert_eq!(shown["old_secret"], Value::Null);
    // Without grace, at once; and of three, the oldest goes.
    let third = rotate(&app, &path, &second, 600).await.expect(201);
    let fourth = rotate(&app, &path, secret(&third), 600).await.expect(201);
    assert!(!lets_in(&app, &second).await);
    assert!(lets_in(&app, secret(&third)).await && lets_in(&app, secret(&fourth)).await);
    let fifth = rotate(&app, &path, secret(&fourth), 0).await.expect(201);
    for gone in [secret(&third), secret(&fourth)] {
        assert!(!lets_in(&app, gone).await);
    }
    assert!(lets_in(&app, secret(&fifth)).await);
    app.delete(&path, secret(&fifth)).await.expect(200);
    assert!(!lets_in(&app, secret(&fifth)).await);
    rotate(&app, &path, &owner.key, 0).await.problem(409, "conflict");
}

#[tokio::test]
async fn fifty_who_rotate_at_once_leave_two_secrets() {
    let mut app = TestApp::start().await;
    let mut servers = vec![app.url.clone()];
    if app.is_postgres() {
        servers.push(app.another(&[]).await);
    }
    let owner = app.account().await;
    let (key, path) = made(&app, &owner.key, json!({})).await;
    let all = async |credentials: &str| {
        let asked = (0..50).map(|at| {
            let url = format!("{}{path}/rotate", servers[at % servers.len()]);
            let body = json!({"grace_seconds": 3600});
            Answer::of(app.client.post(url).bearer_auth(credentials).json(&body))
        });
        futures_util::future::join_all(asked).await
    };
    // Of those who show the same secret, one replaces it.
    let answers = all(&key).await;
    let won: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(won.len(), 1);
    assert!(answers.iter().all(|answer| [201, 403].contains(&answer.status)));
    // Of the owner's, each replaces that of the one before.
    let mut secrets = vec![key];
    for answer in all(&owner.key).await {
        secrets.push(secret(&answer.expect(201)).to_owned());
    }
    let mut live = 0;
    for secret in &secrets {
        live += usize::from(lets_in(&app, secret).await);
    }
    assert_eq!(live, 2);
}

#[tokio::test]
async fn a_key_gets_no_secret_of_one_that_may_do_more() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let scopes = json!(["keys:read", "keys:write", "files:read"]);
    let cap = json!([{"period": "day", "limit": "5"}]);
    let (narrow, _) = made(
        &app,
        &owner.key,
        json!({"scopes": scopes, "caps": cap, "models": ["image"]}),
    )
    .await;
    let (_, child) = made(&app, &narrow, json!({"scopes": ["files:read"]})).await;
    for wider in [
        json!({}),
        json!({"scopes": ["files:write"]}),
        json!({"scopes": ["files:read"], "models": ["sandbox-text"], "caps": cap}),
        // As narrow, but what it spends does not count for the caller.
        json!({"scopes": ["files:read"], "models": ["image"], "caps": cap}),
    ] {
        let (secret, path) = made(&app, &owner.key, wider).await;
        rotate(&app, &path, &narrow, 0)
            .await
            .problem(403, "insufficient_scope");
        assert!(lets_in(&app, &secret).await);
    }
    rotate(&app, &child, &narrow, 0).await.expect(201);
}

#[tokio::test]
async fn a_repeated_rotation_gives_the_same_secret_while_it_is_good() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (_, path) = made(&app, &owner.key, json!({})).await;
    let send = async |credentials: &str| {
        let request = app.request(Method::POST, &format!("{path}/rotate"), credentials);
        let request = request.header("Idempotency-Key", "once");
        Answer::of(request.json(&json!({"grace_seconds": 0}))).await
    };
    let first = send(&owner.key).await.expect(201);
    let again = send(&owner.key).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(secret(&again.expect(201)), secret(&first));
    send(&owner.session).await.problem(422, "idempotency_key_reused");
    rotate(&app, &path, &owner.key, 0).await.expect(201);
    send(&owner.key).await.problem(409, "conflict");
    for (grace, status) in [(json!(604_801), 400), (json!(-1), 400), (json!(604_800), 201)] {
        let body = json!({"grace_seconds": grace});
        let answer = app.post(&format!("{path}/rotate"), &owner.key, &body).await;
        assert_eq!(answer.status, status, "{grace}");
    }
}

#[tokio::test]
async fn both_secrets_sleep_while_their_account_does() {
    let mut app = TestApp::start().await;
    let mut servers = vec![app.url.clone()];
    if app.is_postgres() {
        servers.push(app.another(&[]).await);
    }
    let staff = app.owner().await;
    let owner = app.account().await;
    let (first, path) = made(&app, &owner.key, json!({})).await;
    let rotated = rotate(&app, &path, &owner.key, 600).await.expect(201);
    let second = secret(&rotated);
    let both = async |expected: u16, what: &str| {
        for server in &servers {
            for secret in [first.as_str(), second] {
                until(&app, server, secret, expected, what).await;
            }
        }
    };
    let stand = async |act: &str| {
        let path = format!("/accounts/{}/{act}", owner.id);
        let because = json!({"reason": "ticket 4711"});
        app.admin(Method::POST, &path, &staff, &because).await.expect(200);
    };
    both(200, "a rotation").await;
    app.delete("/v1/account", &owner.session).await.expect(200);
    both(401, "closing").await;
    let open = json!({"email": owner.email, "password": owner.password});
    app.post("/v1/account/reactivate", "", &open).await.expect(200);
    both(200, "opening again").await;
    stand("suspend").await;
    both(403, "a suspension").await;
    stand("unsuspend").await;
    both(200, "lifting it").await;
    // The grace goes on meanwhile.
    stand("suspend").await;
    both(403, "another suspension").await;
    app.advance("PT10M").await;
    stand("unsuspend").await;
    for server in &servers {
        until(&app, server, second, 200, "lifting it again").await;
        until(&app, server, &first, 401, "the end of the grace").await;
    }
}
