//! Writes the client libraries in `sdk/` from `openapi.yaml`.
//!
//! ```text
//! load/       the document: our subset of OpenAPI 3.1, anything else is an error
//! model/      the API as clients see it: resources, methods, types, errors
//! render/     templates and the filters that all languages share
//! languages/  per language: which files, how types and names are spelled
//! samples/    per language and operation: how to call it
//! write.rs    compares with what is committed, and writes
//! compare/    what a new document breaks
//! ```

pub mod compare;
pub mod languages;
pub mod load;
pub mod model;
pub mod render;
pub mod samples;
pub mod words;
pub mod write;
