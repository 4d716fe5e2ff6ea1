//! Somebody holds a row locked and never lets go: a frozen process, a cut connection,
//! one long transaction. Whom it concerns is told to come back, or waits; nobody else notices.

use harness::{Account, Answer, Received, Receiver, TestApp, text};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::{Value, json};

fn picture() -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}})
}

/// Locks rows on a connection of its own, until it is closed.
async fn freeze(app: &TestApp, query: &str) -> DatabaseConnection {
    let holder = app.connect().await;
    holder.execute_unprepared("BEGIN").await.expect("it begins");
    let locked = holder.execute_unprepared(&format!("{query} FOR UPDATE")).await;
    assert!(locked.expect("it is locked").rows_affected() > 0, "{query}");
    holder
}

/// What one account's admission needs.
fn rows_of(owner: &Account) -> [String; 3] {
    [
        format!("SELECT 1 FROM wallet WHERE account_id = '{}'", owner.id),
        format!("SELECT 1 FROM api_key WHERE account_id = '{}'", owner.id),
        format!("SELECT 1 FROM account WHERE id = '{}'", owner.id),
    ]
}

#[tokio::test]
async fn one_locked_row_keeps_no_other_account_from_being_admitted() {
    let app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let (frozen, other) = (app.account().await, app.account().await);
    for row in rows_of(&frozen) {
        let holder = freeze(&app, &row).await;
        // More requests than there are batches, all for what is locked.
        let mut waiting = Vec::new();
        for _ in 0..6 {
            waiting.push(tokio::spawn(Answer::of(app.ask(&frozen.key, &picture()))));
        }
        for _ in 0..20 {
            let made = Answer::of(app.ask(&other.key, &picture())).await.expect(202);
            app.ended(&other.key, &made["id"]).await;
        }
        for waiting in waiting {
            let answer = waiting.await.expect("an answer");
            assert!(!answer.header("retry-after").is_empty(), "{}", answer.json);
            answer.problem(503, "unavailable");
        }
        holder.close().await.expect("it lets go");
        let made = Answer::of(app.ask(&frozen.key, &picture())).await.expect(202);
        app.ended(&frozen.key, &made["id"]).await;
    }
}

#[tokio::test]
async fn many_locked_wallets_keep_no_other_account_from_being_admitted() {
    let app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let other = app.account().await;
    let mut frozen = Vec::new();
    for _ in 0..10 {
        frozen.push(app.account().await);
    }
    let ids: Vec<String> = frozen.iter().map(|owner| format!("'{}'", owner.id)).collect();
    let wallets = format!("SELECT 1 FROM wallet WHERE account_id IN ({})", ids.join(", "));
    let holder = freeze(&app, &wallets).await;
    let waiting = frozen.iter().flat_map(|owner| [owner; 3]);
    let waiting: Vec<_> = waiting
        .map(|owner| tokio::spawn(Answer::of(app.ask(&owner.key, &picture()))))
        .collect();
    for _ in 0..20 {
        let made = Answer::of(app.ask(&other.key, &picture())).await.expect(202);
        app.ended(&other.key, &made["id"]).await;
    }
    for waiting in waiting {
        waiting.await.expect("an answer").problem(503, "unavailable");
    }
    holder.close().await.expect("it lets go");
    for owner in &frozen {
        let made = Answer::of(app.ask(&owner.key, &picture())).await.expect(202);
        app.ended(&owner.key, &made["id"]).await;
    }
}

/// What one that hangs on a lock did not get done is done once the lock is gone.
#[tokio::test]
async fn a_wallet_that_is_locked_while_its_generation_ends_is_settled_afterwards() {
    let app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let (frozen, other) = (app.account().await, app.account().await);
    let slow = app.queue(&frozen.key, "sandbox:slow=2").await;
    let wallet = format!("SELECT 1 FROM wallet WHERE account_id = '{}'", frozen.id);
    let holder = freeze(&app, &wallet).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let now = app.generation(&frozen.key, &slow["id"]).await.expect(200);
    assert_eq!(text(&now["status"]), "running", "its end needs the wallet");
    let made = app.queue(&other.key, "a pear").await;
    app.ended(&other.key, &made["id"]).await;
    holder.close().await.expect("it lets go");
    let ended = app.ended(&frozen.key, &slow["id"]).await;
    assert_eq!(text(&ended["status"]), "succeeded");
    assert_eq!(app.balance(&frozen.key).await, ["999", "0", "1"]);
}

/// Its events wait for it, in their order; nobody else's do.
#[tokio::test]
async fn a_receiver_that_is_locked_has_the_events_of_its_own_account_wait() {
    let app = TestApp::configured(crate::webhooks::OPEN, &[]).await;
    if !app.is_postgres() {
        return;
    }
    let (frozen, other) = (app.account().await, app.account().await);
    let receiver = Receiver::answering(200).await;
    for owner in [&frozen, &other] {
        let url = format!("{}/{}", receiver.url, owner.id);
        let body = json!({"url": url, "events": ["generation.started", "generation.failed"]});
        let made = app.post("/v1/webhook-endpoints", &owner.key, &body).await;
        let path = format!("/v1/webhook-endpoints/{}/test", text(&made.expect(201)["id"]));
        app.post(&path, &owner.key, &json!(null)).await.expect(202);
    }
    // Both have had something: their lanes are there, and nobody has them.
    receiver.wait_for(2).await;
    let at_rest = "SELECT COUNT(*) FROM delivery_lane WHERE due_at IS NULL AND lease_token IS NULL";
    while app.count(at_rest).await < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let lane = format!("SELECT 1 FROM delivery_lane WHERE account_id = '{}'", frozen.id);
    let holder = freeze(&app, &lane).await;
    // More than are published at once.
    let connection = app.connect().await;
    let sql = format!(
        "INSERT INTO event (id, account_id, livemode, kind, subject, data, created_at)
         SELECT 'evt_01jb0000000000000000' || CAST(100000 + i AS TEXT), '{}', FALSE,
             'generation.failed', 'gen_' || i, '{{\"id\": \"gen\"}}', 1795253400000000
         FROM generate_series(0, 599) AS n(i)",
        frozen.id
    );
    connection.execute_unprepared(&sql).await.expect("events");
    connection.close().await.expect("the connection closes");
    let of = |owner: &Account, received: &[Received]| {
        let path = format!("/hooks/{}", owner.id);
        received.iter().filter(|one| one.path == path).count()
    };
    for count in 1..=5 {
        app.generate(&other.key, "sandbox:fail").await;
        receiver
            .wait_until(|received| of(&other, received) == 1 + 2 * count)
            .await;
        let events = app.get("/v1/events", &other.key).await.expect(200);
        assert_eq!(events["data"].as_array().map(Vec::len), Some(1 + 2 * count));
    }
    assert_eq!(of(&frozen, &receiver.received()), 1, "the test, from before");
    holder.close().await.expect("it lets go");
    receiver.wait_until(|received| of(&frozen, received) == 601).await;
    let after = app.get("/v1/events?limit=100", &frozen.key).await.expect(200);
    assert_eq!(after["data"].as_array().map(Vec::len), Some(100));
}
