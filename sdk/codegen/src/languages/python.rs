//! Python: `sdk/python/src/tintype`.
//!
//! What callers pass are keyword arguments and typed dictionaries, what they get are pydantic
//! models. Imports are found by looking which names a file's text uses.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error, ErrorKind};

use super::{File, Language, ty};
use crate::model::{Api, Shape, Type};
use crate::render::prose;
use crate::words;

pub struct Python;

impl Language for Python {
    fn folder(&self) -> &'static str {
        "python"
    }

    fn comment(&self) -> &'static str {
        "#"
    }

    fn filters(&self, environment: &mut Environment<'static>) {
        environment.add_filter("type", |value: Value, options: Kwargs| {
            let input = options.get::<Option<bool>>("input")?.unwrap_or(false);
            options.assert_all_used()?;
            ty(value).map(|ty| spell(&ty, input))
        });
        environment.add_filter("ident", |name: &str| ident(name));
        environment.add_filter("field", |name: &str| field(name));
        environment.add_filter("key", key);
        environment.add_filter("doc", doc);
        environment.add_filter("arg", arg);
        environment.add_filter("imports", imports);
    }

    fn files(&self, api: &Api) -> Vec<File> {
        let mut files = vec![
            File::whole("src/tintype/_client.py", "client.py.j2"),
            File::whole("src/tintype/errors.py", "errors.py.j2"),
            File::whole("src/tintype/types/__init__.py", "types/init.py.j2"),
            File::whole("src/tintype/types/enums.py", "types/enums.py.j2"),
            File::whole("src/tintype/types/objects.py", "types/objects.py.j2"),
            File::whole("src/tintype/types/params.py", "types/params.py.j2"),
            File::whole("src/tintype/types/events.py", "types/events.py.j2"),
            File::whole("src/tintype/resources/__init__.py", "resources.py.j2"),
        ];
        for resource in &api.resources {
            let path = format!("src/tintype/resources/{}.py", resource.name);
            files.push(File::of(resource, path, "resource.py.j2"));
        }
        files
    }
}

fn spell(ty: &Type, input: bool) -> String {
    let name = match &ty.shape {
        Shape::String => "str".to_owned(),
        Shape::Const { value } => format!("Literal[{value:?}]"),
        Shape::Integer { .. } => "int".to_owned(),
        Shape::Number => "float".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::DateTime if input => "datetime | str".to_owned(),
        Shape::DateTime => "datetime".to_owned(),
        Shape::Binary => "FileInput".to_owned(),
        Shape::Any => "object".to_owned(),
        Shape::Named { is, .. } if is == "id" => "str".to_owned(),
        Shape::Named { name, is } if input && matches!(is.as_str(), "object" | "union") => {
            format!("{name}Param")
        }
        Shape::Named { name, .. } => name.clone(),
        Shape::List { of } if input => format!("Sequence[{}]", spell(of, input)),
        Shape::List { of } => format!("list[{}]", spell(of, input)),
        Shape::Map { of } if input => format!("Mapping[str, {}]", spell(of, input)),
        Shape::Map { of } => format!("dict[str, {}]", spell(of, input)),
    };
    match ty.nullable {
        true => format!("{name} | None"),
        false => name,
    }
}

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// What every model has already.
const TAKEN: [&str; 10] = [
    "copy",
    "dict",
    "json",
    "construct",
    "schema",
    "validate",
    "last_response",
    "from_answer",
    "ended",
    "succeeded",
];

/// A parameter's or method's name.
pub(crate) fn ident(name: &str) -> String {
    let name = words::snake(name);
    match KEYWORDS.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// A model's field; where it differs from the name in JSON, that is its alias.
fn field(name: &str) -> String {
    let ident = ident(name);
    match TAKEN.contains(&ident.as_str()) || ident.starts_with("model_") {
        true => format!("{ident}_"),
        false => ident,
    }
}

/// A typed dictionary's key, which has no alias.
fn key(name: &str) -> Result<String, Error> {
    match ident(name) == name {
        true => Ok(name.to_owned()),
        false => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("`{name}` cannot be a member of a TypedDict"),
        )),
    }
}

