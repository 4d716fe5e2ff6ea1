//! The `tintype` binary: reads its command and hands over.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match tintype::cli::run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tintype: {error}");
            ExitCode::FAILURE
        }
    }
}
