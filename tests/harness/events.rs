//! A stream of server-sent events, read as it comes.

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tokio::time::timeout;

use crate::conformance::stream_faults;
use crate::{PATIENCE, TestApp, text};

/// An open stream.
pub struct Events {
    path: String,
    chunks: BoxStream<'static, reqwest::Result<Bytes>>,
    unread: String,
}

/// What comes next on a stream.
#[derive(Debug, Clone, PartialEq)]
pub enum Sign {
    Event {
        id: Option<String>,
        name: String,
        data: Value,
    },
    /// A comment, which says that the line is alive.
    Heartbeat,
    /// The stream came to its end.
    End,
    /// It broke off.
    Cut,
}

impl Sign {
    /// The event's id and name.
    #[track_caller]
    pub fn named(&self) -> (Option<&str>, &str) {
        match self {
            Self::Event { id, name, .. } => (id.as_deref(), name),
            other => panic!("{other:?} is no event"),
        }
    }
}

impl Events {
    /// The next event, or how the stream ended. Heartbeats are passed over.
    pub async fn next(&mut self) -> Sign {
        loop {
            match self.next_sign().await {
                Sign::Heartbeat => {}
                sign => return sign,
            }
        }
    }

    /// Everything up to the end, as ids and names.
    pub async fn rest(&mut self) -> Vec<(Option<String>, String)> {
        let mut events = Vec::new();
        loop {
            match self.next().await {
                Sign::End => return events,
                sign => {
                    let (id, name) = sign.named();
                    events.push((id.map(str::to_owned), name.to_owned()));
                }
            }
        }
    }

    /// What comes next, heartbeats too.
    pub async fn next_sign(&mut self) -> Sign {
        loop {
            // A comment is a line of its own; an event ends with an empty one.
            if self.unread.starts_with(':')
                && let Some((_, rest)) = self.unread.split_once('\n')
            {
                self.unread = rest.to_owned();
                return Sign::Heartbeat;
            }
            if let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.unread = rest;
                return self.read(&block);
            }
            let chunk = timeout(PATIENCE, self.chunks.next()).await;
            match chunk.expect("something comes in time") {
                Some(Ok(bytes)) => self.unread.push_str(std::str::from_utf8(&bytes).expect("text")),
                Some(Err(_)) => return Sign::Cut,
                None => {
                    assert_eq!(self.unread, "", "an event was left unfinished");
                    return Sign::End;
                }
            }
        }
    }

    /// Every block is an event: readers in wide use take any other for one, too.
    fn read(&self, block: &str) -> Sign {
        let (mut id, mut name, mut data) = (None, None, None);
        for line in block.lines() {
            match line
                .split_once(": ")
                .unwrap_or_else(|| panic!("{line} is no field"))
            {
                ("retry", value) => assert_eq!(value, "1000"),
                ("id", value) => id = Some(value.to_owned()),
                ("event", value) => name = Some(value.to_owned()),
                ("data", value) => data = Some(value.to_owned()),
                (other, _) => panic!("{other} is no field of an event"),
            }
        }
        let data: Value = serde_json::from_str(&data.expect("data")).expect("JSON");
        let name = name.expect("a name");
        assert_eq!(data["type"], name.as_str());
        let faults = stream_faults(&self.path, &data);
        assert!(faults.is_empty(), "{faults:?} in {data}");
        Sign::Event { id, name, data }
    }
}

impl TestApp {
    /// Follows a generation, from behind the event with this id if there is one.
    pub async fn follow(&self, key: &str, generation: &Value, last: Option<&str>) -> Events {
        let path = format!("/v1/generations/{}/events", text(generation));
        let mut request = self.request(Method::GET, &path, key);
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        Self::listen(request, path).await
    }

    async fn listen(request: RequestBuilder, path: String) -> Events {
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Events {
            path,
            chunks: response.bytes_stream().boxed(),
            unread: String::new(),
        }
    }
}
