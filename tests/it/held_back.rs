//! A batch takes neither a key nor an account past what it may have under way.

use harness::{Account, Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

fn picture(prompt: &str) -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}})
}

/// A key with a limit of its own, and where it is.
async fn limited(app: &TestApp, owner: &Account, limit: u32) -> (String, String) {
    let body = json!({
        "name": "a key", "scopes": harness::SCOPES, "rate": {"concurrent_generations": limit},
    });
    let key = app.post("/v1/keys", &owner.session, &body).await.expect(201);
    (
        text(&key["secret"]).to_owned(),
        format!("/v1/keys/{}", text(&key["id"])),
    )
}

async fn batch(app: &TestApp, key: &str, count: usize, prompt: &str) -> Value {
    let body = json!({"generations": vec![picture(prompt); count]});
    app.post("/v1/batches", key, &body).await.expect(202)
}

/// How many of an account's generations ran at a time at most.
async fn most_at_once(app: &TestApp, key: &str) -> i32 {
    let mut moments = Vec::new();
    let page = app.get("/v1/generations?limit=100", key).await.expect(200);
    for generation in page["data"].as_array().expect("a page") {
        assert_eq!(generation["status"], "succeeded", "{generation}");
        // Who ends makes room for who begins at the same moment.
        moments.push((text(&generation["started_at"]).to_owned(), 1));
        moments.push((text(&generation["ended_at"]).to_owned(), -1));
    }
    moments.sort();
    let mut running = 0;
    let counts = moments.into_iter().map(|(_, change)| {
        running += change;
        running
    });
    counts.max().unwrap_or_default()
}

#[tokio::test]
async fn a_batch_runs_within_the_limit_of_its_key() {
    let app = TestApp::start().await;
    for (limit, most) in [(1, 1), (4, 3)] {
        let owner = app.account().await;
        let (key, path) = limited(&app, &owner, limit).await;
        let accepted = batch(&app, &key, 8, "a pear").await;
        let ended = app.batch_ended(&key, &accepted["id"]).await;
        assert_eq!(ended["counts"]["succeeded"], 8);
        assert!(most_at_once(&app, &key).await <= most, "with a limit of {limit}");
        let shown = app.get(&path, &key).await.expect(200);
        assert_eq!(shown["in_flight"], 0);
    }
}

#[tokio::test]
async fn batches_of_many_keys_run_within_the_limit_of_the_account() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_CONCURRENT_GENERATIONS_PER_ACCOUNT", "2")]).await;
    let owner = app.account().await;
    let mut batches = Vec::new();
    for credentials in [&owner.key, &limited(&app, &owner, 10).await.0, &owner.session] {
        let accepted = batch(&app, credentials, 4, "a pear").await;
        batches.push(accepted["id"].clone());
    }
    for id in batches {
        let ended = app.batch_ended(&owner.key, &id).await;
        assert_eq!(ended["counts"]["succeeded"], 4);
    }
    assert!(most_at_once(&app, &owner.key).await <= 2);
}

#[tokio::test]
async fn a_batch_leaves_room_for_what_is_asked_for_one_by_one_and_takes_what_it_is_given() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, path) = limited(&app, &owner, 4).await;
    let accepted = batch(&app, &key, 8, "sandbox:hang").await;
    let running = async |count: i64| {
        for _ in 0..400 {
            let path = format!("/v1/batches/{}", text(&accepted["id"]));
            let counts = app.get(&path, &key).await.expect(200)["counts"].take();
            assert!(counts["running"].as_i64() <= Some(count), "{counts}");
            if counts["running"] == count {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("no {count} run");
    };
    running(3).await;
    let alone = Answer::of(app.ask(&key, &picture("sandbox:hang")))
        .await
        .expect(202);
    let refused = Answer::of(app.ask(&key, &picture("a pear"))).await;
    refused.problem(429, "concurrency_limit_reached");
    // A higher limit is room.
    let change = json!({"rate": {"concurrent_generations": 8}});
    let request = app.request(Method::PATCH, &path, &owner.session).json(&change);
    Answer::of(request).await.expect(200);
    running(5).await;
    // What waits costs nothing and is canceled with the rest.
    let cancel = format!("/v1/batches/{}/cancel", text(&accepted["id"]));
    app.post(&cancel, &key, &json!(null)).await.expect(200);
    app.cancel(&key, &alone["id"]).await.expect(200);
    app.ended(&key, &alone["id"]).await;
    let ended = app.batch_ended(&key, &accepted["id"]).await;
    assert_eq!(ended["counts"]["canceled"], 8);
    assert_eq!(app.get(&path, &key).await.expect(200)["in_flight"], 0);
}

/// Rows that wait for room have no job, and are in order so.
#[tokio::test]
async fn the_audit_finds_nothing_wrong_with_what_waits_for_room() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let (key, _) = limited(&app, &owner, 1).await;
    let accepted = batch(&app, &key, 4, "sandbox:slow=2").await;
    app.audit();
    app.batch_ended(&key, &accepted["id"]).await;
    app.audit();
}