/// `{{ text | doc(indent=4) }}`: a docstring and a line feed, or nothing. With `open=true`
/// it is left open behind an empty line, for the arguments.
fn doc(text: &str, options: Kwargs) -> Result<String, Error> {
    let indent: usize = options.get::<Option<usize>>("indent")?.unwrap_or(0);
    let open: bool = options.get::<Option<bool>>("open")?.unwrap_or(false);
    options.assert_all_used()?;
    let margin = " ".repeat(indent);
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    // The first line has the quotes at its beginning, the only one at its end too.
    let lines = prose::wrap(&format!("___{text}"), 100 - indent - 3);
    let lines: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| match index {
            0 => format!("{margin}\"\"\"{}", line.trim_start_matches('_')),
            _ => format!("{margin}{line}").trim_end().to_owned(),
        })
        .collect();
    Ok(match lines.as_slice() {
        _ if text.trim().is_empty() => String::new(),
        [line] if !open && line.ends_with('"') => format!("{line} \"\"\"\n"),
        [line] if !open => format!("{line}\"\"\"\n"),
        lines if open => format!("{}\n\n", lines.join("\n")),
        lines => format!("{}\n{margin}\"\"\"\n", lines.join("\n")),
    })
}

/// `{{ text | arg("name", indent=12) }}`: a line of a docstring's `Args`, hanging where it is long.
fn arg(text: &str, name: &str, options: Kwargs) -> Result<String, Error> {
    let indent: usize = options.get::<Option<usize>>("indent")?.unwrap_or(0);
    options.assert_all_used()?;
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let lines = prose::wrap(&format!("{name}: {text}"), 100 - indent - 4);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let hang = if index == 0 { indent } else { indent + 4 };
        out.push_str(format!("{:hang$}{line}", "").trim_end());
        out.push('\n');
    }
    Ok(out)
}

/// `{{ body | imports(here="resources", api=api) }}`: the import lines that `body` needs.
/// `here` is the folder that the file lies in.
fn imports(body: &str, options: Kwargs) -> Result<String, Error> {
    let here: String = options.get("here")?;
    let homes = homes(&options.get("api")?)?;
    options.assert_all_used()?;
    let own = defined(body);
    let mut wanted: BTreeMap<(u8, String), Vec<String>> = BTreeMap::new();
    for name in names(body) {
        if let Some(module) = homes.get(&name).filter(|_| !own.contains(name.as_str())) {
            let place = (rank(module), relative(module, &here));
            wanted.entry(place).or_default().push(name);
        }
    }
    let mut out = String::from("from __future__ import annotations\n");
    let mut last = 0;
    for ((rank, module), mut names) in wanted {
        if rank != last {
            out.push('\n');
            last = rank;
        }
        // As import sorters do: constants, classes, functions.
        names.sort_by_key(|name| (case(name), name.to_lowercase()));
        let line = format!("from {module} import {}\n", names.join(", "));
        match line.len() <= 101 {
            true => out.push_str(&line),
            false => {
                let names: String = names.iter().map(|name| format!("    {name},\n")).collect();
                out.push_str(&format!("from {module} import (\n{names})\n"));
            }
        }
    }
    Ok(out)
}

/// Where the names live that templates use. A module that begins with a dot is ours.
const HOMES: &[(&str, &[&str])] = &[
    ("collections.abc", &["Callable", "Mapping", "Sequence"]),
    ("datetime", &["datetime"]),
    ("functools", &["cached_property"]),
    (
        "typing",
        &["Annotated", "Literal", "Required", "TypeAlias", "TypedDict"],
    ),
    ("pydantic", &["Field", "Tag", "TypeAdapter"]),
    ("typing_extensions", &["deprecated"]),
    ("._core.call", &["Call", "Options"]),
    ("._core.clients", &["AsyncClient", "Client"]),
    ("._core.downloads", &["AsyncDownload", "Download"]),
    ("._core.models", &["APIObject", "ResponseInfo"]),
    ("._core.omit", &["OMIT", "Omit"]),
    ("._core.paging", &["AsyncPager", "Page", "PageBody", "fetch_page"]),
    (
        "._core.streaming",
        &["AsyncStream", "Stream", "open_async_stream", "open_stream"],
    ),
    ("._core.transport", &["AsyncTransport", "Transport"]),
    (
        "._core.unions",
        &["UNKNOWN", "Unknown", "UnknownEvent", "told_by"],
    ),
    ("._core.uploads", &["FileInput"]),
    ("._core.waiting", &["Wait"]),
    ("._core.wire", &["segment"]),
];

