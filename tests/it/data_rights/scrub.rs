//! What was erased leaves the database's own files, at a cost that is not the whole
//! database's, and nobody waits for it. About SQLite, which has one writer.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

use harness::{PATIENCE, TestApp};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use tintype::db::{self, Db};

use super::{ask_and_confirm, receipt};

/// What was deleted before anybody asked for erasure, and what is erased.
const DELETED: &str = "xyzzyplugh";
const ERASED: &str = "plughxyzzy";

#[tokio::test]
async fn what_stayed_behind_when_pages_were_split_is_gone() {
    let app = TestApp::start().await;
    if app.is_postgres() {
        return;
    }
    let (owner, other) = (app.account().await, app.account().await);
    let connection = app.connect().await;
    run(&connection, "PRAGMA secure_delete = ON").await;
    // They lie mixed, and grow until pages are split.
    let (owned, others) = (&owner.id, &other.id);
    let insert = format!(
        "WITH RECURSIVE n(i, mark) AS (SELECT 0, '{DELETED}' UNION ALL
             SELECT i + 1, CASE i % 3 WHEN 0 THEN 'frobozz' WHEN 1 THEN '{ERASED}' ELSE '{DELETED}' END
             FROM n WHERE i < 3000)
         INSERT INTO idempotency_key
             (account_id, livemode, route, key, fingerprint, status, resource, sealed, created_at)
         SELECT CASE mark WHEN 'frobozz' THEN '{others}' ELSE '{owned}' END, FALSE, 'a route', i * 7919 % 3001, mark,
             200, mark, NULL, 4000000000000000 FROM n"
    );
    run(&connection, &insert).await;
    for times in [3, 9, 27] {
        let grow = format!(
            "UPDATE idempotency_key SET resource = replace(hex(zeroblob({times})), '00', fingerprint || ' ')
             WHERE fingerprint <> '' AND rowid % {times} = 1"
        );
        run(&connection, &grow).await;
    }
    let delete = format!("DELETE FROM idempotency_key WHERE fingerprint = '{DELETED}'");
    run(&connection, &delete).await;
    empty_log(&connection).await;
    connection.close().await.expect("the connection closes");
    assert!(
        holds(&app, DELETED),
        "`secure_delete` is said not to reach what was moved"
    );

    let request = ask_and_confirm(&app, &owner, "erasure").await;
    receipt(&app, &request).await;
    for gone in [DELETED, ERASED] {
        assert!(!holds(&app, gone), "{gone}");
    }
    assert!(holds(&app, "frobozz"));
    let faults = app.count("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    assert_eq!(faults.await, 0);
}

async fn run(connection: &DatabaseConnection, sql: &str) {
    connection.execute_unprepared(sql).await.expect("it runs");
}

async fn empty_log(connection: &DatabaseConnection) {
    let begin = Instant::now();
    loop {
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let row = connection
            .query_one_raw(db::statement(connection, sql, vec![]))
            .await;
        let busy: i32 = row
            .expect("it runs")
            .expect("a row")
            .try_get_by_index(0)
            .expect("a number");
        if busy == 0 {
            return;
        }
        assert!(begin.elapsed() < PATIENCE, "the log is never empty");
    }
}

fn holds(app: &TestApp, mark: &str) -> bool {
    let bytes = app.database.dump();
    bytes.windows(mark.len()).any(|window| window == mark.as_bytes())
}

#[tokio::test]
async fn erasing_little_writes_little() {
    let app = TestApp::start().await;
    if app.is_postgres() {
        return;
    }
    let other = app.account().await;
    app.remember(&other, 60_000).await;
    // The first pass also takes out what others deleted before.
    for empty in [true, false] {
        let owner = app.account().await;
        let before = app.process.bytes_written();
        let request = ask_and_confirm(&app, &owner, "erasure").await;
        receipt(&app, &request).await;
        let written = app.process.bytes_written() - before;
        let size = app.database.dump().len() as u64;
        assert!(size > 10_000_000, "{size}");
        assert!(empty || written < size / 4, "{written} bytes of {size}");
    }
}

#[tokio::test]
async fn others_write_while_a_database_is_scrubbed() {
    let app = TestApp::start().await;
    let other = app.account().await;
    app.remember(&other, 60_000).await;
    let db = Db::connect(&app.database.url, 4).await.expect("it connects");
    let (over, written) = (AtomicBool::new(false), AtomicU32::new(0));
    let scrubbing = async {
        let done = db::scrub(&db, &["idempotency_key", "write_probe"]).await;
        over.store(true, Ordering::SeqCst);
        done.expect("it is scrubbed");
    };
    let writing = async {
        while !over.load(Ordering::SeqCst) {
            let tx = db.begin().await.expect("it begins");
            let write = "UPDATE write_probe SET writes = writes + 1";
            db::execute(&tx, write, vec![]).await.expect("it is written");
            tx.commit().await.expect("it commits");
            written.fetch_add(1, Ordering::SeqCst);
        }
    };
    tokio::join!(scrubbing, writing);
    let written = written.load(Ordering::SeqCst);
    assert!(app.is_postgres() || written >= 10, "{written} writes");
    db.close().await;
}
