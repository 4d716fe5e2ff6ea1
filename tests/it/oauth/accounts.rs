//! Whose account a newcomer gets.

use std::time::Instant;

use harness::{Answer, Browser, PATIENCE, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Stage, address, person};

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post("/v1/auth/login", "", &body).await
}

#[tokio::test]
async fn a_proved_address_finds_the_account_that_proved_it() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let owner = app.account_called("Ada@Studio.example").await;
    stage.google.is_asked_by(person("g-1", "ada@studio.EXAMPLE"));
    let session = app.sign_in_with("google").await;
    assert_eq!(
        text(&session["account_id"]),
        owner.id,
        "letters' case tells nobody apart"
    );
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    assert_eq!(mails[0]["template"], "sign_in_added", "and its owner is told");
    // Nothing else is changed: password, sessions and spelling stay.
    login(app, &owner.email, &owner.password).await.expect(200);
    let account = app.get("/v1/account", &owner.session).await.expect(200);
    assert_eq!(account["email"], "Ada@Studio.example");
}

#[tokio::test]
async fn who_prepared_an_account_for_another_has_nothing() {
    let stage = Stage::set().await;
    let app = &stage.app;
    // The attacker types the victim's address and waits.
    let prepared = json!({"email": "Victim@studio.example", "password": "the attacker's"});
    let begun = app.post("/v1/auth/register", "", &prepared).await.expect(202);
    let code = app.mailed_code("Victim@studio.example").await;
    stage.google.is_asked_by(person("g-1", "victim@studio.example"));
    let session = app.sign_in_with("google").await;
    let account = app
        .get("/v1/account", text(&session["access_token"]))
        .await
        .expect(200);
    assert_eq!(account["email"], "victim@studio.example");
    assert!(!account["email_verified_at"].is_null());
    login(app, "victim@studio.example", "the attacker's")
        .await
        .problem(401, "unauthenticated");
    // Nor does the old code open it.
    app.verify(&begun, &code).await.problem(422, "code_invalid");
    app.post("/v1/auth/register", "", &prepared).await.expect(202);
    app.advance("PT0S").await;
    login(app, "victim@studio.example", "the attacker's")
        .await
        .problem(401, "unauthenticated");
    assert_eq!(stage.accounts().await, 1);
    assert_eq!(
        app.count(
            "SELECT COUNT(*) FROM account WHERE password_hash IS NOT NULL AND email_key LIKE 'victim%'"
        )
        .await,
        0
    );
}

#[tokio::test]
async fn an_address_that_is_not_vouched_for_opens_nothing() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let owner = app.account_called("ada@studio.example").await;
    stage
        .acme
        .is_asked_by(json!({"sub": "1", "email": owner.email, "email_verified": false}));
    let code = Browser::default().sign_in(app, "acme").await.code();
    app.redeem(&code).await.problem(422, "email_unverified");
    stage
        .google
        .is_asked_by(json!({"sub": "1", "email": owner.email, "email_verified": true}));
    let code = Browser::default().sign_in(app, "google").await.code();
    app.redeem(&code).await.problem(422, "email_unverified");
    let unverified = json!([{"email": owner.email, "primary": true, "verified": false}]);
    stage
        .github
        .is_asked_by(json!({"id": 1, "login": "ada"}), unverified);
    let code = Browser::default().sign_in(app, "github").await.code();
    app.redeem(&code).await.problem(422, "email_unverified");
    assert_eq!((stage.accounts().await, stage.identities().await), (1, 0));
}

#[tokio::test]
async fn two_people_with_one_address_stay_two() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let first = app.sign_in_with("google").await;
    // The same address elsewhere, and of somebody else at the same provider.
    stage
        .github
        .is_asked_by(json!({"id": 7, "login": "ada"}), address("ada@studio.example"));
    let code = Browser::default().sign_in(app, "github").await.code();
    let refused = app.redeem(&code).await.problem(409, "use_other_method");
    assert_eq!(refused["methods"], json!(["google"]));
    stage.google.is_asked_by(person("g-2", "ada@studio.example"));
    let code = Browser::default().sign_in(app, "google").await.code();
    app.redeem(&code).await.problem(409, "use_other_method");
    assert_eq!((stage.accounts().await, stage.identities().await), (1, 1));
    // The same subject at another issuer is another person.
    stage.acme.is_asked_by(person("g-1", "other@studio.example"));
    let other = app.sign_in_with("acme").await;
    assert_ne!(other["account_id"], first["account_id"]);
    // An account with a password and a provider is no password account any more.
    let owner = app.account_called("bob@studio.example").await;
    stage.google.is_asked_by(person("g-3", &owner.email));
    app.sign_in_with("google").await;
    stage
        .github
        .is_asked_by(json!({"id": 8, "login": "bob"}), address(&owner.email));
    let code = Browser::default().sign_in(app, "github").await.code();
    let refused = app.redeem(&code).await.problem(409, "use_other_method");
    assert_eq!(refused["methods"], json!(["google", "password"]));
}

