//! What staff do to accounts: found, suspended, signed out, granted to and taken from.

use std::time::{Duration, Instant};

use harness::{Answer, Operator, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{data, entries};

async fn act(app: &TestApp, by: &Operator, account: &str, what: &str) -> Answer {
    let path = format!("/accounts/{account}/{what}");
    app.admin(Method::POST, &path, by, &json!({"reason": "ticket 4711"}))
        .await
}

#[tokio::test]
async fn an_account_is_found_by_what_its_owner_can_tell() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let customer = app.account_called("Ada@Studio.example").await;
    app.account().await;
    let key = app.get("/v1/keys/self", &customer.key).await.expect(200);
    let queries = [
        "email=ada@studio.EXAMPLE".to_owned(),
        format!("id={}", customer.id),
        format!("key={}", text(&key["id"])),
        format!("last_four={}", &customer.key[customer.key.len() - 4..]),
    ];
    for query in queries {
        let path = format!("/accounts?{query}");
        let found = app
            .admin(Method::GET, &path, &owner, &Value::Null)
            .await
            .expect(200);
        let ids: Vec<&str> = data(&found).iter().map(|account| text(&account["id"])).collect();
        assert_eq!(ids, [customer.id.as_str()], "{query}");
    }
    let nobody = app
        .admin(Method::GET, "/accounts?email=ada@studio", &owner, &Value::Null)
        .await;
    nobody.problem(400, "invalid_request");
    let nobody = app
        .admin(
            Method::GET,
            "/accounts?email=eve@studio.example",
            &owner,
            &Value::Null,
        )
        .await;
    assert_eq!(data(&nobody.expect(200)).len(), 0);
    for query in ["", "?email=ada@studio.example&last_four=abcd"] {
        let refused = app
            .admin(Method::GET, &format!("/accounts{query}"), &owner, &Value::Null)
            .await;
        refused.problem(400, "invalid_request");
    }
    let path = format!("/accounts/{}", customer.id);
    let detail = app
        .admin(Method::GET, &path, &owner, &Value::Null)
        .await
        .expect(200);
    assert_eq!(detail["account"]["standing"], "active");
    assert_eq!((&detail["keys"], &detail["sessions"]), (&json!(1), &json!(1)));
    assert_eq!(detail["wallets"].as_array().map(Vec::len), Some(2));
    let nowhere = app
        .admin(
            Method::GET,
            "/accounts/acc_01k9yx3b1mfz0q4r7s8t2v5w6x",
            &owner,
            &Value::Null,
        )
        .await;
    nowhere.problem(404, "not_found");
}

#[tokio::test]
async fn a_suspended_account_does_nothing_but_ask_for_its_data() {
    let mut app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let owner = app.owner().await;
    let customer = app.account().await;
    let running = app.hang(&customer.key).await;
    let waiting = app.queue(&customer.key, "a pear").await;
    act(&app, &owner, &customer.id, "suspend").await.expect(200);
    for path in ["/v1/generations", "/v1/account", "/v1/credits"] {
        for credentials in [&customer.key, &customer.session] {
            app.get(path, credentials).await.problem(403, "account_suspended");
        }
    }
    let refused = Answer::of(app.ask(
        &customer.key,
        &json!({"model": "sandbox-image", "input": {"prompt": "a fig"}}),
    ));
    refused.await.problem(403, "account_suspended");
    // Signing in anew helps nothing.
    let fresh = app.sign_in(&customer).await;
    app.get("/v1/account", &fresh)
        .await
        .problem(403, "account_suspended");
    let rights = app.get("/v1/data-rights/requests", &customer.key).await;
    rights.expect(200);
    // What waits is released, uncharged; what runs goes on.
    let began = Instant::now();
    while app
        .count("SELECT COUNT(*) FROM generation WHERE status = 'queued'")
        .await
        > 0
    {
        assert!(began.elapsed() < Duration::from_secs(10), "it still waits");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Suspended again, or somebody else: nothing changes.
    act(&app, &owner, &customer.id, "suspend").await.expect(200);
    app.get("/v1/credits", &app.demo.clone()).await.expect(200);
    act(&app, &owner, &customer.id, "unsuspend").await.expect(200);
    let released = app.generation(&customer.key, &waiting["id"]).await.expect(200);
    assert_eq!(
        (&released["status"], &released["cost"]["captured"]),
        (&json!("canceled"), &json!("0"))
    );
    let still = app.generation(&customer.key, &running["id"]).await.expect(200);
    assert_eq!(still["status"], "running");
    app.cancel(&customer.key, &running["id"]).await.expect(200);
    app.ended(&customer.key, &running["id"]).await;
    assert_eq!(entries(&app, "accounts.suspend", "done").await, 2);
    if app.is_postgres() {
        let second = app.another(&[]).await;
        let ask = async || {
            let request = app.client.get(format!("{second}/v1/credits"));
            Answer::of(request.bearer_auth(&customer.key)).await.status
        };
        assert_eq!(ask().await, 200);
        act(&app, &owner, &customer.id, "suspend").await.expect(200);
        let began = Instant::now();
        while ask().await != 403 {
            assert!(
                began.elapsed() < Duration::from_secs(5),
                "another process lets it in"
            );
        }
    }
}

#[tokio::test]
async fn all_sessions_end_and_keys_stay() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let customer = app.account().await;
    let second = app.sign_in(&customer).await;
    let ended = act(&app, &owner, &customer.id, "end-sessions").await.expect(200);
    assert_eq!(ended["ended"], 2);
    for session in [&customer.session, &second] {
        app.get("/v1/account", session)
            .await
            .problem(401, "unauthenticated");
    }
    app.get("/v1/account", &customer.key).await.expect(200);
}

