//! `/v1/consents`: what is agreed to, by whom, and what follows from it.

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

const FILE: &str = "
[[consents]]
purpose = \"marketing\"
text = \"News by mail.\"
version = \"2\"

[[consents]]
purpose = \"model_training\"
text = \"Train models with what I make.\"
";

async fn set(app: &TestApp, key: &str, purpose: &str, granted: bool) -> Answer {
    let path = format!("/v1/consents/{purpose}");
    Answer::of(
        app.request(Method::PUT, &path, key)
            .json(&json!({"granted": granted})),
    )
    .await
}

fn said(consent: &Value) -> Vec<(bool, String)> {
    let history = consent["history"].as_array().expect("a list");
    let pair = |change: &Value| {
        let granted = change["granted"].as_bool().expect("yes or no");
        (granted, text(&change["given_by"]).to_owned())
    };
    history.iter().map(pair).collect()
}

#[tokio::test]
async fn nothing_is_agreed_to_by_itself_and_each_word_is_kept() {
    let app = TestApp::configured(FILE, &[]).await;
    let owner = app.account().await;
    let all = app.get("/v1/consents", &owner.key).await.expect(200);
    let names: Vec<_> = all["data"].as_array().expect("a list").iter().collect();
    assert_eq!(names.len(), 2);
    assert!(
        names
            .iter()
            .all(|consent| consent["granted"] == false && said(consent).is_empty())
    );
    let given = set(&app, &owner.session, "model_training", true)
        .await
        .expect(200);
    assert_eq!(
        (&given["granted"], &given["version"]),
        (&json!(true), &json!("1"))
    );
    // Said twice, it is the same.
    set(&app, &owner.session, "model_training", true)
        .await
        .expect(200);
    let ended = set(&app, &owner.key, "model_training", false).await.expect(200);
    set(&app, &owner.key, "model_training", false).await.expect(200);
    let said = said(&ended);
    assert_eq!((said[0].0, said[1].0, said.len()), (false, true, 2));
    assert!(
        said[0].1.starts_with("key_") && said[1].1.starts_with("ses_"),
        "{said:?}"
    );
    let one = app
        .get("/v1/consents/model_training", &owner.key)
        .await
        .expect(200);
    assert_eq!(one, ended);
    set(&app, &owner.session, "iris_scan", true)
        .await
        .problem(404, "not_found");
    // Another's are another's.
    let other = app.account().await;
    let theirs = app
        .get("/v1/consents/model_training", &other.key)
        .await
        .expect(200);
    assert_eq!(theirs["history"], json!([]));
}

#[tokio::test]
async fn news_reach_nobody_who_did_not_agree() {
    let app = TestApp::start().await;
    let (yes, no, changed) = (app.account().await, app.account().await, app.account().await);
    for owner in [&yes, &changed] {
        set(&app, &owner.session, "marketing", true).await.expect(200);
    }
    set(&app, &changed.session, "marketing", false).await.expect(200);
    let file = app.data_dir.join("news.txt");
    std::fs::write(&file, "Videos in 4K\n\nFrom today on.\n").expect("a file");
    let sent = app.run(&["mail", "news", file.to_str().expect("a path"), "--name", "4k"]);
    assert!(String::from_utf8_lossy(&sent.stdout).starts_with("1 mails"));
    app.advance("PT0S").await;
    for (owner, news) in [(&yes, true), (&no, false), (&changed, false)] {
        let mails = app.mails(&owner.email).await;
        assert_eq!(mails.iter().any(|mail| mail["template"] == "news"), news);
    }
}
