//! `client.keys().create(CreateKey::new("web shop", [Scope::FilesRead]))`, on one line: rustfmt
//! lays it out.

use serde_json::Value;

use super::{Code, Item, Layout, Sampler, body, fields, list, params, path, quoted, resolved, variant};
use crate::languages::Language;
use crate::languages::rust::{self, ident};
use crate::model::{Api, Field, Kind, Operation, Shape, Type};

pub struct Rust;

impl Sampler for Rust {
    fn language(&self) -> Box<dyn Language> {
        Box::new(rust::Rust)
    }

    fn template(&self) -> &'static str {
        "sample.rs.j2"
    }

    fn layout(&self) -> Layout {
        Layout {
            width: usize::MAX,
            indent: "    ",
            hugs: false,
            aligns: false,
        }
    }

    fn method(&self, operation: &Operation) -> String {
        format!(
            "client.{}().{}",
            ident(&operation.resource),
            ident(&operation.name)
        )
    }

    fn arguments(&self, api: &Api, operation: &Operation) -> Vec<Item> {
        let needed = path(operation).chain(params(operation));
        let mut arguments: Vec<_> = needed
            .map(|(param, value)| literal(api, &param.ty, &value))
            .collect();
        if let Some((ty, fields)) = body(api, operation) {
            arguments.push(structure(api, ty.name().unwrap_or_default(), &fields));
        }
        arguments.into_iter().map(Item::from).collect()
    }
}

/// `new` takes what is required; setters take the rest.
fn structure(api: &Api, name: &str, given: &[(&Field, Value)]) -> Code {
    let is_const = |field: &Field| matches!(field.ty.shape, Shape::Const { .. });
    let all = api.schema(name).map(|schema| schema.fields()).unwrap_or_default();
    let required = all.iter().filter(|field| field.required && !is_const(field));
    let required = required.map(|field| {
        let given = given.iter().find(|(one, _)| one.name == field.name);
        let value = given.map_or(&Value::Null, |(_, value)| value);
        match (field.ty.nullable, value) {
            (true, Value::Null) => Code::text("None"),
            (true, _) => Code::Text(format!("Some({}.into())", literal(api, &field.ty, value).flat())),
            (false, _) => literal(api, &field.ty, value),
        }
    });
    let mut source = list(format!("{name}::new("), required, ")").flat();
    for (field, value) in given.iter().filter(|(field, _)| !field.required) {
        let setter = ident(&field.name);
        source += &match value {
            Value::Null => format!(".clear_{}()", field.name),
            value => format!(".{setter}({})", literal(api, &field.ty, value).flat()),
        };
    }
    Code::Text(source)
}

fn literal(api: &Api, ty: &Type, value: &Value) -> Code {
    let ty = resolved(api, ty);
    match (&ty.shape, value) {
        (Shape::Named { name, is }, Value::String(word)) if is == "enum" => match constant(api, name, word) {
            Some(constant) => Code::Text(constant),
            None => quoted(word),
        },
        (Shape::Named { name, is }, Value::Object(_)) if is == "union" => {
            let Some(schema) = variant(api, name, value) else {
                return Code::Text(format!("{name}::Unknown"));
            };
            let given = fields(api, schema, value);
            let inner = structure(api, schema, &given).flat();
            Code::Text(format!(
                "{name}::{}({inner})",
                rust::variant(tag(api, name, schema))
            ))
        }
        (Shape::Named { name, .. }, Value::Object(_)) => structure(api, name, &fields(api, name, value)),
        (Shape::DateTime, Value::String(text)) => Code::Text(format!("{text:?}.parse()?")),
        (Shape::Binary, Value::String(path)) => Code::Text(format!("Upload::path({path:?})")),
        (Shape::List { of }, Value::Array(values)) => {
            list("[", values.iter().map(|value| literal(api, of, value)), "]")
        }
        (Shape::Map { of }, Value::Object(members)) => {
            let pairs = members
                .iter()
                .map(|(name, value)| Code::Text(format!("({name:?}, {})", literal(api, of, value).flat())));
            list("[", pairs, "]")
        }
        (Shape::Any, value) => Code::Text(format!("serde_json::json!({value})")),
        (_, Value::String(text)) => quoted(text),
        _ => Code::text(value.to_string()),
    }
}

/// The tag of a variant.
fn tag<'a>(api: &'a Api, union: &str, schema: &str) -> &'a str {
    let Some(Kind::Union { variants, .. }) = api.schema(union).map(|schema| &schema.kind) else {
        return "";
    };
    let variant = variants.iter().find(|variant| variant.schema == schema);
    variant.map_or("", |variant| &variant.value)
}

fn constant(api: &Api, name: &str, word: &str) -> Option<String> {
    let Some(Kind::Enum { values }) = api.schema(name).map(|schema| &schema.kind) else {
        return None;
    };
    let known = values.iter().any(|value| value.value == word);
    known.then(|| format!("{name}::{}", rust::variant(word)))
}