async fn adjust(app: &TestApp, by: &Operator, account: &str, key: &str, body: &Value) -> Answer {
    let path = format!("/admin/v1/accounts/{account}/credits");
    let request = app.request(Method::POST, &path, &by.token).json(body);
    match key {
        "" => Answer::of(request).await,
        key => Answer::of(request.header("Idempotency-Key", key)).await,
    }
}

fn wish(direction: &str, amount: &str) -> Value {
    json!({"direction": direction, "amount": amount, "livemode": false, "reason": "ticket 4711"})
}

#[tokio::test]
async fn credits_are_granted_and_taken_once_and_never_below_zero() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let finance = app.operator(&owner, "finance").await;
    let customer = app.account().await;
    let granted = adjust(&app, &finance, &customer.id, "one", &wish("grant", "12.5")).await;
    assert_eq!(granted.header("idempotent-replayed"), "");
    assert_eq!(granted.expect(200)["available"], "1012.5");
    let again = adjust(&app, &finance, &customer.id, "one", &wish("grant", "12.5")).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(200)["available"], "1012.5");
    let logged = ["done", "replayed"].map(|outcome| entries(&app, "credits.adjust", outcome));
    assert_eq!(futures_util::future::join_all(logged).await, [1, 1]);
    let other = adjust(&app, &finance, &customer.id, "one", &wish("grant", "12.6")).await;
    other.problem(422, "idempotency_key_reused");
    let taken = adjust(&app, &finance, &customer.id, "two", &wish("take", "1010")).await;
    assert_eq!(taken.expect(200)["available"], "2.5");
    let refused = adjust(&app, &finance, &customer.id, "three", &wish("take", "2.500001")).await;
    let problem = refused.problem(409, "conflict");
    assert_eq!(problem["available"], "2.5");
    // What was refused is not remembered, and changed nothing.
    let less = adjust(&app, &finance, &customer.id, "three", &wish("take", "2.5")).await;
    assert_eq!(less.expect(200)["available"], "0");
    adjust(&app, &finance, &customer.id, "", &wish("grant", "0"))
        .await
        .problem(422, "invalid_input");
    let mut late = wish("grant", "1");
    late["expires_at"] = json!("2020-01-01T00:00:00Z");
    adjust(&app, &finance, &customer.id, "", &late)
        .await
        .problem(422, "invalid_input");
    let nobody = adjust(
        &app,
        &finance,
        "acc_01k9yx3b1mfz0q4r7s8t2v5w6x",
        "",
        &wish("grant", "1"),
    )
    .await;
    nobody.problem(404, "not_found");
    let ledger = app.get("/v1/credits/ledger", &customer.key).await.expect(200);
    let kinds: Vec<&str> = data(&ledger).iter().map(|entry| text(&entry["kind"])).collect();
    assert_eq!(
        kinds.iter().filter(|kind| **kind == "adjust").count(),
        3,
        "{kinds:?}"
    );
    assert_eq!(entries(&app, "credits.adjust", "done").await, 3);
    assert_eq!(entries(&app, "credits.adjust", "refused").await, 5);
    app.audit();
}

#[tokio::test]
async fn what_was_flagged_is_decided_about_once() {
    let list = "[moderation]\nblocklist = [\"grenade\"]\n";
    let app = TestApp::configured(list, &[]).await;
    let owner = app.owner().await;
    let moderator = app.operator(&owner, "moderator").await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a grenade"}});
    Answer::of(app.ask(&app.demo, &body))
        .await
        .problem(422, "content_refused");
    app.generate(&app.demo, "a secret garden").await;
    let page = app
        .admin(Method::GET, "/review", &moderator, &Value::Null)
        .await
        .expect(200);
    assert_eq!(data(&page).len(), 1);
    assert!(!page.to_string().contains("garden"));
    let item = &data(&page)[0];
    assert_eq!(item["source"], "blocklist");
    // Whose words were read can be told.
    let account = text(&item["account_id"]);
    let about =
        format!("SELECT COUNT(*) FROM audit_entry WHERE act = 'review.list' AND account_id = '{account}'");
    assert_eq!(app.count(&about).await, 1);
    let path = format!("/review/{}/decide", text(&item["id"]));
    let decision = json!({"decision": "uphold"});
    app.admin(Method::POST, &path, &moderator, &decision)
        .await
        .expect(204);
    let again = app.admin(Method::POST, &path, &moderator, &decision).await;
    again.problem(409, "conflict");
    let open = app
        .admin(Method::GET, "/review", &moderator, &Value::Null)
        .await
        .expect(200);
    assert_eq!(data(&open).len(), 0);
    let upheld = app
        .admin(Method::GET, "/review?status=upheld", &moderator, &Value::Null)
        .await;
    assert_eq!(data(&upheld.expect(200)).len(), 1);
}
