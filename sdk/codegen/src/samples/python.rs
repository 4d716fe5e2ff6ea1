//! `client.keys.create(name="web shop")`

use serde_json::Value;

use super::{Code, Item, Layout, Sampler, body, list, params, path, quoted};
use crate::languages::{self, Language, python::ident};
use crate::model::{Api, Operation, Shape, Type};

pub struct Python;

impl Sampler for Python {
    fn language(&self) -> Box<dyn Language> {
        Box::new(languages::python::Python)
    }

    fn template(&self) -> &'static str {
        "sample.py.j2"
    }

    fn layout(&self) -> Layout {
        Layout {
            width: 80,
            indent: "    ",
            hugs: false,
            aligns: false,
        }
    }

    fn method(&self, operation: &Operation) -> String {
        format!("client.{}.{}", ident(&operation.resource), ident(&operation.name))
    }

    fn arguments(&self, api: &Api, operation: &Operation) -> Vec<Item> {
        let positional = path(operation).map(|(param, value)| literal(Some(&param.ty), &value).into());
        let mut arguments: Vec<Item> = positional.collect();
        let fields = body(api, operation).map(|(_, fields)| fields);
        for (field, value) in fields.into_iter().flatten() {
            arguments.push(keyword(&field.name, &field.ty, &value));
        }
        arguments.extend(params(operation).map(|(param, value)| keyword(&param.name, &param.ty, &value)));
        arguments
    }
}

fn keyword(name: &str, ty: &Type, value: &Value) -> Item {
    Item {
        name: format!("{}=", ident(name)),
        value: literal(Some(ty), value),
    }
}

fn literal(ty: Option<&Type>, value: &Value) -> Code {
    match value {
        Value::String(path) if ty.is_some_and(|ty| ty.shape == Shape::Binary) => {
            Code::Text(format!("Path({path:?})"))
        }
        Value::String(text) => quoted(text),
        Value::Array(values) => list("[", values.iter().map(|value| literal(None, value)), "]"),
        Value::Object(members) => Code::Brackets {
            open: "{".to_owned(),
            items: members
                .iter()
                .map(|(name, value)| Item {
                    name: format!("{name:?}: "),
                    value: literal(None, value),
                })
                .collect(),
            close: "}",
            pad: "",
        },
        Value::Null => Code::text("None"),
        Value::Bool(true) => Code::text("True"),
        Value::Bool(false) => Code::text("False"),
        Value::Number(number) => Code::text(number.to_string()),
    }
}
