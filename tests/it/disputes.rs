//! Disputed purchases: won or lost, they come to an end, once, in whatever order it
//! is told.

use futures_util::future::{join, join_all};
use harness::{Answer, TestApp, each, text};
use reqwest::Method;
use serde_json::{Value, json};

async fn start() -> TestApp {
    TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "0")]).await
}

async fn buy(app: &TestApp) -> Value {
    let wish = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    app.post("/v1/purchases", &app.demo, &wish).await.expect(201)
}

async fn tell(app: &TestApp, purchase: &Value, body: Value) -> Value {
    let path = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    app.post(&path, "", &body).await.expect(200)["status"].clone()
}

async fn announce(app: &TestApp, purchase: &Value, outcome: &str) -> Value {
    tell(app, purchase, json!({"outcome": outcome})).await
}

async fn refund(app: &TestApp, purchase: &Value) -> Answer {
    let path = format!("/v1/purchases/{}/refund", text(&purchase["id"]));
    Answer::of(app.request(Method::POST, &path, &app.demo)).await
}

async fn events(app: &TestApp) -> Vec<String> {
    // Until what happened has its place in the order.
    app.advance("PT0S").await;
    let told = app.get("/v1/events", &app.demo).await.expect(200);
    let mut kinds: Vec<String> = each(&told, "type").into_iter().map(str::to_owned).collect();
    kinds.retain(|kind| kind.starts_with("purchase."));
    kinds.reverse();
    kinds
}

#[tokio::test]
async fn a_dispute_that_is_won_gives_back_what_it_took() {
    let app = start().await;
    let purchase = buy(&app).await;
    announce(&app, &purchase, "paid").await;
    app.generate(&app.demo, "a pear").await;
    assert_eq!(announce(&app, &purchase, "disputed").await, "disputed");
    assert_eq!(app.balance(&app.demo).await, ["0", "0", "1"]);
    let refused = refund(&app, &purchase).await.problem(409, "nothing_to_refund");
    assert!(
        text(&refused["detail"]).contains("purchase.dispute_won"),
        "{refused}"
    );
    app.audit();
    for (times, outcome) in [(3, "dispute_won"), (1, "disputed"), (1, "paid")] {
        for _ in 0..times {
            assert_eq!(announce(&app, &purchase, outcome).await, "paid");
            assert_eq!(app.balance(&app.demo).await, ["99", "0", "1"]);
        }
    }
    assert_eq!(
        events(&app).await,
        ["purchase.paid", "purchase.disputed", "purchase.dispute_won"]
    );
    let ledger = app.get("/v1/credits/ledger", &app.demo).await.expect(200);
    assert_eq!(
        each(&ledger, "kind"),
        ["adjust", "refund", "capture", "hold", "purchase"]
    );
    // Another dispute of the same payment is another one.
    let again = json!({"outcome": "disputed", "dispute": "dp_2"});
    assert_eq!(tell(&app, &purchase, again).await, "disputed");
    assert_eq!(app.balance(&app.demo).await, ["0", "0", "1"]);
    let won = json!({"outcome": "dispute_won", "dispute": "dp_2"});
    assert_eq!(tell(&app, &purchase, won).await, "paid");
    assert_eq!(app.balance(&app.demo).await, ["99", "0", "1"]);
    app.audit();
}

#[tokio::test]
async fn a_dispute_that_is_lost_is_final() {
    let app = start().await;
    let purchase = buy(&app).await;
    announce(&app, &purchase, "paid").await;
    announce(&app, &purchase, "disputed").await;
    let lost = json!({"outcome": "dispute_lost", "event": "evt_lost"});
    assert_eq!(tell(&app, &purchase, lost.clone()).await, "charged_back");
    assert_eq!(tell(&app, &purchase, lost).await, "charged_back");
    for late in ["dispute_lost", "dispute_won", "disputed", "paid", "refunded"] {
        assert_eq!(announce(&app, &purchase, late).await, "charged_back");
        assert_eq!(app.balance(&app.demo).await, ["0", "0", "0"]);
    }
    let refused = refund(&app, &purchase).await.problem(409, "nothing_to_refund");
    assert!(text(&refused["detail"]).contains("already"), "{refused}");
    assert_eq!(
        events(&app).await,
        ["purchase.paid", "purchase.disputed", "purchase.dispute_lost"]
    );
    let path = format!("/v1/purchases/{}/receipt", text(&purchase["id"]));
    let receipt = app.get(&path, &app.demo).await.expect(200);
    assert_ne!(receipt["refunded_at"], Value::Null);
    app.audit();
}

