//! Sessions: tokens that are exchanged, copied, forged, and ended.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use harness::{Answer, TestApp, text};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use reqwest::header::USER_AGENT;
use serde_json::{Value, json};
use tintype::secrets::Secrets;

async fn login(app: &TestApp) -> (harness::Account, Value) {
    let owner = app.account().await;
    let body = json!({"email": owner.email, "password": owner.password});
    let session = app.post("/v1/auth/login", "", &body).await.expect(200);
    (owner, session)
}

async fn refresh(app: &TestApp, token: &Value) -> Answer {
    app.post("/v1/auth/refresh", "", &json!({"refresh_token": token}))
        .await
}

async fn is_in(app: &TestApp, session: &Value) -> bool {
    let answer = app.get("/v1/account", text(&session["access_token"])).await;
    match answer.status {
        200 => true,
        _ => {
            answer.problem(401, "unauthenticated");
            false
        }
    }
}

#[tokio::test]
async fn a_session_outlives_its_tokens_and_ends_when_nobody_comes() {
    let app = TestApp::start().await;
    let (_, first) = login(&app).await;
    app.advance("PT31M").await;
    assert!(!is_in(&app, &first).await);
    let second = refresh(&app, &first["refresh_token"]).await.expect(200);
    assert!(is_in(&app, &second).await);
    assert_eq!(second["session_id"], first["session_id"]);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    // Each refresh begins the two weeks anew.
    app.advance("P13D").await;
    let third = refresh(&app, &second["refresh_token"]).await.expect(200);
    app.advance("P13D").await;
    let fourth = refresh(&app, &third["refresh_token"]).await.expect(200);
    app.advance("P15D").await;
    refresh(&app, &fourth["refresh_token"])
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_ends_some_time_after_the_sign_in() {
    let app = TestApp::start().await;
    let (_, mut session) = login(&app).await;
    for _ in 0..6 {
        app.advance("P13D").await;
        session = refresh(&app, &session["refresh_token"]).await.expect(200);
    }
    app.advance("P12D").await;
    refresh(&app, &session["refresh_token"])
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn fifty_at_once_get_one_pair_and_a_copy_ends_the_session() {
    let app = TestApp::start().await;
    let (_, first) = login(&app).await;
    let all = join_all((0..50).map(|_| refresh(&app, &first["refresh_token"]))).await;
    let pairs: BTreeSet<String> = all
        .into_iter()
        .map(|answer| answer.expect(200).to_string())
        .collect();
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    let second: Value = serde_json::from_str(pairs.first().expect("a pair")).expect("JSON");
    assert!(is_in(&app, &second).await);
    app.advance("PT11S").await;
    refresh(&app, &first["refresh_token"])
        .await
        .problem(401, "unauthenticated");
    // Whoever has the newer tokens is out, too.
    assert!(!is_in(&app, &second).await);
    refresh(&app, &second["refresh_token"])
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn an_older_token_ends_the_session_at_once() {
    let app = TestApp::start().await;
    let (_, first) = login(&app).await;
    let second = refresh(&app, &first["refresh_token"]).await.expect(200);
    let third = refresh(&app, &second["refresh_token"]).await.expect(200);
    refresh(&app, &first["refresh_token"])
        .await
        .problem(401, "unauthenticated");
    assert!(!is_in(&app, &third).await);
}

#[tokio::test]
async fn a_refresh_token_that_was_touched_is_refused_and_harms_nobody() {
    let app = TestApp::start().await;
    let (owner, session) = login(&app).await;
    let token = text(&session["refresh_token"]);
    for forged in [
        &token[..token.len() - 2],
        &token.replace(".0.", ".1."),
        &token.replace("rt_", ""),
        &owner.key,
        "rt_",
    ] {
        refresh(&app, &json!(forged))
            .await
            .problem(401, "unauthenticated");
    }
    // Nor is it an access token.
    app.get("/v1/account", token)
        .await
        .problem(401, "unauthenticated");
    assert!(is_in(&app, &session).await);
    refresh(&app, &session["refresh_token"]).await.expect(200);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let body = json!({"email": owner.email, "password": owner.password});
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let request = app.request(Method::POST, "/v1/auth/login", "");
    let other = Answer::of(request.header(USER_AGENT, agent).json(&body)).await;
    let other = other.expect(200);
    let list = app.get("/v1/auth/sessions", &owner.session).await.expect(200);
    let seen: Vec<_> = list["data"]
        .as_array()
        .expect("a page")
        .iter()
        .map(|session| (session["device"].clone(), session["current"].clone()))
        .collect();
    assert_eq!(
        seen,
        [
            (json!("Firefox on Linux"), json!(false)),
            (json!("an unknown device"), json!(true))
        ]
    );
    // The owner hears of the new device, once.
    let request = app.request(Method::POST, "/v1/auth/login", "");
    let again = Answer::of(request.header(USER_AGENT, agent).json(&body)).await;
    again.expect(200);
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    let news: Vec<_> = mails
        .iter()
        .filter(|mail| mail["template"] == "new_sign_in")
        .collect();
    assert_eq!(news.len(), 1);
    assert!(text(&news[0]["text"]).contains("Firefox on Linux"));
    let path = format!("/v1/auth/sessions/{}", text(&other["session_id"]));
    app.delete(&path, &owner.session).await.expect(204);
    assert!(!is_in(&app, &other).await);
    refresh(&app, &other["refresh_token"])
        .await
        .problem(401, "unauthenticated");
    let left = app.get("/v1/auth/sessions", &owner.session).await.expect(200);
    assert_eq!(left["data"].as_array().expect("a page").len(), 2);
    // A key has none.
    app.get("/v1/auth/sessions", &owner.key)
        .await
        .problem(404, "not_found");
}

/// Whatever is signed with the right key and says the wrong thing, or the other
/// way round.
#[tokio::test]
async fn forged_access_tokens_are_refused() {
    let app = TestApp::start().await;
    let (_, session) = login(&app).await;
    let token = text(&session["access_token"]);
    let secrets = Secrets::from_file(&app.data_dir.join("master.key")).expect("the server's secret");
    let key = secrets.derive("access_token");
    let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(token)
        .expect("a token")
        .claims;
    let sign = |claims: &Value, algorithm, key: &[u8]| {
        encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(key)).expect("a token")
    };
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        sign(&claims, Algorithm::HS256, &key)
    };
    // The way of making them is right.
    let sound = with("iat", claims["iat"].clone());
    app.get("/v1/account", &sound).await.expect(200);
    let now = claims["iat"].as_i64().expect("seconds");
    let mut without = claims.clone();
    without.as_object_mut().expect("claims").remove("exp");
    let parts: Vec<&str> = token.split('.').collect();
    let public = public_key(&app).await;
    for (what, forged) in [
        ("no algorithm", format!("eyJhbGciOiJub25lIn0.{}.", parts[1])),
        ("a public key", sign(&claims, Algorithm::HS256, &public)),
        ("another algorithm", sign(&claims, Algorithm::HS512, &key)),
        ("another audience", with("aud", json!("another"))),
        ("another issuer", with("iss", json!("https://evil.example"))),
        ("not yet valid", with("nbf", json!(now + 3600))),
        ("expired", with("exp", json!(now - 3600))),
        ("endless", sign(&without, Algorithm::HS256, &key)),
        (
            "another account",
            with("sub", json!("acc_01k9yx3b1mfz0q4r7s8t2v5w6x")),
        ),
        (
            "another session",
            with("sid", json!("ses_01k9yx3b1mfz0q4r7s8t2v5w6x")),
        ),
    ] {
        let answer = app.get("/v1/account", &forged).await;
        assert_eq!(answer.status, 401, "{what}");
        answer.problem(401, "unauthenticated");
    }
}

/// What everyone may know: the key with which receipts are checked.
async fn public_key(app: &TestApp) -> Vec<u8> {
    let keys = app.get("/.well-known/jwks.json", "").await.expect(200);
    text(&keys["keys"][0]["x"]).as_bytes().to_vec()
}

#[tokio::test]
async fn what_ends_in_one_process_ends_in_all() {
    let mut app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let second = app.another(&["serve", "--no-worker"]).await;
    let (owner, session) = login(&app).await;
    let token = text(&session["access_token"]);
    let ask = async || {
        let url = format!("{second}/v1/account");
        let answer = app.client.get(url).bearer_auth(token).send().await;
        answer.expect("an answer").status().as_u16()
    };
    assert_eq!(ask().await, 200);
    let path = format!("/v1/auth/sessions/{}", text(&session["session_id"]));
    app.delete(&path, &owner.session).await.expect(204);
    let ended = Instant::now();
    while ask().await == 200 {
        assert!(ended.elapsed() < Duration::from_secs(5), "it is still let in");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    eprintln!("refused by the other process after {:?}", ended.elapsed());
}

#[tokio::test]
async fn who_signs_in_too_often_ends_the_session_used_longest_ago() {
    let app = TestApp::with(&[("TINTYPE_SESSIONS_MOST_PER_ACCOUNT", "3")]).await;
    let owner = app.account().await;
    let mut sessions = vec![owner.session.clone()];
    for _ in 0..4 {
        app.advance("PT1S").await;
        sessions.push(app.sign_in(&owner).await);
    }
    let open = app.get("/v1/auth/sessions", &sessions[4]).await.expect(200);
    assert_eq!(open["data"].as_array().map(Vec::len), Some(3));
    // What was let in just now is remembered for a few seconds.
    tokio::time::sleep(Duration::from_secs(5)).await;
    for (at, status) in [(0, 401), (1, 401), (2, 200), (3, 200), (4, 200)] {
        let answer = app.get("/v1/account", &sessions[at]).await;
        assert_eq!(answer.status, status, "session {at}");
    }
}
