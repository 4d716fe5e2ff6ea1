//! What it costs to be watched: 10,000 streams of events, all open at once, on
//! generations that wait. Prints the server's memory before, with all of them
//! silent, and after, and how long it takes until all were told of the end.
//!
//! `cargo bench -p tintype-tests --bench watchers`, with `TINTYPE_TEST_POSTGRES` for
//! PostgreSQL. `TINTYPE_BENCH_WATCHERS` says how many. Both processes need as many
//! files open: see `ulimit -n`.

use std::time::{Duration, Instant};

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use futures_util::stream;
use harness::{TestApp, text};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Generations that are watched.
const WATCHED: usize = 500;

/// How long they are watched in silence: several looks at the database and signs of life.
const SILENCE: Duration = Duration::from_secs(40);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(run());
}

async fn run() {
    let watchers = std::env::var("TINTYPE_BENCH_WATCHERS").ok();
    let watchers: usize = watchers.and_then(|number| number.parse().ok()).unwrap_or(10_000);
    let app = TestApp::with(&[
        ("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "1000000000"),
        ("TINTYPE_WORKER_CONCURRENCY", "1"),
    ])
    .await;
    let busy = app.hang(&app.demo).await;
    let one = json!({"model": "sandbox-image", "input": {"prompt": "a boat", "size": "256x256"}});
    let body = json!({"generations": vec![one; WATCHED]});
    let batch = app.post("/v1/batches", &app.demo, &body).await.expect(202);
    let ids = ids(&app, &batch).await;
    let before = app.process.memory() >> 20;

    let begin = Instant::now();
    let address = app.url.trim_start_matches("http://").to_owned();
    let opened = stream::iter(0..watchers).map(|at| open(&address, &app.demo, &ids[at % ids.len()]));
    let streams: Vec<TcpStream> = opened.buffer_unordered(64).collect().await;
    let opening = begin.elapsed();
    let open = app.process.memory() >> 20;
    tokio::time::sleep(SILENCE).await;
    let silent = app.process.memory() >> 20;

    let path = format!("/v1/batches/{}/cancel", text(&batch["id"]));
    let begin = Instant::now();
    app.post(&path, &app.demo, &json!({})).await.expect(200);
    let told = join_all(streams.into_iter().map(is_told)).await;
    let telling = begin.elapsed();
    let told = told.into_iter().filter(|told| *told).count();
    let after = app.process.memory() >> 20;
    let database = if app.is_postgres() { "PostgreSQL" } else { "SQLite" };
    println!("| database | watchers | RSS before | open | silent | after | opened in | told | told in |");
    println!("|---|---|---|---|---|---|---|---|---|");
    println!(
        "| {database} | {watchers} | {before} MB | {open} MB | {silent} MB | {after} MB | {:.1} s | {told} | {:.1} s |",
        opening.as_secs_f64(),
        telling.as_secs_f64()
    );
    app.cancel(&app.demo, &busy["id"]).await.expect(200);
    app.ended(&app.demo, &busy["id"]).await;
}

async fn ids(app: &TestApp, batch: &Value) -> Vec<String> {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/batches/{}/results?limit=100{cursor}", text(&batch["id"]));
        let page = app.get(&path, &app.demo).await.expect(200);
        let results = page["data"].as_array().expect("a page").iter();
        ids.extend(results.map(|result| text(&result["generation"]["id"]).to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return ids,
        }
    }
}

/// Follows a generation and reads until it was told what has happened so far.
async fn open(address: &str, key: &str, id: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("it accepts");
    let request = format!(
        "GET /v1/generations/{id}/events HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    assert!(
        reads(&mut stream, "event: generation.queued").await,
        "nothing is told"
    );
    stream
}

async fn is_told(mut stream: TcpStream) -> bool {
    reads(&mut stream, "event: generation.canceled").await
}

/// Whether these words come before the end.
async fn reads(stream: &mut TcpStream, words: &str) -> bool {
    let mut heard = Vec::new();
    let mut chunk = vec![0; 2048];
    while let Ok(count @ 1..) = stream.read(&mut chunk).await {
        heard.extend_from_slice(&chunk[..count]);
        if heard
            .windows(words.len())
            .any(|window| window == words.as_bytes())
        {
            return true;
        }
    }
    false
}
