//! What a field, parameter or answer is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ModelError;
use super::schemas::Kind;
use crate::load::{Document, Limits, Schema, Shape as Loaded};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Type {
    #[serde(flatten)]
    pub shape: Shape,
    pub nullable: bool,
    pub limits: Limits,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    String,
    /// One string and no other: the tag of a union's variant.
    Const {
        value: String,
    },
    /// `int32`, `int64`, `uint8`, `uint16`, `uint32` or `uint64`.
    Integer {
        format: String,
    },
    Number,
    Boolean,
    /// RFC 3339.
    DateTime,
    /// Bytes: a file in a form.
    Binary,
    /// Any JSON value.
    Any,
    /// A schema by its name, and of which kind that is.
    Named {
        name: String,
        is: String,
    },
    List {
        of: Box<Type>,
    },
    Map {
        of: Box<Type>,
    },
}

impl Type {
    /// The names of the schemas in it.
    pub fn names(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Named { name, .. } => vec![name],
            Shape::List { of } | Shape::Map { of } => of.names(),
            _ => Vec::new(),
        }
    }

    /// The name of the schema that it is.
    pub fn name(&self) -> Option<&str> {
        match &self.shape {
            Shape::Named { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// All names that a reference may mean, with their kinds.
pub struct Names(BTreeMap<String, &'static str>);

impl Names {
    pub fn of(document: &Document) -> Self {
        let kinds = document.schemas.iter();
        Self(
            kinds
                .map(|(name, schema)| (name.clone(), Kind::word(schema)))
                .collect(),
        )
    }

    pub fn resolve(&self, at: &str, schema: &Schema) -> Result<Type, ModelError> {
        let shape = match &schema.shape {
            Loaded::Reference(name) => {
                let is = self
                    .0
                    .get(name)
                    .ok_or_else(|| ModelError::new(at, format!("there is no schema `{name}`")))?;
                Shape::Named {
                    name: name.clone(),
                    is: (*is).to_owned(),
                }
            }
            Loaded::String { format } => match format.as_str() {
                "date-time" => Shape::DateTime,
                "binary" => Shape::Binary,
                "" | "uri" | "email" | "uuid" | "date" => Shape::String,
                other => {
                    return Err(ModelError::new(
                        at,
                        format!("strings of format `{other}` are unknown"),
                    ));
                }
            },
            Loaded::Integer { format } => match format.as_str() {
                "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => Shape::Integer {
                    format: format.clone(),
                },
                other => {
                    return Err(ModelError::new(
                        at,
                        format!("integers of format `{other}` are unknown"),
                    ));
                }
            },
            Loaded::Number => Shape::Number,
            Loaded::Boolean => Shape::Boolean,
            Loaded::Any => Shape::Any,
            Loaded::List(of) => Shape::List {
                of: Box::new(self.resolve(at, of)?),
            },
            Loaded::Map(of) => Shape::Map {
                of: Box::new(self.resolve(at, of)?),
            },
            Loaded::Enum(values) if values.len() == 1 => Shape::Const {
                value: values[0].0.clone(),
            },
            Loaded::Enum(_) => return Err(ModelError::new(at, "an enum must be a named schema")),
            Loaded::Object(_) => return Err(ModelError::new(at, "an object must be a named schema")),
            Loaded::Union { .. } => return Err(ModelError::new(at, "a union must be a named schema")),
        };
        Ok(Type {
            shape,
            nullable: schema.nullable,
            limits: schema.limits.clone(),
        })
    }
}
