//! Made-up sources that break the rules: each must be noticed.

use super::map::Map;
use super::rules::RULES;
use super::source::Source;
use super::{ARCHITECTURE, silent_folders};

fn broken(path: &str, text: &str) -> Vec<&'static str> {
    let source = Source::new(path, text);
    let broken = RULES.iter().filter(|rule| !(rule.broken)(&source).is_empty());
    broken.map(|rule| rule.says).collect()
}

#[test]
fn every_rule_can_fail() {
    let long = "\n".repeat(401);
    let mut seen = Vec::new();
    for (path, text, rule) in [
        ("api/src/keys/issue.rs", "use poem::Body;", "poem is"),
        ("api/src/auth/gate.rs", "fn f(r: &::poem::Request) {}", "poem is"),
        ("entity/src/file.rs", "use poem::Body;", "poem is"),
        (
            "api/src/keys/issue.rs",
            "use poem_openapi::Object;",
            "poem-openapi",
        ),
        (
            "entity/src/file.rs",
            "use poem_openapi::{Enum, Object};",
            "poem-openapi",
        ),
        ("api/src/keys/issue.rs", "use super::http::KeysApi;", "nobody"),
        ("api/src/keys/mod.rs", "pub use self::http::KeysApi;", "nobody"),
        ("api/src/worker.rs", "use crate::{keys::{http, issue}};", "nobody"),
        (
            "api/src/purchases/http.rs",
            "use crate::keys::http::ApiKey;",
            "nobody",
        ),
        (
            "api/src/keys/issue.rs",
            "fn f() { reqwest::get(\"\"); }",
            "reqwest",
        ),
        (
            "api/src/storage/local.rs",
            "use aws_sdk_s3::Client;",
            "aws_sdk_s3",
        ),
        ("api/src/cli.rs", "use std::env;", "the environment"),
        (
            "api/src/app.rs",
            "fn f() { std::env::var(\"A\"); }",
            "the environment",
        ),
        (
            "api/src/credits/lots.rs",
            "use sea_orm::{DbBackend, DbErr};",
            "which database",
        ),
        ("api/src/mail/smtp.rs", "use entity::mail::Model;", "adapters"),
        ("api/src/storage/local.rs", "use sea_orm::DbErr;", "adapters"),
        (
            "entity/src/file.rs",
            "use tintype::app::App;",
            "entity and migration",
        ),
        (
            "migration/src/lib.rs",
            "use entity::file;",
            "entity and migration",
        ),
        ("api/src/keys/utils.rs", "", "nothing is called"),
        (
            "api/src/keys/issue.rs",
            "pub struct KeyManager;",
            "nothing is called",
        ),
        ("api/src/keys/issue.rs", "mod common { }", "nothing is called"),
        ("api/src/keys/issue.rs", long.as_str(), "no file"),
    ] {
        let broken = broken(path, text);
        assert_eq!(broken.len(), 1, "{path}: {text} breaks {broken:?}");
        assert!(broken[0].starts_with(rule), "{path}: {text} breaks {broken:?}");
        seen.push(broken[0]);
    }
    for rule in RULES {
        assert!(seen.contains(&rule.says), "no example breaks: {}", rule.says);
    }
}

#[test]
fn what_is_right_breaks_no_rule() {
    for (path, text) in [
        (
            "api/src/keys/http.rs",
            "use poem::Body; use poem_openapi::Object; use super::issue;",
        ),
        ("api/src/server.rs", "use crate::keys::http::KeysApi;"),
        (
            "api/src/keys/issue.rs",
            "use crate::http::ApiError; // use poem::Body;",
        ),
        ("api/src/purchases/view.rs", "use poem_openapi::Object;"),
        ("entity/src/file.rs", "use poem_openapi::Enum;"),
        ("api/src/config/layers.rs", "fn f() { std::env::vars(); }"),
        ("api/src/storage/local.rs", "fn f() { std::env::temp_dir(); }"),
        ("api/src/payments/gateway.rs", "use entity::{Money, PurchaseId};"),
        ("api/src/db/mod.rs", "use sea_orm::DbBackend;"),
        ("api/src/server.rs", "fn service() -> OpenApiService {}"),
    ] {
        assert_eq!(broken(path, text), [""; 0], "{path}: {text}");
    }
}

#[test]
fn an_import_upwards_is_noticed() {
    let map = Map::read(ARCHITECTURE);
    let broken = |path: &str, text: &str| map.broken(&Source::new(path, text));
    for (path, text) in [
        ("api/src/credits/books.rs", "\nuse crate::accounts::Address;"),
        ("api/src/keys/issue.rs", "\nuse crate::generations;"),
        ("api/src/db/mod.rs", "\nfn f(app: &crate::app::App) {}"),
        ("api/src/http/page.rs", "\nuse crate::{app::App, auth::Caller};"),
        ("api/src/providers/sandbox/mod.rs", "\nuse super::super::files;"),
        ("api/src/generations/run.rs", "\nuse crate::worker;"),
    ] {
        assert_eq!(broken(path, text), [2], "{path}: {text}");
    }
    assert_eq!(broken("api/src/garage.rs", ""), [1], "not on the map");
    for (path, text) in [
        (
            "api/src/generations/run.rs",
            "use crate::{app::App, catalog, files}; use super::end;",
        ),
        ("api/src/cli.rs", "use crate::server;"),
        ("api/src/main.rs", "use tintype::cli;"),
    ] {
        assert_eq!(broken(path, text), [0; 0], "{path}: {text}");
    }
}

#[test]
fn a_folder_without_a_story_is_noticed() {
    let folder = |text| {
        [
            Source::new("api/src/keys/mod.rs", text),
            Source::new("api/src/keys/issue.rs", "//! Keys."),
        ]
    };
    assert_eq!(silent_folders(&folder("//! Keys.")), [""; 0]);
    assert_eq!(silent_folders(&folder("mod issue;")).len(), 1);
    assert_eq!(silent_folders(&folder("")[1..]).len(), 1);
}
