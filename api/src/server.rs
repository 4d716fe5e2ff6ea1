//! Mounts every slice's API, and around them what all requests go through.

use std::sync::{Arc, LazyLock};

use poem::http::{HeaderMap, HeaderValue, Method, header};
use poem::web::{Data, Json as PlainJson, Path};
use poem::{Endpoint, EndpointExt as _, IntoResponse, Response, Route, get, handler, post};
use poem_openapi::{ContactObject, LicenseObject, OpenApiService};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::accounts::http::{
    AccountApi, AccountsApi, AgreementsApi, ConsentsApi, PasswordsApi, SessionsApi, TotpApi,
};
use crate::admin::http as admin;
use crate::app::App;
use crate::auth::{Gate, asked_again};
use crate::batches::http::BatchesApi;
use crate::catalog::Catalog;
use crate::catalog::http::ModelsApi;
use crate::credits::http::CreditsApi;
use crate::data_rights::http::DataRightsApi;
use crate::data_rights::jwks;
use crate::edge;
use crate::estimates::http::EstimatesApi;
use crate::events::http::EventsApi;
use crate::files::http::FilesApi;
use crate::generations::callback::{CallbackError, heard};
use crate::generations::dispatch::Admissions;
use crate::generations::http::GenerationsApi;
use crate::generations::read::Reader;
use crate::generations::wait::keep_looking;
use crate::http::contract::Contract;
use crate::http::limit_body::LimitBody;
use crate::http::{ApiError, Code, problem_page, problems, refused};
use crate::keys::http::KeysApi;
use crate::moderation::Moderation;
use crate::oauth::http::OauthApi;
use crate::openapi::{self, docs};
use crate::purchases::Offers;
use crate::purchases::http::{PurchasesApi, hook};
use crate::reference::{self, Library};
use crate::sandbox::RunDue;
use crate::sandbox::http::SandboxApi;
use crate::usage::http::UsageApi;
use crate::webhook_deliveries::http::WebhookDeliveriesApi;
use crate::webhook_endpoints::http::{DefaultSecretApi, Hooks, WebhookEndpointsApi};
use crate::{keys, mails, worker};

/// The public API, in the order in which it is documented.
type Apis = (
    ModelsApi,
    GenerationsApi,
    EstimatesApi,
    BatchesApi,
    FilesApi,
    CreditsApi,
    UsageApi,
    PurchasesApi,
    // A tuple takes sixteen.
    (
        EventsApi,
        WebhookEndpointsApi,
        DefaultSecretApi,
        WebhookDeliveriesApi,
    ),
    KeysApi,
    (AccountsApi, AccountApi, AgreementsApi),
    PasswordsApi,
    OauthApi,
    (SessionsApi, TotpApi),
    (DataRightsApi, ConsentsApi),
    SandboxApi,
);

const ABOUT: &str = "\
Ask for a generation with `POST /v1/generations`; look at it with `Prefer: wait=30` until it ends; open the links in \
its `outputs`. You know the most it can cost before it starts, and a failure, refusal, timeout or cancellation costs \
nothing.

**Keys.** Send `Authorization: Bearer tt_test_…`. A test key sees only test data, spends test credits and never \
reaches a paid provider; a live key (`tt_live_…`) is for paid use.

**Repeat safely.** Send an `Idempotency-Key` of your own with a POST and repeat it as often as you like: it is done \
and charged once.

**Errors** are `application/problem+json` with a stable `code`, a `detail` that says what to do next, and the \
`request_id` to quote when you ask for help. An unknown or repeated parameter is one, as an unknown field is.";

fn service() -> OpenApiService<Apis, Hooks> {
    let apis = (
        ModelsApi,
        GenerationsApi,
        EstimatesApi,
        BatchesApi,
        FilesApi,
        CreditsApi,
        UsageApi,
        PurchasesApi,
        (
            EventsApi,
            WebhookEndpointsApi,
            DefaultSecretApi,
            WebhookDeliveriesApi,
        ),
        KeysApi,
        (AccountsApi, AccountApi, AgreementsApi),
        PasswordsApi,
        OauthApi,
        (SessionsApi, TotpApi),
        (DataRightsApi, ConsentsApi),
        SandboxApi,
    );
    OpenApiService::new(apis, "Tintype API", env!("CARGO_PKG_VERSION"))
        // First: it forgets the prefix.
        .webhooks::<Hooks>()
        .summary("AI images, videos, voices and texts behind one API")
        .description(ABOUT)
        .contact(ContactObject::new().name("Tintype"))
        .license(LicenseObject::new("Apache 2.0").identifier("Apache-2.0"))
        .server("http://127.0.0.1:8080")
}

