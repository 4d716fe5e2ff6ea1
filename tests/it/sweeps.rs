//! What has no use any more is forgotten after a while; what counts stays.

use harness::{APP, Account, Answer, Browser, Issuer, TestApp, text};
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

const TOKEN: &str = "a token of thirty-two characters";

/// How many rows of a table are so.
async fn rows(app: &TestApp, table: &str, such: &str) -> i64 {
    app.count(&format!("SELECT COUNT(*) FROM {table} WHERE {such}"))
        .await
}

/// A relay says that a mail came back.
async fn bounce(app: &TestApp, kind: &str, email: &str) {
    let event =
        json!({"event": kind, "email": email, "id": 4711, "ts_event": 1_795_165_200, "message-id": "<1@a>"});
    let request = app.request(Method::POST, "/hooks/mail/brevo", TOKEN).json(&event);
    assert_eq!(Answer::of(request).await.expect(200)["news"], 1);
}

async fn sign_in(app: &TestApp, owner: &Account) -> Value {
    let body = json!({"email": owner.email, "password": owner.password});
    app.post("/v1/auth/login", "", &body).await.expect(200)
}

/// Weeks, in which somebody stays signed in.
async fn weeks(app: &TestApp, session: &mut Value, fortnights: u32) {
    for _ in 0..fortnights {
        app.advance("P13D").await;
        let body = json!({"refresh_token": session["refresh_token"]});
        *session = app.post("/v1/auth/refresh", "", &body).await.expect(200);
    }
}

#[tokio::test]
async fn mails_codes_and_sessions_go_after_a_month_and_what_counts_stays() {
    let app = TestApp::with(&[("TINTYPE_MAIL_BREVO_HOOK_TOKEN", TOKEN)]).await;
    let (owner, bounced) = (app.account().await, app.account().await);
    let mut open = sign_in(&app, &owner).await;
    let forgot = json!({"email": owner.email});
    app.post("/v1/auth/password/forgot", "", &forgot)
        .await
        .expect(202);
    let change = json!({"email": "ada@workshop.example"});
    app.post("/v1/account/email", &owner.session, &change)
        .await
        .expect(202);
    app.advance("PT0S").await;
    bounce(&app, "soft_bounce", &bounced.email).await;
    bounce(&app, "hard_bounce", &bounced.email).await;
    // One mail that nobody could send so far.
    let connection = app.connect().await;
    let unsent = format!(
        "UPDATE mail SET sent_at = NULL WHERE account_id = '{}' AND template = 'verify_email'",
        bounced.id
    );
    connection.execute_unprepared(&unsent).await.expect("it runs");
    connection.close().await.expect("the connection closes");

    weeks(&app, &mut open, 2).await;
    let own = format!("account_id = '{}'", owner.id);
    for (table, before) in [
        ("mail", 3),
        ("mailed_code", 3),
        ("session", 2),
        ("email_change", 1),
    ] {
        assert_eq!(rows(&app, table, &own).await, before, "{table}");
    }
    app.post("/v1/auth/password/forgot", "", &forgot)
        .await
        .expect(202);
    weeks(&app, &mut open, 2).await;
    // Those of the last weeks, and the session that is open.
    for (table, after) in [
        ("mail", 1),
        ("mailed_code", 1),
        ("session", 1),
        ("email_change", 0),
    ] {
        assert_eq!(rows(&app, table, &own).await, after, "{table}");
    }
    app.get("/v1/account", text(&open["access_token"]))
        .await
        .expect(200);
    assert_eq!(rows(&app, "mail", "sent_at IS NULL").await, 1);
    assert_eq!(rows(&app, "mail_bounce", "kind = 'soft_bounce'").await, 0);
    assert_eq!(rows(&app, "mail_bounce", "kind = 'hard_bounce'").await, 1);
    // It still keeps mails away.
    let body = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &bounced.key, &body).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
    app.advance("PT0S").await;
    assert_eq!(app.mails(&bounced.email).await[0]["failure"], "suppressed");
}

#[tokio::test]
async fn what_was_begun_and_not_ended_goes_when_its_time_is_over() {
    let issuer = Issuer::start();
    let google = issuer.row("google", "google");
    let file = format!("[frontend]\nredirect_uris = [\"{APP}\"]\n{google}");
    let app = TestApp::configured(&file, &[]).await;
    let (owner, other) = (app.account().await, app.account().await);
    let begin = async |session: &str| {
        let begun = app.post("/v1/auth/totp/begin", session, &json!({})).await;
        begun.expect(200)
    };
    begin(&owner.session).await;
    let app_of_other = crate::totp::first_code(&app, &other.session).await;
    app.post("/v1/auth/totp/confirm", &other.session, &app_of_other)
        .await
        .expect(200);
    let sent = Browser::default().open(&app.start_of("google")).await;
    assert!(sent.is_ok());
    app.advance("PT9M").await;
    assert_eq!(rows(&app, "oauth_flow", "TRUE").await, 1);
    app.advance("PT2M").await;
    assert_eq!(rows(&app, "oauth_flow", "TRUE").await, 0);
    assert_eq!(rows(&app, "totp", "confirmed_at IS NULL").await, 1);
    app.advance("PT20M").await;
    assert_eq!(rows(&app, "totp", "confirmed_at IS NULL").await, 0);
    app.advance("P60D").await;
    assert_eq!(rows(&app, "totp", "TRUE").await, 1);
    assert_eq!(rows(&app, "recovery_code", "TRUE").await, 10);
}
