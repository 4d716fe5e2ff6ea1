//! Passwords: which are taken, how they are kept, and how another one is set.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use harness::{Account, Answer, TestApp, text};
use reqwest::Method;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::{Value, json};
use tokio::time::sleep;

const BEHIND_A_PROXY: &str = "[server]\ntrusted_proxies = [\"127.0.0.1/32\"]\n";
const BCRYPT: &[(&str, &str)] = &[("TINTYPE_AUTH_PASSWORD_HASH", "bcrypt")];

async fn login(app: &TestApp, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    app.post("/v1/auth/login", "", &body).await
}

/// The same from anywhere, as a proxy tells.
async fn login_from(app: &TestApp, from: [u8; 4], email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let request = app.request(Method::POST, "/v1/auth/login", "");
    let from = Ipv4Addr::from(from).to_string();
    Answer::of(request.header("x-forwarded-for", from).json(&body)).await
}

async fn forgot(app: &TestApp, email: &str) -> Answer {
    app.post("/v1/auth/password/forgot", "", &json!({"email": email}))
        .await
}

async fn reset(app: &TestApp, email: &str, code: &str, password: &str) -> Answer {
    let body = json!({"email": email, "code": code, "password": password});
    app.post("/v1/auth/password/reset", "", &body).await
}

async fn change(app: &TestApp, session: &str, present: &str, new: &str) -> Answer {
    let body = json!({"current_password": present, "new_password": new});
    app.post("/v1/auth/password/change", session, &body).await
}

/// The hash as the database has it.
async fn hash_of(app: &TestApp, owner: &Account) -> String {
    let connection = app.connect().await;
    let sql = format!("SELECT password_hash FROM account WHERE id = '{}'", owner.id);
    let row = connection
        .query_one_raw(tintype::db::statement(&connection, &sql, vec![]))
        .await;
    let hash = row.expect("the query runs").expect("a row").try_get_by_index(0);
    connection.close().await.expect("the connection closes");
    hash.expect("a text")
}

async fn run(app: &TestApp, sql: &str) {
    let connection = app.connect().await;
    connection.execute_unprepared(sql).await.expect("it runs");
    connection.close().await.expect("the connection closes");
}

#[tokio::test]
async fn who_forgot_the_password_sets_another() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let elsewhere = app.sign_in(&owner).await;
    forgot(&app, &owner.email).await.expect(202);
    let code = app.mailed_code(&owner.email).await;
    assert_eq!(app.mails(&owner.email).await[0]["template"], "reset_password");
    let done = reset(&app, &owner.email, &code, "a new horse at dawn").await;
    done.expect(204);
    // Whoever was in is out; keys stay.
    for session in [&owner.session, &elsewhere] {
        app.get("/v1/account", session)
            .await
            .problem(401, "unauthenticated");
    }
    app.get("/v1/account", &owner.key).await.expect(200);
    login(&app, &owner.email, &owner.password)
        .await
        .problem(401, "unauthenticated");
    login(&app, &owner.email, "a new horse at dawn").await.expect(200);
    app.advance("PT0S").await;
    assert_eq!(app.mails(&owner.email).await[0]["template"], "password_changed");
    // The code works once.
    reset(&app, &owner.email, &code, "another horse at dawn")
        .await
        .problem(422, "code_invalid");
}

#[tokio::test]
async fn a_code_to_reset_is_for_its_purpose_and_short_lived() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    // A code that proves an address sets no password, and the other way round.
    let body = json!({"email": "new@studio.example", "password": "correct horse battery"});
    app.post("/v1/auth/register", "", &body).await.expect(202);
    let proof = app.mailed_code("new@studio.example").await;
    reset(&app, "new@studio.example", &proof, "a new horse at dawn")
        .await
        .problem(422, "code_invalid");
    // An address that nobody proved gets no code.
    forgot(&app, "new@studio.example").await.expect(202);
    app.advance("PT0S").await;
    assert_eq!(app.mails("new@studio.example").await.len(), 1);
    forgot(&app, &owner.email).await.expect(202);
    let code = app.mailed_code(&owner.email).await;
    app.advance("PT31M").await;
    reset(&app, &owner.email, &code, "a new horse at dawn")
        .await
        .problem(422, "code_invalid");
    login(&app, &owner.email, &owner.password).await.expect(200);
}

