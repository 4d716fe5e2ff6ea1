//! Addresses with letters that a URL parser drops or changes: refused wherever an address
//! is taken, since another one would be called than is shown.

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

const ODD: &[&str] = &[
    "https://h.example/o\r\nBcc: x@y",
    "https://h.example/o\tp",
    "https://h.exa\nmple/",
    "https://h.example/o\r",
    " https://h.example/o",
    "https://h.example/o ",
    "https://h.example/a b",
    "https://h.example/\u{1}",
    "https://h.example/\u{7f}",
    "https://h.exam\u{ad}ple/",
    "https://h.exam\u{200b}ple/",
    "https:\\\\h.example\\o",
    "https:h.example",
];

/// The pointer that a refusal names.
async fn refused(app: &TestApp, method: Method, path: &str, body: &Value) -> String {
    let answer = Answer::of(app.request(method, path, &app.demo).json(body)).await;
    let problem = match answer.status {
        400 => answer.problem(400, "invalid_request"),
        _ => answer.problem(422, "invalid_input"),
    };
    text(&problem["errors"][0]["pointer"]).to_owned()
}

#[tokio::test]
async fn what_is_stored_is_what_is_called() {
    let app = TestApp::start().await;
    let good = json!({"url": "https://h.example/o"});
    let made = app
        .post("/v1/webhook-endpoints", &app.demo, &good)
        .await
        .expect(201);
    let endpoint = format!("/v1/webhook-endpoints/{}", text(&made["id"]));
    let request = json!({"model": "sandbox-text", "input": {"prompt": "a line"}});
    for odd in ODD {
        let url = json!({"url": odd});
        assert_eq!(
            refused(&app, Method::POST, "/v1/webhook-endpoints", &url).await,
            "/url"
        );
        assert_eq!(refused(&app, Method::PATCH, &endpoint, &url).await, "/url");
        let mut generation = request.clone();
        generation["webhook_url"] = json!(odd);
        assert_eq!(
            refused(&app, Method::POST, "/v1/generations", &generation).await,
            "/webhook_url"
        );
        let batch = json!({"generations": [request], "webhook_url": odd});
        let pointer = refused(&app, Method::POST, "/v1/batches", &batch).await;
        assert!(pointer.ends_with("/webhook_url"), "{pointer}");
        let batch = json!({"generations": [generation]});
        let pointer = refused(&app, Method::POST, "/v1/batches", &batch).await;
        assert!(pointer.ends_with("/webhook_url"), "{pointer}");
        for field in ["success_url", "cancel_url"] {
            let mut wish = json!({
                "offer": "pack-100", "success_url": "https://h.example/a", "cancel_url": "https://h.example/b",
            });
            wish[field] = json!(odd);
            assert_eq!(
                refused(&app, Method::POST, "/v1/purchases", &wish).await,
                format!("/{field}")
            );
        }
    }
    let kept = app.get(&endpoint, &app.demo).await.expect(200);
    assert_eq!(kept["url"], "https://h.example/o");
    for table in ["generation", "batch", "purchase"] {
        assert_eq!(
            app.count(&format!("SELECT COUNT(*) FROM {table}")).await,
            0,
            "{table}"
        );
    }
}

#[tokio::test]
async fn no_setting_is_such_an_address() {
    let mut app = TestApp::start().await;
    app.process.stop();
    let provider = |url: &str| format!("[[providers]]\nname = \"studio\"\nbase_url = {}\n", json!(url));
    let sign_in = |uri: &str| format!("[frontend]\nredirect_uris = [{}]\n", json!(uri));
    let policy = |url: &str| format!("[policy]\nversion = \"2\"\nurl = {}\n", json!(url));
    let judge = |url: &str| format!("[moderation]\nendpoint = {}\n", json!(url));
    let own = |url: &str| format!("public_url = {}\n", json!(url));
    for odd in [
        "https://h.example/o\tp",
        "https://h.example/o\n",
        "https://h.example/a b",
    ] {
        for file in [provider(odd), sign_in(odd), policy(odd), judge(odd), own(odd)] {
            let path = app.data_dir.join("odd.toml");
            std::fs::write(&path, &file).expect("the folder can be written");
            let said = app.run(&["--config", path.to_str().expect("a path"), "audit"]);
            assert!(!said.status.success(), "{file}");
            let why = String::from_utf8_lossy(&said.stderr).into_owned();
            assert!(why.contains("URL") || why.contains("https://"), "{file}: {why}");
        }
    }
    app.restart_after_stop().await;
}
