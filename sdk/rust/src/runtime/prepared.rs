//! Where calls begin.

use std::fmt::Display;
use std::sync::Arc;

use reqwest::Method;
use serde::Serialize;

use super::error::Result;
use super::reply::{Answer, Response, Sent};
use super::request::{Body, Multipart, Request, path};
use super::transport::Transport;

/// What a resource holds: the way to the server.
#[derive(Clone, Debug)]
pub struct Api(pub Arc<Transport>);

impl Api {
    /// Describes a request. Each `{}` of the path takes the next of the parameters.
    pub fn request(&self, method: Method, template: &str, params: &[&str]) -> Prepared {
        Prepared {
            transport: Arc::clone(&self.0),
            request: path(template, params).map(|path| Request::new(method, path)),
        }
    }
}

/// A call whose answer is not yet a type. A mistake in its making shows when it is sent.
#[derive(Debug)]
pub struct Prepared {
    transport: Arc<Transport>,
    request: Result<Request>,
}

impl Prepared {
    pub fn new(transport: &Arc<Transport>, request: Request) -> Self {
        Self {
            transport: Arc::clone(transport),
            request: Ok(request),
        }
    }

    pub fn edit(&mut self, edit: impl FnOnce(&mut Request)) {
        if let Ok(request) = &mut self.request {
            edit(request);
        }
    }

    pub fn try_edit(&mut self, edit: impl FnOnce(&mut Request) -> Result<()>) {
        if let Ok(request) = &mut self.request
            && let Err(error) = edit(request)
        {
            self.request = Err(error);
        }
    }

    /// The operation is public: the key stays at home.
    pub fn public(mut self) -> Self {
        self.edit(|request| request.authenticated = false);
        self
    }

    /// The operation takes an `Idempotency-Key`.
    pub fn idempotent(mut self) -> Self {
        self.edit(|request| request.idempotent = true);
        self
    }

    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.try_edit(|request| request.set_json(body));
        self
    }

    pub fn multipart(mut self, form: Multipart) -> Self {
        self.edit(|request| request.body = Body::Multipart(form));
        self
    }

    pub fn query(&mut self, name: &str, value: impl Display) {
        self.edit(|request| request.add_query(name, value));
    }

    pub fn header(&mut self, name: &str, value: impl Display) {
        self.try_edit(|request| request.set_header(name, &value.to_string()));
    }

    pub fn api(&self) -> Api {
        Api(Arc::clone(&self.transport))
    }

    pub async fn send<T: Answer>(self) -> Result<Response<T>> {
        let request = self.request?;
        let reply = self.transport.send(&request, T::MEDIA_TYPE, T::STREAMS).await?;
        let (status, headers) = (reply.status, reply.headers.clone());
        let sent = Sent {
            transport: self.transport,
            request,
        };
        Ok(Response::new(T::read(reply, sent)?, status, headers))
    }
}
