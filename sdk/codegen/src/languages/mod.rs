//! A language: which files it has, and how it spells types and names.
//!
//! What can be said in a template is said there (`templates/<folder>`). An implementation of
//! [`Language`] lists the files and adds the few filters that need more than a template.

pub(crate) mod go;
pub(crate) mod python;
pub(crate) mod rust;
pub(crate) mod typescript;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, context};
use serde::Serialize;

use crate::model::{Api, Resource, Type};
use crate::render;

pub trait Language {
    /// The folder in `sdk/` and in `templates/`.
    fn folder(&self) -> &'static str;

    /// What begins a comment of one line.
    fn comment(&self) -> &'static str {
        "//"
    }

    /// Adds filters of its own: usually `type`, `ident` and `doc`.
    fn filters(&self, environment: &mut Environment<'static>);

    fn files(&self, api: &Api) -> Vec<File>;

    /// Lays a file out as the language's formatter would.
    fn finish(&self, text: String) -> Result<String, Error> {
        Ok(text)
    }
}

/// A file to generate.
pub struct File {
    /// Below the language's folder.
    pub path: String,
    pub template: &'static str,
    /// What the template sees beside `api`.
    subject: Option<(&'static str, Value)>,
}

impl File {
    /// About the whole API.
    pub fn whole(path: impl Into<String>, template: &'static str) -> Self {
        Self {
            path: path.into(),
            template,
            subject: None,
        }
    }

    /// About one resource, which the template sees as `resource`.
    pub fn of(resource: &Resource, path: impl Into<String>, template: &'static str) -> Self {
        Self {
            path: path.into(),
            template,
            subject: Some(("resource", value(resource))),
        }
    }
}

#[must_use]
pub fn all() -> Vec<Box<dyn Language>> {
    vec![
        Box::new(typescript::TypeScript),
        Box::new(python::Python),
        Box::new(go::Go),
        Box::new(rust::Rust),
    ]
}

/// The first line of every generated file, which also tells leftovers from hand-written files.
/// The wording is what Go's tools look for.
pub const MARK: &str = "Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.";

/// The templates of a language with all filters.
pub(crate) fn environment(language: &dyn Language) -> Result<Environment<'static>, Error> {
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut environment = render::environment(&templates.join(language.folder()))?;
    language.filters(&mut environment);
    Ok(environment)
}

/// The files of a language, by their paths below the repository's root.
pub fn render(language: &dyn Language, api: &Api) -> Result<Vec<(PathBuf, String)>, Error> {
    let environment = environment(language)?;
    let whole = value(api);
    let files = language.files(api).into_iter();
    files
        .map(|file| {
            let template = environment.get_template(file.template)?;
            let (name, subject) = file.subject.unwrap_or(("subject", Value::from(())));
            let subject = Value::from(BTreeMap::from([(name, subject)]));
            let text = template.render(context! { api => whole.clone(), ..subject })?;
            let text = format!("{} {MARK}\n\n{}\n", language.comment(), text.trim());
            let text = language.finish(text)?;
            Ok((Path::new("sdk").join(language.folder()).join(file.path), text))
        })
        .collect()
}

pub(crate) fn value(of: &impl Serialize) -> Value {
    Value::from(Serde(of))
}

/// The type that a template handed to a filter.
pub(crate) fn ty(value: Value) -> Result<Type, Error> {
    serde::Deserialize::deserialize(value)
}
