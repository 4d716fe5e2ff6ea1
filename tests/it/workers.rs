//! What a worker does when something beside it goes wrong: it panics, another one
//! has its job, the clock is set back, or what it was to do is no longer wanted.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use entity::{AttemptId, Timestamp};
use harness::{Answer, Double, PATIENCE, TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio::time::sleep;

async fn execute(app: &TestApp, sql: &str) {
    let connection = app.connect().await;
    connection.execute_unprepared(sql).await.expect("it is done");
    connection.close().await.expect("the connection closes");
}

/// Until a query answers this number.
async fn until(app: &TestApp, sql: &str, number: i64) {
    let begin = Instant::now();
    while app.count(sql).await != number {
        assert!(begin.elapsed() < PATIENCE, "{sql} is not {number}: {}", app.log());
        sleep(Duration::from_millis(50)).await;
    }
}

fn running(id: &Value) -> String {
    format!(
        "SELECT COUNT(*) FROM generation WHERE id = '{}' AND status = 'running'",
        text(id)
    )
}

#[tokio::test]
async fn a_job_that_panics_is_tried_again() {
    let app = TestApp::with(&[("TINTYPE_WORKER_LEASE_SECONDS", "2")]).await;
    let id = app.queue(&app.demo, "sandbox:slow=2").await["id"].clone();
    until(&app, &running(&id), 1).await;
    // More is captured than was held: no row that the server writes says so.
    let held = |amount: u32| {
        format!(
            "UPDATE hold SET amount = {amount} WHERE generation_id = '{}'",
            text(&id)
        )
    };
    execute(&app, &held(0)).await;
    let begin = Instant::now();
    while !app.log().contains("panicked") {
        assert!(begin.elapsed() < PATIENCE, "nothing panics");
        sleep(Duration::from_millis(50)).await;
    }
    execute(&app, &held(1_000_000)).await;
    assert_eq!(app.ended(&app.demo, &id).await["status"], "succeeded");
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
}

#[tokio::test]
async fn an_admission_that_panics_is_not_the_last() {
    let app = TestApp::start().await;
    let in_flight = |count: i64| format!("UPDATE wallet SET in_flight = {count}");
    // One more can't be counted.
    execute(&app, &in_flight(i64::MAX)).await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a fig", "size": "256x256"}});
    for _ in 0..3 {
        let refused = Answer::of(app.ask(&app.demo, &body)).await;
        refused.problem(503, "unavailable");
    }
    execute(&app, &in_flight(0)).await;
    app.generate(&app.demo, "a fig").await;
}

#[tokio::test]
async fn a_job_is_not_dropped_for_a_slow_worker_that_began_it() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    if !app.is_postgres() {
        // One process, whose leases are its own.
        return;
    }
    let busy = app.hang(&app.demo).await;
    let id = app.queue(&app.demo, "a quince").await["id"].clone();
    let slow = app.connect().await;
    let lock = format!("SELECT 1 FROM generation WHERE id = '{}' FOR UPDATE", text(&id));
    for sql in ["BEGIN", &lock] {
        slow.execute_unprepared(sql).await.expect("it is done");
    }
    // The job is claimed by a worker that has read the row, and is about to begin.
    app.cancel(&app.demo, &busy["id"]).await.expect(200);
    until(
        &app,
        "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        1,
    )
    .await;
    // The one that had it before was faster, and falls silent.
    let began = format!(
        "UPDATE generation SET status = 'running', started_at = created_at, provider = 'sandbox'
         WHERE id = '{}'",
        text(&id)
    );
    let attempt = format!(
        "INSERT INTO attempt (id, account_id, generation_id, number, provider, started_at, sends)
         SELECT '{}', account_id, id, 1, 'sandbox', created_at, 1 FROM generation WHERE id = '{}'",
        AttemptId::new(Timestamp::from_micros(1_800_000_000_000_000)),
        text(&id)
    );
    for sql in [began.as_str(), &attempt, "COMMIT"] {
        slow.execute_unprepared(sql).await.expect("it is done");
    }
    slow.close().await.expect("the connection closes");
    assert_eq!(app.ended(&app.demo, &id).await["status"], "succeeded");
    assert_eq!(app.entries_of(&app.demo, &id).await, ["hold", "capture"]);
}

