//! A configuration file that changes while the server runs.

use std::process::Command;
use std::time::Instant;

use crate::{PATIENCE, Process, TestApp};

impl TestApp {
    /// Writes the configuration file anew; the server does not know yet.
    pub fn write_configuration(&self, file: &str) {
        let path = self.data_dir.join("tintype.toml");
        std::fs::write(path, file).expect("the folder can be written");
    }

    /// Writes the configuration file anew and has the server read it. What the
    /// server says to that.
    pub async fn reconfigure(&self, file: &str) -> String {
        self.write_configuration(file);
        self.process.hang_up().await
    }
}

impl Process {
    /// Sends SIGHUP, and waits for what the process says of the catalogue then.
    pub async fn hang_up(&self) -> String {
        let before = self.log().len();
        let sent = Command::new("kill")
            .args(["-HUP", &self.id().to_string()])
            .status()
            .expect("kill runs");
        assert!(sent.success(), "it can't be told");
        let begin = Instant::now();
        loop {
            let log = self.log();
            let said = log[before..].lines().find(|line| line.contains("the catalogue"));
            if let Some(said) = said.filter(|_| log.ends_with('\n')) {
                return said.to_owned();
            }
            assert!(begin.elapsed() < PATIENCE, "it says nothing: {log}");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}
