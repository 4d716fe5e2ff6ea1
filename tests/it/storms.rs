//! A thousand at once: no credit is spent twice, nothing is done twice.
//!
//! On PostgreSQL the requests are spread over two server processes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::StreamExt as _;
use harness::{Answer, TestApp};
use rand::RngExt as _;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tokio::time::timeout;

#[tokio::test]
async fn a_balance_of_a_hundred_admits_ten_holds_of_ten() {
    let (app, servers) = servers(&[("TINTYPE_CREDITS_TEST_GRANT", "100")]).await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:hang", "n": 10}});
    let answers = storm(1000, 1000, |at| {
        create(&app, &servers[at % servers.len()]).json(&body)
    })
    .await;

    let (admitted, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 202);
    assert_eq!((admitted.len(), refused.len()), (10, 990));
    for answer in refused {
        let problem = answer.problem(402, "insufficient_credits");
        assert_eq!(problem["required"], "10");
    }
    assert_eq!(app.balance(&app.demo).await, ["0", "100", "0"]);
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 10);
    assert_eq!(app.count("SELECT COUNT(*) FROM hold").await, 10);
    app.audit();

    for answer in admitted {
        cancel(&app, &app.url, &answer.json).await.expect(200);
        assert_eq!(
            app.ended(&app.demo, &answer.json["id"]).await["status"],
            "canceled"
        );
    }
    assert_eq!(app.balance(&app.demo).await, ["100", "0", "0"]);
}

#[tokio::test]
async fn a_thousand_repetitions_are_one_generation_and_one_charge() {
    let (app, servers) = servers(&[]).await;
    let answers = storm(1000, 200, |at| {
        create(&app, &servers[at % servers.len()])
            .header("Idempotency-Key", "a thousand times")
            .json(&picture("the same boat"))
    })
    .await;

    let id = answers[0].json["id"].clone();
    let first: Vec<_> = answers
        .iter()
        .filter(|answer| answer.header("idempotent-replayed").is_empty())
        .collect();
    assert_eq!(first.len(), 1, "one of them did it, the others were told so");
    for answer in &answers {
        assert_eq!((answer.status, &answer.json["id"]), (202, &id));
        assert_eq!(answer.json["input"], first[0].json["input"]);
        assert_eq!(answer.json["cost"]["held"], "1");
    }
    app.ended(&app.demo, &id).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 1);
    assert_eq!(app.entries_of(&app.demo, &id).await, ["hold", "capture"]);
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
}

#[tokio::test]
async fn a_hundred_keys_ten_times_each_are_a_hundred_generations() {
    let (app, servers) = servers(PLENTY).await;
    let answers = storm(1000, 200, |at| {
        let key = at / 10;
        create(&app, &servers[at % servers.len()])
            .header("Idempotency-Key", format!("key {key}"))
            .json(&picture(&format!("boat {key}")))
    })
    .await;

    let mut by_prompt: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for answer in answers {
        let generation = answer.expect(202);
        let prompt = text(&generation["input"]["prompt"]);
        by_prompt
            .entry(prompt)
            .or_default()
            .insert(text(&generation["id"]));
    }
    assert_eq!(by_prompt.len(), 100);
    for (prompt, ids) in &by_prompt {
        assert_eq!(ids.len(), 1, "{prompt}");
    }
    for id in by_prompt.into_values().flatten() {
        app.ended(&app.demo, &json!(id)).await;
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 100);
    assert_eq!(app.balance(&app.demo).await, ["900", "0", "100"]);
}

