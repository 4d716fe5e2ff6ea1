//! A relay that takes its time: what is not for it goes on, and what is erased while it
//! takes it is not told to it.

use std::time::{Duration, Instant};

use harness::{Account, PATIENCE, Relay, Temper, TestApp, code_in, text};
use serde_json::{Value, json};

const REQUESTS: &str = "/v1/data-rights/requests";

async fn start(relay: &Relay) -> TestApp {
    TestApp::with(&[("TINTYPE_MAIL_SMTP_URL", relay.url().as_str())]).await
}

/// Asks for an erasure and confirms it by the code, whether its mail was taken or not.
async fn ask_for_erasure(app: &TestApp, owner: &Account) -> Value {
    let asked = app.post(REQUESTS, &owner.key, &json!({"type": "erasure"})).await;
    let path = format!("{REQUESTS}/{}/verify", text(&asked.expect(202)["id"]));
    let mails = app.mails(&owner.email).await;
    let code = code_in(text(&mails.first().expect("a mail")["text"])).to_owned();
    app.post(&path, &owner.key, &json!({"code": code}))
        .await
        .expect(200)
}

/// Waits for something to become true, without touching the clock.
async fn wait_until(what: &str, holds: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "{what}: not yet");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn is_fulfilled(app: &TestApp, request: &Value) -> bool {
    let link = text(&request["receipt"])
        .split_once("/v1/")
        .expect("a link")
        .1
        .to_owned();
    app.get(&format!("/v1/{link}"), "").await.status == 200
}

async fn paid(app: &TestApp, key: &str) -> Value {
    let url = "https://shop.example/back";
    let wish = json!({"offer": "pack-100", "success_url": url, "cancel_url": url});
    let purchase = app.post("/v1/purchases", key, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
    purchase
}

#[tokio::test]
async fn a_relay_that_says_nothing_holds_up_nothing_but_mails() {
    let relay = Relay::start(Temper::Willing).await;
    let mut app = start(&relay).await;
    app.leave_jobs();
    let owner = app.account().await;
    let purchase = paid(&app, &app.demo).await;
    let made = app.generate(&app.demo, "a boat").await;
    relay.becomes(Temper::Silent);
    for number in 0..40 {
        let body = json!({"email": format!("n{number}@studio.example"), "password": "correct horse battery"});
        app.post("/v1/auth/register", "", &body).await.expect(202);
    }
    // They wait at the relay now, as many as may.
    let waiting = "SELECT COUNT(*) FROM job WHERE kind = 'mail.send' AND lease_token IS NOT NULL";
    wait_until("mails wait", async || app.count(waiting).await >= 16).await;

    let began = Instant::now();
    let refund = format!("/v1/purchases/{}/refund", text(&purchase["id"]));
    app.post(&refund, &app.demo, &json!(null)).await.expect(200);
    let path = format!("/v1/purchases/{}", text(&purchase["id"]));
    wait_until("the refund", async || {
        app.get(&path, &app.demo).await.expect(200)["status"] == "refunded"
    })
    .await;
    let path = format!("/v1/generations/{}", text(&made["id"]));
    assert_eq!(app.delete(&path, &app.demo).await.status, 204);
    wait_until("the file's removal", async || app.stored().is_empty()).await;
    let body = json!({"generations": [{"model": "sandbox-image", "input": {"prompt": "sandbox:hang"}}]});
    let batch = app.post("/v1/batches", &app.demo, &body).await.expect(202);
    let cancel = format!("/v1/batches/{}/cancel", text(&batch["id"]));
    app.post(&cancel, &app.demo, &json!(null)).await.expect(200);
    app.batch_ended(&app.demo, &batch["id"]).await;
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());

    // An erasure waits for its last mail, but not for ever.
    let request = ask_for_erasure(&app, &owner).await;
    app.advance("PT16M").await;
    wait_until("the erasure", async || is_fulfilled(&app, &request).await).await;
}

#[tokio::test]
async fn a_mail_that_is_erased_while_a_relay_thinks_is_not_told_to_it() {
    let relay = Relay::start(Temper::Willing).await;
    let mut app = start(&relay).await;
    app.leave_jobs();
    let owner = app.account().await;
    relay.becomes(Temper::Pensive);
    let asked = relay.heard().iter().filter(|line| *line == "DATA").count();
    paid(&app, &owner.key).await;
    let request = ask_for_erasure(&app, &owner).await;
    // The receipt, the code and the last mail are all but told.
    relay.wait_for("DATA", asked + 3).await;
    let texts = relay.heard().iter().filter(|line| *line == ".").count();
    app.advance("PT16M").await;
    wait_until("the erasure", async || is_fulfilled(&app, &request).await).await;
    relay.becomes(Temper::Willing);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let after = relay.heard().iter().filter(|line| *line == ".").count();
    assert_eq!(after, texts, "{:?}", relay.heard());
}
