//! Whose turn it is: accounts take turns, and what one provider lets wait holds up
//! nothing else.

use harness::{Account, TestApp, text};
use serde_json::{Value, json};

/// Puts so many pictures in the queue, which is held up by one that hangs.
async fn queue(app: &TestApp, owner: &Account, count: usize) -> Vec<Value> {
    let mut queued = Vec::new();
    for _ in 0..count {
        queued.push(app.queue(&owner.key, "a boat").await["id"].clone());
    }
    queued
}

/// When each began, in the order in which they began.
async fn order(app: &TestApp, all: &[(&Account, &[Value])]) -> Vec<String> {
    let mut begun = Vec::new();
    for (owner, ids) in all {
        for id in *ids {
            let ended = app.ended(&owner.key, id).await;
            begun.push((text(&ended["started_at"]).to_owned(), owner.email.clone()));
        }
    }
    begun.sort();
    begun.into_iter().map(|(_, owner)| owner).collect()
}

#[tokio::test]
async fn accounts_take_turns_however_much_each_has_queued() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let [busy, other, third] = [app.account().await, app.account().await, app.account().await];
    let held_up = app.hang(&busy.key).await;
    let many = queue(&app, &busy, 40).await;
    let few = queue(&app, &other, 2).await;
    let one = queue(&app, &third, 1).await;
    app.cancel(&busy.key, &held_up["id"]).await.expect(200);

    let order = order(&app, &[(&busy, &many), (&other, &few), (&third, &one)]).await;
    let place = |owner: &Account| order.iter().position(|email| *email == owner.email);
    // Within the first round each is served once, before the busy account's second.
    assert!(place(&other) < Some(3) && place(&third) < Some(3), "{order:?}");
    let last = order.iter().rposition(|email| *email == other.email);
    assert!(last < Some(6), "{order:?}");
}

#[tokio::test]
async fn one_waits_for_a_single_job_behind_ten_thousand_of_another() {
    let mut app = TestApp::with(&[
        ("TINTYPE_WORKER_CONCURRENCY", "1"),
        ("TINTYPE_CREDITS_TEST_GRANT", "1000000"),
        ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "100000"),
        ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS_PER_ACCOUNT", "100000"),
    ])
    .await;
    let [busy, other] = [app.account().await, app.account().await];
    let running = app.hang(&busy.key).await;
    let line = json!({"model": "sandbox-text", "input": {"prompt": "a line", "max_tokens": 10}});
    let thousand = json!({"generations": vec![line; 1000]});
    for _ in 0..10 {
        app.post("/v1/batches", &busy.key, &thousand).await.expect(202);
    }
    let asked = app.queue(&other.key, "a boat").await;
    assert_eq!(
        app.count("SELECT COUNT(*) FROM generation WHERE status = 'queued'")
            .await,
        10_001
    );
    app.cancel(&busy.key, &running["id"]).await.expect(200);
    app.ended(&other.key, &asked["id"]).await;

    let sooner = format!(
        "SELECT COUNT(*) FROM generation WHERE batch_id IS NOT NULL AND started_at <
         (SELECT started_at FROM generation WHERE id = '{}')",
        text(&asked["id"])
    );
    // A worker that was looking just then may have taken one.
    assert!(app.count(&sooner).await <= 1);
    app.leave_jobs();
}

#[tokio::test]
async fn a_provider_runs_no_more_at_a_time_than_it_allows() {
    let rows = r#"
        [[providers]]
        name = "sandbox"
        concurrency = 2
    "#;
    let mut app = TestApp::configured(rows, &[]).await;
    let owner = app.account().await;
    let [first, second] = [app.hang(&owner.key).await, app.hang(&owner.key).await];
    if app.is_postgres() {
        app.another(&[]).await;
    }
    let third = app.queue(&owner.key, "a boat").await;
    // Jobs of the house go on meanwhile: mails are sent, in a lane of their own.
    app.account().await;
    app.advance("PT0S").await;
    let waiting = app.generation(&owner.key, &third["id"]).await.expect(200);
    assert_eq!(waiting["status"], "queued");

    app.cancel(&owner.key, &first["id"]).await.expect(200);
    assert_eq!(app.ended(&owner.key, &third["id"]).await["status"], "succeeded");
    app.cancel(&owner.key, &second["id"]).await.expect(200);
    app.ended(&owner.key, &second["id"]).await;
}

#[tokio::test]
async fn a_provider_is_begun_no_more_often_a_minute_than_it_allows() {
    let rows = r#"
        [[providers]]
        name = "sandbox"
        requests_per_minute = 3
        requests_per_day = 4
    "#;
    let app = TestApp::configured(rows, &[]).await;
    let owner = app.account().await;
    let ids = queue(&app, &owner, 6).await;
    let succeeded = async || {
        let page = app
            .get("/v1/generations?status=succeeded", &owner.key)
            .await
            .expect(200);
        page["data"].as_array().expect("a page").len()
    };
    // Not all may fall into one minute, but no minute has more than three.
    for id in &ids[..3] {
        app.ended(&owner.key, id).await;
    }
    assert!(succeeded().await <= 4);
    app.advance("PT1M").await;
    app.ended(&owner.key, &ids[3]).await;
    app.advance("PT1M").await;
    assert_eq!(succeeded().await, 4, "the day's are used up");
    for id in &ids[4..] {
        let waiting = app.generation(&owner.key, id).await.expect(200);
        assert_eq!(waiting["status"], json!("queued"));
        app.cancel(&owner.key, id).await.expect(200);
    }
}
