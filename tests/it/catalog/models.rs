//! `/v1/models`: what can be made, for everyone to see.

use harness::{Answer, TestApp, each, text};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_list_is_public_and_whole() {
    let app = TestApp::start().await;
    let page = app.get("/v1/models", "").await.expect(200);
    assert_eq!(each(&page, "kind"), ["image", "video", "speech", "text"]);
    for model in page["data"].as_array().expect("models") {
        assert_eq!(model["processing"]["countries"], json!(["ZZ"]));
        assert_eq!(model["charge_policy"], "on_success");
        assert!(!model["pricing"].as_array().expect("lines").is_empty());
        // Its schema is the validator itself: JSON Schema 2020-12.
        assert_eq!(
            model["input_schema"]["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
    }
    let image = &page["data"][0];
    assert_eq!(image["pricing"][0]["unit"], "image");
    assert_eq!(image["pricing"][0]["multipliers"]["quality"]["high"], "2");
    // Wrong credentials don't hurt where none are asked for.
    app.get("/v1/models", "tt_test_wrong").await.expect(200);
}

#[tokio::test]
async fn one_model_is_found_by_id_and_by_alias() {
    let app = TestApp::start().await;
    let by_id = app.get("/v1/models/sandbox-video", "").await.expect(200);
    let by_alias = app.get("/v1/models/video", "").await.expect(200);
    assert_eq!((&by_id, text(&by_id["id"])), (&by_alias, "sandbox-video"));
    for nobody in ["sandbox-smell", "Sandbox-Video", "%00", "..%2Fkeys"] {
        app.get(&format!("/v1/models/{nobody}"), "")
            .await
            .problem(404, "not_found");
    }
}

#[tokio::test]
async fn who_has_it_already_is_told_so() {
    let app = TestApp::start().await;
    for path in ["/v1/models", "/v1/models/image"] {
        let first = app.get(path, "").await;
        let etag = first.header("etag").to_owned();
        assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");
        assert_eq!(first.header("cache-control"), "public, max-age=60");
        let ask = async |known: &str| {
            Answer::of(app.request(Method::GET, path, "").header("If-None-Match", known)).await
        };
        for known in [&etag, &format!("W/{etag}"), &format!("\"other\", {etag}"), "*"] {
            let again = ask(known).await;
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{known}");
            assert_eq!(again.header("etag"), etag);
        }
        assert_eq!(ask("\"other\"").await.status, 200);
    }
}

#[tokio::test]
async fn models_are_rows_of_configuration() {
    let rows = r#"
        [[models]]
        id = "only-one"
        kind = "image"
        display_name = "The only one"
        provider = "sandbox"
        countries = ["DE"]
        mechanism = "none"
        price_version = "v2"
        timeout_seconds = 60
        input_schema = '{"type": "object", "required": ["prompt"], "properties": {"prompt": {"type": "string"}}}'
        [[models.pricing]]
        unit = "image"
        credits = "2.5"
    "#;
    let app = TestApp::configured(rows, &[]).await;
    assert_eq!(
        each(&app.get("/v1/models", "").await.expect(200), "id"),
        ["only-one"]
    );
    let made = app.make(&app.demo, "only-one", json!({"prompt": "a pear"})).await;
    assert_eq!(
        (&made["cost"]["captured"], &made["cost"]["price_version"]),
        (&json!("2.5"), &json!("v2"))
    );
    assert_eq!(made["provenance"]["countries"], json!(["DE"]));
}
