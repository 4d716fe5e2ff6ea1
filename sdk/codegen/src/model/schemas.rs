//! Named schemas: objects, open enums, unions, ids, amounts.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::operations::{Answer, Operation};
use super::types::{Names, Type};
use super::{Event, ModelError};
use crate::load::{self, Document, Shape};

#[derive(Clone, Debug, Serialize)]
pub struct Schema {
    pub name: String,
    pub doc: String,
    pub deprecated: bool,
    pub example: Option<Value>,
    /// Whether callers send it, themselves or within something else.
    pub input: bool,
    /// Whether the server sends it.
    pub output: bool,
    /// Whether it is a page of a list, for which every runtime has one class.
    pub page: bool,
    #[serde(flatten)]
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// `open`: members beyond these are part of its meaning.
    Object { fields: Vec<Field>, open: bool },
    /// Open to new values, as are all enums that we answer.
    Enum { values: Vec<EnumValue> },
    /// Variants told apart by the member `tag`.
    Union { tag: String, variants: Vec<Variant> },
    /// A string that begins with `prefix` and an underscore.
    Id { prefix: String },
    /// An exact decimal number as a string.
    Decimal,
    /// Another name for a type.
    Alias {
        #[serde(rename = "type")]
        ty: Type,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// As it stands in JSON.
    pub name: String,
    #[serde(rename = "type")]
    pub ty: Type,
    pub required: bool,
    pub deprecated: bool,
    pub doc: String,
    pub default: Option<Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnumValue {
    pub value: String,
    pub doc: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variant {
    /// The value of the tag.
    pub value: String,
    /// The name of the schema, an object.
    pub schema: String,
}

pub fn all(document: &Document, names: &Names) -> Result<Vec<Schema>, ModelError> {
    let schemas = document.schemas.iter();
    schemas
        .map(|(name, schema)| Schema::of(name, schema, names))
        .collect()
}

impl Schema {
    pub fn of(name: &str, schema: &load::Schema, names: &Names) -> Result<Self, ModelError> {
        Ok(Self {
            name: name.to_owned(),
            doc: schema.doc.clone(),
            deprecated: schema.deprecated,
            example: schema.example.clone(),
            input: false,
            output: false,
            page: false,
            kind: Kind::of(name, schema, names)?,
        })
    }

    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Object { fields, .. } => fields,
            _ => &[],
        }
    }

    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    fn refers_to(&self) -> Vec<&str> {
        match &self.kind {
            Kind::Object { fields, .. } => fields.iter().flat_map(|field| field.ty.names()).collect(),
            Kind::Union { variants, .. } => variants.iter().map(|variant| variant.schema.as_str()).collect(),
            Kind::Alias { ty } => ty.names(),
            Kind::Enum { .. } | Kind::Id { .. } | Kind::Decimal => Vec::new(),
        }
    }
}

/// A body that is only tried out is answered with something else than one that is
/// done, so clients don't offer it: they have `estimates`.
const DRY_RUN: &str = "validate_only";

impl Kind {
    /// The kind by the word that templates see.
    pub fn word(schema: &load::Schema) -> &'static str {
        match &schema.shape {
            Shape::Object(_) => "object",
            Shape::Enum(_) => "enum",
            Shape::Union { .. } => "union",
            Shape::String { .. } if prefix(schema).is_some() => "id",
            Shape::String { .. } if is_decimal(schema) => "decimal",
            _ => "alias",
        }
    }

    fn of(name: &str, schema: &load::Schema, names: &Names) -> Result<Self, ModelError> {
        Ok(match &schema.shape {
            Shape::Object(object) => {
                let told = object.properties.iter();
                let told = told.filter(|property| property.name != DRY_RUN);
                let fields = told.map(|property| {
                    Ok(Field {
                        name: property.name.clone(),
                        ty: names.resolve(&format!("{name}.{}", property.name), &property.schema)?,
                        required: property.required,
                        deprecated: property.schema.deprecated,
                        doc: property.schema.doc.clone(),
                        default: property.schema.default.clone(),
                    })
                });
                Self::Object {
                    fields: fields.collect::<Result<_, ModelError>>()?,
                    open: object.open,
                }
            }
            Shape::Enum(values) => {
                let values = values.iter().cloned();
                Self::Enum {
                    values: values.map(|(value, doc)| EnumValue { value, doc }).collect(),
                }
            }
            Shape::Union { tag, variants } => {
                let variants = variants.iter().cloned();
                Self::Union {
                    tag: tag.clone(),
                    variants: variants
                        .map(|(value, schema)| Variant { value, schema })
                        .collect(),
                }
            }
            Shape::String { .. } if is_decimal(schema) => Self::Decimal,
            _ => match prefix(schema) {
                Some(prefix) => Self::Id { prefix },
                None => Self::Alias {
                    ty: names.resolve(name, schema)?,
                },
            },
        })
    }
}

/// `gen` of `^gen_[0-9a-z]{26}$`.
fn prefix(schema: &load::Schema) -> Option<String> {
    let pattern = schema.limits.pattern.as_deref()?;
    let (prefix, _) = pattern.strip_prefix('^')?.split_once("_[0-9a-z]{26}$")?;
    let is_word = prefix.bytes().all(|byte| byte.is_ascii_lowercase());
    is_word.then(|| prefix.to_owned())
}

fn is_decimal(schema: &load::Schema) -> bool {
    let pattern = schema.limits.pattern.as_deref();
    pattern.is_some_and(|pattern| pattern.contains("(\\.[0-9]{1,"))
}

/// Notes on every schema whether it is sent, received or both.
pub fn mark_directions(schemas: &mut [Schema], operations: &[Operation], events: &[Event]) {
    let sent = operations.iter().flat_map(|operation| operation.sends());
    let received = operations.iter().flat_map(|operation| operation.receives());
    let received = received.chain(events.iter().map(|event| &event.ty));
    let sent = closure(schemas, sent.flat_map(Type::names));
    // Every operation may answer with a problem.
    let received = closure(schemas, received.flat_map(Type::names).chain(["Problem"]));
    let pages = operations.iter().filter_map(|operation| match &operation.answer {
        Answer::Page { ty, .. } => ty.name(),
        _ => None,
    });
    let pages: BTreeSet<_> = pages.collect();
    for schema in schemas {
        schema.page = pages.contains(schema.name.as_str());
        schema.input = sent.contains(&schema.name);
        schema.output = received.contains(&schema.name);
    }
}

/// The names and all that they refer to.
fn closure<'a>(schemas: &[Schema], names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut open: Vec<String> = names.map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        let schema = schemas.iter().find(|schema| schema.name == name);
        if let Some(schema) = schema.filter(|_| seen.insert(name.clone())) {
            open.extend(schema.refers_to().into_iter().map(str::to_owned));
        }
    }
    seen
}
