//! What an operator meets first: the first start, settings by the environment, and
//! `tintype key new`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use harness::{Answer, Process, TestApp, binary, text};
use reqwest::Method;
use serde_json::json;

/// A folder of a test's own, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn empty(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tintype-commands-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The binary in an environment with nothing else in it.
fn run(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(binary());
    command.current_dir(folder).env_clear().args(arguments);
    command.envs(settings.iter().copied()).output().expect("it runs")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn the_first_start_speaks_of_open_files_only_where_it_matters() {
    let folder = Folder::empty("open-files");
    for (files, asked, told) in [
        (20_000, "", None),
        (4096, "", None),
        (1024, "", Some("room for 512 connections")),
        (20_000, "30000", Some("room for 19488 connections")),
        (20_000, "10000", None),
    ] {
        let settings = [("TINTYPE_LIMITS_CONNECTIONS", asked)];
        let settings = if asked.is_empty() {
            &settings[..0]
        } else {
            &settings[..]
        };
        let mut process = Process::with_open_files(&folder.0, files, settings).await;
        process.stop();
        let log = process.log();
        assert_eq!(
            log.contains("open files"),
            told.is_some(),
            "{files} {asked}: {log}"
        );
        assert!(
            told.is_none_or(|told| log.contains(told)),
            "{files} {asked}: {log}"
        );
    }
}

#[test]
fn a_setting_that_is_none_names_a_help_that_lists_them() {
    let folder = Folder::empty("help");
    let refused = run(&folder.0, &[("TINTYPE_LISTN", "x")], &["serve"]);
    assert!(!refused.status.success());
    let error = said(&refused.stderr);
    let named = error
        .split('`')
        .find(|part| part.starts_with("tintype "))
        .expect("a command");
    let arguments: Vec<&str> = named.split(' ').skip(1).collect();
    let help = run(&folder.0, &[], &arguments);
    let help = said(&help.stdout);
    for setting in [
        "TINTYPE_LISTEN ",
        "TINTYPE_WEBHOOKS_ALLOW_NETWORKS ",
        "TINTYPE_SERVER_TRUSTED_PROXIES ",
        "TINTYPE_SIGN_UP_MINIMUM_AGE_IN ",
        "A list has commas",
    ] {
        assert!(help.contains(setting), "{named} lacks {setting}: {help}");
    }
}

#[tokio::test]
async fn lists_are_set_by_the_environment() {
    let app = TestApp::with(&[
        ("TINTYPE_SERVER_TRUSTED_PROXIES", "127.0.0.0/8, 192.0.2.0/24"),
        ("TINTYPE_WEBHOOKS_ALLOW_NETWORKS", "127.0.0.0/8"),
        ("TINTYPE_MODERATION_BLOCKLIST", "[\"grey, gloomy\"]"),
    ])
    .await;
    let endpoint = json!({"url": "http://127.0.0.1:9999/hook", "events": ["batch.ended"]});
    app.post("/v1/webhook-endpoints", &app.demo, &endpoint)
        .await
        .expect(201);
    let key = json!({"name": "a", "scopes": ["keys:read"], "ip_allow": ["203.0.113.7"]});
    let key = app.post("/v1/keys", &app.demo, &key).await.expect(201);
    let asked = app.request(Method::GET, "/v1/keys/self", text(&key["secret"]));
    let told = "203.0.113.7, 192.0.2.9";
    Answer::of(asked.header("X-Forwarded-For", told))
        .await
        .expect(200);
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a grey, gloomy sea"}});
    app.post("/v1/generations", &app.demo, &body)
        .await
        .problem(422, "content_refused");
}

/// The key that was printed, alone on the standard output.
fn secret(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(&output.stderr));
    let printed = said(&output.stdout);
    let secret = printed.strip_suffix('\n').expect("a line");
    assert!(
        secret.starts_with("tt_") && !secret.contains(char::is_whitespace),
        "{printed}"
    );
    secret.to_owned()
}

#[tokio::test]
async fn a_key_for_a_new_address_brings_its_account_along() {
    let app = TestApp::with(&[("TINTYPE_CREDITS_LIVE_GRANT", "5")]).await;
    let made = app.run(&["key", "new", "--email", "New@studio.example"]);
    let key = secret(&made);
    let told = said(&made.stderr);
    for part in [
        "New@studio.example",
        "taken as confirmed",
        "1000 test and 5 live credits",
        "no password",
    ] {
        assert!(told.contains(part), "{told}");
    }
    assert!(
        !told.contains("--agreed"),
        "nobody is asked anything here: {told}"
    );
    assert_eq!(app.balance(&key).await, ["1000", "0", "0"]);
    let generation = app.generate(&key, "a pear").await;
    assert_eq!(generation["status"], "succeeded");
    // However it is spelt, it is the account that is there.
    let live = app.run(&["key", "new", "--email", "new@STUDIO.example", "--live"]);
    assert_eq!(said(&live.stderr), "");
    assert_eq!(app.balance(&secret(&live)).await, ["5", "0", "0"]);
    let sql = "SELECT COUNT(*) FROM account WHERE email_key = 'new@studio.example'";
    assert_eq!(app.count(sql).await, 1);
    // Its owner gets in as after forgetting a password, and finds both keys.
    let email = json!({"email": "new@studio.example"});
    app.post("/v1/auth/password/forgot", "", &email).await.expect(202);
    let code = app.mailed_code("New@studio.example").await;
    let password = "correct horse battery";
    let reset = json!({"email": "new@studio.example", "code": code, "password": password});
    let status = app.post("/v1/auth/password/reset", "", &reset).await.status;
    assert!((200..300).contains(&status), "{status}");
    let login = json!({"email": "new@studio.example", "password": password});
    let session = app.post("/v1/auth/login", "", &login).await.expect(200);
    let account = app
        .get("/v1/account", text(&session["access_token"]))
        .await
        .expect(200);
    assert_eq!(account["email"], "New@studio.example");
    assert!(account["email_verified_at"].is_string());
    let keys = app
        .get("/v1/keys", text(&session["access_token"]))
        .await
        .expect(200);
    assert_eq!(keys["data"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn what_is_no_address_makes_nothing() {
    let app = TestApp::start().await;
    let before = app.count("SELECT COUNT(*) FROM account").await;
    for address in ["studio.example", "a@b@c.example", "a b@studio.example", ""] {
        let refused = app.run(&["key", "new", "--email", address]);
        assert!(!refused.status.success(), "{address}");
        assert!(
            said(&refused.stderr).contains("mail address"),
            "{}",
            said(&refused.stderr)
        );
        assert_eq!(said(&refused.stdout), "");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM account").await, before);
}

const ASKED: &str = "
[sign_up]
minimum_age = 16
[policy]
version = \"2026-11\"
url = \"https://studio.example/privacy\"
";

#[tokio::test]
async fn nobody_agrees_for_the_owner_unless_told_to() {
    let app = TestApp::configured(ASKED, &[]).await;
    let made = app.run(&["key", "new", "--email", "asked@studio.example"]);
    let told = said(&made.stderr);
    assert!(
        told.contains("`sign_up_incomplete`") && told.contains("`--agreed`"),
        "{told}"
    );
    let refused = app.get("/v1/credits", &secret(&made)).await;
    let refused = refused.problem(403, "sign_up_incomplete");
    assert_eq!(refused["pending"], json!(["age", "policy"]));

    let made = app.run(&["key", "new", "--email", "told@studio.example", "--agreed"]);
    assert!(!said(&made.stderr).contains("sign_up_incomplete"));
    let key = secret(&made);
    app.get("/v1/credits", &key).await.expect(200);
}
