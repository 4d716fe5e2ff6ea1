//! Set up, asked for at every way in, recovered from, and gone with the account.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use harness::{APP, Browser, Issuer, TestApp, VERIFIER, text};
use serde_json::{Value, json};
use tintype::auth::totp::Secret;

use super::{Owner, mailed, now, wrong};

#[tokio::test]
async fn an_authenticator_app_is_set_up_asked_for_and_taken_away() {
    let app = TestApp::start().await;
    let account = app.account().await;
    let status = app.get("/v1/auth/totp", &account.session).await.expect(200);
    assert_eq!(
        status,
        json!({"enabled": false, "enabled_at": null, "recovery_codes_left": 0})
    );
    let begin = async || {
        let begun = app
            .post("/v1/auth/totp/begin", &account.session, &json!({}))
            .await;
        begun.expect(200)
    };
    let confirm = async |code: String| {
        let body = json!({"totp_code": code});
        app.post("/v1/auth/totp/confirm", &account.session, &body).await
    };
    confirm("123456".to_owned()).await.problem(409, "conflict");
    // What was begun and not confirmed changes nothing, and is void after the next.
    let void = Secret::from_base32(text(&begin().await["secret"])).expect("a secret");
    let body = json!({"email": account.email, "password": account.password});
    app.post("/v1/auth/login", "", &body).await.expect(200);
    let begun = begin().await;
    let secret = Secret::from_base32(text(&begun["secret"])).expect("a secret");
    assert!(text(&begun["otpauth_uri"]).contains(text(&begun["secret"])));
    confirm(void.code(now(&app).await))
        .await
        .problem(422, "code_invalid");
    confirm(wrong(&secret, now(&app).await))
        .await
        .problem(422, "code_invalid");
    let first = secret.code(now(&app).await);
    let confirmed = confirm(first.clone()).await.expect(200);
    let codes: BTreeSet<&str> = confirmed["recovery_codes"]
        .as_array()
        .expect("codes")
        .iter()
        .map(text)
        .collect();
    assert_eq!(codes.len(), 10);
    confirm(first.clone()).await.problem(409, "conflict");
    let again = app
        .post("/v1/auth/totp/begin", &account.session, &json!({}))
        .await;
    again.problem(409, "conflict");
    let status = app.get("/v1/auth/totp", &account.session).await.expect(200);
    assert_eq!(
        (&status["enabled"], &status["recovery_codes_left"]),
        (&json!(true), &json!(10))
    );
    assert_eq!(mailed(&app, &account.email).await[0], "totp_added");

    // The password alone opens nothing any more; nor does the code that turned it on.
    let owner = Owner {
        account,
        secret,
        recovery: Vec::new(),
    };
    owner.login(&app, json!({})).await.problem(401, "totp_required");
    owner
        .login(&app, json!({"totp_code": first}))
        .await
        .problem(401, "totp_invalid");
    app.advance("PT30S").await;
    // A code does not make up for the password, and is not used up by the try.
    let code = owner.code(&app).await;
    let mut other = owner.body(json!({"totp_code": code}));
    other["password"] = json!("another horse");
    app.post("/v1/auth/login", "", &other)
        .await
        .problem(401, "unauthenticated");
    let session = owner.login(&app, json!({"totp_code": code})).await.expect(200);
    let session = text(&session["access_token"]).to_owned();

    // Turned off by the password, by which nothing is asked any more.
    let remove = async |proof: Value| app.post("/v1/auth/totp/remove", &session, &proof).await;
    remove(json!({})).await.problem(400, "invalid_request");
    let both = json!({"password": "x", "totp_code": "123456"});
    remove(both).await.problem(400, "invalid_request");
    remove(json!({"password": "another horse"}))
        .await
        .problem(422, "invalid_input");
    remove(json!({"totp_code": code}))
        .await
        .problem(422, "code_invalid");
    remove(json!({"password": owner.account.password}))
        .await
        .expect(204);
    remove(json!({"password": owner.account.password}))
        .await
        .problem(409, "conflict");
    assert_eq!(mailed(&app, &owner.account.email).await[0], "totp_removed");
    owner.login(&app, json!({})).await.expect(200);
    assert_eq!(app.count("SELECT COUNT(*) FROM recovery_code").await, 0);
    // Whoever sends a code all the same is let in.
    owner
        .login(&app, json!({"totp_code": "123456"}))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_and_the_owner_hears_of_it() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let code = &owner.recovery[0];
    let typed = code.to_uppercase().replace('-', " ");
    owner
        .login(&app, json!({"recovery_code": typed}))
        .await
        .expect(200);
    let mails = mailed(&app, &owner.account.email).await;
    assert!(
        mails.iter().any(|template| template == "recovery_code_used"),
        "{mails:?}"
    );
    owner
        .login(&app, json!({"recovery_code": code}))
        .await
        .problem(401, "totp_invalid");
    let both = json!({"recovery_code": code, "totp_code": "123456"});
    owner.login(&app, both).await.problem(400, "invalid_request");
    // At once, one gets in.
    let body = owner.body(json!({"recovery_code": owner.recovery[1]}));
    let all = join_all((0..5).map(|_| app.post("/v1/auth/login", "", &body))).await;
    assert_eq!(all.iter().filter(|answer| answer.status == 200).count(), 1);
    let status = app.get("/v1/auth/totp", &owner.account.session).await.expect(200);
    assert_eq!(status["recovery_codes_left"], 8);
    // New ones void the old.
    let renewed = app
        .post("/v1/auth/totp/recovery-codes", &owner.account.session, &json!({}))
        .await
        .expect(200);
    assert_eq!(
        mailed(&app, &owner.account.email).await[0],
        "recovery_codes_renewed"
    );
    app.advance("PT1H").await;
    let old = json!({"recovery_code": owner.recovery[2]});
    owner.login(&app, old).await.problem(401, "totp_invalid");
    let new = json!({"recovery_code": renewed["recovery_codes"][9]});
    owner.login(&app, new).await.expect(200);
    // A stranger's code is no code of this account.
    let stranger = Owner::new(&app).await;
    let theirs = json!({"recovery_code": stranger.recovery[0]});
    owner.login(&app, theirs).await.problem(401, "totp_invalid");
}

