//! Rust: `sdk/rust/src`.
//!
//! The templates care about what is said and rustfmt about how it is laid out: the generated
//! files must pass the same `cargo fmt --check` as all others.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::{File, Language, ty};
use crate::model::{Api, Shape, Type};
use crate::render::prose;
use crate::words;

pub struct Rust;

impl Language for Rust {
    fn folder(&self) -> &'static str {
        "rust"
    }

    fn filters(&self, environment: &mut Environment<'static>) {
        environment.add_filter("type", |value: Value| ty(value).map(|ty| spell(&ty)));
        environment.add_filter("argument", |value: Value, options: Kwargs| {
            let optional = options.get::<Option<bool>>("optional")?.unwrap_or(false);
            options.assert_all_used()?;
            ty(value).map(|ty| argument(&ty, optional))
        });
        environment.add_filter("given", |value: Value, name: &str, options: Kwargs| {
            let optional = options.get::<Option<bool>>("optional")?.unwrap_or(false);
            options.assert_all_used()?;
            ty(value).map(|ty| given(&ty, name, optional))
        });
        environment.add_filter("text", |value: Value, name: &str| {
            ty(value).map(|ty| text(&ty, name))
        });
        environment.add_filter("ident", |name: &str, options: Kwargs| {
            let plain = options.get::<Option<bool>>("plain")?.unwrap_or(false);
            options.assert_all_used()?;
            Ok::<_, Error>(match ident(name) {
                name if plain => name.trim_start_matches("r#").to_owned(),
                name => name,
            })
        });
        environment.add_filter("variant", |value: &str| variant(value));
        environment.add_filter("doc", doc);
        environment.add_filter("imports", |text: &str, types: Vec<String>| imports(text, &types));
    }

    fn files(&self, api: &Api) -> Vec<File> {
        let mut files = vec![
            File::whole("src/types.rs", "types.rs.j2"),
            File::whole("src/events.rs", "events.rs.j2"),
            File::whole("src/resources/mod.rs", "resources.rs.j2"),
        ];
        for resource in &api.resources {
            let path = format!("src/resources/{}.rs", resource.name);
            files.push(File::of(resource, path, "resource.rs.j2"));
        }
        files
    }

    fn finish(&self, text: String) -> Result<String, Error> {
        rustfmt(&text).map_err(|problem| Error::new(ErrorKind::InvalidOperation, problem))
    }
}

fn spell(ty: &Type) -> String {
    let name = match &ty.shape {
        Shape::String | Shape::Const { .. } => "String".to_owned(),
        Shape::Integer { format } => integer(format).to_owned(),
        Shape::Number => "f64".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::DateTime => "Timestamp".to_owned(),
        Shape::Binary => "Upload".to_owned(),
        Shape::Any => "Value".to_owned(),
        Shape::Named { name, .. } => name.clone(),
        Shape::List { of } => format!("Vec<{}>", spell(of)),
        Shape::Map { of } => format!("BTreeMap<String, {}>", spell(of)),
    };
    match ty.nullable {
        true => format!("Option<{name}>"),
        false => name,
    }
}

fn integer(format: &str) -> &'static str {
    match format {
        "int32" => "i32",
        "uint8" => "u8",
        "uint16" => "u16",
        "uint32" => "u32",
        "uint64" => "u64",
        _ => "i64",
    }
}

/// Whether it is a string, and callers should not have to care of which kind.
fn is_text(ty: &Type) -> bool {
    match &ty.shape {
        Shape::String | Shape::Const { .. } => true,
        Shape::Named { is, .. } => ["id", "decimal", "enum"].contains(&is.as_str()),
        _ => false,
    }
}

/// The type of an argument: as generous as can be. A nullable one takes what is not null, unless
/// it is `optional`.
fn argument(ty: &Type, optional: bool) -> String {
    if ty.nullable && optional {
        return spell(ty);
    }
    let plain = Type {
        nullable: false,
        ..ty.clone()
    };
    match &ty.shape {
        _ if is_text(ty) => format!("impl Into<{}>", spell(&plain)),
        Shape::Any => "impl Into<Value>".to_owned(),
        Shape::List { of } => format!("impl IntoIterator<Item = {}>", argument(of, true)),
        Shape::Map { of } => {
            format!(
                "impl IntoIterator<Item = (impl Into<String>, {})>",
                argument(of, true)
            )
        }
        _ => spell(&plain),
    }
}

