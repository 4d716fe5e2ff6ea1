//! Mails are written in the operator's language and name, as text and as a page.

use harness::{TestApp, files_under, text};

#[tokio::test]
async fn a_mail_has_a_text_and_a_page_that_say_the_same() {
    let settings = [
        ("TINTYPE_MAIL_LANGUAGE", "de"),
        ("TINTYPE_MAIL_BRAND_NAME", "Bilder & <Co>"),
        ("TINTYPE_MAIL_BRAND_COLOUR", "#0a7d4f"),
    ];
    let app = TestApp::with(&settings).await;
    let owner = app.account().await;
    let mails = app.mails(&owner.email).await;
    let mail = &mails[0];
    assert_eq!(mail["subject"], "Bestätige deine Adresse für Bilder & <Co>");
    let code = harness::code_in(text(&mail["text"]));
    let html = text(&mail["html"]);
    assert!(html.contains(code) && html.contains("lang=\"de\""), "{html}");
    assert!(
        html.contains("Bilder &amp; &lt;Co&gt;") && html.contains("#0a7d4f"),
        "{html}"
    );
    assert!(!html.contains("src=") && !html.contains("<Co>"), "{html}");
}

#[tokio::test]
async fn every_mail_can_be_looked_at_before_it_is_sent() {
    let app = TestApp::start().await;
    let folder = app.data_dir.join("preview");
    let out = folder.to_str().expect("a path");
    let all = app.run(&["mail", "preview", "--language", "de", "--out", out]);
    assert!(all.status.success());
    let files = files_under(&folder);
    // Each as text and as a page.
    assert_eq!(files.len(), 2 * tintype::mail::NAMES.len(), "{files:?}");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it was written");
    assert!(read("receipt.txt").starts_with("Subject: Deine Quittung"));
    assert!(read("receipt.html").starts_with("<!doctype html>"));
    let one = app.run(&["mail", "preview", "receipt", "--out", out]);
    assert!(one.status.success());
    assert!(read("receipt.txt").starts_with("Subject: Your receipt"));
    let unknown = app.run(&["mail", "preview", "poem", "--out", out]);
    assert!(!unknown.status.success());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("there is no mail poem"));
}

#[tokio::test]
async fn a_template_of_the_operators_own_goes_first() {
    let folder = std::env::temp_dir().join(format!("tintype-templates-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("en")).expect("a folder");
    let own = "Subject: Your code\n\nType it: {{ code }}, within {{ minutes }} minutes.\n";
    std::fs::write(folder.join("en/verify_email.md"), own).expect("a file");
    let app = TestApp::with(&[("TINTYPE_MAIL_TEMPLATES_DIR", folder.to_str().expect("a path"))]).await;
    let owner = app.account().await;
    let mails = app.mails(&owner.email).await;
    assert_eq!(mails[0]["subject"], "Your code");
    assert!(text(&mails[0]["text"]).starts_with("Type it: "));
    // A broken one is told at the start, by its name.
    std::fs::write(folder.join("en/receipt.md"), "Subject: {{ nothing }}\n\nx\n").expect("a file");
    let refused = app.run(&["audit"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("en/receipt"));
    std::fs::remove_file(folder.join("en/receipt.md")).expect("it goes");
    drop(app);
    std::fs::remove_dir_all(folder).expect("it goes");
}
