//! Asked to stop under load, a server finishes what it took on: a request is
//! answered in full, or nothing of it was done.

use std::time::Duration;

use futures_util::future::join_all;
use harness::{Answer, Load, TestApp, Wish};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::Client;
use serde_json::json;
use tokio::time::sleep;

const ROUNDS: u64 = 6;
const CLIENTS: usize = 24;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_answers_what_was_accepted_and_nothing_else_was() {
    let settings = &[
        ("TINTYPE_CREDITS_TEST_GRANT", "100000"),
        ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "10000"),
    ];
    let mut app = TestApp::with(settings).await;
    let mut chances = StdRng::seed_from_u64(15);
    let mut wishes: Vec<Wish> = Vec::new();
    for round in 0..ROUNDS {
        let clients =
            (0..CLIENTS).map(|client| until_refused(&app, format!("round {round} client {client}")));
        let clients = tokio::spawn(join_all(clients.collect::<Vec<_>>()));
        sleep(Duration::from_millis(chances.random_range(20..400))).await;
        let took = stop(&mut app).await;
        assert!(took < Duration::from_secs(30), "{took:?}");

        let mut unanswered = Vec::new();
        for (answered, last) in clients.await.expect("the clients end") {
            wishes.extend(answered);
            unanswered.push(last);
        }
        let count = i64::try_from(wishes.len()).expect("a number");
        assert_eq!(
            app.count("SELECT COUNT(*) FROM generation").await,
            count,
            "what was done was told, what was told was done"
        );
        app.restart_after_stop().await;
        for key in unanswered {
            let id = Answer::of(wish(&app.client, &app.url, &app.demo, &key))
                .await
                .expect(202)["id"]
                .clone();
            wishes.push(Wish { key, id });
        }
    }
    app.all_ended_once(&wishes).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_in_a_row_lose_and_double_nothing() {
    let mut app = TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "100000")]).await;
    let load = Load::start(&app, 8, vec![app.url.clone()]);
    for _ in 0..ROUNDS {
        stop(&mut app).await;
        app.restart_after_stop().await;
        load.moved(vec![app.url.clone()]);
        assert!(load.is_well(), "{}", app.log());
    }
    let wishes = load.stop().await;
    app.all_ended_once(&wishes).await;
}

/// Stops the server while this test's other tasks go on.
async fn stop(app: &mut TestApp) -> Duration {
    tokio::task::block_in_place(|| app.process.stop())
}

/// Sends wishes one after the other, until one is not answered; returns those
/// that were, and the key of the last.
fn until_refused(app: &TestApp, name: String) -> impl Future<Output = (Vec<Wish>, String)> + Send + 'static {
    // A connection of its own, which the server finds in any state.
    let http = Client::new();
    let (url, credential) = (app.url.clone(), app.demo.clone());
    async move {
        let mut answered = Vec::new();
        for at in 0.. {
            let key = format!("{name} wish {at}");
            let mut request = wish(&http, &url, &credential, &key);
            if at % 4 == 0 {
                request = request.header("Prefer", "wait=60");
            }
            match Answer::try_of(request).await {
                Ok(answer) => {
                    assert!(matches!(answer.status, 201 | 202), "{}", answer.json);
                    let id = answer.json["id"].clone();
                    answered.push(Wish { key, id });
                }
                Err(_) => return (answered, key),
            }
        }
        unreachable!("every server stops")
    }
}

fn wish(http: &Client, url: &str, credential: &str, key: &str) -> reqwest::RequestBuilder {
    http.post(format!("{url}/v1/generations"))
        .bearer_auth(credential)
        .header("Idempotency-Key", key)
        .json(&json!({"model": "sandbox-image", "input": {"prompt": "a boat", "size": "256x256"}}))
}
