//! Setting oneself up, signing in with both factors, and being out again.

use futures_util::future::join_all;
use harness::{Answer, STAFF_PASSWORD, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{data, entries};

const EMAIL: &str = "owner@studio.example";

#[tokio::test]
async fn nobody_signs_in_without_an_app() {
    let app = TestApp::start().await;
    let token = app.staff_token(EMAIL, "owner");
    // Invited, and then with a password, but without a confirmed app.
    app.staff_login(EMAIL, "123456")
        .await
        .problem(401, "unauthenticated");
    let secret = app.begin_setup(&token).await;
    let code = app.totp(&secret, 0).await;
    app.staff_login(EMAIL, &code)
        .await
        .problem(401, "unauthenticated");
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let confirm = async |code: &str| {
        let body = json!({"token": token, "code": code});
        app.post("/admin/v1/setup/confirm", "", &body).await
    };
    confirm(wrong).await.problem(422, "code_invalid");
    confirm(&code).await.expect(200);
    // The token is used up, for either step.
    confirm(&app.totp(&secret, 1).await)
        .await
        .problem(422, "code_invalid");
    let again = json!({"token": token, "password": STAFF_PASSWORD});
    let again = app.post("/admin/v1/setup", "", &again).await;
    again.problem(422, "code_invalid");
    // Each code counts once: that of the confirmation, too.
    app.staff_login(EMAIL, &code)
        .await
        .problem(401, "unauthenticated");
    let next = app.totp(&secret, 1).await;
    let session = app.staff_login(EMAIL, &next).await.expect(200);
    app.staff_login(EMAIL, &next)
        .await
        .problem(401, "unauthenticated");
    let me = app.get("/admin/v1/me", text(&session["token"])).await.expect(200);
    assert_eq!((&me["email"], &me["role"]), (&json!(EMAIL), &json!("owner")));
    assert_eq!(entries(&app, "auth.login", "refused").await, 4);
    assert_eq!(entries(&app, "auth.login", "done").await, 1);
    // A password alone, or one field less, is no request at all.
    let body = json!({"email": EMAIL, "password": STAFF_PASSWORD});
    let alone = app.post("/admin/v1/login", "", &body).await;
    alone.problem(400, "invalid_request");
}

#[tokio::test]
async fn what_is_wrong_is_not_told() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    app.advance("PT1M").await;
    let right = app.totp(&owner.secret, 0).await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let mut said = Vec::new();
    for (email, password, code) in [
        (EMAIL, "another password entirely", right.as_str()),
        (EMAIL, STAFF_PASSWORD, wrong),
        ("nobody@studio.example", STAFF_PASSWORD, right.as_str()),
    ] {
        let body = json!({"email": email, "password": password, "totp_code": code});
        let refused = app.post("/admin/v1/login", "", &body).await;
        let problem = refused.problem(401, "unauthenticated");
        said.push(problem["detail"].clone());
    }
    assert!(said.iter().all(|detail| *detail == said[0]), "{said:?}");
    // The wrong password did not use the code up.
    app.staff_login(EMAIL, &right).await.expect(200);
}

#[tokio::test]
async fn of_many_with_one_code_one_gets_in() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    app.advance("PT1M").await;
    let code = app.totp(&owner.secret, 0).await;
    let all = join_all((0..4).map(|_| app.staff_login(EMAIL, &code))).await;
    let mut statuses: Vec<u16> = all.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401]);
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let app = TestApp::start().await;
    app.owner().await;
    app.advance("PT1M").await;
    for _ in 0..5 {
        app.staff_login(EMAIL, "000000")
            .await
            .problem(401, "unauthenticated");
    }
    let slowed = app.staff_login(EMAIL, "000000").await;
    slowed.problem(429, "rate_limited");
}

