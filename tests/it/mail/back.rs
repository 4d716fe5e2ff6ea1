//! What comes back: bounces that a relay announces, and who wants no more news.

use harness::{Account, Answer, TestApp, text};
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

const TOKEN: &str = "a token of thirty-two characters";

async fn announce(app: &TestApp, token: &str, body: &Value) -> Answer {
    let request = app.request(Method::POST, "/hooks/mail/brevo", token);
    Answer::of(request.json(body)).await
}

fn event(kind: &str, email: &str) -> Value {
    json!({
        "event": kind, "email": email, "id": 4711, "date": "2026-11-20 10:00:00", "ts": 1_795_165_200,
        "ts_event": 1_795_165_200, "message-id": "<1@studio.example>", "subject": "Verify", "tags": ["verify"],
    })
}

/// Has a receipt mailed, and says what became of it.
async fn receipt(app: &TestApp, owner: &Account) -> Value {
    let wish = json!({
        "offer": "pack-100", "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &owner.key, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
    app.advance("PT0S").await;
    let mail = app.mails(&owner.email).await[0].clone();
    assert_eq!(mail["template"], "receipt");
    mail
}

#[tokio::test]
async fn an_address_that_bounced_gets_only_what_its_owner_needs_to_get_in() {
    let app = TestApp::with(&[("TINTYPE_MAIL_BREVO_HOOK_TOKEN", TOKEN)]).await;
    let owner = app.account().await;
    for kind in ["delivered", "soft_bounce", "request"] {
        announce(&app, TOKEN, &event(kind, &owner.email))
            .await
            .expect(200);
    }
    assert_ne!(receipt(&app, &owner).await["sent_at"], Value::Null);
    let bounce = event("hard_bounce", &owner.email.to_uppercase());
    assert_eq!(announce(&app, TOKEN, &bounce).await.expect(200)["news"], 1);
    assert_eq!(
        announce(&app, TOKEN, &bounce).await.expect(200)["news"],
        0,
        "it came before"
    );
    let mail = receipt(&app, &owner).await;
    assert_eq!(
        (&mail["sent_at"], &mail["failure"]),
        (&Value::Null, &json!("suppressed"))
    );
    let wish = json!({"type": "access"});
    app.post("/v1/data-rights/requests", &owner.key, &wish)
        .await
        .expect(202);
    app.advance("PT0S").await;
    let mail = app.mails(&owner.email).await[0].clone();
    assert_eq!(mail["template"], "confirm_request");
    assert_ne!(mail["sent_at"], Value::Null, "a code is tried once");
    assert!(!String::from_utf8_lossy(&app.database.dump()).contains("<1@studio.example>"));
}

#[tokio::test]
async fn who_enters_a_mailed_code_gets_mail_again() {
    let app = TestApp::with(&[("TINTYPE_MAIL_BREVO_HOOK_TOKEN", TOKEN)]).await;
    let sign_up = json!({"email": "ada@studio.example", "password": "correct horse battery"});
    let begun = app.post("/v1/auth/register", "", &sign_up).await.expect(202);
    app.advance("PT0S").await;
    let blocked = event("blocked", "ada@studio.example");
    assert_eq!(announce(&app, TOKEN, &blocked).await.expect(200)["news"], 1);
    let ended = "SELECT COUNT(*) FROM mail_bounce WHERE lifted_at IS NULL";
    assert_eq!(app.count(ended).await, 1);
    let code = app.mailed_code("ada@studio.example").await;
    app.verify(&begun, &code).await.expect(200);
    assert_eq!(app.count(ended).await, 0);
}

#[tokio::test]
async fn only_the_relay_announces() {
    let app = TestApp::start().await;
    let bounce = event("hard_bounce", "ada@studio.example");
    announce(&app, TOKEN, &bounce).await.problem(404, "not_found");
    drop(app);
    let app = TestApp::with(&[("TINTYPE_MAIL_BREVO_HOOK_TOKEN", TOKEN)]).await;
    for token in ["", "a", &TOKEN[..31], &format!("{TOKEN}x"), &app.demo] {
        announce(&app, token, &bounce)
            .await
            .problem(401, "unauthenticated");
    }
    for malformed in [
        json!("x"),
        json!({}),
        json!([{"event": 1}]),
        json!(vec![bounce.clone(); 1001]),
    ] {
        announce(&app, TOKEN, &malformed)
            .await
            .problem(400, "invalid_request");
    }
    // Nobody has this address; a list is as good as one.
    let both = json!([bounce, event("unsubscribed", "eve@studio.example")]);
    assert_eq!(announce(&app, TOKEN, &both).await.expect(200)["news"], 0);
    let other = app.request(Method::POST, "/hooks/mail/other", TOKEN).json(&both);
    Answer::of(other).await.problem(404, "not_found");
    assert_eq!(app.count("SELECT COUNT(*) FROM mail_bounce").await, 0);
}

#[tokio::test]
async fn news_go_to_those_who_agreed_and_end_with_one_click() {
    let app = TestApp::with(&[("TINTYPE_MAIL_BREVO_HOOK_TOKEN", TOKEN)]).await;
    let (owner, other) = (app.account().await, app.account().await);
    let agree = async |owner: &Account| {
        let connection = app.connect().await;
        let sql = format!(
            "INSERT INTO consent (account_id, purpose, given_at) VALUES ('{}', 'marketing', 1)
             ON CONFLICT (account_id, purpose) DO UPDATE SET withdrawn_at = NULL",
            owner.id
        );
        connection.execute_unprepared(&sql).await.expect("it is written");
        connection.close().await.expect("the connection closes");
    };
    agree(&owner).await;
    let file = app.data_dir.join("news.txt");
    std::fs::write(&file, "Videos in 4K\n\nFrom today on.\n\nSee <b>you</b>.\n").expect("a file");
    let news = async |name: &str| {
        let said = app.run(&["mail", "news", file.to_str().expect("a path"), "--name", name]);
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        app.advance("PT0S").await;
        String::from_utf8_lossy(&said.stdout).into_owned()
    };
    assert!(news("4k").await.starts_with("1 mails"));
    assert!(news("4k").await.starts_with("0 mails"), "the same comes once");
    let mail = app.mails(&owner.email).await[0].clone();
    assert_eq!(
        (&mail["template"], &mail["subject"]),
        (&json!("news"), &json!("Videos in 4K"))
    );
    assert_ne!(mail["sent_at"], Value::Null);
    assert!(text(&mail["html"]).contains("See &lt;b&gt;you&lt;/b&gt;."));
    assert_eq!(app.mails(&other.email).await[0]["template"], "verify_email");
    // Opening the link asks, and one POST without anything is enough.
    let letter = text(&mail["text"]);
    let link = letter
        .split_whitespace()
        .find(|word| word.contains("/unsubscribe/"))
        .expect("a link");
    // The command does not know on which port the server listens.
    let path = &link[link.find("/unsubscribe/").expect("a path")..];
    let page = app.get(path, "").await;
    assert!(page.status == 200 && page.header("content-type").starts_with("text/html"));
    let given = "SELECT COUNT(*) FROM consent WHERE withdrawn_at IS NULL";
    assert_eq!(app.count(given).await, 1, "looking changes nothing");
    for _ in 0..2 {
        let click = app
            .request(Method::POST, path, "")
            .body("List-Unsubscribe=One-Click");
        let click = click.header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(Answer::of(click).await.status, 200);
    }
    assert_eq!(app.count(given).await, 0);
    assert!(news("5k").await.starts_with("0 mails"));
    // Another account's link can't be made of one's own, nor one of nothing.
    let forged = path.replace(&owner.id, &other.id);
    for bad in [forged.as_str(), "/unsubscribe/x", "/unsubscribe/a.b"] {
        let click = app.request(Method::POST, bad, "");
        Answer::of(click).await.problem(404, "not_found");
        app.get(bad, "").await.problem(404, "not_found");
    }
    // A relay's own link ends them, too.
    agree(&owner).await;
    let ended = announce(&app, TOKEN, &event("unsubscribed", &owner.email)).await;
    assert_eq!(ended.expect(200)["news"], 1);
    assert_eq!(app.count(given).await, 0);
}
