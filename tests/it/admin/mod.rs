//! The operators' API: who gets in, who may do what, and that all of it is written down.

mod acts;
mod entrance;
mod roles;

use harness::{TestApp, admin_contract};
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::Value;

/// How many entries there are of an act.
async fn entries(app: &TestApp, act: &str, outcome: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM audit_entry WHERE act = '{act}' AND outcome = '{outcome}'");
    app.count(&sql).await
}

#[test]
fn the_public_contract_knows_nothing_of_it() {
    assert!(!tintype::server::openapi_yaml().contains("/admin"));
    let contract = admin_contract();
    assert!(
        contract.document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    for operation in &contract.operations {
        assert!(operation.path.starts_with("/admin/v1/"), "{}", operation.path);
        for key in ["summary", "description"] {
            let said = operation.description[key].as_str();
            assert!(
                said.is_some_and(|said| !said.is_empty()),
                "{} has no {key}",
                operation.id
            );
        }
    }
}

#[tokio::test]
async fn its_document_is_served_until_it_is_turned_off() {
    let mut app = TestApp::start().await;
    let served = app.get("/admin/openapi.json", "").await.expect(200);
    assert_eq!(served, admin_contract().document);
    let page = app.get("/admin/docs", "").await;
    assert_eq!(page.status, 200);
    app.restart_with(&[("TINTYPE_ADMIN_ENABLED", "false")]).await;
    for path in ["/admin/openapi.json", "/admin/docs", "/admin/v1/me"] {
        let gone = app
            .client
            .request(Method::GET, format!("{}{path}", app.url))
            .send()
            .await;
        assert_eq!(gone.expect("an answer").status(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_log_can_only_grow() {
    let app = TestApp::start().await;
    app.owner().await;
    let connection = app.connect().await;
    let before = app.count("SELECT COUNT(*) FROM audit_entry").await;
    assert!(before >= 4, "{before}");
    for sql in [
        "UPDATE audit_entry SET reason = 'another'",
        "UPDATE audit_entry SET staff_id = NULL",
        "DELETE FROM audit_entry",
    ] {
        let refused = connection.execute_unprepared(sql).await.expect_err(sql);
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    if app.is_postgres() {
        let refused = connection.execute_unprepared("TRUNCATE audit_entry").await;
        assert!(refused.expect_err("TRUNCATE").to_string().contains("append-only"));
    }
    connection.close().await.expect("the connection closes");
    assert_eq!(app.count("SELECT COUNT(*) FROM audit_entry").await, before);
}

/// The data of a page.
fn data(page: &Value) -> &Vec<Value> {
    page["data"].as_array().expect("a page")
}
