//! What owners are told of by itself: credits that run low, a new policy, a request
//! that moved. And what is forgotten of it.

use std::time::Instant;

use futures_util::future::join_all;
use harness::{Account, Answer, PATIENCE, TestApp, text};
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
    top_up(&app, &owner).await;
    app.generate(&owner.key, "a lighthouse").await;
    assert_eq!(count(&app, &owner, "low_balance").await, 1);
    assert_eq!(count(&app, &owner, "receipt").await, 1);
}

/// Buys a hundred credits.
async fn top_up(app: &TestApp, owner: &Account) {
    let body = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &owner.key, &body).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
}

#[tokio::test]
async fn of_many_who_spend_at_once_one_is_told() {
    let file = "[credits]\ntest_grant = \"100\"\nlow_balance = \"50\"\n";
    let mut app = TestApp::configured(file, &[]).await;
    let mut servers = vec![app.url.clone()];
    if app.is_postgres() {
        servers.push(app.another(&[]).await);
    }
    let owner = app.account().await;
    let spend = async |times: usize| {
        let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
        let asked = (0..times).map(|at| {
            let url = format!("{}/v1/generations", servers[at % servers.len()]);
            Answer::of(app.client.post(url).bearer_auth(&owner.key).json(&body))
        });
        for answer in join_all(asked).await {
            app.ended(&owner.key, &answer.expect(202)["id"]).await;
        }
    };
    spend(49).await;
    assert_eq!(count(&app, &owner, "low_balance").await, 0);
    spend(31).await;
    assert_eq!(count(&app, &owner, "low_balance").await, 1);
    top_up(&app, &owner).await;
    assert_eq!(count(&app, &owner, "low_balance").await, 1);
    spend(80).await;
    assert_eq!(count(&app, &owner, "low_balance").await, 2);
}

fn policy(version: &str) -> String {
    format!(
        "[policy]\nversion = \"{version}\"\nurl = \"https://studio.example/privacy\"\n\
         changes = [\"We name a new recipient.\"]\neffective_at = \"2027-01-01T00:00:00Z\"\n"
    )
}

/// Somebody who signs up with a version of the policy.
async fn sign_up(app: &TestApp, email: &str, version: &str) {
    let body = json!({"email": email, "password": "correct horse battery", "accepted_policy": version});
    app.sign_up(&body).await;
}

#[tokio::test]
async fn a_new_policy_is_told_once_to_everyone_who_was_here_before() {
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
    sign_up(&app, "ada@studio.example", "2026-11").await;
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
async fn an_older_process_neither_goes_back_nor_makes_it_be_told_twice() {
    let mut app = TestApp::configured("[policy]\ncontroller = \"A Studio\"\n", &[]).await;
    let owner = app.account().await;
    let told = async |app: &TestApp, email: &str| {
        app.advance("PT0S").await;
        let mails = app.mails(email).await;
        let told = mails.iter().filter(|mail| mail["template"] == "policy_changed");
        let versions = ["2026-11", "2026-12"];
        let texts: Vec<&str> = told.map(|mail| text(&mail["text"])).collect();
        versions.map(|version| texts.iter().filter(|text| text.contains(version)).count())
    };
    let serve = async |app: &mut TestApp, version: &str| {
        app.write_configuration(&policy(version));
        app.restart().await;
    };
    serve(&mut app, "2026-11").await;
    assert_eq!(told(&app, &owner.email).await, [1, 0]);
    serve(&mut app, "2026-12").await;
    assert_eq!(told(&app, &owner.email).await, [1, 1]);
    serve(&mut app, "2026-11").await;
    sign_up(&app, "ada@studio.example", "2026-11").await;
    assert_eq!(told(&app, &owner.email).await, [1, 1]);
    assert_eq!(told(&app, "ada@studio.example").await, [0, 0]);
    serve(&mut app, "2026-12").await;
    assert_eq!(told(&app, &owner.email).await, [1, 1]);
    // Who came by way of the older one does not miss it.
    assert_eq!(told(&app, "ada@studio.example").await, [0, 1]);
    if app.is_postgres() {
        // Beside a process that knows nothing of it, whichever of them mails.
        app.write_configuration(&policy("2027-02"));
        app.another(&[]).await;
        let mails = async || {
            app.advance("PT1S").await;
            let mails = app.mails(&owner.email).await;
            let told = mails
                .iter()
                .filter(|mail| text(&mail["text"]).contains("2027-02"));
            told.count()
        };
        let begin = Instant::now();
        while mails().await == 0 {
            assert!(begin.elapsed() < PATIENCE, "nobody mails it");
        }
        assert_eq!(mails().await, 1);
    }
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
