//! Calls of operations that this version of the client does not know.

use std::fmt::Display;
use std::marker::PhantomData;
use std::time::Duration;

use reqwest::Method;
use serde::Serialize;

use super::Multipart;
use super::client::Tintype;
use super::prepared::{Api, Prepared};
use super::reply::Answer;
use super::upload::Upload;

impl Tintype {
    /// A call of an operation that this version of the client does not know, with everything
    /// else as usual: the key, retries, errors.
    ///
    /// ```no_run
    /// # async fn example(client: tintype_client::Tintype) -> tintype_client::Result<()> {
    /// use tintype_client::Method;
    ///
    /// let usage = client.call::<serde_json::Value>(Method::GET, "/v1/usage").query("group_by", "day");
    /// println!("{}", usage.await?["data"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn call<T: Answer>(&self, method: Method, path: &str) -> CustomCall<T> {
        let prepared = Api(self.transport.clone())
            .request(method, path, &[])
            .idempotent();
        CustomCall {
            prepared,
            form: Multipart::default(),
            answer: PhantomData,
        }
    }
}

/// A call of any operation: see [`Tintype::call`].
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CustomCall<T> {
    prepared: Prepared,
    form: Multipart,
    answer: PhantomData<fn() -> T>,
}

impl<T: Answer> CustomCall<T> {
    /// A parameter in the query.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        self.prepared.query(name, value);
        self
    }

    /// The body.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.prepared = self.prepared.json(body);
        self
    }

    /// A text in a form.
    pub fn field(mut self, name: &str, value: impl Display) -> Self {
        self.form.text(name, value);
        self.with_form()
    }

    /// A file in a form.
    pub fn file(mut self, name: &str, file: Upload) -> Self {
        self.form.file(name, file);
        self.with_form()
    }

    fn with_form(mut self) -> Self {
        self.prepared = self.prepared.multipart(self.form.clone());
        self
    }

    /// Has the answer wait for an end, for up to so many whole seconds, where the operation can.
    pub fn wait(mut self, wait: Duration) -> Self {
        self.prepared.edit(|request| request.wait = Some(wait));
        self
    }

    /// The operation takes no idempotency key: a POST is then repeated only when the server says
    /// that it did nothing.
    pub fn not_idempotent(mut self) -> Self {
        self.prepared.edit(|request| request.idempotent = false);
        self
    }

    /// A key of your own instead of a random one, for a POST.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.prepared
            .edit(|request| request.idempotency_key = Some(key.into()));
        self
    }
}

call!([T: Answer] CustomCall<T> => T);
