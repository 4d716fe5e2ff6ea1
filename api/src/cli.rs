//! The commands: serve · worker · migrate · openapi · audit · key new · mail preview.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::catalog::Catalog;
use crate::config::{Config, describe_keys};
use crate::db::Db;
use crate::moderation::Moderation;
use crate::new_key::Key;
use crate::operators::Operators;
use crate::purchases::Offers;
use crate::review::Review;
use crate::{
    accounts, audit, demo, jobs, lock, new_key, operators, preview, review, schema, server,
    webhook_endpoints, worker,
};

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
    /// See what mails look like.
    #[command(subcommand)]
    Mail(Mail),
    /// Look at what moderation and providers objected to, and decide about it.
    #[command(subcommand)]
    Review(Review),
    /// Say who of the operator's people may use `/admin`.
    #[command(subcommand)]
    Admin(Operators),
}

#[derive(Args, Default)]
struct Serve {
    /// Leave the jobs to `tintype worker`.
    #[arg(long)]
    no_worker: bool,
}

#[derive(Subcommand)]
enum Mail {
    /// Write mails with made-up values as HTML and text; needs no database.
    Preview {
        /// One of them, such as `receipt`; all of them if absent.
        template: Option<String>,
        /// Instead of `mail.language`.
        #[arg(long, value_name = "xx")]
        language: Option<String>,
        /// The folder to write to.
        #[arg(long, value_name = "DIR", default_value = "mail-preview")]
        out: PathBuf,
    },
    /// Mail news to everyone who agreed to get them. The file's first line is the headline,
    /// empty lines part the paragraphs. Broken off, the same command goes on where it was.
    News {
        file: PathBuf,
        /// Tells these news from others: nobody gets the same twice in a row.
        #[arg(long)]
        name: String,
    },
    /// Send mails with made-up values through the configured server, to see whether it takes them.
    Try {
        /// One of them, such as `receipt`; all of them if absent.
        template: Option<String>,
        #[arg(long, value_name = "ADDRESS")]
        to: String,
    },
}

fn after_help() -> String {
    format!(
        "Settings come from a TOML file and from the environment, which wins. With _FILE\n\
         behind its name, a variable names a file that holds the value. A list has commas\n\
         between its values, as in 10.0.0.0/8,192.0.2.0/24. Tables of rows, such as models\n\
         and offers, stand in the file alone.\n\n{}",
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
    let file = cli.config;
    match cli.command.unwrap_or(Command::Serve(Serve::default())) {
        Command::Serve(options) => serve(config, file, !options.no_worker).await,
        Command::Worker => work(config, file).await,
        Command::Migrate => {
            connect(&config, true).await?.close().await;
            println!("The schema is up to date.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Audit => check(config).await,
        Command::Review(command) => {
            let db = connect(&config, false).await?;
            let app = App::start(config, db).await?;
            let done = review::run(&app, command).await?;
            app.shutdown.cancel();
            Ok(done)
        }
        Command::Admin(command) => {
            let db = connect(&config, true).await?;
            let app = App::start(config, db).await?;
            let done = operators::run(&app, command).await?;
            app.shutdown.cancel();
            Ok(done)
        }
        Command::Key(command) => {
            let db = connect(&config, true).await?;
            let app = App::start(config, db).await?;
            new_key::run(&app, command).await?;
            app.shutdown.cancel();
            Ok(ExitCode::SUCCESS)
        }
        Command::Mail(Mail::Preview {
            template,
            language,
            out,
        }) => {
            let files = preview::preview(&config, template.as_deref(), language.as_deref(), &out);
            println!("{}", files.map_err(Stop)?.join("\n"));
            Ok(ExitCode::SUCCESS)
        }
        Command::Mail(Mail::News { file, name }) => mail_news(config, &file, &name).await,
        Command::Mail(Mail::Try { template, to }) => {
            let sent = preview::try_out(&config, template.as_deref(), &to)
                .await
                .map_err(Stop)?;
            println!("The server took {sent} mails.");
            Ok(ExitCode::SUCCESS)
        }
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

async fn serve(mut config: Config, file: Option<PathBuf>, with_worker: bool) -> Result<ExitCode, Stop> {
    let _alone = lock::take(&config)?;
    let db = connect(&config, true).await?;
    let offers = Offers::configured(&config)?;
    let moderation = Moderation::configured(&config)?;
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| Stop(format!("`listen` {} can't be used: {error}", config.listen)))?;
    // Port 0 asks for any free one: from here on it is known which.
    config.listen = listener.local_addr()?.to_string();
    let app = App::start(config, db).await?;
    if !app.db.is_postgres() {
        // This process is alone: whoever held a lease is dead.
        jobs::release_all(&app.db).await?;
        webhook_endpoints::release_all(&app.db).await?;
    }
    let catalog = Arc::new(Catalog::open(&app.config, &app.db, app.now()).await?);
    stop_on_signal(app.shutdown.clone())?;
    reread_on_signal(&app, &catalog, file)?;
    let working =
        with_worker.then(|| tokio::spawn(worker::run(app.clone(), Arc::clone(&catalog), offers.clone())));
    println!("{}", demo::greet(&app).await?);
    server::serve(listener, app.clone(), catalog, offers, moderation).await;
    if let Some(working) = working {
        working.await?;
    }
    app.db.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

async fn work(config: Config, file: Option<PathBuf>) -> Result<ExitCode, Stop> {
    let _alone = lock::take(&config)?;
    let db = connect(&config, true).await?;
    let offers = Offers::configured(&config)?;
    let app = App::start(config, db).await?;
    let catalog = Arc::new(Catalog::open(&app.config, &app.db, app.now()).await?);
    stop_on_signal(app.shutdown.clone())?;
    reread_on_signal(&app, &catalog, file)?;
    worker::run(app.clone(), catalog, offers).await;
    app.db.clone().close().await;
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

async fn mail_news(config: Config, file: &Path, name: &str) -> Result<ExitCode, Stop> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Stop(format!("{} can't be read: {error}", file.display())))?;
    let mut paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    let headline = paragraphs.next().unwrap_or_default();
    let paragraphs: Vec<String> = paragraphs.map(str::to_owned).collect();
    if headline.contains('\n') || paragraphs.is_empty() {
        return Err(Stop(
            "the file needs a headline, an empty line, and text".to_owned(),
        ));
    }
    let db = connect(&config, true).await?;
    let app = App::start(config, db).await?;
    let count = accounts::mail_news(&app, name, headline, &paragraphs).await?;
    app.shutdown.cancel();
    println!("{count} mails are on their way.");
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

/// SIGHUP: the rows of the catalogue are read again, without a restart. Each
/// process of a deployment gets its own.
fn reread_on_signal(app: &App, catalog: &Arc<Catalog>, file: Option<PathBuf>) -> Result<(), Stop> {
    let mut hangups = signal(SignalKind::hangup())?;
    let (app, catalog) = (app.clone(), Arc::clone(catalog));
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            match reread(&app, &catalog, file.as_deref()).await {
                Ok(count) => tracing::info!("the catalogue was read again: {count} models"),
                Err(stop) => tracing::error!("the catalogue stays as it was: {stop}"),
            }
        }
    });
    Ok(())
}

async fn reread(app: &App, catalog: &Catalog, file: Option<&Path>) -> Result<usize, Stop> {
    let config = Config::load(file)?;
    Ok(catalog.reload(&config, &app.db, app.now()).await?)
}
