//! `/v1/credits`: balances, lots, the ledger, and what time does to them.

use std::time::{Duration, Instant};

use harness::{Account, PATIENCE, TestApp, each, text};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio::time::sleep;

#[tokio::test]
async fn the_balance_adds_up() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "12.5")]).await;
    app.generate(&app.demo, "a pear").await;
    let running = app.hang(&app.demo).await;
    let balance = app.get("/v1/credits", &app.demo).await.expect(200);
    assert_eq!(
        balance,
        json!({
            "available": "10.5", "held": "1", "granted": "12.5", "spent": "1", "expired": "0",
            "unit": "credit", "livemode": false,
        })
    );
    app.cancel(&app.demo, &running["id"]).await.expect(200);
    app.ended(&app.demo, &running["id"]).await;
    assert_eq!(app.balance(&app.demo).await, ["11.5", "0", "1"]);
}

#[tokio::test]
async fn test_credits_and_live_credits_are_apart() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_LIVE_GRANT", "7")]).await;
    let owner = app.account().await;
    let body = json!({"name": "live", "scopes": harness::SCOPES, "livemode": true});
    let live = app.post("/v1/keys", &owner.session, &body).await.expect(201);
    let live = text(&live["secret"]);
    assert!(live.starts_with("tt_live_"));
    assert_eq!(app.balance(live).await, ["7", "0", "0"]);
    let made = app.generate(&owner.key, "a pear").await;
    assert_eq!(app.balance(&owner.key).await, ["999", "0", "1"]);
    assert_eq!(app.balance(live).await, ["7", "0", "0"]);
    // The other mode's rows are as if they did not exist.
    app.generation(live, &made["id"]).await.problem(404, "not_found");
    assert_eq!(
        each(&app.get("/v1/generations", live).await.expect(200), "id"),
        Vec::<&str>::new()
    );
    let ledger = app.get("/v1/credits/ledger", live).await.expect(200);
    assert_eq!(each(&ledger, "kind"), ["grant"]);
}

#[tokio::test]
async fn the_ledger_tells_every_movement_and_pages() {
    let app = TestApp::start().await;
    for prompt in ["a pear", "sandbox:fail"] {
        app.generate(&app.demo, prompt).await;
    }
    let whole = app.get("/v1/credits/ledger", &app.demo).await.expect(200);
    assert_eq!(
        each(&whole, "kind"),
        ["release", "hold", "capture", "hold", "grant"]
    );
    assert_eq!(
        each(&whole, "available_after"),
        ["999", "998", "999", "999", "1000"]
    );
    let release = &whole["data"][0];
    assert_eq!(
        (&release["source"], &release["destination"]),
        (&json!("held"), &json!("available"))
    );

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app
            .get(&format!("/v1/credits/ledger?limit=2{cursor}"), &app.demo)
            .await
            .expect(200);
        seen.extend(page["data"].as_array().expect("a page").clone());
        match &page["next_cursor"] {
            Value::String(next) => cursor = format!("&cursor={next}"),
            _ => break,
        }
    }
    assert_eq!(Value::Array(seen), whole["data"]);
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_the_ledger() {
    let app = TestApp::start().await;
    let connection = app.connect().await;
    for sql in [
        "UPDATE ledger_entry SET amount = 1",
        "DELETE FROM ledger_entry",
        "UPDATE wallet SET available = available + 1",
        "UPDATE credit_lot SET remaining = remaining + 1",
    ] {
        let refused = connection.execute_unprepared(sql).await;
        assert!(refused.is_err(), "{sql}");
    }
    connection.close().await.expect("the connection closes");
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
}