/// The published documents, made once: they depend on nothing that runs.
struct Documents {
    json: String,
    yaml: String,
    docs: String,
    library: Library,
}

static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let service = service();
    let raw = service.spec();
    let finished = openapi::finish(serde_json::from_str::<Value>(&raw).expect("the framework prints JSON"));
    Documents {
        docs: docs::page(&service.swagger_ui_html(), &raw, &finished),
        library: Library::of(&finished),
        yaml: openapi::to_yaml(&finished),
        json: serde_json::to_string_pretty(&finished).unwrap_or_default(),
    }
});

/// The public contract; needs no database.
#[must_use]
pub fn openapi_yaml() -> &'static str {
    &DOCUMENTS.yaml
}

/// The same as JSON, as it is served.
#[must_use]
pub fn openapi_json() -> &'static str {
    &DOCUMENTS.json
}

/// Serves until the process is asked to stop.
pub async fn serve(
    listener: TcpListener,
    app: App,
    catalog: Arc<Catalog>,
    offers: Offers,
    moderation: Moderation,
) {
    let limits = edge::Limits {
        max_connections: edge::seats(app.config.limits.connections),
        ..edge::Limits::default()
    };
    let shutdown = app.shutdown.clone();
    let refuse = refused::refuse(app.config.public_url(), limits.max_headers);
    tokio::spawn(keep_looking(app.clone()));
    let endpoint = endpoint(app, catalog, offers, moderation);
    edge::serve(listener, endpoint, refuse, limits, shutdown).await;
}

/// Everything that answers, with what all requests go through around it.
fn endpoint(
    app: App,
    catalog: Arc<Catalog>,
    offers: Offers,
    moderation: Moderation,
) -> impl Endpoint + 'static {
    let gate = Gate::new(&app);
    let admissions = Admissions::start(&app, moderation);
    let reader = Reader::start(&app);
    let body_bytes = app.config.limits.body_bytes;
    let batch_bytes = app.config.limits.batch_body_bytes;
    let public_url = app.config.public_url();
    let beside = [
        "/",
        "/docs",
        "/reference",
        "/guides/{name}",
        "/llms.txt",
        "/openapi.yaml",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/.well-known/jwks.json",
        "/problems",
        "/problems/{code}",
    ];
    let contract = beside
        .iter()
        .fold(Contract::of::<Apis>(), |contract, path| {
            contract.with(path, &[Method::GET])
        })
        // Links that people open and pass on: mail programs and sites write into them.
        .open(&["files.content", "data_rights.receipt"])
        .with("/hooks/{processor}", &[Method::POST])
        .with("/hooks/leaked-keys", &[Method::POST])
        .with("/hooks/mail/{relay}", &[Method::POST])
        .with("/unsubscribe/{token}", &[Method::GET, Method::POST])
        .with("/reopen/{token}", &[Method::GET, Method::POST])
        .with("/hooks/providers/{provider}/{reference}", &[Method::POST])
        .with("/sandbox/checkout/{purchase}", &[Method::GET])
        .with("/sandbox/checkout/{purchase}/{outcome}", &[Method::POST]);
    let contract = match app.config.admin.enabled {
        true => admin::contract(contract),
        false => contract,
    };
    let mut routes = Route::new()
        .at("/", get(welcome))
        .at("/docs", get(docs_page))
        .at("/reference", get(reference_page))
        .at("/guides/:name", get(guide_page))
        .at("/llms.txt", get(llms))
        .at("/openapi.yaml", get(yaml))
        .at("/openapi.json", get(json))
        .at("/healthz", get(healthz))
        .at("/readyz", get(readyz))
        .at("/.well-known/jwks.json", get(well_known_keys))
        .at("/problems", get(problem_page::problem_list))
        .at("/problems/:code", get(problem_page::problem_page))
        .at("/hooks/:processor", post(hook))
        .at("/hooks/leaked-keys", post(keys::http::leaked))
        .at("/hooks/mail/:relay", post(mails::http::hook))
        .at(
            "/reopen/:token",
            get(mails::http::ask_to_reopen).post(mails::http::reopen),
        )
        .at(
            "/unsubscribe/:token",
            get(mails::http::ask).post(mails::http::unsubscribe),
        )
        .at("/hooks/providers/:provider/:reference", post(provider_hook))
        .nest_no_strip("/v1", service());
    if app.config.sandbox.enabled {
        routes = routes.nest_no_strip("/sandbox", service());
    }
    if app.config.admin.enabled {
        routes = admin::mount(routes);
    }
    let run_due = {
        let (catalog, offers) = (Arc::clone(&catalog), offers.clone());
        RunDue::by(move |app| {
            let (catalog, offers) = (Arc::clone(&catalog), offers.clone());
            async move { worker::run_due(&app, &catalog, &offers).await }
        })
    };
    let routes = asked_again(routes, app.clone(), gate.clone())
        .data(app)
        .data(gate)
        .data(admissions)
        .data(reader)
        .data(catalog)
        .data(offers)
        .data(run_due)
        .with(LimitBody::new(body_bytes).at("/v1/batches", batch_bytes));
    problems::problems(routes, public_url, contract)
}

