//! HTTP/1.1 by hand, since the scripted server must do what a library for servers prevents:
//! be silent, break off, say nothing at all.

use std::time::Instant;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};

/// A request that was seen.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    /// As sent, without the query.
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub came: Instant,
    /// When the last byte of the answer was handed over, or the connection closed on it.
    pub answered: Option<Instant>,
    /// The client hung up before its answer was complete.
    pub closed: bool,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Path and query, as they were sent.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query);
        format!("{}?{}", self.path, query.finish())
    }
}

/// The next request of a connection, or `None` where it ends.
pub async fn read<R: AsyncRead + Unpin>(connection: &mut BufReader<R>) -> Option<Request> {
    let first = line(connection).await?;
    let came = Instant::now();
    let mut words = first.split(' ');
    let method = words.next()?.to_owned();
    let target = words.next()?;
    // A proxy would get the whole address.
    let target = target
        .split_once("://")
        .map_or(target, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = Vec::new();
    loop {
        let line = line(connection).await?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let mut request = Request {
        method,
        path: path.to_owned(),
        query: url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        headers,
        body: Vec::new(),
        came,
        answered: None,
        closed: false,
    };
    let chunked = request
        .header("transfer-encoding")
        .is_some_and(|value| value.contains("chunked"));
    if chunked {
        request.body = read_chunks(connection).await?;
    } else if let Some(length) = request.header("content-length") {
        request.body = vec![0; length.parse().ok()?];
        connection.read_exact(&mut request.body).await.ok()?;
    }
    Some(request)
}

async fn line<R: AsyncRead + Unpin>(connection: &mut BufReader<R>) -> Option<String> {
    let mut line = Vec::new();
    connection.read_until(b'\n', &mut line).await.ok()?;
    let text = line.strip_suffix(b"\r\n")?;
    Some(String::from_utf8_lossy(text).into_owned())
}

async fn read_chunks<R: AsyncRead + Unpin>(connection: &mut BufReader<R>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(connection).await?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            while !line(connection).await?.is_empty() {}
            return Some(body);
        }
        let start = body.len();
        body.resize(start + size, 0);
        connection.read_exact(&mut body[start..]).await.ok()?;
        line(connection).await?;
    }
}
