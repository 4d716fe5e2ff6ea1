// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `files`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Download, Prepared};
use crate::types::{FileId, FileObject};

/// What generations made. Links are ours and short-lived, and die when the file is erased.
#[derive(Clone, Debug)]
pub struct FilesResource {
    api: Api,
}

impl FilesResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Get a file.
    ///
    /// What is known of the file, with a fresh link to its content.
    ///
    /// Scope: `files:read`.
    pub fn get(&self, id: impl Into<FileId>) -> Call<FileObject> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/files/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Download a file.
    ///
    /// The file's bytes. Either your key or the `token` of a link opens it; the link in a
    /// generation's `outputs` has one. `Range` requests are answered with the part that was asked
    /// for. A file that our storage lost fails with 500 `file_lost`: it is still yours, and there
    /// is nothing that you did wrong.
    pub fn content(&self, id: impl Into<FileId>) -> ContentCall {
        let prepared = self
            .api
            .request(Method::GET, "/v1/files/{}/content", &[id.into().as_str()]);
        ContentCall { prepared }
    }
}

/// A call of [`FilesResource::content`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ContentCall {
    prepared: Prepared,
}

impl ContentCall {
    /// From a link; instead of a key.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.prepared.query("token", token.into());
        self
    }

    /// As in `bytes=0-1023`.
    pub fn range(mut self, range: impl Into<String>) -> Self {
        self.prepared.header("Range", range.into());
        self
    }
}

call!(ContentCall => Download);
download_call!(ContentCall);
