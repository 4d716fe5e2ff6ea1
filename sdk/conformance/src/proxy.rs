//! A proxy that keeps the first replies for itself: the work is done, and the caller never
//! learns of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::server::Seen;
use crate::wire::{self, Request};

pub struct Proxy {
    pub url: String,
    seen: Seen,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// `upstream` is `http://host:port`.
    pub async fn start(upstream: &str, swallow: usize) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let upstream = upstream.trim_start_matches("http://").to_owned();
        let seen = Seen::default();
        let (noting, left) = (seen.clone(), Arc::new(AtomicUsize::new(swallow)));
        let accepting = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (upstream, seen, left) = (upstream.clone(), noting.clone(), Arc::clone(&left));
                tokio::spawn(async move { pass(connection, &upstream, &seen, &left).await });
            }
        });
        Ok(Self { url, seen, accepting })
    }

    pub fn seen(&self) -> Seen {
        self.seen.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One request, one reply, and the connection is closed.
async fn pass(connection: TcpStream, upstream: &str, seen: &Seen, left: &AtomicUsize) -> Option<()> {
    let (read, mut write) = connection.into_split();
    let request = wire::read(&mut BufReader::new(read)).await?;
    let index = seen.note(request.clone());
    let reply = forward(&request, upstream).await.ok()?;
    let swallowed = left
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
        .is_ok();
    if !swallowed {
        write.write_all(&reply).await.ok()?;
    }
    seen.answered(index, true);
    Some(())
}

async fn forward(request: &Request, upstream: &str) -> std::io::Result<Vec<u8>> {
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target());
    for (name, value) in &request.headers {
        let own = ["connection", "content-length", "transfer-encoding"];
        if !own.contains(&name.to_lowercase().as_str()) {
            head += &format!("{name}: {value}\r\n");
        }
    }
    head += &format!(
        "Connection: close\r\nContent-Length: {}\r\n\r\n",
        request.body.len()
    );
    let mut connection = TcpStream::connect(upstream).await?;
    connection.write_all(head.as_bytes()).await?;
    connection.write_all(&request.body).await?;
    let mut reply = Vec::new();
    connection.read_to_end(&mut reply).await?;
    Ok(reply)
}
