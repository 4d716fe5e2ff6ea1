//! A provider that does as each job's prompt says, in this process: it answers
//! well, or late, never, wrongly, too much. It knows every job that it took on,
//! as a provider would that sends a bill for each.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// A picture of one pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const TORN: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";

/// What a provider can do wrong, and how the generation must end then.
pub const FAULTS: &[(&str, &str)] = &[
    ("error before work", "succeeded"),
    ("error after work", "succeeded"),
    ("unavailable", "succeeded"),
    ("limit in seconds", "succeeded"),
    ("limit in milliseconds", "succeeded"),
    ("limit in the body", "succeeded"),
    ("hang", "succeeded"),
    ("drip", "succeeded"),
    ("reset", "succeeded"),
    ("html", "succeeded"),
    ("huge", "succeeded"),
    ("lost", "succeeded"),
    ("later", "succeeded"),
    ("callbacks", "succeeded"),
    ("partial", "succeeded"),
    ("refuse", "failed"),
    ("refuse politely", "failed"),
    ("refuse and drip", "failed"),
    ("fail", "failed"),
    ("empty", "failed"),
    ("torn", "failed"),
    ("retired", "failed"),
    ("silent", "failed"),
];

#[derive(Clone, Default)]
struct Job {
    fault: String,
    looks: u32,
}

#[derive(Default)]
struct Books {
    /// What was taken on, by our reference: each is billed once.
    jobs: HashMap<String, Job>,
    /// How often each prompt was sent, under whatever reference.
    sent: HashMap<String, u32>,
    /// Outputs of a test's own, by the prompt without its last word.
    outputs: HashMap<String, Value>,
}

/// The provider, at work until it is dropped.
pub struct Double {
    pub url: String,
    books: Arc<Mutex<Books>>,
    serving: tokio::task::JoinHandle<()>,
}

