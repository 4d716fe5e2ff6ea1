//! Lists, a page at a time or item by item.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{self, Stream, StreamExt};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::Result;
use super::prepared::Prepared;
use super::reply::{Reply, Sent, sealed};

/// A page of a list, newest first.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// What is on this page.
    pub data: Vec<T>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Names the next page; absent on the last one.
    pub next_cursor: Option<String>,
    sent: Sent,
}

#[derive(Deserialize)]
struct Wire<T> {
    data: Vec<T>,
    has_more: bool,
    next_cursor: Option<String>,
}

impl<T: DeserializeOwned + Send + 'static> sealed::Read for Page<T> {
    const MEDIA_TYPE: &'static str = "application/json";
    const STREAMS: bool = false;

    fn read(reply: Reply, sent: Sent) -> Result<Self> {
        let Wire {
            data,
            has_more,
            next_cursor,
        } = reply.json()?;
        Ok(Self {
            data,
            has_more,
            next_cursor,
            sent,
        })
    }
}

impl<T: DeserializeOwned + Send + 'static> Page<T> {
    /// The next page; `None` after the last one.
    pub fn next_page(&self) -> impl Future<Output = Result<Option<Self>>> + Send + use<T> {
        let cursor = self.next_cursor.as_ref().filter(|_| self.has_more);
        let next = cursor.map(|cursor| {
            let mut request = self.sent.request.clone();
            request.set_query("cursor", cursor);
            Prepared::new(&self.sent.transport, request)
        });
        async {
            Ok(match next {
                Some(next) => Some(next.send::<Self>().await?.data),
                None => None,
            })
        }
    }

    /// The items of this page and of all that follow, which are fetched as they are needed.
    pub fn into_items(self) -> Items<T> {
        Items::of(async { Ok(self) })
    }
}

/// The items of a list across its pages: a [`Stream`], and with a `next` of its own.
///
/// ```no_run
/// # async fn example(client: tintype_client::Tintype) -> tintype_client::Result<()> {
/// let mut generations = client.generations().list().items();
/// while let Some(generation) = generations.next().await {
///     println!("{}", generation?.id);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is fetched until the items are asked for"]
pub struct Items<T>(Pin<Box<dyn Stream<Item = Result<T>> + Send>>);

enum State<F, T> {
    First(F),
    Next(Box<Page<T>>),
    End,
}

impl<T: DeserializeOwned + Send + 'static> Items<T> {
    pub(crate) fn of(first: impl Future<Output = Result<Page<T>>> + Send + 'static) -> Self {
        let pages = stream::unfold(State::First(first), async |state| {
            let page = match state {
                State::First(first) => first.await.map(Some),
                State::Next(page) => page.next_page().await,
                State::End => return None,
            };
            match page {
                Ok(None) => None,
                Ok(Some(mut page)) => {
                    let items = std::mem::take(&mut page.data).into_iter().map(Ok).collect();
                    Some((items, State::Next(Box::new(page))))
                }
                Err(error) => Some((vec![Err(error)], State::End)),
            }
        });
        Self(Box::pin(
            pages.flat_map(|items: Vec<Result<T>>| stream::iter(items)),
        ))
    }

    /// The next item; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<T>> {
        self.0.next().await
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
