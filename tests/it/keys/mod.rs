//! `/v1/keys`: made once shown, never wider than their maker, gone when revoked.

mod bounds;
mod change;
mod descendants;
mod leaks;
mod processes;
mod rotation;

use harness::{Answer, SCOPES, TestApp, each, text};
use serde_json::{Value, json};

#[tokio::test]
async fn a_secret_is_shown_once_and_kept_nowhere() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let body = json!({"name": "web shop", "scopes": ["generations:read", "files:read"]});
    let answer = app.post("/v1/keys", &owner.session, &body).await;
    let location = answer.header("location").to_owned();
    let made = answer.expect(201);
    let secret = text(&made["secret"]);
    assert!(tintype::auth::secret::is_well_formed(secret) && secret.starts_with("tt_test_"));
    assert_eq!(made["last_four"], secret[secret.len() - 4..]);
    assert_eq!(location, format!("/v1/keys/{}", text(&made["id"])));

    let shown = app.get(&location, &owner.session).await.expect(200);
    assert_eq!(shown["secret"], Value::Null);
    assert_eq!(
        (&shown["name"], &shown["scopes"]),
        (&body["name"], &body["scopes"])
    );
    assert_eq!(
        app.get("/v1/keys/self", secret).await.expect(200)["id"],
        made["id"]
    );
    let dump = app.database.dump();
    assert!(
        !dump
            .windows(secret.len())
            .any(|window| window == secret.as_bytes())
    );
    assert!(!app.log().contains(secret));
}

#[tokio::test]
async fn a_revoked_key_opens_nothing_and_its_work_goes_on() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let made = app
        .post("/v1/keys", &owner.key, &json!({"name": "a", "scopes": SCOPES}))
        .await
        .expect(201);
    let (secret, path) = (text(&made["secret"]), format!("/v1/keys/{}", text(&made["id"])));
    let running = app.queue(secret, "a pear").await;
    for _ in 0..2 {
        app.delete(&path, &owner.key).await.expect(200);
        app.get("/v1/credits", secret)
            .await
            .problem(401, "unauthenticated");
    }
    assert_eq!(app.ended(&owner.key, &running["id"]).await["status"], "succeeded");
    let shown = app.get(&path, &owner.key).await.expect(200);
    assert_ne!(shown["revoked_at"], Value::Null);
    // Even itself it can end.
    let own = app.get("/v1/keys/self", &owner.key).await.expect(200);
    app.delete(&format!("/v1/keys/{}", text(&own["id"])), &owner.key)
        .await
        .expect(200);
    app.get("/v1/keys/self", &owner.key)
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_key_makes_none_that_may_do_more() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let soon = "2030-01-01T00:00:00Z";
    let body = json!({"name": "narrow", "scopes": ["keys:write", "keys:read"], "expires_at": soon});
    let narrow = app.post("/v1/keys", &owner.key, &body).await.expect(201);
    let narrow = text(&narrow["secret"]);
    for wider in [
        json!({"name": "a", "scopes": ["keys:write", "files:read"]}),
        json!({"name": "a", "scopes": ["keys:write"], "livemode": true}),
        json!({"name": "a", "scopes": ["keys:write"], "expires_at": "2031-01-01T00:00:00Z"}),
    ] {
        app.post("/v1/keys", narrow, &wider)
            .await
            .problem(403, "insufficient_scope");
    }
    let child = app
        .post("/v1/keys", narrow, &json!({"name": "a", "scopes": ["keys:read"]}))
        .await;
    assert_eq!(child.expect(201)["expires_at"], "2030-01-01T00:00:00.000000Z");
    // A person signed in may make either.
    let live = json!({"name": "a", "scopes": SCOPES, "livemode": true});
    app.post("/v1/keys", &owner.session, &live).await.expect(201);
}

#[tokio::test]
async fn a_key_ends_by_itself() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let now: jiff::Timestamp = text(&app.advance("PT0S").await["now"]).parse().expect("a time");
    let at = |minutes| (now + jiff::SignedDuration::from_mins(minutes)).to_string();
    let body = |expires_at: String| json!({"name": "a", "scopes": SCOPES, "expires_at": expires_at});
    app.post("/v1/keys", &owner.session, &body(at(-1)))
        .await
        .problem(422, "invalid_input");
    let made = app
        .post("/v1/keys", &owner.session, &body(at(10)))
        .await
        .expect(201);
    let secret = text(&made["secret"]);
    app.get("/v1/keys/self", secret).await.expect(200);
    app.advance("PT11M").await;
    app.get("/v1/keys/self", secret)
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_key_and_secret() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let send = async |key: &str, name: &str| {
        let body = json!({"name": name, "scopes": ["keys:read"]});
        let request = app
            .request(reqwest::Method::POST, "/v1/keys", key)
            .header("Idempotency-Key", "once");
        Answer::of(request.json(&body)).await
    };
    let first = send(&owner.key, "a").await.expect(201);
    let again = send(&owner.key, "a").await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(201), first);
    send(&owner.key, "b").await.problem(422, "idempotency_key_reused");
    // Another credential can't fetch the secret by the same request.
    send(&owner.session, "a")
        .await
        .problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_list_shows_the_keys_of_its_mode() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let live = json!({"name": "live one", "scopes": ["keys:read"], "livemode": true});
    let live = app.post("/v1/keys", &owner.session, &live).await.expect(201);
    let names = async |key: &str| {
        let page = app.get("/v1/keys", key).await.expect(200);
        each(&page, "name")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&owner.session).await, ["live one", "a key"]);
    assert_eq!(names(&owner.key).await, ["a key"]);
    assert_eq!(names(text(&live["secret"])).await, ["live one"]);
    let first = app.get("/v1/keys?limit=1", &owner.session).await.expect(200);
    let next = format!("/v1/keys?limit=1&cursor={}", text(&first["next_cursor"]));
    assert_eq!(
        each(&app.get(&next, &owner.session).await.expect(200), "name"),
        ["a key"]
    );
    // A cursor of the session's list shows more than the key may see.
    app.get(&next, &owner.key).await.problem(400, "invalid_cursor");
}

