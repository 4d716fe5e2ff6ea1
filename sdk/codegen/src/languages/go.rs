//! Go: `sdk/go`, one package.
//!
//! A field is a pointer where zero and absent differ, and plain where they don't: an empty string,
//! a zero time or a list limited to nothing is never meant. Templates put `¦` where gofmt aligns columns.

use std::fmt::Write;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};
use serde::Deserialize;

use super::{File, Language, ty};
use crate::model::{Api, Shape, Type};
use crate::render::prose;
use crate::words;

pub struct Go;

impl Language for Go {
    fn folder(&self) -> &'static str {
        "go"
    }

    fn filters(&self, environment: &mut Environment<'static>) {
        environment.add_filter("type", |value: Value| ty(value).map(|ty| spell(&ty)));
        environment.add_filter("plain", |value: Value| ty(value).map(|ty| plain(&ty)));
        environment.add_filter("member", member);
        environment.add_filter("name", |text: &str| exported(text));
        environment.add_filter("ident", |text: &str| local(text));
        environment.add_filter("does", |summary: &str| does(summary));
        environment.add_filter("is", |doc: &str, name: &str| is(doc, name));
        environment.add_filter("without", |doc: &str, summary: &str| {
            let rest = doc.strip_prefix(summary).unwrap_or(doc);
            rest.trim_start_matches('.').trim_start().to_owned()
        });
        environment.add_filter("doc", doc);
        environment.add_filter("align", |text: &str| align(text));
    }

    fn files(&self, api: &Api) -> Vec<File> {
        let mut files = vec![
            File::whole("api_client.go", "client.go.j2"),
            File::whole("api_types.go", "types.go.j2"),
            File::whole("api_errors.go", "errors.go.j2"),
            File::whole("api_webhooks.go", "webhooks.go.j2"),
        ];
        for resource in &api.resources {
            let path = format!("api_{}.go", resource.name);
            files.push(File::of(resource, path, "resource.go.j2"));
        }
        files
    }
}

/// The type of what is never null.
pub(crate) fn plain(ty: &Type) -> String {
    match &ty.shape {
        Shape::String | Shape::Const { .. } => "string".to_owned(),
        Shape::Integer { .. } => "int64".to_owned(),
        Shape::Number => "float64".to_owned(),
        Shape::Boolean => "bool".to_owned(),
        Shape::DateTime => "time.Time".to_owned(),
        Shape::Binary => "FormFile".to_owned(),
        Shape::Any => "any".to_owned(),
        Shape::Named { name, .. } => exported(name),
        Shape::List { of } => format!("[]{}", spell(of)),
        Shape::Map { of } => format!("map[string]{}", spell(of)),
    }
}

fn spell(ty: &Type) -> String {
    let has_nil = matches!(ty.shape, Shape::List { .. } | Shape::Map { .. } | Shape::Any);
    match ty.nullable && !has_nil {
        true => format!("*{}", plain(ty)),
        false => plain(ty),
    }
}

/// What a field and a parameter have in common.
#[derive(Deserialize)]
struct Member {
    #[serde(rename = "type")]
    ty: Type,
    required: bool,
    /// A parameter's place.
    #[serde(rename = "in")]
    place: Option<String>,
}

/// The type of a field or parameter; `input`: callers fill it in.
fn member(value: Value, options: Kwargs) -> Result<String, Error> {
    let input: bool = options.get("input")?;
    options.assert_all_used()?;
    let Member { ty, required, place } = Member::deserialize(value)?;
    Ok(spelled(&ty, required, place.is_some(), input))
}

pub(crate) fn spelled(ty: &Type, required: bool, parameter: bool, input: bool) -> String {
    match (required, ty.nullable) {
        (true, _) => spell(ty),
        (false, true) if input => format!("Nullable[{}]", plain(ty)),
        (false, true) => spell(ty),
        (false, false) if zero_differs(ty, parameter) => format!("*{}", plain(ty)),
        (false, false) => plain(ty),
    }
}

/// Whether the zero value means something else than the absence of any. It goes by the type alone,
/// not by limits or defaults, so that none of these can change a type that somebody uses.
fn zero_differs(ty: &Type, parameter: bool) -> bool {
    match &ty.shape {
        // No list has the limit 0.
        Shape::Integer { .. } | Shape::Number => !parameter,
        Shape::Boolean => true,
        Shape::Named { is, .. } => matches!(is.as_str(), "object" | "union" | "alias"),
        _ => false,
    }
}

const INITIALISMS: [&str; 19] = [
    "ai", "api", "csv", "html", "http", "https", "id", "ip", "json", "jwt", "sha256", "sse", "totp", "ttl",
    "ui", "uri", "url", "uuid", "zip",
];

/// A word as Go writes it inside a name: `ID`, `URLs`.
fn cased(word: &str) -> String {
    let singular = word.strip_suffix('s').unwrap_or(word);
    if INITIALISMS.contains(&word) {
        word.to_uppercase()
    } else if INITIALISMS.contains(&singular) {
        format!("{}s", singular.to_uppercase())
    } else if word == "oauth" {
        "OAuth".to_owned()
    } else {
        words::pascal(word)
    }
}

