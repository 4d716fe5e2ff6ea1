//! `/hooks/mail/{relay}` for relays; `/unsubscribe/{token}` and `/reopen/{token}`, the
//! links in our mails.

use entity::consent::MARKETING;
use poem::error::ReadBodyError;
use poem::http::{HeaderMap, HeaderValue, header};
use poem::web::{Data, Json as PlainJson, Path};
use poem::{Body as RawBody, Response, handler};
use serde_json::{Value, json};

use super::{AnnouncedError, take};
use crate::accounts::{close, consents};
use crate::app::App;
use crate::http::{ApiError, Code};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// `POST /hooks/mail/{relay}`: what a relay announces of mails.
#[handler]
pub async fn hook(
    Path(relay): Path<String>,
    Data(app): Data<&App>,
    headers: &HeaderMap,
    body: RawBody,
) -> Result<PlainJson<Value>, ApiError> {
    let limit = usize::try_from(app.config.limits.body_bytes).unwrap_or(usize::MAX);
    let body = body.into_bytes_limit(limit).await.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => ApiError::new(
            Code::PayloadTooLarge,
            format!("The body has more than {limit} bytes."),
        ),
        _ => ApiError::new(Code::InvalidRequest, "The body broke off."),
    })?;
    let authorization = headers.get(header::AUTHORIZATION);
    let token = authorization
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let news = take(app, &relay, token, &body).await?;
    Ok(PlainJson(json!({"received": true, "news": news})))
}

/// `GET /unsubscribe/{token}`: asks, and changes nothing: programs that look for
/// harmful links open it too.
#[handler]
pub fn ask(Path(token): Path<String>, Data(app): Data<&App>) -> Result<Response, ApiError> {
    consents::named_by(&app.secrets, &token).ok_or_else(ApiError::not_found)?;
    let form = "<form method=\"post\"><button name=\"List-Unsubscribe\" value=\"One-Click\">Unsubscribe</button></form>";
    Ok(page(app, "Do you want no more news by mail?", form))
}

/// `POST /unsubscribe/{token}`: one click, from a mail program or from that page.
#[handler]
pub async fn unsubscribe(Path(token): Path<String>, Data(app): Data<&App>) -> Result<Response, ApiError> {
    let account = consents::named_by(&app.secrets, &token).ok_or_else(ApiError::not_found)?;
    let tx = app.db.begin().await?;
    consents::withdraw(&tx, &account, MARKETING, consents::LINK, app.now()).await?;
    tx.commit().await?;
    let said = "<p>Mails that your account needs, such as receipts, still come.</p>";
    Ok(page(app, "You get no more news by mail.", said))
}

/// `GET /reopen/{token}`: asks whether the account is to be opened again.
#[handler]
pub fn ask_to_reopen(Path(token): Path<String>, Data(app): Data<&App>) -> Result<Response, ApiError> {
    close::named_by(&app.secrets, &token).ok_or_else(ApiError::not_found)?;
    let form = "<form method=\"post\"><button>Open it again</button></form>";
    Ok(page(app, "Do you want your account back?", form))
}

/// `POST /reopen/{token}`: from that page.
#[handler]
pub async fn reopen(Path(token): Path<String>, Data(app): Data<&App>) -> Result<Response, ApiError> {
    let named = close::named_by(&app.secrets, &token);
    let (account, closed_at) = named.ok_or_else(ApiError::not_found)?;
    match close::reopen(app, &account, closed_at).await? {
        true => Ok(page(app, "Your account is open again.", "<p>Please sign in.</p>")),
        false => Ok(page(
            app,
            "There is nothing to open.",
            "<p>The account is open already, or its time is over.</p>",
        )),
    }
}

fn page(app: &App, title: &str, body: &str) -> Response {
    let (name, colour, ink) = (
        &app.letters.brand.name,
        &app.letters.brand.colour,
        app.letters.brand.ink(),
    );
    let name = name.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><style>\
         body {{ font: 17px/1.5 system-ui, sans-serif; max-width: 32em; margin: 15vh auto; padding: 0 20px; }}\
         button {{ font: inherit; font-weight: 600; padding: 12px 24px; border: 0; border-radius: 8px; cursor: pointer;\
         background: {colour}; color: {ink}; }}</style></head>\
         <body><p><strong>{name}</strong></p><h1>{title}</h1>{body}</body></html>"
    );
    let mut response = Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
        .body(html);
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

impl From<AnnouncedError> for ApiError {
    fn from(error: AnnouncedError) -> Self {
        match error {
            AnnouncedError::Unknown => Self::not_found(),
            AnnouncedError::Unauthenticated => Self::unauthenticated(),
            AnnouncedError::Malformed => Self::new(
                Code::InvalidRequest,
                "Must be an event or a list of at most 1,000 events in JSON.",
            ),
            AnnouncedError::Database(error) => error.into(),
        }
    }
}
