//! A mail relay with moods: it takes every connection, and then does as it likes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::PATIENCE;

/// What it is like from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Temper {
    /// It takes every mail.
    Willing,
    /// It takes connections and says nothing.
    Silent,
    /// It takes sender and recipient, and lets the text wait.
    Pensive,
}

pub struct Relay {
    port: u16,
    temper: watch::Sender<Temper>,
    heard: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Relay {
    pub async fn start(temper: Temper) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, receiver) = watch::channel(temper);
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&heard);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, temper) = (Arc::clone(&log), receiver.clone());
                tokio::spawn(async move { converse(stream, temper, log).await });
            }
        });
        Self {
            port,
            temper: sender,
            heard,
            task,
        }
    }

    /// The setting that has mails sent to it.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    pub fn becomes(&self, temper: Temper) {
        self.temper.send_replace(temper);
    }

    /// Every line that it was sent.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until a line that begins like this came so many times.
    pub async fn wait_for(&self, line: &str, times: usize) {
        let begun = Instant::now();
        while self
            .heard()
            .iter()
            .filter(|heard| heard.starts_with(line))
            .count()
            < times
        {
            assert!(begun.elapsed() < PATIENCE, "no {line} in {:?}", self.heard());
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn converse(
    stream: TcpStream,
    mut temper: watch::Receiver<Temper>,
    heard: Arc<Mutex<Vec<String>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    temper.wait_for(|temper| *temper != Temper::Silent).await.ok()?;
    stream.write_all(b"220 relay\r\n").await.ok()?;
    let mut text = false;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_owned();
        heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(line.clone());
        let answer = match line.as_str() {
            "." => {
                text = false;
                "250 taken"
            }
            _ if text => continue,
            "DATA" => {
                temper.wait_for(|temper| *temper == Temper::Willing).await.ok()?;
                text = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 well",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}
