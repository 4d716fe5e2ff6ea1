//! Error families: the classes that a caller tells failures apart by.
//!
//! They go by status, since every error has one, also one from a proxy; a caller who wants to know
//! more asks for the `code`. The names are those that developers know from other clients.

use serde::Serialize;

use super::ModelError;
use crate::load::Document;

#[derive(Clone, Debug, Serialize)]
pub struct ErrorFamily {
    /// In snake case, without `error`: `not_found`.
    pub name: &'static str,
    /// Its statuses; none for `server`, which is every status from 500 on.
    pub statuses: &'static [u16],
    pub doc: &'static str,
}

const FAMILIES: [(&str, &[u16], &str); 10] = [
    (
        "bad_request",
        &[400, 405, 413, 415, 416],
        "The request can't be read, or does not fit its schema: see `errors`.",
    ),
    ("authentication", &[401], "There is no valid key."),
    (
        "insufficient_credits",
        &[402],
        "There are not enough credits, or a spending cap is reached.",
    ),
    ("permission_denied", &[403], "The key lacks the scope."),
    (
        "not_found",
        &[404],
        "There is no such resource, or it is not yours.",
    ),
    ("conflict", &[409], "The state of the resource does not allow it."),
    (
        "gone",
        &[410],
        "It existed and is gone: erased, or a model that has ended.",
    ),
    (
        "unprocessable",
        &[422],
        "The request is well-formed, but a rule refuses it.",
    ),
    (
        "rate_limit",
        &[429],
        "Too many requests: the error says when to try again.",
    ),
    ("server", &[], "The server failed, or is not available right now."),
];

/// All families; an error whose status has none is one that this generator must be told of.
pub fn families(document: &Document) -> Result<Vec<ErrorFamily>, ModelError> {
    for operation in &document.operations {
        for response in &operation.responses {
            let known = |(_, statuses, _): &(_, &[u16], _)| statuses.contains(&response.status);
            if (400..500).contains(&response.status) && !FAMILIES.iter().any(known) {
                let problem = format!("status {} belongs to no family of errors", response.status);
                return Err(ModelError::new(&operation.id, problem));
            }
        }
    }
    let families = FAMILIES.into_iter();
    Ok(families
        .map(|(name, statuses, doc)| ErrorFamily { name, statuses, doc })
        .collect())
}