/// Buys the pack that lasts a year.
async fn buy_a_year(app: &TestApp, key: &str) -> Value {
    let body = json!({
        "offer": "pack-1000",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    let purchase = app.post("/v1/purchases", key, &body).await.expect(201);
    let path = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    let paid = app.post(&path, "", &json!({"outcome": "paid"})).await.expect(200);
    assert_eq!(paid["status"], "paid");
    paid
}

#[tokio::test]
async fn lots_are_spent_in_their_order_and_expire_in_their_time() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "1.5")]).await;
    let purchase = buy_a_year(&app, &app.demo).await;
    assert_eq!(app.balance(&app.demo).await, ["1001.5", "0", "0"]);
    // The gift goes first, and one generation may take from two lots.
    for _ in 0..2 {
        app.generate(&app.demo, "a pear").await;
    }
    let grants = app.get("/v1/credits/grants", &app.demo).await.expect(200);
    assert_eq!(each(&grants, "source"), ["purchase", "grant"]);
    assert_eq!(each(&grants, "remaining"), ["999.5", "0"]);
    assert_eq!(grants["data"][0]["purchase_id"], purchase["id"]);
    assert_ne!(grants["data"][0]["expires_at"], Value::Null);

    app.advance("P364D").await;
    assert_eq!(app.balance(&app.demo).await[0], "999.5");
    // What is held when its lot runs out is spent, or goes the way of the lot.
    let running = app.hang(&app.demo).await;
    app.advance("P2D").await;
    assert_eq!(app.ended(&app.demo, &running["id"]).await["status"], "expired");
    let balance = app.get("/v1/credits", &app.demo).await.expect(200);
    assert_eq!(
        (text(&balance["available"]), text(&balance["expired"])),
        ("0", "999.5")
    );
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear"}});
    app.post("/v1/generations", &app.demo, &body)
        .await
        .problem(402, "insufficient_credits");
    let ledger = app.get("/v1/credits/ledger", &app.demo).await.expect(200);
    assert_eq!(ledger["data"][0]["kind"], "expire");
}

#[tokio::test]
async fn grants_page_like_any_list() {
    let app = TestApp::start().await;
    buy_a_year(&app, &app.demo).await;
    let first = app.get("/v1/credits/grants?limit=1", &app.demo).await.expect(200);
    assert_eq!(
        (each(&first, "source"), &first["has_more"]),
        (vec!["purchase"], &json!(true))
    );
    let next = format!(
        "/v1/credits/grants?limit=1&cursor={}",
        text(&first["next_cursor"])
    );
    let second = app.get(&next, &app.demo).await.expect(200);
    assert_eq!(
        (each(&second, "source"), &second["has_more"]),
        (vec!["grant"], &json!(false))
    );
    assert_eq!(second["data"][0]["granted"], "1000");
}

#[tokio::test]
async fn a_new_threshold_makes_nobody_wait_in_a_circle() {
    let mut app = TestApp::start().await;
    if !app.is_postgres() {
        // One writes at a time.
        return;
    }
    let (first, second) = (app.account().await, app.account().await);
    let wallet = |owner: &Account| format!("account_id = '{}' AND livemode", owner.id);
    let connection = app.connect().await;
    // The first one's row comes to lie behind the second one's.
    for sql in [
        format!(
            "UPDATE wallet SET updated_at = updated_at WHERE {}",
            wallet(&first)
        ),
        "BEGIN".to_owned(),
        format!("SELECT 1 FROM wallet WHERE {} FOR UPDATE", wallet(&first)),
    ] {
        connection.execute_unprepared(&sql).await.expect("it is done");
    }
    app.restart_with(&[("TINTYPE_CREDITS_LOW_BALANCE", "7")]).await;
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                   WHERE wait_event_type = 'Lock' AND datname = current_database()";
    let begin = Instant::now();
    while app.count(waiting).await == 0 {
        assert!(begin.elapsed() < PATIENCE, "nobody sets the threshold");
        sleep(Duration::from_millis(50)).await;
    }
    let next = format!("SELECT 1 FROM wallet WHERE {} FOR UPDATE NOWAIT", wallet(&second));
    let locked = connection.execute_unprepared(&next).await;
    let done = connection.execute_unprepared("ROLLBACK").await;
    done.expect("it is undone");
    connection.close().await.expect("the connection closes");
    assert!(locked.is_ok(), "the second is locked before the first");
    let others = "SELECT COUNT(*) FROM wallet WHERE low_below <> 7000000";
    let begin = Instant::now();
    while app.count(others).await > 0 {
        assert!(begin.elapsed() < PATIENCE, "not all are watched");
        sleep(Duration::from_millis(50)).await;
    }
}
