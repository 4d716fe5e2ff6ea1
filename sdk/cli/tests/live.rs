//! The program against a real Tintype in its sandbox.

#[path = "../../rust/tests/server/mod.rs"]
mod server;

use std::path::PathBuf;
use std::process::{Command, Output};

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

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tintype-cli"))
            .args(arguments)
            .env_clear()
            .env("TINTYPE_BASE_URL", &self.server.url)
            .args(["--key-file", "key"])
            .current_dir(&self.folder)
            .output()
            .expect("it runs")
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
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
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
