//! Purchases of which the processor tells nothing: it is asked, about each of them,
//! and what nobody pays comes to an end.

use harness::{TestApp, each, text};
use serde_json::{Value, json};

const UNTOLD: &str = r#"
    [[offers]]
    id = "untold"
    display_name = "A hundred credits"
    credits = "100"
    prices = [{ amount = 1414, currency = "EUR" }, { amount = 900, currency = "USD" }]
"#;

async fn buy(app: &TestApp, currency: &str) -> Value {
    let wish = json!({
        "offer": "untold", "currency": currency,
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    app.post("/v1/purchases", &app.demo, &wish).await.expect(201)
}

async fn announce(app: &TestApp, purchase: &Value, outcome: &str) -> Value {
    let path = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    let told = app.post(&path, "", &json!({"outcome": outcome})).await;
    told.expect(200)["status"].clone()
}

async fn status(app: &TestApp, purchase: &Value) -> Value {
    let path = format!("/v1/purchases/{}", text(&purchase["id"]));
    app.get(&path, &app.demo).await.expect(200)["status"].clone()
}

#[tokio::test]
async fn a_payment_whose_word_was_lost_is_asked_for() {
    let app = TestApp::configured(UNTOLD, &[]).await;
    let purchase = buy(&app, "EUR").await;
    app.advance("PT9M").await;
    assert_eq!(status(&app, &purchase).await, "pending");
    app.advance("PT2M").await;
    assert_eq!(status(&app, &purchase).await, "paid");
    assert_eq!(app.balance(&app.demo).await[0], "1100");
    // Its word comes after all.
    assert_eq!(announce(&app, &purchase, "paid").await, "paid");
    app.advance("P2D").await;
    assert_eq!(app.balance(&app.demo).await[0], "1100");
    // Until what happened has its place in the order.
    app.advance("PT0S").await;
    let told = app.get("/v1/events", &app.demo).await.expect(200);
    assert_eq!(each(&told, "type"), ["purchase.paid"]);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM purchase WHERE ask_at IS NOT NULL")
            .await,
        0
    );
}

#[tokio::test]
async fn a_payment_that_failed_and_succeeded_unheard_counts() {
    let app = TestApp::configured(UNTOLD, &[]).await;
    let purchase = buy(&app, "EUR").await;
    assert_eq!(announce(&app, &purchase, "failed").await, "failed");
    app.advance("PT11M").await;
    assert_eq!(status(&app, &purchase).await, "paid");
}

#[tokio::test]
async fn what_nobody_pays_expires_and_money_that_comes_late_counts() {
    let app = TestApp::configured(UNTOLD, &[]).await;
    let [abandoned, begun] = [buy(&app, "USD").await, buy(&app, "USD").await];
    assert_eq!(announce(&app, &begun, "pending").await, "pending");
    app.advance("PT23H").await;
    assert_eq!(status(&app, &abandoned).await, "pending");
    app.advance("P1D").await;
    assert_eq!(status(&app, &abandoned).await, "expired");
    // Money that is on its way may take its time.
    assert_eq!(status(&app, &begun).await, "pending");
    app.advance("P27D").await;
    assert_eq!(status(&app, &begun).await, "pending");
    app.advance("P3D").await;
    assert_eq!(status(&app, &begun).await, "expired");
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    for late in [&abandoned, &begun] {
        assert_eq!(announce(&app, late, "failed").await, "expired");
        assert_eq!(announce(&app, late, "paid").await, "paid");
    }
    assert_eq!(app.balance(&app.demo).await[0], "1200");
}

#[tokio::test]
async fn each_gets_its_turn_however_many_there_are() {
    let app = TestApp::configured(UNTOLD, &[]).await;
    for _ in 0..40 {
        buy(&app, "USD").await;
    }
    let last = buy(&app, "EUR").await;
    app.advance("PT11M").await;
    assert_eq!(status(&app, &last).await, "paid");
    let unasked = "SELECT COUNT(*) FROM purchase WHERE ask_at <= created_at + 600000000";
    assert_eq!(app.count(unasked).await, 0);
    app.advance("P2D").await;
    let pending = "SELECT COUNT(*) FROM purchase WHERE status = 'pending' OR ask_at IS NOT NULL";
    assert_eq!(app.count(pending).await, 0);
}
