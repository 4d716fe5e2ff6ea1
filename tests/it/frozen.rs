//! Somebody holds a row locked and never lets go: a frozen process, a cut connection,
//! one long transaction. Whom it concerns is told to come back; nobody else notices.

use harness::{Account, Answer, TestApp, text};
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
