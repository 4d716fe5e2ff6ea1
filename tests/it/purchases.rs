//! `/v1/offers` and `/v1/purchases`: paid once whatever is announced how often.

use harness::{Answer, TestApp, each, text};
use reqwest::Method;
use serde_json::{Value, json};

fn wish() -> Value {
    json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    })
}

async fn buy(app: &TestApp, key: &str) -> Value {
    app.post("/v1/purchases", key, &wish()).await.expect(201)
}

async fn announce(app: &TestApp, purchase: &Value, body: Value) -> Value {
    let path = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    app.post(&path, "", &body).await.expect(200)
}

fn path_of(purchase: &Value) -> String {
    format!("/v1/purchases/{}", text(&purchase["id"]))
}

#[tokio::test]
async fn offers_are_public() {
    let app = TestApp::start().await;
    let offers = app.get("/v1/offers", "").await.expect(200);
    assert_eq!(each(&offers, "id"), ["pack-100", "pack-1000"]);
    assert_eq!(
        offers["data"][0]["prices"][0],
        json!({"amount": 900, "currency": "EUR"})
    );
    let first = app.get("/v1/offers?limit=1", "").await.expect(200);
    let next = format!("/v1/offers?cursor={}", text(&first["next_cursor"]));
    assert_eq!(each(&app.get(&next, "").await.expect(200), "id"), ["pack-1000"]);
}

#[tokio::test]
async fn a_payment_brings_its_credits_once() {
    let app = TestApp::start().await;
    let purchase = buy(&app, &app.demo).await;
    assert_eq!(
        (&purchase["status"], &purchase["processor"]),
        (&json!("pending"), &json!("sandbox"))
    );
    assert_eq!(purchase["price"], json!({"amount": 900, "currency": "EUR"}));
    assert!(text(&purchase["checkout_url"]).starts_with(&app.url));
    app.get(&format!("{}/receipt", path_of(&purchase)), &app.demo)
        .await
        .problem(409, "conflict");
    assert_eq!(app.balance(&app.demo).await[0], "1000");

    // The same event again, another that says the same, one that comes too late.
    for body in [
        json!({"outcome": "paid", "event": "evt_1"}),
        json!({"outcome": "paid", "event": "evt_1"}),
        json!({"outcome": "paid", "event": "evt_2"}),
        json!({"outcome": "failed"}),
        json!({"outcome": "pending"}),
        json!({"outcome": "paid"}),
    ] {
        assert_eq!(announce(&app, &purchase, body).await["status"], "paid");
        assert_eq!(app.balance(&app.demo).await[0], "1100");
    }
    let receipt = app
        .get(&format!("{}/receipt", path_of(&purchase)), &app.demo)
        .await
        .expect(200);
    assert_eq!(
        (&receipt["price"], &receipt["credits"]),
        (&purchase["price"], &json!("100"))
    );
    let ledger = app.get("/v1/credits/ledger", &app.demo).await.expect(200);
    assert_eq!(each(&ledger, "kind"), ["purchase", "grant"]);
}

#[tokio::test]
async fn a_failed_payment_may_succeed_later() {
    let app = TestApp::start().await;
    let purchase = buy(&app, &app.demo).await;
    assert_eq!(
        announce(&app, &purchase, json!({"outcome": "failed"})).await["status"],
        "failed"
    );
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    assert_eq!(
        announce(&app, &purchase, json!({"outcome": "paid"})).await["status"],
        "paid"
    );
    assert_eq!(app.balance(&app.demo).await[0], "1100");
}

#[tokio::test]
async fn what_is_untouched_is_refunded_once() {
    let app = TestApp::start().await;
    let purchase = buy(&app, &app.demo).await;
    let refund = async || {
        let path = format!("{}/refund", path_of(&purchase));
        Answer::of(app.request(Method::POST, &path, &app.demo)).await
    };
    refund().await.problem(409, "nothing_to_refund");
    announce(&app, &purchase, json!({"outcome": "paid"})).await;
    assert_eq!(refund().await.expect(200)["status"], "refunding");
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    app.advance("PT0S").await;
    let done = app.get(&path_of(&purchase), &app.demo).await.expect(200);
    assert_eq!(done["status"], "refunded");
    assert_eq!(refund().await.expect(200)["status"], "refunded");
    // Money that went back does not come again.
    announce(&app, &purchase, json!({"outcome": "paid"})).await;
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    let receipt = app
        .get(&format!("{}/receipt", path_of(&purchase)), &app.demo)
        .await
        .expect(200);
    assert_ne!(receipt["refunded_at"], Value::Null);
    assert_eq!(receipt["refund"], receipt["price"]);
}