#[tokio::test]
async fn a_cancel_that_races_the_end_ends_it_once() {
    let (app, servers) = servers(PLENTY).await;
    let generations: Vec<(Value, Vec<Answer>)> = futures_util::stream::iter(0..200)
        .map(|at| race(&app, &servers, at))
        .buffer_unordered(16)
        .collect()
        .await;

    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    for (generation, cancels) in generations {
        let ended = app.ended(&app.demo, &generation["id"]).await;
        let status = text(&ended["status"]);
        // Who was told how it ended was told the truth.
        for cancel in cancels {
            let told = cancel.expect(200);
            assert!(
                told["ended_at"].is_null() || told["status"] == ended["status"],
                "{told} but {ended}"
            );
        }
        let expected = if status == "succeeded" {
            ["hold", "capture"]
        } else {
            ["hold", "release"]
        };
        assert_eq!(app.entries_of(&app.demo, &generation["id"]).await, expected);
        *ends.entry(status).or_default() += 1;
    }
    println!("{ends:?}");
    let spent = ends.get("succeeded").copied().unwrap_or_default();
    for end in ["succeeded", "canceled"] {
        assert!(ends.contains_key(end), "none {end}: no race was run; {ends:?}");
    }
    assert_eq!(
        app.balance(&app.demo).await,
        [(1000 - spent).to_string(), "0".to_owned(), spent.to_string()]
    );
}

#[tokio::test]
async fn a_payment_announced_five_times_at_once_brings_its_credits_once() {
    let (app, servers) = servers(&[]).await;
    let wish = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    for round in 1..=20 {
        let purchase = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
        let path = format!("/sandbox/checkout/{}", text(&purchase["id"]));
        let announced = (0..5).map(|at| {
            // Every other round one event is delivered again and again; in the
            // rest, five events say the same.
            let event = if round % 2 == 0 { 0 } else { at };
            let body = json!({"outcome": "paid", "event": format!("evt_{round}_{event}")});
            let url = format!("{}{path}", servers[at % servers.len()]);
            Answer::of(app.client.post(url).json(&body))
        });
        for answer in futures_util::future::join_all(announced).await {
            assert_eq!(answer.expect(200)["status"], "paid");
        }
        assert_eq!(app.balance(&app.demo).await[0], (1000 + 100 * round).to_string());
    }
    let granted = "SELECT COUNT(*) FROM ledger_entry WHERE kind = 'purchase'";
    assert_eq!(app.count(granted).await, 20);
}

/// Asks for a picture, waits for its end, and at some moment loses patience and
/// cancels it: twice at once, by way of both servers.
async fn race(app: &TestApp, servers: &[String], at: usize) -> (Value, Vec<Answer>) {
    let prompt = match at % 8 {
        0 => "sandbox:fail",
        1 => "sandbox:hang",
        _ => "a boat in a race",
    };
    let request = create(app, &servers[at % servers.len()]).json(&picture(prompt));
    let generation = Answer::of(request).await.expect(202);
    let patience = Duration::from_millis(rand::rng().random_range(0..400));
    drop(timeout(patience, app.ended(&app.demo, &generation["id"])).await);
    let cancels = [&servers[0], &servers[servers.len() - 1]].map(|url| cancel(app, url, &generation));
    (generation.clone(), futures_util::future::join_all(cancels).await)
}

const PLENTY: harness::Settings<'_> = &[("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "1000")];

/// An app with all the servers that its database can carry.
async fn servers(settings: harness::Settings<'_>) -> (TestApp, Vec<String>) {
    let mut app = TestApp::with(settings).await;
    let mut servers = vec![app.url.clone()];
    if app.is_postgres() {
        servers.push(app.another(&[]).await);
    }
    (app, servers)
}

/// Sends `count` requests, so many at once, and returns the answers.
async fn storm(count: usize, at_once: usize, request: impl Fn(usize) -> RequestBuilder) -> Vec<Answer> {
    futures_util::stream::iter(0..count)
        .map(|at| Answer::of(request(at)))
        .buffer_unordered(at_once)
        .collect()
        .await
}

fn create(app: &TestApp, server: &str) -> RequestBuilder {
    app.client
        .post(format!("{server}/v1/generations"))
        .bearer_auth(&app.demo)
}

fn picture(prompt: &str) -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}})
}

async fn cancel(app: &TestApp, server: &str, generation: &Value) -> Answer {
    let id = text(&generation["id"]);
    let request = app
        .client
        .post(format!("{server}/v1/generations/{id}/cancel"))
        .bearer_auth(&app.demo);
    Answer::of(request).await
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