impl Double {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let books = Arc::<Mutex<Books>>::default();
        let shared = Arc::clone(&books);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever breaks off is not missed.
                let books = Arc::clone(&shared);
                tokio::spawn(async move { drop(serve(stream, &books).await) });
            }
        });
        Self { url, books, serving }
    }

    /// Answers prompts that begin so with these outputs.
    pub fn makes(&self, prompt: &str, outputs: Value) {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.outputs.insert(prompt.to_owned(), outputs);
    }

    /// The references of all jobs that it would send a bill for.
    pub fn billed(&self) -> Vec<String> {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.jobs.keys().cloned().collect()
    }

    /// How often a prompt was sent.
    pub fn sent(&self, prompt: &str) -> u32 {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.sent.get(prompt).copied().unwrap_or_default()
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(mut stream: TcpStream, books: &Mutex<Books>) -> io::Result<()> {
    let mut read = Vec::new();
    let head = loop {
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let text = String::from_utf8_lossy(&read[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    while read.len() < head + length {
        if stream.read_buf(&mut read).await? == 0 {
            return Ok(());
        }
    }
    let first = String::from_utf8_lossy(&read[..head]).into_owned();
    let mut words = first.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match method {
        "POST" => {
            let body: Value = serde_json::from_slice(&read[head..]).unwrap_or_default();
            take(stream, books, &body).await
        }
        "DELETE" => answer(&mut stream, 200, "", &json!({"status": "running"})).await,
        _ => {
            let reference = path.rsplit('/').next().unwrap_or_default();
            look(stream, books, reference).await
        }
    }
}

/// `POST /jobs`: one a reference, however often it comes.
async fn take(mut stream: TcpStream, books: &Mutex<Books>, body: &Value) -> io::Result<()> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (reference, prompt) = (text(&body["reference"]), text(&body["input"]["prompt"]));
    let fault = prompt
        .rsplit_once(' ')
        .map_or(prompt.as_str(), |(fault, _)| fault)
        .to_owned();
    let first = {
        let mut books = books.lock().unwrap_or_else(PoisonError::into_inner);
        let sent = books.sent.entry(prompt.clone()).or_default();
        *sent += 1;
        *sent == 1
    };
    let error = |code: &str, message: &str| json!({"error": {"code": code, "message": message}});
    if first {
        // What is said before any work begins.
        let (status, headers, body) = match fault.as_str() {
            "error before work" => (500, "", error("internal", "oops")),
            "unavailable" => (503, "", error("overloaded", "come back")),
            "limit in seconds" => (429, "retry-after: 1\r\n", error("rate_limit_exceeded", "slow")),
            "limit in milliseconds" => (
                429,
                "retry-after-ms: 300\r\n",
                error("rate_limit_exceeded", "slow"),
            ),
            "limit in the body" => {
                let details = json!([{"@type": "google.rpc.RetryInfo", "retryDelay": "0.4s"}]);
                let body =
                    json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": details}});
                (429, "", body)
            }
            "refuse" => (400, "", error("moderation_blocked", "the safety system says no")),
            "retired" => (404, "", error("model_not_found", "the model does not exist")),
            _ => (0, "", Value::Null),
        };
        if fault == "refuse and drip" {
            return drip(&mut stream, "400 Bad Request").await;
        }
        if status > 0 {
            return answer(&mut stream, status, headers, &body).await;
        }
    }
    let job = Job {
        fault: fault.clone(),
        looks: 0,
    };
    books
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .jobs
        .entry(reference.clone())
        .or_insert(job);
    match fault.as_str() {
        "error after work" | "silent" => answer(&mut stream, 500, "", &error("internal", "oops")).await,
        "hang" => {
            sleep(Duration::from_secs(60)).await;
            Ok(())
        }
        "lost" => Ok(()),
        "html" => {
            raw(
                &mut stream,
                "200 OK",
                "content-type: text/html\r\n",
                b"<html>Welcome</html>",
            )
            .await
        }
        "reset" => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{\"status\":")
                .await?;
            stream.set_zero_linger()?;
            Ok(())
        }
        "drip" => drip(&mut stream, "200 OK").await,
        "huge" => {
            let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n";
            stream.write_all(head).await?;
            let chunk = vec![b' '; 1 << 20];
            for _ in 0..2048 {
                stream.write_all(&chunk).await?;
            }
            Ok(())
        }
        "later" => {
            answer(
                &mut stream,
                202,
                "",
                &json!({"status": "Processing", "job": format!("task-{reference}")}),
            )
            .await
        }
        "callbacks" => {
            let (url, secret) = (text(&body["callback_url"]), text(&body["callback_secret"]));
            let call = async |secret: &str| {
                let request = reqwest::Client::new()
                    .post(&url)
                    .header("x-callback-secret", secret);
                // Whether it is heard changes nothing.
                drop(request.body("{\"status\": \"failed\"}").send().await);
            };
            call(&secret).await;
            call("forged").await;
            answer(&mut stream, 202, "", &json!({"status": "STAGED"})).await?;
            call(&secret).await;
            call(&secret).await;
            Ok(())
        }
        _ => {
            let own = books
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .outputs
                .get(&fault)
                .cloned();
            let made = match own {
                Some(outputs) => json!({"status": "succeeded", "job": "task", "outputs": outputs}),
                None => made(&fault),
            };
            answer(&mut stream, 200, "", &made).await
        }
    }
}

/// `GET /jobs/{reference}`.
async fn look(mut stream: TcpStream, books: &Mutex<Books>, reference: &str) -> io::Result<()> {
    let job = {
        let mut books = books.lock().unwrap_or_else(PoisonError::into_inner);
        books.jobs.get_mut(reference).map(|job| {
            job.looks += 1;
            job.clone()
        })
    };
    let Some(job) = job else {
        let body = json!({"error": {"code": "unknown_job", "message": "never heard of it"}});
        return answer(&mut stream, 404, "", &body).await;
    };
    match job.fault.as_str() {
        "silent" => answer(&mut stream, 500, "", &json!({"error": {"message": "oops"}})).await,
        "later" | "callbacks" if job.looks < 2 => {
            answer(&mut stream, 200, "", &json!({"status": "in_progress"})).await
        }
        fault => {
            let made = made(fault);
            answer(&mut stream, 200, "", &made).await
        }
    }
}

/// A job that has ended.
fn made(fault: &str) -> Value {
    let picture = |data: &str| json!({"data": data});
    let outputs = match fault {
        "fail" => return json!({"status": "FAILED", "error": {"message": "the model broke"}}),
        "refuse politely" => {
            return json!({"status": "failed", "error": {"message": "it may violate our content policy"}});
        }
        "empty" => vec![picture("")],
        "torn" => vec![picture(TORN)],
        "partial" => vec![picture(PIXEL), picture(TORN), picture(PIXEL)],
        _ => vec![picture(PIXEL)],
    };
    json!({"status": "Completed", "job": "task", "outputs": outputs})
}

async fn answer(stream: &mut TcpStream, status: u16, headers: &str, body: &Value) -> io::Result<()> {
    let headers = format!("content-type: application/json\r\n{headers}");
    raw(
        stream,
        &format!("{status} Said"),
        &headers,
        body.to_string().as_bytes(),
    )
    .await
}

/// A status at once, and a body that takes for ever.
async fn drip(stream: &mut TcpStream, status: &str) -> io::Result<()> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: 5000\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    loop {
        stream.write_all(b" ").await?;
        sleep(Duration::from_millis(200)).await;
    }
}

async fn raw(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.shutdown().await
}
