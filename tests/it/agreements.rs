//! What whoever signs up is asked: an age, and the acceptance of a policy. By
//! password and by another provider.

use harness::{APP, Issuer, TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

const ASKED: &str = "
[sign_up]
minimum_age = 16
ask_age = \"birth_date\"
minimum_age_in = [\"KR:19\"]
[policy]
version = \"2026-11\"
url = \"https://studio.example/privacy\"
";

const CONFIRMED: &str = "
[sign_up]
minimum_age = 18
[policy]
version = \"2026-11\"
url = \"https://studio.example/privacy\"
";

fn sign_up(more: Value) -> Value {
    let mut body = json!({"email": "ada@studio.example", "password": "correct horse battery"});
    let all = body.as_object_mut().expect("an object");
    all.extend(more.as_object().expect("an object").clone());
    body
}

async fn no_trace(app: &TestApp) {
    app.advance("PT0S").await;
    assert!(app.mails("ada@studio.example").await.is_empty());
    assert_eq!(app.count("SELECT COUNT(*) FROM knock").await, 0);
    let sql = "SELECT COUNT(*) FROM account WHERE email_key = 'ada@studio.example'";
    assert_eq!(app.count(sql).await, 0);
}

#[tokio::test]
async fn nobody_is_asked_unless_the_operator_says_so() {
    let app = TestApp::start().await;
    let asked = app.get("/v1/auth/requirements", "").await.expect(200);
    assert_eq!(asked, json!({"age": null, "policy": null}));
    let owner = app.account().await;
    let account = app.get("/v1/account", &owner.session).await.expect(200);
    assert_eq!(account["pending"], json!([]));
    assert_eq!(account["age_confirmed"], json!(null));
}

#[tokio::test]
async fn who_is_too_young_leaves_no_trace() {
    let app = TestApp::configured(ASKED, &[]).await;
    let asked = app.get("/v1/auth/requirements?country=KR", "").await.expect(200);
    assert_eq!(asked["age"], json!({"minimum_age": 19, "ask": "birth_date"}));
    let register = async |body: Value| app.post("/v1/auth/register", "", &sign_up(body)).await;
    let missing = register(json!({"accepted_policy": "2026-11"})).await;
    assert_eq!(
        missing.problem(422, "age_not_confirmed")["errors"][0]["pointer"],
        "/birth_date"
    );
    // A number is no answer where a day is asked.
    let confirmed = register(json!({"confirmed_age": 99, "accepted_policy": "2026-11"})).await;
    confirmed.problem(422, "age_not_confirmed");
    let young = json!({"birth_date": "2012-01-01", "accepted_policy": "2026-11"});
    let refused = register(young).await.problem(422, "below_minimum_age");
    assert_eq!(refused["minimum_age"], 19);
    let here = json!({"birth_date": "2012-01-01", "country": "RO", "accepted_policy": "2026-11"});
    assert_eq!(
        register(here).await.problem(422, "below_minimum_age")["minimum_age"],
        16
    );
    for day in ["2011-02-30", "2099-01-01", "1800-01-01"] {
        register(json!({"birth_date": day, "accepted_policy": "2026-11"}))
            .await
            .problem(400, "invalid_request");
    }
    for policy in [json!({}), json!({"accepted_policy": "2025-01"})] {
        let mut body = policy;
        body["birth_date"] = json!("1990-05-17");
        let stale = register(body).await.problem(422, "policy_not_accepted");
        assert_eq!(stale["current"], "2026-11");
    }
    no_trace(&app).await;
}

#[tokio::test]
async fn of_an_age_only_that_it_suffices_is_kept() {
    let app = TestApp::configured(ASKED, &[]).await;
    let body = json!({"birth_date": "1990-05-17", "country": "RO", "accepted_policy": "2026-11"});
    let session = app.sign_up(&sign_up(body)).await;
    assert_eq!(session["pending"], json!([]));
    let account = app
        .get("/v1/account", text(&session["access_token"]))
        .await
        .expect(200);
    assert_eq!(account["age_confirmed"], 16);
    assert_eq!(account["policy_accepted"], "2026-11");
    assert!(account["policy_accepted_at"].is_string());
    let dump = app.database.dump();
    assert!(!String::from_utf8_lossy(&dump).contains("1990-05-17"));
    assert!(!app.log().contains("1990-05-17"));
}

#[tokio::test]
async fn a_refusal_is_the_same_for_every_address() {
    let app = TestApp::configured(CONFIRMED, &[]).await;
    let body = json!({"confirmed_age": 18, "accepted_policy": "2026-11"});
    app.sign_up(&sign_up(body)).await;
    let mut answers = Vec::new();
    for email in ["ada@studio.example", "nobody@studio.example"] {
        let mut body = sign_up(json!({"confirmed_age": 17, "accepted_policy": "2026-11"}));
        body["email"] = json!(email);
        let mut problem = app
            .post("/v1/auth/register", "", &body)
            .await
            .problem(422, "below_minimum_age");
        problem["request_id"].take();
        problem["instance"].take();
        answers.push(problem);
    }
    assert_eq!(answers[0], answers[1]);
}

/// A newcomer by another provider, who was asked nothing.
async fn newcomer(file: &str) -> (Issuer, TestApp, Value) {
    let issuer = Issuer::start();
    let google = issuer.row("google", "google");
    let file = format!("{file}\n[frontend]\nredirect_uris = [\"{APP}\"]\n{google}");
    let app = TestApp::configured(&file, &[]).await;
    issuer.is_asked_by(
        json!({"sub": "7", "email": "ada@gmail.com", "email_verified": true, "hd": "gmail.com"}),
    );
    let session = app.sign_in_with("google").await;
    (issuer, app, session)
}

#[tokio::test]
async fn a_newcomer_by_a_provider_may_do_nothing_before_both_are_given() {
    let (_issuer, app, session) = newcomer(CONFIRMED).await;
    assert_eq!(session["pending"], json!(["age", "policy"]));
    let token = text(&session["access_token"]);
    let picture = json!({"model": "sandbox-image", "input": {"prompt": "a lighthouse"}});
    let key = json!({"name": "a key", "scopes": ["files:read"]});
    for (path, body) in [("/v1/generations", &picture), ("/v1/keys", &key)] {
        let refused = app
            .post(path, token, body)
            .await
            .problem(403, "sign_up_incomplete");
        assert_eq!(refused["pending"], json!(["age", "policy"]));
    }
    app.get("/v1/credits", token)
        .await
        .problem(403, "sign_up_incomplete");
    // What people may do with their data, they may do.
    app.get("/v1/data-rights/requests", token).await.expect(200);
    assert_eq!(
        app.get("/v1/account", token).await.expect(200)["pending"],
        json!(["age", "policy"])
    );
    let agree = async |body: Value| app.post("/v1/account/agreement", token, &body).await;
    agree(json!({"confirmed_age": 18}))
        .await
        .problem(422, "policy_not_accepted");
    agree(json!({"accepted_policy": "2026-11"}))
        .await
        .problem(422, "age_not_confirmed");
    app.get("/v1/credits", token)
        .await
        .problem(403, "sign_up_incomplete");
    let account = agree(json!({"confirmed_age": 21, "accepted_policy": "2026-11"}))
        .await
        .expect(200);
    assert_eq!(
        (&account["pending"], &account["age_confirmed"]),
        (&json!([]), &json!(18))
    );
    app.get("/v1/credits", token).await.expect(200);
    app.post("/v1/keys", token, &key).await.expect(201);
}

#[tokio::test]
async fn a_newcomer_who_is_too_young_is_erased() {
    let (_issuer, app, session) = newcomer(CONFIRMED).await;
    let token = text(&session["access_token"]);
    let body = json!({"confirmed_age": 12, "accepted_policy": "2026-11"});
    app.post("/v1/account/agreement", token, &body)
        .await
        .problem(422, "below_minimum_age");
    app.get("/v1/account", token)
        .await
        .problem(401, "unauthenticated");
    let left = "SELECT COUNT(*) FROM account WHERE email IS NOT NULL AND email_key <> 'demo@tintype.example'";
    let identities = "SELECT COUNT(*) FROM oauth_identity";
    let begin = std::time::Instant::now();
    while app.count(left).await + app.count(identities).await > 0 {
        assert!(begin.elapsed() < harness::PATIENCE, "{}", app.log());
        app.advance("PT0S").await;
    }
}

#[tokio::test]
async fn whoever_typed_an_address_agreed_for_nobody_else() {
    let issuer = Issuer::start();
    let google = issuer.row("google", "google");
    let file = format!("{CONFIRMED}\n[frontend]\nredirect_uris = [\"{APP}\"]\n{google}");
    let app = TestApp::configured(&file, &[]).await;
    // Prepared by somebody else, and never proved.
    let mut body = sign_up(json!({"confirmed_age": 18, "accepted_policy": "2026-11"}));
    body["email"] = json!("ada@gmail.com");
    app.post("/v1/auth/register", "", &body).await.expect(202);
    app.advance("PT0S").await;
    issuer.is_asked_by(
        json!({"sub": "7", "email": "ada@gmail.com", "email_verified": true, "hd": "gmail.com"}),
    );
    let session = app.sign_in_with("google").await;
    assert_eq!(session["pending"], json!(["age", "policy"]));
}

#[tokio::test]
async fn the_database_refuses_half_an_answer() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let connection = app.connect().await;
    for wrong in [
        "age_confirmed = 18",
        "policy_accepted = '2026-11'",
        "status = 'closed'",
        "closed_at = 1",
        "erase_at = 1",
        "age_confirmed = 0, age_confirmed_at = 1",
    ] {
        let sql = format!("UPDATE account SET {wrong} WHERE id = '{}'", owner.id);
        assert!(connection.execute_unprepared(&sql).await.is_err(), "{wrong}");
    }
    connection.close().await.expect("the connection closes");
}
