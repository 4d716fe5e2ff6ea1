//! `cargo run -p sdk-codegen`: writes `sdk/{typescript,python,rust,go}` from `openapi.yaml`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use sdk_codegen::model::Api;
use sdk_codegen::{compare, languages, load, samples, write};

/// Writes the client libraries from openapi.yaml.
#[derive(Parser)]
#[command(about, long_about = None)]
struct Arguments {
    /// Write nothing; list the files that the document would change, and fail if there are any.
    #[arg(long)]
    check: bool,

    /// Write nothing; name what breaks for users of the older document OLD, and fail if anything
    /// does.
    #[arg(long, value_name = "OLD", conflicts_with = "check")]
    against: Option<PathBuf>,

    /// Only these languages, by the name of their folder; and no samples.
    #[arg(long, value_name = "LANGUAGE")]
    only: Vec<String>,

    /// The document; by default the repository's.
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,

    /// The repository that holds `sdk/`; by default the one that this program was built in.
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Box<dyn Error>> {
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = arguments.root.clone().unwrap_or(built_in);
    let spec = arguments
        .spec
        .clone()
        .unwrap_or_else(|| root.join("openapi.yaml"));
    let api = read(&spec)?;
    if let Some(old) = &arguments.against {
        let breaks = compare::breaks(&read(old)?, &api);
        for one in &breaks {
            println!("{one}");
        }
        return Ok(ExitCode::from(u8::from(!breaks.is_empty())));
    }
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for language in languages::all() {
        let folder = language.folder();
        if arguments.only.is_empty() || arguments.only.iter().any(|only| only == folder) {
            folders.push(Path::new("sdk").join(folder));
            files.extend(languages::render(language.as_ref(), &api).map_err(in_full)?);
        }
    }
    if arguments.only.is_empty() {
        files.push(samples::render(&api).map_err(in_full)?);
    }
    let stale = write::stale(&root, &folders, &files)?;
    if arguments.check {
        for one in &stale {
            println!("{one}");
        }
        return Ok(ExitCode::from(u8::from(!stale.is_empty())));
    }
    write::refresh(&root, &stale, &files)?;
    eprintln!("{} files, {} of them changed", files.len(), stale.len());
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Api, Box<dyn Error>> {
    let at = |error: &dyn Error| format!("{}: {error}", path.display());
    let yaml = fs::read_to_string(path).map_err(|error| at(&error))?;
    let document = load::load(&yaml).map_err(|error| at(&error))?;
    Ok(Api::of(&document).map_err(|error| at(&error))?)
}

/// A template's error with the lines around it.
fn in_full(error: minijinja::Error) -> String {
    format!("{error:#}")
}
