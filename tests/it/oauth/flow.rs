//! The whole way, and what binds its steps together.

use harness::{APP, Answer, Browser, TestApp, VERIFIER, text};
use reqwest::Method;
use reqwest::header::USER_AGENT;
use serde_json::json;

use super::{Stage, address, person};

#[tokio::test]
async fn who_comes_with_google_is_in() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let listed = app.get("/v1/auth/oauth/providers", "").await.expect(200);
    let names: Vec<&str> = harness::each(&listed, "name");
    assert_eq!(names, ["acme", "github", "google"]);
    stage.google.is_asked_by(person("g-1", "Ada@Studio.example"));
    let mut browser = Browser::default();
    let told = browser.sign_in(app, "google").await.app();
    assert_eq!(told["state"], "a&b", "the app's own state comes back");
    // No cookie stays behind, and no address shows a token.
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
    let session = app.redeem(&told["code"]).await.expect(200);
    let token = text(&session["access_token"]);
    assert!(browser.seen.iter().all(|url| !url.contains(token)));
    let account = app.get("/v1/account", token).await.expect(200);
    assert_eq!(account["email"], "Ada@Studio.example", "as it was given");
    assert!(!account["email_verified_at"].is_null());
    assert_eq!(app.balance(token).await, ["1000", "0", "0"]);
    // Once more: the same account, though the address is another by now.
    stage.google.is_asked_by(person("g-1", "countess@studio.example"));
    let again = app.sign_in_with("google").await;
    assert_eq!(again["account_id"], session["account_id"]);
    let identities = app
        .get("/v1/auth/oauth/identities", text(&again["access_token"]))
        .await;
    let identities = identities.expect(200);
    assert_eq!(harness::each(&identities, "email"), ["countess@studio.example"]);
    assert_eq!((stage.accounts().await, stage.identities().await), (1, 1));
    // What is published is asked for once.
    assert_eq!(stage.google.calls("/.well-known/openid-configuration"), 1);
    assert_eq!(stage.google.calls("/jwks"), 1);
}

#[tokio::test]
async fn an_owner_hears_of_a_new_device_whatever_way_in_it_took() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    app.sign_in_with("google").await;
    app.advance("PT0S").await;
    assert!(
        app.mails("ada@studio.example").await.is_empty(),
        "who comes for the first time knows"
    );
    for _ in 0..2 {
        let code = Browser::default().sign_in(app, "google").await.code();
        let body = json!({"code": code, "code_verifier": VERIFIER});
        let request = app.request(Method::POST, "/v1/auth/oauth/token", "");
        let request = request.header(USER_AGENT, "Mozilla/5.0 (iPhone) Safari/604.1");
        let session = Answer::of(request.json(&body)).await.expect(200);
        let sessions = app
            .get("/v1/auth/sessions", text(&session["access_token"]))
            .await
            .expect(200);
        assert_eq!(harness::each(&sessions, "device")[0], "Safari on iOS");
    }
    app.advance("PT0S").await;
    let mails = app.mails("ada@studio.example").await;
    let templates: Vec<&str> = mails.iter().map(|mail| text(&mail["template"])).collect();
    assert_eq!(templates, ["new_sign_in"], "once");
}

#[tokio::test]
async fn who_comes_with_github_is_in() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let addresses = json!([
        {"email": "old@studio.example", "primary": false, "verified": true, "visibility": null},
        {"email": "ada@studio.example", "primary": true, "verified": true, "visibility": "private"},
    ]);
    // The public address is anyone's word.
    let user = json!({"id": 583_231, "login": "ada", "name": null, "email": "victim@studio.example"});
    stage.github.is_asked_by(user, addresses.clone());
    let session = app.sign_in_with("github").await;
    let account = app.get("/v1/account", text(&session["access_token"])).await;
    assert_eq!(account.expect(200)["email"], "ada@studio.example");
    // A login is renamed, and taken by another: the number tells who is who.
    stage
        .github
        .is_asked_by(json!({"id": 583_231, "login": "lovelace"}), addresses);
    let again = app.sign_in_with("github").await;
    assert_eq!(again["account_id"], session["account_id"]);
    stage
        .github
        .is_asked_by(json!({"id": 99, "login": "ada"}), address("other@studio.example"));
    let other = app.sign_in_with("github").await;
    assert_ne!(other["account_id"], session["account_id"]);
}

