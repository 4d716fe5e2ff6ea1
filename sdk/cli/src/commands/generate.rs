//! `generate`: from a prompt to a file.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value};
use tintype_client::Tintype;
use tintype_client::types::{CreateGeneration, Credits, GenerationInput};

use crate::progress::watched;
use crate::{Failure, Outcome, output};

/// Make something from a prompt, and save it.
#[derive(Args)]
pub struct Arguments {
    /// What to make, in words; `-` reads it from the standard input.
    prompt: String,
    /// A model's id or alias: see `models`.
    #[arg(long, short, env = "TINTYPE_MODEL", default_value = "image")]
    model: String,
    /// Where to put it: a file or a folder. Otherwise it is named after the generation.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Overwrite what is there.
    #[arg(long, short)]
    force: bool,
    /// How many.
    #[arg(short, value_name = "NUMBER")]
    n: Option<i64>,
    /// Width and height in pixels, as in 1024x1024.
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,
    /// Length of a video.
    #[arg(long, value_name = "NUMBER")]
    seconds: Option<i64>,
    /// The same seed and input make the same output, where the model can.
    #[arg(long, value_name = "NUMBER")]
    seed: Option<i64>,
    /// Any other input of the model; `extra.NAME=VALUE` for what only one model takes.
    #[arg(long, short, value_name = "NAME=VALUE", value_parser = pair)]
    input: Vec<(String, String)>,
    /// Refuse if it could cost more than so many credits.
    #[arg(long, value_name = "CREDITS")]
    max_cost: Option<Credits>,
    /// Your own name for the person on whose behalf you ask.
    #[arg(long, value_name = "NAME")]
    end_user: Option<String>,
    /// Data of your own, to find it again by.
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    metadata: Vec<(String, String)>,
    /// Makes a repetition safe: the same key gets the same generation again.
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// Print the generation's id and don't wait for its end.
    #[arg(long)]
    no_wait: bool,
}

pub async fn run(client: &Tintype, arguments: Arguments, json: bool) -> Outcome {
    let wanted = wanted(&arguments)?;
    let generations = client.generations();
    if arguments.no_wait {
        let mut call = generations.create(wanted);
        if let Some(key) = arguments.idempotency_key {
            call = call.idempotency_key(key);
        }
        let generation = call.await?;
        if json {
            output::json(&generation);
        } else {
            println!("{}", generation.id);
        }
        return Ok(());
    }
    // Before anything is paid for.
    if let Some(path) = arguments.output.as_deref().filter(|path| !path.is_dir()) {
        output::make_way(path, arguments.force)?;
    }
    let mut wait = generations.create_and_wait(wanted);
    if let Some(key) = arguments.idempotency_key {
        wait = wait.idempotency_key(key);
    }
    let generation = watched(wait).await?;
    if json {
        output::json(&generation);
    }
    let taken = output::take_home(
        client,
        &generation,
        arguments.output.as_deref(),
        arguments.force,
        json,
    )
    .await;
    eprintln!("{} credits", generation.cost.captured);
    taken
}

fn wanted(arguments: &Arguments) -> Outcome<CreateGeneration> {
    let mut input = input(&arguments.input)?.prompt(prompt(&arguments.prompt)?);
    if let Some(n) = arguments.n {
        input = input.n(n);
    }
    if let Some(size) = &arguments.size {
        input = input.size(size);
    }
    if let Some(seconds) = arguments.seconds {
        input = input.seconds(seconds);
    }
    if let Some(seed) = arguments.seed {
        input = input.seed(seed);
    }
    let mut wanted = CreateGeneration::new(&arguments.model, input);
    if let Some(max_cost) = &arguments.max_cost {
        wanted = wanted.max_cost(max_cost);
    }
    if let Some(end_user) = &arguments.end_user {
        wanted = wanted.end_user(end_user);
    }
    if !arguments.metadata.is_empty() {
        wanted = wanted.metadata(arguments.metadata.iter().cloned());
    }
    Ok(wanted)
}

fn prompt(given: &str) -> Outcome<String> {
    if given == "-" {
        return Ok(std::io::read_to_string(std::io::stdin())?.trim().to_owned());
    }
    Ok(given.to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it is NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Values are JSON where they can be, and text otherwise. What the API does not know is refused
/// instead of being lost.
fn input(pairs: &[(String, String)]) -> Outcome<GenerationInput> {
    let mut fields = Map::new();
    let mut extra = Map::new();
    for (name, text) in pairs {
        let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()));
        match name.strip_prefix("extra.") {
            Some(name) => extra.insert(name.to_owned(), value),
            None => fields.insert(name.clone(), value),
        };
    }
    if !extra.is_empty() {
        fields.insert("extra".to_owned(), Value::Object(extra));
    }
    let names: Vec<String> = fields.keys().cloned().collect();
    let input: GenerationInput = serde_json::from_value(Value::Object(fields))
        .map_err(|error| Failure::Said(format!("this input fits no model: {error}")))?;
    let known = serde_json::to_value(&input).unwrap_or_default();
    match names.iter().find(|name| known.get(name).is_none()) {
        Some(name) => Err(Failure::Said(format!(
            "there is no input `{name}`; for a model's own: extra.{name}=…"
        ))),
        None => Ok(input),
    }
}
