//! The schemas of the subset: named objects, named enums, tagged unions, and what
//! may stand in a field.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::LoadError;
use super::node::Node;

#[derive(Clone, Debug)]
pub struct Schema {
    pub doc: String,
    pub deprecated: bool,
    pub nullable: bool,
    pub default: Option<Value>,
    pub example: Option<Value>,
    pub limits: Limits,
    pub shape: Shape,
}

#[derive(Clone, Debug)]
pub enum Shape {
    Reference(String),
    String {
        format: String,
    },
    /// Values with what they mean.
    Enum(Vec<(String, String)>),
    Integer {
        format: String,
    },
    Number,
    Boolean,
    Any,
    List(Box<Schema>),
    Map(Box<Schema>),
    Object(Object),
    /// The member that tells variants apart, and the variants by its value.
    Union {
        tag: String,
        variants: Vec<(String, String)>,
    },
}

#[derive(Clone, Debug)]
pub struct Object {
    pub properties: Vec<Property>,
    /// Whether members beyond the declared are expected.
    pub open: bool,
}

#[derive(Clone, Debug)]
pub struct Property {
    pub name: String,
    pub required: bool,
    pub schema: Schema,
}

/// Bounds of a value, as JSON Schema has them; the server checks them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

const ANNOTATIONS: [&str; 5] = ["description", "examples", "deprecated", "default", "title"];
const STRING: [&str; 6] = ["type", "format", "pattern", "minLength", "maxLength", "enum"];
const NUMBER: [&str; 7] = [
    "type",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];
const LIST: [&str; 5] = ["type", "items", "minItems", "maxItems", "uniqueItems"];
const OBJECT: [&str; 4] = ["type", "properties", "required", "additionalProperties"];
const UNION: [&str; 3] = ["oneOf", "anyOf", "discriminator"];

impl Schema {
    pub fn read(node: &Node<'_>) -> Result<Self, LoadError> {
        let (shape, nullable) = Shape::read(node)?;
        let example = node
            .get("examples")
            .map(|examples| examples.items())
            .transpose()?;
        Ok(Self {
            doc: node.text_of("description")?,
            deprecated: node.truth_of("deprecated")?,
            nullable,
            default: node.get("default").map(|default| default.value().clone()),
            example: example.and_then(|examples| examples.first().map(|example| example.value().clone())),
            limits: Limits::read(node)?,
            shape,
        })
    }
}

