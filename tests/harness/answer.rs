//! An answer, read to its end.

use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::conformance::breach;
use crate::leaks;

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: bytes::Bytes,
    /// Null where the body is no JSON.
    pub json: Value,
}

impl Answer {
    /// Sends the request and reads the answer.
    pub async fn of(request: RequestBuilder) -> Self {
        Self::try_of(request).await.expect("an answer")
    }

    /// Like [`of`](Self::of), for servers that may go away.
    pub async fn try_of(request: RequestBuilder) -> Result<Self, reqwest::Error> {
        let (client, request) = request.build_split();
        let request = request?;
        leaks::sent(&request);
        let origin = request.url().authority().to_owned();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let response = client.execute(request).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await?;
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        leaks::received(&origin, &json);
        let answer = Self {
            status,
            headers,
            bytes,
            json,
        };
        if let Some(breach) = breach(&method, &path, &answer) {
            panic!("{breach}: {}", String::from_utf8_lossy(&answer.bytes));
        }
        Ok(answer)
    }

    /// The body, if the status is this one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self.json
    }

    /// The body of a problem with this status and code, which is whole.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        let text = String::from_utf8_lossy(&self.bytes).into_owned();
        assert_eq!(
            (self.status, self.json["code"].as_str()),
            (status, Some(code)),
            "{text}"
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json["status"], status, "{text}");
        for member in ["type", "title", "detail", "instance", "request_id"] {
            assert!(
                self.json[member].as_str().is_some_and(|text| !text.is_empty()),
                "{member} in {text}"
            );
        }
        assert_eq!(self.header("x-request-id"), self.json["request_id"]);
        match status {
            401 => assert!(self.header("www-authenticate").starts_with("Bearer")),
            405 => assert!(!self.header("allow").is_empty()),
            429 | 503 => assert!(!self.header("retry-after").is_empty(), "{text}"),
            _ => {}
        }
        self.json
    }

    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}
