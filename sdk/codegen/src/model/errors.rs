//! Error families: one class of error per status.
//!
//! Developers of other APIs' clients know most of these names; a status that is not in the
//! table takes the name of its shared response in the document.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ModelError;
use crate::load::Document;
use crate::words::snake;

#[derive(Clone, Debug, Serialize)]
pub struct ErrorFamily {
    /// In snake case, without `error`: `not_found`.
    pub name: String,
    /// Without one: every other status from 500 on.
    pub status: Option<u16>,
    /// The family that it is a special case of: `server`, from 500 on.
    pub parent: Option<String>,
    pub doc: String,
}

const FAMILIAR: [(u16, &str); 3] = [
    (401, "authentication"),
    (403, "permission_denied"),
    (429, "rate_limit"),
];

const SERVER: &str = "server";

/// From the lowest status up, but parents before what they are parents of.
pub fn families(document: &Document) -> Result<Vec<ErrorFamily>, ModelError> {
    let mut families = BTreeMap::new();
    for operation in &document.operations {
        for response in operation
            .responses
            .iter()
            .filter(|response| response.status >= 400)
        {
            // Without a shared body there is nothing to say: the status has no family.
            let Some(shared) = &response.shared else {
                continue;
            };
            let name = FAMILIAR
                .iter()
                .find(|(status, _)| *status == response.status)
                .map_or_else(|| snake(shared), |(_, name)| (*name).to_owned());
            let family = ErrorFamily {
                name: name.clone(),
                status: Some(response.status),
                parent: (response.status >= 500).then(|| SERVER.to_owned()),
                doc: response.doc.clone(),
            };
            let known = families.entry(response.status).or_insert(family);
            if known.name != name {
                let problem = format!("two shared responses for status {}", response.status);
                return Err(ModelError::new(&operation.id, problem));
            }
        }
    }
    let (mut families, special): (Vec<_>, Vec<_>) = families
        .into_values()
        .partition(|family: &ErrorFamily| family.parent.is_none());
    families.push(ErrorFamily {
        name: SERVER.to_owned(),
        status: None,
        parent: None,
        doc: "The server failed: any other status from 500 on.".to_owned(),
    });
    families.extend(special);
    Ok(families)
}
