//! Resources: operations under one name.

use std::collections::BTreeSet;

use serde::Serialize;

use super::operations::{Answer, Operation};
use super::schemas::Schema;
use super::types::Type;
use crate::load::Document;

#[derive(Clone, Debug, Serialize)]
pub struct Resource {
    /// `generations`
    pub name: String,
    pub doc: String,
    pub operations: Vec<Operation>,
    /// The schemas that its operations name directly, in alphabetical order.
    pub types: Vec<String>,
    pub wait: Option<Wait>,
}

/// How to wait for the end of what a resource makes: ask `get`, which takes `Prefer: wait=n`,
/// until the field `ended` is set.
#[derive(Clone, Debug, Serialize)]
pub struct Wait {
    #[serde(rename = "type")]
    pub ty: Type,
    /// The operation that answers the same type when it is made, if there is one.
    pub create: Option<String>,
    pub ended: String,
    pub status: String,
    /// The field that says how far it is, in hundredths.
    pub progress: Option<String>,
}

pub fn group(document: &Document, operations: Vec<Operation>, schemas: &[Schema]) -> Vec<Resource> {
    let mut resources: Vec<Resource> = Vec::new();
    for operation in operations {
        match resources
            .iter_mut()
            .find(|resource| resource.name == operation.resource)
        {
            Some(resource) => resource.operations.push(operation),
            None => {
                let tag = document.tags.iter().find(|tag| tag.name == operation.tag);
                resources.push(Resource {
                    name: operation.resource.clone(),
                    doc: tag.map(|tag| tag.doc.clone()).unwrap_or_default(),
                    operations: vec![operation],
                    types: Vec::new(),
                    wait: None,
                });
            }
        }
    }
    let is_page = |name: &str| schemas.iter().any(|schema| schema.page && schema.name == name);
    for resource in &mut resources {
        resource.wait = wait(resource, schemas);
        let operations = resource.operations.iter();
        let types = operations.flat_map(|operation| operation.sends().chain(operation.receives()));
        let types: BTreeSet<_> = types
            .flat_map(Type::names)
            .filter(|name| !is_page(name))
            .collect();
        resource.types = types.into_iter().map(str::to_owned).collect();
    }
    resources
}

fn wait(resource: &Resource, schemas: &[Schema]) -> Option<Wait> {
    let named = |name: &str| {
        resource
            .operations
            .iter()
            .find(|operation| operation.name == name)
    };
    let get = named("get").filter(|get| get.waits)?;
    let Answer::Json { ty } = &get.answer else {
        return None;
    };
    let schema = schemas
        .iter()
        .find(|schema| Some(schema.name.as_str()) == ty.name())?;
    let field = |name: &str| schema.field(name).map(|field| field.name.clone());
    let makes_it = |operation: &&Operation| match &operation.answer {
        Answer::Json { ty: made } => made.shape == ty.shape,
        _ => false,
    };
    Some(Wait {
        ty: ty.clone(),
        create: named("create").filter(makes_it).map(|create| create.name.clone()),
        ended: field("ended_at")?,
        status: field("status")?,
        progress: field("progress"),
    })
}
