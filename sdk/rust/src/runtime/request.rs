//! A request as it is described before it is sent, once or several times.

use std::fmt::Display;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::error::{Error, Result};
use super::upload::Upload;

#[derive(Clone, Debug)]
pub struct Request {
    pub method: Method,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Body,
    /// Whether to send the key.
    pub authenticated: bool,
    /// Whether the operation takes an `Idempotency-Key`.
    pub idempotent: bool,
    pub idempotency_key: Option<String>,
    /// For how long the server was asked to wait (`Prefer: wait=n`).
    pub wait: Option<Duration>,
    pub timeout: Option<Duration>,
    pub max_retries: Option<u32>,
}

#[derive(Clone, Debug, Default)]
pub enum Body {
    #[default]
    Empty,
    Json(Bytes),
    Multipart(Multipart),
}

/// A form with files.
#[derive(Clone, Debug, Default)]
pub struct Multipart(pub Vec<(String, Field)>);

#[derive(Clone, Debug)]
pub enum Field {
    Text(String),
    File(Upload),
}

impl Request {
    pub fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Body::Empty,
            authenticated: true,
            idempotent: false,
            idempotency_key: None,
            wait: None,
            timeout: None,
            max_retries: None,
        }
    }

    pub fn set_query(&mut self, name: &str, value: impl Display) {
        self.query.retain(|(known, _)| *known != name);
        self.add_query(name, value);
    }

    /// One name may have several values.
    pub fn add_query(&mut self, name: &str, value: impl Display) {
        self.query.push((name.to_owned(), value.to_string()));
    }

    pub fn set_header(&mut self, name: &str, value: &str) -> Result<()> {
        let name = HeaderName::try_from(name)
            .map_err(|_| Error::configuration(format!("`{name}` is no name of a header")))?;
        let value = HeaderValue::try_from(value)
            .map_err(|_| Error::configuration(format!("the header `{name}` cannot have this value")))?;
        self.headers.insert(name, value);
        Ok(())
    }

    pub fn set_json(&mut self, body: &impl Serialize) -> Result<()> {
        let body = serde_json::to_vec(body)
            .map_err(|error| Error::configuration(format!("the body is no JSON: {error}")))?;
        self.body = Body::Json(body.into());
        Ok(())
    }

    /// Whether the body can be sent a second time.
    pub fn repeatable(&self) -> bool {
        match &self.body {
            Body::Empty | Body::Json(_) => true,
            Body::Multipart(form) => form.0.iter().all(|(_, field)| match field {
                Field::Text(_) => true,
                Field::File(upload) => upload.repeatable(),
            }),
        }
    }
}

impl Multipart {
    pub fn text(&mut self, name: &str, value: impl Display) {
        self.0.push((name.to_owned(), Field::Text(value.to_string())));
    }

    pub fn file(&mut self, name: &str, upload: Upload) {
        self.0.push((name.to_owned(), Field::File(upload)));
    }

    /// Reads files anew, so that every attempt sends them from their beginning.
    pub async fn form(&self) -> Result<reqwest::multipart::Form> {
        let mut form = reqwest::multipart::Form::new();
        for (name, field) in &self.0 {
            form = match field {
                Field::Text(text) => form.text(name.clone(), text.clone()),
                Field::File(upload) => form.part(name.clone(), upload.part().await?),
            };
        }
        Ok(form)
    }
}

/// A path with its parameters in the places of `{}`, each encoded as one segment, for
/// [`Tintype::call`](crate::Tintype::call).
///
/// An empty one, `.` and `..` would ask for another resource than the one that was meant; they
/// are refused.
pub fn path(template: &str, params: &[&str]) -> Result<String> {
    let mut pieces = template.split("{}");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (piece, param) in pieces.zip(params) {
        if matches!(*param, "" | "." | "..") {
            return Err(Error::configuration(format!(
                "`{param}` cannot be a parameter of `{template}`"
            )));
        }
        for byte in param.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                filled.push(char::from(byte));
            } else {
                filled.push_str(&format!("%{byte:02X}"));
            }
        }
        filled.push_str(piece);
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_stays_one_segment() -> Result<()> {
        assert_eq!(
            path("/v1/files/{}/content", &["file_01"])?,
            "/v1/files/file_01/content"
        );
        assert_eq!(
            path("/v1/keys/{}", &["a/../b ü?"])?,
            "/v1/keys/a%2F..%2Fb%20%C3%BC%3F"
        );
        assert_eq!(path("/v1/keys", &[])?, "/v1/keys");
        assert!(path("/v1/keys/{}", &[""]).is_err());
        assert!(path("/v1/keys/{}", &[".."]).is_err());
        Ok(())
    }
}
