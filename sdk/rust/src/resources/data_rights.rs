// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `data_rights`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Download, Page, Prepared};
use crate::types::{CreateDataRequest, DataReceipt, DataRequest, DataRequestId, VerifyDataRequest};

/// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
#[derive(Clone, Debug)]
pub struct DataRightsResource {
    api: Api,
}

impl DataRightsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Ask for a copy or for erasure.
    ///
    /// A request is about the whole account: its live and its test data. It starts nothing yet. We
    /// mail a code to the account's address; `data_rights.verify` takes it within 30 minutes, or
    /// the request expires.
    ///
    /// `access` makes a zip archive: all rows that name the account, table by table as JSON, the
    /// original files, and a list of what is left out and why. It can be downloaded for 14 days.
    /// Should our storage have lost a file, the request is `partially_fulfilled`, and it, its
    /// receipt and the archive name what is `missing`. What can't be read for the moment is waited
    /// for until the day before the request is due.
    ///
    /// `erasure` ends the account for good: keys and sessions are revoked, what is under way is
    /// canceled uncharged, credits that are left expire, files and content are deleted. What is
    /// kept for the books, without its content, stands in the receipt. So does a keyed hash of the
    /// address, where welcome credits were used: they come once. Since your keys end too, keep the
    /// link in `receipt`: it needs none, and our last mail repeats it.
    ///
    /// Where real money is spent, a test key is refused with 422 `invalid_input`: sign in, or use a
    /// live key. Fails with 409 `conflict` while a request of the same type is open; `request` then
    /// names it.
    ///
    /// Scope: `data_rights:write`.
    pub fn create(&self, body: CreateDataRequest) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/data-rights/requests", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// List requests.
    ///
    /// The account's requests that were made in the mode of the credentials, newest first.
    ///
    /// Scope: `data_rights:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/data-rights/requests", &[]);
        ListCall { prepared }
    }

    /// Get a request.
    ///
    /// Where it stands, and what was done so far.
    ///
    /// Scope: `data_rights:read`.
    pub fn get(&self, id: impl Into<DataRequestId>) -> Call<DataRequest> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/data-rights/requests/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Confirm a request.
    ///
    /// Takes the mailed code; from here on the request is fulfilled without further questions,
    /// mostly within minutes. An erasure can't be stopped any more, and the credentials that you
    /// send end with it: note the link in `receipt`.
    ///
    /// A code works once: a wrong one fails with 422 `code_invalid`. For a new code, withdraw the
    /// request and make another. Fails with 409 `conflict` for a request that does not wait to be
    /// confirmed.
    ///
    /// Scope: `data_rights:write`.
    pub fn verify(&self, id: impl Into<DataRequestId>, body: VerifyDataRequest) -> VerifyCall {
        let prepared = self
            .api
            .request(
                Method::POST,
                "/v1/data-rights/requests/{}/verify",
                &[id.into().as_str()],
            )
            .idempotent()
            .json(&body);
        VerifyCall { prepared }
    }

    /// Withdraw a request.
    ///
    /// Takes back a request that was not confirmed yet; its code is void. Fails with 409 `conflict`
    /// for any other.
    ///
    /// Scope: `data_rights:write`.
    pub fn withdraw(&self, id: impl Into<DataRequestId>) -> WithdrawCall {
        let prepared = self
            .api
            .request(
                Method::POST,
                "/v1/data-rights/requests/{}/withdraw",
                &[id.into().as_str()],
            )
            .idempotent();
        WithdrawCall { prepared }
    }

    /// Download the archive.
    ///
    /// The zip archive of a fulfilled, or partially fulfilled, access request. `README.txt` in it
    /// says what is where. `Range` requests are answered with the part that was asked for. Fails
    /// with 409 `conflict` when there is no archive yet, or never will be, and with 410 `erased`
    /// when its 14 days are over: ask for a new one.
    ///
    /// Scope: `data_rights:read`.
    pub fn archive(&self, id: impl Into<DataRequestId>) -> ArchiveCall {
        let prepared = self.api.request(
            Method::GET,
            "/v1/data-rights/requests/{}/archive",
            &[id.into().as_str()],
        );
        ArchiveCall { prepared }
    }

    /// Get the receipt.
    ///
    /// What was done for a fulfilled request, table by table, and what was kept and why, signed.
    /// Either your key or the `token` of the request's `receipt` link opens it; the link stays good
    /// after an erasure. Fails with 409 `conflict` until the request is fulfilled.
    pub fn receipt(&self, id: impl Into<DataRequestId>) -> ReceiptCall {
        let prepared = self.api.request(
            Method::GET,
            "/v1/data-rights/requests/{}/receipt",
            &[id.into().as_str()],
        );
        ReceiptCall { prepared }
    }
}

/// A call of [`DataRightsResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => DataRequest);
idempotent_call!(CreateCall);

/// A call of [`DataRightsResource::list`]: await it to send it.
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

call!(ListCall => Page<DataRequest>);
page_call!(ListCall => DataRequest);

/// A call of [`DataRightsResource::verify`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct VerifyCall {
    prepared: Prepared,
}

call!(VerifyCall => DataRequest);
idempotent_call!(VerifyCall);

/// A call of [`DataRightsResource::withdraw`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct WithdrawCall {
    prepared: Prepared,
}

call!(WithdrawCall => DataRequest);
idempotent_call!(WithdrawCall);

/// A call of [`DataRightsResource::archive`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ArchiveCall {
    prepared: Prepared,
}

impl ArchiveCall {
    /// As in `bytes=0-1023`.
    pub fn range(mut self, range: impl Into<String>) -> Self {
        self.prepared.header("Range", range.into());
        self
    }
}

call!(ArchiveCall => Download);
download_call!(ArchiveCall);

/// A call of [`DataRightsResource::receipt`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ReceiptCall {
    prepared: Prepared,
}

impl ReceiptCall {
    /// From the link; instead of a key.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.prepared.query("token", token.into());
        self
    }
}

call!(ReceiptCall => DataReceipt);
