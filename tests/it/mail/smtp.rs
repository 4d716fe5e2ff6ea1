//! A real mail server takes the mails: encrypted, put off, refused, and killed for.

use harness::{MailServer, TestApp, text};
use serde_json::{Value, json};

/// Settings with owned values, as [`TestApp::with`] takes them.
fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    settings
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}

async fn sign_up(app: &TestApp, email: &str) {
    let body = json!({"email": email, "password": "correct horse battery"});
    app.post("/v1/auth/register", "", &body).await.expect(202);
}

/// The newest mail to an address, as the server keeps it.
async fn kept(app: &TestApp, email: &str) -> Value {
    app.mails(email).await.first().expect("a mail").clone()
}

#[tokio::test]
async fn every_mail_arrives_whole() {
    let server = MailServer::start("none");
    let logo = include_bytes!("../../../tests/smtp/logo.png");
    let path = std::env::temp_dir().join(format!("tintype-logo-{}.png", std::process::id()));
    std::fs::write(&path, logo).expect("a file");
    let mut settings = server.settings().to_vec();
    settings.push(("TINTYPE_MAIL_FROM", "Büro <no-reply@studio.example>".to_owned()));
    settings.push(("TINTYPE_MAIL_REPLY_TO", "help@studio.example".to_owned()));
    settings.push(("TINTYPE_MAIL_LOGO", path.display().to_string()));
    let app = TestApp::with(&borrowed(&settings)).await;
    let tried = app.run(&["mail", "try", "--to", "Ada@studio.example"]);
    assert!(
        tried.status.success(),
        "{}",
        String::from_utf8_lossy(&tried.stderr)
    );
    let mails = server
        .wait_for("Ada@studio.example", tintype::mail::NAMES.len())
        .await;
    let mut subjects: Vec<&str> = Vec::new();
    for mail in &mails {
        let headers = &mail["headers"];
        assert_eq!(mail["defects"], json!([]), "{mail}");
        assert_eq!(
            (&mail["type"], &mail["from"]),
            (&json!("multipart/alternative"), &json!("no-reply@studio.example"))
        );
        assert_eq!(headers["from"], "Büro <no-reply@studio.example>");
        assert_eq!(
            (&headers["reply-to"], &headers["auto-submitted"]),
            (&json!("help@studio.example"), &json!("auto-generated"))
        );
        assert!(
            text(&headers["message-id"]).ends_with("@studio.example>"),
            "{headers}"
        );
        assert!(
            text(&mail["html"]).contains("cid:logo") && text(&mail["text"]).len() > 100,
            "{mail}"
        );
        let ends = headers.get("list-unsubscribe").is_some();
        assert_eq!(ends, headers["subject"] == "Videos in 4K", "{headers}");
        subjects.push(text(&headers["subject"]));
    }
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!(subjects.len(), tintype::mail::NAMES.len(), "{subjects:?}");
    drop(app);
    std::fs::remove_file(path).expect("it goes");
}

