//! What a key may spend: reserved when something is admitted, however many ask.

use harness::{Account, Answer, SCOPES, Settings, TestApp, text};
use serde_json::{Value, json};

const PLENTY: Settings<'_> = &[("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "1000")];

/// A key with caps, and its id.
async fn capped(app: &TestApp, credentials: &str, caps: Value) -> (String, String) {
    let body = json!({"name": "capped", "scopes": SCOPES, "caps": caps});
    let made = app.post("/v1/keys", credentials, &body).await.expect(201);
    (text(&made["secret"]).to_owned(), text(&made["id"]).to_owned())
}

async fn caps(app: &TestApp, key: &str) -> Value {
    app.get("/v1/keys/self", key).await.expect(200)["caps"].clone()
}

/// Asks for pictures of one credit each, all at once and by way of all servers.
async fn storm(app: &TestApp, servers: &[String], key: &str, count: usize) -> Vec<Answer> {
    let asked = (0..count).map(|at| {
        let body = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:hang", "size": "256x256"}});
        let url = format!("{}/v1/generations", servers[at % servers.len()]);
        Answer::of(app.client.post(url).bearer_auth(key).json(&body))
    });
    futures_util::future::join_all(asked).await
}

async fn cancel_all(app: &TestApp, owner: &Account) {
    loop {
        let open = app.get("/v1/generations?limit=100", &owner.key).await.expect(200);
        let open = open["data"].as_array().expect("a page").iter();
        let open: Vec<&Value> = open.filter(|it| it["ended_at"].is_null()).collect();
        if open.is_empty() {
            return;
        }
        for generation in open {
            app.cancel(&owner.key, &generation["id"]).await.expect(200);
            app.ended(&owner.key, &generation["id"]).await;
        }
    }
}

#[tokio::test]
async fn two_hundred_at_once_get_no_more_than_the_cap() {
    let mut app = TestApp::with(PLENTY).await;
    let mut servers = vec![app.url.clone()];
    if app.is_postgres() {
        servers.push(app.another(&[]).await);
    }
    let owner = app.account().await;
    let (key, id) = capped(&app, &owner.key, json!([{"period": "day", "limit": "25"}])).await;
    let answers = storm(&app, &servers, &key, 200).await;
    let (mut admitted, mut refused) = (0, 0);
    for answer in answers {
        if answer.status == 202 {
            admitted += 1;
            continue;
        }
        let problem = answer.problem(402, "spend_cap_reached");
        assert_eq!(
            (&problem["period"], &problem["limit"], &problem["key_id"]),
            (&json!("day"), &json!("25"), &json!(id))
        );
        assert!(text(&problem["resets_at"]).ends_with("T00:00:00.000000Z"));
        refused += 1;
    }
    assert_eq!((admitted, refused), (25, 175));
    let shown = caps(&app, &key).await;
    assert_eq!(
        (&shown[0]["used"], &shown[0]["reserved"]),
        (&json!("0"), &json!("25"))
    );
    // What is canceled makes room again.
    cancel_all(&app, &owner).await;
    assert_eq!(caps(&app, &key).await[0]["reserved"], "0");
    assert_eq!(app.generate(&key, "a pear").await["status"], "succeeded");
    let shown = caps(&app, &key).await;
    assert_eq!(
        (&shown[0]["used"], &shown[0]["reserved"]),
        (&json!("1"), &json!("0"))
    );
}

#[tokio::test]
async fn a_failure_takes_nothing_of_a_cap() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, _) = capped(&app, &owner.key, json!([{"period": "lifetime", "limit": "1"}])).await;
    for prompt in ["sandbox:fail", "sandbox:refuse", "a pear"] {
        app.generate(&key, prompt).await;
    }
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    let refused = app.post("/v1/generations", &key, &body).await;
    let refused = refused.problem(402, "spend_cap_reached");
    assert_eq!(
        (&refused["period"], &refused["used"], &refused["resets_at"]),
        (&json!("lifetime"), &json!("1"), &Value::Null)
    );
    // An answer that was given is given again, whatever the cap.
    let (key, _) = capped(&app, &owner.key, json!([{"period": "lifetime", "limit": "1"}])).await;
    let ask = || app.ask(&key, &body).header("Idempotency-Key", "one pear");
    let first = Answer::of(ask()).await.expect(202);
    app.ended(&key, &first["id"]).await;
    let again = Answer::of(ask()).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(202)["id"], first["id"]);
}

#[tokio::test]
async fn a_cap_begins_anew_with_its_period() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let limits = json!([{"period": "day", "limit": "1"}, {"period": "lifetime", "limit": "2"}]);
    let (key, _) = capped(&app, &owner.key, limits).await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    let refused = async |period: &str| {
        let refused = app.post("/v1/generations", &key, &body).await;
        let problem = refused.problem(402, "spend_cap_reached");
        assert_eq!(problem["period"], period);
        problem
    };
    app.generate(&key, "a pear").await;
    let problem = refused("day").await;
    let now: jiff::Timestamp = text(&app.advance("PT0S").await["now"]).parse().expect("a time");
    let resets: jiff::Timestamp = text(&problem["resets_at"]).parse().expect("a time");
    let left = resets.as_second() - now.as_second();
    assert!((0..=86_400).contains(&left), "{left}");
    app.advance(&format!("PT{}S", left + 1)).await;
    assert_eq!(caps(&app, &key).await[0]["used"], "0");
    app.generate(&key, "a pear").await;
    // Of two caps that are reached, the one that holds longer is named.
    refused("lifetime").await;
    app.advance("P400D").await;
    refused("lifetime").await;
}