/// Wrong codes from ever more networks, beside the right password.
#[tokio::test]
async fn wrong_codes_count_for_the_member_of_staff() {
    let app = TestApp::configured("[server]\ntrusted_proxies = [\"127.0.0.1/32\"]\n", &[]).await;
    let owner = app.owner().await;
    app.advance("PT1M").await;
    let login_from = async |network: u8, password: &str, code: &str| {
        let body = json!({"email": EMAIL, "password": password, "totp_code": code});
        let request = app.request(Method::POST, "/admin/v1/login", "");
        let from = format!("198.51.{network}.1");
        Answer::of(request.header("x-forwarded-for", from).json(&body)).await
    };
    let right = app.totp(&owner.secret, 0).await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let guesses = (0..20).map(async |network| login_from(network, STAFF_PASSWORD, wrong).await);
    let mut said = Vec::new();
    for guess in join_all(guesses).await {
        said.push(guess.problem(401, "unauthenticated")["detail"].clone());
    }
    // Few were looked at, and which they were nobody can tell.
    let failures = || app.count("SELECT failures FROM staff");
    assert!((5..=10).contains(&failures().await), "{}", failures().await);
    let mut network = 100;
    while failures().await < 10 {
        app.advance("PT8S").await;
        network += 1;
        let guess = login_from(network, STAFF_PASSWORD, wrong).await;
        said.push(guess.problem(401, "unauthenticated")["detail"].clone());
    }
    // Until the wait is over not even the right one is.
    let right = app.totp(&owner.secret, 0).await;
    for (network, password) in [(50, "another password entirely"), (51, STAFF_PASSWORD)] {
        let refused = login_from(network, password, &right).await;
        said.push(refused.problem(401, "unauthenticated")["detail"].clone());
    }
    assert_eq!(failures().await, 10);
    assert!(said.iter().all(|detail| *detail == said[0]), "{said:?}");
    let refused = i64::try_from(said.len()).expect("few");
    assert_eq!(entries(&app, "auth.login", "refused").await, refused);
    // Wrong passwords make nobody wait but who tries them.
    app.advance("PT15M").await;
    for network in 60..70 {
        login_from(network, "another password entirely", wrong)
            .await
            .problem(401, "unauthenticated");
    }
    let right = app.totp(&owner.secret, 0).await;
    login_from(80, STAFF_PASSWORD, &right).await.expect(200);
    assert_eq!(failures().await, 0);
}

#[tokio::test]
async fn a_session_has_so_many_requests_a_minute() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "30")]).await;
    let owner = app.owner().await;
    let before = entries(&app, "auth.me", "done").await;
    let mut answered = 0;
    let refused = loop {
        let me = app.admin(Method::GET, "/me", &owner, &Value::Null).await;
        match me.status {
            200 => answered += 1,
            _ => break me,
        }
        assert!(answered <= 60, "nobody stops it");
    };
    assert!(!refused.header("retry-after").is_empty());
    refused.problem(429, "rate_limited");
    // What was read is written down, and what was not is not.
    assert_eq!(entries(&app, "auth.me", "done").await, before + answered);
    assert_eq!(entries(&app, "auth.me", "refused").await, 0);
}

#[tokio::test]
async fn an_invitation_lasts_for_an_hour() {
    let app = TestApp::start().await;
    let token = app.staff_token(EMAIL, "owner");
    app.advance("PT61M").await;
    let body = json!({"token": token, "password": STAFF_PASSWORD});
    let late = app.post("/admin/v1/setup", "", &body).await;
    late.problem(422, "code_invalid");
    // The command gives another, and takes the old one's place.
    let token = app.staff_token(EMAIL, "owner");
    app.set_up(EMAIL, &token).await;
}

#[tokio::test]
async fn whoever_has_the_machine_lets_somebody_set_themselves_up_anew() {
    let app = TestApp::start().await;
    let before = app.owner().await;
    let token = app.staff_token(EMAIL, "owner");
    let me = app.admin(Method::GET, "/me", &before, &Value::Null).await;
    me.problem(401, "unauthenticated");
    app.advance("PT1M").await;
    let code = app.totp(&before.secret, 0).await;
    app.staff_login(EMAIL, &code)
        .await
        .problem(401, "unauthenticated");
    let after = app.set_up(EMAIL, &token).await;
    assert_eq!(after.id, before.id);
    assert_ne!(after.secret, before.secret);
    assert_eq!(entries(&app, "tintype admin new", "done").await, 2);
}

