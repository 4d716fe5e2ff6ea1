//! `models`: what can be made, and for how much.

use tintype_client::Tintype;

use crate::{Outcome, output};

pub async fn run(client: &Tintype, json: bool) -> Outcome {
    let models = client.models().list().await?;
    if json {
        output::json(&models);
        return Ok(());
    }
    let rows = models.data.iter().map(|model| {
        let prices = model
            .pricing
            .iter()
            .map(|price| format!("{} a {}", price.credits, price.unit));
        vec![
            model.id.clone(),
            model.kind.to_string(),
            model.aliases.join(","),
            prices.collect::<Vec<_>>().join(", "),
            model.display_name.clone(),
        ]
    });
    output::table(&rows.collect::<Vec<_>>());
    Ok(())
}
