//! Prices have versions, and what was admitted under one is settled by it.

use harness::{TestApp, text};
use serde_json::json;

use super::rows::picture;

/// A worker that holds nobody up and takes nothing: what is asked stays queued.
const IDLE: &[&str] = &["serve", "--no-worker"];

#[tokio::test]
async fn a_price_is_changed_while_the_server_runs() {
    let app = TestApp::configured(&picture("painter", "v1", "2", ""), &[]).await;
    let price = async || {
        let model = app.get("/v1/models/painter", "").await;
        let etag = model.header("etag").to_owned();
        let model = model.expect(200);
        (
            etag,
            text(&model["price_version"]).to_owned(),
            model["pricing"][0]["credits"].clone(),
        )
    };
    let before = price().await;
    let said = app.reconfigure(&picture("painter", "v2", "3", "")).await;
    assert!(said.contains("read again: 1 models"), "{said}");
    let after = price().await;
    assert_eq!((after.1.as_str(), &after.2), ("v2", &json!("3")));
    assert_ne!(before.0, after.0, "the ETag changes with the price");
    let made = app.make(&app.demo, "painter", json!({"prompt": "a pear"})).await;
    assert_eq!(
        (&made["cost"]["captured"], &made["cost"]["price_version"]),
        (&json!("3"), &json!("v2"))
    );
}

#[tokio::test]
async fn a_reading_that_can_not_be_used_changes_nothing() {
    let app = TestApp::configured(&picture("painter", "v1", "2", ""), &[]).await;
    let before = app.get("/v1/models", "").await.expect(200);
    for (file, why) in [
        (
            picture("painter", "v1", "3", ""),
            "give them a new `price_version`",
        ),
        (
            picture("painter", "v2", "3", "shutdown_at = 2027-01-01"),
            "without `deprecated_at`",
        ),
        (
            picture("painter", "v2", "3", "replaced_by = \"nobody\""),
            "`nobody`, which is no row",
        ),
        (picture("painter", "v2", "3", "colour = \"red\""), "colour"),
        ("[[models]".to_owned(), "no TOML"),
    ] {
        let said = app.reconfigure(&file).await;
        assert!(said.contains("stays as it was") && said.contains(why), "{said}");
        assert_eq!(app.get("/v1/models", "").await.expect(200), before);
    }
    app.write_configuration("");
}

#[tokio::test]
async fn the_same_version_with_other_prices_does_not_start() {
    let mut app = TestApp::configured(&picture("painter", "v1", "2", ""), &[]).await;
    app.process.stop();
    app.write_configuration(&picture("painter", "v1", "3", ""));
    let output = app.run(&["serve"]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    let wanted = "`painter` has had other prices under the version `v1`: give them a new `price_version`";
    assert!(said.contains(wanted), "{said}");
    // An old version may come back as it was.
    for (version, credits) in [("v2", "3"), ("v1", "2")] {
        app.write_configuration(&picture("painter", version, credits, ""));
        app.restart_after_stop().await;
        app.process.stop();
    }
    app.restart_after_stop().await;
}

#[tokio::test]
async fn what_waits_is_settled_by_the_price_that_it_was_admitted_under() {
    let mut app = TestApp::configured(&picture("painter", "v1", "2", ""), &[]).await;
    app.process.stop();
    app.start_again(IDLE).await;
    let body = json!({"model": "painter", "input": {"prompt": "sandbox:partial", "n": 4}});
    let queued = app.post("/v1/generations", &app.demo, &body).await.expect(202);
    assert_eq!(queued["cost"]["held"], "8");
    // Cheaper and dearer alike: once by reading again, once by a restart.
    for (version, credits) in [("v2", "0.5"), ("v3", "100")] {
        app.reconfigure(&picture("painter", version, credits, "")).await;
        let row = app.generation(&app.demo, &queued["id"]).await.expect(200);
        assert_eq!(row["cost"], queued["cost"]);
    }
    app.process.stop();
    app.restart_after_stop().await;
    let made = app.ended(&app.demo, &queued["id"]).await;
    assert_eq!(
        made["cost"],
        json!({"estimated": "8", "held": "8", "captured": "4", "released": "4", "price_version": "v1"})
    );
    let next = app.make(&app.demo, "painter", json!({"prompt": "a pear"})).await;
    assert_eq!(
        (&next["cost"]["captured"], &next["cost"]["price_version"]),
        (&json!("100"), &json!("v3"))
    );
}
