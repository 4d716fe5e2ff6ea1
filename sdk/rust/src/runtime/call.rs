//! A call: described at once, sent when it is awaited.

use std::marker::PhantomData;

use super::download::Download;
use super::prepared::Prepared;
use super::reply::Answer;

/// What can be said of every call.
macro_rules! call {
    ([$($generics:tt)*] $call:ty => $answer:ty) => {
        impl<$($generics)*> $call {
            /// How long one attempt may take.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.prepared.edit(|request| request.timeout = Some(timeout));
                self
            }

            /// How often to try again after the first attempt.
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.prepared.edit(|request| request.max_retries = Some(retries));
                self
            }

            /// A header to send along.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.prepared.try_edit(|request| request.set_header(name, value));
                self
            }

            /// Sends it, for the answer together with its status, headers and request id.
            pub async fn with_response(
                self,
            ) -> crate::runtime::Result<crate::runtime::Response<$answer>> {
                self.prepared.send().await
            }
        }

        impl<$($generics)*> std::future::IntoFuture for $call {
            type Output = crate::runtime::Result<$answer>;
            type IntoFuture =
                std::pin::Pin<Box<dyn std::future::Future<Output = Self::Output> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async { Ok(self.with_response().await?.data) })
            }
        }
    };
    ($call:ty => $answer:ty) => {
        call!([] $call => $answer);
    };
}

/// What can be said of a call that may be repeated with an `Idempotency-Key`.
macro_rules! idempotent_call {
    ($call:ty) => {
        impl $call {
            /// A key of your own instead of a random one. The same key with the same request
            /// gets the first answer again, for 24 hours, instead of doing the work twice.
            pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
                self.prepared
                    .edit(|request| request.idempotency_key = Some(key.into()));
                self
            }
        }
    };
}

/// What can be said of a call whose answer the server holds back until there is an end.
macro_rules! waiting_call {
    ($call:ty) => {
        impl $call {
            /// Has the answer wait for the end, for up to so many whole seconds; the server
            /// waits for 60 at most. This comes on top of the timeout.
            pub fn wait(mut self, wait: std::time::Duration) -> Self {
                self.prepared.edit(|request| request.wait = Some(wait));
                self
            }
        }
    };
}

/// What can be said of a call that answers a page.
macro_rules! page_call {
    ($call:ty => $item:ty) => {
        impl $call {
            /// The items of this page and of all that follow, which are fetched as they are
            /// needed.
            pub fn items(self) -> crate::runtime::Items<$item> {
                crate::runtime::Items::of(self.into_future())
            }
        }
    };
}

/// What can be said of a call that answers a file.
macro_rules! download_call {
    ($call:ty) => {
        impl $call {
            /// Sends it and writes the answer to a file, as it comes. No half of a file is left
            /// under that name.
            pub async fn save(self, path: impl AsRef<std::path::Path>) -> crate::runtime::Result<()> {
                self.await?.save(path).await
            }
        }
    };
}

/// A call that ends in a `T`. Await it to send it; drop the future to cancel it.
///
/// ```no_run
/// # async fn example(client: tintype_client::Tintype) -> tintype_client::Result<()> {
/// use std::time::Duration;
///
/// let balance = client.credits().get().await?;
/// let balance = client.credits().get().timeout(Duration::from_secs(5)).with_response().await?;
/// println!("{} ({:?})", balance.available, balance.request_id());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T> {
    prepared: Prepared,
    answer: PhantomData<fn() -> T>,
}

impl<T> From<Prepared> for Call<T> {
    fn from(prepared: Prepared) -> Self {
        Self {
            prepared,
            answer: PhantomData,
        }
    }
}

call!([T: Answer] Call<T> => T);

download_call!(Call<Download>);
