//! Makes the calls of `sdk/conformance` with the Rust client, and reports what a user of the
//! client would see. Judging is not its business.

mod calls;
mod case;
mod report;

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tintype_client::Tintype;

use case::Case;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cases = std::fs::read(std::env::var("CONFORMANCE_CASES")?)?;
    let cases: Vec<Value> = serde_json::from_slice(&cases)?;
    for case in cases {
        let name = case["name"].clone();
        let mut line = match serde_json::from_value(case) {
            Ok(case) => run(&case).await,
            Err(error) => json!({"unsupported": error.to_string()}),
        };
        line["case"] = name;
        println!("{line}");
    }
    Ok(())
}

async fn run(case: &Case) -> Value {
    let log = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&log);
    let mut builder = Tintype::builder().log(move |entry| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(format!("{entry} {entry:?}"));
    });
    if let Some(given) = &case.client {
        builder = builder.api_key(&given.api_key).base_url(&given.base_url);
        if let Some(timeout) = given.timeout() {
            builder = builder.timeout(timeout);
        }
        if let Some(retries) = given.max_retries {
            builder = builder.max_retries(retries);
        }
    }
    let mut line = match builder.build() {
        Ok(client) => calls::make(&client, case).await,
        Err(error) => report::error(&error),
    };
    line["log"] = json!(*log.lock().unwrap_or_else(PoisonError::into_inner));
    line
}
