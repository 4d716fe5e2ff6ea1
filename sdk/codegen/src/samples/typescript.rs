//! `await tintype.keys.create({ name: "web shop" })`

use serde_json::Value;

use super::{Code, Item, Layout, Sampler, body, list, params, path, quoted};
use crate::languages::{self, Language};
use crate::model::{Api, Operation, Shape, Type};
use crate::words::camel;

pub struct TypeScript;

impl Sampler for TypeScript {
    fn language(&self) -> Box<dyn Language> {
        Box::new(languages::typescript::TypeScript)
    }

    fn template(&self) -> &'static str {
        "sample.ts.j2"
    }

    fn layout(&self) -> Layout {
        Layout {
            width: 100,
            indent: "  ",
            hugs: true,
            aligns: false,
        }
    }

    fn method(&self, operation: &Operation) -> String {
        let (resource, name) = (camel(&operation.resource), camel(&operation.name));
        format!("tintype.{resource}.{name}")
    }

    fn arguments(&self, api: &Api, operation: &Operation) -> Vec<Item> {
        let mut arguments: Vec<_> = path(operation)
            .map(|(param, value)| literal(Some(&param.ty), &value))
            .collect();
        if let Some((_, fields)) = body(api, operation) {
            let fields = fields.iter();
            arguments.push(object(fields.map(|(field, value)| {
                (field.name.as_str(), literal(Some(&field.ty), value))
            })));
        }
        let params: Vec<_> = params(operation)
            .map(|(param, value)| (param.name.as_str(), literal(Some(&param.ty), &value)))
            .collect();
        if !params.is_empty() {
            arguments.push(object(params.into_iter()));
        }
        arguments.into_iter().map(Item::from).collect()
    }
}

fn literal(ty: Option<&Type>, value: &Value) -> Code {
    match value {
        Value::String(path) if ty.is_some_and(|ty| ty.shape == Shape::Binary) => {
            Code::Text(format!("await fileAt({path:?})"))
        }
        Value::String(text) => quoted(text),
        Value::Array(values) => list("[", values.iter().map(|value| literal(None, value)), "]"),
        Value::Object(members) => object(
            members
                .iter()
                .map(|(name, value)| (name.as_str(), literal(None, value))),
        ),
        _ => Code::text(value.to_string()),
    }
}

fn object<'a>(members: impl Iterator<Item = (&'a str, Code)>) -> Code {
    let items = members.map(|(name, value)| Item {
        name: format!("{}: ", languages::typescript::key(name)),
        value,
    });
    Code::Brackets {
        open: "{".to_owned(),
        items: items.collect(),
        close: "}",
        pad: " ",
    }
}
