//! The commands: serve · worker · migrate · openapi · audit · key new.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use entity::account;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::auth::Scopes;
use crate::catalog::Catalog;
use crate::config::{Config, describe_keys};
use crate::db::Db;
use crate::purchases::Offers;
use crate::{audit, demo, jobs, keys, lock, schema, server, worker};

/// The API backend for AI image, video, voice and text products.
///
/// Without a command it serves and works on embedded defaults: a SQLite file,
/// local files and the sandbox provider.
#[derive(Parser)]
#[command(version, about, after_help = after_help())]
struct Cli {
    /// The configuration file (TOML); also `TINTYPE_CONFIG`.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API, and run jobs in the same process.
    Serve(Serve),
    /// Run jobs only, beside any number of other processes (PostgreSQL).
    Worker,
    /// Bring the database's schema up to date.
    Migrate,
    /// Print the public OpenAPI document; needs no database.
    Openapi,
    /// Check that the books and everything else in the database hold together.
    Audit,
    /// Make API keys.
    #[command(subcommand)]
    Key(Key),
}

#[derive(Args, Default)]
struct Serve {
    /// Leave the jobs to `tintype worker`.
    #[arg(long)]
    no_worker: bool,
}

#[derive(Subcommand)]
enum Key {
    /// Make a key with all scopes for an account, and print its secret once.
    New {
        /// The account's mail address.
        #[arg(long)]
        email: String,
        /// What the key is for.
        #[arg(long, default_value = "made on the command line")]
        name: String,
        /// A key for paid use instead of a test key.
        #[arg(long)]
        live: bool,
    },
}

fn after_help() -> String {
    format!(
        "Settings come from a TOML file and from the environment, which wins. With _FILE\n\
         behind its name, a variable names a file that holds the value.\n\n{}",
        describe_keys()
    )
}

/// What ends the program, said to a person.
pub struct Stop(String);

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Stop {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Does what the command line asks.
///
/// # Errors
/// With the sentence to print.
pub async fn run() -> Result<ExitCode, Stop> {
    let cli = Cli::parse();
    if let Some(Command::Openapi) = cli.command {
        print!("{}", server::openapi_yaml());
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::load(cli.config.as_deref())?;
    start_log(&config)?;
    match cli.command.unwrap_or(Command::Serve(Serve::default())) {
        Command::Serve(options) => serve(config, !options.no_worker).await,
        Command::Worker => work(config).await,
        Command::Migrate => {
            connect(&config, true).await?.close().await;
            println!("The schema is up to date.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Audit => check(config).await,
        Command::Key(Key::New { email, name, live }) => new_key(config, &email, name, live).await,
        Command::Openapi => Ok(ExitCode::SUCCESS),
    }
}

fn start_log(config: &Config) -> Result<(), Stop> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log.level)
        .map_err(|error| Stop(format!("`log.level` can't be read: {error}")))?;
    // Standard output belongs to the answer of a command.
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    match config.log.format.as_str() {
        "json" => log.json().init(),
        _ => log.init(),
    }
    Ok(())
}

async fn connect(config: &Config, migrate: bool) -> Result<Db, Stop> {
    std::fs::create_dir_all(&config.data_dir).map_err(|error| {
        Stop(format!(
            "`data_dir` {} can't be made: {error}",
            config.data_dir.display()
        ))
    })?;
    let db = Db::connect(&config.database_url(), config.database.max_connections)
        .await
        .map_err(|error| Stop(format!("`database.url` can't be opened: {error}")))?;
    if migrate {
        schema::migrate(&db).await?;
    }
    Ok(db)
}

async fn serve(mut config: Config, with_worker: bool) -> Result<ExitCode, Stop> {
    let _alone = lock::take(&config)?;
    let db = connect(&config, true).await?;
    let catalog = Arc::new(Catalog::configured(&config)?);
    let offers = Offers::configured(&config)?;
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| Stop(format!("`listen` {} can't be used: {error}", config.listen)))?;
    // Port 0 asks for any free one: from here on it is known which.
    config.listen = listener.local_addr()?.to_string();
    let app = App::start(config, db).await?;
    if !app.db.is_postgres() {
        // This process is alone: whoever held a lease is dead.
        jobs::release_all(&app.db).await?;
    }
    stop_on_signal(app.shutdown.clone())?;
    let working = with_worker.then(|| tokio::spawn(worker::run(app.clone(), Arc::clone(&catalog))));
    println!("{}", demo::greet(&app).await?);
    server::serve(listener, app.clone(), catalog, offers).await;
    if let Some(working) = working {
        working.await?;
    }
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn work(config: Config) -> Result<ExitCode, Stop> {
    let _alone = lock::take(&config)?;
    let db = connect(&config, true).await?;
    let catalog = Arc::new(Catalog::configured(&config)?);
    let app = App::start(config, db).await?;
    stop_on_signal(app.shutdown.clone())?;
    worker::run(app.clone(), catalog).await;
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn check(config: Config) -> Result<ExitCode, Stop> {
    let db = connect(&config, false).await?;
    let app = App::start(config, db).await?;
    let findings = audit::audit(&app).await?;
    app.shutdown.cancel();
    for finding in &findings {
        println!("broken: {}: {}", finding.rule, finding.examples.join(", "));
    }
    match findings.len() {
        0 => println!("Everything holds together."),
        count => println!("{count} rules are broken."),
    }
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn new_key(config: Config, email: &str, name: String, live: bool) -> Result<ExitCode, Stop> {
    let db = connect(&config, true).await?;
    let app = App::start(config, db).await?;
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(email.to_lowercase()))
        .one(app.db.read())
        .await?
        .ok_or_else(|| Stop(format!("no account has the address {email}: register it first")))?;
    let issued = keys::issue_for(&app, &owner.id, live, name, Scopes::all()).await?;
    app.shutdown.cancel();
    println!("{}", issued.secret);
    Ok(ExitCode::SUCCESS)
}

/// SIGTERM and Ctrl-C: finish what is under way, take nothing new.
fn stop_on_signal(shutdown: CancellationToken) -> Result<(), Stop> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: what is under way is finished first");
        shutdown.cancel();
    });
    Ok(())
}