/// All names that can be imported, with their modules.
fn homes(api: &Value) -> Result<BTreeMap<String, String>, Error> {
    let mut homes = BTreeMap::new();
    for (module, names) in HOMES {
        homes.extend(
            names
                .iter()
                .map(|name| ((*name).to_owned(), (*module).to_owned())),
        );
    }
    for schema in api.get_attr("schemas")?.try_iter()? {
        let name = schema.get_attr("name")?.to_string();
        if homes.contains_key(&name) {
            let problem = format!("a schema cannot be called `{name}`: the runtime has that name");
            return Err(Error::new(ErrorKind::InvalidOperation, problem));
        }
        let kind = schema.get_attr("kind")?.to_string();
        if matches!(kind.as_str(), "object" | "union") {
            homes.insert(format!("{name}Param"), ".types.params".to_owned());
            let home = match name.as_str() {
                // Errors have it, which no model may depend on.
                "FieldError" => "._core.errors",
                _ => ".types.objects",
            };
            homes.insert(name, home.to_owned());
        } else {
            homes.insert(name, ".types.enums".to_owned());
        }
    }
    for resource in api.get_attr("resources")?.try_iter()? {
        let name = resource.get_attr("name")?.to_string();
        for class in [words::pascal(&name), format!("Async{}", words::pascal(&name))] {
            homes.insert(format!("{class}Resource"), format!(".resources.{name}"));
        }
    }
    Ok(homes)
}

/// Standard library, others, ours.
fn rank(module: &str) -> u8 {
    match module {
        _ if module.starts_with('.') => 3,
        "pydantic" | "typing_extensions" => 2,
        _ => 1,
    }
}

/// `._core.call` as it is written in a module of the folder `here`.
fn relative(module: &str, here: &str) -> String {
    match module.strip_prefix('.') {
        Some(_) if here.is_empty() => module.to_owned(),
        Some(path) => match path.strip_prefix(here).filter(|rest| rest.starts_with('.')) {
            Some(sibling) => sibling.to_owned(),
            None => format!("..{path}"),
        },
        None => module.to_owned(),
    }
}

fn case(name: &str) -> u8 {
    match name {
        _ if name.chars().all(|c| !c.is_lowercase()) => 0,
        _ if name.starts_with(char::is_uppercase) => 1,
        _ => 2,
    }
}

/// The names that Python text uses, outside of strings and comments.
fn names(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if let Some(inside) = rest.strip_prefix("\"\"\"") {
            inside.find("\"\"\"").map_or(rest.len(), |end| end + 6)
        } else if rest.starts_with("f\"") {
            let length = 1 + string(&rest[1..]);
            let braces = rest[..length].split('{').skip(1);
            found.extend(braces.flat_map(|inside| names(inside.split('}').next().unwrap_or_default())));
            length
        } else if first == '"' {
            string(rest)
        } else if first == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            let end = end.unwrap_or(rest.len());
            found.insert(rest[..end].to_owned());
            end
        } else {
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

/// The names that Python text defines itself.
fn defined(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with("class ") || line.contains(": TypeAlias = "))
        .map(|line| line.trim_start_matches("class "))
        .filter_map(|line| line.split([':', '(']).next())
        .collect()
}

/// The length of the string literal that `text` begins with.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return index + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_outside_of_strings() {
        let text =
            "class B(Model):\n    \"\"\"A Page.\"\"\"\n    c = {\"Call\": f\"/Sort/{d(e)}\"}  # Omit\n";
        let names: Vec<_> = names(text).into_iter().collect();
        assert_eq!(names, ["B", "Model", "c", "class", "d", "e"]);
        assert!(defined(text).contains("B"));
    }

    #[test]
    fn modules_seen_from_elsewhere() {
        assert_eq!(relative("._core.call", ""), "._core.call");
        assert_eq!(relative("._core.call", "resources"), ".._core.call");
        assert_eq!(relative(".types.enums", "types"), ".enums");
        assert_eq!(relative("typing", "types"), "typing");
    }
}
