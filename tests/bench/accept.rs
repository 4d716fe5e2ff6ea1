//! How many generations are accepted in a second: 64 clients ask one server that
//! does nothing else. On PostgreSQL, `pgbench` then runs the same statements, one
//! generation a transaction, in the same database.
//!
//! `cargo bench -p tintype-tests`, with `TINTYPE_TEST_POSTGRES` for PostgreSQL too.
//! `TINTYPE_BENCH_SECONDS` says how long each part runs; without it, 10 seconds.

mod client;

use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use harness::TestApp;
use sea_orm::ConnectionTrait as _;

const CLIENTS: usize = 64;
const SETTINGS: harness::Settings<'_> = &[
    ("TINTYPE_CREDITS_TEST_GRANT", "1000000000"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "1000000000"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS_PER_ACCOUNT", "1000000000"),
    ("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "1000000000"),
];

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(run());
}

async fn run() {
    println!("| database | accounts | accepts/s | p50 | p99 | pgbench tps | ratio | idle RSS | ready |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for accounts in [1, CLIENTS] {
        measure(accounts).await;
    }
}

async fn measure(accounts: usize) {
    let mut app = TestApp::with(SETTINGS).await;
    let mut keys = Vec::new();
    for _ in 0..accounts {
        keys.push(app.account().await.key);
    }
    app.process.stop();
    let begin = Instant::now();
    app.start_again(&["serve", "--no-worker"]).await;
    let ready = begin.elapsed();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = app.process.memory() >> 20;

    load(&app, &keys, "warm", Duration::from_secs(2)).await;
    let mut took = load(&app, &keys, "run", seconds()).await;
    took.sort_unstable();
    let rate = took.len() as f64 / seconds().as_secs_f64();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let (database, pgbench) = match app.is_postgres() {
        true => {
            app.process.stop();
            ("PostgreSQL", Some(pgbench(&app, accounts).await))
        }
        false => ("SQLite", None),
    };
    let tps = pgbench.map_or("".to_owned(), |tps| format!("{tps:.0}"));
    let ratio = pgbench.map_or("".to_owned(), |tps| format!("{:.2}", rate / tps));
    println!(
        "| {database} | {accounts} | {rate:.0} | {:.1} ms | {:.1} ms | {tps} | {ratio} | {idle} MB | {} ms |",
        at(0.5),
        at(0.99),
        ready.as_millis()
    );
    app.leave_jobs();
}

async fn load(app: &TestApp, keys: &[String], name: &str, length: Duration) -> Vec<Duration> {
    let address = app.url.trim_start_matches("http://");
    let until = Instant::now() + length;
    let clients = (0..CLIENTS).map(async |client| {
        let key = &keys[client % keys.len()];
        client::accept(address, key, &format!("{name} {client}"), until).await
    });
    join_all(clients.collect::<Vec<_>>()).await.concat()
}

/// Transactions a second of the same statements.
async fn pgbench(app: &TestApp, accounts: usize) -> f64 {
    let database = app.connect().await;
    let sql = "CREATE TABLE bench AS SELECT row_number() OVER (ORDER BY k.id DESC) - 1 AS client,
        k.account_id AS account, k.id AS key, l.id AS lot FROM api_key k JOIN credit_lot l
        ON l.account_id = k.account_id AND l.livemode = k.livemode WHERE NOT k.livemode";
    database.execute_unprepared(sql).await.expect("a table");
    database.close().await.expect("it closes");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/accept.sql");
    let output = Command::new("pgbench")
        .args(["-n", "-M", "prepared", "-j", "2", "-c", &CLIENTS.to_string()])
        .args([
            "-T",
            &seconds().as_secs().to_string(),
            "-D",
            &format!("accounts={accounts}"),
        ])
        .args(["-f", script, &app.database.url])
        .output()
        .expect("pgbench runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let tps = tps.and_then(|rest| rest.split(' ').next()?.parse().ok());
    tps.unwrap_or_else(|| panic!("{said}{errors}"))
}

fn seconds() -> Duration {
    let seconds = std::env::var("TINTYPE_BENCH_SECONDS").ok();
    Duration::from_secs(seconds.and_then(|number| number.parse().ok()).unwrap_or(10))
}
