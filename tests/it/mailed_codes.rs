//! Mailed codes while others type the same address: whose attempt one confirms, and that
//! nobody keeps anybody out.

use harness::{Answer, TestApp, other_than, text};
use serde_json::{Value, json};

const ADDRESS: &str = "victim@studio.example";
const OWN: &str = "the owner's own";
const STRANGERS: &str = "the attacker's";

async fn register(app: &TestApp, password: &str) -> Value {
    let body = json!({"email": ADDRESS, "password": password});
    app.post("/v1/auth/register", "", &body).await.expect(202)
}

async fn login(app: &TestApp, password: &str) -> Answer {
    let body = json!({"email": ADDRESS, "password": password});
    app.post("/v1/auth/login", "", &body).await
}

/// The owner is in with their own password, and nobody with another.
async fn belongs_to_its_owner(app: &TestApp) {
    login(app, STRANGERS).await.problem(401, "unauthenticated");
    login(app, OWN).await.expect(200);
}

#[tokio::test]
async fn a_code_confirms_the_attempt_that_it_is_sent_with() {
    for stranger_first in [true, false] {
        let app = TestApp::start().await;
        if stranger_first {
            register(&app, STRANGERS).await;
        }
        let own = register(&app, OWN).await;
        if !stranger_first {
            register(&app, STRANGERS).await;
        }
        // Whichever mail is the newest.
        let code = app.mailed_code(ADDRESS).await;
        app.verify(&own, &code).await.expect(200);
        belongs_to_its_owner(&app).await;
    }
}

#[tokio::test]
async fn whoever_reads_no_mail_confirms_nothing() {
    let app = TestApp::start().await;
    let prepared = register(&app, STRANGERS).await;
    let own = register(&app, OWN).await;
    let code = app.mailed_code(ADDRESS).await;
    app.verify(&prepared, &other_than(&code))
        .await
        .problem(422, "code_invalid");
    app.verify(&own, &code).await.expect(200);
    // What was prepared is worth nothing any more, nor is the code.
    for begun in [&prepared, &own] {
        app.verify(begun, &code).await.problem(422, "code_invalid");
    }
    belongs_to_its_owner(&app).await;
}

#[tokio::test]
async fn an_attempt_is_for_its_own_address_and_cannot_be_made_up() {
    let app = TestApp::start().await;
    let begun = register(&app, OWN).await;
    let code = app.mailed_code(ADDRESS).await;
    let other = json!({"email": "other@studio.example", "password": OWN});
    let other = app.post("/v1/auth/register", "", &other).await.expect(202);
    app.verify(&other, &code).await.problem(422, "code_invalid");
    let sealed = text(&begun["registration"]);
    for made_up in ["x", &sealed[1..], &sealed.to_lowercase()] {
        app.verify(&json!({"registration": made_up}), &code)
            .await
            .problem(422, "code_invalid");
    }
    app.verify(&begun, &code).await.expect(200);
}

#[tokio::test]
async fn a_code_in_hand_stays_good_whatever_others_do() {
    let app = TestApp::start().await;
    let own = register(&app, OWN).await;
    let code = app.mailed_code(ADDRESS).await;
    for _ in 0..10 {
        let prepared = register(&app, STRANGERS).await;
        app.verify(&prepared, "0000-0000")
            .await
            .problem(422, "code_invalid");
        app.verify(&own, "0000-0000").await.problem(422, "code_invalid");
    }
    app.advance("PT0S").await;
    app.verify(&own, &code).await.expect(200);
    belongs_to_its_owner(&app).await;
}

#[tokio::test]
async fn who_signs_up_after_many_strangers_finds_a_code_that_works() {
    let app = TestApp::start().await;
    for _ in 0..10 {
        register(&app, STRANGERS).await;
    }
    app.advance("PT0S").await;
    app.advance("PT14M").await;
    let own = register(&app, OWN).await;
    let code = app.mailed_code(ADDRESS).await;
    assert_eq!(app.mails(ADDRESS).await.len(), 5);
    // For as long as the answer says.
    app.advance("PT29M").await;
    app.verify(&own, &code).await.expect(200);
    belongs_to_its_owner(&app).await;
}

#[tokio::test]
async fn nobodys_inbox_is_flooded() {
    let app = TestApp::start().await;
    let mut mails = Vec::new();
    for _ in 0..12 {
        for _ in 0..8 {
            register(&app, STRANGERS).await;
        }
        app.advance("PT0S").await;
        app.advance("PT5M").await;
        mails.push(app.mails(ADDRESS).await.len());
    }
    // Five at once, then one a quarter of an hour.
    assert_eq!(mails, [5, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8]);
    let rows = format!("SELECT COUNT(*) FROM account WHERE email_key = '{ADDRESS}'");
    assert_eq!(app.count(&rows).await, 1);
}

#[tokio::test]
async fn an_attempt_and_its_code_end_in_half_an_hour() {
    let app = TestApp::start().await;
    let begun = register(&app, OWN).await;
    let code = app.mailed_code(ADDRESS).await;
    app.advance("PT31M").await;
    app.verify(&begun, &code).await.problem(422, "code_invalid");
    let again = register(&app, OWN).await;
    app.verify(&again, &code).await.problem(422, "code_invalid");
    let newest = app.mailed_code(ADDRESS).await;
    app.verify(&begun, &newest).await.problem(422, "code_invalid");
    app.verify(&again, &newest).await.expect(200);
}

async fn forgot(app: &TestApp, email: &str) -> Value {
    let body = json!({"email": email});
    app.post("/v1/auth/password/forgot", "", &body).await.expect(202)
}

async fn reset(app: &TestApp, email: &str, code: &str, password: &str) -> Answer {
    let body = json!({"email": email, "code": code, "password": password});
    app.post("/v1/auth/password/reset", "", &body).await
}

/// Strangers who ask and guess, as often as they like, leave the owner's code good.
#[tokio::test]
async fn a_code_to_reset_is_not_used_up_by_strangers() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    forgot(&app, &owner.email).await;
    let held = app.mailed_code(&owner.email).await;
    for _ in 0..10 {
        forgot(&app, &owner.email).await;
        reset(&app, &owner.email, &other_than(&held), "the attacker's")
            .await
            .problem(422, "code_invalid");
    }
    reset(&app, &owner.email, &held, "a new horse at dawn")
        .await
        .expect(204);
    // And so does whoever asks when enough were mailed: the newest lasts as long as promised.
    for _ in 0..10 {
        forgot(&app, &owner.email).await;
    }
    let newest = app.mailed_code(&owner.email).await;
    app.advance("PT14M").await;
    let promised = forgot(&app, &owner.email).await;
    assert_eq!(app.mailed_code(&owner.email).await, newest, "no new mail");
    app.advance("PT29M").await;
    assert!(text(&promised["code_expires_at"]) > text(&app.advance("PT0S").await["now"]));
    reset(&app, &owner.email, &newest, "another horse at dawn")
        .await
        .expect(204);
    let login = json!({"email": owner.email, "password": "another horse at dawn"});
    app.post("/v1/auth/login", "", &login).await.expect(200);
}
