//! A picture from a prompt: `cargo run --example picture -- "a lighthouse at dawn"`.

use tintype_client::types::{CreateGeneration, GenerationInput};
use tintype_client::{Result, Tintype};

#[tokio::main]
async fn main() -> Result<()> {
    let prompt = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "a lighthouse at dawn".to_owned());
    let client = Tintype::new()?;
    let wanted = CreateGeneration::new("sandbox-image", GenerationInput::new().prompt(prompt));
    let picture = client.generations().create_and_wait(wanted).await?;
    if let Some(error) = &picture.error {
        println!("It came to nothing, and costs nothing: {}", error.message);
    }
    for (number, output) in picture.outputs.iter().enumerate() {
        let path = format!("picture-{}.png", number + 1);
        client.files().content(&output.file_id).save(&path).await?;
        println!("{path}, for {} credits", picture.cost.captured);
    }
    Ok(())
}
