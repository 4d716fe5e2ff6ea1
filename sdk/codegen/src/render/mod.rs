//! Templates, and the filters that all languages share.

pub mod prose;

use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, path_loader};

use crate::words;

/// An environment for the templates of one folder.
pub fn environment(templates: &Path) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_loader(path_loader(templates));
    environment.add_filter("snake", |text: &str| words::snake(text));
    environment.add_filter("camel", |text: &str| words::camel(text));
    environment.add_filter("pascal", |text: &str| words::pascal(text));
    environment.add_filter("kebab", |text: &str| words::kebab(text));
    environment.add_filter("screaming", |text: &str| words::snake(text).to_uppercase());
    environment.add_filter("lines", |text: &str, width: usize| prose::wrap(text, width));
    environment.add_filter("comment", comment);
    environment.add_filter("quote", |value: Value| quote(&value));
    Ok(environment)
}

/// `{{ doc | comment("/// ", indent=4) }}`: wrapped lines, each with the prefix; nothing and
/// no line for an empty text.
fn comment(text: &str, prefix: &str, options: Kwargs) -> Result<String, Error> {
    let indent: usize = options.get::<Option<usize>>("indent")?.unwrap_or(0);
    let width: usize = options.get::<Option<usize>>("width")?.unwrap_or(100);
    options.assert_all_used()?;
    let lines = prose::wrap(text, width.saturating_sub(indent + prefix.len()));
    let line = |line: &String| {
        let line = format!("{:indent$}{prefix}{line}", "");
        format!("{}\n", line.trim_end())
    };
    Ok(lines.iter().map(line).collect())
}

/// A string literal as JSON has it, which is one in all four languages.
fn quote(value: &Value) -> String {
    serde_json::Value::from(value.to_string()).to_string()
}
