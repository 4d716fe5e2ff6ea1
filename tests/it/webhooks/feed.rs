//! Pulling events: none is missed, none comes twice, none is another's.

use futures_util::StreamExt as _;
use harness::{TestApp, each, text};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

#[tokio::test]
async fn who_pulls_onwards_misses_nothing_and_sees_nothing_twice() {
    let app = TestApp::start().await;
    app.generate(&app.demo, "the first").await;
    app.advance("PT0S").await;
    let mut last = newest(&app).await;
    // Moves race each other while someone reads.
    let making = async {
        let all = futures_util::stream::iter(0..40).map(|at| {
            let prompt = if at % 2 == 0 { "sandbox:fail" } else { "a boat" };
            app.generate(&app.demo, prompt)
        });
        all.buffer_unordered(8).collect::<Vec<_>>().await
    };
    let mut making = std::pin::pin!(making);
    let (mut seen, mut made): (Vec<Value>, Option<Vec<Value>>) = (Vec::new(), None);
    loop {
        if made.is_none() {
            tokio::select! {
                all = &mut making => {
                    made = Some(all);
                    app.advance("PT0S").await;
                }
                () = tokio::time::sleep(std::time::Duration::from_millis(20)) => {}
            }
        }
        let path = format!("/v1/events?limit=7&after={last}");
        let page = app.get(&path, &app.demo).await.expect(200);
        let events = page["data"].as_array().expect("a page");
        seen.extend(events.iter().cloned());
        match events.last() {
            Some(event) => text(&event["id"]).clone_into(&mut last),
            None if made.is_some() => break,
            None => {}
        }
    }
    let made = made.expect("all");
    let mut ids: Vec<&str> = seen.iter().map(|event| text(&event["id"])).collect();
    assert_eq!(ids.len(), 80, "forty began and ended");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 80, "none came twice");
    for generation in &made {
        let of = seen.iter().filter(|event| event["subject"] == generation["id"]);
        let kinds: Vec<&str> = of.map(|event| text(&event["type"])).collect();
        let end = format!("generation.{}", text(&generation["status"]));
        assert_eq!(kinds, ["generation.started", &end]);
    }
}

#[tokio::test]
async fn who_begins_at_the_newest_misses_none_that_was_committed_late() {
    let mut app = TestApp::start().await;
    app.generate(&app.demo, "a boat").await;
    app.advance("PT0S").await;
    let before = newest(&app).await;
    // From here on nothing gets its place in the order.
    app.process.stop();
    app.start_again(&["serve", "--no-worker"]).await;
    // Another process's: its id is made now, and its commit comes later.
    let (start, last) = before.split_at(before.len() - 1);
    let late = format!("{start}{}", if last == "z" { "y" } else { "z" });
    let connection = app.connect().await;
    let run = async |sql: &str| {
        connection.execute_unprepared(sql).await.expect("it runs");
    };
    let insert = format!(
        "INSERT INTO event (id, account_id, livemode, kind, subject, data, created_at)
         SELECT '{late}', account_id, livemode, kind, subject, data, created_at
         FROM event WHERE kind = 'generation.started' LIMIT 1"
    );
    if app.is_postgres() {
        run("BEGIN").await;
        run(&insert).await;
    }
    let bought = buy(&app).await;
    let began = newest(&app).await;
    let onwards = format!("/v1/events?after={began}");
    let at_once = app.get(&onwards, &app.demo).await.expect(200);
    assert_eq!(
        (&at_once["data"], &at_once["has_more"]),
        (&json!([]), &json!(false))
    );
    // SQLite has one writer: what is late there came while nobody gave places.
    run(if app.is_postgres() { "COMMIT" } else { &insert }).await;
    connection.close().await.expect("the connection closes");

    app.restart().await;
    app.advance("PT0S").await;
    let page = app.get(&onwards, &app.demo).await.expect(200);
    let mut told = each(&page, "id");
    assert!(told.contains(&late.as_str()), "{late} is missed: {told:?}");
    assert!(each(&page, "subject").contains(&text(&bought["id"])), "{page}");
    assert_eq!(told.len(), 2);
    told.dedup();
    assert_eq!(told.len(), 2);
}