impl Shape {
    /// The shape, and whether null may stand instead.
    fn read(node: &Node<'_>) -> Result<(Self, bool), LoadError> {
        if let Some(reference) = node.get("$ref") {
            only(node, &["$ref"])?;
            return Ok((Self::Reference(reference.reference("schemas")?), false));
        }
        if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
            return Self::choice(node);
        }
        let Some(types) = node.get("type") else {
            only(node, &[])?;
            return Ok((Self::Any, false));
        };
        let (name, nullable) = one_type(&types)?;
        let shape = match name.as_str() {
            "string" => {
                only(node, &STRING)?;
                Self::string(node)?
            }
            "integer" => {
                only(node, &NUMBER)?;
                let format = node.text_of("format")?;
                Self::Integer { format }
            }
            "number" => {
                only(node, &NUMBER)?;
                Self::Number
            }
            "boolean" => {
                only(node, &["type"])?;
                Self::Boolean
            }
            "array" => {
                only(node, &LIST)?;
                Self::List(Box::new(Schema::read(&node.need("items")?)?))
            }
            "object" => {
                only(node, &OBJECT)?;
                Self::object(node)?
            }
            other => return Err(types.error(format!("`{other}` is no type of this subset"))),
        };
        Ok((shape, nullable))
    }

    fn string(node: &Node<'_>) -> Result<Self, LoadError> {
        let Some(values) = node.get("enum") else {
            let format = node.text_of("format")?;
            return Ok(Self::String { format });
        };
        let meanings = node.get("x-enumDescriptions");
        let meaning = |value: &str| match &meanings {
            Some(meanings) => meanings.text_of(value),
            None => Ok(String::new()),
        };
        let values = values.texts()?.into_iter().map(|value| {
            let meaning = meaning(&value)?;
            Ok((value, meaning))
        });
        Ok(Self::Enum(values.collect::<Result<_, LoadError>>()?))
    }

    fn object(node: &Node<'_>) -> Result<Self, LoadError> {
        let additional = node.get("additionalProperties");
        let closed = additional
            .as_ref()
            .is_some_and(|node| node.value() == &Value::Bool(false));
        let Some(properties) = node.get("properties") else {
            return match additional {
                Some(_) if closed => Ok(Self::Object(Object {
                    properties: Vec::new(),
                    open: false,
                })),
                Some(values) => Ok(Self::Map(Box::new(Schema::read(&values)?))),
                None => Err(node.error("says neither which members it has nor of what kind they are")),
            };
        };
        if let Some(values) = additional.filter(|_| !closed) {
            let values_are_any = matches!(Schema::read(&values)?.shape, Shape::Any);
            if !values_are_any {
                return Err(values.error("must be `false` or `{}` beside `properties`"));
            }
        }
        let required = match node.get("required") {
            Some(names) => names.texts()?,
            None => Vec::new(),
        };
        let properties = properties.members()?;
        if let Some(stray) = required
            .iter()
            .find(|name| properties.iter().all(|(known, _)| known != name))
        {
            return Err(node.error(format!("requires `{stray}`, which is no property")));
        }
        let open = node.get("additionalProperties").is_some() && !closed;
        let properties = properties.into_iter().map(|(name, node)| {
            Ok(Property {
                name: name.to_owned(),
                required: required.iter().any(|known| known == name),
                schema: Schema::read(&node)?,
            })
        });
        let properties = properties.collect::<Result<_, LoadError>>()?;
        Ok(Self::Object(Object { properties, open }))
    }

    /// `anyOf: [X, null]`, or variants told apart by a discriminator.
    fn choice(node: &Node<'_>) -> Result<(Self, bool), LoadError> {
        only(node, &UNION)?;
        let options = match node.get("oneOf") {
            Some(options) => options,
            None => node.need("anyOf")?,
        };
        let Some(discriminator) = node.get("discriminator") else {
            let items = options.items()?;
            let is_null = |node: &Node<'_>| node.value() == &serde_json::json!({"type": "null"});
            return match items.as_slice() {
                [inner, null] if is_null(null) => Ok((Self::read(inner)?.0, true)),
                _ => Err(options.error("needs a `discriminator`")),
            };
        };
        discriminator.only(&["propertyName", "mapping"])?;
        let tag = discriminator.need("propertyName")?.text()?.to_owned();
        let mapping = discriminator.need("mapping")?.members()?.into_iter();
        let variants = mapping
            .map(|(value, target)| Ok((value.to_owned(), target.reference("schemas")?)))
            .collect::<Result<Vec<_>, LoadError>>()?;
        for option in options.items()? {
            let name = option.need("$ref")?.reference("schemas")?;
            if variants.iter().all(|(_, known)| known != &name) {
                return Err(option.error("is missing in the discriminator's `mapping`"));
            }
        }
        Ok((Self::Union { tag, variants }, false))
    }
}

impl Limits {
    fn read(node: &Node<'_>) -> Result<Self, LoadError> {
        let number = |key: &str| {
            node.get(key)
                .map(|node| {
                    node.value()
                        .as_f64()
                        .ok_or_else(|| node.error("must be a number"))
                })
                .transpose()
        };
        let count = |key: &str| {
            node.get(key)
                .map(|node| node.value().as_u64().ok_or_else(|| node.error("must be a count")))
                .transpose()
        };
        Ok(Self {
            minimum: number("minimum")?.or(number("exclusiveMinimum")?),
            maximum: number("maximum")?.or(number("exclusiveMaximum")?),
            min_length: count("minLength")?,
            max_length: count("maxLength")?,
            min_items: count("minItems")?,
            max_items: count("maxItems")?,
            pattern: node
                .get("pattern")
                .map(|node| node.text().map(str::to_owned))
                .transpose()?,
        })
    }
}

fn only(node: &Node<'_>, known: &[&str]) -> Result<(), LoadError> {
    node.only(&[known, &ANNOTATIONS].concat())
}

/// `type: X` or `type: [X, "null"]`.
fn one_type(node: &Node<'_>) -> Result<(String, bool), LoadError> {
    if node.value().is_string() {
        return Ok((node.text()?.to_owned(), false));
    }
    match node.texts()?.as_slice() {
        [name, null] if null == "null" => Ok((name.clone(), true)),
        _ => Err(node.error("must be one type, or one and \"null\"")),
    }
}
