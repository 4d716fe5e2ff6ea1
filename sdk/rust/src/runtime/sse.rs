//! Server-sent events, and how a stream that is cut goes on.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use serde::de::DeserializeOwned;

use super::error::{Error, Result};
use super::event_parser::{Parsed, Parser};
use super::reply::{Reply, ReplyBody, Sent, request_id, sealed};
use super::retry::pause;

const ACCEPT: &str = "text/event-stream";
/// How often a stream is asked for again after it was cut.
const RECONNECTS: u32 = 3;

/// An event of an [`EventStream`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ServerEvent<T> {
    /// What kind of event it is; `message` if the server does not say.
    pub event: String,
    /// Where the stream can be taken up again.
    pub id: Option<String>,
    /// What it carries.
    pub data: T,
}

/// Events as the server sends them: a [`Stream`], and with a `next` of its own.
///
/// It ends when the server ends it. If it is cut, it is taken up behind the last event, three
/// times at most. Drop it to hang up, which cancels nothing on the server.
#[must_use = "nothing is read until the events are asked for"]
pub struct EventStream<T>(Pin<Box<dyn Stream<Item = Result<ServerEvent<T>>> + Send>>);

impl<T> EventStream<T> {
    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<ServerEvent<T>>> {
        self.0.next().await
    }
}

impl<T: DeserializeOwned + Send + 'static> sealed::Read for EventStream<T> {
    const MEDIA_TYPE: &'static str = ACCEPT;
    const STREAMS: bool = true;

    fn read(reply: Reply, sent: Sent) -> Result<Self> {
        let reader = Reader {
            request_id: request_id(&reply.headers),
            body: Some(body(reply)),
            parser: Parser::default(),
            sent,
            reconnects: 0,
        };
        let events = stream::unfold(Some(reader), async |reader| {
            let mut reader = reader?;
            match reader.next().await {
                Ok(None) => None,
                Ok(Some(event)) => Some((Ok(event), Some(reader))),
                Err(error) => Some((Err(error), None)),
            }
        });
        Ok(Self(Box::pin(events)))
    }
}

type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

fn body(reply: Reply) -> ByteStream {
    let lost = |error: reqwest::Error| Error::Connection(error.without_url());
    match reply.body {
        ReplyBody::Whole(body) => stream::once(async { Ok(body) }).boxed(),
        ReplyBody::Streaming(response) => response
            .bytes_stream()
            .map(move |chunk| chunk.map_err(lost))
            .boxed(),
    }
}

struct Reader {
    /// Absent behind the end.
    body: Option<ByteStream>,
    parser: Parser,
    request_id: Option<String>,
    sent: Sent,
    reconnects: u32,
}

impl Reader {
    async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<ServerEvent<T>>> {
        loop {
            if let Some(event) = self.parser.next_event() {
                return self.typed(event).map(Some);
            }
            let Some(body) = &mut self.body else {
                return Ok(None);
            };
            match body.next().await {
                Some(Ok(bytes)) => self.parser.push(&bytes),
                Some(Err(error)) if self.reconnects == RECONNECTS => return Err(error),
                Some(Err(_)) => self.reconnect().await?,
                None => self.body = None,
            }
        }
    }

    /// Asks for what comes behind the last event that came whole.
    async fn reconnect(&mut self) -> Result<()> {
        let asked = self.parser.retry().map(Duration::from_millis);
        tokio::time::sleep(pause(self.reconnects, asked, rand::random())).await;
        self.reconnects += 1;
        self.parser.restart();
        if let Some(id) = self.parser.last_id() {
            self.sent.request.set_header("last-event-id", id)?;
        }
        let reply = self.sent.transport.send(&self.sent.request, ACCEPT, true).await?;
        self.request_id = request_id(&reply.headers);
        self.body = Some(body(reply));
        Ok(())
    }

    fn typed<T: DeserializeOwned>(&self, event: Parsed) -> Result<ServerEvent<T>> {
        let data = serde_json::from_str(&event.data).map_err(|source| Error::Decode {
            source,
            request_id: self.request_id.clone(),
        })?;
        Ok(ServerEvent {
            event: event.event,
            id: event.id,
            data,
        })
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<ServerEvent<T>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}