#[tokio::test]
async fn another_password_does_not_take_the_second_factor_away() {
    let app = TestApp::start().await;
    let mut owner = Owner::new(&app).await;
    let forgot = json!({"email": owner.account.email});
    app.post("/v1/auth/password/forgot", "", &forgot)
        .await
        .expect(202);
    let code = app.mailed_code(&owner.account.email).await;
    let reset = json!({"email": owner.account.email, "code": code, "password": "a new horse at dawn"});
    app.post("/v1/auth/password/reset", "", &reset).await.expect(204);
    owner.account.password = "a new horse at dawn".to_owned();
    owner.login(&app, json!({})).await.problem(401, "totp_required");
    let code = owner.code(&app).await;
    owner.login(&app, json!({"totp_code": code})).await.expect(200);
}

#[tokio::test]
async fn an_erasure_takes_the_second_factor_with_it() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let key = &owner.account.key;
    let asked = app
        .post("/v1/data-rights/requests", key, &json!({"type": "erasure"}))
        .await
        .expect(202);
    let code = app.mailed_code(&owner.account.email).await;
    let path = format!("/v1/data-rights/requests/{}/verify", text(&asked["id"]));
    app.post(&path, key, &json!({"code": code})).await.expect(200);
    for _ in 0..20 {
        app.advance("PT1S").await;
    }
    let left = "SELECT (SELECT COUNT(*) FROM totp) + (SELECT COUNT(*) FROM recovery_code)";
    assert_eq!(app.count(left).await, 0);
}