#[tokio::test]
async fn nobody_learns_who_has_an_account_by_forgetting() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let rows = || app.count("SELECT COUNT(*) FROM knock");
    for email in [owner.email.as_str(), "nobody@studio.example"] {
        let answer = forgot(&app, email).await.expect(202);
        assert_eq!(answer["email"], email);
        assert_eq!(answer.as_object().expect("an object").len(), 2);
    }
    for email in [owner.email.as_str(), "nobody@studio.example"] {
        reset(&app, email, "00000000", "a new horse at dawn")
            .await
            .problem(422, "code_invalid");
    }
    app.advance("PT0S").await;
    assert_eq!(rows().await, 0, "what was asked is gone once it is answered");
    assert!(app.mails("nobody@studio.example").await.is_empty());
    // A few mails an hour, however often it is asked for.
    for _ in 0..8 {
        forgot(&app, &owner.email).await.expect(202);
    }
    app.advance("PT0S").await;
    let mails = app.mails(&owner.email).await;
    let resets = mails.iter().filter(|mail| mail["template"] == "reset_password");
    assert_eq!(resets.count(), 5);
}

#[tokio::test]
async fn the_present_password_is_needed_for_another() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let elsewhere = app.sign_in(&owner).await;
    let wrong = change(&app, &owner.session, "wrong", "a new horse at dawn").await;
    assert_eq!(
        wrong.problem(422, "invalid_input")["errors"][0]["pointer"],
        "/current_password"
    );
    change(&app, &owner.key, &owner.password, "a new horse at dawn")
        .await
        .problem(404, "not_found");
    change(&app, &owner.session, &owner.password, "a new horse at dawn")
        .await
        .expect(204);
    app.get("/v1/account", &owner.session).await.expect(200);
    app.get("/v1/account", &elsewhere)
        .await
        .problem(401, "unauthenticated");
    login(&app, &owner.email, "a new horse at dawn").await.expect(200);
    app.advance("PT0S").await;
    assert_eq!(app.mails(&owner.email).await[0]["template"], "password_changed");
    // Guessing with a stolen session is slowed down.
    let mut slowed = false;
    for _ in 0..12 {
        let guess = change(&app, &owner.session, "wrong", "some other horse").await;
        assert!([422, 429].contains(&guess.status), "{}", guess.status);
        slowed |= guess.status == 429;
    }
    assert!(slowed);
}

#[tokio::test]
async fn what_everyone_would_guess_is_refused() {
    let app = TestApp::start().await;
    for password in [
        "password1",
        "P@ssw0rd",
        "12345678",
        "qwertyuiop",
        "newcomer.2026",
        "ｐａｓｓｗｏｒｄ１",
        "Paßwort2026",
    ] {
        let body = json!({"email": "newcomer@studio.example", "password": password});
        let refused = app.post("/v1/auth/register", "", &body).await;
        let problem = refused.problem(422, "invalid_input");
        assert_eq!(problem["errors"][0]["code"], "too_common", "{password}");
    }
    let owner = app.account().await;
    change(&app, &owner.session, &owner.password, "iloveyou")
        .await
        .problem(422, "invalid_input");
    assert_eq!(app.count("SELECT COUNT(*) FROM knock").await, 0);
}

