//! Codes that come back, are guessed, or are looked for in the database.

use std::time::Duration;

use futures_util::future::join_all;
use harness::{TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::json;

use super::{Owner, client_in, mailed, now, post_by, step_up, wrong};

#[tokio::test]
async fn of_a_hundred_at_once_with_one_code_one_is_taken() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let proof = json!({"totp_code": owner.code(&app).await});
    let (login, session) = (owner.body(proof.clone()), &owner.account.session);
    // From twenty networks, so that it is not their waits that refuse them; and not
    // more passwords than are hashed at once.
    let clients: Vec<_> = (0..20).map(client_in).collect();
    let tries = (0..100_usize).map(async |at| match at % 2 {
        0 => post_by(&clients[at % 20], &app, "/v1/auth/login", "", &login).await,
        _ => post_by(&clients[at % 20], &app, "/v1/auth/step-up", session, &proof).await,
    });
    let answers = join_all(tries).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    let known = [200, 401, 422, 429];
    assert!(
        statuses.iter().all(|status| known.contains(status)),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn a_code_that_was_used_never_works_again() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let code = owner.code(&app).await;
    let used = json!({"totp_code": code});
    let session = owner.login(&app, used.clone()).await.expect(200);
    let session = text(&session["access_token"]);
    // The first replay meets no wait: it is the code that is refused.
    owner.login(&app, used.clone()).await.problem(401, "totp_invalid");
    for _ in 0..50 {
        let login = owner.login(&app, used.clone()).await;
        assert!([401, 429].contains(&login.status), "{}", login.status);
        let step = step_up(&app, session, used.clone()).await;
        assert!([422, 429].contains(&step.status), "{}", step.status);
        // So that waits are over now and then while the code is still young enough.
        app.advance("PT1S").await;
    }
    app.advance("PT1H").await;
    // After the code of a later step, which a fast clock shows, those before it are void.
    let later = now(&app).await.plus(Duration::from_secs(30));
    let ahead = json!({"totp_code": owner.secret.code(later)});
    let present = json!({"totp_code": owner.code(&app).await});
    owner.login(&app, ahead).await.expect(200);
    owner.login(&app, present).await.problem(401, "totp_invalid");
    app.advance("PT1M").await;
    let next = json!({"totp_code": owner.code(&app).await});
    owner.login(&app, next).await.expect(200);
}

#[tokio::test]
async fn secrets_and_recovery_codes_lie_sealed() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let connection = app.connect().await;
    let sql = "SELECT sealed FROM totp UNION ALL SELECT code_hash FROM recovery_code";
    let statement = tintype::db::statement(&connection, sql, vec![]);
    let rows = connection.query_all_raw(statement).await.expect("rows");
    assert_eq!(rows.len(), 11);
    for row in &rows {
        let row: String = row.try_get_by_index(0).expect("a text");
        assert!(!row.contains(&owner.secret.base32()), "{row}");
        for code in &owner.recovery {
            assert!(
                !row.contains(code.as_str()) && !row.contains(&code.replace('-', "")),
                "{row}"
            );
        }
    }
    // A copied row opens no other account.
    let thief = Owner::new(&app).await;
    let sql = format!(
        "UPDATE totp SET sealed = (SELECT sealed FROM totp WHERE account_id = '{}') WHERE account_id = '{}'",
        thief.account.id, owner.account.id
    );
    connection.execute_unprepared(&sql).await.expect("it runs");
    connection.close().await.expect("the connection closes");
    let code = thief.code(&app).await;
    owner
        .login(&app, json!({"totp_code": code}))
        .await
        .problem(401, "totp_invalid");
}

#[tokio::test]
async fn a_guesser_waits_and_the_owner_gets_in() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let failures = || app.count("SELECT failures FROM totp");
    let from = async |network: u8, code: String| {
        let body = owner.body(json!({"totp_code": code}));
        post_by(&client_in(network), &app, "/v1/auth/login", "", &body).await
    };
    // Each try from another network: the account counts them.
    let mut tries = 0;
    while failures().await < 9 {
        tries += 1;
        let answer = from(tries, wrong(&owner.secret, now(&app).await)).await;
        assert!([401, 429].contains(&answer.status), "{}", answer.status);
        app.advance("PT2S").await;
    }
    assert!(tries > 9, "no guess had to wait");
    // The right code has to wait, too, and does not make it longer; a recovery code has not.
    from(200, owner.code(&app).await)
        .await
        .problem(429, "rate_limited");
    assert_eq!(failures().await, 9);
    owner
        .login(&app, json!({"recovery_code": owner.recovery[0]}))
        .await
        .expect(200);
    app.advance("PT15M").await;
    let code = owner.code(&app).await;
    owner.login(&app, json!({"totp_code": code})).await.expect(200);
    assert_eq!(failures().await, 0);
}

#[tokio::test]
async fn an_owner_hears_of_a_guesser_once_a_day() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let guess = async |times: u32| {
        for _ in 0..times {
            // So that no try has to wait.
            app.advance("PT16M").await;
            let code = json!({"totp_code": wrong(&owner.secret, now(&app).await)});
            owner.login(&app, code).await.problem(401, "totp_invalid");
        }
    };
    let told = async || {
        let mails = mailed(&app, &owner.account.email).await;
        mails
            .iter()
            .filter(|template| *template == "codes_guessed")
            .count()
    };
    // Who mistypes and then gets it right is no guesser.
    guess(9).await;
    app.advance("PT16M").await;
    let right = json!({"totp_code": owner.code(&app).await});
    owner.login(&app, right).await.expect(200);
    guess(9).await;
    assert_eq!(told().await, 0);
    guess(1).await;
    assert_eq!(told().await, 1);
    guess(12).await;
    assert_eq!(told().await, 1);
    app.advance("P1D").await;
    assert_eq!(told().await, 1);
    guess(1).await;
    assert_eq!(told().await, 2);
}

#[tokio::test]
async fn wrong_recovery_codes_count_and_a_right_one_never_waits() {
    let app = TestApp::start().await;
    let owner = Owner::new(&app).await;
    let (session, never) = (
        &owner.account.session,
        json!({"recovery_code": "0000-0000-0000-0000"}),
    );
    // At a sign-in and at a step-up alike, from ever more networks.
    for network in 1..=10 {
        let client = client_in(network);
        let answer = match network % 2 {
            0 => post_by(&client, &app, "/v1/auth/step-up", session, &never).await,
            _ => post_by(&client, &app, "/v1/auth/login", "", &owner.body(never.clone())).await,
        };
        assert!([401, 422].contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(app.count("SELECT failures FROM totp").await, 10);
    assert_eq!(mailed(&app, &owner.account.email).await[0], "codes_guessed");
    let code = json!({"totp_code": owner.code(&app).await});
    owner.login(&app, code).await.problem(429, "rate_limited");
    let recovery = json!({"recovery_code": owner.recovery[0]});
    owner.login(&app, recovery).await.expect(200);
}
