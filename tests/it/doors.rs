//! Who is shut out gets nothing more admitted, however far a request had come: the
//! wallet's lock decides who was first.

use std::time::Duration;

use harness::{Account, Answer, TestApp};
use reqwest::{Method, RequestBuilder};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::{Value, json};
use tokio::time::sleep;

fn picture() -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}})
}

/// Everything that takes credits or money, with a key and in a session.
fn wishes(app: &TestApp, owner: &Account) -> Vec<RequestBuilder> {
    let purchase = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    let batch = json!({"generations": [picture(), picture()]});
    let wishes = [
        ("/v1/generations", picture()),
        ("/v1/batches", batch),
        ("/v1/purchases", purchase),
    ];
    let mut requests = Vec::new();
    for (path, body) in wishes {
        for credentials in [&owner.key, &owner.session] {
            requests.push(app.request(Method::POST, path, credentials).json(&body));
        }
    }
    requests
}

/// Begins a transaction beside the server's, and does this in it.
async fn begin(app: &TestApp, statements: &[String]) -> DatabaseConnection {
    let connection = app.connect().await;
    let begin = if app.is_postgres() {
        "BEGIN"
    } else {
        "BEGIN IMMEDIATE"
    };
    for sql in std::iter::once(begin).chain(statements.iter().map(String::as_str)) {
        connection.execute_unprepared(sql).await.expect("it is done");
    }
    connection
}

async fn commit(connection: DatabaseConnection) {
    let done = connection.execute_unprepared("COMMIT").await;
    done.expect("it is committed");
    connection.close().await.expect("the connection closes");
}

fn lock_wallets(owner: &Account) -> String {
    format!(
        "UPDATE wallet SET updated_at = updated_at WHERE account_id = '{}'",
        owner.id
    )
}

#[tokio::test]
async fn what_is_past_the_gate_finds_the_account_suspended_or_closed() {
    let app = TestApp::start().await;
    for (change, status, code) in [
        ("suspended_at = 1", 403, "account_suspended"),
        (
            "status = 'closed', closed_at = 1, reopen_until = 1",
            401,
            "unauthenticated",
        ),
    ] {
        let owner = app.account().await;
        let change = format!("UPDATE account SET {change} WHERE id = '{}'", owner.id);
        // Another process is about to shut the account: nobody knows yet.
        let shutting = begin(&app, &[lock_wallets(&owner), change]).await;
        let asked = wishes(&app, &owner).into_iter();
        let asked: Vec<_> = asked.map(|request| tokio::spawn(Answer::of(request))).collect();
        sleep(Duration::from_millis(1500)).await;
        commit(shutting).await;
        for answer in asked {
            answer.await.expect("an answer").problem(status, code);
        }
        for table in ["generation", "batch", "hold", "purchase"] {
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE account_id = '{}'", owner.id);
            assert_eq!(app.count(&sql).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn whoever_shuts_an_account_waits_for_what_is_being_admitted() {
    let app = TestApp::start().await;
    if !app.is_postgres() {
        // One writes at a time.
        return;
    }
    let staff = app.owner().await;
    for way in ["suspend", "close"] {
        let owner = app.account().await;
        let request = match way {
            "suspend" => {
                let path = format!("/admin/v1/accounts/{}/suspend", owner.id);
                app.request(Method::POST, &path, &staff.token)
                    .json(&json!({"reason": "ticket 4711"}))
            }
            _ => app.request(Method::DELETE, "/v1/account", &owner.session),
        };
        let admitting = begin(&app, &[lock_wallets(&owner)]).await;
        let shut = tokio::spawn(Answer::of(request));
        sleep(Duration::from_millis(1500)).await;
        assert!(!shut.is_finished(), "{way} does not wait");
        commit(admitting).await;
        shut.await.expect("an answer").expect(200);
    }
}
