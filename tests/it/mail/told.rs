//! What owners are told of by itself: credits that run low, a new policy, a request
//! that moved. And what is forgotten of it.

use harness::{Account, TestApp, text};
use serde_json::json;

/// How many mails of a template somebody got.
async fn count(app: &TestApp, owner: &Account, template: &str) -> usize {
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    mails.iter().filter(|mail| mail["template"] == template).count()
}

#[tokio::test]
async fn credits_that_run_low_are_told_once_until_there_are_more() {
    let file = "[credits]\ntest_grant = \"100\"\nlow_balance = \"99.9\"\n";
    let app = TestApp::configured(file, &[]).await;
    let owner = app.account().await;
    assert_eq!(count(&app, &owner, "low_balance").await, 0);
    app.generate(&owner.key, "a lighthouse").await;
    assert_eq!(count(&app, &owner, "low_balance").await, 1);
    let mails = app.mails(&owner.email).await;
    let letter = mails.iter().find(|mail| mail["template"] == "low_balance");
    assert!(text(&letter.expect("a mail")["text"]).contains("99.9"));
    // Lower still: known already. And what a failure gives back tops nothing up.
    app.generate(&owner.key, "a lighthouse").await;
    app.generate(&owner.key, "sandbox:fail").await;
    assert_eq!(count(&app, &owner, "low_balance").await, 1);
    let body = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &owner.key, &body).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
    app.generate(&owner.key, "a lighthouse").await;
    assert_eq!(count(&app, &owner, "low_balance").await, 1);
    assert_eq!(count(&app, &owner, "receipt").await, 1);
}

#[tokio::test]
async fn a_new_policy_is_told_once_to_everyone_who_was_here_before() {
    let policy = |version: &str| {
        format!(
            "[policy]\nversion = \"{version}\"\nurl = \"https://studio.example/privacy\"\n\
             changes = [\"We name a new recipient.\"]\neffective_at = \"2027-01-01T00:00:00Z\"\n"
        )
    };
    let mut app = TestApp::configured("[policy]\ncontroller = \"A Studio\"\n", &[]).await;
    let owner = app.account().await;
    assert_eq!(count(&app, &owner, "policy_changed").await, 0);
    app.write_configuration(&policy("2026-11"));
    app.restart().await;
    assert_eq!(count(&app, &owner, "policy_changed").await, 1);
    let mail = app.mails(&owner.email).await[0].clone();
    assert!(text(&mail["text"]).contains("We name a new recipient."), "{mail}");
    app.restart().await;
    assert_eq!(count(&app, &owner, "policy_changed").await, 1);
    // Who signs up with this version knows it.
    let body = json!({
        "email": "ada@studio.example", "password": "correct horse battery", "accepted_policy": "2026-11",
    });
    app.post("/v1/auth/register", "", &body).await.expect(202);
    let code = app.mailed_code("ada@studio.example").await;
    let proof = json!({"email": "ada@studio.example", "code": code});
    app.post("/v1/auth/verify-email", "", &proof).await.expect(200);
    app.restart().await;
    let told = |mails: Vec<serde_json::Value>| {
        mails
            .iter()
            .filter(|mail| mail["template"] == "policy_changed")
            .count()
    };
    app.advance("PT0S").await;
    assert_eq!(told(app.mails("ada@studio.example").await), 0);
    app.write_configuration(&policy("2026-12"));
    app.restart().await;
    app.advance("PT0S").await;
    assert_eq!(told(app.mails("ada@studio.example").await), 1);
    assert_eq!(count(&app, &owner, "policy_changed").await, 2);
}

#[tokio::test]
async fn a_request_that_moves_is_told() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let ask = async || {
        let asked = app
            .post("/v1/data-rights/requests", &owner.key, &json!({"type": "access"}))
            .await;
        format!("/v1/data-rights/requests/{}", text(&asked.expect(202)["id"]))
    };
    let path = ask().await;
    app.post(&format!("{path}/withdraw"), &owner.key, &json!({}))
        .await
        .expect(200);
    assert_eq!(count(&app, &owner, "request_status").await, 1);
    ask().await;
    app.advance("PT31M").await;
    assert_eq!(count(&app, &owner, "request_status").await, 2);
    let path = ask().await;
    let code = app.mailed_code(&owner.email).await;
    app.post(&format!("{path}/verify"), &owner.key, &json!({"code": code}))
        .await
        .expect(200);
    assert_eq!(count(&app, &owner, "request_status").await, 3);
}
