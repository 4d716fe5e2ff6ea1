//! A film with a progress bar: `cargo run --example video -- "waves on a pebble beach"`.

use std::io::Write;
use std::time::Duration;

use tintype_client::types::{CreateGeneration, Generation, GenerationInput};
use tintype_client::{Result, Tintype};

#[tokio::main]
async fn main() -> Result<()> {
    let prompt = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "waves on a pebble beach".to_owned());
    let client = Tintype::new()?;
    let input = GenerationInput::new().prompt(prompt).seconds(4);
    let film = client
        .generations()
        .create_and_wait(CreateGeneration::new("sandbox-video", input))
        .on_progress(draw)
        .timeout(Duration::from_secs(900))
        .await?;
    println!();
    if film.succeeded() {
        client
            .files()
            .content(&film.outputs[0].file_id)
            .save("film.webm")
            .await?;
        println!("film.webm, for {} credits", film.cost.captured);
    }
    Ok(())
}

fn draw(film: &Generation) {
    let done = usize::try_from(film.progress).unwrap_or_default().min(100) / 4;
    print!(
        "\r[{}{}] {:3} % {:<10}",
        "#".repeat(done),
        " ".repeat(25 - done),
        film.progress,
        film.status
    );
    // A terminal that is gone is no reason to stop.
    let _ = std::io::stdout().flush();
}
