//! Thousands of generations reach their deadline while they wait. They expire in
//! bulk, no provider is asked for them, and new work does not stand behind them.

use std::time::{Duration, Instant};

use harness::{PATIENCE, TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

const THOUSANDS: usize = 3;

const SETTINGS: harness::Settings<'_> = &[
    ("TINTYPE_WORKER_CONCURRENCY", "1"),
    ("TINTYPE_CREDITS_TEST_GRANT", "1000000"),
];

#[tokio::test]
async fn what_is_overdue_expires_in_bulk_and_holds_nobody_up() {
    let mut app = TestApp::with(SETTINGS).await;
    let (busy, other) = (app.account().await, app.account().await);
    app.process.stop();
    app.start_again(&["serve", "--no-worker"]).await;
    let line = json!({"model": "sandbox-text", "input": {"prompt": "a line", "max_tokens": 10}});
    let batch = json!({"generations": vec![line; 1000]});
    let mut batches = Vec::new();
    for _ in 0..THOUSANDS {
        let accepted = app.post("/v1/batches", &busy.key, &batch).await.expect(202);
        batches.push(accepted["id"].clone());
    }
    // All of them are overdue before anybody works.
    let connection = app.connect().await;
    let overdue = "UPDATE generation SET deadline_at = created_at + 1;
        UPDATE job SET deadline_at = created_at + 1 WHERE kind = 'generation.run'";
    connection.execute_unprepared(overdue).await.expect("time passes");
    connection.close().await.expect("it closes");
    let commits = commits(&app).await;
    app.process.stop();
    app.start_again(&["serve"]).await;
    let made = app.queue(&other.key, "a pear").await;
    let ended = app.ended(&other.key, &made["id"]).await;
    assert_eq!(text(&ended["status"]), "succeeded");
    let begin = Instant::now();
    for batch in &batches {
        let ended = app.batch_ended(&busy.key, batch).await;
        assert_eq!(ended["counts"]["expired"], 1000, "{ended}");
        assert!(begin.elapsed() < PATIENCE * 2);
    }
    assert_eq!(app.balance(&busy.key).await, ["1000000", "0", "0"]);
    let attempts = "SELECT COUNT(*) FROM attempt";
    assert_eq!(app.count(attempts).await, 1, "only the new one was begun");
    app.process.stop();
    if let Some(before) = commits {
        let after = self::commits(&app).await.expect("PostgreSQL");
        let each = (after - before) as f64 / (THOUSANDS * 1000) as f64;
        assert!(each < 0.5, "{each} transactions for each that expired");
    }
    app.restart_after_stop().await;
}

/// Transactions that PostgreSQL committed so far.
async fn commits(app: &TestApp) -> Option<i64> {
    if !app.is_postgres() {
        return None;
    }
    // Connections hand in what they counted a second later at most.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let sql = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
    Some(app.count(sql).await)
}
