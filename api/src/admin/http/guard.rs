//! The role in the type: an operation takes `Staff<Support>` as its first parameter,
//! and is not called by anyone else.

use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use entity::staff::{self, Role};
use entity::{StaffId, StaffSessionId};
use poem::http::header;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use crate::admin::audit::Warrant;
use crate::admin::session;
use crate::app::App;
use crate::auth::Gate;
use crate::http::limit::{Noted, too_many};
use crate::http::{ApiError, Code};

/// Who may call an operation.
pub trait Post: Send + Sync {
    const ROLES: &'static [Role];
    /// As poem-openapi can say it: schemes, one of which must be met.
    const REQUIREMENTS: &'static [&'static str];
}

macro_rules! posts {
    ($($(#[$doc:meta])* $name:ident: $($role:ident $requirement:literal)+;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Post for $name {
                const ROLES: &'static [Role] = &[$(Role::$role),+];
                const REQUIREMENTS: &'static [&'static str] = &[$($requirement),+];
            }
        )*
    };
}

posts! {
    Support: Support "staff:support" Owner "staff:owner";
    Finance: Finance "staff:finance" Owner "staff:owner";
    Moderator: Moderator "staff:moderator" Owner "staff:owner";
    Privacy: Privacy "staff:privacy" Owner "staff:owner";
    Owner: Owner "staff:owner";
    Anyone: Support "staff:support" Finance "staff:finance" Moderator "staff:moderator"
        Privacy "staff:privacy" Owner "staff:owner";
}

/// One of the staff, in one of the roles of `P`.
pub struct Staff<P> {
    pub row: staff::Model,
    pub session: StaffSessionId,
    post: PhantomData<fn() -> P>,
}

impl<P> Staff<P> {
    /// Leave to write down this act.
    pub fn warrant(&self, app: &App, act: &'static str) -> Warrant {
        Warrant {
            staff: Some(self.row.id.clone()),
            act,
            now: app.now(),
        }
    }

    /// The beginning of a cursor's scope.
    pub fn list(&self, operation: &str) -> String {
        format!("admin {operation}\n{}", self.row.id)
    }
}

/// Where the guard notes who called, for whoever writes down what was refused.
#[derive(Clone, Default)]
pub struct Called(pub Arc<OnceLock<StaffId>>);

/// What stands behind `Bearer`; one header, in ASCII.
fn bearer(request: &Request) -> Option<&str> {
    let mut values = request.headers().get_all(header::AUTHORIZATION).iter();
    let value = values.next().filter(|_| values.next().is_none())?;
    let (scheme, credentials) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| credentials.trim())
}

fn refused() -> ApiError {
    ApiError {
        detail: "Sign in with `auth.login`, and send `Authorization: Bearer` with the token of its answer."
            .into(),
        ..ApiError::unauthenticated()
    }
}

fn wrong_role(roles: &[Role]) -> ApiError {
    let names: Vec<String> = roles.iter().map(sea_orm::ActiveEnum::to_value).collect();
    let detail = format!(
        "This takes one of the roles {}. Ask an owner for it.",
        names.join(", ")
    );
    ApiError::new(Code::InsufficientScope, detail).with("required", names)
}

impl<'a, P: Post> ApiExtractor<'a> for Staff<P> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        registry.create_security_scheme(
            "staff",
            MetaSecurityScheme {
                ty: "http",
                description: Some("The token that `auth.login` answers."),
                name: None,
                key_in: None,
                scheme: Some("bearer"),
                bearer_format: None,
                flows: None,
                openid_connect_url: None,
            },
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        P::REQUIREMENTS.to_vec()
    }

    async fn from_request(
        request: &'a Request,
        _body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let app: &App = request.data().expect("the route carries the App");
        let gate: &Gate = request.data().expect("the route carries the Gate");
        let found = match bearer(request) {
            Some(token) => session::identify(app, token, app.now())
                .await
                .map_err(ApiError::from)?,
            None => None,
        };
        let Some((row, session)) = found else {
            return Err(gate.refuse(gate.proxies().caller(request), refused()).into());
        };
        match gate.rates().request(session.as_str(), None) {
            Ok(rate) => Noted::note(request, rate),
            Err(seconds) => {
                Noted::note(request, gate.rates().exhausted(None));
                return Err(too_many(seconds).into());
            }
        }
        if let Some(Called(slip)) = request.data() {
            slip.get_or_init(|| row.id.clone());
        }
        if !P::ROLES.contains(&row.role) {
            return Err(wrong_role(P::ROLES).into());
        }
        Ok(Self {
            row,
            session,
            post: PhantomData,
        })
    }
}
