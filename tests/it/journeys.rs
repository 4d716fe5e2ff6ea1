//! The README's story, as a newcomer lives it: with a shell, from its own words.

use std::path::{Path, PathBuf};

use harness::{Answer, Process, TestApp, each, text};
use reqwest::Client;

const README: &str = include_str!("../../README.md");
const OPERATING: &str = include_str!("../../OPERATING.md");

/// An empty folder, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn empty(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tintype_journey_{name}_{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }

    /// Runs a command in it as a shell does, and waits for its success.
    async fn run(&self, command: &str) {
        let output = tokio::process::Command::new("sh")
            .args(["-c", command])
            .current_dir(&self.0)
            .output()
            .await
            .expect("there is a shell");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {errors}");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A chapter's blocks of code in a language, without their fences.
fn blocks(document: &'static str, chapter: &str, language: &str) -> Vec<&'static str> {
    let (_, chapter) = document
        .split_once(&format!("\n## {chapter}\n"))
        .expect("the chapter");
    let chapter = chapter.split("\n## ").next().unwrap_or_default();
    let blocks = chapter.split("```").skip(1).step_by(2);
    blocks
        .filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n'))
        .map(str::trim_end)
        .collect()
}

/// The command in the greeting, as someone copies it.
fn copied(greeting: &str) -> String {
    let (_, after) = greeting
        .split_once("Your first picture:")
        .expect("a first picture");
    let lines = after.lines().skip_while(|line| line.is_empty());
    let command = lines.take_while(|line| !line.is_empty());
    command.collect::<Vec<_>>().join("\n")
}

fn assert_is_picture(path: &Path) {
    let bytes = std::fs::read(path).expect("the picture");
    let format = image::guess_format(&bytes).expect("a picture");
    assert_eq!(format, image::ImageFormat::Png);
    let picture = image::load_from_memory(&bytes).expect("a whole picture");
    assert_eq!((picture.width(), picture.height()), (1024, 1024));
}

async fn credits(process: &Process) -> String {
    let request = Client::new().get(format!("{}/v1/credits", process.url));
    let balance = Answer::of(request.bearer_auth(&process.demo)).await.expect(200);
    text(&balance["available"]).to_owned()
}

#[tokio::test]
async fn the_printed_command_makes_a_picture_and_the_balance_stays_known() {
    let folder = Folder::empty("greeting");
    let mut first = Process::of_newcomer(&folder.0).await;
    assert!(first.greeting.contains("1000 test credits"), "{}", first.greeting);
    let command = copied(&first.greeting);
    assert!(command.contains(&first.demo), "the key is ready in it: {command}");
    folder.run(&command).await;
    assert_is_picture(&folder.0.join("picture.png"));
    assert_eq!(credits(&first).await, "999");
    let docs = Answer::of(Client::new().get(format!("{}/docs", first.url))).await;
    assert!(first.greeting.contains(&format!("{}/docs", first.url)) && docs.status == 200);

    first.stop();
    let mut second = Process::of_newcomer(&folder.0).await;
    assert_eq!(second.demo, first.demo);
    assert!(
        second.greeting.contains("999 test credits"),
        "{}",
        second.greeting
    );
    assert_eq!(credits(&second).await, "999");
    let list = Client::new().get(format!("{}/v1/generations", second.url));
    let list = Answer::of(list.bearer_auth(&second.demo)).await.expect(200);
    assert_eq!(each(&list, "status"), ["succeeded"]);
    second.stop();
}

#[tokio::test]
async fn the_readme_leads_to_a_picture_in_two_commands() {
    let commands = blocks(README, "Run it", "sh");
    assert_eq!(commands.len(), 2, "{commands:?}");
    // The first is what this suite has built and starts now.
    assert_eq!(commands[0], "cargo run");
    let folder = Folder::empty("readme");
    let mut process = Process::of_newcomer(&folder.0).await;
    assert!(commands[1].contains("http://127.0.0.1:8080/"));
    folder
        .run(&commands[1].replace("http://127.0.0.1:8080", &process.url))
        .await;
    assert_is_picture(&folder.0.join("picture.png"));
    process.stop();
}

#[tokio::test]
async fn the_documented_configuration_sells_its_offer() {
    let rows = blocks(OPERATING, "Models and offers", "toml")[0];
    let providers = blocks(OPERATING, "Providers", "toml")[0];
    let app = TestApp::configured(&format!("{rows}\n{providers}"), &[]).await;
    let offers = app.get("/v1/offers", "").await.expect(200);
    assert_eq!(each(&offers, "id"), ["starter"]);
    let made = app.run(&["key", "new", "--email", "demo@tintype.example"]);
    let key = String::from_utf8(made.stdout).expect("text");
    app.get("/v1/keys/self", key.trim()).await.expect(200);
    let audit = app.run(&["audit"]);
    assert!(
        audit.status.success(),
        "{}",
        String::from_utf8_lossy(&audit.stdout)
    );
}
