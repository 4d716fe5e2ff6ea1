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
            let index = self.seen.note(request);
            let then = self.play(index, &mut read, &mut write).await;
            self.seen.answered(index, then.is_ok());
            if !matches!(then, Ok(Then::Next)) {
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
