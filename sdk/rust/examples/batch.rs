//! A picture for each line of a CSV file, four at a time:
//! `cargo run --example batch -- prompts.csv`, with a first line `name,prompt`.
//!
//! Started again, it goes on: the name is part of the idempotency key, so that nothing is made
//! or charged twice within a day.

use std::error::Error;

use futures_util::{StreamExt, stream};
use tintype_client::Tintype;
use tintype_client::types::{CreateGeneration, GenerationInput};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which CSV file?")?;
    let text = std::fs::read_to_string(&path)?;
    let client = Tintype::new()?;
    let rows = text.lines().skip(1).map(columns).filter(|row| row.len() >= 2);
    let pictures = stream::iter(rows)
        .map(|row| picture(&client, row))
        .buffer_unordered(4);
    let lines: Vec<String> = pictures.collect().await;
    println!("{} lines of {path} done", lines.len());
    Ok(())
}

async fn picture(client: &Tintype, row: Vec<String>) -> String {
    let name = row[0].clone();
    let line = match make(client, &name, &row[1]).await {
        Ok(cost) => format!("{name}: {name}.png, for {cost} credits"),
        Err(error) => format!("{name}: {error}"),
    };
    println!("{line}");
    line
}

async fn make(client: &Tintype, name: &str, prompt: &str) -> Result<String, Box<dyn Error>> {
    let wanted = CreateGeneration::new("sandbox-image", GenerationInput::new().prompt(prompt))
        .metadata([("name", name)]);
    let picture = client
        .generations()
        .create_and_wait(wanted)
        .idempotency_key(format!("batch-{name}"))
        .await?;
    if let Some(error) = picture.error {
        return Err(error.message.into());
    }
    client
        .files()
        .content(&picture.outputs[0].file_id)
        .save(format!("{name}.png"))
        .await?;
    Ok(picture.cost.captured.to_string())
}

/// The columns of a line, in which quotes may enclose commas and stand twice for themselves.
fn columns(line: &str) -> Vec<String> {
    let mut columns = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let column = columns.len() - 1;
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => columns[column].push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => columns.push(String::new()),
            _ => columns[column].push(letter),
        }
    }
    columns
}
