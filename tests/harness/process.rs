//! The binary as a process.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::PATIENCE;

pub struct Process {
    pub url: String,
    pub demo: String,
    /// What it said when it was ready.
    pub greeting: String,
    child: Child,
    log: Arc<Mutex<String>>,
}

/// The binary, built if it is not fresh.
pub fn binary() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        // This test's own program lies in target/<profile>/deps.
        let own = std::env::current_exe().expect("a path");
        let folder = own
            .ancestors()
            .nth(2)
            .expect("the profile's folder")
            .to_path_buf();
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
        // Where a test tool sets it to have times reported, it would rebuild everything.
        build.env_remove("RUSTC_BOOTSTRAP");
        if folder.ends_with("release") {
            build.arg("--release");
        }
        let status = build
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the binary can't be built");
        folder.join("tintype")
    });
    built.clone()
}

fn command(settings: &[(String, String)], arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    // Nothing of the developer's own environment.
    command.env_clear().args(arguments).envs(settings.iter().cloned());
    command
}

pub(crate) fn run(settings: &[(String, String)], arguments: &[&str]) -> Output {
    command(settings, arguments).output().expect("the binary runs")
}

impl Process {
    /// Starts and waits until it is ready.
    pub(crate) async fn serve(settings: &[(String, String)], arguments: &[&str]) -> Self {
        let process = Self::start(settings, arguments);
        tokio::task::spawn_blocking(|| process.ready())
            .await
            .expect("the thread ends")
    }

    /// Starts and does not wait.
    pub(crate) fn start(settings: &[(String, String)], arguments: &[&str]) -> Self {
        Self::spawn(&mut command(settings, arguments))
    }

    /// Starts as a newcomer does, in a folder and with no configuration; only the
    /// port is any free one.
    pub async fn of_newcomer(folder: &Path) -> Self {
        let port = [("TINTYPE_LISTEN".to_owned(), "127.0.0.1:0".to_owned())];
        let process = Self::spawn(command(&port, &[]).current_dir(folder));
        tokio::task::spawn_blocking(|| process.ready())
            .await
            .expect("the thread ends")
    }

    /// Starts as a newcomer does, where the system lets a process open so many files.
    pub async fn with_open_files(folder: &Path, files: u32, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new("sh");
        let script = "ulimit -n \"$0\" && exec \"$1\"";
        command
            .args(["-c", script, &files.to_string()])
            .arg(binary())
            .env_clear()
            .env("TINTYPE_LISTEN", "127.0.0.1:0")
            .envs(settings.iter().copied());
        let process = Self::spawn(command.current_dir(folder));
        tokio::task::spawn_blocking(|| process.ready())
            .await
            .expect("the thread ends")
    }

    fn spawn(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let log = Arc::new(Mutex::new(String::new()));
        let mut stderr = child.stderr.take().expect("a pipe");
        let errors = Arc::clone(&log);
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = stderr.read(&mut chunk) {
                let text = String::from_utf8_lossy(&chunk[..count]);
                errors
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push_str(&text);
            }
        });
        Self {
            url: String::new(),
            demo: String::new(),
            greeting: String::new(),
            child,
            log,
        }
    }

    /// Waits for the greeting, which is printed once it serves.
    fn ready(mut self) -> Self {
        let stdout = BufReader::new(self.child.stdout.take().expect("a pipe"));
        let mut lines = stdout.lines();
        for line in lines.by_ref().map_while(Result::ok) {
            self.greeting.push_str(&line);
            self.greeting.push('\n');
            for place in ["Address", "Listens"] {
                if let Some(address) = line.trim().strip_prefix(place) {
                    address.trim().clone_into(&mut self.url);
                }
            }
            if let Some(key) = line.trim().strip_prefix("Test key") {
                key.trim().clone_into(&mut self.demo);
            }
            // The last line says how to stop.
            if line.contains("Ctrl-C") {
                break;
            }
        }
        std::thread::spawn(move || lines.for_each(drop));
        assert!(!self.url.is_empty(), "it did not start: {}", self.log());
        self
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// All that it wrote on its terminal.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }

    /// Asks it to stop, waits for its good end, and says how long it took.
    pub fn stop(&mut self) -> Duration {
        let begin = Instant::now();
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return Duration::ZERO;
        }
        let id = self.child.id().to_string();
        let asked = Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill runs");
        assert!(asked.success(), "it can't be asked to stop");
        while begin.elapsed() < PATIENCE {
            if let Ok(Some(status)) = self.child.try_wait() {
                let panicking = std::thread::panicking();
                assert!(panicking || status.success(), "{status}: {}", self.log());
                return begin.elapsed();
            }
            std::thread::yield_now();
            std::thread::park_timeout(Duration::from_millis(5));
        }
        self.kill();
        panic!("it did not stop: {}", self.log());
    }

    /// Bytes that it had the system write so far, to whatever.
    pub fn bytes_written(&self) -> u64 {
        let path = format!("/proc/{}/io", self.child.id());
        let counts = std::fs::read_to_string(path).expect("the process lives");
        let line = counts.lines().find_map(|line| line.strip_prefix("wchar: "));
        line.expect("a count").parse().expect("a number")
    }

    /// Resident memory in bytes.
    pub fn memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("the process lives");
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .expect("its memory");
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        kibibytes * 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
