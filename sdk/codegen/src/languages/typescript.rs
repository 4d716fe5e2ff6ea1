//! TypeScript: `sdk/typescript/src`.
//!
//! Field names stay as they are in JSON, so that objects need no translation; methods and
//! parameters of ours are in camel case.

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use super::{File, Language, ty};
use crate::model::{Api, Shape, Type};
use crate::render::prose;
use crate::words;

pub struct TypeScript;

impl Language for TypeScript {
    fn folder(&self) -> &'static str {
        "typescript"
    }

    fn filters(&self, environment: &mut Environment<'static>) {
        environment.add_filter("type", |value: Value, options: Kwargs| {
            let input = options.get::<Option<bool>>("input")?.unwrap_or(false);
            options.assert_all_used()?;
            ty(value).map(|ty| spell(&ty, input))
        });
        environment.add_filter("doc", doc);
        environment.add_filter("key", |name: &str| key(name));
    }

    fn files(&self, api: &Api) -> Vec<File> {
        let mut files = vec![
            File::whole("src/client.ts", "client.ts.j2"),
            File::whole("src/types.ts", "types.ts.j2"),
            File::whole("src/errors.ts", "errors.ts.j2"),
            File::whole("src/events.ts", "events.ts.j2"),
            File::whole("src/resources/index.ts", "resources.ts.j2"),
        ];
        for resource in &api.resources {
            let path = format!("src/resources/{}.ts", words::kebab(&resource.name));
            files.push(File::of(resource, path, "resource.ts.j2"));
        }
        files
    }
}

/// `input`: callers may pass a `Date` where the API takes a time.
fn spell(ty: &Type, input: bool) -> String {
    let name = match &ty.shape {
        Shape::String => "string".to_owned(),
        Shape::Const { value } => format!("{value:?}"),
        Shape::Integer { .. } | Shape::Number => "number".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::DateTime if input => "string | Date".to_owned(),
        Shape::DateTime => "string".to_owned(),
        Shape::Binary => "Upload".to_owned(),
        Shape::Any => "unknown".to_owned(),
        Shape::Named { name, .. } => name.clone(),
        Shape::List { of } => match spell(of, input) {
            of if of.contains(' ') => format!("({of})[]"),
            of => format!("{of}[]"),
        },
        Shape::Map { of } => format!("Record<string, {}>", spell(of, input)),
    };
    match ty.nullable {
        true => format!("{name} | null"),
        false => name,
    }
}

/// A property's name, quoted where it must be.
pub(crate) fn key(name: &str) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match plain {
        true => name.to_owned(),
        false => format!("{name:?}"),
    }
}

/// `{{ doc | doc(indent=2) }}`: a JSDoc block and a line feed, or nothing.
fn doc(text: &str, options: Kwargs) -> Result<String, Error> {
    let indent: usize = options.get::<Option<usize>>("indent")?.unwrap_or(0);
    options.assert_all_used()?;
    let margin = " ".repeat(indent);
    let text = text.replace("*/", "*\\/");
    let lines = prose::wrap(&text, 95 - indent);
    Ok(match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{margin}/** {line} */\n"),
        lines => {
            let lines: String = lines
                .iter()
                .map(|line| format!("{}\n", format!("{margin} * {line}").trim_end()))
                .collect();
            format!("{margin}/**\n{lines}{margin} */\n")
        }
    })
}
