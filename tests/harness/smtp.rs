//! A real mail server in a process of its own: aiosmtpd, from PyPI.

use std::fs::{File, create_dir_all};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::PATIENCE;

const PACKAGES: [&str; 2] = ["aiosmtpd==1.4.6", "trustme==1.2.1"];

/// A mail server that takes what it is sent; `tests/smtp/server.py` says which
/// recipients it treats otherwise.
pub struct MailServer {
    pub port: u16,
    /// PEM of the authority that it is certified by.
    pub authority: PathBuf,
    child: Child,
    said: Arc<Mutex<Vec<Value>>>,
}

impl MailServer {
    /// Starts one with this encryption: `none`, `starttls` or `tls`. With either of
    /// the latter it asks for `tintype` and `päss word`.
    pub fn start(encryption: &str) -> Self {
        let authority = std::env::temp_dir().join(format!("tintype-smtp-{:x}.pem", rand::random::<u64>()));
        let mut child = Command::new(python())
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("smtp/server.py"))
            .args([encryption, authority.to_str().expect("a path")])
            .stdout(Stdio::piped())
            // It tells of every handshake that is refused.
            .stderr(Stdio::null())
            .spawn()
            .expect("the mail server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let port = lines
            .next()
            .and_then(Result::ok)
            .and_then(|line| line.parse().ok());
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let value = serde_json::from_str(&line).unwrap_or_default();
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(value);
            }
        });
        Self {
            port: port.expect("the mail server names its port"),
            authority,
            child,
            said,
        }
    }

    /// The settings that send mail to it, encrypted by nothing.
    pub fn settings(&self) -> [(&'static str, String); 1] {
        let url = format!("smtp://127.0.0.1:{}?tls=none", self.port);
        [("TINTYPE_MAIL_SMTP_URL", url)]
    }

    /// All that it said so far.
    pub fn said(&self) -> Vec<Value> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The mails that it took for an address, oldest first.
    pub fn mails(&self, to: &str) -> Vec<Value> {
        let is_for = |mail: &Value| mail["to"][0] == to;
        self.said().into_iter().filter(is_for).collect()
    }

    /// Waits until it has taken so many mails for an address.
    pub async fn wait_for(&self, to: &str, count: usize) -> Vec<Value> {
        let begun = Instant::now();
        loop {
            let mails = self.mails(to);
            if mails.len() >= count {
                return mails;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "only {mails:?} for {to}: {:?}",
                self.said()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        // Neither matters: it may have ended, and the file may never have been written.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.authority);
    }
}

/// A Python that has the packages; they are installed beside the built binary.
fn python() -> &'static Path {
    static READY: OnceLock<PathBuf> = OnceLock::new();
    READY.get_or_init(|| {
        let binary = crate::binary();
        let target = binary.ancestors().nth(2).expect("the target folder");
        let folder = target.join("mail-server");
        create_dir_all(target).expect("the target folder");
        // Another test process may be at it, too.
        let mut lock = File::create(target.join("mail-server.lock")).expect("a lock");
        lock.lock().expect("the lock");
        let python = folder.join("bin/python");
        let done = folder.join(PACKAGES.join("-"));
        if !done.exists() {
            let advice = "the mail tests need Python 3.11 or newer with its venv module, and PyPI";
            run(Command::new("python3").args(["-m", "venv"]).arg(&folder), advice);
            let mut install = Command::new(&python);
            run(
                install.args(["-m", "pip", "install", "--quiet"]).args(PACKAGES),
                advice,
            );
            File::create(done).expect("a mark");
        }
        let _ = writeln!(lock, "done");
        python
    })
}

fn run(command: &mut Command, advice: &str) {
    let status = command.status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "{command:?} failed: {advice}"
    );
}
