//! The edge: where strangers' bytes come in.
//!
//! One loop accepts connections and serves an endpoint on them, HTTP/1 and
//! HTTP/2 alike. It differs from the framework's own server in five promises:
//!
//! - **Nobody holds a connection without a request.** The `pulse` of each
//!   connection tells how long it has been silent, how long it has been
//!   spelling out its headers and how long it has refused to read. A request
//!   in flight, however slow its answer, is never cut.
//! - **A started handler finishes.** A client who goes away cannot stop it
//!   between two steps, see `handler`.
//! - **An early answer arrives.** A client still sending a body nobody wants
//!   is heard out for a while, see `linger`.
//! - **A refusal says why.** What the protocol itself refuses is answered in our
//!   form, see `refusal`.
//! - **Stopping ends.** Requests in flight get [`Limits::grace`]; everything
//!   else is closed at once.

mod answer;
mod connection;
mod handler;
mod linger;
mod pulse;
mod refusal;
mod seats;
mod socket;
#[cfg(test)]
mod tests;

use std::{io::ErrorKind, sync::Arc, time::Duration};

use poem::Endpoint;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use connection::Connections;
pub use refusal::{Refusal, Refuse};
pub use seats::seats;

/// How long the loop rests when the system has no socket to give.
const OUT_OF_SOCKETS: Duration = Duration::from_millis(100);

/// How much of our patience and memory one client, and all together, may have.
#[derive(Clone, Debug)]
pub struct Limits {
    /// From the first byte of a request to the last of its headers.
    pub header_timeout: Duration,
    /// From the connection to its first request.
    pub first_request_timeout: Duration,
    /// From the end of one request to the beginning of the next.
    pub idle_timeout: Duration,
    /// How long a client may refuse to read what we write.
    pub write_timeout: Duration,
    /// How often an HTTP/2 peer is asked for a sign of life, and how long it
    /// may take to give one.
    pub ping_interval: Duration,
    /// Connections open at once; further ones wait in the system's queue.
    pub max_connections: usize,
    /// Requests in progress on one connection, counting those whose client
    /// has given up on them.
    pub max_streams: u32,
    /// Bytes of all headers of one request.
    pub max_headers: u32,
    /// How long requests in flight may take to finish once we are stopping.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(5),
            first_request_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            write_timeout: Duration::from_secs(30),
            ping_interval: Duration::from_secs(20),
            max_connections: 10_000,
            max_streams: 100,
            max_headers: 32 * 1024,
            grace: Duration::from_secs(30),
        }
    }
}

/// Serves `endpoint` on `listener` until `shutdown` is cancelled, then returns
/// as soon as the requests in flight are done, or `grace` is over. `refuse` writes
/// the answer to what the protocol refuses.
///
/// A handler that outlives even `grace` is left running: it ends with the
/// runtime, and whatever it has not committed is as if it had crashed.
pub async fn serve(
    listener: TcpListener,
    endpoint: impl Endpoint + 'static,
    refuse: Refuse,
    limits: Limits,
    shutdown: CancellationToken,
) {
    let grace = limits.grace;
    let seats = Arc::new(Semaphore::new(limits.max_connections));
    let tasks = TaskTracker::new();
    let cut = CancellationToken::new();
    let connections = Connections::new(
        endpoint,
        refuse,
        limits,
        tasks.clone(),
        shutdown.clone(),
        cut.clone(),
    );

    while let Some(Ok(seat)) = shutdown.run_until_cancelled(seats.clone().acquire_owned()).await {
        let Some(socket) = shutdown.run_until_cancelled(accept(&listener)).await else {
            break;
        };
        tasks.spawn(connections.clone().serve(socket, seat));
    }

    drop(listener);
    tasks.close();
    tracing::info!(tasks = tasks.len(), "stopping");
    if timeout(grace, tasks.wait()).await.is_err() {
        tracing::warn!(tasks = tasks.len(), "requests outlived the grace period");
        cut.cancel();
    }
}

/// The next connection. Errors that concern only the one who knocked are
/// passed over; when it is we who lack something, such as file descriptors,
/// asking again at once would only keep a processor busy.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((socket, _)) => return socket,
            Err(error) if is_theirs(error.kind()) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                sleep(OUT_OF_SOCKETS).await;
            }
        }
    }
}

fn is_theirs(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
    )
}
