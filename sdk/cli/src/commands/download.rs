//! `download`: files, by their own id or by that of the generation that made them.

use std::path::PathBuf;

use clap::Args;
use tintype_client::Tintype;

use crate::{Outcome, output};

/// Download what a generation made, or one file.
#[derive(Args)]
pub struct Arguments {
    /// A generation (`gen_…`) or a file (`file_…`).
    id: String,
    /// Where to put it: a file or a folder; `-` writes a file to the standard output.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Overwrite what is there.
    #[arg(long, short)]
    force: bool,
}

pub async fn run(client: &Tintype, arguments: Arguments) -> Outcome {
    let wanted = arguments.output.as_deref();
    if !arguments.id.starts_with("file_") {
        let generation = client.generations().get(arguments.id).await?;
        return output::take_home(client, &generation, wanted, arguments.force, false).await;
    }
    if wanted.is_some_and(|path| path.as_os_str() == "-") {
        let download = client.files().content(arguments.id).await?;
        return Ok(download.write_to(&mut tokio::io::stdout()).await?);
    }
    let file = client.files().get(arguments.id).await?;
    let path = output::path(wanted, file.id.as_str(), &[file.content_type.as_str()], 0);
    output::save(client, &file.id, &path, arguments.force).await?;
    println!("{}", path.display());
    Ok(())
}