fn typed(content_type: &'static str, body: &'static str) -> Response {
    Response::builder()
        .content_type(content_type)
        .header(header::CACHE_CONTROL, "no-cache")
        .body(body)
}

#[handler]
fn yaml() -> Response {
    typed("application/yaml", &DOCUMENTS.yaml)
}

#[handler]
fn json() -> Response {
    typed("application/json", &DOCUMENTS.json)
}

#[handler]
fn docs_page() -> Response {
    let mut page = typed("text/html; charset=utf-8", &DOCUMENTS.docs);
    let policy = HeaderValue::from_static(docs::CONTENT_SECURITY_POLICY);
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    page
}

fn page(body: &'static str) -> Response {
    let mut page = typed("text/html; charset=utf-8", body);
    let policy = HeaderValue::from_static(reference::CONTENT_SECURITY_POLICY);
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    page
}

#[handler]
fn reference_page() -> Response {
    page(&DOCUMENTS.library.reference)
}

/// `/guides/{name}`, or `/guides/{name}.md` as it is written.
#[handler]
fn guide_page(Path(name): Path<String>) -> Result<Response, ApiError> {
    let library = &DOCUMENTS.library;
    let found = match name.strip_suffix(".md") {
        Some(name) => library
            .guide_text(name)
            .map(|text| typed("text/markdown; charset=utf-8", text)),
        None => library.guide(&name).map(page),
    };
    found.ok_or_else(ApiError::not_found)
}

#[handler]
fn llms() -> Response {
    typed("text/plain; charset=utf-8", &DOCUMENTS.library.llms)
}

/// The public keys that verify what we sign: receipts.
#[handler]
fn well_known_keys(app: Data<&App>) -> PlainJson<Value> {
    PlainJson(jwks(&app))
}

/// Where a browser lands that was given the address alone.
#[handler]
fn welcome() -> Response {
    Response::builder()
        .status(poem::http::StatusCode::SEE_OTHER)
        .header(header::LOCATION, "/docs")
        .finish()
}

/// A provider tells that something happened to what it was given. Its body is not
/// read: it is asked what became of it.
#[handler]
async fn provider_hook(
    Path((provider, reference)): Path<(String, String)>,
    headers: &HeaderMap,
    app: Data<&App>,
) -> Result<PlainJson<Value>, ApiError> {
    let secret = headers
        .get("x-callback-secret")
        .and_then(|value| value.to_str().ok());
    match heard(&app, &provider, &reference, secret.unwrap_or_default()).await {
        Ok(()) => Ok(PlainJson(json!({"received": true}))),
        Err(CallbackError::NotFound) => Err(ApiError::not_found()),
        Err(CallbackError::Database(error)) => Err(error.into()),
    }
}

/// The process lives.
#[handler]
fn healthz() -> &'static str {
    "ok"
}

/// The process can do its work: the database keeps what is written.
#[handler]
async fn readyz(app: Data<&App>) -> Result<impl IntoResponse, ApiError> {
    if app.shutdown.is_cancelled() || !app.db.keeps_writes().await {
        return Err(ApiError::new(Code::Unavailable, "Not ready. Try again in a moment.").retry_after(1));
    }
    Ok("ok")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use poem_openapi::OpenApi as _;

    use super::*;

    #[test]
    fn no_operation_lists_a_status_twice() {
        for path in Apis::meta().into_iter().flat_map(|api| api.paths) {
            for operation in path.operations {
                let mut seen = HashSet::new();
                for response in operation.responses.responses {
                    let id = operation.operation_id;
                    assert!(
                        seen.insert(response.status),
                        "{id:?} lists {:?} twice",
                        response.status
                    );
                }
            }
        }
    }
}