#[tokio::test]
async fn who_is_erased_may_come_anew() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let before = app.sign_in_with("google").await;
    let session = text(&before["access_token"]);
    let half_way = app.code_to_link(session, "acme").await;
    let asked = app
        .post("/v1/data-rights/requests", session, &json!({"type": "erasure"}))
        .await
        .expect(202);
    let path = format!("/v1/data-rights/requests/{}/verify", text(&asked["id"]));
    let code = app.mailed_code("ada@studio.example").await;
    app.post(&path, session, &json!({"code": code})).await.expect(200);
    app.advance("PT0S").await;
    app.get("/v1/account", session)
        .await
        .problem(401, "unauthenticated");
    assert_eq!(stage.identities().await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM oauth_flow").await, 0);
    app.redeem(&half_way).await.problem(422, "oauth_code_invalid");
    let dump = String::from_utf8_lossy(&app.database.dump()).into_owned();
    assert!(!dump.contains("g-1"), "the provider's id is left");
    let after = app.sign_in_with("google").await;
    assert_ne!(after["account_id"], before["account_id"]);
}

#[tokio::test]
async fn who_has_no_password_leaves_comes_back_and_is_forgotten() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let first = app.sign_in_with("google").await;
    let close = async |session: &Value| {
        let closed = app.delete("/v1/account", text(&session["access_token"])).await;
        closed.expect(200);
    };
    close(&first).await;
    let code = Browser::default().sign_in(app, "google").await.code();
    let closed = app.redeem(&code).await.problem(403, "account_closed");
    assert!(closed["reopen_until"].is_string(), "{closed}");
    // Nobody learns that who comes another way, with the same address.
    stage.acme.is_asked_by(person("a-1", "ada@studio.example"));
    let other = Browser::default().sign_in(app, "acme").await.code();
    app.redeem(&other).await.problem(401, "unauthenticated");
    // No password opens it again: the mailed link does.
    app.advance("PT0S").await;
    let letter = text(&app.mails("ada@studio.example").await[0]["text"]).to_owned();
    let mut words = letter.split(['<', '>', '(', ')', ' ', '\n']);
    let link = words.find(|word| word.contains("/reopen/")).expect("a link");
    let path = &link[link.find("/reopen/").expect("a path")..];
    let opened = app.request(Method::POST, path, "");
    assert_eq!(Answer::of(opened).await.status, 200);
    let second = app.sign_in_with("google").await;
    assert_eq!(second["account_id"], first["account_id"]);
    close(&second).await;
    app.advance("P31D").await;
    let begin = Instant::now();
    while stage.identities().await > 0 {
        assert!(begin.elapsed() < PATIENCE, "{}", app.log());
        app.advance("PT1S").await;
    }
    let after = app.sign_in_with("google").await;
    assert_ne!(after["account_id"], first["account_id"]);
    let erased = "SELECT COUNT(*) FROM account WHERE status = 'erased'";
    assert_eq!(app.count(erased).await, 1);
}

#[tokio::test]
async fn a_copy_of_all_data_names_the_provider() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage
        .google
        .is_asked_by(person("g-subject-1", "ada@studio.example"));
    let session = app.sign_in_with("google").await;
    let session = text(&session["access_token"]);
    let asked = app
        .post("/v1/data-rights/requests", session, &json!({"type": "access"}))
        .await
        .expect(202);
    let path = format!("/v1/data-rights/requests/{}", text(&asked["id"]));
    let code = app.mailed_code("ada@studio.example").await;
    app.post(&format!("{path}/verify"), session, &json!({"code": code}))
        .await
        .expect(200);
    app.advance("PT0S").await;
    let archive = app.get(&format!("{path}/archive"), session).await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive.bytes.to_vec())).expect("an archive");
    let mut said = String::new();
    let mut file = zip.by_name("data/oauth_identity.json").expect("the table's file");
    std::io::Read::read_to_string(&mut file, &mut said).expect("text");
    assert!(said.contains("g-subject-1"), "{said}");
}
