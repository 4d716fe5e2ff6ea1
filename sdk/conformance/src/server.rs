//! The scripted server: one per case, on a port of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::answer::{Answer, Fixtures, answer};
use crate::case::{Piece, Step};
use crate::wire::{self, Request};

pub struct Server {
    pub url: String,
    seen: Seen,
    accepting: JoinHandle<()>,
}

/// What came, in its order.
#[derive(Clone, Default)]
pub struct Seen(Arc<Mutex<Vec<Request>>>);

struct Script {
    steps: Vec<Step>,
    fixtures: Arc<Fixtures>,
    /// The same server under another host name.
    other: String,
    seen: Seen,
}

impl Server {
    pub async fn start(steps: Vec<Step>, fixtures: Arc<Fixtures>) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let seen = Seen::default();
        let script = Arc::new(Script {
            steps,
            fixtures,
            other: format!("http://localhost:{port}"),
            seen: seen.clone(),
        });
        let accepting = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let script = Arc::clone(&script);
                tokio::spawn(async move { script.serve(connection).await });
            }
        });
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            seen,
            accepting,
        })
    }

    pub fn seen(&self) -> Seen {
        self.seen.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Seen {
    pub fn lock(&self) -> MutexGuard<'_, Vec<Request>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its index.
    pub fn note(&self, request: Request) -> usize {
        let mut seen = self.lock();
        seen.push(request);
        seen.len() - 1
    }

    pub fn answered(&self, index: usize, whole: bool) {
        let request = &mut self.lock()[index];
        request.answered = Some(Instant::now());
        request.closed = !whole;
    }
}

/// Whether the connection may be used for another request.
enum Then {
    Next,
    Close,
}

/// The client hung up.
struct Gone;

impl Script {
    async fn serve(&self, connection: TcpStream) {
        connection.set_nodelay(true).ok();
        let (read, mut write) = connection.into_split();
        let mut read = BufReader::new(read);
        while let Some(request) = wire::read(&mut read).await {
            let last = request
                .header("connection")
                .is_some_and(|value| value.eq_ignore_ascii_case("close"));
            let index = self.seen.note(request);
            let then = self.play(index, &mut read, &mut write).await;
            self.seen.answered(index, then.is_ok());
            if last || !matches!(then, Ok(Then::Next)) {
                break;
            }
        }
    }

    fn step(&self, index: usize) -> Step {
        let last = self.steps.last().filter(|step| step.repeat);
        let step = self.steps.get(index).or(last).cloned();
        step.unwrap_or_else(|| Step {
            status: Some(418),
            text: Some("The script has no further step.".into()),
            headers: [("X-Should-Retry".to_owned(), Some("false".to_owned()))].into(),
            ..Step::default()
        })
    }

    async fn play(
        &self,
        index: usize,
        read: &mut BufReader<OwnedReadHalf>,
        write: &mut OwnedWriteHalf,
    ) -> Result<Then, Gone> {
        let step = self.step(index);
        pause(step.delay, read).await?;
        if step.lost {
            return Ok(Then::Close);
        }
        if step.hang {
            return silence(read).await;
        }
        let Answer { head, body } = answer(&step, &self.fixtures, index + 1, &self.other);
        send(head.as_bytes(), write).await?;
        if let Some(events) = &step.events {
            stream(events, read, write).await?;
            if step.cut {
                return Ok(Then::Close);
            }
            send(b"0\r\n\r\n", write).await?;
        } else if let Some(count) = step.cut_after {
            send(&body[..count], write).await?;
            return Ok(Then::Close);
        } else if let Some(count) = step.stall_after {
            send(&body[..count], write).await?;
            return silence(read).await;
        } else if let Some((count, seconds)) = step.pause_after {
            send(&body[..count], write).await?;
            pause(seconds, read).await?;
            send(&body[count..], write).await?;
        } else {
            send(&body, write).await?;
        }
        Ok(if step.close { Then::Close } else { Then::Next })
    }
}

async fn stream(
    events: &[Piece],
    read: &mut BufReader<OwnedReadHalf>,
    write: &mut OwnedWriteHalf,
) -> Result<(), Gone> {
    for piece in events {
        let bytes = match piece {
            Piece::Pause { pause: seconds } => {
                pause(*seconds, read).await?;
                continue;
            }
            Piece::Text(text) => text.clone().into_bytes(),
            Piece::Raw { base64 } => BASE64_STANDARD.decode(base64).expect("base64"),
        };
        let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), &bytes, b"\r\n"].concat();
        send(&chunk, write).await?;
    }
    Ok(())
}

async fn send(bytes: &[u8], write: &mut OwnedWriteHalf) -> Result<(), Gone> {
    write.write_all(bytes).await.map_err(|_| Gone)
}