#[tokio::test]
async fn who_comes_by_way_of_a_provider_is_asked_too() {
    let issuer = Issuer::start();
    let file = format!(
        "[frontend]\nredirect_uris = [\"{APP}\"]\n{}",
        issuer.row("google", "google")
    );
    let app = TestApp::configured(&file, &[]).await;
    let owner = Owner::new(&app).await;
    let email = owner.account.email.clone();
    issuer.is_asked_by(json!({"sub": "g-1", "email": email, "email_verified": true, "hd": "studio.example"}));
    let redeem = async |code: &str, more: Value| {
        let mut body = json!({"code": code, "code_verifier": VERIFIER});
        let members = body.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        app.post("/v1/auth/oauth/token", "", &body).await
    };
    let identities = "SELECT COUNT(*) FROM oauth_identity";
    // First as a newcomer, whose address finds the account; then as a known identity.
    for linked in [0, 1] {
        let code = Browser::default().sign_in(&app, "google").await.code();
        redeem(&code, json!({})).await.problem(401, "totp_required");
        let bad = json!({"totp_code": wrong(&owner.secret, now(&app).await)});
        redeem(&code, bad).await.problem(401, "totp_invalid");
        // What a refusal leaves is the code, and the count of tries.
        assert_eq!(app.count(identities).await, linked);
        assert_eq!(app.count("SELECT failures FROM totp").await, 1);
        let right = owner.code(&app).await;
        let session = redeem(&code, json!({"totp_code": right})).await.expect(200);
        assert_eq!(text(&session["account_id"]), owner.account.id);
        redeem(&code, json!({"totp_code": right}))
            .await
            .problem(422, "oauth_code_invalid");
        assert_eq!(app.count(identities).await, 1);
        // A used code helps nobody here either.
        let code = Browser::default().sign_in(&app, "google").await.code();
        redeem(&code, json!({"totp_code": right}))
            .await
            .problem(401, "totp_invalid");
        let recovery = json!({"recovery_code": owner.recovery[usize::try_from(linked).expect("small")]});
        redeem(&code, recovery).await.expect(200);
        app.advance("PT1M").await;
        let code = owner.code(&app).await;
        owner.login(&app, json!({"totp_code": code})).await.expect(200);
        app.advance("PT1M").await;
    }
}

#[tokio::test]
async fn a_closed_account_is_opened_again_by_both_factors() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let close = async |session: &str| app.delete("/v1/account", session).await.expect(200);
    let reactivate = async |more: Value| app.post("/v1/account/reactivate", "", &owner.body(more)).await;
    let shut = async || {
        let refused = app.get("/v1/credits", &owner.account.key).await;
        refused.problem(401, "unauthenticated");
    };
    close(&owner.account.session).await;
    reactivate(json!({})).await.problem(401, "totp_required");
    let bad = json!({"totp_code": wrong(&owner.secret, now(&app).await)});
    reactivate(bad).await.problem(401, "totp_invalid");
    shut().await;
    let code = json!({"totp_code": owner.code(&app).await});
    let opened = reactivate(code.clone()).await.expect(200);
    assert_eq!(opened["account_id"], owner.account.id);
    app.get("/v1/credits", &owner.account.key).await.expect(200);
    // A code counts once, whatever it was shown for.
    owner.login(&app, code.clone()).await.problem(401, "totp_invalid");
    close(text(&opened["access_token"])).await;
    reactivate(code).await.problem(401, "totp_invalid");
    shut().await;
    let recovery = json!({"recovery_code": owner.recovery[0]});
    let all = join_all((0..4).map(|_| reactivate(recovery.clone()))).await;
    let opened: Vec<&Value> = all
        .iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| &answer.json)
        .collect();
    assert_eq!(opened.len(), 1);
    assert!(
        mailed(&app, &owner.account.email)
            .await
            .contains(&"recovery_code_used".to_owned())
    );
    close(text(&opened[0]["access_token"])).await;
    reactivate(recovery).await.problem(401, "totp_invalid");
    shut().await;
    app.advance("PT1M").await;
    let code = json!({"totp_code": owner.code(&app).await});
    reactivate(code).await.expect(200);
}
