//! Asking, confirming, withdrawing, expiring.

use harness::{Answer, TestApp, each, text};
use reqwest::Method;
use serde_json::{Value, json};

use super::{REQUESTS, ask, ask_and_confirm, confirm, path_of, receipt};

#[tokio::test]
async fn a_request_waits_for_its_mailed_code() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let body = json!({"type": "access", "statement": "everything, please"});
    let answer = app.post(REQUESTS, &owner.key, &body).await;
    let location = answer.header("location").to_owned();
    let request = answer.expect(202);
    assert_eq!(location, path_of(&request));
    assert_eq!(request["status"], "awaiting_verification");
    assert_eq!(
        (&request["type"], &request["statement"]),
        (&json!("access"), &body["statement"])
    );
    assert_eq!(
        (&request["result"], &request["actions"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(request["verification"]["method"], "mailed_code");
    let received: jiff::Timestamp = text(&request["received_at"]).parse().expect("a time");
    let due: jiff::Timestamp = text(&request["due_at"]).parse().expect("a time");
    let days = due.duration_since(received).as_hours() / 24;
    assert!((28..=31).contains(&days), "{days} days");

    let path = path_of(&request);
    let wrong = json!({"code": "00000000"});
    app.post(&format!("{path}/verify"), &owner.key, &wrong)
        .await
        .problem(422, "code_invalid");
    app.get(&format!("{path}/archive"), &owner.key)
        .await
        .problem(409, "conflict");
    app.get(&format!("{path}/receipt"), &owner.key)
        .await
        .problem(409, "conflict");
    let confirmed = confirm(&app, &owner, &request).await.expect(200);
    assert_ne!(confirmed["verification"]["verified_at"], Value::Null);
    app.post(&format!("{path}/verify"), &owner.key, &wrong)
        .await
        .problem(409, "conflict");
    receipt(&app, &confirmed).await;
    let done = app.get(&path, &owner.key).await.expect(200);
    assert_eq!(done["status"], "fulfilled");
    app.post(&format!("{path}/withdraw"), &owner.key, &json!({}))
        .await
        .problem(409, "conflict");
    let list = app.get(REQUESTS, &owner.key).await.expect(200);
    assert_eq!(each(&list, "id"), [text(&request["id"])]);
}

#[tokio::test]
async fn one_open_request_of_a_kind_is_enough() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let first = ask(&app, &owner.key, "access").await.expect(202);
    let second = ask(&app, &owner.key, "access").await.problem(409, "conflict");
    assert_eq!(second["request"], first["id"]);
    ask(&app, &owner.key, "erasure").await.expect(202);
    let path = format!("{}/withdraw", path_of(&first));
    let withdrawn = Answer::of(app.request(Method::POST, &path, &owner.key)).await;
    let withdrawn = withdrawn.expect(200);
    assert_eq!(
        (&withdrawn["status"], &withdrawn["receipt"]),
        (&json!("withdrawn"), &Value::Null)
    );
    let again = Answer::of(app.request(Method::POST, &path, &owner.key)).await;
    again.problem(409, "conflict");
    // An inbox is not flooded.
    for _ in 0..3 {
        let request = ask(&app, &owner.key, "access").await.expect(202);
        let path = format!("{}/withdraw", path_of(&request));
        Answer::of(app.request(Method::POST, &path, &owner.key))
            .await
            .expect(200);
    }
    ask(&app, &owner.key, "access").await.problem(429, "rate_limited");
    app.advance("PT61M").await;
    ask(&app, &owner.key, "access").await.expect(202);
}

#[tokio::test]
async fn what_nobody_confirms_expires() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let request = ask(&app, &owner.key, "erasure").await.expect(202);
    let code = app.mailed_code(&owner.email).await;
    app.advance("PT31M").await;
    let expired = app.get(&path_of(&request), &owner.key).await.expect(200);
    assert_eq!(expired["status"], "expired");
    let path = format!("{}/verify", path_of(&request));
    app.post(&path, &owner.key, &json!({"code": code}))
        .await
        .problem(409, "conflict");
    // Nothing happened, and another may be made.
    ask(&app, &owner.key, "erasure").await.expect(202);
}

#[tokio::test]
async fn wrong_codes_use_nothing_up() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let request = ask(&app, &owner.key, "access").await.expect(202);
    let path = format!("{}/verify", path_of(&request));
    for _ in 0..5 {
        app.post(&path, &owner.key, &json!({"code": "00000000"}))
            .await
            .problem(422, "code_invalid");
    }
    confirm(&app, &owner, &request).await.expect(200);
    receipt(&app, &request).await;
}

