//! One password, however a keyboard writes it.

use harness::{Answer, TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

const COMPOSED: &str = "Gr\u{fc}\u{df}e 2026 an alle";
const IN_PARTS: &str = "Gru\u{308}\u{df}e 2026 an alle";

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post("/v1/auth/login", "", &body).await
}

#[tokio::test]
async fn a_letter_is_one_character_on_some_keyboards_and_two_on_others() {
    let app = TestApp::start().await;
    let email = "ada@studio.example";
    let session = app.sign_up(&json!({"email": email, "password": COMPOSED})).await;
    let session = text(&session["access_token"]);
    login(&app, email, IN_PARTS).await.expect(200);
    login(&app, email, "Gr\u{fc}sse 2026 an alle")
        .await
        .problem(401, "unauthenticated");
    // Nor does it matter which of Unicode's spaces stands between the words.
    let proof = json!({"password": IN_PARTS.replace(' ', "\u{a0}")});
    app.post("/v1/auth/step-up", session, &proof).await.expect(200);
    let change = json!({"current_password": IN_PARTS, "new_password": "\u{e9}t\u{e9} comme hiver"});
    app.post("/v1/auth/password/change", session, &change)
        .await
        .expect(204);
    login(&app, email, "e\u{301}te\u{301} comme hiver")
        .await
        .expect(200);
}

/// A hash of what was typed, as they were made before.
#[tokio::test]
async fn a_hash_of_what_was_typed_lets_its_owner_in_and_is_made_anew() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    // Of `IN_PARTS`.
    let old = "$2b$04$abcdefghijklmnopqrstuu4vMh1MtxOP4WqzhXNteo.LWSu55EZjK";
    let connection = app.connect().await;
    let sql = format!(
        "UPDATE account SET password_hash = '{old}' WHERE id = '{}'",
        owner.id
    );
    connection.execute_unprepared(&sql).await.expect("it runs");
    connection.close().await.expect("the connection closes");
    login(&app, &owner.email, COMPOSED)
        .await
        .problem(401, "unauthenticated");
    login(&app, &owner.email, IN_PARTS).await.expect(200);
    login(&app, &owner.email, COMPOSED).await.expect(200);
    let sql = format!("SELECT COUNT(*) FROM account WHERE password_hash = '{old}'");
    assert_eq!(app.count(&sql).await, 0);
}
