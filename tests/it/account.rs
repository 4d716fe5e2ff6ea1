//! The account as its owner has it: its profile, its address, closed and opened again.

use std::time::{Duration, Instant};

use harness::{Account, Answer, TestApp, code_in, other_than, text};
use reqwest::Method;
use serde_json::{Value, json};

async fn patch(app: &TestApp, session: &str, body: &Value) -> Answer {
    Answer::of(app.request(Method::PATCH, "/v1/account", session).json(body)).await
}

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post("/v1/auth/login", "", &body).await
}

async fn reactivate(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post("/v1/account/reactivate", "", &body).await
}

async fn change_email(app: &TestApp, owner: &Account, email: &str) -> Answer {
    let body = json!({"email": email});
    app.post("/v1/account/email", &owner.session, &body).await
}

async fn confirm(app: &TestApp, owner: &Account, code: &str) -> Answer {
    app.post(
        "/v1/account/email/confirm",
        &owner.session,
        &json!({"code": code}),
    )
    .await
}

/// The templates of the mails to an address, newest first.
async fn templates(app: &TestApp, email: &str) -> Vec<String> {
    app.advance("PT0S").await;
    let mails = app.mails(email).await;
    mails
        .iter()
        .map(|mail| text(&mail["template"]).to_owned())
        .collect()
}

#[tokio::test]
async fn a_profile_holds_what_the_service_keeps() {
    let app = TestApp::configured("[account]\nfields = [\"email\", \"name\"]\n", &[]).await;
    let owner = app.account().await;
    let changed = patch(
        &app,
        &owner.session,
        &json!({"display_name": " Ada ", "language": "de"}),
    )
    .await;
    let account = changed.expect(200);
    assert_eq!(
        (&account["display_name"], &account["language"]),
        (&json!("Ada"), &json!("de"))
    );
    // Mails speak it from now on.
    let forgot = json!({"email": owner.email});
    app.post("/v1/auth/password/forgot", "", &forgot)
        .await
        .expect(202);
    app.advance("PT0S").await;
    let mail = app.mails(&owner.email).await[0].clone();
    assert!(text(&mail["text"]).contains("Hallo"), "{mail}");
    let taken = patch(&app, &owner.session, &json!({"display_name": "", "language": ""})).await;
    let account = taken.expect(200);
    assert_eq!(
        (&account["display_name"], &account["language"]),
        (&json!(null), &json!(null))
    );
    let odd = patch(&app, &owner.session, &json!({"language": "tlh"})).await;
    odd.problem(422, "invalid_input");
    patch(&app, &owner.key, &json!({}))
        .await
        .problem(404, "not_found");
    patch(&app, &owner.session, &json!({"status": "closed"}))
        .await
        .problem(400, "invalid_request");
}

#[tokio::test]
async fn no_name_is_kept_where_nobody_needs_it() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let refused = patch(&app, &owner.session, &json!({"display_name": "Ada"})).await;
    refused.problem(422, "invalid_input");
    let account = app.get("/v1/account", &owner.session).await.expect(200);
    assert_eq!(account["display_name"], json!(null));
}

#[tokio::test]
async fn an_address_changes_when_the_new_one_is_proved() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let new = "ada@workshop.example";
    change_email(&app, &owner, new).await.expect(202);
    assert_eq!(
        app.get("/v1/account", &owner.key).await.expect(200)["email"],
        owner.email
    );
    let code = app.mailed_code(new).await;
    confirm(&app, &owner, &other_than(&code))
        .await
        .problem(422, "code_invalid");
    assert_eq!(confirm(&app, &owner, &code).await.expect(200)["email"], new);
    confirm(&app, &owner, &code).await.problem(422, "code_invalid");
    assert_eq!(templates(&app, &owner.email).await[0], "email_changed");
    login(&app, &owner.email, &owner.password)
        .await
        .problem(401, "unauthenticated");
    login(&app, new, &owner.password).await.expect(200);
    // Somebody else's address: the same answer, and no code.
    let other = app.account().await;
    change_email(&app, &owner, &other.email).await.expect(202);
    assert_eq!(templates(&app, &other.email).await[0], "already_registered");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM account WHERE email_key = 'ada@workshop.example'")
            .await,
        1
    );
}

