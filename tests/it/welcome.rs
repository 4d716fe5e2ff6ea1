//! Welcome credits: once to an address, whatever becomes of its account.

use std::time::Instant;

use harness::{Account, PATIENCE, TestApp, text};
use serde_json::{Value, json};

const GRANT: &[(&str, &str)] = &[("TINTYPE_CREDITS_LIVE_GRANT", "10")];
const HASHES: &str = "SELECT COUNT(*) FROM welcomed_address";

/// A live key of an account.
async fn live_key(app: &TestApp, owner: &Account) -> String {
    let output = app.run(&["key", "new", "--live", "--email", &owner.email]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

async fn live_balance(app: &TestApp, owner: &Account) -> String {
    app.balance(&live_key(app, owner).await).await[0].clone()
}

async fn spend(app: &TestApp, owner: &Account) {
    let key = live_key(app, owner).await;
    let made = app.generate(&key, "a pear").await;
    assert_eq!(made["status"], "succeeded");
}

async fn erase(app: &TestApp, owner: &Account) -> Value {
    let body = json!({"type": "erasure"});
    let request = app
        .post("/v1/data-rights/requests", &owner.key, &body)
        .await
        .expect(202);
    let code = json!({"code": app.mailed_code(&owner.email).await});
    let path = format!("/v1/data-rights/requests/{}", text(&request["id"]));
    app.post(&format!("{path}/verify"), &owner.key, &code)
        .await
        .expect(200);
    let (_, path) = text(&request["receipt"]).split_once("/v1/").expect("a link");
    let begin = Instant::now();
    loop {
        let answer = app.get(&format!("/v1/{path}"), "").await;
        if answer.status == 200 {
            return answer.expect(200);
        }
        assert!(begin.elapsed() < PATIENCE, "there is no receipt: {}", app.log());
        app.advance("PT1S").await;
    }
}

async fn change_email(app: &TestApp, owner: &Account, new: &str) {
    let body = json!({"email": new});
    app.post("/v1/account/email", &owner.session, &body)
        .await
        .expect(202);
    let code = json!({"code": app.mailed_code(new).await});
    app.post("/v1/account/email/confirm", &owner.session, &code)
        .await
        .expect(200);
}

#[tokio::test]
async fn who_used_welcome_credits_gets_none_after_an_erasure() {
    let app = TestApp::with(GRANT).await;
    let owner = app.account_called("Ada@Studio.example").await;
    assert_eq!(live_balance(&app, &owner).await, "10");
    spend(&app, &owner).await;
    let receipt = erase(&app, &owner).await;
    assert!(receipt.to_string().contains("welcomed_address"), "{receipt}");
    assert_eq!(app.count(HASHES).await, 1);
    let dump = app.database.dump();
    assert!(
        !String::from_utf8_lossy(&dump)
            .to_lowercase()
            .contains("ada@studio.example")
    );
    // However it is written; others are welcome.
    let again = app.account_called("ada@studio.example").await;
    assert_eq!(live_balance(&app, &again).await, "0");
    assert_eq!(app.balance(&again.key).await[0], "1000");
    let other = app.account().await;
    assert_eq!(live_balance(&app, &other).await, "10");
}

#[tokio::test]
async fn an_address_is_remembered_for_a_time() {
    let app = TestApp::with(&[GRANT[0], ("TINTYPE_CREDITS_WELCOME_REMEMBERED", "P30D")]).await;
    let owner = app.account_called("ada@studio.example").await;
    spend(&app, &owner).await;
    erase(&app, &owner).await;
    app.advance("P29D").await;
    assert_eq!(app.count(HASHES).await, 1);
    app.advance("P2D").await;
    assert_eq!(app.count(HASHES).await, 0);
    let again = app.account_called("ada@studio.example").await;
    assert_eq!(live_balance(&app, &again).await, "10");
}

#[tokio::test]
async fn nothing_is_kept_of_who_used_nothing_or_where_nothing_is_to_be_kept() {
    for (remembered, spends) in [("P1Y", false), ("P0D", true)] {
        let app = TestApp::with(&[GRANT[0], ("TINTYPE_CREDITS_WELCOME_REMEMBERED", remembered)]).await;
        let owner = app.account_called("ada@studio.example").await;
        if spends {
            spend(&app, &owner).await;
        }
        let receipt = erase(&app, &owner).await;
        assert!(!receipt.to_string().contains("welcomed_address"), "{receipt}");
        assert_eq!(app.count(HASHES).await, 0);
        let again = app.account_called("ada@studio.example").await;
        assert_eq!(live_balance(&app, &again).await, "10");
    }
}

#[tokio::test]
async fn who_changes_the_address_gets_none_for_the_old_one() {
    let app = TestApp::with(GRANT).await;
    let owner = app.account_called("ada@studio.example").await;
    change_email(&app, &owner, "ada@workshop.example").await;
    let again = app.account_called("ada@studio.example").await;
    assert_eq!(live_balance(&app, &again).await, "0");
    // Nor for the new one, once the account is erased.
    let moved = Account {
        email: "ada@workshop.example".to_owned(),
        ..owner
    };
    spend(&app, &moved).await;
    erase(&app, &moved).await;
    let again = app.account_called("ada@workshop.example").await;
    assert_eq!(live_balance(&app, &again).await, "0");
}

/// Mail finds one mailbox under all of these.
#[tokio::test]
async fn a_domain_that_is_written_otherwise_is_no_other_address() {
    let app = TestApp::with(GRANT).await;
    let owner = app.account_called("ada@studio.example").await;
    assert_eq!(live_balance(&app, &owner).await, "10");
    for same in ["ada@ｓtudio.example", "ada@stⓤdio.example", "ada@STUDIO.ｅxample"] {
        let body = json!({"email": same, "password": "correct horse battery"});
        app.post("/v1/auth/register", "", &body).await.expect(202);
        app.advance("PT0S").await;
        let newest = app.mails("ada@studio.example").await[0].clone();
        assert!(!text(&newest["text"]).contains("code"), "{newest}");
    }
    assert_eq!(
        app.count("SELECT COUNT(*) FROM account WHERE email LIKE 'ada@%'")
            .await,
        1
    );
    let owner = app.account_called("jo@xn--bcher-kva.example").await;
    let body = json!({"email": "jo@b\u{fc}cher.example", "password": "correct horse battery"});
    app.post("/v1/auth/register", "", &body).await.expect(202);
    app.advance("PT0S").await;
    assert_eq!(app.mails(&owner.email).await.len(), 2);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM account WHERE email LIKE 'jo@%'")
            .await,
        1
    );
}
