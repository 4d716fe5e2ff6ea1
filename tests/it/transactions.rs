//! The database's own words about transactions: what was not seen to succeed is not
//! committed, and the next transaction is none the worse.

use harness::TestApp;
use sea_orm::ConnectionTrait as _;
use tintype::db::{self, Db};

async fn writes(db: &Db) -> i64 {
    let sql = "SELECT writes FROM write_probe";
    let row = db
        .read()
        .query_one_raw(db::statement(db.read(), sql, vec![]))
        .await;
    let row = row.expect("the query runs").expect("a row");
    row.try_get("", "writes").expect("a number")
}

const WRITE: &str = "UPDATE write_probe SET writes = writes + 1";

#[tokio::test]
async fn nothing_is_committed_after_a_failed_statement() {
    let app = TestApp::start().await;
    let db = Db::connect(&app.database.url, 2).await.expect("it connects");
    let before = writes(&db).await;
    let tx = db.begin().await.expect("it begins");
    db::execute(&tx, WRITE, vec![]).await.expect("it is written");
    let twice = "INSERT INTO write_probe (id, writes) VALUES (1, 0)";
    db::execute(&tx, twice, vec![])
        .await
        .expect_err("there is such a row");
    db::execute(&tx, WRITE, vec![])
        .await
        .expect_err("nothing is executed after a failure");
    tx.commit()
        .await
        .expect_err("PostgreSQL itself would call it a success");
    assert_eq!(writes(&db).await, before);

    let tx = db.begin().await.expect("it begins");
    db::execute(&tx, WRITE, vec![]).await.expect("it is written");
    tx.commit().await.expect("it commits");
    assert_eq!(writes(&db).await, before + 1);
    db.close().await;
}

#[tokio::test]
async fn what_is_dropped_is_undone_wherever_it_was() {
    let app = TestApp::start().await;
    let db = Db::connect(&app.database.url, 1).await.expect("it connects");
    let before = writes(&db).await;
    for wait in [0, 1, 50, 200, 1000] {
        let work = async {
            let tx = db.begin().await.expect("it begins");
            db::execute(&tx, WRITE, vec![]).await.expect("it is written");
            std::future::pending::<()>().await;
        };
        let most = std::time::Duration::from_micros(wait);
        tokio::time::timeout(most, work).await.expect_err("it is dropped");
    }
    let tx = db.begin().await.expect("it begins");
    db::execute(&tx, WRITE, vec![]).await.expect("it is written");
    tx.commit().await.expect("it commits");
    assert_eq!(writes(&db).await, before + 1);
    db.close().await;
}
