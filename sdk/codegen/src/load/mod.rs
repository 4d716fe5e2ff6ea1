//! Reads `openapi.yaml`: the subset of OpenAPI 3.1 that Tintype prints, and nothing else.
//!
//! Whatever the generator does not understand would be left out of four client
//! libraries without anyone noticing, so the first unknown word ends the run with its JSON
//! pointer. Extensions (`x-…`) may be ignored, as OpenAPI says.

mod document;
mod node;
mod operation;
mod schema;

use serde_json::Value;

pub use document::{Document, Info, Tag, Webhook};
pub use operation::{Auth, Body, Content, Operation, Parameter, Place, Response};
pub use schema::{Limits, Object, Property, Schema, Shape};

use node::Node;

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("not YAML: {0}")]
    Yaml(#[from] serde_yaml::Error),
    #[error("#{pointer}: {problem}")]
    Unsupported { pointer: String, problem: String },
}

/// The document, or where it leaves the subset.
pub fn load(yaml: &str) -> Result<Document, LoadError> {
    let value: Value = serde_yaml::from_str(yaml)?;
    Document::read(&Node::root(&value))
}
