//! The permission in the type: an operation takes `Allow<GenerationsWrite>` as
//! its first parameter, and is not called by anyone else.
//!
//! poem-openapi can only name security schemes here, so the scope stands in the
//! name (`bearer:generations:write`); the finished contract splits it into scheme
//! and scope. Poem extracts in order: a stranger's body is not read.

use std::marker::PhantomData;
use std::net::IpAddr;
use std::ops::Deref;

use entity::AccountId;
use poem::http::header;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::again::{Asked, Slip, opens_to_links};
use super::demand::{Demand, check_address};
use super::device;
use super::scope::{AnyScope, Permission};
use super::{Caller, Gate};
use crate::app::App;
use crate::http::ApiError;
use crate::http::client::counted_as;
use crate::http::limit::{Noted, too_many};

/// The caller, who has the permission `P`.
pub struct Allow<P> {
    caller: Caller,
    permission: PhantomData<fn() -> P>,
}

impl<P> Deref for Allow<P> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

/// Whoever has the permission `P`, or a link that opens the same. Wrong credentials are
/// refused all the same.
pub struct AllowAnyone<P> {
    caller: Option<Caller>,
    door: Door,
    permission: PhantomData<fn() -> P>,
}

/// Someone who needs no credentials: to sign up, for one. Counted by address.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    pub address: IpAddr,
}

/// From what somebody calls, in words: `Firefox on Linux`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device(pub String);

fn register_bearer(registry: &mut Registry) {
    registry.create_security_scheme(
        "bearer",
        MetaSecurityScheme {
            ty: "http",
            description: Some("An API key (`tt_live_…` or `tt_test_…`), or the access token of a session."),
            name: None,
            key_in: None,
            scheme: Some("bearer"),
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        },
    );
}

fn parts(request: &Request) -> (&App, &Gate) {
    let app = request.data().expect("the route carries the App");
    let gate = request.data().expect("the route carries the Gate");
    (app, gate)
}

/// What stands behind `Bearer`, in any case; one header, in ASCII.
fn bearer(request: &Request) -> Option<&str> {
    let mut values = request.headers().get_all(header::AUTHORIZATION).iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    let (scheme, credentials) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| credentials.trim())
}

/// The caller, counted; 401 in the same words for whatever is wrong.
async fn identify(request: &Request) -> Result<Caller, ApiError> {
    let (app, gate) = parts(request);
    let caller = match bearer(request) {
        Some(bearer) => gate.identify(bearer, app.now()).await?,
        None => None,
    };
    let address = gate.proxies().caller(request);
    let Some(caller) = caller else {
        return Err(gate.refuse(address, ApiError::unauthenticated()));
    };
    // Before it is counted: who may not call from here takes nothing of the key's rate.
    check_address(&caller, address).map_err(|error| gate.refuse(address, error))?;
    let own = caller.bounds.requests_per_minute;
    match gate.rates().request(caller.credential(), own) {
        Ok(rate) => {
            Noted::note(request, rate);
            Ok(caller)
        }
        Err(seconds) => {
            Noted::note(request, gate.rates().exhausted(own));
            Err(too_many(seconds))
        }
    }
}

impl<'a, P: Permission> ApiExtractor<'a> for Allow<P> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_bearer(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![P::REQUIREMENT]
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let caller = identify(request).await?;
        let door = Door::of::<P>(request);
        door.demand.check(&caller)?;
        door.note();
        Ok(Self {
            caller,
            permission: PhantomData,
        })
    }
}

/// What is asked of a request's credentials.
struct Door {
    demand: Demand,
    bearer: String,
    address: IpAddr,
    slip: Slip,
}

impl Door {
    fn of<P: Permission>(request: &Request) -> Self {
        let (_, gate) = parts(request);
        Self {
            demand: Demand::of::<P>(),
            bearer: bearer(request).unwrap_or_default().to_owned(),
            address: gate.proxies().caller(request),
            slip: request.data::<Slip>().cloned().unwrap_or_default(),
        }
    }

    fn note(self) {
        self.slip.note(Asked::Credentials {
            bearer: self.bearer,
            address: self.address,
            demand: self.demand,
        });
    }
}

impl<P: Permission> AllowAnyone<P> {
    /// The caller, who has the permission.
    ///
    /// # Errors
    /// When there is none, or it hasn't.
    pub fn allowed(self) -> Result<Caller, ApiError> {
        let caller = self.caller.ok_or_else(ApiError::unauthenticated)?;
        self.door.demand.check(&caller)?;
        self.door.note();
        Ok(caller)
    }

    /// Whether a link may open what belongs to this account.
    ///
    /// # Errors
    /// As if there were nothing, when the account is closed or suspended.
    pub async fn by_link(self, app: &App, account: &AccountId) -> Result<(), ApiError> {
        opens_to_links(app, account).await?;
        self.door.slip.note(Asked::Link(account.clone()));
        Ok(())
    }
}

impl<'a, P: Permission> ApiExtractor<'a> for AllowAnyone<P> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        register_bearer(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![AnyScope::REQUIREMENT]
    }

    fn has_security_fallback() -> bool {
        true
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let caller = match request.headers().contains_key(header::AUTHORIZATION) {
            true => Some(identify(request).await?),
            false => None,
        };
        Ok(Self {
            caller,
            door: Door::of::<P>(request),
            permission: PhantomData,
        })
    }
}

impl<'a> FromRequest<'a> for Visitor {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let (_, gate) = parts(request);
        let address = counted_as(gate.proxies().caller(request));
        match gate.rates().visit(address) {
            Ok(()) => Ok(Self { address }),
            Err(seconds) => Err(too_many(seconds).into()),
        }
    }
}

impl<'a> FromRequest<'a> for Device {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(device::describe(
            request.header(header::USER_AGENT).unwrap_or_default(),
        )))
    }
}
