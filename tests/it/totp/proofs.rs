//! What takes a fresh proof, and how one is given.

use entity::Timestamp;
use harness::{TestApp, text};
use serde_json::json;

use super::{Owner, now, step_up, wrong};

#[tokio::test]
async fn what_changes_the_ways_in_takes_a_fresh_proof() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let session = &owner.account.session;
    let renew = async || {
        app.post("/v1/auth/totp/recovery-codes", session, &json!({}))
            .await
    };
    renew().await.expect(200);
    app.advance("PT15M").await;
    renew().await.problem(403, "step_up_required");
    let begin = app.post("/v1/auth/totp/begin", session, &json!({})).await;
    begin.problem(403, "step_up_required");
    let confirm = json!({"totp_code": "123456"});
    let confirm = app.post("/v1/auth/totp/confirm", session, &confirm).await;
    confirm.problem(403, "step_up_required");
    let key = json!({"name": "a key", "scopes": ["credits:read"]});
    let made = app.post("/v1/keys", session, &key).await;
    made.problem(403, "step_up_required");
    // Wrong proofs prove nothing, and another sign-in proves nothing of this session.
    let bad = json!({"password": "another horse"});
    step_up(&app, session, bad).await.problem(422, "invalid_input");
    let bad = json!({"totp_code": wrong(&owner.secret, now(&app).await)});
    step_up(&app, session, bad).await.problem(422, "code_invalid");
    let code = owner.code(&app).await;
    let other = owner.login(&app, json!({"totp_code": code})).await.expect(200);
    let other = text(&other["access_token"]);
    app.post("/v1/keys", other, &key).await.expect(201);
    renew().await.problem(403, "step_up_required");
    app.advance("PT30S").await;
    let code = owner.code(&app).await;
    let stepped = step_up(&app, session, json!({"totp_code": code}))
        .await
        .expect(200);
    let until: Timestamp = text(&stepped["fresh_until"]).parse().expect("a moment");
    assert!(until > now(&app).await);
    renew().await.expect(200);
    app.post("/v1/keys", session, &key).await.expect(201);
    let password = json!({"password": owner.account.password});
    step_up(&app, session, password.clone()).await.expect(200);
    // Keys have no session.
    let key = &owner.account.key;
    step_up(&app, key, password).await.problem(404, "not_found");
    for path in ["begin", "recovery-codes"] {
        let path = format!("/v1/auth/totp/{path}");
        app.post(&path, key, &json!({})).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_password_can_t_be_guessed_by_stepping_up() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let mut waits = 0;
    for _ in 0..8 {
        let answer = step_up(&app, &owner.session, json!({"password": "another horse"})).await;
        waits += usize::from(answer.status == 429);
    }
    assert!(waits >= 2, "{waits} of eight guesses waited");
    app.advance("PT15M").await;
    let right = json!({"password": owner.password});
    step_up(&app, &owner.session, right).await.expect(200);
}
