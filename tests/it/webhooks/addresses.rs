//! Addresses that lead elsewhere: nothing is connected to.

use harness::{Receiver, TestApp};
use serde_json::json;

use super::{deliveries, endpoint, path, start};

#[tokio::test]
async fn an_address_that_is_not_on_the_internet_is_refused_at_once() {
    let app = TestApp::start().await;
    for url in [
        "http://shop.example/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://user:password@shop.example/",
        "https://shop.example:25/",
        "ftp://shop.example/",
        "shop.example",
        "https://",
        "https://[",
        " ",
    ] {
        let answer = app
            .post("/v1/webhook-endpoints", &app.demo, &json!({"url": url}))
            .await;
        let problem = answer.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["pointer"], "/url", "{url}");
    }
}

#[tokio::test]
async fn a_network_that_is_closed_later_is_not_connected_to() {
    let mut app = start().await;
    let receiver = Receiver::answering(200).await;
    let port = receiver.url.split(':').nth(2).expect("a port").to_owned();
    let by_name = endpoint(&app, &format!("https://localhost:{port}"), &["batch.ended"]).await;
    let by_number = endpoint(&app, &receiver.url, &["batch.ended"]).await;
    app.write_configuration("");
    app.restart().await;
    for made in [&by_name, &by_number] {
        app.post(&format!("{}/test", path(made)), &app.demo, &json!(null))
            .await
            .expect(202);
        app.advance("PT0S").await;
        let log = deliveries(&app, made).await;
        assert_eq!(
            (&log[0]["attempts"], &log[0]["status_code"]),
            (&json!(1), &json!(null))
        );
        let error = log[0]["error"].as_str().expect("an error");
        assert!(
            error.contains("must begin with https") || error.contains("public internet"),
            "{error}"
        );
    }
    assert!(receiver.received().is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let app = start().await;
    let elsewhere = Receiver::answering(200).await;
    let to = elsewhere.url.clone();
    let receiver = Receiver::with(move |_| format!("302\nLocation: {to}\r\n")).await;
    let made = endpoint(&app, &receiver.url, &["batch.ended"]).await;
    app.post(&format!("{}/test", path(&made)), &app.demo, &json!(null))
        .await
        .expect(202);
    receiver.wait_for(1).await;
    app.advance("PT0S").await;
    let log = deliveries(&app, &made).await;
    assert_eq!(
        (&log[0]["status"], &log[0]["status_code"]),
        (&json!("pending"), &json!(302))
    );
    assert!(elsewhere.received().is_empty());
}
