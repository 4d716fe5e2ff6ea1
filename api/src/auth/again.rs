//! An answer goes to whoever may have it when it is written, not when it was asked for.
//!
//! Whoever waits for a generation, follows one or downloads over a slow line may lose
//! the key, a scope or the account meanwhile. So the door notes on a slip what it asked,
//! and that is asked again of what took a while to answer, and before each part of an
//! answer that is written part by part. It is asked of the same cache as at the door,
//! which hears of revocations, so it costs hardly anything.

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use entity::{AccountId, account};
use futures_util::TryStreamExt as _;
use hyper::body::Body as _;
use poem::{Body, Endpoint, EndpointExt as _, IntoResponse as _, Request, Response};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::Gate;
use super::demand::{Demand, check_address};
use crate::app::App;
use crate::http::ApiError;

/// What was answered sooner was answered at the door.
const SOON: Duration = Duration::from_millis(250);

/// How often it is asked of a link, for which nothing is remembered.
const OF_LINKS: Duration = Duration::from_secs(2);

/// What the door asked.
#[derive(Clone)]
pub(super) enum Asked {
    Credentials {
        bearer: String,
        address: IpAddr,
        demand: Demand,
    },
    /// A link of ours opened what belongs to this account.
    Link(AccountId),
}

/// Where the door notes what it asked of a request.
#[derive(Clone, Default)]
pub(super) struct Slip(Arc<OnceLock<Asked>>);

impl Slip {
    pub fn note(&self, asked: Asked) {
        self.0.get_or_init(|| asked);
    }
}

impl Asked {
    async fn again(&self, app: &App, gate: &Gate) -> Result<(), ApiError> {
        match self {
            Self::Credentials {
                bearer,
                address,
                demand,
            } => {
                let caller = gate.identify(bearer, app.now()).await?;
                let caller = caller.ok_or_else(ApiError::unauthenticated)?;
                check_address(&caller, *address)?;
                demand.check(&caller)
            }
            Self::Link(account) => opens_to_links(app, account).await,
        }
    }
}

/// Links open nothing of an account that is closed or suspended, and say no more than
/// that there is nothing.
pub(super) async fn opens_to_links(app: &App, account: &AccountId) -> Result<(), ApiError> {
    let open = account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .filter(account::Column::SuspendedAt.is_null())
        .count(app.db.read())
        .await?;
    match open {
        0 => Err(ApiError::not_found()),
        _ => Ok(()),
    }
}

/// Has what the door asked asked again. Of an act it is not: whether that may be is
/// settled in its transaction, and it may have ended the credentials that it came with.
pub fn asked_again<E: Endpoint + 'static>(route: E, app: App, gate: Gate) -> impl Endpoint {
    let both = Arc::new((app, gate));
    route.around(move |inner, mut request: Request| {
        let both = Arc::clone(&both);
        async move {
            let slip = Slip::default();
            request.set_data(slip.clone());
            let reads = request.method().is_safe() || request.headers().contains_key("prefer");
            let begun = Instant::now();
            let response = inner.call(request).await?.into_response();
            let Some(asked) = slip.0.get().filter(|_| response.status().is_success()) else {
                return Ok(response);
            };
            if reads && begun.elapsed() > SOON {
                asked.again(&both.0, &both.1).await?;
            }
            Ok(watched(response, asked, both))
        }
    })
}

/// Cuts an answer that is written part by part once it may go on no longer.
fn watched(mut response: Response, asked: &Asked, both: Arc<(App, Gate)>) -> Response {
    let body: http_body_util::combinators::BoxBody<_, _> = response.take_body().into();
    if body.size_hint().exact().is_some() {
        response.set_body(Body::from(body));
        return response;
    }
    let pause = match asked {
        Asked::Credentials { .. } => Duration::ZERO,
        Asked::Link(_) => OF_LINKS,
    };
    let asked = Arc::new((asked.clone(), both));
    let mut last = Instant::now();
    let parts = Body::from(body).into_bytes_stream().and_then(move |part| {
        let due = last.elapsed() >= pause;
        if due {
            last = Instant::now();
        }
        let asked = Arc::clone(&asked);
        async move {
            let (asked, both) = &*asked;
            if due {
                let again = asked.again(&both.0, &both.1).await;
                again.map_err(|error| io::Error::other(error.detail))?;
            }
            Ok(part)
        }
    });
    response.set_body(Body::from_bytes_stream(parts));
    response
}