/// `ApiKeyId` and `api_key_id` are `APIKeyID`.
pub(crate) fn exported(name: &str) -> String {
    words::snake(name).split('_').map(cased).collect()
}

/// `KEYWORDS` and the names that generated methods use themselves.
const TAKEN: [&str; 31] = [
    "body",
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "ctx",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "opts",
    "package",
    "params",
    "r",
    "range",
    "return",
    "select",
    "string",
    "struct",
    "switch",
    "type",
    "var",
];

fn local(name: &str) -> String {
    let name = words::snake(name);
    let (first, rest) = name.split_once('_').unwrap_or((&name, ""));
    let name = format!("{first}{}", exported(rest));
    match TAKEN.contains(&name.as_str()) {
        true => format!("{name}_"),
        false => name,
    }
}

/// "List generations" as what a method does: "lists generations".
fn does(summary: &str) -> String {
    let (verb, rest) = summary.split_once(' ').unwrap_or((summary, ""));
    let verb = verb.to_lowercase();
    let verb = match verb.as_str() {
        _ if ["ch", "s", "sh", "x", "z", "o"]
            .iter()
            .any(|end| verb.ends_with(end)) =>
        {
            format!("{verb}es")
        }
        _ if verb.ends_with('y') && !["ay", "ey", "oy"].iter().any(|end| verb.ends_with(end)) => {
            format!("{}ies", &verb[..verb.len() - 1])
        }
        _ => format!("{verb}s"),
    };
    format!("{verb} {rest}").trim_end().to_owned()
}

/// A description as godoc wants it, beginning with the name: "Generation is a generation: …".
fn is(doc: &str, name: &str) -> String {
    let first = doc.split_whitespace().next().unwrap_or_default();
    let continues = [
        "A", "An", "The", "One", "What", "Where", "Who", "Whose", "How", "Why", "When",
    ];
    if doc.is_empty() {
        String::new()
    } else if continues.contains(&first) {
        format!("{name} is {}{}", first.to_lowercase(), &doc[first.len()..])
    } else {
        format!("{name}: {doc}")
    }
}

/// `{{ text | doc(indent=1) }}`: a comment and a line feed, or nothing. Lists and code are indented,
/// which is how godoc tells them.
fn doc(text: &str, options: Kwargs) -> Result<String, Error> {
    let indent: usize = options.get::<Option<usize>>("indent")?.unwrap_or(0);
    options.assert_all_used()?;
    let margin = "\t".repeat(indent);
    let mut comment = String::new();
    let (mut code, mut list) = (false, false);
    for line in prose::wrap(text, 96 - 4 * indent) {
        if line.starts_with("```") {
            code = !code;
            continue;
        }
        list = line.starts_with("- ") || (list && line.starts_with(' '));
        let pad = match (code, list) {
            (true, _) => "\t",
            (false, true) => "  ",
            (false, false) => "",
        };
        let line = format!("{margin}// {pad}{line}");
        let _ = writeln!(comment, "{}", line.trim_end().replace("// \t", "//\t"));
    }
    Ok(comment)
}

/// Pads the cells of neighbouring lines to columns.
fn align(text: &str) -> String {
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('¦').collect()).collect();
    let mut aligned = String::new();
    for (index, cells) in lines.iter().enumerate() {
        let (last, padded) = cells.split_last().unwrap_or((&"", &[]));
        for (column, cell) in padded.iter().enumerate() {
            let has_column = |line: &&Vec<&str>| line.len() > column + 1;
            let above = lines[..index].iter().rev().take_while(has_column);
            let below = lines[index..].iter().take_while(has_column);
            let widths = above.chain(below).map(|line| line[column].chars().count());
            let width = widths.max().unwrap_or_default();
            let _ = write!(aligned, "{cell:width$} ");
        }
        let _ = writeln!(aligned, "{last}");
    }
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_initialisms() {
        assert_eq!(exported("ApiKeyId"), "APIKeyID");
        assert_eq!(exported("webhook_urls"), "WebhookURLs");
        assert_eq!(exported("data_rights.verify"), "DataRightsVerify");
        assert_eq!(local("generation_id"), "generationID");
        assert_eq!(local("type"), "type_");
    }

    #[test]
    fn comments_begin_with_what_they_tell_of() {
        assert_eq!(does("Verify an address"), "verifies an address");
        assert_eq!(does("Search files"), "searches files");
        assert_eq!(is("Where it stands.", "Status"), "Status is where it stands.");
        assert_eq!(
            is("Mails, newest first.", "Outbox"),
            "Outbox: Mails, newest first."
        );
    }

    #[test]
    fn columns_are_those_of_neighbours() {
        assert_eq!(align("a¦b¦c\nlong¦d¦e\n\nf¦g"), "a    b c\nlong d e\n\nf g\n");
    }
}
