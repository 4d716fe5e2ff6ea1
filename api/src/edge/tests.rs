//! The patience of a connection, with limits short enough to wait for.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use poem::Response;
use poem::endpoint::make_sync;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{Limits, Refuse, serve};

/// More than the system's own buffers hold.
const LARGE: usize = 32 << 20;

async fn server(limits: Limits) -> (SocketAddr, DropGuard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let shutdown = CancellationToken::new();
    let endpoint = make_sync(|_| vec![b'a'; LARGE]);
    let refuse: Refuse = Arc::new(|_| Response::default());
    tokio::spawn(serve(listener, endpoint, refuse, limits, shutdown.clone()));
    (address, shutdown.drop_guard())
}

async fn ask(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("it accepts");
    let request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    stream.write_all(request).await.expect("it is sent");
    stream
}

/// How much comes until the end, which need not be a good one.
async fn read_on(stream: &mut TcpStream, pause: Duration) -> usize {
    let mut bytes = vec![0; 1 << 20];
    let mut came = 0;
    while let Ok(count @ 1..) = stream.read(&mut bytes).await {
        came += count;
        if came >= LARGE {
            return came;
        }
        sleep(pause).await;
    }
    came
}

#[tokio::test]
async fn a_connection_that_idles_is_closed() {
    let limits = Limits {
        idle_timeout: Duration::from_millis(300),
        ..Limits::default()
    };
    let (address, _running) = server(limits).await;
    let mut stream = ask(address).await;
    assert!(read_on(&mut stream, Duration::ZERO).await >= LARGE);
    let begin = Instant::now();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.expect("a polite end");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn who_refuses_to_read_is_cut_off() {
    let limits = Limits {
        write_timeout: Duration::from_millis(300),
        ..Limits::default()
    };
    let (address, _running) = server(limits).await;
    let mut stream = ask(address).await;
    sleep(Duration::from_secs(3)).await;
    assert!(read_on(&mut stream, Duration::ZERO).await < LARGE, "it waited");
}

#[tokio::test]
async fn who_reads_slowly_gets_it_all() {
    let limits = Limits {
        write_timeout: Duration::from_secs(1),
        idle_timeout: Duration::from_millis(300),
        ..Limits::default()
    };
    let (address, _running) = server(limits).await;
    let begin = Instant::now();
    let mut stream = ask(address).await;
    assert!(read_on(&mut stream, Duration::from_millis(60)).await >= LARGE);
    assert!(begin.elapsed() > Duration::from_millis(1500), "too fast to tell");
}
