//! A receiver that fails 40 % of the time and a sender that is killed again and
//! again: each event arrives, with its own id.
//!
//! `TINTYPE_TEST_EVENTS` says how many; without it, 2,000.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use harness::{Receiver, TestApp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use sea_orm::ConnectionTrait as _;

use super::endpoint;

const KILLS: usize = 20;

#[tokio::test]
async fn every_committed_event_arrives_though_the_sender_is_killed() {
    let events = harness::repetitions("TINTYPE_TEST_EVENTS", 2_000);
    let waits = "1, ".repeat(40);
    let file = format!("{}retry_seconds = [{waits}]\n", super::OPEN);
    let mut app = TestApp::configured(&file, &[("TINTYPE_WORKER_LEASE_SECONDS", "2")]).await;
    let receiver = Receiver::with(|_| match rand::rng().random_ratio(2, 5) {
        true => "500".to_owned(),
        false => "200".to_owned(),
    })
    .await;
    endpoint(&app, &receiver.url, &["generation.failed"]).await;
    let account = "SELECT account_id FROM webhook_endpoint";
    let connection = app.connect().await;
    let mut chances = StdRng::seed_from_u64(7);
    for kill in 0..KILLS {
        let (from, to) = (kill * events / KILLS, (kill + 1) * events / KILLS);
        let sql = format!(
            "WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {to})
             INSERT INTO event (id, account_id, livemode, kind, subject, data, created_at)
             SELECT 'evt_01jb0000000000000000' || CAST(100000 + i AS TEXT), ({account}), FALSE, 'generation.failed',
                 'gen_' || i, '{{\"id\": \"gen\"}}', 1795253400000000 FROM n"
        );
        connection
            .execute_unprepared(&sql)
            .await
            .expect("events are written");
        tokio::time::sleep(Duration::from_millis(chances.random_range(0..400))).await;
        app.crash_and_restart().await;
    }
    connection.close().await.expect("the connection closes");

    let begin = Instant::now();
    loop {
        let left = "SELECT (SELECT COUNT(*) FROM delivery WHERE status <> 'delivered')
                         + (SELECT COUNT(*) FROM event WHERE seq IS NULL)";
        match app.count(left).await {
            0 => break,
            left => assert!(begin.elapsed() < Duration::from_secs(180), "{left} are left"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let received = receiver.received();
    let mut arrived: BTreeMap<&str, usize> = BTreeMap::new();
    for one in received.iter().filter(|one| one.answered == 200) {
        *arrived.entry(one.id()).or_default() += 1;
    }
    let committed: BTreeSet<String> = (0..events)
        .map(|at| format!("evt_01jb0000000000000000{}", 100_000 + at))
        .collect();
    let told: BTreeSet<String> = arrived.keys().map(|id| (*id).to_owned()).collect();
    assert_eq!(told.len(), events);
    assert_eq!(told, committed);
    let failed = received.iter().filter(|one| one.answered == 500).count();
    let twice = arrived.values().filter(|count| **count > 1).count();
    println!(
        "{} attempts, {failed} failed, {twice} arrived twice, {:?} after the last kill",
        received.len(),
        begin.elapsed()
    );
    assert!(failed * 10 > received.len() * 3, "too few failed: no test");
    // Each was published once, however often its publisher died.
    assert_eq!(
        app.count("SELECT COUNT(*) FROM delivery").await,
        i64::try_from(events).expect("few")
    );
    assert_eq!(
        app.count("SELECT COUNT(DISTINCT seq) FROM event").await,
        i64::try_from(events).expect("few")
    );
}