#[tokio::test]
async fn the_owner_is_told_once_of_each_part_of_a_cap() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, id) = capped(&app, &owner.key, json!([{"period": "day", "limit": "10"}])).await;
    let told = async || {
        let sql = "SELECT COUNT(*) FROM event WHERE kind = 'key.cap_reached' AND subject = '{id}'";
        app.count(&sql.replace("{id}", &id)).await
    };
    let mut counts = Vec::new();
    for _ in 0..10 {
        app.generate(&key, "a pear").await;
        counts.push(told().await);
    }
    assert_eq!(counts, [0, 0, 0, 0, 1, 1, 1, 2, 2, 3]);
    app.advance("P1D").await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "n": 4, "size": "256x256"}});
    for expected in [3, 5] {
        Answer::of(app.ask(&key, &body).header("Prefer", "wait=60"))
            .await
            .expect(201);
        assert_eq!(told().await, expected, "half of it and 80 % at one go");
    }
}

#[tokio::test]
async fn nobody_escapes_a_cap_by_making_keys() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let limits = json!([{"period": "day", "limit": "3"}, {"period": "lifetime", "limit": "5"}]);
    let (key, id) = capped(&app, &owner.key, limits).await;
    let wider = json!({"name": "a", "scopes": SCOPES, "caps": [{"period": "day", "limit": "3.000001"}]});
    let refused = app.post("/v1/keys", &key, &wider).await;
    let refused = refused.problem(403, "insufficient_scope");
    assert_eq!(
        (&refused["period"], &refused["limit"]),
        (&json!("day"), &json!("3"))
    );
    let child = json!({"name": "a", "scopes": SCOPES, "caps": [{"period": "day", "limit": "2"}]});
    let child = app.post("/v1/keys", &key, &child).await.expect(201);
    assert_eq!(child["caps"][0]["limit"], "2");
    assert_eq!(
        (&child["caps"][1]["period"], &child["caps"][1]["limit"]),
        (&json!("lifetime"), &json!("5")),
        "what it was not given, it inherits"
    );
    let child = text(&child["secret"]).to_owned();
    let grandchild = json!({"name": "a", "scopes": SCOPES});
    let grandchild = app.post("/v1/keys", &child, &grandchild).await.expect(201);
    assert_eq!(grandchild["caps"][0]["limit"], "2");
    let grandchild = text(&grandchild["secret"]).to_owned();
    for key in [&grandchild, &child] {
        app.generate(key, "a pear").await;
    }
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    // Together they spent what the child may.
    for spent in [&child, &grandchild] {
        let refused = app.post("/v1/generations", spent, &body).await;
        refused.problem(402, "spend_cap_reached");
    }
    app.generate(&key, "a pear").await;
    let refused = app.post("/v1/generations", &key, &body).await;
    assert_eq!(refused.problem(402, "spend_cap_reached")["key_id"], id);
    assert_eq!(caps(&app, &key).await[0]["used"], "3");
    // A person signed in is bound by none of it.
    app.generate(&owner.key, "a pear").await;
    // Nor does it go on for ever.
    let mut last = grandchild;
    for depth in 0..12 {
        let made = app
            .post("/v1/keys", &last, &json!({"name": "a", "scopes": SCOPES}))
            .await;
        match depth {
            0..5 => last = text(&made.expect(201)["secret"]).to_owned(),
            _ => drop(made.problem(403, "insufficient_scope")),
        }
    }
}

#[tokio::test]
async fn caps_that_make_no_sense_are_refused() {
    let app = TestApp::start().await;
    for (caps, pointer) in [
        (json!([{"period": "year", "limit": "1"}]), "/caps/0/period"),
        (json!([{"period": "day", "limit": 1}]), "/caps/0/limit"),
        (json!([{"period": "day"}]), "/caps/0/limit"),
        (
            json!([{"period": "day", "limit": "1"}, {"period": "day", "limit": "2"}]),
            "/caps/1/period",
        ),
    ] {
        let body = json!({"name": "a", "scopes": ["keys:read"], "caps": caps});
        let refused = app.post("/v1/keys", &app.demo, &body).await;
        let refused = refused.problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{refused}");
    }
    let negative = json!({"name": "a", "scopes": ["keys:read"], "caps": [{"period": "day", "limit": "-1"}]});
    let refused = app.post("/v1/keys", &app.demo, &negative).await;
    refused.problem(400, "invalid_request");
}

#[tokio::test]
async fn an_account_has_a_limit_beside_its_keys() {
    let settings: Settings<'_> = &[
        ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "3"),
        ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS_PER_ACCOUNT", "4"),
    ];
    let app = TestApp::with(settings).await;
    let owner = app.account().await;
    let second = app.key_with(&owner.key, SCOPES).await;
    for key in [&owner.key, &owner.key, &owner.key, &second] {
        app.queue(key, "sandbox:hang").await;
    }
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    for (key, whose, limit) in [(&owner.key, "key", 3), (&second, "account", 4)] {
        let refused = app.post("/v1/generations", key, &body).await;
        let problem = refused.problem(429, "concurrency_limit_reached");
        assert_eq!(
            (&problem["whose"], &problem["limit"]),
            (&json!(whose), &json!(limit))
        );
    }
    // Another account has room of its own.
    app.generate(&app.account().await.key, "a pear").await;
    cancel_all(&app, &owner).await;
}