#[tokio::test]
async fn bcrypt_is_said_where_it_would_cut_a_password_off() {
    let app = TestApp::with(BCRYPT).await;
    let long = "kaffee um halb neun ".repeat(4);
    let body = json!({"email": "ada@studio.example", "password": &long[..72]});
    let refused = app.post("/v1/auth/register", "", &body).await;
    let problem = refused.problem(400, "invalid_request");
    assert_eq!(problem["errors"][0]["code"], "too_long");
    let body = json!({"email": "ada@studio.example", "password": &long[..71]});
    app.sign_up(&body).await;
    login(&app, "ada@studio.example", &long[..71]).await.expect(200);
    login(&app, "ada@studio.example", &long)
        .await
        .problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_hash_becomes_what_the_profile_says_when_its_owner_comes() {
    let mut app = TestApp::start().await;
    let owner = app.account().await;
    assert!(hash_of(&app, &owner).await.starts_with("$argon2id$"));
    app.restart_with(BCRYPT).await;
    login(&app, &owner.email, "wrong")
        .await
        .problem(401, "unauthenticated");
    assert!(hash_of(&app, &owner).await.starts_with("$argon2id$"));
    login(&app, &owner.email, &owner.password).await.expect(200);
    assert!(hash_of(&app, &owner).await.starts_with("$2b$12$"));
    app.restart_with(&[("TINTYPE_AUTH_PASSWORD_HASH", "argon2id")])
        .await;
    // As another service may have written it: $2y$, and cheaper.
    let imported = "$2y$10$";
    let sql = format!(
        "UPDATE account SET password_hash = '{imported}' || substr(password_hash, 8) WHERE id = '{}'",
        owner.id
    );
    let kept = hash_of(&app, &owner).await;
    run(&app, &sql).await;
    // The cost is part of what was hashed.
    login(&app, &owner.email, &owner.password)
        .await
        .problem(401, "unauthenticated");
    let sql = format!(
        "UPDATE account SET password_hash = '{}' WHERE id = '{}'",
        kept.replace("$2b$", "$2y$"),
        owner.id
    );
    run(&app, &sql).await;
    login(&app, &owner.email, &owner.password).await.expect(200);
    assert!(hash_of(&app, &owner).await.starts_with("$argon2id$"));
}

/// Whoever signs in with the old password while another is being set is out afterwards.
#[tokio::test]
async fn no_session_of_the_old_password_outlives_it() {
    let app = TestApp::configured(BEHIND_A_PROXY, &[]).await;
    let owner = app.account().await;
    let new = "a new horse at dawn";
    // They read the old hash before the new one is there, and compare it afterwards.
    let guesses = (0..20_u8).map(async |at| {
        sleep(Duration::from_millis(15) * at.into()).await;
        login_from(&app, [11, 0, at, 1], &owner.email, &owner.password).await
    });
    let set = change(&app, &owner.session, &owner.password, new);
    let (guesses, set) = tokio::join!(join_all(guesses), set);
    set.expect(204);
    for guess in guesses {
        match guess.status {
            200 => {
                let session = guess.expect(200);
                app.get("/v1/account", text(&session["access_token"]))
                    .await
                    .problem(401, "unauthenticated");
            }
            _ => drop(guess.problem(401, "unauthenticated")),
        }
    }
    app.get("/v1/account", &owner.session).await.expect(200);
    login(&app, &owner.email, new).await.expect(200);
}

#[tokio::test]
async fn many_who_sign_in_at_once_while_the_hash_is_outdated_are_all_let_in() {
    let mut app = TestApp::start().await;
    let owner = app.account().await;
    app.restart_with(BCRYPT).await;
    let connection = app.connect().await;
    let all = join_all((0..2).map(|_| login(&app, &owner.email, &owner.password)));
    let answers = if app.is_postgres() {
        // Both have compared the password when the first may write, if they do so in time.
        let gate = connection.begin().await.expect("a transaction");
        let locked = gate.execute_unprepared("SELECT 1 FROM account FOR UPDATE").await;
        locked.expect("locked");
        let opened = async {
            let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND datname = current_database()";
            let begin = Instant::now();
            while app.count(waiting).await < 2 && begin.elapsed() < Duration::from_secs(4) {
                sleep(Duration::from_millis(20)).await;
            }
            gate.rollback().await.expect("unlocked");
        };
        tokio::join!(all, opened).0
    } else {
        all.await
    };
    connection.close().await.expect("the connection closes");
    for answer in answers {
        answer.expect(200);
    }
    assert!(hash_of(&app, &owner).await.starts_with("$2b$12$"));
}

/// What a stranger could measure is the same work: one hash and the same rows.
#[tokio::test]
async fn the_same_is_done_for_known_and_unknown_addresses() {
    let mut app = TestApp::start().await;
    let owner = app.account().await;
    app.advance("PT0S").await;
    // Nobody answers the door: what the request itself did can be seen.
    app.leave_jobs();
    app.process.stop();
    app.start_again(&["serve", "--no-worker"]).await;
    let mut left = Vec::new();
    for email in [owner.email.as_str(), "nobody@studio.example"] {
        let before = app.database.row_counts().await;
        let sign_up = json!({"email": email, "password": "correct horse battery"});
        app.post("/v1/auth/register", "", &sign_up).await.expect(202);
        forgot(&app, email).await.expect(202);
        let after = app.database.row_counts().await;
        let more: Value = json!(
            after
                .iter()
                .map(|(table, rows)| (table.clone(), rows - before[table]))
                .collect::<std::collections::BTreeMap<_, _>>()
        );
        assert_eq!((&more["knock"], &more["job"]), (&json!(2), &json!(2)));
        left.push(more);
    }
    assert_eq!(left[0], left[1]);
}

/// Many wrong passwords, `TINTYPE_TEST_GUESSES` or as many as there is time for.
fn guesses(usual: usize) -> u32 {
    let count = harness::repetitions("TINTYPE_TEST_GUESSES", usual);
    u32::try_from(count).expect("so many")
}

/// Wrong passwords from one network: few are looked at.
#[tokio::test]
async fn many_wrong_passwords_from_one_place_are_hardly_looked_at() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let mut refused = 0;
    let count = guesses(2_000);
    for at in 0..count {
        let answer = login(&app, &owner.email, &format!("guess number {at}")).await;
        assert!([401, 429].contains(&answer.status), "{}", answer.status);
        refused += u32::from(answer.status == 429);
    }
    assert!(refused > count - 100, "{refused} were not even compared");
    // From elsewhere the owner would be in at once; from here, a while later.
    app.advance("PT15M").await;
    let session = login(&app, &owner.email, &owner.password).await.expect(200);
    assert_eq!(text(&session["account_id"]), owner.id);
}

/// Wrong passwords from ever more networks, each of which is compared: none is let in,
/// and the owner is, in between and afterwards. `TINTYPE_TEST_GUESSES=10000` tries so
/// many; each takes as long as a hash.
#[tokio::test]
async fn wrong_passwords_from_everywhere_neither_succeed_nor_lock_the_owner_out() {
    let count = guesses(60);
    let app = TestApp::configured(BEHIND_A_PROXY, &[]).await;
    let owner = app.account().await;
    for at in 0..count {
        // As many from one network as meet no wait.
        let [_, high, low, _] = (at / 5 * 256).to_be_bytes();
        let guess = format!("guess number {at}");
        login_from(&app, [11, high, low, 1], &owner.email, &guess)
            .await
            .problem(401, "unauthenticated");
        if at % 50 == 49 {
            let home = login_from(&app, [192, 0, 2, 1], &owner.email, &owner.password).await;
            home.expect(200);
        }
    }
    // Also from where somebody guessed, once the wait is over.
    app.advance("PT15M").await;
    let same = login_from(&app, [11, 0, 0, 1], &owner.email, &owner.password).await;
    assert_eq!(text(&same.expect(200)["account_id"]), owner.id);
}
