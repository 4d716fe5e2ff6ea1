//! Providers that refuse, fail, or say what can't be believed.

use harness::{Browser, Fault, GitHubFault, text};
use serde_json::json;

use super::{Stage, address, person};

#[tokio::test]
async fn what_an_issuer_gets_wrong_lets_nobody_in() {
    let stage = Stage::set().await;
    let app = &stage.app;
    for issuer in [&stage.google, &stage.acme] {
        issuer.is_asked_by(person("1", "ada@studio.example"));
    }
    for (fault, error) in [
        (Fault::Denied, "access_denied"),
        (Fault::Overloaded, "provider_unavailable"),
        (Fault::AnotherIssuerComesBack, "provider_refused"),
        (Fault::CodeRefused, "provider_refused"),
        (Fault::TokenFails, "provider_unavailable"),
        (Fault::TokenRedirects, "provider_refused"),
        (Fault::TokenIsEndless, "provider_unavailable"),
        (Fault::TokenIsNoJson, "provider_refused"),
        (Fault::NoIdToken, "provider_refused"),
        (Fault::WrongNonce, "provider_refused"),
        (Fault::NoNonce, "provider_refused"),
        (Fault::WrongAudience, "provider_refused"),
        (Fault::AudienceOfSeveral, "provider_refused"),
        (Fault::WrongIssuer, "provider_refused"),
        (Fault::Expired, "provider_refused"),
        (Fault::NotYet, "provider_refused"),
        (Fault::Unsigned, "provider_refused"),
        (Fault::SignedWithThePublicKey, "provider_refused"),
        (Fault::StrangersKey, "provider_refused"),
        (Fault::UnknownKey, "provider_refused"),
        (Fault::NoSubject, "provider_refused"),
        (Fault::OtherUserinfo, "provider_refused"),
    ] {
        for (name, issuer) in [("google", &stage.google), ("acme", &stage.acme)] {
            issuer.fails(fault);
            let landed = Browser::default().sign_in(app, name).await.app();
            assert_eq!(
                landed.get("error").map(String::as_str),
                Some(error),
                "{fault:?} of {name}"
            );
            assert_eq!(
                (landed.get("code"), landed["state"].as_str()),
                (None, "a&b"),
                "{fault:?}"
            );
        }
    }
    assert_eq!((stage.accounts().await, stage.identities().await), (0, 0));
    assert_eq!(app.count("SELECT COUNT(*) FROM oauth_flow").await, 0);
    assert!(!app.log().contains("ERROR"), "{}", app.log());
    // With its head in order again, all is well.
    stage.google.fails(Fault::Nothing);
    app.sign_in_with("google").await;
}

#[tokio::test]
async fn a_provider_that_is_slow_or_away_is_not_waited_for() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("1", "ada@studio.example"));
    stage.google.fails(Fault::TokenIsSlow);
    let landed = Browser::default().sign_in(app, "google").await;
    assert_eq!(landed.error(), "provider_unavailable");
    // Nor are its keys made up.
    stage.acme.is_asked_by(person("1", "ada@studio.example"));
    stage.acme.fails(Fault::KeysAreAway);
    let landed = Browser::default().sign_in(app, "acme").await;
    assert_eq!(landed.error(), "provider_unavailable");
    assert_eq!(stage.accounts().await, 0);
    // One that was never there: nobody is sent anywhere.
    let gone = "[[oauth]]\nname = \"gone\"\nkind = \"oidc\"\nissuer = \"http://127.0.0.1:9\"\n\
                client_id = \"a\"\nclient_secret = \"b\"\n";
    let file = format!("[frontend]\nredirect_uris = [\"{}\"]\n{gone}", harness::APP);
    let app = harness::TestApp::configured(&file, &[]).await;
    let landed = Browser::default().sign_in(&app, "gone").await;
    landed.here().problem(503, "unavailable");
}

#[tokio::test]
async fn a_new_key_is_fetched() {
    let stage = Stage::set().await;
    stage.google.is_asked_by(person("1", "ada@studio.example"));
    let before = stage.app.sign_in_with("google").await;
    stage.google.rotates_its_key();
    let after = stage.app.sign_in_with("google").await;
    assert_eq!(after["account_id"], before["account_id"]);
    assert_eq!(stage.google.calls("/jwks"), 2);
    stage.app.sign_in_with("google").await;
    assert_eq!(stage.google.calls("/jwks"), 2);
}

#[tokio::test]
async fn an_address_may_stand_in_userinfo() {
    let stage = Stage::set().await;
    stage.acme.is_asked_by(person("1", "ada@studio.example"));
    stage.acme.fails(Fault::AddressInUserinfo);
    let session = stage.app.sign_in_with("acme").await;
    let account = stage.app.get("/v1/account", text(&session["access_token"])).await;
    assert_eq!(account.expect(200)["email"], "ada@studio.example");
}

