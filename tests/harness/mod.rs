//! A real Tintype in a process of its own, and the words in which tests speak of it.
//!
//! Every [`TestApp`] has a database and a data folder of its own, which go when
//! it is dropped. Before they go, `tintype audit` must find that everything
//! holds together, no job may be left, and no secret may stand in a log or the
//! database, nor an address or prompt in a log. Every [`Answer`] to an operation must be
//! one that the published contract describes. The suite runs on SQLite; with
//! `TINTYPE_TEST_POSTGRES` set to a server's URL it runs there.

mod answer;
mod configuration;
mod conformance;
mod contract;
mod database;
mod double;
mod events;
mod faulty_disk;
mod identity;
mod judge;
pub mod leaks;
mod line;
mod load;
mod making;
mod people;
mod process;
mod receiver;
mod relay;
mod smtp;
mod staff;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, RequestBuilder};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::Value;

pub use answer::Answer;
pub use conformance::{Validators, breach};
pub use contract::{Contract, Operation};
pub use database::Database;
pub use double::{Double, FAULTS};
pub use events::{Events, Sign};
pub use faulty_disk::{DISK_FULL, DiskFault, FaultyDisk, IO_ERROR};
pub use identity::{APP, Browser, Fault, GitHub, GitHubFault, Issuer, Landing, VERIFIER};
pub use judge::{Judge, Mood};
pub use line::Line;
pub use load::{Load, Wish};
pub use making::{each, repetitions, text};
pub use people::{Account, code_in, other_than};
pub use process::{Process, binary};
pub use receiver::{Received, Receiver};
pub use relay::{Relay, Temper};
pub use smtp::MailServer;
pub use staff::{Operator, STAFF_PASSWORD, admin_contract};

/// Settings for one server, by environment variable.
pub type Settings<'a> = &'a [(&'a str, &'a str)];

/// A running server, its database and its data.
pub struct TestApp {
    pub url: String,
    /// The demo account's key: a test key with all scopes and 1,000 credits.
    pub demo: String,
    pub client: Client,
    pub database: Database,
    pub data_dir: PathBuf,
    pub process: Process,
    others: Vec<Process>,
    /// What ended processes wrote, and where they listened.
    earlier: String,
    origins: Vec<String>,
    settings: Vec<(String, String)>,
    jobs_may_be_left: bool,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl TestApp {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// Starts with settings of the test's own.
    pub async fn with(settings: Settings<'_>) -> Self {
        Self::configured("", settings).await
    }

    /// Starts with a configuration file, and settings that win over it.
    pub async fn configured(file: &str, settings: Settings<'_>) -> Self {
        Self::behind(None, file, settings).await
    }

    /// Starts behind a line that can be cut; `None` on SQLite, which needs no line.
    pub async fn on_a_line(settings: Settings<'_>) -> Option<(Self, Line)> {
        let line = Line::to(&database::server()?);
        Some((Self::behind(Some(&line), "", settings).await, line))
    }

    async fn behind(line: Option<&Line>, file: &str, settings: Settings<'_>) -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tintype_test_{}_{count}", std::process::id());
        let data_dir = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&data_dir).expect("the temporary folder can be written");
        let database = Database::create(&name, &data_dir).await;
        let url = line.map_or_else(|| database.url.clone(), |line| line.through(&database.url));
        let mut all: Vec<(String, String)> = vec![
            ("TINTYPE_LISTEN".into(), "127.0.0.1:0".into()),
            ("TINTYPE_DATA_DIR".into(), data_dir.display().to_string()),
            ("TINTYPE_DATABASE_URL".into(), url),
            // Tests ask faster than people do, unless one is about that.
            ("TINTYPE_LIMITS_REQUESTS_PER_MINUTE".into(), "100000".into()),
            ("TINTYPE_LIMITS_REFUSALS_PER_MINUTE".into(), "100000".into()),
        ];
        if !file.is_empty() {
            let path = data_dir.join("tintype.toml");
            std::fs::write(&path, file).expect("the folder can be written");
            all.push(("TINTYPE_CONFIG".into(), path.display().to_string()));
        }
        for (name, value) in settings {
            all.retain(|(known, _)| known != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        let process = Process::serve(&all, &[]).await;
        leaks::configured(&origin(&process.url), file, &all);
        Self {
            earlier: String::new(),
            origins: vec![origin(&process.url)],
            url: process.url.clone(),
            demo: process.demo.clone(),
            client: Client::new(),
            database,
            data_dir,
            process,
            others: Vec::new(),
            settings: all,
            jobs_may_be_left: false,
        }
    }

    /// A second server process of the same service, on the same database; PostgreSQL only.
    pub async fn another(&mut self, arguments: &[&str]) -> String {
        let mut settings = self.settings.clone();
        settings.push(("TINTYPE_PUBLIC_URL".into(), self.url.clone()));
        let process = Process::serve(&settings, arguments).await;
        let url = process.url.clone();
        self.origins.push(origin(&url));
        self.others.push(process);
        url
    }

    /// Ends the server as a power cut would, and starts it again.
    pub async fn crash_and_restart(&mut self) {
        self.process.kill();
        self.restart_after_stop().await;
    }

    /// Starts the server, which must be down, and ends it before it may be ready.
    pub async fn crash_while_starting(&mut self, after: Duration) {
        self.earlier.push_str(&self.process.log());
        self.process = Process::start(&self.settings, &[]);
        tokio::time::sleep(after).await;
        self.process.kill();
    }

    /// A process that runs jobs only; PostgreSQL only. It ends when it is dropped.
    pub fn worker(&self) -> Process {
        Process::start(&self.settings, &["worker"])
    }

    /// Stops the server as an operator would, and starts it again.
    pub async fn restart(&mut self) {
        self.process.stop();
        self.restart_after_stop().await;
    }

    /// Stops the server and starts it with other settings.
    pub async fn restart_with(&mut self, settings: Settings<'_>) {
        for (name, value) in settings {
            self.settings.retain(|(known, _)| known != name);
            self.settings.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.restart().await;
    }

    /// Starts the server, which must be down.
    pub async fn restart_after_stop(&mut self) {
        self.start_again(&[]).await;
    }

    /// Starts the server, which must be down, with arguments of its own.
    pub async fn start_again(&mut self, arguments: &[&str]) {
        self.earlier.push_str(&self.process.log());
        self.process = Process::serve(&self.settings, arguments).await;
        self.origins.push(origin(&self.process.url));
        self.url = self.process.url.clone();
    }

    /// For tests that leave work undone on purpose.
    pub fn leave_jobs(&mut self) {
        self.jobs_may_be_left = true;
    }

    pub fn is_postgres(&self) -> bool {
        self.database.url.starts_with("postgres")
    }

    // Requests

    pub fn request(&self, method: Method, path: &str, key: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        if key.is_empty() {
            request
        } else {
            request.bearer_auth(key)
        }
    }

    pub async fn get(&self, path: &str, key: &str) -> Answer {
        Answer::of(self.request(Method::GET, path, key)).await
    }

    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path, key).json(body)).await
    }

