//! The permission in the type: an operation takes `Allow<GenerationsWrite>` as
//! its first parameter, and is not called by anyone else.
//!
//! poem-openapi can only name security schemes here, so the scope stands in the
//! name (`bearer:generations:write`); the finished contract splits it into scheme
//! and scope. Poem extracts in order: a stranger's body is not read.

use std::marker::PhantomData;
use std::net::IpAddr;
use std::ops::Deref;

use poem::http::header;
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::device;
use super::scope::{AnyScope, Permission, Scope};
use super::{Caller, Gate, Requirement};
use crate::app::App;
use crate::http::client::counted_as;
use crate::http::limit::{Noted, too_many};
use crate::http::{ApiError, Code};

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

/// The caller, if there is one. Wrong credentials are refused all the same.
pub struct AllowAnyone {
    pub caller: Option<Caller>,
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
    let Some(caller) = caller else {
        return Err(gate.refuse(gate.proxies().caller(request), ApiError::unauthenticated()));
    };
    // Before it is counted: who may not call from here takes nothing of the key's rate.
    if let Some(networks) = &caller.bounds.networks {
        let address = gate.proxies().caller(request);
        if !networks.contains(address) {
            return Err(gate.refuse(address, address_not_allowed(address)));
        }
    }
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

/// What the caller of a suspended account is told.
#[must_use]
pub fn suspended() -> ApiError {
    ApiError::new(
        Code::AccountSuspended,
        "The operator has suspended this account. Ask them why; requests about your own data are still answered.",
    )
}

fn address_not_allowed(address: IpAddr) -> ApiError {
    let detail =
        format!("This key may not be used from {address}. Call from one of the networks in its `ip_allow`.");
    ApiError::new(Code::AddressNotAllowed, detail).with("address", address.to_string())
}

fn insufficient_scope(scope: Scope) -> ApiError {
    let detail = format!(
        "This needs the scope `{}`, which these credentials lack.",
        scope.name()
    );
    ApiError::new(Code::InsufficientScope, detail).with("required", scope.name())
}

fn incomplete(pending: &[Requirement]) -> ApiError {
    let missing: Vec<&str> = pending.iter().map(|requirement| requirement.name()).collect();
    let detail = format!(
        "The sign-up is not complete: {} is missing. Ask its owner, and send the answer to `account.agree`.",
        missing.join(" and ")
    );
    ApiError::new(Code::SignUpIncomplete, detail).with("pending", missing)
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
        // Nobody loses the right to their own data.
        let about_data = matches!(P::SCOPE, Some(Scope::DataRightsRead | Scope::DataRightsWrite));
        if caller.suspended && !about_data {
            return Err(suspended().into());
        }
        if !P::UNFINISHED && !caller.pending.is_empty() {
            return Err(incomplete(&caller.pending).into());
        }
        if let Some(scope) = P::SCOPE.filter(|scope| !caller.scopes.contains(*scope)) {
            return Err(insufficient_scope(scope).into());
        }
        Ok(Self {
            caller,
            permission: PhantomData,
        })
    }
}

impl<'a> ApiExtractor<'a> for AllowAnyone {
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
        Ok(Self { caller })
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
