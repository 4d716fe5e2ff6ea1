//! What a request costs the database does not depend on how much waits, whatever the
//! planner believes about the tables: rows that PostgreSQL read, counted by itself.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use harness::{Account, Answer, PATIENCE, TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tokio::time::sleep;

const SETTINGS: harness::Settings<'_> = &[
    ("TINTYPE_CREDITS_TEST_GRANT", "1000000"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "100000"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS_PER_ACCOUNT", "100000"),
    ("TINTYPE_LIMITS_OPEN_BATCHES", "1000"),
    ("TINTYPE_WORKER_CONCURRENCY", "4"),
];

/// Each step of the way is gone so many times.
const TIMES: usize = 40;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Statistics {
    /// Gathered while nothing waited, and never again.
    Old,
    New,
}

/// Rows read from each table, by index or whole, for the same work.
type Reads = BTreeMap<String, i64>;

#[tokio::test]
async fn what_is_read_does_not_grow_with_what_waits() {
    let little = match reads(1, Statistics::New).await {
        Some(reads) => reads,
        None => return,
    };
    for statistics in [Statistics::Old, Statistics::New] {
        let much = reads(12, statistics).await.expect("PostgreSQL");
        for (table, read) in &much {
            let before = little.get(table).copied().unwrap_or_default();
            // A few rows more are no matter: schedules look around meanwhile.
            assert!(
                *read < 2 * before + 2000,
                "{table}: {read} rows with twelve times as much in the queue, {before} before; all: {much:?}, {little:?}"
            );
        }
    }
}

/// Asks, reads, lists and runs while so many thousand wait. `None` on SQLite.
async fn reads(thousands: usize, statistics: Statistics) -> Option<Reads> {
    let mut app = TestApp::with(SETTINGS).await;
    if !app.is_postgres() {
        return None;
    }
    execute(&app, &unwatched(&app).await).await;
    execute(&app, "ANALYZE").await;
    let (busy, asking) = (app.account().await, app.account().await);
    app.process.stop();
    app.start_again(&["serve", "--no-worker"]).await;
    let line = json!({"model": "sandbox-text", "input": {"prompt": "a line", "max_tokens": 10}});
    let batch = json!({"generations": vec![line; 1000]});
    for _ in 0..thousands {
        app.post("/v1/batches", &busy.key, &batch).await.expect(202);
    }
    if statistics == Statistics::New {
        execute(&app, "ANALYZE").await;
    }
    // Connections that are closed hand in what they counted.
    app.process.stop();
    let before = counted(&app).await;
    app.start_again(&["serve", "--no-worker"]).await;
    let ids = ask_and_look(&app, &asking).await;
    app.process.stop();
    app.start_again(&["serve"]).await;
    for id in &ids {
        app.ended(&asking.key, id).await;
    }
    app.process.kill();
    let after = counted(&app).await;
    // What is left of the batches is nobody's concern.
    app.start_again(&["serve", "--no-worker"]).await;
    app.leave_jobs();
    let reads = after.into_iter().map(|(table, reads)| {
        (
            table.clone(),
            reads - before.get(&table).copied().unwrap_or_default(),
        )
    });
    Some(reads.collect())
}

async fn ask_and_look(app: &TestApp, asking: &Account) -> Vec<serde_json::Value> {
    let mut ids = Vec::new();
    for at in 0..TIMES {
        let line = json!({"model": "sandbox-text", "input": {"prompt": "a line", "max_tokens": 10}});
        let request = app
            .ask(&asking.key, &line)
            .header("Idempotency-Key", format!("{at}"));
        let made = Answer::of(request).await.expect(202);
        app.generation(&asking.key, &made["id"]).await.expect(200);
        app.get("/v1/generations?limit=5&status=queued", &asking.key)
            .await
            .expect(200);
        app.get("/v1/credits/ledger?limit=5", &asking.key)
            .await
            .expect(200);
        app.get("/v1/events?limit=5", &asking.key).await.expect(200);
        ids.push(made["id"].clone());
    }
    let last = ids.last().expect("one was asked for");
    assert!(text(last).starts_with("gen_"));
    ids
}

/// Keeps PostgreSQL from gathering statistics by itself.
async fn unwatched(app: &TestApp) -> String {
    let connection = app.connect().await;
    let sql = "SELECT string_agg(format('ALTER TABLE %I SET (autovacuum_enabled = false)', relname), '; ')
        FROM pg_stat_user_tables";
    let row = connection
        .query_one_raw(tintype::db::statement(&connection, sql, vec![]))
        .await;
    let all: String = row
        .expect("it runs")
        .expect("a row")
        .try_get_by_index(0)
        .expect("a text");
    connection.close().await.expect("it closes");
    all
}

async fn execute(app: &TestApp, sql: &str) {
    let connection = app.connect().await;
    connection.execute_unprepared(sql).await.expect("it runs");
    connection.close().await.expect("it closes");
}

async fn counted(app: &TestApp) -> Reads {
    let connection = app.connect().await;
    let others =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let begin = Instant::now();
    loop {
        let statement = tintype::db::statement(&connection, others, vec![]);
        if connection
            .query_all_raw(statement)
            .await
            .expect("it runs")
            .is_empty()
        {
            break;
        }
        assert!(begin.elapsed() < PATIENCE, "connections stay open");
        sleep(Duration::from_millis(20)).await;
    }
    let sql =
        "SELECT CAST(t.relname AS TEXT), CAST(t.seq_tup_read + COALESCE(SUM(i.idx_tup_read), 0) AS BIGINT)
        FROM pg_stat_user_tables t LEFT JOIN pg_stat_user_indexes i ON i.relid = t.relid
        GROUP BY t.relid, t.relname, t.seq_tup_read";
    let rows = connection
        .query_all_raw(tintype::db::statement(&connection, sql, vec![]))
        .await
        .expect("it runs");
    connection.close().await.expect("it closes");
    let number = |row: &sea_orm::QueryResult| row.try_get_by_index(1).expect("a number");
    rows.iter()
        .map(|row| (row.try_get_by_index(0).expect("a name"), number(row)))
        .collect()
}
