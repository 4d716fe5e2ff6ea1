//! The life of a generation, and what it costs.

use harness::{Answer, TestApp};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_picture_is_made_stored_and_charged_once() {
    let app = TestApp::start().await;
    let generation = app.generate(&app.demo, "a lighthouse at dawn").await;
    assert_eq!(generation["status"], "succeeded");
    assert_eq!(generation["cost"]["captured"], "1");
    let output = &generation["outputs"][0];
    let url = output["url"]
        .as_str()
        .expect("a link")
        .trim_start_matches(&app.url)
        .to_owned();
    let file = app.get(&url, "").await;
    assert_eq!((file.status, file.header("content-type")), (200, "image/png"));
    assert_eq!(file.bytes.len() as u64, output["bytes"].as_u64().expect("a size"));
    let picture = image::load_from_memory(&file.bytes).expect("a picture");
    assert_eq!((picture.width(), picture.height()), (256, 256));
    assert_eq!(app.balance(&app.demo).await, ["999", "0", "1"]);
    assert_eq!(
        app.entries_of(&app.demo, &generation["id"]).await,
        ["hold", "capture"]
    );
}

#[tokio::test]
async fn a_failure_or_refusal_costs_nothing() {
    let app = TestApp::start().await;
    for (prompt, code) in [
        ("sandbox:fail", "provider_failed"),
        ("sandbox:refuse", "content_refused"),
    ] {
        let generation = app.generate(&app.demo, prompt).await;
        assert_eq!(
            (&generation["status"], &generation["error"]["code"]),
            (&json!("failed"), &json!(code))
        );
        assert_eq!(
            app.entries_of(&app.demo, &generation["id"]).await,
            ["hold", "release"]
        );
    }
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
}

#[tokio::test]
async fn canceling_what_runs_costs_nothing() {
    let app = TestApp::start().await;
    let generation = app.queue(&app.demo, "sandbox:hang").await;
    let id = generation["id"].as_str().expect("an id");
    app.post(&format!("/v1/generations/{id}/cancel"), &app.demo, &json!({}))
        .await
        .expect(200);
    let ended = app.ended(&app.demo, &generation["id"]).await;
    assert_eq!(ended["status"], "canceled");
    assert_eq!(
        app.entries_of(&app.demo, &generation["id"]).await,
        ["hold", "release"]
    );
    let request = app.request(Method::POST, &format!("/v1/generations/{id}/cancel"), &app.demo);
    assert_eq!(Answer::of(request).await.expect(200)["status"], "canceled");
}