#[tokio::test]
async fn only_what_is_declared_is_kept() {
    let whole = json!({
        "sub": "g-1", "email": "ada@gmail.com", "email_verified": true, "name": "Ada Lovelace",
        "picture": "https://pictures.example/ada", "locale": "en", "given_name": "Ada",
    });
    for (fields, kept) in [
        ("[\"email\"]", [json!(null), json!(null)]),
        (
            "[\"email\", \"name\", \"avatar_url\"]",
            [json!("Ada Lovelace"), json!("https://pictures.example/ada")],
        ),
    ] {
        let stage = Stage::keeping(fields).await;
        stage.google.is_asked_by(whole.clone());
        let session = stage.app.sign_in_with("google").await;
        let identities = stage
            .app
            .get("/v1/auth/oauth/identities", text(&session["access_token"]))
            .await
            .expect(200);
        let identity = &identities["data"][0];
        assert_eq!(
            [identity["name"].clone(), identity["avatar_url"].clone()],
            kept,
            "{fields}"
        );
        let dump = String::from_utf8_lossy(&stage.app.database.dump()).into_owned();
        assert_eq!(dump.contains("Lovelace"), kept[0] != json!(null), "{fields}");
    }
}

#[tokio::test]
async fn a_sign_in_ends_where_it_began() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let mut browser = Browser::default();
    let at_google = browser.open(&app.start_of("google")).await.expect("a redirect");
    let kept = browser.headers["set-cookie"]
        .to_str()
        .expect("a cookie")
        .to_owned();
    for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=600"] {
        assert!(kept.contains(part), "{kept}");
    }
    assert_eq!(browser.headers["referrer-policy"], "no-referrer");
    assert_eq!(browser.headers["cache-control"], "no-store");
    let back = browser.open(&at_google).await.expect("a redirect");
    // Login CSRF: another browser is lured to the address.
    let lured = Browser::default().follow(&back).await.here();
    lured.problem(400, "oauth_state_invalid");
    let mut other = Browser::default();
    other.open(&app.start_of("google")).await.expect("a redirect");
    other
        .follow(&back)
        .await
        .here()
        .problem(400, "oauth_state_invalid");
    // Its own cookie under this one's name does not help either.
    let own = browser.cookies.keys().next().expect("a cookie").clone();
    let foreign = other.cookies.values().next().expect("a cookie").clone();
    other.cookies.insert(own, foreign);
    other
        .follow(&back)
        .await
        .here()
        .problem(400, "oauth_state_invalid");
    // Another provider's callback is no place for it.
    let elsewhere = back.replace("/google/", "/acme/");
    browser
        .follow(&elsewhere)
        .await
        .here()
        .problem(400, "oauth_state_invalid");
    for wrong in ["?code=x", "?state=&code=x", "?code=x&state=made-up", ""] {
        let url = format!("{}/v1/auth/oauth/google/callback{wrong}", app.url);
        browser
            .follow(&url)
            .await
            .here()
            .problem(400, "oauth_state_invalid");
    }
    // None of this has spoiled it, and it works once.
    let cookies = browser.cookies.clone();
    let code = browser.follow(&back).await.code();
    browser.cookies = cookies;
    browser
        .follow(&back)
        .await
        .here()
        .problem(400, "oauth_state_invalid");
    app.redeem(&code).await.expect(200);
    assert_eq!(stage.accounts().await, 1);
}

#[tokio::test]
async fn a_sign_in_is_short_lived_and_its_code_is_used_once() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let mut browser = Browser::default();
    let at_google = browser.open(&app.start_of("google")).await.expect("a redirect");
    let back = browser.open(&at_google).await.expect("a redirect");
    app.advance("PT11M").await;
    browser
        .follow(&back)
        .await
        .here()
        .problem(400, "oauth_state_invalid");
    let late = Browser::default().sign_in(app, "google").await.code();
    app.advance("PT11M").await;
    app.redeem(&late).await.problem(422, "oauth_code_invalid");
    let code = Browser::default().sign_in(app, "google").await.code();
    // Stolen from the address, it lacks the verifier.
    let stolen = json!({"code": code, "code_verifier": "a".repeat(43)});
    let stolen = app.post("/v1/auth/oauth/token", "", &stolen).await;
    stolen.problem(422, "oauth_code_invalid");
    let attempts = (0..8).map(|_| app.redeem(&code));
    let answers = futures_util::future::join_all(attempts).await;
    let let_in = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(let_in, 1, "of many at once, one");
    app.redeem(&code).await.problem(422, "oauth_code_invalid");
    app.redeem("made-up").await.problem(422, "oauth_code_invalid");
    assert_eq!((stage.accounts().await, stage.identities().await), (1, 1));
}