/// The value of an argument.
fn given(ty: &Type, name: &str, optional: bool) -> String {
    if ty.nullable && optional {
        return name.to_owned();
    }
    match &ty.shape {
        _ if is_text(ty) => format!("{name}.into()"),
        Shape::Any => format!("{name}.into()"),
        Shape::List { of } if argument(of, true).starts_with("impl") => {
            format!("{name}.into_iter().map(Into::into).collect()")
        }
        Shape::List { .. } => format!("{name}.into_iter().collect()"),
        Shape::Map { of } => {
            let value = given(of, "value", true);
            format!("{name}.into_iter().map(|(name, value)| (name.into(), {value})).collect()")
        }
        _ => name.to_owned(),
    }
}

/// An argument as a part of the path.
fn text(ty: &Type, name: &str) -> String {
    match &ty.shape {
        Shape::Named { .. } if is_text(ty) => format!("{name}.into().as_str()"),
        _ if is_text(ty) => format!("&{name}.into()"),
        _ => format!("&{name}.to_string()"),
    }
}

const KEYWORDS: [&str; 23] = [
    "as", "async", "await", "const", "do", "dyn", "else", "enum", "fn", "for", "if", "impl", "in", "loop",
    "match", "mod", "move", "ref", "static", "type", "use", "where", "while",
];

pub(crate) fn ident(name: &str) -> String {
    let name = words::snake(name);
    match name.as_str() {
        keyword if KEYWORDS.contains(&keyword) => format!("r#{name}"),
        // These can't even be raw.
        "self" | "super" | "crate" => format!("{name}_"),
        _ if name.starts_with(|first: char| first.is_ascii_digit()) => format!("n{name}"),
        _ => name,
    }
}

/// `1000_tokens` becomes `Tokens1000`: a name can't begin with a digit.
pub(crate) fn variant(value: &str) -> String {
    let value = match value.split_once('_') {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{rest}_{number}")
        }
        _ => value.to_owned(),
    };
    match words::pascal(&value) {
        // Taken by the values that are not known.
        name if ["Other", "Unknown", "Self"].contains(&name.as_str()) => format!("{name}Value"),
        name if name.starts_with(|first: char| first.is_ascii_digit()) => format!("N{name}"),
        name => name,
    }
}

/// `{{ doc | doc(indent=4) }}`: lines of a doc comment, and the attribute if it is deprecated.
fn doc(text: &str, options: Kwargs) -> Result<String, Error> {
    let indent: usize = options.get::<Option<usize>>("indent")?.unwrap_or(0);
    let deprecated = options.get::<Option<bool>>("deprecated")?.unwrap_or(false);
    options.assert_all_used()?;
    let margin = " ".repeat(indent);
    let lines = prose::wrap(text, 96 - indent);
    let lines = lines.iter().map(|line| format!("{margin}/// {line}"));
    let mut lines: Vec<_> = lines.map(|line| format!("{}\n", line.trim_end())).collect();
    if deprecated {
        lines.push(format!("{margin}#[deprecated]\n"));
    }
    Ok(lines.concat())
}

/// The `use` lines for what stands in the text.
fn imports(text: &str, types: &[String]) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let words: BTreeSet<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split(|c| !word(c)))
        .collect();
    let runtime = [
        "Api",
        "Call",
        "Download",
        "EventStream",
        "Page",
        "Prepared",
        "Wait",
        "Waitable",
    ];
    let runtime: Vec<_> = runtime.into_iter().filter(|name| words.contains(name)).collect();
    let types: Vec<_> = types
        .iter()
        .map(String::as_str)
        .filter(|name| words.contains(name))
        .collect();
    let mut lines = Vec::new();
    if words.contains("Timestamp") {
        lines.push("use jiff::Timestamp;".to_owned());
    }
    lines.push("use reqwest::Method;\n".to_owned());
    lines.push(format!("use crate::runtime::{{{}}};", runtime.join(", ")));
    if !types.is_empty() {
        lines.push(format!("use crate::types::{{{}}};", types.join(", ")));
    }
    lines.join("\n")
}

fn rustfmt(text: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("rustfmt: {error}");
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(format!("{text}\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
