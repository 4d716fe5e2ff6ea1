//! One connection, from its first byte to its last, and the handlers it starts.
//!
//! A handler outlives its client, see `handler`, and such orphans are bounded:
//! each keeps one of its connection's `max_streams` turns, and the connection's
//! seat among `max_connections`, until it is done.

use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    net::{Ipv4Addr, SocketAddr},
    pin::pin,
    sync::Arc,
};

use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use poem::{
    Addr, Endpoint, Request, RequestParts,
    http::{self, uri::Scheme},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    Limits,
    answer::Answer,
    handler::Handler,
    linger,
    pulse::{Pulse, Watchdog},
    refusal::{self, Refusal, Refuse},
    socket::Socket,
};

/// What one HTTP/2 stream, and all streams of a connection together, may send
/// before a handler has read any of it.
const STREAM_WINDOW: u32 = 256 * 1024;
const CONNECTION_WINDOW: u32 = 1024 * 1024;
/// What a client slow to read may leave lying with us, for each stream.
const SEND_BUFFER: usize = 64 * 1024;

/// How much more than we take we still read of headers on HTTP/2, so that the
/// refusal is ours: beyond that, the protocol refuses without a word.
const HEARD_OUT: u32 = 2;

/// What all connections share.
pub(super) struct Connections<E> {
    endpoint: E,
    refuse: Refuse,
    protocol: Builder<TokioExecutor>,
    limits: Limits,
    tasks: TaskTracker,
    shutdown: CancellationToken,
    cut: CancellationToken,
}

impl<E: Endpoint + 'static> Connections<E> {
    pub(super) fn new(
        endpoint: E,
        refuse: Refuse,
        limits: Limits,
        tasks: TaskTracker,
        shutdown: CancellationToken,
        cut: CancellationToken,
    ) -> Arc<Self> {
        let protocol = protocol(&limits);
        Arc::new(Self {
            endpoint,
            refuse,
            protocol,
            limits,
            tasks,
            shutdown,
            cut,
        })
    }

    pub(super) async fn serve(self: Arc<Self>, socket: TcpStream, seat: OwnedSemaphorePermit) {
        // Answers are written whole, so waiting to fill a packet only delays
        // their last part. A socket that refuses is about to fail anyway.
        let _ = socket.set_nodelay(true);
        let visit = Arc::new(Visit {
            local: LocalAddr(address(socket.local_addr())),
            remote: RemoteAddr(address(socket.peer_addr())),
            pulse: Pulse::new(&self.limits),
            turns: Arc::new(Semaphore::new(self.limits.max_streams as usize)),
            seat: Arc::new(seat),
        });
        let mut watchdog = Watchdog::new(visit.pulse.clone());
        let socket = TokioIo::new(Socket::new(socket, visit.pulse.clone(), self.refuse.clone()));
        let service = service_fn(|request| answer(self.clone(), visit.clone(), request));
        let mut connection = pin!(self.protocol.serve_connection(socket, service));

        let mut leaving = false;
        loop {
            tokio::select! {
                biased;
                // Its errors are the client's doings: nothing to answer, nothing to mend.
                _ = poll_fn(|context| {
                    visit.pulse.let_sleep();
                    connection.as_mut().poll(context)
                }) => return,
                () = poll_fn(|context| watchdog.poll_overdue(context)) => {
                    if leaving {
                        return;
                    }
                }
                () = self.cut.cancelled() => return,
                () = self.shutdown.cancelled(), if !leaving => {}
            }
            leaving = true;
            visit.pulse.hurry();
            connection.as_mut().graceful_shutdown();
        }
    }
}

/// One client's stay.
struct Visit {
    local: LocalAddr,
    remote: RemoteAddr,
    pulse: Arc<Pulse>,
    turns: Arc<Semaphore>,
    seat: Arc<OwnedSemaphorePermit>,
}

async fn answer<E: Endpoint + 'static>(
    connections: Arc<Connections<E>>,
    visit: Arc<Visit>,
    request: http::Request<Incoming>,
) -> Result<http::Response<Answer>, Infallible> {
    let busy = visit.pulse.begin(request.version());
    let (parts, body) = request.into_parts();
    let too_large = refusal::size_of(&parts) > connections.limits.max_headers as usize;
    let body = linger::until_read(&parts, body, busy.clone());
    let (local, remote) = (visit.local.clone(), visit.remote.clone());
    let parts = RequestParts::from((parts, local, remote, Scheme::HTTP));
    let request = Request::from_parts(parts, body);

    // A client that resets its streams faster than their handlers end waits
    // here, where a reset still costs nothing.
    let turn = visit.turns.clone().acquire_owned().await;
    let seat = visit.seat.clone();
    let tracked = connections.tasks.token();
    let response = Handler::new(async move {
        let response = match too_large {
            true => (connections.refuse)(Refusal::HeadersTooLarge),
            false => connections.endpoint.get_response(request).await,
        };
        drop((turn, seat, tracked));
        response
    })
    .await;
    Ok(http::Response::from(response).map(|body| Answer::new(body, busy)))
}

fn protocol(limits: &Limits) -> Builder<TokioExecutor> {
    let mut protocol = Builder::new(TokioExecutor::new());
    // hyper's own header timeout also runs between requests, where five
    // seconds are far too few; the watchdog tells the two apart.
    protocol
        .http1()
        .header_read_timeout(None)
        .max_buf_size(limits.max_headers as usize);
    protocol
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.ping_interval)
        .keep_alive_timeout(limits.ping_interval)
        .max_concurrent_streams(limits.max_streams)
        .max_header_list_size(limits.max_headers * HEARD_OUT)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_send_buf_size(SEND_BUFFER);
    protocol
}

/// A socket already reset has no address left to tell; its connection is
/// about to end, and no handler will hear of it.
fn address(told: io::Result<SocketAddr>) -> Addr {
    told.unwrap_or_else(|_| SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))
        .into()
}
