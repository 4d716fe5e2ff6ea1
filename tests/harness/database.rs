//! A database for one test: a SQLite file, or one of its own on a PostgreSQL server.

use std::collections::BTreeMap;
use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database as Connector, DatabaseConnection};

pub struct Database {
    pub url: String,
    name: String,
    /// The server's URL, where there is one.
    server: Option<String>,
}

impl Database {
    pub(crate) async fn create(name: &str, data_dir: &Path) -> Self {
        let server = server();
        let url = match &server {
            None => format!("sqlite://{}?mode=rwc", data_dir.join("tintype.db").display()),
            Some(server) => {
                let connection = connect(server).await;
                let sql = format!("CREATE DATABASE {name}");
                connection
                    .execute_unprepared(&sql)
                    .await
                    .expect("a database can be made");
                connection.close().await.expect("the connection closes");
                let (base, _) = server.rsplit_once('/').expect("a database in the URL");
                format!("{base}/{name}")
            }
        };
        Self {
            url,
            name: name.to_owned(),
            server,
        }
    }

    pub(crate) async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    pub(crate) fn count_jobs(&self) -> i64 {
        let url = self.url.clone();
        apart(async move {
            let connection = connect(&url).await;
            let row = connection
                .query_one_raw(tintype::db::statement(
                    &connection,
                    "SELECT COUNT(*) FROM job",
                    vec![],
                ))
                .await
                .expect("jobs can be counted")
                .expect("a row");
            connection.close().await.expect("the connection closes");
            row.try_get_by_index(0).expect("a number")
        })
    }

    /// How many rows each table has.
    pub async fn row_counts(&self) -> BTreeMap<String, i64> {
        let connection = self.connect().await;
        let tables = match self.server {
            None => "SELECT name FROM sqlite_master WHERE type = 'table'",
            Some(_) => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'",
        };
        let ask = async |sql: &str| {
            let statement = tintype::db::statement(&connection, sql, vec![]);
            connection.query_all_raw(statement).await.expect("the query runs")
        };
        let mut counts = BTreeMap::new();
        for row in ask(tables).await {
            let table: String = row.try_get_by_index(0).expect("a name");
            let rows = ask(&format!("SELECT COUNT(*) FROM {table}")).await;
            let count = rows.first().and_then(|row| row.try_get_by_index(0).ok());
            counts.insert(table, count.expect("a number"));
        }
        connection.close().await.expect("the connection closes");
        counts
    }

    /// Text of everything that is stored.
    pub fn dump(&self) -> Vec<u8> {
        match &self.server {
            None => {
                let path = self
                    .url
                    .trim_start_matches("sqlite://")
                    .trim_end_matches("?mode=rwc");
                let log = std::fs::read(format!("{path}-wal")).unwrap_or_default();
                [std::fs::read(path).expect("the database file"), log].concat()
            }
            Some(_) => {
                let output = std::process::Command::new("pg_dump")
                    .arg(&self.url)
                    .output()
                    .expect("pg_dump");
                assert!(
                    output.status.success(),
                    "{}",
                    String::from_utf8_lossy(&output.stderr)
                );
                output.stdout
            }
        }
    }

    pub(crate) fn drop_it(&self) {
        let Some(server) = self.server.clone() else { return };
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        apart(async move {
            let connection = connect(&server).await;
            if let Err(error) = connection.execute_unprepared(&sql).await {
                eprintln!("a test database stays: {error}");
            }
        });
    }
}

/// The PostgreSQL server to test on, if there is one.
pub(crate) fn server() -> Option<String> {
    std::env::var("TINTYPE_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Connector::connect(options).await.expect("the database answers")
}

/// Runs on a thread with a runtime of its own: `drop` can't wait.
fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(work)
    })
    .join()
    .expect("the thread ends")
}
