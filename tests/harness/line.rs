//! A line to PostgreSQL that can be cut right after a commit was sent, so that
//! its answer is lost.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// As many lines as are asked for, all to the same server.
pub struct Line {
    address: SocketAddr,
    due: Arc<AtomicU32>,
}

impl Line {
    pub(crate) fn to(url: &str) -> Self {
        let url = Url::parse(url).expect("a URL");
        let server = (
            url.host_str().expect("a host").to_owned(),
            url.port().unwrap_or(5432),
        );
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let due = Arc::new(AtomicU32::new(0));
        // On a thread of its own: a test that waits must not hold the line up.
        let cuts = Arc::clone(&due);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime
                .expect("a runtime")
                .block_on(carry_all(listener, server, cuts));
        });
        Self { address, due }
    }

    /// The same database, by way of this line.
    pub(crate) fn through(&self, url: &str) -> String {
        let mut url = Url::parse(url).expect("a URL");
        url.set_ip_host(self.address.ip()).expect("a host");
        url.set_port(Some(self.address.port())).expect("a port");
        // A commit is recognised by its words.
        url.query_pairs_mut().append_pair("sslmode", "disable");
        url.into()
    }

    /// Lets the next commit through, but not its answer.
    pub fn lose_an_answer(&self) {
        self.due.fetch_add(1, Ordering::Relaxed);
    }
}

async fn carry_all(listener: TcpListener, server: (String, u16), cuts: Arc<AtomicU32>) {
    listener.set_nonblocking(true).expect("a socket that waits");
    let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(carry(client, server.clone(), Arc::clone(&cuts)));
    }
}

async fn carry(client: TcpStream, server: (String, u16), cuts: Arc<AtomicU32>) {
    let server = TcpStream::connect(server).await.expect("the database answers");
    let (mut from_server, to_server) = server.into_split();
    let (from_client, mut to_client) = client.into_split();
    // Whichever side ends, the other is dropped with it.
    tokio::select! {
        _ = copy(&mut from_server, &mut to_client) => {}
        () = ask(from_client, to_server, cuts) => {}
    }
}

/// Carries what the client asks, until it is time to cut.
async fn ask(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, cuts: Arc<AtomicU32>) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
        let commits = bytes[..count].windows(7).any(|word| word == b"COMMIT\0");
        let due = |due: u32| due.checked_sub(1);
        if commits
            && cuts
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, due)
                .is_ok()
        {
            return;
        }
    }
}
