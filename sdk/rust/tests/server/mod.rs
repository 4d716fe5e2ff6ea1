//! A Tintype to test against: the binary of this workspace, with a folder of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use tintype_client::Tintype;

pub struct Server {
    pub url: String,
    pub key: String,
    folder: PathBuf,
    process: Child,
}

impl Server {
    pub fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("tintype-client-{name}-{}", std::process::id()));
        let mut process = Command::new(binary())
            .arg("serve")
            .env_clear()
            .env("TINTYPE_LISTEN", "127.0.0.1:0")
            .env("TINTYPE_DATA_DIR", &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let stdout = BufReader::new(process.stdout.take().expect("a pipe"));
        let (mut url, mut key) = (String::new(), String::new());
        let mut lines = stdout.lines().map_while(Result::ok);
        // The last line of its greeting says how to stop.
        for line in lines.by_ref().take_while(|line| !line.contains("Ctrl-C")) {
            if let Some(address) = line.trim().strip_prefix("Address") {
                address.trim().clone_into(&mut url);
            }
            if let Some(test_key) = line.trim().strip_prefix("Test key") {
                test_key.trim().clone_into(&mut key);
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        assert!(!url.is_empty() && !key.is_empty(), "the server did not start");
        Self {
            url,
            key,
            folder,
            process,
        }
    }

    pub fn client(&self) -> Tintype {
        self.with_key(&self.key)
    }

    pub fn with_key(&self, key: &str) -> Tintype {
        let client = Tintype::builder().base_url(&self.url).api_key(key).build();
        client.expect("a client")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// `TINTYPE_BINARY`, or the workspace's own, built if it is not fresh.
fn binary() -> PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    let binary = BINARY.get_or_init(|| {
        if let Some(binary) = std::env::var_os("TINTYPE_BINARY") {
            return binary.into();
        }
        let mut build = Command::new(env!("CARGO"));
        build.args([
            "build",
            "--quiet",
            "--locked",
            "--package",
            "tintype",
            "--bin",
            "tintype",
        ]);
        let built = build.current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "the server can't be built"
        );
        // This program lies in target/<profile>/deps.
        let own = std::env::current_exe().expect("a path");
        own.ancestors()
            .nth(2)
            .expect("the profile's folder")
            .join("tintype")
    });
    binary.clone()
}
