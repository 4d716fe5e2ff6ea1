//! The program against a real Tintype in its sandbox.

#[path = "../../rust/tests/server/mod.rs"]
mod server;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use server::Server;
use tintype_client::types::{CreateGeneration, GenerationInput};

/// A server, and an empty folder in which the program runs.
struct Desk {
    server: Server,
    folder: PathBuf,
}

impl Desk {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("tintype-cli-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let server = Server::start(name);
        std::fs::write(folder.join("key"), &server.key).expect("a key file");
        Self { server, folder }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tintype-cli"));
        command
            .args(arguments)
            .env_clear()
            .env("TINTYPE_BASE_URL", &self.server.url)
            .args(["--key-file", "key"])
            .current_dir(&self.folder);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// What an agent gets to hear for its messages, by their ids.
    fn conversation(&self, arguments: &[&str], messages: &[Value]) -> Vec<Value> {
        let lines: Vec<String> = messages.iter().map(Value::to_string).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        self.lines(arguments, &lines)
    }

    /// What an agent gets to hear for lines of whatever kind.
    fn lines(&self, arguments: &[&str], lines: &[&str]) -> Vec<Value> {
        let mut command = self.command(arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("it runs");
        let mut input = process.stdin.take().expect("a pipe");
        for line in lines {
            writeln!(input, "{line}").expect("it reads");
        }
        drop(input);
        let output = process.wait_with_output().expect("it ends");
        assert!(output.status.success());
        let lines = String::from_utf8(output.stdout).expect("text");
        let answers = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        let mut answers: Vec<Value> = answers.collect();
        answers.sort_by_key(|answer| answer["id"].as_i64());
        answers
    }

    /// Its standard output, if it ends well.
    fn good(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Its standard error, if it ends badly.
    fn bad(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).trim().to_owned()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

#[test]
fn from_a_prompt_to_files() {
    let desk = Desk::new("from_a_prompt");
    let printed = desk.good(&[
        "generate", "a fox", "--size", "256x256", "-n", "2", "-o", "fox.png",
    ]);
    assert_eq!(printed, "fox-1.png\nfox-2.png");
    let picture = std::fs::read(desk.folder.join("fox-2.png")).expect("a file");
    assert!(picture.starts_with(b"\x89PNG"));

    std::fs::write(desk.folder.join("taken.png"), "mine").expect("a file");
    let refused = desk.bad(&["generate", "a fox", "-o", "taken.png"]);
    assert!(refused.contains("--force"), "{refused}");
    assert!(desk.good(&["balance"]).starts_with("998 available"));

    let text = desk.good(&["generate", "hello", "--model", "text"]);
    assert!(text.contains("hello"), "{text}");
    let failed = desk.bad(&["generate", "sandbox:fail"]);
    assert!(failed.contains("failed: "), "{failed}");
    let unknown = desk.bad(&["generate", "a fox", "--input", "siez=3"]);
    assert!(unknown.contains("there is no input `siez`"), "{unknown}");
    assert_eq!(desk.good(&["list"]).lines().count(), 3);
}

#[test]
fn begun_now_and_fetched_later() {
    let desk = Desk::new("begun_now");
    let id = desk.good(&["generate", "a fox", "--size", "256x256", "--no-wait"]);
    assert_eq!(desk.good(&["watch", &id]), "succeeded");
    assert_eq!(desk.good(&["download", &id]), format!("{id}.png"));
    let listed = desk.good(&["list", "--json"]);
    let listed: Value = serde_json::from_str(&listed).expect("JSON");
    let file = listed[0]["outputs"][0]["file_id"].as_str().expect("a file");
    let output = desk.run(&["download", file, "-o", "-"]);
    assert!(output.stdout.starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn others_see_what_it_does() -> tintype_client::Result<()> {
    let desk = Desk::new("others_see");
    let client = desk.server.client();
    let input = GenerationInput::new().prompt("sandbox:hang");
    let hanging = client
        .generations()
        .create(CreateGeneration::new("image", input))
        .await?;
    desk.good(&["cancel", hanging.id.as_str()]);
    let canceled = client.generations().get(&hanging.id).await?;
    assert!(canceled.cancel_requested_at.is_some());

    let secret = desk.good(&["keys", "create", "reader", "--scope", "credits:read"]);
    let reader = desk.server.with_key(&secret);
    assert_eq!(reader.credits().get().await?.spent, "0");
    let listed = desk.good(&["keys", "list"]);
    let id = listed.split(' ').next().unwrap_or_default();
    desk.good(&["keys", "revoke", id]);
    assert!(reader.credits().get().await.is_err());
    Ok(())
}

#[test]
fn agents_find_tools() {
    let desk = Desk::new("agents");
    let call = |id: i32, name: &str, arguments: Value| {
        let params = json!({"name": name, "arguments": arguments});
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})
    };
    let fox = json!({
        "model": "image",
        "input": {"prompt": "a fox", "size": "256x256"},
        "wait_seconds": 30,
        "idempotency_key": "a-fox",
    });
    let answers = desk.conversation(
        &["mcp"],
        &[
            json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26"}}),
            json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
            json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}),
            call(3, "generations_create", fox),
            call(4, "generations_get", json!({"id": "gen_00000000000000000000000000"})),
            call(5, "generations_get", json!({"generation": "gen_00000000000000000000000000"})),
            call(6, "moon_fly", json!({})),
            json!({"jsonrpc": "2.0", "id": 7, "method": "moon/fly"}),
            json!({"jsonrpc": "2.0", "id": 8, "method": "ping"}),
        ],
    );
    let [hello, tools, made, missing, wrong, no_tool, no_method, pong] = answers.as_slice() else {
        panic!("eight answers: {answers:?}");
    };
    assert_eq!(hello["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(pong["result"], json!({}));

    let tools = tools["result"]["tools"].as_array().expect("tools");
    let tool = |name: &str| tools.iter().find(|tool| tool["name"] == name);
    assert!(tool("auth_login").is_none() && tool("sandbox_clock").is_none());
    let create = &tool("generations_create").expect("a tool")["inputSchema"];
    assert_eq!(create["required"], json!(["model", "input"]));
    assert_eq!(create["properties"]["input"]["$ref"], "#/$defs/GenerationInput");
    assert!(create["$defs"]["GenerationInput"]["properties"]["prompt"].is_object());
    assert!(
        create["$defs"]["MessageRole"].is_object(),
        "what it refers to comes along"
    );
    assert_eq!(
        tool("credits_get").expect("a tool")["annotations"]["readOnlyHint"],
        true
    );

    let made = &made["result"]["structuredContent"];
    assert_eq!(made["status"], "succeeded");
    assert_eq!(missing["result"]["isError"], true);
    let said = missing["result"]["content"][0]["text"]
        .as_str()
        .unwrap_or_default();
    assert!(said.starts_with("404 not_found"), "{said}");
    assert_eq!(wrong["result"]["isError"], true);
    assert_eq!(no_tool["error"]["code"], -32602);
    assert_eq!(no_method["error"]["code"], -32601);

    // The picture itself, handed over or saved.
    let fetch = call(1, "files_content", json!({"id": made["outputs"][0]["file_id"]}));
    let handed = desk.conversation(&["mcp"], std::slice::from_ref(&fetch));
    assert_eq!(handed[0]["result"]["content"][0]["mimeType"], "image/png");
    let saved = desk.conversation(&["mcp", "--save-to", "files"], std::slice::from_ref(&fetch));
    let said = saved[0]["result"]["content"][0]["text"]
        .as_str()
        .unwrap_or_default();
    let path = said.strip_prefix("Saved as ").expect("a path");
    assert!(desk.folder.join(path).exists());
}

#[test]
fn agents_may_ask_for_several_things_in_one_line() {
    let desk = Desk::new("batches");
    let call = |id: i32, arguments: Value| {
        let params = json!({"name": "credits_get", "arguments": arguments});
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params})
    };
    let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"protocolVersion": "2025-03-26"}});
    let told = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    let batch = json!([call(1, json!({})), told, 7, call(2, Value::Null)]);
    let silent = json!([told]);
    let lines = [hello, batch, silent].map(|message| message.to_string());
    let answers = desk.lines(&["mcp"], &lines.each_ref().map(String::as_str));
    let [batch, hello] = answers.as_slice() else {
        panic!("two answers: {answers:?}");
    };
    assert_eq!(hello["result"]["protocolVersion"], "2025-03-26");
    let [first, wrong, second] = batch.as_array().expect("a batch").as_slice() else {
        panic!("three answers: {batch}");
    };
    for (answer, id) in [(first, 1), (second, 2)] {
        assert_eq!(answer["id"], id);
        assert_eq!(
            answer["result"]["structuredContent"]["available"], "1000",
            "{answer}"
        );
    }
    assert_eq!(
        (&wrong["id"], &wrong["error"]["code"]),
        (&Value::Null, &json!(-32600))
    );
}

