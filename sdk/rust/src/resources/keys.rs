// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `keys`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{ApiKey, CreateKey, CreatedKey, KeyId, KeyRevocation, ReportLeaks, RotateKey, UpdateKey};

/// API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data only
/// and spends test credits.
#[derive(Clone, Debug)]
pub struct KeysResource {
    api: Api,
}

impl KeysResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Create an API key.
    ///
    /// The secret is in the answer, once: we keep only a hash of it. A key can't make one that may
    /// do more than itself, in scopes, mode, models, addresses, time, rate or spending; such a
    /// request is refused with `insufficient_scope`. Keys that are good may be 500 in each mode
    /// unless the operator says otherwise; one more is refused with `conflict`.
    ///
    /// With an `Idempotency-Key`, the same request within 24 hours is answered with the same key
    /// and secret.
    ///
    /// A session must be one whose owner signed in or stepped up (`auth.step_up`) within the last
    /// 15 minutes: a key outlives it.
    ///
    /// Scope: `keys:write`.
    pub fn create(&self, body: CreateKey) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/keys", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// List API keys.
    ///
    /// Newest first, revoked and expired ones included. A key sees the keys of its own mode; a
    /// session sees both modes.
    ///
    /// Scope: `keys:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/keys", &[]);
        ListCall { prepared }
    }

    /// Get the API key that is calling.
    ///
    /// Needs no scope: every key may look at itself. A session has no key; it is answered with
    /// `not_found`.
    pub fn self_(&self) -> Call<ApiKey> {
        let prepared = self.api.request(Method::GET, "/v1/keys/self", &[]);
        prepared.into()
    }

    /// Get an API key.
    ///
    /// Without its secret, which nobody can show again. A key of another account or mode is not
    /// found.
    ///
    /// Scope: `keys:read`.
    pub fn get(&self, id: impl Into<KeyId>) -> Call<ApiKey> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/keys/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Change an API key.
    ///
    /// Takes effect everywhere within five seconds. With an API key you can make a key narrower,
    /// itself too, or as wide as the key that you call with; wider is refused with
    /// `insufficient_scope`. Keys that it made before stay as they are. A revoked key can't be
    /// changed. A session must be as fresh as for making a key.
    ///
    /// Scope: `keys:write`.
    pub fn update(&self, id: impl Into<KeyId>, body: UpdateKey) -> Call<ApiKey> {
        let prepared = self
            .api
            .request(Method::PATCH, "/v1/keys/{}", &[id.into().as_str()])
            .json(&body);
        prepared.into()
    }

    /// Revoke an API key.
    ///
    /// The key is refused everywhere within five seconds, for good. Generations that it started go
    /// on. Revoking a revoked key changes nothing. A session need not be fresh for this: what
    /// leaked has to go at once.
    ///
    /// Keys that it made, directly or not, stay good, and the answer says how many; with
    /// `descendants=true` they are revoked with it. If the key leaked, report it instead
    /// (`keys.report_leak`), or revoke it so: whoever found its secret may have made keys of their
    /// own.
    ///
    /// Scope: `keys:write`.
    pub fn revoke(&self, id: impl Into<KeyId>) -> RevokeCall {
        let prepared = self
            .api
            .request(Method::DELETE, "/v1/keys/{}", &[id.into().as_str()]);
        RevokeCall { prepared }
    }

    /// Rotate an API key's secret.
    ///
    /// The answer has the new secret, once; the key's id, caps and usage stay. For `grace_seconds`
    /// the old secret is good too, for all but rotating its own key, so that you can change over
    /// without an outage. Two secrets live at most: rotated again within the grace, the oldest ends
    /// at once. A key can rotate itself, and other keys that may do no more than itself. With an
    /// `Idempotency-Key`, the same request is answered with the same secret while it is good. A
    /// session must be as fresh as for making a key.
    ///
    /// Scope: `keys:write`.
    pub fn rotate(&self, id: impl Into<KeyId>, body: RotateKey) -> RotateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/keys/{}/rotate", &[id.into().as_str()])
            .idempotent()
            .json(&body);
        RotateCall { prepared }
    }

    /// Report leaked secrets.
    ///
    /// For whoever found secrets of keys in public: secret scanners, and you. Needs no credentials,
    /// since who knows a secret could do worse with it. The keys are revoked at once, with the keys
    /// that they made, directly or not, and their owners told by mail and by the event
    /// `key.leaked`. The answer is the same whether a secret is good or not.
    pub fn report_leak(&self, body: ReportLeaks) -> Call<()> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/keys/report-leak", &[])
            .public()
            .json(&body);
        prepared.into()
    }
}

/// A call of [`KeysResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => CreatedKey);
idempotent_call!(CreateCall);

/// A call of [`KeysResource::list`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ListCall {
    prepared: Prepared,
}

impl ListCall {
    /// How many to return.
    pub fn limit(mut self, limit: u32) -> Self {
        self.prepared.query("limit", limit);
        self
    }

    /// The `next_cursor` of the page before.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.prepared.query("cursor", cursor.into());
        self
    }
}

call!(ListCall => Page<ApiKey>);
page_call!(ListCall => ApiKey);

/// A call of [`KeysResource::revoke`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RevokeCall {
    prepared: Prepared,
}

impl RevokeCall {
    /// Whether the keys that it made, directly or not, are revoked with it.
    pub fn descendants(mut self, descendants: bool) -> Self {
        self.prepared.query("descendants", descendants);
        self
    }
}

call!(RevokeCall => KeyRevocation);

/// A call of [`KeysResource::rotate`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RotateCall {
    prepared: Prepared,
}

call!(RotateCall => CreatedKey);
idempotent_call!(RotateCall);
