//! `mcp`: the API as tools for coding agents, by the Model Context Protocol.
//!
//! The tools come from the document that the server itself serves, so that they are always its
//! own: [`tools`] reads it, [`call`] makes the calls, and here lines of JSON-RPC ([`rpc`]) come in on
//! the standard input and go out on the standard output.

mod call;
mod rpc;
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
use tokio::task::{AbortHandle, JoinHandle};

use crate::Outcome;
use rpc::{Line, Message, Request, error, result};
use tools::{Choice, Tool};

/// Newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

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
            // Nobody reads any more when sending fails.
            match Line::read(&line) {
                Line::One(message) => {
                    if let Some(asked) = self.begin(message, &mut running) {
                        let answer = answer.clone();
                        tokio::spawn(async move {
                            if let Ok(said) = asked.await {
                                let _ = answer.send(said);
                            }
                        });
                    }
                }
                Line::Batch(messages) => {
                    let messages = messages.into_iter();
                    let asked: Vec<_> = messages
                        .filter_map(|message| self.begin(message, &mut running))
                        .collect();
                    let answer = answer.clone();
                    tokio::spawn(async move {
                        let mut all = Vec::new();
                        for asked in asked {
                            all.extend(asked.await);
                        }
                        if !all.is_empty() {
                            let _ = answer.send(Value::Array(all));
                        }
                    });
                }
            }
        }
        drop(answer);
        writer.await.map_err(std::io::Error::other)??;
        Ok(())
    }

    /// Begins what a message asks for; nothing comes of it if it is canceled.
    fn begin(
        self: &Arc<Self>,
        message: Message,
        running: &mut HashMap<String, AbortHandle>,
    ) -> Option<JoinHandle<Value>> {
        match message {
            Message::Nothing => None,
            Message::Cancel(id) => {
                if let Some(call) = running.remove(&id.to_string()) {
                    call.abort();
                }
                None
            }
            Message::Wrong(answer) => Some(tokio::spawn(async move { answer })),
            Message::Request(request) => {
                let (server, name) = (Arc::clone(self), request.id.to_string());
                let call = tokio::spawn(async move { server.answer(&request).await });
                running.insert(name, call.abort_handle());
                Some(call)
            }
        }
    }

    async fn answer(&self, request: &Request) -> Value {
        let Request { id, method, params } = request;
        let answer = match method.as_str() {
            "initialize" => self.greeting(params),
            "ping" => json!({}),
            "tools/list" => json!({"tools": self.tools.iter().map(Tool::described).collect::<Vec<_>>()}),
            "tools/call" => {
                let name = params["name"].as_str().unwrap_or_default();
                let Some(tool) = self.tools.iter().find(|tool| tool.name == name) else {
                    return error(id, rpc::INVALID_PARAMS, &format!("there is no tool `{name}`"));
                };
                let arguments = &params["arguments"];
                if !(arguments.is_object() || arguments.is_null()) {
                    return error(
                        id,
                        rpc::INVALID_PARAMS,
                        "`arguments` must be an object, not a text that holds one",
                    );
                }
                call::make(&self.client, tool, arguments, self.save_to.as_deref()).await
            }
            other => {
                return error(
                    id,
                    rpc::METHOD_NOT_FOUND,
                    &format!("there is no method `{other}`"),
                );
            }
        };
        result(id, &answer)
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
