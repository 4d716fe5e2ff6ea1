//! `/v1/auth/oauth`.

use entity::IdentityId;
use poem::http::{HeaderMap, StatusCode, header};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Html, Json, Response};

use super::view::{
    BeginLink, Identities, Identity, LinkBegun, OauthProvider, OauthProviders, RedeemCode, SignIn,
};
use super::{Begun, Returned, SignInError, Ticket, Wish};
use crate::accounts::totp::Refusal;
use crate::accounts::view::{Session, one_second};
use crate::app::App;
use crate::auth::{Allow, AnyScope, Device, Gate, Visitor};
use crate::http::{ApiError, Body, Code, Created, FieldError, NoContent, Tag};
use crate::identity::Provider;

pub struct OauthApi;

#[OpenApi(prefix_path = "/v1/auth/oauth", tag = "Tag::Account")]
impl OauthApi {
    /// List sign-in providers
    ///
    /// The providers that people can sign in with besides a password. To sign somebody in, your server makes a random
    /// `code_verifier`, keeps it, and redirects the browser to the provider's `start_url` with three parameters:
    /// `redirect_uri`, an address of your server that the operator allows; `code_challenge`, the SHA-256 of the verifier
    /// in URL-safe base64; and, if you like, `state`. The browser comes back to `redirect_uri` with a `code`, which your
    /// server exchanges by `oauth.token`, or with an `error`: `access_denied`, `provider_refused` or
    /// `provider_unavailable`.
    #[oai(path = "/providers", method = "get", operation_id = "oauth.providers")]
    async fn providers(&self, app: Data<&App>) -> Result<Json<OauthProviders>, ApiError> {
        let public_url = app.config.public_url();
        let providers = app.identities.iter();
        Ok(Json(OauthProviders {
            data: providers
                .map(|provider| OauthProvider::new(provider, &public_url))
                .collect(),
        }))
    }

    /// Sends a browser to the provider.
    #[oai(path = "/:provider/start", method = "get", hidden)]
    #[allow(clippy::too_many_arguments)]
    async fn start(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        provider: Path<String>,
        redirect_uri: Query<Option<String>>,
        code_challenge: Query<Option<String>>,
        state: Query<Option<String>>,
        ticket: Query<Option<String>>,
    ) -> Result<Response<Html<String>>, ApiError> {
        let provider = find(&app, &provider.0)?;
        let begun = match ticket.0 {
            Some(ticket) => super::begin_with(&app, provider, &Ticket(ticket)).await?,
            None => {
                let wish = wish(redirect_uri.0, code_challenge.0, state.0)?;
                super::begin(&app, provider, wish).await?
            }
        };
        Ok(sent_to(&begun.url).header(header::SET_COOKIE, kept(&app, &begun)))
    }

    /// Takes a browser back from the provider.
    #[oai(path = "/:provider/callback", method = "get", hidden)]
    #[allow(clippy::too_many_arguments)]
    async fn callback(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        headers: &HeaderMap,
        provider: Path<String>,
        state: Query<Option<String>>,
        code: Query<Option<String>>,
        error: Query<Option<String>>,
        iss: Query<Option<String>>,
    ) -> Result<Response<Html<String>>, ApiError> {
        let provider = find(&app, &provider.0)?;
        let returned = Returned {
            state: state.0.unwrap_or_default(),
            code: code.0,
            error: error.0,
            issuer: iss.0,
        };
        let secret_of = |tag: &str| cookie(headers, &cookie_name(&app, tag));
        let landing = super::come_back(&app, provider, &returned, secret_of).await?;
        let cleared = set_cookie(&app, &cookie_name(&app, &landing.tag), "", 0);
        Ok(sent_to(&landing.url).header(header::SET_COOKIE, cleared))
    }