#[tokio::test]
async fn the_order_in_which_a_dispute_is_told_changes_nothing() {
    let app = start().await;
    let all = ["paid", "disputed", "dispute_won"];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let purchase = buy(&app).await;
        let [available, ..] = app.balance(&app.demo).await;
        for one in order {
            announce(&app, &purchase, all[one]).await;
        }
        let path = format!("/v1/purchases/{}", text(&purchase["id"]));
        let stands = app.get(&path, &app.demo).await.expect(200);
        assert_eq!(stands["status"], "paid", "{order:?}");
        let more = available.parse::<u32>().unwrap() + 100;
        assert_eq!(app.balance(&app.demo).await[0], more.to_string(), "{order:?}");
    }
    let purchase = buy(&app).await;
    for outcome in ["dispute_lost", "paid", "disputed"] {
        assert_eq!(announce(&app, &purchase, outcome).await, "charged_back");
    }
    assert_eq!(app.balance(&app.demo).await[0], "600");
    app.audit();
}

#[tokio::test]
async fn what_is_held_while_it_is_disputed_goes_when_it_is_released_and_comes_back() {
    let app = start().await;
    let purchase = buy(&app).await;
    announce(&app, &purchase, "paid").await;
    let [held, spent] = [app.hang(&app.demo).await, app.hang(&app.demo).await];
    let [available, reserved, _] = app.balance(&app.demo).await;
    announce(&app, &purchase, "disputed").await;
    assert_eq!(
        app.balance(&app.demo).await,
        ["0", reserved.as_str(), "0"],
        "{available}"
    );
    app.cancel(&app.demo, &held["id"]).await.expect(200);
    app.ended(&app.demo, &held["id"]).await;
    assert_eq!(app.balance(&app.demo).await[0], "0");
    app.audit();
    announce(&app, &purchase, "dispute_won").await;
    app.cancel(&app.demo, &spent["id"]).await.expect(200);
    app.ended(&app.demo, &spent["id"]).await;
    assert_eq!(app.balance(&app.demo).await, ["100", "0", "0"]);
    app.audit();
}

#[tokio::test]
async fn the_time_of_a_dispute_is_added_to_the_life_of_the_credits() {
    let app = start().await;
    let wish = json!({
        "offer": "pack-1000",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    let purchase = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    announce(&app, &purchase, "paid").await;
    app.advance("P360D").await;
    announce(&app, &purchase, "disputed").await;
    app.advance("P60D").await;
    announce(&app, &purchase, "dispute_won").await;
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    app.advance("P4D").await;
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    app.advance("P2D").await;
    assert_eq!(app.balance(&app.demo).await[0], "0");
    app.audit();
}

#[tokio::test]
async fn a_refund_and_a_dispute_return_the_money_once() {
    let app = start().await;
    // The processor says that it was refunded while it is disputed.
    let refunded = buy(&app).await;
    for (outcome, stands) in [
        ("paid", "paid"),
        ("disputed", "disputed"),
        ("refunded", "refunded"),
        ("dispute_won", "refunded"),
    ] {
        assert_eq!(announce(&app, &refunded, outcome).await, stands);
    }
    // A refund is under way when the dispute opens.
    let both = buy(&app).await;
    announce(&app, &both, "paid").await;
    refund(&app, &both).await.expect(200);
    announce(&app, &both, "disputed").await;
    app.advance("PT0S").await;
    announce(&app, &both, "dispute_won").await;
    app.advance("PT0S").await;
    let path = format!("/v1/purchases/{}", text(&both["id"]));
    let status = app.get(&path, &app.demo).await.expect(200)["status"].clone();
    let [available, ..] = app.balance(&app.demo).await;
    assert!(
        (status == "refunded" && available == "0") || (status == "paid" && available == "100"),
        "{status} {available}"
    );
    app.audit();
}

#[tokio::test]
async fn many_deliveries_at_once_settle_a_dispute_once() {
    let app = start().await;
    let purchase = buy(&app).await;
    announce(&app, &purchase, "paid").await;
    announce(&app, &purchase, "disputed").await;
    let body = json!({"outcome": "dispute_won", "event": "evt_won"});
    let same = (0..8).map(|_| tell(&app, &purchase, body.clone()));
    let other = (0..8).map(|_| announce(&app, &purchase, "dispute_won"));
    join(join_all(same), join_all(other)).await;
    assert_eq!(app.balance(&app.demo).await, ["100", "0", "0"]);
    assert_eq!(
        events(&app).await,
        ["purchase.paid", "purchase.disputed", "purchase.dispute_won"]
    );
    app.audit();
}
