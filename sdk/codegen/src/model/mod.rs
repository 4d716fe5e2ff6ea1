//! The API as the templates see it.
//!
//! OpenAPI describes messages; a client library offers resources with methods. Here
//! the one becomes the other: which operations page, stream, wait, download or may be
//! repeated, which schemas are ids or amounts, which statuses are which error.
//! Everything is `Serialize`, and `README.md` lists it field by field.

mod errors;
mod operations;
mod resources;
mod schemas;
mod types;

use serde::Serialize;

use crate::load::{Document, Info};

pub use errors::ErrorFamily;
pub use operations::{Answer, Body, Operation, Parameter, PathPart};
pub use resources::{Resource, Wait};
pub use schemas::{EnumValue, Field, Kind, Schema, Variant};
pub use types::{Shape, Type};

#[derive(Debug, thiserror::Error)]
#[error("{at}: {problem}")]
pub struct ModelError {
    /// An operation's id or a schema's name.
    pub at: String,
    pub problem: String,
}

impl ModelError {
    fn new(at: &str, problem: impl Into<String>) -> Self {
        Self {
            at: at.to_owned(),
            problem: problem.into(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Api {
    pub title: String,
    pub version: String,
    pub summary: String,
    pub doc: String,
    /// Where the API is unless the caller says otherwise.
    pub server: String,
    pub resources: Vec<Resource>,
    pub schemas: Vec<Schema>,
    pub errors: Vec<ErrorFamily>,
    pub events: Vec<Event>,
}

/// A webhook: its `type` and the schema of its body.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    pub name: String,
    pub doc: String,
    #[serde(rename = "type")]
    pub ty: Type,
}

impl Api {
    /// Fails on references into the void and on operations of no known kind.
    pub fn of(document: &Document) -> Result<Self, ModelError> {
        let names = types::Names::of(document);
        let mut schemas = schemas::all(document, &names)?;
        let operations = operations::all(document, &names, &mut schemas)?;
        let events = document.webhooks.iter().map(|webhook| {
            Ok(Event {
                name: webhook.name.clone(),
                doc: webhook.doc.clone(),
                ty: names.resolve(&webhook.name, &webhook.body)?,
            })
        });
        let events = events.collect::<Result<Vec<_>, ModelError>>()?;
        schemas::mark_directions(&mut schemas, &operations, &events);
        let Info {
            title,
            version,
            summary,
            description,
        } = document.info.clone();
        Ok(Self {
            title,
            version,
            summary,
            doc: description,
            server: document.server.clone(),
            errors: errors::families(document)?,
            resources: resources::group(document, operations, &schemas),
            schemas,
            events,
        })
    }

    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&Schema> {
        self.schemas.iter().find(|schema| schema.name == name)
    }

    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}