    /// Sign in with a provider's code
    ///
    /// Exchanges the code that the browser brought back from a provider for a session. Your server calls it, since pages
    /// of another origin can't. A code works once, for ten minutes, together with the `code_verifier` that the sign-in
    /// began with.
    ///
    /// Somebody who comes for the first time gets an account, or the account that has their address and a password, if
    /// both the provider and the account have proved the address. An account that has another provider already is not
    /// merged: `use_other_method` names its ways in. An account that its owner closed answers `account_closed` for as
    /// long as the link in their mail opens it again. An address that the provider does not vouch for is refused with
    /// `email_unverified`.
    ///
    /// When the device is new, the account's owner is told by mail.
    ///
    /// An account with an authenticator app answers `totp_required`, and the code stays valid: send the request again
    /// with `totp_code` or `recovery_code`.
    #[oai(path = "/token", method = "post", operation_id = "oauth.token")]
    async fn token(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        device: Device,
        body: Body<SignIn>,
    ) -> Result<Json<Session>, ApiError> {
        let second = one_second(body.totp_code.as_deref(), body.recovery_code.as_deref())?;
        match super::sign_in(&app, &body.code, &body.code_verifier, second.as_ref(), &device.0).await {
            Ok(session) => Ok(Json(Session::new(&app, &gate, &session).await?)),
            Err(error @ SignInError::Second(Refusal::Wrong)) => {
                Err(gate.refuse(visitor.address, error.into()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Begin to link a provider
    ///
    /// Answers with an address to send the browser to, valid for ten minutes. The browser comes back to `redirect_uri`
    /// with a `code` for `identities.create`. It takes a session whose owner signed in or stepped up (`auth.step_up`)
    /// within the last 15 minutes; an API key is answered with `not_found`.
    #[oai(path = "/link", method = "post", operation_id = "oauth.link")]
    async fn link(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        body: Body<BeginLink>,
    ) -> Result<Json<LinkBegun>, ApiError> {
        let BeginLink {
            provider,
            redirect_uri,
            code_challenge,
            state,
        } = body.parsed;
        let Some(provider) = app.identities.find(&provider) else {
            let detail = "There is no such provider. `GET /v1/auth/oauth/providers` lists what there is.";
            return Err(ApiError::new(Code::InvalidInput, detail).field("/provider", "unknown", detail));
        };
        let wish = Wish {
            redirect_uri,
            challenge: code_challenge,
            state,
            account: Some(caller.account.clone()),
        };
        let (ticket, expires_at) = super::ticket(&app, &caller, provider, wish).await?;
        let start = OauthProvider::new(provider, &app.config.public_url()).start_url;
        Ok(Json(LinkBegun {
            url: format!("{start}?ticket={}", ticket.0),
            expires_at,
        }))
    }

    /// List linked identities
    ///
    /// Who the account's owner is at the providers that they sign in with, oldest first. Needs no scope.
    #[oai(path = "/identities", method = "get", operation_id = "identities.list")]
    async fn list(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<Json<Identities>, ApiError> {
        let rows = super::list(app.db.read(), &caller.account).await?;
        Ok(Json(Identities {
            data: rows.into_iter().map(Into::into).collect(),
        }))
    }

    /// Link an identity
    ///
    /// Takes the code that the browser brought back after `oauth.link`, of the same account, and links the identity. It
    /// takes a session whose owner signed in or stepped up within the last 15 minutes. An identity belongs to one account, and an account has
    /// one of each provider.
    #[oai(path = "/identities", method = "post", operation_id = "identities.create")]
    async fn create(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        body: Body<RedeemCode>,
    ) -> Result<Created<Identity>, ApiError> {
        let identity = super::link(&app, &caller, &body.code, &body.code_verifier).await?;
        Ok(Created::at("/v1/auth/oauth/identities", identity.into()))
    }

    /// Unlink an identity
    ///
    /// The provider's sign-in opens this account no more. The last way in can't be taken away: set a password or link
    /// another provider first. It takes a session whose owner signed in or stepped up within the last 15 minutes.
    #[oai(
        path = "/identities/:id",
        method = "delete",
        operation_id = "identities.delete"
    )]
    async fn delete(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        /// The identity's id.
        id: Path<IdentityId>,
    ) -> Result<NoContent, ApiError> {
        super::unlink(&app, &caller, &id.0).await?;
        Ok(NoContent::default())
    }
}

fn find<'a>(app: &'a App, name: &str) -> Result<&'a Provider, ApiError> {
    app.identities.find(name).ok_or_else(ApiError::not_found)
}

/// What the app asks for in the query of `start`.
fn wish(
    redirect_uri: Option<String>,
    challenge: Option<String>,
    state: Option<String>,
) -> Result<Wish, ApiError> {
    let mut faults = Vec::new();
    let digits = |text: &String| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        text.len() == 43 && text.bytes().all(plain)
    };
    let challenge = challenge.filter(digits);
    if redirect_uri.is_none() {
        faults.push(FieldError::parameter("redirect_uri", "missing", "Is required."));
    }
    if challenge.is_none() {
        let detail = "Must be the SHA-256 of your `code_verifier` in URL-safe base64: 43 characters.";
        faults.push(FieldError::parameter("code_challenge", "invalid_format", detail));
    }
    if state
        .as_ref()
        .is_some_and(|state| state.len() > 500 || state.contains('\0'))
    {
        let detail = "Must have 500 bytes at most.";
        faults.push(FieldError::parameter("state", "too_long", detail));
    }
    match (redirect_uri, challenge) {
        (Some(redirect_uri), Some(challenge)) if faults.is_empty() => Ok(Wish {
            redirect_uri,
            challenge,
            state,
            account: None,
        }),
        _ => Err(ApiError::invalid(faults)),
    }
}

/// Codes stand in these addresses: nobody keeps them or passes them on.
fn sent_to(url: &str) -> Response<Html<String>> {
    Response::new(Html(String::new()))
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, url)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
}

/// With `__Host-` a browser takes it from this host over TLS alone, so nobody can
/// plant one. Over plain HTTP, in development, browsers refuse the prefix.
fn cookie_name(app: &App, tag: &str) -> String {
    match is_secure(app) {
        true => format!("__Host-tintype_oauth_{tag}"),
        false => format!("tintype_oauth_{tag}"),
    }
}

fn is_secure(app: &App) -> bool {
    app.config.public_url().starts_with("https://")
}

/// `Lax`: it must come along when the provider sends the browser back.
fn set_cookie(app: &App, name: &str, value: &str, seconds: u64) -> String {
    let secure = if is_secure(app) { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

fn kept(app: &App, begun: &Begun) -> String {
    set_cookie(
        app,
        &cookie_name(app, &begun.tag),
        &begun.secret,
        super::LIFE.as_secs(),
    )
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter();
    let mut pairs = all
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(known, _)| *known == name)?;
    Some(value.to_owned())
}