#[tokio::test]
async fn a_request_is_its_owners_alone() {
    let app = TestApp::start().await;
    let (owner, stranger) = (app.account().await, app.account().await);
    let request = ask(&app, &owner.key, "access").await.expect(202);
    let path = path_of(&request);
    let code = json!({"code": app.mailed_code(&owner.email).await});
    for end in ["", "/archive", "/receipt"] {
        app.get(&format!("{path}{end}"), &stranger.key)
            .await
            .problem(404, "not_found");
    }
    for end in ["verify", "withdraw"] {
        app.post(&format!("{path}/{end}"), &stranger.key, &code)
            .await
            .problem(404, "not_found");
    }
    let narrow = app.key_without(&owner.key, "data_rights:read").await;
    for end in ["", "/archive", "/receipt"] {
        app.get(&format!("{path}{end}"), &narrow)
            .await
            .problem(403, "insufficient_scope");
    }
    for forged in ["", "?token=", "?token=AAAA"] {
        app.get(&format!("{path}/receipt{forged}"), "")
            .await
            .problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_repeated_request_is_one_request() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let send = async |path: &str, body: &Value| {
        let request = app.request(Method::POST, path, &owner.key);
        Answer::of(request.header("Idempotency-Key", "a").json(body)).await
    };
    let body = json!({"type": "access"});
    let first = send(REQUESTS, &body).await.expect(202);
    let again = send(REQUESTS, &body).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.expect(202)["id"], first["id"]);
    send(REQUESTS, &json!({"type": "erasure"}))
        .await
        .problem(422, "idempotency_key_reused");
    let path = format!("{}/verify", path_of(&first));
    let code = json!({"code": app.mailed_code(&owner.email).await});
    send(&path, &code).await.expect(200);
    let again = send(&path, &code).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    again.expect(200);
    receipt(&app, &first).await;
}

#[tokio::test]
async fn where_money_is_real_a_test_key_speaks_for_nobody() {
    let mut app = TestApp::start().await;
    let owner = app.account().await;
    app.restart_with(&[("TINTYPE_SANDBOX_ENABLED", "false")]).await;
    ask(&app, &owner.key, "erasure")
        .await
        .problem(422, "invalid_input");
    let session = app.sign_in(&owner).await;
    let request = ask(&app, &session, "access").await.expect(202);
    assert_eq!(request["livemode"], true);
    app.get(&path_of(&request), &owner.key)
        .await
        .problem(404, "not_found");
    app.leave_jobs();
}

#[tokio::test]
async fn an_archive_is_removed_after_two_weeks() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let request = ask_and_confirm(&app, &owner, "access").await;
    receipt(&app, &request).await;
    let path = format!("{}/archive", path_of(&request));
    assert_eq!(app.get(&path, &owner.key).await.status, 200);
    assert_eq!(app.stored().len(), 1);
    app.advance("P15D").await;
    app.get(&path, &owner.key).await.problem(410, "erased");
    let seen = app.get(&path_of(&request), &owner.key).await.expect(200);
    assert_eq!(
        (&seen["status"], &seen["result"]),
        (&json!("fulfilled"), &Value::Null)
    );
    assert_eq!(app.stored(), Vec::<String>::new());
}

#[tokio::test]
async fn a_code_that_went_to_the_address_before_confirms_nothing() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let request = ask(&app, &owner.key, "erasure").await.expect(202);
    let old = app.mailed_code(&owner.email).await;
    let new = json!({"email": "ada@workshop.example"});
    app.post("/v1/account/email", &owner.session, &new)
        .await
        .expect(202);
    let code = app.mailed_code("ada@workshop.example").await;
    app.post(
        "/v1/account/email/confirm",
        &owner.session,
        &json!({"code": code}),
    )
    .await
    .expect(200);
    let verify = format!("{REQUESTS}/{}/verify", text(&request["id"]));
    app.post(&verify, &owner.key, &json!({"code": old}))
        .await
        .problem(422, "code_invalid");
    let withdraw = format!("{REQUESTS}/{}/withdraw", text(&request["id"]));
    app.post(&withdraw, &owner.key, &json!(null)).await.expect(200);
    ask(&app, &owner.key, "erasure").await.expect(202);
    let code = app.mailed_code("ada@workshop.example").await;
    assert_ne!(code, old);
}
