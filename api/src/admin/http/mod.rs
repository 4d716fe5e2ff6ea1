//! `/admin/v1`, with a document of its own: the public one and the clients know
//! nothing of it.

mod accounts;
mod audited;
mod credits;
mod entrance;
mod guard;
mod records;
mod refused;
mod review;
mod sessions;
mod staff;
mod view;

use std::sync::LazyLock;

use poem::http::{HeaderValue, Method, header};
use poem::{IntoEndpoint as _, Response, Route, get, handler};
use poem_openapi::{OpenApiService, Tags};
use serde_json::Value;

use crate::http::contract::Contract;
use crate::openapi::{self, docs};

/// The operators' API, in the order in which it is documented.
type Apis = (
    entrance::EntranceApi,
    sessions::SessionsApi,
    staff::StaffApi,
    accounts::AccountsApi,
    credits::CreditsApi,
    review::ReviewApi,
    records::RecordsApi,
);

/// The chapters of the operators' document.
#[derive(Tags)]
enum Tag {
    /// Setting up a password and an authenticator app, signing in with both, and out; open sessions.
    Entrance,
    /// Who may do what.
    Staff,
    /// Finding an account, suspending it, ending its sessions.
    Accounts,
    /// Granting and taking credits.
    Credits,
    /// What moderation and providers objected to.
    Review,
    /// Requests about personal data, and what staff read and did.
    Records,
}

const ABOUT: &str = "\
For the operator's own people. `tintype admin new --email you@studio.example --role owner` makes the first of them and \
prints a token, with which a password and an authenticator app are set up within the hour.

**Sign in** with address, password and the app's code at once; send the answer's token as `Authorization: Bearer`. A \
session lasts for eight hours and ends after half an hour of silence. API keys open nothing here, and these tokens open \
nothing of the public API.

**Roles.** Each operation names those that may call it. An owner may call all.

**Everything is written down**: who read or did what, about whom, why, and what was refused. Nobody can change that \
log. Prompts and outputs are shown nowhere but in the review queue, and there only of what was flagged.

Keep this API within a private network, or turn it off with `admin.enabled`.";

fn service() -> OpenApiService<Apis, ()> {
    let apis = (
        entrance::EntranceApi,
        sessions::SessionsApi,
        staff::StaffApi,
        accounts::AccountsApi,
        credits::CreditsApi,
        review::ReviewApi,
        records::RecordsApi,
    );
    OpenApiService::new(apis, "Tintype for operators", env!("CARGO_PKG_VERSION"))
        .summary("Look after accounts")
        .description(ABOUT)
        .server("http://127.0.0.1:8080")
}

struct Documents {
    json: String,
    docs: String,
}

static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let service = service();
    let raw = service.spec();
    let finished = openapi::finish(serde_json::from_str::<Value>(&raw).expect("the framework prints JSON"));
    Documents {
        docs: docs::page(&service.swagger_ui_html(), &raw, &finished),
        json: serde_json::to_string_pretty(&finished).unwrap_or_default(),
    }
});

/// The operators' contract, as it is served.
#[must_use]
pub fn openapi_json() -> &'static str {
    &DOCUMENTS.json
}

/// Adds what is here to the paths that are known.
#[must_use]
pub fn contract(known: Contract) -> Contract {
    known
        .and(Contract::of::<Apis>())
        .with("/admin/openapi.json", &[Method::GET])
        .with("/admin/docs", &[Method::GET])
}

/// Adds what is here to the routes.
#[must_use]
pub fn mount(routes: Route) -> Route {
    routes
        .at("/admin/openapi.json", get(json))
        .at("/admin/docs", get(docs_page))
        .nest_no_strip("/admin/v1", refused::written_down(service().into_endpoint()))
}

#[handler]
fn json() -> Response {
    Response::builder()
        .content_type("application/json")
        .header(header::CACHE_CONTROL, "no-cache")
        .body(DOCUMENTS.json.as_str())
}

#[handler]
fn docs_page() -> Response {
    let policy = HeaderValue::from_static(docs::CONTENT_SECURITY_POLICY);
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::CONTENT_SECURITY_POLICY, policy)
        .body(DOCUMENTS.docs.as_str())
}
