//! Runs one suite of cases against every client library, and prints a table.
//!
//! `case` says what a case is, `server` plays its script, `live` a real Tintype with a
//! `proxy` that loses replies; `runner` is the language's process, and `judge` compares.

mod answer;
mod bytes;
mod case;
mod compare;
mod fill;
mod first_call;
mod form;
mod judge;
mod languages;
mod live;
mod play;
mod proxy;
mod runner;
mod server;
mod stage;
mod suite;
mod table;
mod webhook;
mod wire;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use futures_util::{StreamExt as _, stream};
use tokio::process::Command;

use languages::{Languages, Tools};
use live::Live;
use suite::Suite;
use table::{Column, Table};

type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Runs one suite of cases against every client library.
#[derive(Parser)]
struct Arguments {
    /// Only this language; may be repeated.
    #[arg(long)]
    language: Vec<String>,
    /// Only cases whose name begins so; may be repeated.
    #[arg(long)]
    case: Vec<String>,
    /// Instead of the cases: pack each library, install it in an empty folder, and run the
    /// first call of its README.
    #[arg(long, conflicts_with = "case")]
    first_call: bool,
    /// How many runners are at work at a time; each needs some 150 sockets.
    #[arg(long, default_value_t = 3)]
    jobs: usize,
    /// Show what came out and what was sent, also where all is well.
    #[arg(long)]
    verbose: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("sdk-conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Fallible<bool> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sdk = own.parent().ok_or("no parent folder")?.to_owned();
    let scratch = Scratch::new()?;
    let folder = &scratch.0;
    let tools = Tools {
        sdk,
        target: target()?,
    };
    std::fs::create_dir_all(&tools.target)?;
    let mut languages = languages::load(own)?;
    if let Some(unknown) = arguments
        .language
        .iter()
        .find(|name| !languages.contains_key(*name))
    {
        return Err(format!("there is no language {unknown}").into());
    }
    languages.retain(|name, _| arguments.language.is_empty() || arguments.language.contains(name));
    if arguments.first_call {
        return first_calls(&tools, &languages, folder).await;
    }
    let suite = Suite::load(own, &arguments.case)?;
    let (jobs, verbose) = (arguments.jobs, arguments.verbose);
    cases(&suite, &tools, &languages, folder, (jobs, verbose)).await
}

/// Outside of the repository, so that an empty folder is empty all around; gone at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("tintype-conformance-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

async fn cases(
    suite: &Suite,
    tools: &Tools,
    languages: &Languages,
    folder: &Path,
    (jobs, verbose): (usize, bool),
) -> Fallible<bool> {
    let live = match suite.needs_live() {
        true => Some(Live::start(&tintype().await?, folder).await?),
        false => None,
    };
    let mut runners = Vec::new();
    for (name, language) in languages {
        eprintln!("{name}: preparing");
        let prepared = async {
            tools.install(name).await?;
            tools.prepare(name, language).await
        };
        let missing = prepared.await.err().map(|error| error.to_string());
        let variants = language.variants.iter();
        runners.extend(variants.map(|variant| (name, language, variant, missing.clone())));
    }
    eprintln!("{} runners at work", runners.len());
    // They mostly wait.
    let columns = stream::iter(runners).map(async |(name, language, variant, missing)| {
        let title = match variant.as_str() {
            "" => name.clone(),
            variant => format!("{name}-{variant}"),
        };
        if let Some(missing) = missing {
            return Ok(Column::missing(&title, missing));
        }
        let folder = folder.join(&title);
        std::fs::create_dir_all(&folder)?;
        let start = || {
            let mut command = tools.runner(name, language);
            command.env("CONFORMANCE_VARIANT", variant);
            command
        };
        play::play(suite, (name, &title), &folder, live.as_ref(), start, verbose).await
    });
    let mut table = Table::new(suite);
    for column in columns.buffered(jobs.max(1)).collect::<Vec<_>>().await {
        table.add(column?);
    }
    print!("{table}");
    Ok(table.is_good())
}

async fn first_calls(tools: &Tools, languages: &Languages, folder: &Path) -> Fallible<bool> {
    let live = Live::start(&tintype().await?, folder).await?;
    let mut good = true;
    for (name, language) in languages {
        let folder = folder.join(name);
        let misses = async {
            tools.install(name).await?;
            first_call::misses(tools, name, language, &folder, &live).await
        };
        let misses = misses.await.unwrap_or_else(|error| vec![error.to_string()]);
        let sign = if misses.is_empty() { "✓" } else { "✗" };
        println!("{sign} first call, {name}");
        for miss in &misses {
            println!("    {}", miss.trim_end().replace('\n', "\n    "));
        }
        good &= misses.is_empty();
    }
    Ok(good)
}

/// `target/conformance`
fn target() -> Fallible<PathBuf> {
    let program = std::env::current_exe()?;
    // This program lies in target/<profile>.
    let target = program.ancestors().nth(2).ok_or("no target folder")?;
    Ok(target.join("conformance"))
}

/// The real server: the one that `TINTYPE_BINARY` names, or built if it is not fresh.
async fn tintype() -> Fallible<PathBuf> {
    if let Ok(named) = std::env::var("TINTYPE_BINARY") {
        return Ok(named.into());
    }
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "tintype",
        "--bin",
        "tintype",
    ]);
    build.current_dir(env!("CARGO_MANIFEST_DIR"));
    if !build.status().await?.success() {
        return Err("tintype can't be built".into());
    }
    Ok(std::env::current_exe()?.with_file_name("tintype"))
}
