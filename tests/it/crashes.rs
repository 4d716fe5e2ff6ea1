//! Processes are killed under load, again and again, also while they start:
//! nothing that was acknowledged is lost, and nothing is done or paid for twice.
//!
//! `TINTYPE_TEST_CRASHES` says how often; without it, 50 times on SQLite and 30
//! times on PostgreSQL.

use std::time::Duration;

use harness::{Load, Process, TestApp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

/// Leases are short, so that what a dead process had is soon another's.
const SETTINGS: harness::Settings<'_> = &[
    ("TINTYPE_WORKER_LEASE_SECONDS", "2"),
    ("TINTYPE_CREDITS_TEST_GRANT", "100000"),
];

const CLIENTS: u64 = 24;

#[tokio::test]
async fn a_server_that_is_killed_loses_and_doubles_nothing() {
    let mut app = TestApp::with(SETTINGS).await;
    let load = Load::start(&app, CLIENTS, vec![app.url.clone()]);
    let mut chances = StdRng::seed_from_u64(9);
    for _ in 0..crashes(&app) {
        sleep(Duration::from_millis(chances.random_range(0..500))).await;
        app.process.kill();
        if chances.random_ratio(1, 3) {
            let moment = Duration::from_millis(chances.random_range(0..150));
            app.crash_while_starting(moment).await;
        }
        app.restart_after_stop().await;
        load.moved(vec![app.url.clone()]);
        assert!(load.is_well(), "{}", app.log());
    }
    let wishes = load.stop().await;
    let ends = app.all_ended_once(&wishes).await;
    println!("{ends:?}");
    assert_eq!(ends.len(), 2, "succeeded and failed, as was forced: {ends:?}");
}

#[tokio::test]
async fn a_worker_that_is_killed_loses_and_doubles_nothing() {
    let mut app = TestApp::with(SETTINGS).await;
    if !app.is_postgres() {
        return;
    }
    let front = app.another(&["serve", "--no-worker"]).await;
    // Of the first server only the database is wanted.
    app.process.stop();
    app.url.clone_from(&front);
    let load = Load::start(&app, CLIENTS, vec![front]);
    let mut chances = StdRng::seed_from_u64(11);
    let mut workers: Vec<Process> = (0..2).map(|_| app.worker()).collect();
    for crash in 0..crashes(&app) {
        sleep(Duration::from_millis(chances.random_range(0..700))).await;
        let worker = &mut workers[crash % 2];
        worker.kill();
        *worker = app.worker();
        assert!(load.is_well(), "{}", app.log());
    }
    let wishes = load.stop().await;
    let ends = app.all_ended_once(&wishes).await;
    println!("{ends:?}");
    assert_eq!(ends.len(), 2, "succeeded and failed, as was forced: {ends:?}");
    for worker in &mut workers {
        worker.stop();
    }
}

fn crashes(app: &TestApp) -> usize {
    let usual = if app.is_postgres() { 30 } else { 50 };
    harness::repetitions("TINTYPE_TEST_CRASHES", usual)
}