#[tokio::test]
async fn what_was_used_is_noted() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    app.generate(&owner.key, "a pear").await;
    let own = app.get("/v1/keys/self", &owner.key).await.expect(200);
    assert_ne!(own["last_used_at"], Value::Null);
}

#[tokio::test]
async fn an_account_has_so_many_keys_and_no_more() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_KEYS_PER_ACCOUNT", "4")]).await;
    let owner = app.account().await;
    let body = json!({"name": "one more", "scopes": ["keys:read"]});
    let many = (0..12).map(|_| app.post("/v1/keys", &owner.key, &body));
    let mut made = Vec::new();
    for answer in futures_util::future::join_all(many).await {
        match answer.status {
            201 => made.push(answer.expect(201)["id"].clone()),
            _ => assert_eq!(answer.problem(409, "conflict")["limit"], 4),
        }
    }
    assert_eq!(made.len(), 3);
    // Of the other mode there may be as many; and what is revoked or over makes room.
    let live = json!({"name": "live", "scopes": ["keys:read"], "livemode": true});
    app.post("/v1/keys", &owner.session, &live).await.expect(201);
    let path = format!("/v1/keys/{}", text(&made[0]));
    app.delete(&path, &owner.key).await.expect(200);
    let now: jiff::Timestamp = text(&app.advance("PT0S").await["now"]).parse().expect("a time");
    let soon = (now + jiff::SignedDuration::from_mins(5)).to_string();
    let brief = json!({"name": "brief", "scopes": ["keys:read"], "expires_at": soon});
    app.post("/v1/keys", &owner.key, &brief).await.expect(201);
    app.post("/v1/keys", &owner.key, &body)
        .await
        .problem(409, "conflict");
    app.advance("PT6M").await;
    app.post("/v1/keys", &owner.key, &body).await.expect(201);
}

#[tokio::test]
async fn a_wrong_wish_is_told() {
    let app = TestApp::start().await;
    for (body, pointer) in [
        (json!({"name": "", "scopes": ["keys:read"]}), "/name"),
        (json!({"name": "a".repeat(101), "scopes": ["keys:read"]}), "/name"),
        (json!({"name": "a", "scopes": []}), "/scopes"),
        (json!({"name": "a", "scopes": ["everything"]}), "/scopes/0"),
        (
            json!({"name": "a", "scopes": ["keys:read", "keys:read"]}),
            "/scopes",
        ),
        (
            json!({"name": "a", "scopes": ["keys:read"], "secret": "tt_test_mine"}),
            "/secret",
        ),
        (
            json!({"name": "a", "scopes": ["keys:read"], "expires_at": "soon"}),
            "/expires_at",
        ),
    ] {
        let refused = app
            .post("/v1/keys", &app.demo, &body)
            .await
            .problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{refused}");
    }
}

#[tokio::test]
async fn a_session_that_was_left_open_ends_keys_and_makes_none() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let session = &owner.session;
    let (first, path) = made(&app, session, json!({})).await;
    app.advance("PT16M").await;
    let body = json!({"name": "a", "scopes": ["keys:read"]});
    let make = async || app.post("/v1/keys", session, &body).await;
    let rename = json!({"name": "b"});
    let stale = [
        make().await,
        patch(&app, &path, session, &rename).await,
        rotate(&app, &path, session, 0).await,
    ];
    for refused in stale {
        refused.problem(403, "step_up_required");
    }
    // A key is its own proof.
    let second = rotate(&app, &path, &first, 0).await.expect(201);
    let second = text(&second["secret"]);
    assert!(!lets_in(&app, &first).await && lets_in(&app, second).await);
    // What leaked has to go, whoever finds it out and when.
    app.delete(&path, session).await.expect(200);
    assert!(!lets_in(&app, second).await);
    let proof = json!({"password": owner.password});
    app.post("/v1/auth/step-up", session, &proof).await.expect(200);
    let made = make().await.expect(201);
    let path = format!("/v1/keys/{}", text(&made["id"]));
    patch(&app, &path, session, &rename).await.expect(200);
    rotate(&app, &path, session, 0).await.expect(201);
}

/// A key, and where it is.
async fn made(app: &TestApp, credentials: &str, more: Value) -> (String, String) {
    let mut body = json!({"name": "a key", "scopes": SCOPES});
    let members = body.as_object_mut().expect("an object");
    members.extend(more.as_object().expect("an object").clone());
    let made = app.post("/v1/keys", credentials, &body).await.expect(201);
    (
        text(&made["secret"]).to_owned(),
        format!("/v1/keys/{}", text(&made["id"])),
    )
}

async fn patch(app: &TestApp, path: &str, credentials: &str, body: &Value) -> Answer {
    Answer::of(app.request(reqwest::Method::PATCH, path, credentials).json(body)).await
}

async fn rotate(app: &TestApp, path: &str, credentials: &str, grace: u32) -> Answer {
    let body = json!({"grace_seconds": grace});
    app.post(&format!("{path}/rotate"), credentials, &body).await
}

async fn lets_in(app: &TestApp, key: &str) -> bool {
    app.get("/v1/keys/self", key).await.status == 200
}
