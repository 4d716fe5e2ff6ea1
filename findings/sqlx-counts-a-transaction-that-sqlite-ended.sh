#!/usr/bin/env bash
# sqlx 0.9.0 with SQLite, a pool of one connection: a database that is full while a
# transaction writes.
#
# SQLite answers such a write with SQLITE_FULL and has ended the transaction by itself
# then (its manual, "Response To Errors Within A Transaction"). sqlx counts what it was
# asked to begin and end; the rollback that it sends afterwards fails, as there is nothing
# to roll back, and the count stays at one. Seen, with room again and nothing under way:
#   is_in_transaction()   true, though SQLite begins a transaction when asked to
#   pool.begin_with("BEGIN IMMEDIATE")   "attempted to call begin_with at non-zero transaction
#                         depth", and again each time
# The pool's test before each use does not notice: the connection answers pings. Tintype
# asks both the driver and SQLite when a connection comes back, and closes it where they
# disagree.
#
# Fails if any of this changes.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<'TOML'
[package]
name = "full"
version = "0.1.0"
edition = "2021"

[dependencies]
sqlx = { version = "=0.9.0", default-features = false, features = ["sqlite", "runtime-tokio"] }
tokio = { version = "1", features = ["rt", "macros"] }
TOML
cat >"$folder/src/main.rs" <<'RUST'
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), sqlx::Error> {
    let file = SqliteConnectOptions::new()
        .filename("notes.db")
        .create_if_missing(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(file)
        .await?;
    let small = "CREATE TABLE note (text TEXT); PRAGMA max_page_count = 4";
    sqlx::raw_sql(small).execute(&pool).await?;

    let mut tx = pool.begin().await?;
    let large = sqlx::query("INSERT INTO note VALUES (zeroblob(100000))");
    println!("write: {}", large.execute(&mut *tx).await.unwrap_err());
    drop(tx);

    sqlx::raw_sql("PRAGMA max_page_count = 100000").execute(&pool).await?;
    let mut connection = pool.acquire().await?;
    connection.ping().await?;
    println!("driver: {}", connection.is_in_transaction());
    let begun = sqlx::raw_sql("BEGIN; ROLLBACK").execute(&mut *connection).await;
    println!("SQLite: {}", begun.is_err());
    drop(connection);

    for _ in 0..3 {
        let begun = pool.begin_with("BEGIN IMMEDIATE").await;
        println!("begin_with: {}", begun.unwrap_err());
    }
    Ok(())
}
RUST
cd "$folder"
cargo build --quiet
./target/debug/full | tee seen
diff seen - <<'SEEN'
write: error returned from database: (code: 13) database or disk is full
driver: true
SQLite: false
begin_with: attempted to call begin_with at non-zero transaction depth
begin_with: attempted to call begin_with at non-zero transaction depth
begin_with: attempted to call begin_with at non-zero transaction depth
SEEN
echo "as before: sqlx 0.9.0"
