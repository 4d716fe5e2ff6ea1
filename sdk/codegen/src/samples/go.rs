//! `client.Keys.Create(ctx, tintype.CreateKey{Name: "web shop"})`

use serde_json::Value;

use super::{Code, Item, Layout, Sampler, body, fields, list, params, path, quoted, resolved, variant};
use crate::languages::Language;
use crate::languages::go::{self, exported};
use crate::model::{Api, Kind, Operation, Shape, Type};

pub struct Go;

impl Sampler for Go {
    fn language(&self) -> Box<dyn Language> {
        Box::new(go::Go)
    }

    fn template(&self) -> &'static str {
        "sample.go.j2"
    }

    fn layout(&self) -> Layout {
        Layout {
            width: 90,
            indent: "\t",
            hugs: true,
            aligns: true,
        }
    }

    fn method(&self, operation: &Operation) -> String {
        format!(
            "client.{}.{}",
            exported(&operation.resource),
            exported(&operation.name)
        )
    }

    fn arguments(&self, api: &Api, operation: &Operation) -> Vec<Item> {
        let mut arguments = vec![Code::text("ctx")];
        arguments.extend(path(operation).map(|(param, value)| literal(api, &param.ty, &value)));
        if let (Some(sent), Some((ty, fields))) = (&operation.body, body(api, operation)) {
            let fields = fields.iter();
            let fields = fields.map(|(field, value)| {
                let spelled = go::spelled(&field.ty, field.required, false, true);
                member(api, &field.name, &field.ty, &spelled, value)
            });
            let by = if sent.required { "" } else { "&" };
            arguments.push(object(by, ty.name().unwrap_or_default(), fields));
        }
        if !operation.params.is_empty() {
            let needed: Vec<_> = params(operation)
                .map(|(param, value)| {
                    let spelled = go::spelled(&param.ty, true, true, true);
                    member(api, &param.name, &param.ty, &spelled, &value)
                })
                .collect();
            arguments.push(match needed.is_empty() {
                true => Code::text("nil"),
                false => object("&", &operation.params_name, needed.into_iter()),
            });
        }
        arguments.into_iter().map(Item::from).collect()
    }
}

fn object(by: &str, name: &str, members: impl Iterator<Item = Item>) -> Code {
    Code::Brackets {
        open: format!("{by}tintype.{}{{", exported(name)),
        items: members.collect(),
        close: "}",
        pad: "",
    }
}

/// `spelled` is the type of the field: a pointer where zero and absent differ.
fn member(api: &Api, name: &str, ty: &Type, spelled: &str, value: &Value) -> Item {
    let wrapped = |call: String, value: Code| list(call, [value], ")");
    let value = match spelled.starts_with('*') {
        _ if spelled.starts_with("Nullable") && value.is_null() => {
            Code::Text(format!("tintype.Null[{}]()", qualified(&go::plain(ty))))
        }
        _ if spelled.starts_with("Nullable") => {
            let call = format!("tintype.Set[{}](", qualified(&go::plain(ty)));
            wrapped(call, literal(api, ty, value))
        }
        false => literal(api, ty, value),
        true if value.is_null() => Code::text("nil"),
        true if matches!(ty.shape, Shape::Integer { .. }) => {
            wrapped("tintype.Int(".to_owned(), literal(api, ty, value))
        }
        true => match literal(api, ty, value) {
            Code::Brackets {
                open,
                items,
                close,
                pad,
            } if close == "}" => Code::Brackets {
                open: format!("&{open}"),
                items,
                close,
                pad,
            },
            plain if value.is_boolean() => wrapped("tintype.Ptr(".to_owned(), plain),
            plain => wrapped(format!("tintype.Ptr[{}](", qualified(&go::plain(ty))), plain),
        },
    };
    Item {
        name: format!("{}: ", exported(name)),
        value,
    }
}

/// A type as it is called outside of the package.
fn qualified(plain: &str) -> String {
    match plain.starts_with(|first: char| first.is_ascii_uppercase()) {
        true => format!("tintype.{plain}"),
        false => plain.to_owned(),
    }
}

fn literal(api: &Api, ty: &Type, value: &Value) -> Code {
    let ty = resolved(api, ty);
    match (&ty.shape, value) {
        (Shape::Named { name, is }, Value::String(word)) if is == "enum" => constant(api, name, word),
        (Shape::Named { name, is }, Value::Object(_)) if is == "union" => {
            let Some(variant) = variant(api, name, value) else {
                return Code::text("nil");
            };
            let inner = Item {
                name: "Value: ".to_owned(),
                value: structure(api, "&", variant, value),
            };
            object("", name, [inner].into_iter())
        }
        (Shape::Named { name, .. }, Value::Object(_)) => structure(api, "", name, value),
        (Shape::DateTime, Value::String(text)) => {
            let number = |part: &str| part.trim_start_matches('0').to_owned();
            let parts: Vec<_> = text.split(|c: char| !c.is_ascii_digit()).take(6).collect();
            let parts: Vec<_> = parts.iter().map(|part| number(part)).collect();
            let parts = parts.iter().map(|part| if part.is_empty() { "0" } else { part });
            let parts: Vec<_> = parts.collect();
            Code::Text(format!("time.Date({}, 0, time.UTC)", parts.join(", ")))
        }
        (Shape::Binary, Value::String(path)) => Code::Text(format!("tintype.FileAt({path:?})")),
        (Shape::List { of }, Value::Array(values)) => {
            let open = format!("[]{}{{", qualified(&go::plain(of)));
            list(open, values.iter().map(|value| literal(api, of, value)), "}")
        }
        (Shape::Map { of }, Value::Object(members)) => Code::Brackets {
            open: format!("map[string]{}{{", qualified(&go::plain(of))),
            items: members
                .iter()
                .map(|(name, value)| Item {
                    name: format!("{name:?}: "),
                    value: literal(api, of, value),
                })
                .collect(),
            close: "}",
            pad: "",
        },
        (_, Value::String(text)) => quoted(text),
        (_, Value::Null) => Code::text("nil"),
        _ => Code::text(value.to_string()),
    }
}

fn structure(api: &Api, by: &str, name: &str, value: &Value) -> Code {
    let members = fields(api, name, value).into_iter();
    let members = members
        .filter(|(field, _)| !matches!(field.ty.shape, Shape::Const { .. }))
        .map(|(field, value)| {
            let spelled = go::spelled(&field.ty, field.required, false, true);
            member(api, &field.name, &field.ty, &spelled, &value)
        });
    object(by, name, members)
}

fn constant(api: &Api, name: &str, word: &str) -> Code {
    let Some(Kind::Enum { values }) = api.schema(name).map(|schema| &schema.kind) else {
        return quoted(word);
    };
    match values.iter().any(|value| value.value == word) {
        true => Code::Text(format!("tintype.{}{}", exported(name), exported(word))),
        false => quoted(word),
    }
}
