//! Linking a provider to an account, and taking it away.

use harness::{APP, Browser, VERIFIER, text};
use serde_json::{Value, json};

use super::{Stage, address, person};

fn ids(identities: &Value) -> Vec<String> {
    harness::each(identities, "id")
        .iter()
        .map(|id| (*id).to_owned())
        .collect()
}

#[tokio::test]
async fn who_is_signed_in_links_and_unlinks() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let owner = app.account().await;
    // The addresses need not be the same, nor be vouched for.
    stage
        .google
        .is_asked_by(json!({"sub": "g-1", "email": "private@yahoo.example", "email_verified": true}));
    let code = app.code_to_link(&owner.session, "google").await;
    // What was begun to link does not sign in.
    app.redeem(&code).await.problem(422, "oauth_code_invalid");
    let linked = app.link(&owner.session, &code).await.expect(201);
    assert_eq!(
        (&linked["provider"], &linked["email"]),
        (&json!("google"), &Value::Null)
    );
    app.link(&owner.session, &code)
        .await
        .problem(422, "oauth_code_invalid");
    let session = app.sign_in_with("google").await;
    assert_eq!(text(&session["account_id"]), owner.id);
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    assert_eq!(mails[0]["template"], "sign_in_added");
    // Linked already, it is the same again.
    let code = app.code_to_link(&owner.session, "google").await;
    let again = app.link(&owner.session, &code).await.expect(201);
    assert_eq!(again["id"], linked["id"]);
    // One of each provider.
    stage.google.is_asked_by(person("g-2", "second@studio.example"));
    let code = app.code_to_link(&owner.session, "google").await;
    app.link(&owner.session, &code).await.problem(409, "conflict");
    stage
        .github
        .is_asked_by(json!({"id": 5, "login": "ada"}), address("any@studio.example"));
    let code = app.code_to_link(&owner.session, "github").await;
    app.link(&owner.session, &code).await.expect(201);
    let listed = app
        .get("/v1/auth/oauth/identities", &owner.session)
        .await
        .expect(200);
    assert_eq!(harness::each(&listed, "provider"), ["google", "github"]);
    for id in ids(&listed) {
        let path = format!("/v1/auth/oauth/identities/{id}");
        app.delete(&path, &owner.session).await.expect(204);
        app.delete(&path, &owner.session).await.problem(404, "not_found");
    }
    // Who was unlinked is a newcomer.
    stage.google.is_asked_by(person("g-1", "new@studio.example"));
    let session = app.sign_in_with("google").await;
    assert_ne!(text(&session["account_id"]), owner.id);
}

#[tokio::test]
async fn nobody_links_what_is_anothers_or_into_anothers_account() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "victim@studio.example"));
    app.sign_in_with("google").await;
    let attacker = app.account().await;
    // What belongs to somebody stays theirs.
    let code = app.code_to_link(&attacker.session, "google").await;
    app.link(&attacker.session, &code)
        .await
        .problem(409, "identity_in_use");
    // The victim is lured to the attacker's address, and the code comes to the victim's own app.
    stage
        .github
        .is_asked_by(json!({"id": 9, "login": "victim"}), address("v@studio.example"));
    let lured = app.code_to_link(&attacker.session, "github").await;
    let victim = app.account().await;
    app.link(&victim.session, &lured)
        .await
        .problem(422, "oauth_code_invalid");
    app.redeem(&lured).await.problem(422, "oauth_code_invalid");
    // A code to sign in links nothing.
    let code = Browser::default().sign_in(app, "github").await.code();
    app.link(&victim.session, &code)
        .await
        .problem(422, "oauth_code_invalid");
    assert_eq!(stage.identities().await, 1);
}

#[tokio::test]
async fn ways_in_are_changed_by_who_signed_in_just_now() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let owner = app.account().await;
    let challenge = tintype::identity::challenge(VERIFIER);
    let wish = json!({"provider": "google", "redirect_uri": APP, "code_challenge": challenge});
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let code = app.code_to_link(&owner.session, "google").await;
    let linked = app.link(&owner.session, &code).await.expect(201);
    let path = format!("/v1/auth/oauth/identities/{}", text(&linked["id"]));
    let begun = app
        .post("/v1/auth/oauth/link", &owner.session, &wish)
        .await
        .expect(200);
    let half_way = app.code_to_link(&owner.session, "google").await;
    app.advance("PT16M").await;
    app.post("/v1/auth/oauth/link", &owner.session, &wish)
        .await
        .problem(403, "step_up_required");
    app.link(&owner.session, &half_way)
        .await
        .problem(403, "step_up_required");
    app.delete(&path, &owner.session)
        .await
        .problem(403, "step_up_required");
    let late = Browser::default().follow(text(&begun["url"])).await;
    late.here().problem(400, "oauth_state_invalid");
    // Keys have no session.
    app.post("/v1/auth/oauth/link", &owner.key, &wish)
        .await
        .problem(404, "not_found");
    app.delete(&path, &owner.key).await.problem(404, "not_found");
    let fresh = app.sign_in(&owner).await;
    for (member, wrong, status, code) in [
        ("provider", "nobody", 422, "invalid_input"),
        (
            "redirect_uri",
            "https://evil.example/",
            400,
            "redirect_not_allowed",
        ),
        ("code_challenge", "short", 400, "invalid_request"),
    ] {
        let mut wish = wish.clone();
        wish[member] = json!(wrong);
        app.post("/v1/auth/oauth/link", &fresh, &wish)
            .await
            .problem(status, code);
    }
    // A ticket is for its provider.
    let begun = app.post("/v1/auth/oauth/link", &fresh, &wish).await.expect(200);
    let elsewhere = text(&begun["url"]).replace("/google/", "/acme/");
    let refused = Browser::default().follow(&elsewhere).await;
    refused.here().problem(400, "oauth_state_invalid");
    app.delete(&path, &fresh).await.expect(204);
}

#[tokio::test]
async fn the_last_way_in_stays() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let session = app.sign_in_with("google").await;
    let session = text(&session["access_token"]);
    let listed = app.get("/v1/auth/oauth/identities", session).await.expect(200);
    let first = format!("/v1/auth/oauth/identities/{}", ids(&listed)[0]);
    app.delete(&first, session)
        .await
        .problem(409, "last_sign_in_method");
    stage.acme.is_asked_by(person("a-1", "ada@acme.example"));
    let code = app.code_to_link(session, "acme").await;
    let second = app.link(session, &code).await.expect(201);
    let second = format!("/v1/auth/oauth/identities/{}", text(&second["id"]));
    // Both at once: one goes, one stays.
    let (one, other) = tokio::join!(app.delete(&first, session), app.delete(&second, session));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    app.advance("PT0S").await;
    assert_eq!(stage.identities().await, 1);
}