/// The id of the newest event that is shown.
async fn newest(app: &TestApp) -> String {
    let page = app.get("/v1/events?limit=1", &app.demo).await.expect(200);
    text(&page["data"][0]["id"]).to_owned()
}

/// Buys a pack, which is paid at once.
async fn buy(app: &TestApp) -> Value {
    let wish = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
    bought
}

#[tokio::test]
async fn a_list_is_filtered_and_paged() {
    let app = TestApp::start().await;
    let failed = app.generate(&app.demo, "sandbox:fail").await;
    let made = app.generate(&app.demo, "a boat").await;
    app.advance("PT0S").await;
    let list = async |query: &str| {
        app.get(&format!("/v1/events{query}"), &app.demo)
            .await
            .expect(200)
    };

    let all = list("").await;
    assert_eq!(each(&all, "type").len(), 4);
    assert_eq!(each(&all, "type")[0], "generation.succeeded", "newest first");
    let of_one = list(&format!("?subject={}", text(&failed["id"]))).await;
    assert_eq!(each(&of_one, "type"), ["generation.failed", "generation.started"]);
    assert_eq!(of_one["data"][0]["data"]["error"]["code"], "provider_failed");
    let ends = list("?type=generation.succeeded").await;
    assert_eq!(each(&ends, "subject"), [text(&made["id"])]);
    assert_eq!(
        each(&list("?created_before=2020-01-01T00:00:00Z").await, "id").len(),
        0
    );
    assert_eq!(
        each(&list("?created_after=2020-01-01T00:00:00Z").await, "id").len(),
        4
    );

    let oldest = each(&all, "id")[3];
    let first = list(&format!("?after={oldest}&limit=2")).await;
    assert_eq!(first["has_more"], true);
    let path = format!("?after={oldest}&limit=2&cursor={}", text(&first["next_cursor"]));
    let second = list(&path).await;
    let mut onwards = [each(&first, "id"), each(&second, "id")].concat();
    onwards.reverse();
    assert_eq!(onwards, each(&all, "id")[..3]);

    let stranger = app.account().await;
    let own = app.get("/v1/events", &stranger.key).await.expect(200);
    assert_eq!(own["data"], json!([]));
    let path = format!("/v1/events?after={oldest}");
    app.get(&path, &stranger.key)
        .await
        .problem(400, "invalid_request");
    app.get("/v1/events?after=evt_x", &app.demo)
        .await
        .problem(400, "invalid_request");
}

#[tokio::test]
async fn money_that_comes_and_goes_is_told() {
    let app = super::start().await;
    let receiver = harness::Receiver::answering(200).await;
    super::endpoint(&app, &receiver.url, &[]).await;
    let wish = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    for outcome in [
        "paid",
        "paid",
        "disputed",
        "dispute_won",
        "refunded",
        "dispute_lost",
    ] {
        app.post(&checkout, "", &json!({"outcome": outcome}))
            .await
            .expect(200);
    }
    super::fits(&app, &receiver.wait_for(5).await).await;
    let told = app.get("/v1/events", &app.demo).await.expect(200);
    assert_eq!(
        each(&told, "type"),
        [
            "purchase.dispute_lost",
            "purchase.refunded",
            "purchase.dispute_won",
            "purchase.disputed",
            "purchase.paid"
        ]
    );
    assert_eq!(each(&told, "subject"), [text(&bought["id"]); 5]);
    app.advance("PT0S").await;
}

#[tokio::test]
async fn events_and_deliveries_are_forgotten_after_thirty_days() {
    let app = super::start().await;
    let receiver = harness::Receiver::answering(200).await;
    super::endpoint(&app, &receiver.url, &[]).await;
    app.generate(&app.demo, "a boat").await;
    receiver.wait_for(2).await;
    app.advance("P29D").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM delivery").await, 2);
    app.advance("P2D").await;
    for table in ["event", "delivery", "delivery_lane"] {
        let left = app.count(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert_eq!(left, 0, "{table}");
    }
}