#[tokio::test]
async fn two_codes_of_one_newcomer_make_one_account() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("g-1", "ada@studio.example"));
    let mut codes = Vec::new();
    for _ in 0..6 {
        codes.push(Browser::default().sign_in(app, "google").await.code());
    }
    let answers = futures_util::future::join_all(codes.iter().map(|code| app.redeem(code))).await;
    let mut accounts: Vec<String> = Vec::new();
    for answer in answers {
        accounts.push(text(&answer.expect(200)["account_id"]).to_owned());
    }
    accounts.dedup();
    assert_eq!(accounts.len(), 1, "{accounts:?}");
    assert_eq!((stage.accounts().await, stage.identities().await), (1, 1));
}

#[tokio::test]
async fn people_are_sent_to_the_operators_app_alone() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let start = async |query: &str| {
        let url = format!("/v1/auth/oauth/google/start?{query}");
        let request = app.client.request(Method::GET, format!("{}{url}", app.url));
        Answer::of(request).await
    };
    let challenge = tintype::identity::challenge(VERIFIER);
    for evil in [
        "https://evil.example/signed-in",
        "https://app.studio.example/signed-in/../x",
        "https://app.studio.example/signed-in?x=1",
        "https://app.studio.example/signed-in%23",
        "https://app.studio.example.evil.example/signed-in",
        "HTTPS://app.studio.example/signed-in",
        "//evil.example",
        "javascript:alert(1)",
        "",
    ] {
        let query = format!("redirect_uri={evil}&code_challenge={challenge}");
        start(&query).await.problem(400, "redirect_not_allowed");
    }
    for query in [
        format!("code_challenge={challenge}"),
        format!("redirect_uri={APP}"),
        format!("redirect_uri={APP}&code_challenge="),
        format!("redirect_uri={APP}&code_challenge={challenge}="),
        format!(
            "redirect_uri={APP}&code_challenge={challenge}&state={}",
            "a".repeat(501)
        ),
        format!("redirect_uri={APP}&code_challenge={challenge}&state=%00"),
    ] {
        start(&query).await.problem(400, "invalid_request");
    }
    start("ticket=made-up").await.problem(400, "oauth_state_invalid");
    let nowhere = app.get("/v1/auth/oauth/nobody/start", "").await;
    nowhere.problem(404, "not_found");
    assert_eq!(app.count("SELECT COUNT(*) FROM oauth_flow").await, 0);
}

#[tokio::test]
async fn over_tls_the_cookie_is_the_hosts_own() {
    let google = harness::Issuer::start();
    let file = format!(
        "[frontend]\nredirect_uris = [\"{APP}\"]\n{}",
        google.row("google", "google")
    );
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port is free");
    let listen = port.to_string();
    // What stands before it speaks TLS.
    let settings = [
        ("TINTYPE_PUBLIC_URL", "https://api.studio.example"),
        ("TINTYPE_LISTEN", listen.as_str()),
    ];
    let app = TestApp::configured(&file, &settings).await;
    let mut browser = Browser::default();
    let start = app
        .start_of("google")
        .replace(&app.url, &format!("http://{listen}"));
    browser.open(&start).await.expect("a redirect");
    let kept = browser.headers["set-cookie"].to_str().expect("a cookie");
    assert!(
        kept.starts_with("__Host-") && kept.ends_with("; Secure"),
        "{kept}"
    );
    assert!(!kept.contains("Domain"), "{kept}");
    let back = "redirect_uri=https%3A%2F%2Fapi.studio.example%2Fv1%2Fauth%2Foauth%2Fgoogle%2Fcallback";
    assert!(browser.seen[0].contains(back), "{}", browser.seen[0]);
}

#[tokio::test]
async fn a_configuration_that_can_t_work_is_refused() {
    let app = TestApp::start().await;
    let row = |more: &str| {
        format!(
            "[[oauth]]\nname = \"google\"\nkind = \"google\"\nclient_id = \"a\"\nclient_secret = \"b\"\n{more}"
        )
    };
    for (file, named) in [
        (row("issuer = \"http://issuer.example\""), "issuer"),
        (row("").replace("\"google\"\nkind", "\"token\"\nkind"), "name"),
        (row("").replace("client_secret = \"b\"\n", ""), "client_secret"),
        (row("client_secret_file = \"/x\""), "client_secret_file"),
        (row("") + &row(""), "twice"),
        (
            "[frontend]\nredirect_uris = [\"http://app.example/\"]".to_owned(),
            "redirect_uris",
        ),
        (
            "[account]\nfields = [\"email\", \"iris_scan\"]".to_owned(),
            "iris_scan",
        ),
        ("[account]\nfields = []".to_owned(), "account.fields"),
    ] {
        let path = app.data_dir.join("refused.toml");
        std::fs::write(&path, &file).expect("a file");
        let output = app.run(&["serve", "--config", path.to_str().expect("a path")]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(named), "{file}: {said}");
    }
}
