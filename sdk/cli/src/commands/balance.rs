//! `balance`: the credits.

use tintype_client::Tintype;

use crate::{Outcome, output};

pub async fn run(client: &Tintype, json: bool) -> Outcome {
    let balance = client.credits().get().await?;
    if json {
        output::json(&balance);
        return Ok(());
    }
    let mode = if balance.livemode { "" } else { " (test credits)" };
    println!(
        "{} available{mode}, {} held, {} spent",
        balance.available, balance.held, balance.spent
    );
    Ok(())
}
