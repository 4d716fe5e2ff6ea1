//! Forgets one of your end users: `cargo run --example erase -- customer-7`.
//!
//! Everything that was made on their behalf is called off or waited for, then erased: prompts,
//! inputs and files. What remains is a tombstone without content, for the books.

use std::error::Error;

use tintype_client::Tintype;
use tintype_client::types::ErrorCode;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let end_user = std::env::args().nth(1).ok_or("whom?")?;
    let client = Tintype::new()?;
    let generations = client.generations();
    let mut theirs = generations.list().end_user(&end_user).items();
    let mut erased = 0;
    while let Some(generation) = theirs.next().await {
        let generation = generation?;
        if generation.erased_at.is_some() {
            continue;
        }
        if generation.ended_at.is_none() {
            match generations.cancel(&generation.id).await {
                // Not every model can stop; then it must end.
                Err(error) if error.code() != Some(&ErrorCode::NotCancelable) => return Err(error.into()),
                _ => generations.wait(&generation.id).await?,
            };
        }
        generations.delete(&generation.id).await?;
        erased += 1;
    }
    println!("{erased} generations of {end_user} erased");
    Ok(())
}
