//! What a generation costs: known before, never more, nothing for what did not come.

use harness::TestApp;
use serde_json::{Value, json};

/// Estimated, held, captured, released.
fn cost(generation: &Value) -> [&str; 4] {
    ["estimated", "held", "captured", "released"].map(|name| harness::text(&generation["cost"][name]))
}

#[tokio::test]
async fn a_price_follows_the_pricing_lines() {
    let app = TestApp::start().await;
    let image =
        |quality: &str, n: u32| json!({"prompt": "a pear", "size": "256x256", "quality": quality, "n": n});
    for (model, input, price) in [
        ("sandbox-image", image("medium", 1), "1"),
        ("sandbox-image", image("medium", 3), "3"),
        ("sandbox-image", image("low", 1), "0.5"),
        ("sandbox-image", image("high", 2), "4"),
        ("sandbox-video", json!({"prompt": "a pear", "seconds": 2}), "4"),
        // Six characters of a thousand that cost three credits; a letter counts once.
        ("sandbox-speech", json!({"prompt": "grüßen"}), "0.018"),
    ] {
        let made = app.make(&app.demo, model, input).await;
        assert_eq!(cost(&made), [price, price, price, "0"], "{model}");
    }
}

#[tokio::test]
async fn a_text_costs_what_it_took_and_never_more_than_estimated() {
    let app = TestApp::start().await;
    let input = json!({"prompt": "Tell me of the sea.", "max_tokens": 1000});
    let made = app.make(&app.demo, "sandbox-text", input).await;
    let [estimated, held, captured, released] = cost(&made);
    let amount = |text: &str| text.parse::<entity::Credits>().expect("an amount");
    assert_eq!(estimated, held);
    assert!(amount(captured) > entity::Credits::ZERO && amount(captured) <= amount(held));
    assert_eq!(amount(captured) + amount(released), amount(held));
    let [_, open, spent] = app.balance(&app.demo).await;
    assert_eq!((open.as_str(), spent.as_str()), ("0", captured));
}

#[tokio::test]
async fn a_part_is_charged_as_a_part() {
    let app = TestApp::start().await;
    let input = json!({"prompt": "sandbox:partial", "size": "256x256", "n": 4});
    let made = app.make(&app.demo, "sandbox-image", input).await;
    assert_eq!(made["status"], "succeeded");
    assert_eq!(made["outputs"].as_array().expect("outputs").len(), 2);
    assert_eq!(cost(&made), ["4", "4", "2", "2"]);
    let entries = app.entries_of(&app.demo, &made["id"]).await;
    assert_eq!(entries, ["hold", "capture", "release"]);

    let clip = json!({"prompt": "sandbox:partial", "seconds": 4});
    let made = app.make(&app.demo, "sandbox-video", clip).await;
    assert_eq!(made["outputs"][0]["seconds"], 2.0);
    assert_eq!(cost(&made), ["8", "8", "4", "4"]);

    // Half of one picture is none.
    let made = app.generate(&app.demo, "sandbox:partial").await;
    assert_eq!(made["status"], "failed");
    assert_eq!(app.balance(&app.demo).await, ["994", "0", "6"]);
}

#[tokio::test]
async fn nothing_runs_beyond_the_cost_that_was_allowed() {
    let app = TestApp::start().await;
    let body = |max_cost: &str| {
        json!({
            "model": "sandbox-image", "max_cost": max_cost,
            "input": {"prompt": "a pear", "size": "256x256", "n": 2},
        })
    };
    let refused = app.post("/v1/generations", &app.demo, &body("1.999999")).await;
    let refused = refused.problem(422, "max_cost_exceeded");
    assert_eq!(
        (&refused["estimated"], &refused["max_cost"]),
        (&json!("2"), &json!("1.999999"))
    );
    let made = app
        .post("/v1/generations", &app.demo, &body("2"))
        .await
        .expect(202);
    app.ended(&app.demo, &made["id"]).await;
    for bad in ["-1", "1e3", "0.0000001", "", "99999999999999999999"] {
        app.post("/v1/generations", &app.demo, &body(bad))
            .await
            .problem(400, "invalid_request");
    }
}