    pub async fn delete(&self, path: &str, key: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path, key)).await
    }

    // What is behind it

    pub async fn connect(&self) -> DatabaseConnection {
        self.database.connect().await
    }

    /// The number that a query answers.
    pub async fn count(&self, sql: &str) -> i64 {
        let connection = self.connect().await;
        let row = connection
            .query_one_raw(tintype::db::statement(&connection, sql, vec![]))
            .await;
        let row = row.expect("the query runs").expect("a row");
        let count = row
            .try_get_by_index::<i64>(0)
            .or_else(|_| row.try_get_by_index::<i32>(0).map(i64::from));
        connection.close().await.expect("the connection closes");
        count.expect("a number")
    }

    /// The objects in the file store, by their keys.
    pub fn stored(&self) -> Vec<String> {
        let root = self.data_dir.join("files");
        let mut keys: Vec<String> = files_under(&root)
            .iter()
            .filter_map(|path| Some(path.strip_prefix(&root).ok()?.display().to_string()))
            .collect();
        keys.sort();
        keys
    }

    /// All that the server wrote on its terminal.
    pub fn log(&self) -> String {
        let others = self.others.iter().map(Process::log);
        others.chain([self.process.log()]).collect()
    }

    /// Runs a command of the binary with this server's settings.
    pub fn run(&self, arguments: &[&str]) -> std::process::Output {
        process::run(&self.settings, arguments)
    }

    /// Waits for what the last answers left to be done; a busy machine needs a while for it.
    fn await_jobs(&self) {
        let since = Instant::now();
        while self.database.count_jobs() > 0 && since.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Insists that everything holds together.
    pub fn audit(&self) {
        let output = self.run(&["audit"]);
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the audit says: {said}{errors}");
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if !std::thread::panicking() && !self.jobs_may_be_left {
            self.await_jobs();
        }
        for process in self.others.iter_mut().chain([&mut self.process]) {
            process.stop();
        }
        if !std::thread::panicking() {
            self.audit();
            if !self.jobs_may_be_left {
                assert_eq!(self.database.count_jobs(), 0, "jobs are left");
            }
            let log = format!("{}{}", self.earlier, self.log());
            leaks::insist(&self.origins, &log, || self.database.dump());
        }
        self.database.drop_it();
        remove(&self.data_dir);
    }
}

/// Host and port of a URL.
fn origin(url: &str) -> String {
    url.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

fn remove(path: &Path) {
    if let Err(error) = std::fs::remove_dir_all(path) {
        eprintln!("{} stays: {error}", path.display());
    }
}

/// Every file in a folder and the folders in it.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        match path.is_dir() {
            true => found.extend(files_under(&path)),
            false => found.push(path),
        }
    }
    found
}

/// All scopes.
pub const SCOPES: &[&str] = &[
    "generations:read",
    "generations:write",
    "files:read",
    "files:write",
    "credits:read",
    "credits:write",
    "usage:read",
    "usage:write",
    "keys:read",
    "keys:write",
    "webhooks:read",
    "webhooks:write",
    "purchases:read",
    "purchases:write",
    "data_rights:read",
    "data_rights:write",
];

/// The longest that anything in a test may take.
pub const PATIENCE: Duration = Duration::from_secs(60);
