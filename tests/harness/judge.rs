//! A double of a provider's moderation endpoint, with faults on demand.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// How the double answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Flags texts with the word `violent` in them, as violence.
    Judges,
    /// Answers 500.
    Fails,
    /// Says nothing.
    Hangs,
    /// Answers a page of HTML with 200.
    Babbles,
    /// Answers without end.
    Floods,
    /// Sends elsewhere.
    Redirects,
    /// Hangs up.
    Resets,
}

/// A running double.
pub struct Judge {
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Judge {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let (mood, asked) = (Arc::new(Mutex::new(Mood::Judges)), Arc::default());
        let double = Self {
            url,
            mood: Arc::clone(&mood),
            asked: Arc::clone(&asked),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mood = *mood.lock().unwrap_or_else(PoisonError::into_inner);
                tokio::spawn(answer(stream, mood, Arc::clone(&asked)));
            }
        });
        double
    }

    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// All that it was asked, oldest first.
    pub fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn answer(mut stream: TcpStream, mood: Mood, asked: Arc<Mutex<Vec<Value>>>) -> Option<()> {
    let body = read(&mut stream).await?;
    let text = body["input"].as_str().unwrap_or_default().to_owned();
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(body);
    let (status, kind, content) = match mood {
        Mood::Judges => {
            let violent = text.contains("violent");
            let answer = json!({"id": "modr-1", "model": "omni-moderation-latest", "results": [{
                "flagged": violent,
                "categories": {"violence": violent, "sexual": false, "illicit": null, "illicit/violent": null},
                "category_scores": {"violence": if violent { 0.97 } else { 0.01 }},
            }]});
            ("200 OK", "application/json", answer.to_string())
        }
        Mood::Fails => (
            "500 Internal Server Error",
            "application/json",
            "{\"error\":{}}".to_owned(),
        ),
        Mood::Babbles => ("200 OK", "text/html", "<html>soon back</html>".to_owned()),
        Mood::Redirects => (
            "307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/",
            "text/plain",
            String::new(),
        ),
        Mood::Hangs => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            return None;
        }
        Mood::Floods => {
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2000000000\r\n\r\n";
            stream.write_all(head.as_bytes()).await.ok()?;
            loop {
                stream.write_all(&[b' '; 65536]).await.ok()?;
            }
        }
        Mood::Resets => return None,
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(content.as_bytes()).await.ok()?;
    stream.shutdown().await.ok()
}

/// The body of one request.
async fn read(stream: &mut TcpStream) -> Option<Value> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .and_then(|length| length.trim().parse::<usize>().ok())?;
        if bytes.len() >= end + 4 + length {
            return serde_json::from_slice(&bytes[end + 4..]).ok();
        }
    }
}
