//! `/v1/auth` and `/v1/account`: signing up and in, and telling nobody who has.

use std::collections::BTreeSet;

use harness::{Answer, TestApp, text};
use serde_json::{Value, json};

async fn register(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post(
        "/v1/auth/register",
        "",
        &json!({"email": email, "password": password}),
    )
    .await
}

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    app.post(
        "/v1/auth/login",
        "",
        &json!({"email": email, "password": password}),
    )
    .await
}

#[tokio::test]
async fn who_signs_up_and_proves_the_address_is_in() {
    let app = TestApp::start().await;
    let begun = register(&app, "Ada@Studio.example", "correct horse battery").await;
    let begun = begun.expect(202);
    // Without the code there is no way in.
    login(&app, "ada@studio.example", "correct horse battery")
        .await
        .problem(401, "unauthenticated");
    let code = app.mailed_code("ada@studio.example").await;
    let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
    let session = app.verify(&begun, &typed).await.expect(200);
    assert_eq!(
        (&session["token_type"], &session["expires_in"]),
        (&json!("Bearer"), &json!(1800))
    );
    let account = app
        .get("/v1/account", text(&session["access_token"]))
        .await
        .expect(200);
    assert_eq!(
        (&account["id"], &account["email"]),
        (&session["account_id"], &json!("Ada@Studio.example"))
    );
    assert_ne!(account["email_verified_at"], Value::Null);
    assert_eq!(
        app.balance(text(&session["access_token"])).await,
        ["1000", "0", "0"]
    );
    // A code works once.
    app.verify(&begun, &code).await.problem(422, "code_invalid");
    login(&app, "ADA@studio.example", "correct horse battery")
        .await
        .expect(200);
}

#[tokio::test]
async fn an_answer_does_not_tell_who_has_an_account() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let shape = |answer: &Answer| {
        let members: BTreeSet<String> = answer
            .json
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        (answer.status, members, answer.json["detail"].clone())
    };
    let known = register(&app, &owner.email, "correct horse battery").await;
    let unknown = register(&app, "nobody@studio.example", "correct horse battery").await;
    assert_eq!(shape(&known), shape(&unknown));
    let begun = [known, unknown].map(|answer| answer.expect(202));
    let known = login(&app, &owner.email, "wrong").await;
    let unknown = login(&app, "nobody2@studio.example", "wrong").await;
    assert_eq!(shape(&known), shape(&unknown));
    known.problem(401, "unauthenticated");
    let known = app.verify(&begun[0], "0000-0000").await;
    let unknown = app.verify(&begun[1], "0000-0000").await;
    assert_eq!(shape(&known), shape(&unknown));
    known.problem(422, "code_invalid");
    // Its owner learns by mail, and the password stays.
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    assert_eq!(mails[0]["template"], "already_registered");
    login(&app, &owner.email, &owner.password).await.expect(200);
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_by_itself() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let again = login(&app, &owner.email, &owner.password).await.expect(200);
    let again = text(&again["access_token"]);
    let out = app.request(reqwest::Method::POST, "/v1/auth/logout", &owner.session);
    Answer::of(out).await.expect(204);
    app.get("/v1/account", &owner.session)
        .await
        .problem(401, "unauthenticated");
    app.get("/v1/account", again).await.expect(200);
    app.advance("PT31M").await;
    app.get("/v1/account", again)
        .await
        .problem(401, "unauthenticated");
    // A key is no session.
    let out = app.request(reqwest::Method::POST, "/v1/auth/logout", &owner.key);
    Answer::of(out).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_token_that_was_touched_is_refused() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let parts: Vec<&str> = owner.session.split('.').collect();
    let [head, claims, signature] = parts[..] else {
        panic!("no token")
    };
    // {"alg":"none"}
    let none = "eyJhbGciOiJub25lIn0";
    for forged in [
        format!("{none}.{claims}."),
        format!("{none}.{claims}.{signature}"),
        format!("{head}.{claims}."),
        format!("{head}.{}A.{signature}", &claims[..claims.len() - 1]),
        format!("{head}.{claims}"),
    ] {
        app.get("/v1/account", &forged)
            .await
            .problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn who_guesses_passwords_waits() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    for _ in 0..5 {
        login(&app, &owner.email, "guess")
            .await
            .problem(401, "unauthenticated");
    }
    login(&app, &owner.email, "guess")
        .await
        .problem(429, "rate_limited");
    login(&app, &owner.email, &owner.password)
        .await
        .problem(429, "rate_limited");
    app.advance("PT1H").await;
    login(&app, &owner.email, &owner.password).await.expect(200);
}

#[tokio::test]
async fn what_is_no_address_or_password_is_refused() {
    let app = TestApp::start().await;
    let long = format!("{}@studio.example", "a".repeat(250));
    for email in [
        "",
        "ada",
        "@studio.example",
        "ada@",
        "ada @studio.example",
        "a\r\nBcc: b@c@d",
        &long,
    ] {
        register(&app, email, "correct horse battery")
            .await
            .problem(400, "invalid_request");
    }
    for password in ["", "short", &"p".repeat(129), "with\u{0}nul...."] {
        register(&app, "ada@studio.example", password)
            .await
            .problem(400, "invalid_request");
    }
    app.verify(&json!({"registration": "x"}), "1234")
        .await
        .problem(400, "invalid_request");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM account").await,
        1,
        "only the demo account"
    );
}