#[tokio::test]
async fn a_session_ends_with_silence_and_with_the_day() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let me = async |token: &str| app.get("/admin/v1/me", token).await;
    for _ in 0..16 {
        me(&owner.token).await.expect(200);
        app.advance("PT29M").await;
    }
    // Seven hours and 44 minutes: one more visit, and the day is over.
    me(&owner.token).await.expect(200);
    app.advance("PT20M").await;
    me(&owner.token).await.problem(401, "unauthenticated");
    let code = app.totp(&owner.secret, 0).await;
    let next = app.staff_login(EMAIL, &code).await.expect(200);
    let token = text(&next["token"]);
    app.advance("PT31M").await;
    me(token).await.problem(401, "unauthenticated");
    let code = app.totp(&owner.secret, 0).await;
    let last = app.staff_login(EMAIL, &code).await.expect(200);
    let token = text(&last["token"]);
    let out = app.request(Method::POST, "/admin/v1/logout", token);
    Answer::of(out).await.expect(204);
    me(token).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn what_opens_one_api_opens_nothing_of_the_other() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let customer = app.account().await;
    for credentials in [&customer.key, &customer.session, &app.demo, &"staff_".to_owned()] {
        let refused = app.get("/admin/v1/me", credentials).await;
        refused.problem(401, "unauthenticated");
    }
    for path in ["/v1/account", "/v1/credits", "/v1/generations"] {
        app.get(path, &owner.token).await.problem(401, "unauthenticated");
    }
    // The passwords are no one's of the other side.
    let body = json!({"email": EMAIL, "password": STAFF_PASSWORD});
    let refused = app.post("/v1/auth/login", "", &body).await;
    refused.problem(401, "unauthenticated");
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let app = TestApp::start().await;
    let owner = app.owner().await;
    let support = app.operator(&owner, "support").await;
    app.advance("PT1M").await;
    let code = app.totp(&support.secret, 0).await;
    let second = app.staff_login(&support.email, &code).await.expect(200);
    let second = text(&second["token"]);
    let list = async |token: &str| {
        let page = app.get("/admin/v1/sessions", token).await.expect(200);
        data(&page).clone()
    };
    let end = async |by: &str, session: &Value| {
        let path = format!("/admin/v1/sessions/{}", text(&session["id"]));
        app.delete(&path, by).await
    };
    let own = list(&support.token).await;
    let currents: Vec<&Value> = own.iter().map(|session| &session["current"]).collect();
    assert_eq!(currents, [&json!(false), &json!(true)]);
    assert!(own.iter().all(|session| session["staff_id"] == support.id));
    let all = list(&owner.token).await;
    assert_eq!(all.len(), 3);
    // Another's is an owner's business.
    end(&support.token, &all[2]).await.problem(404, "not_found");
    end(&support.token, &own[0]).await.expect(204);
    app.get("/admin/v1/me", second)
        .await
        .problem(401, "unauthenticated");
    end(&owner.token, &own[1]).await.expect(204);
    app.get("/admin/v1/me", &support.token)
        .await
        .problem(401, "unauthenticated");
    assert_eq!(list(&owner.token).await.len(), 1);
    assert_eq!(entries(&app, "sessions.list", "done").await, 3);
    assert_eq!(entries(&app, "sessions.end", "done").await, 2);
    assert_eq!(entries(&app, "sessions.end", "refused").await, 1);
    // Silence ends them, too, and what is over for a month is forgotten.
    app.advance("PT31M").await;
    let code = app.totp(&owner.secret, 0).await;
    let next = app.staff_login(EMAIL, &code).await.expect(200);
    assert_eq!(list(text(&next["token"])).await.len(), 1);
    app.advance("P31D").await;
    assert_eq!(app.count("SELECT COUNT(*) FROM staff_session").await, 0);
}