#[tokio::test]
async fn who_never_proved_an_address_does_not_keep_it_from_its_owner() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let squatted = json!({"email": "ada@workshop.example", "password": "correct horse battery"});
    app.post("/v1/auth/register", "", &squatted).await.expect(202);
    app.advance("PT0S").await;
    change_email(&app, &owner, "ada@workshop.example")
        .await
        .expect(202);
    let code = app.mailed_code("ada@workshop.example").await;
    assert_eq!(
        confirm(&app, &owner, &code).await.expect(200)["email"],
        "ada@workshop.example"
    );
    login(&app, "ada@workshop.example", &owner.password)
        .await
        .expect(200);
}

#[tokio::test]
async fn a_closed_account_lets_nobody_in_and_is_opened_again() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    // One runs, one waits.
    let slow = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:slow=1"}});
    let mut made = Vec::new();
    for _ in 0..40 {
        made.push(app.post("/v1/generations", &owner.key, &slow).await.expect(202));
    }
    app.delete("/v1/account", &owner.key)
        .await
        .problem(404, "not_found");
    let closed = app.delete("/v1/account", &owner.session).await.expect(200);
    assert_eq!(closed["status"], "closed");
    assert!(closed["reopen_until"].is_string());
    for credentials in [&owner.session, &owner.key] {
        app.get("/v1/account", credentials)
            .await
            .problem(401, "unauthenticated");
    }
    // Who knows the password hears why; nobody else does.
    let told = login(&app, &owner.email, &owner.password).await;
    assert_eq!(
        told.problem(403, "account_closed")["reopen_until"],
        closed["reopen_until"]
    );
    login(&app, &owner.email, "wrong")
        .await
        .problem(401, "unauthenticated");
    reactivate(&app, &owner.email, "wrong")
        .await
        .problem(401, "unauthenticated");
    reactivate(&app, "nobody@studio.example", &owner.password)
        .await
        .problem(401, "unauthenticated");
    assert_eq!(templates(&app, &owner.email).await[0], "account_closed");
    let opened = reactivate(&app, &owner.email, &owner.password).await.expect(200);
    assert_eq!(opened["account_id"], owner.id);
    assert!(
        templates(&app, &owner.email)
            .await
            .contains(&"account_reopened".to_owned())
    );
    app.get("/v1/account", text(&opened["access_token"]))
        .await
        .expect(200);
    app.get("/v1/account", &owner.key).await.expect(200);
    app.get("/v1/account", &owner.session)
        .await
        .problem(401, "unauthenticated");
    let mut canceled = 0;
    for generation in &made {
        let ended = app.ended(&owner.key, &generation["id"]).await;
        canceled += u32::from(ended["status"] == "canceled");
        let charged = ended["cost"]["captured"] != "0";
        assert_eq!(charged, ended["status"] == "succeeded", "{ended}");
    }
    assert!(canceled > 0, "nothing waited");
}

#[tokio::test]
async fn the_mailed_link_opens_it_once() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    app.delete("/v1/account", &owner.session).await.expect(200);
    app.advance("PT0S").await;
    let letter = text(&app.mails(&owner.email).await[0]["text"]).to_owned();
    let link = letter
        .split(['<', '>', '(', ')', ' ', '\n'])
        .find(|word| word.contains("/reopen/"))
        .expect("a link")
        .to_owned();
    let path = &link[link.find("/reopen/").expect("a path")..];
    // A program that looks into mails opens nothing.
    assert_eq!(app.get(path, "").await.status, 200);
    app.get("/v1/account", &owner.key)
        .await
        .problem(401, "unauthenticated");
    for tampered in [format!("{path}x"), path.replace("acc_", "acc_0")] {
        app.post(&tampered, "", &json!({}))
            .await
            .problem(404, "not_found");
    }
    let open = async || Answer::of(app.request(Method::POST, path, "")).await;
    assert_eq!(open().await.status, 200);
    app.get("/v1/account", &owner.key).await.expect(200);
    // Closed anew, the old link is worth nothing.
    let session = app.sign_in(&owner).await;
    app.delete("/v1/account", &session).await.expect(200);
    assert_eq!(open().await.status, 200);
    app.get("/v1/account", &owner.key)
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn closing_takes_a_fresh_sign_in() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    app.advance("PT16M").await;
    app.delete("/v1/account", &owner.session)
        .await
        .problem(403, "step_up_required");
    change_email(&app, &owner, "ada@workshop.example")
        .await
        .problem(403, "step_up_required");
    let session = app.sign_in(&owner).await;
    app.delete("/v1/account", &session).await.expect(200);
}

