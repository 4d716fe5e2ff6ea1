//! `tintype-cli`: the API of a Tintype server on the command line.
//!
//! What was asked for goes to the standard output, everything else (progress, remarks, errors) to
//! the standard error; so its output can be piped. It ends with 1 when something failed, a
//! generation included, and with 130 when it was interrupted.

mod commands;
mod mcp;
mod output;
mod progress;

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tintype_client::{Error, Tintype};

use commands::{balance, cancel, download, generate, keys, list, models, watch};

/// Pictures, films, voices and texts on the command line, through a Tintype server.
#[derive(Parser)]
#[command(version, about, after_help = AFTER_HELP)]
struct Arguments {
    /// Where the server is.
    #[arg(
        long,
        global = true,
        env = "TINTYPE_BASE_URL",
        default_value = "http://127.0.0.1:8080",
        value_name = "URL"
    )]
    base_url: String,
    /// A file that holds the API key, instead of the variable TINTYPE_API_KEY.
    #[arg(long, global = true, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Print JSON, as the API answers it.
    #[arg(long, global = true)]
    json: bool,
    /// Tell of every request.
    #[arg(long, short, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  tintype-cli generate \"a lighthouse at dawn\"
  tintype-cli generate \"waves on a beach\" --model video --seconds 6 --output waves.webm
  tintype-cli watch gen_01k9yx3b1mfz0q4r7s8t2v5w6x
  tintype-cli keys create \"web shop\" --scope generations:write --scope generations:read

The key comes from TINTYPE_API_KEY or --key-file; a server in its sandbox writes one to data/demo.key.";

#[derive(Subcommand)]
enum Command {
    Generate(generate::Arguments),
    Watch(watch::Arguments),
    Download(download::Arguments),
    Cancel(cancel::Arguments),
    List(list::Arguments),
    /// List the models, with their prices.
    Models,
    /// Show how many credits there are.
    Balance,
    #[command(subcommand)]
    Keys(keys::Command),
    Mcp(mcp::Arguments),
}

impl Command {
    fn needs_a_key(&self) -> bool {
        !matches!(self, Self::Models)
    }
}

/// Why it ends badly.
enum Failure {
    /// Said in these words.
    Said(String),
    /// By Ctrl-C.
    Interrupted,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(what) => f.write_str(what),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Said(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Said(error.to_string())
    }
}

type Outcome<T = ()> = Result<T, Failure>;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Interrupted) => ExitCode::from(130),
        Err(failure) => {
            eprintln!("tintype-cli: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Outcome {
    let client = client(&arguments)?;
    let json = arguments.json;
    match arguments.command {
        Command::Generate(given) => generate::run(&client, given, json).await,
        Command::Watch(given) => watch::run(&client, given, json).await,
        Command::Download(given) => download::run(&client, given).await,
        Command::Cancel(given) => cancel::run(&client, given, json).await,
        Command::List(given) => list::run(&client, given, json).await,
        Command::Models => models::run(&client, json).await,
        Command::Balance => balance::run(&client, json).await,
        Command::Mcp(given) => mcp::run(&client, given).await,
        Command::Keys(command) => keys::run(&client, command, json).await,
    }
}

fn client(arguments: &Arguments) -> Outcome<Tintype> {
    let mut builder = Tintype::builder().base_url(&arguments.base_url);
    if let Some(path) = &arguments.key_file {
        let key = std::fs::read_to_string(path);
        let key = key.map_err(|error| Failure::Said(format!("{}: {error}", path.display())))?;
        builder = builder.api_key(key.trim());
    } else if std::env::var_os("TINTYPE_API_KEY").is_none_or(|key| key.is_empty())
        && arguments.command.needs_a_key()
    {
        return Err(Failure::Said(
            "there is no API key: set TINTYPE_API_KEY, or name a file with --key-file".into(),
        ));
    }
    if arguments.verbose {
        builder = builder.log(|entry| eprintln!("{entry}"));
    }
    Ok(builder.build()?)
}
