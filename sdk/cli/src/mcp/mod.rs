//! `mcp`: the API as tools for coding agents, by the Model Context Protocol.
//!
//! The tools come from the document that the server itself serves, so that they are always its
//! own: [`tools`] reads it, [`call`] makes the calls, and here lines of JSON-RPC come in on the
//! standard input and go out on the standard output.

mod call;
mod schema;
mod tools;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};
use tintype_client::{Method, Tintype};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::Outcome;
use tools::{Choice, Tool};

/// Newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const PARSE_ERROR: i64 = -32700;

/// Offer the API as tools to coding agents (Model Context Protocol, over standard input and output).
#[derive(Args)]
pub struct Arguments {
    /// Only tools that change nothing.
    #[arg(long)]
    read_only: bool,
    /// Only this part of the API, as in `generations`; may be repeated.
    #[arg(long = "only", value_name = "RESOURCE")]
    only: Vec<String>,
    /// Where downloads are put. Without it, pictures are handed over, and other files are not.
    #[arg(long, value_name = "FOLDER")]
    save_to: Option<PathBuf>,
}

pub async fn run(client: &Tintype, arguments: Arguments) -> Outcome {
    if let Some(folder) = &arguments.save_to {
        std::fs::create_dir_all(folder)?;
    }
    let document: Value = client.call(Method::GET, "/openapi.json").await?;
    let choice = Choice {
        read_only: arguments.read_only,
        only: arguments.only,
    };
    let server = Server {
        client: client.clone(),
        instructions: document["info"]["description"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        tools: tools::of(&document, &choice),
        save_to: arguments.save_to,
    };
    Arc::new(server).converse().await
}

struct Server {
    client: Tintype,
    instructions: String,
    tools: Vec<Tool>,
    save_to: Option<PathBuf>,
}

impl Server {
    /// Until the input ends. Calls run side by side.
    async fn converse(self: Arc<Self>) -> Outcome {
        let (answer, mut answers) = mpsc::unbounded_channel::<Value>();
        let writer = tokio::spawn(async move {
            let mut stdout = tokio::io::stdout();
            while let Some(line) = answers.recv().await {
                stdout.write_all(format!("{line}\n").as_bytes()).await?;
                stdout.flush().await?;
            }
            Ok::<_, std::io::Error>(())
        });
        let mut running: HashMap<String, AbortHandle> = HashMap::new();
        let mut lines = BufReader::new(tokio::io::stdin()).lines();
        while let Some(line) = lines.next_line().await? {
            running.retain(|_, call| !call.is_finished());
            if line.trim().is_empty() {
                continue;
            }
            let Ok(message) = serde_json::from_str::<Value>(&line) else {
                let _ = answer.send(error(&Value::Null, PARSE_ERROR, "this is no JSON"));
                continue;
            };
            if message["method"] == "notifications/cancelled" {
                if let Some(call) = running.remove(&message["params"]["requestId"].to_string()) {
                    call.abort();
                }
                continue;
            }
            // Notifications and answers have no id or no method; neither is answered.
            let (Some(id), Some(method)) = (message.get("id").cloned(), message["method"].as_str()) else {
                continue;
            };
            let (server, answer) = (Arc::clone(&self), answer.clone());
            let (method, params) = (method.to_owned(), message["params"].clone());
            let name = id.to_string();
            let call = tokio::spawn(async move {
                // Nobody reads any more when it fails.
                let _ = answer.send(server.answer(&id, &method, &params).await);
            });
            running.insert(name, call.abort_handle());
        }
        drop(answer);
        writer.await.map_err(std::io::Error::other)??;
        Ok(())
    }

    async fn answer(&self, id: &Value, method: &str, params: &Value) -> Value {
        let result = match method {
            "initialize" => self.greeting(params),
            "ping" => json!({}),
            "tools/list" => json!({"tools": self.tools.iter().map(Tool::described).collect::<Vec<_>>()}),
            "tools/call" => {
                let name = params["name"].as_str().unwrap_or_default();
                let Some(tool) = self.tools.iter().find(|tool| tool.name == name) else {
                    return error(id, INVALID_PARAMS, &format!("there is no tool `{name}`"));
                };
                call::make(&self.client, tool, &params["arguments"], self.save_to.as_deref()).await
            }
            other => return error(id, METHOD_NOT_FOUND, &format!("there is no method `{other}`")),
        };
        json!({"jsonrpc": "2.0", "id": id, "result": result})
    }

    fn greeting(&self, params: &Value) -> Value {
        let asked = params["protocolVersion"].as_str();
        let version = VERSIONS.into_iter().find(|version| Some(*version) == asked);
        json!({
            "protocolVersion": version.unwrap_or(VERSIONS[0]),
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "tintype", "title": "Tintype", "version": env!("CARGO_PKG_VERSION")},
            "instructions": self.instructions,
        })
    }
}

fn error(id: &Value, code: i64, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}