/// Waits, unless the client hangs up before.
async fn pause(seconds: f64, read: &mut BufReader<OwnedReadHalf>) -> Result<(), Gone> {
    if seconds == 0.0 {
        return Ok(());
    }
    tokio::select! {
        () = sleep(Duration::from_secs_f64(seconds)) => Ok(()),
        gone = hung_up(read) => Err(gone),
    }
}

async fn silence(read: &mut BufReader<OwnedReadHalf>) -> Result<Then, Gone> {
    Err(hung_up(read).await)
}

/// A client that waits for its answer sends nothing, so whatever can be read is the end.
async fn hung_up(read: &mut BufReader<OwnedReadHalf>) -> Gone {
    read.read_u8().await.ok();
    Gone
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::Server;
    use crate::form;

    async fn server(steps: Value) -> Server {
        let steps = serde_json::from_value(steps).expect("steps");
        let fixtures = [("thing".to_owned(), json!({"id": "a", "in": {"b": 1, "c": 2}}))];
        let started = Server::start(steps, Arc::new(fixtures.into())).await;
        started.expect("it starts")
    }

    /// Everything until the server closes.
    async fn say(server: &Server, request: &str) -> String {
        let address = server.url.trim_start_matches("http://");
        let mut connection = TcpStream::connect(address).await.expect("a connection");
        connection.write_all(request.as_bytes()).await.expect("written");
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).await.expect("an answer");
        String::from_utf8(answer).expect("text")
    }

    const GET: &str = "GET /a%2Fb?c=d+e HTTP/1.1\r\nConnection: close\r\n\r\n";

    #[tokio::test]
    async fn plays_its_steps_in_turn() {
        let server = server(json!([
            {"lost": true},
            {"problem": {"status": 503, "code": "unavailable"}, "headers": {"Retry-After": "1"}},
            {"like": "thing", "with": {"in": {"c": null}}}
        ]))
        .await;
        assert_eq!(say(&server, GET).await, "");
        let refusal = say(&server, GET).await;
        assert!(
            refusal.starts_with("HTTP/1.1 503 Service Unavailable\r\n"),
            "{refusal}"
        );
        assert!(
            refusal.contains("Retry-After: 1\r\n") && refusal.contains("req_conformance_2"),
            "{refusal}"
        );
        let answer = say(&server, GET).await;
        assert!(
            answer.ends_with(r#"{"id":"a","in":{"b":1,"c":null}}"#),
            "{answer}"
        );
        assert!(say(&server, GET).await.starts_with("HTTP/1.1 418 "));
        let seen = server.seen().lock().clone();
        assert_eq!(seen.len(), 4);
        assert_eq!(seen[0].path, "/a%2Fb");
        assert_eq!(seen[0].query, [("c".to_owned(), "d e".to_owned())]);
    }

    #[tokio::test]
    async fn breaks_off_where_it_is_told_to() {
        let server = server(json!([
            {"text": "0123456789", "cut_after": 4},
            {"events": ["data: 1\n\n", {"pause": 0.01}, {"base64": "Mg=="}], "cut": true},
            {"events": ["data: 1\n\n"]}
        ]))
        .await;
        let cut = say(&server, GET).await;
        assert!(
            cut.contains("Content-Length: 10\r\n") && cut.ends_with("\r\n\r\n0123"),
            "{cut}"
        );
        let stream = say(&server, GET).await;
        assert!(
            stream.ends_with("\r\n\r\n9\r\ndata: 1\n\n\r\n1\r\n2\r\n"),
            "{stream}"
        );
        assert!(say(&server, GET).await.ends_with("data: 1\n\n\r\n0\r\n\r\n"));
    }

    #[tokio::test]
    async fn reads_bodies_in_chunks() {
        let server = server(json!([{"status": 204}])).await;
        let (first, second) = (
            "--x\r\nContent-Disposition: form-data; name=\"a",
            "\"\r\n\r\nb\r\n--x--\r\n",
        );
        let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
        let head = "POST / HTTP/1.1\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=x";
        let head = format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n");
        let answer = say(
            &server,
            &format!("{head}{}{}0\r\n\r\n", chunk(first), chunk(second)),
        )
        .await;
        assert!(answer.starts_with("HTTP/1.1 204 No Content\r\n"), "{answer}");
        let seen = server.seen().lock().clone();
        let parts = form::parts(seen[0].header("content-type").expect("a type"), &seen[0].body);
        let part = parts.expect("a form").remove(0);
        assert_eq!((part.name.as_str(), part.body.as_slice()), ("a", b"b".as_slice()));
    }
}