#[tokio::test]
async fn nothing_ends_before_it_began_though_the_clock_is_set_back() {
    let app = TestApp::start().await;
    app.advance("PT1H").await;
    let id = app.queue(&app.demo, "sandbox:slow=3").await["id"].clone();
    until(&app, &running(&id), 1).await;
    execute(&app, "UPDATE sandbox_clock SET ahead_micros = 0").await;
    // Moved by nothing, it is what the row says.
    app.advance("PT0S").await;
    let ended = app.ended(&app.demo, &id).await;
    assert_eq!(ended["status"], "succeeded");
    assert!(
        text(&ended["created_at"]) <= text(&ended["started_at"])
            && text(&ended["started_at"]) <= text(&ended["ended_at"]),
        "{ended}"
    );
    let model = app.get("/v1/models/sandbox-image", "").await.expect(200);
    assert!(
        model["p50_seconds"].as_f64().is_none_or(|seconds| seconds >= 0.0),
        "{model}"
    );
}

fn provider(url: &str) -> String {
    format!(
        r#"
        [[providers]]
        name = "double"
        base_url = "{url}"

        [[models]]
        id = "picture"
        kind = "image"
        display_name = "Picture"
        provider = "double"
        countries = ["DE"]
        mechanism = "none"
        price_version = "1"
        cancelable = true
        timeout_seconds = 3600
        input_schema = '{{"type": "object", "required": ["prompt"], "properties": {{"prompt": {{"type": "string"}}}}}}'
        [[models.pricing]]
        unit = "image"
        credits = "1"
        "#
    )
}

/// A live key of somebody new, with credits: test keys never leave the sandbox.
async fn live_key(app: &TestApp) -> String {
    let owner = app.account().await;
    let made = app.run(&["key", "new", "--email", &owner.email, "--live"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8_lossy(&made.stdout).trim().to_owned()
}

const LIVE: harness::Settings<'_> = &[("TINTYPE_CREDITS_LIVE_GRANT", "100")];

#[tokio::test]
async fn no_provider_is_asked_for_what_is_no_longer_wanted() {
    let double = Double::start().await;
    let app = TestApp::configured(&provider(&double.url), LIVE).await;
    let key = live_key(&app).await;
    let wish = json!({"model": "picture", "input": {"prompt": "unavailable 1"}});
    let asked = Answer::of(app.ask(&key, &wish)).await.expect(202);
    // It was not taken, and waits to be tried again.
    until(&app, "SELECT COUNT(*) FROM attempt WHERE ended_at IS NOT NULL", 1).await;
    app.cancel(&key, &asked["id"]).await.expect(200);
    let ended = app.ended(&key, &asked["id"]).await;
    assert_eq!(
        (&ended["status"], double.sent("unavailable 1")),
        (&json!("canceled"), 1)
    );
    assert_eq!(app.balance(&key).await, ["100", "0", "0"]);
}

/// A provider that thinks for a while, and then takes nothing on.
fn hesitant() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            std::thread::spawn(move || {
                drop(stream.read(&mut [0; 16_384]));
                std::thread::sleep(Duration::from_secs(3));
                drop(stream.write_all(
                    b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
                ));
            });
        }
    });
    url
}

#[tokio::test]
async fn who_puts_a_job_off_and_who_ends_it_do_not_wait_for_each_other() {
    let app = TestApp::configured(&provider(&hesitant()), LIVE).await;
    if !app.is_postgres() {
        // One writes at a time.
        return;
    }
    let key = live_key(&app).await;
    let wish = json!({"model": "picture", "input": {"prompt": "a medlar"}});
    let asked = Answer::of(app.ask(&key, &wish)).await.expect(202);
    let id = text(&asked["id"]);
    until(&app, "SELECT COUNT(*) FROM attempt WHERE ended_at IS NULL", 1).await;
    // Whoever ends a generation closes its attempt, and then deletes its job.
    let ending = app.connect().await;
    let attempt = format!("UPDATE attempt SET detail = detail WHERE generation_id = '{id}'");
    for sql in ["BEGIN", &attempt] {
        ending.execute_unprepared(sql).await.expect("it is done");
    }
    until(
        &app,
        "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        1,
    )
    .await;
    let job = format!("SELECT 1 FROM job WHERE subject = '{id}' FOR UPDATE NOWAIT");
    let locked = ending.execute_unprepared(&job).await;
    ending.execute_unprepared("ROLLBACK").await.expect("it is undone");
    ending.close().await.expect("the connection closes");
    assert!(locked.is_ok(), "the job is locked before its attempt");
    app.cancel(&key, &asked["id"]).await.expect(200);
    assert_eq!(app.ended(&key, &asked["id"]).await["cost"]["captured"], "0");
}