#[tokio::test]
async fn what_is_left_is_refunded_at_its_share_of_the_price() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_TEST_GRANT", "0")]).await;
    let purchase = buy(&app, &app.demo).await;
    announce(&app, &purchase, json!({"outcome": "paid"})).await;
    let refund = async || {
        let path = format!("{}/refund", path_of(&purchase));
        Answer::of(app.request(Method::POST, &path, &app.demo)).await
    };
    app.generate(&app.demo, "a pear").await;
    // What a generation holds may yet be spent.
    let held = app.hang(&app.demo).await;
    let refused = refund().await.problem(409, "conflict");
    assert_eq!(refused["held"], "1");
    assert_eq!(app.balance(&app.demo).await, ["98", "1", "1"]);
    app.cancel(&app.demo, &held["id"]).await.expect(200);
    app.ended(&app.demo, &held["id"]).await;

    let begun = refund().await.expect(200);
    let part = json!({"amount": 891, "currency": "EUR"});
    assert_eq!((&begun["status"], &begun["refund"]), (&json!("refunding"), &part));
    assert_eq!(app.balance(&app.demo).await, ["0", "0", "1"]);
    app.advance("PT0S").await;
    // Once, whoever says so again.
    for outcome in ["refunded", "paid"] {
        let done = announce(&app, &purchase, json!({"outcome": outcome})).await;
        assert_eq!((&done["status"], &done["refund"]), (&json!("refunded"), &part));
    }
    assert_eq!(refund().await.expect(200)["refund"], part);
    assert_eq!(app.balance(&app.demo).await, ["0", "0", "1"]);
    let receipt = app
        .get(&format!("{}/receipt", path_of(&purchase)), &app.demo)
        .await
        .expect(200);
    assert_eq!(
        (&receipt["price"]["amount"], &receipt["refund"]),
        (&json!(900), &part)
    );
}

#[tokio::test]
async fn of_what_is_used_up_nothing_is_refunded() {
    let offers = r#"
        [[offers]]
        id = "one"
        display_name = "One credit"
        credits = "1"
        prices = [{ amount = 9, currency = "EUR" }]
    "#;
    let app = TestApp::configured(offers, &[("TINTYPE_CREDITS_TEST_GRANT", "0")]).await;
    let mut wish = wish();
    wish["offer"] = json!("one");
    let purchase = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    announce(&app, &purchase, json!({"outcome": "paid"})).await;
    app.generate(&app.demo, "a pear").await;
    let path = format!("{}/refund", path_of(&purchase));
    let refused = Answer::of(app.request(Method::POST, &path, &app.demo)).await;
    assert_eq!(refused.problem(409, "nothing_to_refund")["used"], "1");
    assert_eq!(app.balance(&app.demo).await, ["0", "0", "1"]);
}

#[tokio::test]
async fn a_refund_that_the_processor_refuses_gives_the_credits_back() {
    let offers = r#"
        [[offers]]
        id = "unlucky"
        display_name = "Thirteen"
        credits = "13"
        prices = [{ amount = 1313, currency = "EUR" }]
    "#;
    let app = TestApp::configured(offers, &[]).await;
    let mut wish = wish();
    wish["offer"] = json!("unlucky");
    let purchase = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    announce(&app, &purchase, json!({"outcome": "paid"})).await;
    let path = format!("{}/refund", path_of(&purchase));
    Answer::of(app.request(Method::POST, &path, &app.demo))
        .await
        .expect(200);
    app.advance("PT0S").await;
    assert_eq!(
        app.get(&path_of(&purchase), &app.demo).await.expect(200)["status"],
        "paid"
    );
    assert_eq!(app.balance(&app.demo).await[0], "1013");
}

#[tokio::test]
async fn a_repeated_wish_is_one_purchase() {
    let app = TestApp::start().await;
    let send = async |body: &Value| {
        let request = app
            .request(Method::POST, "/v1/purchases", &app.demo)
            .header("Idempotency-Key", "a");
        Answer::of(request.json(body)).await
    };
    let first = send(&wish()).await.expect(201);
    let again = send(&wish()).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(201)["id"], first["id"]);
    let mut other = wish();
    other["offer"] = json!("pack-1000");
    send(&other).await.problem(422, "idempotency_key_reused");
    assert_eq!(
        each(&app.get("/v1/purchases", &app.demo).await.expect(200), "id"),
        [text(&first["id"])]
    );
}

#[tokio::test]
async fn a_wish_that_cant_be_met_is_refused() {
    let app = TestApp::start().await;
    for (member, value, status, code) in [
        ("offer", json!("pack-7"), 422, "unknown_offer"),
        ("currency", json!("JPY"), 422, "unknown_offer"),
        ("processor", json!("stripe"), 422, "invalid_input"),
        ("currency", json!("eur"), 400, "invalid_request"),
        (
            "success_url",
            json!("javascript:alert(1)"),
            400,
            "invalid_request",
        ),
        ("credits", json!("100000"), 400, "invalid_request"),
    ] {
        let mut wish = wish();
        wish[member] = value;
        app.post("/v1/purchases", &app.demo, &wish)
            .await
            .problem(status, code);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM purchase").await, 0);
    let mut dollars = wish();
    dollars["currency"] = json!("USD");
    let bought = app.post("/v1/purchases", &app.demo, &dollars).await.expect(201);
    assert_eq!(bought["price"], json!({"amount": 999, "currency": "USD"}));
}

#[tokio::test]
async fn what_nobody_signed_grants_nothing() {
    let app = TestApp::start().await;
    let purchase = buy(&app, &app.demo).await;
    let body = json!({"id": "evt_1", "purchase": purchase["id"], "outcome": "paid"});
    for signature in ["", "t=0,v1=", "t=1795253400,v1=AAAA", "nonsense"] {
        let request = app.request(Method::POST, "/hooks/sandbox", "");
        let request = request.header("Tintype-Sandbox-Signature", signature).json(&body);
        Answer::of(request).await.problem(400, "invalid_request");
    }
    app.post("/hooks/stripe", "", &body)
        .await
        .problem(404, "not_found");
    assert_eq!(app.balance(&app.demo).await[0], "1000");
    assert_eq!(app.count("SELECT COUNT(*) FROM payment_event").await, 0);
}