#[tokio::test]
async fn what_happens_is_mailed_and_what_is_mailed_arrives() {
    let server = MailServer::start("none");
    let settings = server.settings();
    let app = TestApp::with(&borrowed(&settings)).await;
    let owner = app.account().await;
    let mails = server.wait_for(&owner.email, 1).await;
    let id = text(&kept(&app, &owner.email).await["id"]).to_owned();
    assert_eq!(
        mails[0]["headers"]["message-id"],
        format!("<{id}@studio.example>")
    );
    let wish = json!({
        "offer": "pack-100", "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &owner.key, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    for _ in 0..2 {
        app.post(&checkout, "", &json!({"outcome": "paid"}))
            .await
            .expect(200);
    }
    let mails = server.wait_for(&owner.email, 2).await;
    let path = format!("/v1/purchases/{}/receipt", text(&bought["id"]));
    let receipt = app.get(&path, &owner.key).await.expect(200);
    assert!(
        text(&mails[1]["text"]).contains(text(&receipt["number"])),
        "{}",
        mails[1]
    );
    app.advance("PT1H").await;
    assert_eq!(server.mails(&owner.email).len(), 2, "a receipt comes once");
    assert!(!app.log().contains(&owner.email), "an address is in the log");
}

#[tokio::test]
async fn a_password_and_a_mail_go_out_encrypted_or_not_at_all() {
    for encryption in ["starttls", "tls"] {
        let server = MailServer::start(encryption);
        let mut settings = vec![
            ("TINTYPE_MAIL_SMTP_HOST", "127.0.0.1".to_owned()),
            ("TINTYPE_MAIL_SMTP_PORT", server.port.to_string()),
            ("TINTYPE_MAIL_SMTP_USER", "tintype".to_owned()),
            ("TINTYPE_MAIL_SMTP_PASSWORD", "päss word".to_owned()),
            ("TINTYPE_MAIL_SMTP_TLS", encryption.to_owned()),
        ];
        // Nobody whom the system trusts has certified it.
        let mut app = TestApp::with(&borrowed(&settings)).await;
        sign_up(&app, "ada@studio.example").await;
        app.advance("PT0S").await;
        assert_eq!(kept(&app, "ada@studio.example").await["sent_at"], Value::Null);
        settings.push((
            "TINTYPE_MAIL_SMTP_CA_FILE",
            server.authority.display().to_string(),
        ));
        app.restart_with(&borrowed(&settings)).await;
        app.advance("PT1M").await;
        let mails = server.wait_for("ada@studio.example", 1).await;
        assert_eq!(
            (&mails[0]["encrypted"], &mails[0]["user"]),
            (&json!(true), &json!("tintype")),
            "{encryption}"
        );
        // A wrong password is the operator's to mend: the mail waits for that.
        settings.push(("TINTYPE_MAIL_SMTP_PASSWORD", "wrong".to_owned()));
        app.restart_with(&borrowed(&settings)).await;
        sign_up(&app, "eve@studio.example").await;
        app.advance("PT0S").await;
        let mail = kept(&app, "eve@studio.example").await;
        assert_eq!(
            (&mail["sent_at"], &mail["failed_at"]),
            (&Value::Null, &Value::Null)
        );
        settings.push(("TINTYPE_MAIL_SMTP_PASSWORD", "päss word".to_owned()));
        app.restart_with(&borrowed(&settings)).await;
        app.advance("PT5M").await;
        server.wait_for("eve@studio.example", 1).await;
        assert!(
            !app.log().contains("päss") && !app.log().contains("@studio.example"),
            "{}",
            app.log()
        );
    }
}

#[tokio::test]
async fn a_server_that_offers_no_encryption_gets_nothing() {
    let server = MailServer::start("none");
    let url = format!("smtp://127.0.0.1:{}", server.port);
    let app = TestApp::with(&[("TINTYPE_MAIL_SMTP_URL", url.as_str())]).await;
    sign_up(&app, "ada@studio.example").await;
    app.advance("PT0S").await;
    app.advance("P1D").await;
    assert_eq!(server.mails("ada@studio.example").len(), 0);
    // After a day it is given up, and no job is left.
    let mail = kept(&app, "ada@studio.example").await;
    assert_eq!(
        (&mail["sent_at"], &mail["failure"]),
        (&Value::Null, &json!("too old"))
    );
}

#[tokio::test]
async fn a_mail_that_is_put_off_comes_later() {
    let server = MailServer::start("none");
    let settings = server.settings();
    let app = TestApp::with(&borrowed(&settings)).await;
    sign_up(&app, "later@studio.example").await;
    app.advance("PT0S").await;
    assert_eq!(server.mails("later@studio.example").len(), 0);
    assert_eq!(kept(&app, "later@studio.example").await["sent_at"], Value::Null);
    for _ in 0..2 {
        app.advance("PT1M").await;
    }
    let mails = server.wait_for("later@studio.example", 1).await;
    let put_off = server
        .said()
        .iter()
        .filter(|said| said["put_off"].is_string())
        .count();
    assert_eq!((mails.len(), put_off), (1, 2));
    assert_ne!(kept(&app, "later@studio.example").await["sent_at"], Value::Null);
}

#[tokio::test]
async fn an_address_that_is_none_gets_no_more_mail() {
    let server = MailServer::start("none");
    let settings = server.settings();
    let app = TestApp::with(&borrowed(&settings)).await;
    let bounces = async || {
        app.count("SELECT COUNT(*) FROM mail_bounce WHERE lifted_at IS NULL")
            .await
    };
    for (email, code) in [
        ("gone@studio.example", "550 5.1.1"),
        ("policy@studio.example", "554 5.7.1"),
        ("full@studio.example", "552 5.2.2"),
    ] {
        sign_up(&app, email).await;
        app.advance("PT0S").await;
        let mail = kept(&app, email).await;
        assert_eq!((&mail["sent_at"], &mail["failure"]), (&Value::Null, &json!(code)));
        assert_eq!(
            bounces().await,
            1,
            "only the first speaks of the address: {email}"
        );
    }
    // Who signs up again gets one more try.
    sign_up(&app, "gone@studio.example").await;
    app.advance("PT0S").await;
    assert_eq!(kept(&app, "gone@studio.example").await["failure"], "550 5.1.1");
    assert!(!app.log().contains("@studio.example"), "{}", app.log());
}

#[tokio::test]
async fn a_server_that_is_killed_in_the_middle_sends_the_same_mail_again() {
    let server = MailServer::start("none");
    let mut settings = server.settings().to_vec();
    settings.push(("TINTYPE_WORKER_LEASE_SECONDS", "2".to_owned()));
    let mut app = TestApp::with(&borrowed(&settings)).await;
    sign_up(&app, "slow@studio.example").await;
    // The mail server has it, and has not said so.
    server.wait_for("slow@studio.example", 1).await;
    app.crash_and_restart().await;
    let mails = server.wait_for("slow@studio.example", 2).await;
    assert_eq!(
        mails[0]["headers"]["message-id"],
        mails[1]["headers"]["message-id"]
    );
    assert_eq!(mails[0]["text"], mails[1]["text"]);
    let begun = std::time::Instant::now();
    while kept(&app, "slow@studio.example").await["sent_at"].is_null() {
        assert!(begun.elapsed() < harness::PATIENCE);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(server.mails("slow@studio.example").len(), 2);
}
