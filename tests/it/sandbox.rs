//! `/sandbox`: where time can be moved and buyers are played; absent elsewhere.

use harness::{TestApp, text};
use serde_json::json;

fn time(text: &str) -> jiff::Timestamp {
    text.parse().expect("a time")
}

#[tokio::test]
async fn the_clock_moves_by_the_calendar_and_never_back() {
    let app = TestApp::start().await;
    let before = time(text(&app.advance("PT0S").await["now"]));
    let after = time(text(&app.advance("P30D").await["now"]));
    let passed = after.duration_since(before).as_secs();
    assert!(
        (30 * 86_400..30 * 86_400 + 60).contains(&passed),
        "{passed} seconds"
    );
    // What is made now is dated now.
    let made = app.generate(&app.demo, "a pear").await;
    assert!(time(text(&made["created_at"])) >= after);
    for (advance, status, code) in [
        ("-P1D", 422, "invalid_input"),
        ("P101Y", 422, "invalid_input"),
        ("tomorrow", 400, "invalid_request"),
        ("", 400, "invalid_request"),
        ("30 days", 400, "invalid_request"),
    ] {
        let refused = app.post("/sandbox/clock", "", &json!({"advance": advance})).await;
        refused.problem(status, code);
    }
}

#[tokio::test]
async fn the_clock_stays_where_it_was_put() {
    let mut app = TestApp::start().await;
    let moved = time(text(&app.advance("P1Y").await["now"]));
    app.restart().await;
    assert!(time(text(&app.advance("PT0S").await["now"])) >= moved);
}

#[tokio::test]
async fn a_checkout_is_a_page_for_people() {
    let app = TestApp::start().await;
    let wish = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/?a=1&b=\"><script>", "cancel_url": "https://studio.example/",
    });
    let purchase = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    let page = app.open(&purchase["checkout_url"]).await;
    assert_eq!(
        (page.status, page.header("referrer-policy")),
        (200, "no-referrer")
    );
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    let html = String::from_utf8_lossy(&page.bytes);
    assert!(html.contains("9.00") && !html.contains("<script"), "{html}");
}

#[tokio::test]
async fn in_production_there_is_none() {
    let app = TestApp::with(&[("TINTYPE_SANDBOX_ENABLED", "false")]).await;
    assert_eq!(app.demo, "", "no demo key");
    app.post("/sandbox/clock", "", &json!({"advance": "P1D"}))
        .await
        .problem(404, "not_found");
    app.get("/sandbox/outbox", "").await.problem(404, "not_found");
    app.post(
        "/sandbox/checkout/pur_01k9yx3b1mfz0q4r7s8t2v5w6x",
        "",
        &json!({"outcome": "paid"}),
    )
    .await
    .problem(404, "not_found");
    assert_eq!(app.get("/v1/models", "").await.expect(200)["data"], json!([]));
}