#[tokio::test]
async fn what_nobody_opened_again_is_erased() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    app.generate(&owner.key, "a lighthouse").await;
    app.delete("/v1/account", &owner.session).await.expect(200);
    app.advance("P29D").await;
    login(&app, &owner.email, &owner.password)
        .await
        .problem(403, "account_closed");
    app.advance("P2D").await;
    reactivate(&app, &owner.email, &owner.password)
        .await
        .problem(401, "unauthenticated");
    erased(&app, &owner).await;
}

async fn erased(app: &TestApp, owner: &Account) {
    let begin = Instant::now();
    let sql = format!(
        "SELECT COUNT(*) FROM data_request WHERE account_id = '{}' AND kind = 'erasure' AND status = 'fulfilled'",
        owner.id
    );
    while app.count(&sql).await == 0 {
        assert!(begin.elapsed() < Duration::from_secs(60), "{}", app.log());
        app.advance("PT0S").await;
    }
    assert_eq!(
        app.count("SELECT COUNT(*) FROM account WHERE status = 'closed'")
            .await,
        0
    );
}

#[tokio::test]
async fn where_the_operator_says_so_it_stays_closed() {
    let app = TestApp::configured("[account]\ngrace = \"P7D\"\nafter_grace = \"keep\"\n", &[]).await;
    let owner = app.account().await;
    app.delete("/v1/account", &owner.session).await.expect(200);
    app.advance("P8D").await;
    reactivate(&app, &owner.email, &owner.password)
        .await
        .problem(401, "unauthenticated");
    assert_eq!(
        app.count("SELECT COUNT(*) FROM account WHERE status = 'closed'")
            .await,
        1
    );
    assert_eq!(app.count("SELECT COUNT(*) FROM data_request").await, 0);
}

#[tokio::test]
async fn what_was_closed_in_one_process_is_closed_in_all() {
    let mut app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let second = app.another(&["serve", "--no-worker"]).await;
    let owner = app.account().await;
    let ask = async || {
        let answer = app
            .client
            .get(format!("{second}/v1/account"))
            .bearer_auth(&owner.key)
            .send()
            .await;
        answer.expect("an answer").status().as_u16()
    };
    assert_eq!(ask().await, 200);
    app.delete("/v1/account", &owner.session).await.expect(200);
    let begin = Instant::now();
    while ask().await == 200 {
        assert!(begin.elapsed() < Duration::from_secs(5), "it is still let in");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_code_for_the_new_address_is_for_nothing_else() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    change_email(&app, &owner, "ada@workshop.example")
        .await
        .expect(202);
    app.advance("PT0S").await;
    let mails = app.mails("ada@workshop.example").await;
    let code = code_in(text(&mails[0]["text"])).to_owned();
    let reset = json!({"email": owner.email, "code": code, "password": "a new horse at dawn"});
    app.post("/v1/auth/password/reset", "", &reset)
        .await
        .problem(422, "code_invalid");
    app.advance("PT31M").await;
    let session = app.sign_in(&owner).await;
    app.post("/v1/account/email/confirm", &session, &json!({"code": code}))
        .await
        .problem(422, "code_invalid");
}