#[tokio::test]
async fn what_github_gets_wrong_lets_nobody_in() {
    let stage = Stage::set().await;
    let app = &stage.app;
    let user = json!({"id": 1, "login": "ada", "email": "ada@studio.example"});
    stage
        .github
        .is_asked_by(user.clone(), address("ada@studio.example"));
    for (fault, error) in [
        (GitHubFault::Denied, "access_denied"),
        (GitHubFault::CodeRefused, "provider_refused"),
        (GitHubFault::CodeRefusedInAForm, "provider_refused"),
        (GitHubFault::NoToken, "provider_refused"),
        (GitHubFault::TokenFails, "provider_unavailable"),
        (GitHubFault::UserFails, "provider_unavailable"),
        (GitHubFault::UserIsGone, "provider_refused"),
    ] {
        stage.github.fails(fault);
        let landed = Browser::default().sign_in(app, "github").await;
        assert_eq!(landed.error(), error, "{fault:?}");
    }
    // Less was granted than asked: who it is, is known, but no address.
    for fault in [GitHubFault::LessScope, GitHubFault::AddressesForbidden] {
        stage.github.fails(fault);
        let code = Browser::default().sign_in(app, "github").await.code();
        app.redeem(&code).await.problem(422, "email_unverified");
    }
    stage.github.fails(GitHubFault::Nothing);
    for addresses in [
        json!([]),
        json!([{"email": "ada@studio.example", "primary": true, "verified": false}]),
        json!([{"email": "ada@studio.example", "primary": false, "verified": true}]),
    ] {
        stage.github.is_asked_by(user.clone(), addresses);
        let code = Browser::default().sign_in(app, "github").await.code();
        app.redeem(&code).await.problem(422, "email_unverified");
    }
    assert_eq!((stage.accounts().await, stage.identities().await), (0, 0));
    // A form says it as well.
    stage.github.is_asked_by(user, address("ada@studio.example"));
    stage.github.fails(GitHubFault::AnswersInAForm);
    app.sign_in_with("github").await;
    // Who is known already needs no address.
    stage.github.fails(GitHubFault::LessScope);
    app.sign_in_with("github").await;
}

#[tokio::test]
async fn google_vouches_for_its_own_addresses_alone() {
    let stage = Stage::set().await;
    let app = &stage.app;
    for (claims, vouched) in [
        (
            json!({"sub": "1", "email": "ada@yahoo.example", "email_verified": true}),
            false,
        ),
        (
            json!({"sub": "2", "email": "ada@gmail.com", "email_verified": false}),
            false,
        ),
        (json!({"sub": "3", "email": "ada@gmail.com"}), false),
        (
            json!({"sub": "4", "email": "not an address", "email_verified": true, "hd": "x.example"}),
            false,
        ),
        (json!({"sub": "5"}), false),
        (
            json!({"sub": "6", "email": "Ada@GMail.com", "email_verified": true}),
            true,
        ),
        (
            json!({"sub": "7", "email": "a@x.example", "email_verified": true, "hd": "x.example"}),
            true,
        ),
    ] {
        stage.google.is_asked_by(claims.clone());
        let code = Browser::default().sign_in(app, "google").await.code();
        let answer = app.redeem(&code).await;
        match vouched {
            true => drop(answer.expect(200)),
            false => drop(answer.problem(422, "email_unverified")),
        }
    }
    assert_eq!(stage.accounts().await, 2);
}

#[tokio::test]
async fn only_a_domain_s_people_may_come() {
    let google = harness::Issuer::start();
    let row = google.row("google", "google");
    let file = format!(
        "[frontend]\nredirect_uris = [\"{}\"]\n{row}hosted_domain = \"studio.example\"\n",
        harness::APP
    );
    let app = harness::TestApp::configured(&file, &[]).await;
    google.is_asked_by(json!({"sub": "1", "email": "ada@gmail.com", "email_verified": true}));
    let landed = Browser::default().sign_in(&app, "google").await;
    assert_eq!(landed.error(), "provider_refused");
    google.is_asked_by(person("2", "ada@studio.example"));
    app.sign_in_with("google").await;
}

#[tokio::test]
async fn no_secret_is_kept_or_logged() {
    let stage = Stage::set().await;
    let app = &stage.app;
    stage.google.is_asked_by(person("1", "ada@studio.example"));
    let mut browser = Browser::default();
    let mut secrets = vec!["its-secret".to_owned(), "at-1".to_owned()];
    let at_google = browser.open(&app.start_of("google")).await.expect("a redirect");
    secrets.extend(browser.cookies.values().cloned());
    let back = browser.open(&at_google).await.expect("a redirect");
    for url in [&at_google, &back] {
        let url = url.parse::<reqwest::Url>().expect("an address");
        let telling = url
            .query_pairs()
            .filter(|(name, _)| ["state", "nonce", "code"].contains(&name.as_ref()));
        secrets.extend(telling.map(|(_, value)| value.into_owned()));
    }
    secrets.push(browser.follow(&back).await.code());
    let dump = String::from_utf8_lossy(&app.database.dump()).into_owned();
    let log = app.log();
    for secret in &secrets {
        assert!(
            !dump.contains(secret.as_str()) && !log.contains(secret.as_str()),
            "{secret}"
        );
    }
    assert!(!dump.contains("ada@studio.example") && !log.contains("ada@studio.example"));
}
