//! Many receivers at once, and everybody else.

use std::time::Instant;

use harness::{PATIENCE, Receiver};
use sea_orm::ConnectionTrait as _;
use tokio::time::{Duration, sleep};

use super::{endpoint, start};

const ENDPOINTS: usize = 20;
const EVENTS: usize = 60;

/// Each receiver has several deliveries under way, whose outcomes are written down
/// meanwhile: nobody waits for a connection to the database in vain.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_receivers_leave_connections_to_the_others() {
    let app = start().await;
    let receiver = Receiver::with(|_| "200".to_owned()).await;
    for at in 0..ENDPOINTS {
        endpoint(&app, &format!("{}/{at}", receiver.url), &["generation.failed"]).await;
    }
    let connection = app.connect().await;
    let sql = format!(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {EVENTS})
         INSERT INTO event (id, account_id, livemode, kind, subject, data, created_at)
         SELECT 'evt_01jb0000000000000000' || CAST(100000 + i AS TEXT),
             (SELECT account_id FROM webhook_endpoint LIMIT 1), FALSE, 'generation.failed',
             'gen_' || i, '{{\"id\": \"gen\"}}', 1795253400000000 FROM n"
    );
    let written = connection.execute_unprepared(&sql).await;
    written.expect("events are written");
    connection.close().await.expect("the connection closes");
    let other = app.account().await;
    let begun = Instant::now();
    while app
        .count("SELECT COUNT(*) FROM delivery WHERE status = 'delivered'")
        .await
        < i64::try_from(ENDPOINTS * EVENTS).expect("few")
    {
        app.generate(&other.key, "a pear").await;
        app.get("/v1/events", &other.key).await.expect(200);
        assert!(begun.elapsed() < PATIENCE, "{}", app.log());
        sleep(Duration::from_millis(100)).await;
    }
    assert!(!app.log().contains("timed out"), "{}", app.log());
}
