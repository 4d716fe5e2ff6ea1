//! The database goes away under load: lines are cut at any moment, also while a
//! commit is under way, or another holds it locked. Who asks is told to come
//! back, nothing is done or paid for twice, and it goes on by itself.

use std::time::{Duration, Instant};

use harness::{Answer, Load, PATIENCE, TestApp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::json;
use tokio::time::sleep;

const CUTS: u32 = 40;

/// The other lines to this test's database.
const OTHERS: &str = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test]
async fn cut_lines_lose_and_double_nothing() {
    let settings = &[
        ("TINTYPE_WORKER_LEASE_SECONDS", "2"),
        ("TINTYPE_CREDITS_TEST_GRANT", "100000"),
    ];
    let Some((mut app, line)) = TestApp::on_a_line(settings).await else {
        return;
    };
    let second = app.another(&["serve", "--no-worker"]).await;
    let load = Load::start(&app, 16, vec![app.url.clone(), second]);
    let database = app.connect().await;
    let mut chances = StdRng::seed_from_u64(19);
    for cut in 0..CUTS {
        sleep(Duration::from_millis(chances.random_range(50..250))).await;
        match cut % 2 {
            0 => cut_all(&database).await,
            _ => line.lose_an_answer(),
        }
        assert!(load.is_well(), "{}", app.log());
    }
    let wishes = load.stop().await;
    let ends = app.all_ended_once(&wishes).await;
    let lost = app.log().matches("the answer to a commit was lost").count();
    println!("{ends:?}, {lost} answers to admissions lost");
    assert!(lost > 0, "none was lost: nothing was tried");
    listens(&database, 2).await;
    database.close().await.expect("the line closes");
}

async fn cut_all(database: &DatabaseConnection) {
    let sql = format!("SELECT pg_terminate_backend(pid) FROM {OTHERS}");
    database.execute_unprepared(&sql).await.expect("lines are cut");
}

/// Until so many processes hear each other's signals again.
async fn listens(database: &DatabaseConnection, processes: usize) {
    let sql = format!("SELECT pid FROM {OTHERS} AND query LIKE 'LISTEN%'");
    let begin = Instant::now();
    loop {
        let statement = tintype::db::statement(database, &sql, vec![]);
        let lines = database.query_all_raw(statement).await.expect("it answers").len();
        if lines == processes {
            return;
        }
        assert!(begin.elapsed() < PATIENCE, "{lines} of {processes} listen");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_file_that_another_holds_locked_is_waited_for_and_then_refused() {
    let app = TestApp::start().await;
    if app.is_postgres() {
        return;
    }
    let other = app.connect().await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    let wish = || app.ask(&app.demo, &body).header("Idempotency-Key", "once");
    other
        .execute_unprepared("BEGIN IMMEDIATE")
        .await
        .expect("the lock");
    let waiting = tokio::spawn(Answer::of(wish()));
    Answer::of(wish()).await.problem(503, "unavailable");
    waiting.await.expect("an answer").problem(503, "unavailable");
    let waiting = tokio::spawn(Answer::of(wish()));
    other
        .execute_unprepared("ROLLBACK")
        .await
        .expect("the lock is free");
    let made = waiting.await.expect("an answer").expect(202);
    app.ended(&app.demo, &made["id"]).await;
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
    other.close().await.expect("it closes");
}