#[test]
fn whatever_an_agent_says_is_answered() {
    let desk = Desk::new("wrong");
    let call = |id: i32, arguments: Value| {
        let params = json!({"name": "keys_create", "arguments": arguments});
        json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}).to_string()
    };
    let text = json!({"name": "from a text", "scopes": ["credits:read"]}).to_string();
    for (line, id, code) in [
        ("7".to_owned(), Value::Null, -32600),
        ("\"ping\"".to_owned(), Value::Null, -32600),
        ("[]".to_owned(), Value::Null, -32600),
        ("{".to_owned(), Value::Null, -32700),
        (json!({"jsonrpc": "2.0", "id": 3}).to_string(), json!(3), -32600),
        (
            json!({"jsonrpc": "2.0", "id": "a", "method": 7}).to_string(),
            json!("a"),
            -32600,
        ),
        (call(4, json!(text)), json!(4), -32602),
        (call(5, json!(["from a list"])), json!(5), -32602),
    ] {
        let answers = desk.lines(&["mcp"], &[&line]);
        let [answer] = answers.as_slice() else {
            panic!("{line}: {answers:?}");
        };
        assert_eq!(
            (&answer["id"], &answer["error"]["code"]),
            (&id, &json!(code)),
            "{line}"
        );
    }
    // A call that is wrong does nothing.
    assert!(!desk.good(&["keys", "list"]).contains("from a"));
}

#[test]
fn agents_may_be_held_back() {
    let desk = Desk::new("held_back");
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let answers = desk.conversation(&["mcp", "--read-only", "--only", "generations"], &[list]);
    let tools = answers[0]["result"]["tools"].as_array().expect("tools");
    let names: Vec<_> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["generations_list", "generations_get"]);
}
