//! That a leak is found at all: of the suite's own scan of logs and databases
//! (`harness::leaks`).

use harness::TestApp;
use harness::leaks::{self, Kind};

fn insist(log: &str, dump: &[u8]) {
    let origin = format!("leaks:{}", log.len() + dump.len());
    for (kind, word) in [
        (Kind::Secret, "40917263"),
        (Kind::Personal, "ada@studio.example"),
        (Kind::Secret, "correct horse battery"),
    ] {
        leaks::note(&origin, kind, word);
    }
    leaks::insist(&[origin], log, || dump.to_vec());
}

#[test]
fn what_is_no_leak_is_left_alone() {
    insist(
        "at 1409172634000000 all is well",
        b"ada@studio.example\x0040917263a",
    );
}

#[test]
#[should_panic(expected = "the log tells")]
fn an_address_in_a_log_is_found() {
    insist("a mail to ada@studio.example waits", b"");
}

#[test]
#[should_panic(expected = "the log tells")]
fn a_code_in_a_log_is_found() {
    insist("code=40917263", b"");
}

#[test]
#[should_panic(expected = "the database holds")]
fn a_password_in_the_database_is_found() {
    insist("", b"\0correct horse battery\0");
}

/// The whole way: sent to a real server, found in its real database. A name is no
/// secret, but this one is called so.
#[tokio::test]
#[should_panic(expected = "the database holds")]
async fn what_a_server_stores_as_it_is_is_found() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let origin = app.url.trim_start_matches("http://").to_owned();
    leaks::note(&origin, Kind::Secret, &owner.email);
}
