//! How to call each operation, in each language: `sdk/samples.json`.
//!
//! The server adds them to the document as `x-codeSamples`, which this generator does not read: so
//! the document determines the samples, and not the other way round. What stands around the call is
//! in each language's `sample.*.j2`; here it is put together from the operation's examples.

mod go;
mod layout;
mod python;
mod rust;
mod typescript;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use minijinja::{Environment, Error, context};
use serde_json::{Map, Value, json};

use crate::languages::{self, Language};
use crate::model::{Answer, Api, Field, Kind, Operation, Parameter, Shape, Type};
use crate::words;
use layout::{Code, Item, Layout};

/// How a language spells calls and values.
trait Sampler: Send + Sync {
    fn language(&self) -> Box<dyn Language>;

    /// Among the language's templates.
    fn template(&self) -> &'static str;

    fn layout(&self) -> Layout;

    /// What is called: `tintype.generations.create`.
    fn method(&self, operation: &Operation) -> String;

    fn arguments(&self, api: &Api, operation: &Operation) -> Vec<Item>;
}

const SAMPLERS: [&dyn Sampler; 4] = [&typescript::TypeScript, &python::Python, &rust::Rust, &go::Go];

/// `{operationId: {language: source}}`, with its path below the repository's root.
pub fn render(api: &Api) -> Result<(PathBuf, String), Error> {
    let api = Arc::new(api.clone());
    let mut samples = Map::new();
    for sampler in SAMPLERS {
        let language = sampler.language();
        let mut environment = languages::environment(language.as_ref())?;
        for operation in api.operations() {
            let source = sample(sampler, language.as_ref(), &mut environment, &api, operation)?;
            let of_all = samples.entry(operation.id.clone()).or_insert_with(|| json!({}));
            of_all[language.folder()] = Value::String(source);
        }
    }
    let text = format!("{:#}\n", Value::Object(samples));
    Ok((Path::new("sdk/samples.json").to_owned(), text))
}

fn sample(
    sampler: &'static dyn Sampler,
    language: &dyn Language,
    environment: &mut Environment<'static>,
    api: &Arc<Api>,
    operation: &Operation,
) -> Result<String, Error> {
    let (known, called) = (Arc::clone(api), operation.clone());
    // `{{ call("const it = await ", ";") }}`: the call between two texts, broken where it is long.
    environment.add_function("call", move |lead: &str, tail: &str| {
        let call = Code::Brackets {
            open: format!("{}(", sampler.method(&called)),
            items: sampler.arguments(&known, &called),
            close: ")",
            pad: "",
        };
        let margin: String = lead.chars().take_while(|c| c.is_whitespace()).collect();
        call.laid_out(lead, tail, &margin, sampler.layout())
    });
    let template = environment.get_template(sampler.template())?;
    let text = template.render(context! {
        operation => languages::value(operation),
        result => result(operation),
        file => file(operation),
    })?;
    language.finish(text).map(|text| text.trim().to_owned())
}

/// What a variable may be called that holds the answer, or one item of it; in snake case.
fn result(operation: &Operation) -> String {
    let ty = match &operation.answer {
        Answer::Json { ty } => ty,
        Answer::Page { item, .. } => item,
        Answer::Stream { .. } => return "event".to_owned(),
        Answer::None | Answer::Download { .. } => return String::new(),
    };
    ty.name().map_or_else(|| "answer".to_owned(), words::snake)
}

/// What a downloaded file may be called. Where any bytes may come the document can't tell.
fn file(operation: &Operation) -> String {
    let media_type = match &operation.answer {
        Answer::Download { media_type } => media_type.as_str(),
        _ => "",
    };
    match (operation.name.as_str(), media_type) {
        ("content", _) => "picture.png".to_owned(),
        ("archive", _) => "archive.zip".to_owned(),
        (name, "application/pdf") => format!("{name}.pdf"),
        (name, "text/html") => format!("{name}.html"),
        (name, _) => name.to_owned(),
    }
}

/// What the path needs.
fn path(operation: &Operation) -> impl Iterator<Item = (&Parameter, Value)> {
    operation.path_params.iter().map(example)
}

/// What the query and headers need.
fn params(operation: &Operation) -> impl Iterator<Item = (&Parameter, Value)> {
    operation
        .params
        .iter()
        .filter(|param| param.required)
        .map(example)
}

fn example(param: &Parameter) -> (&Parameter, Value) {
    let example = param.example.clone();
    (param, example.unwrap_or_else(|| json!(param.name)))
}

/// What the body holds in its example; a form's file is at a path.
fn body<'a>(api: &'a Api, operation: &Operation) -> Option<(Type, Vec<(&'a Field, Value)>)> {
    let body = operation.body.as_ref()?;
    let schema = body.ty.name().and_then(|name| api.schema(name))?;
    let example = body.example.as_ref();
    let fields = schema.fields().iter().filter_map(|field| {
        let value = example.and_then(|example| example.get(&field.name)).cloned();
        let value = value.or_else(|| match &field.ty.shape {
            _ if !(body.multipart && field.required) => None,
            Shape::Binary => Some(json!("picture.png")),
            _ => Some(field.default.clone().unwrap_or_else(|| json!(field.name))),
        });
        Some((field, value?))
    });
    Some((body.ty.clone(), fields.collect()))
}

/// The fields of an object that an example has, in its order.
fn fields<'a>(api: &'a Api, name: &str, value: &Value) -> Vec<(&'a Field, Value)> {
    let members = value.as_object();
    let schema = api.schema(name);
    let fields = members.into_iter().flatten().filter_map(|(name, value)| {
        let field = schema?.field(name)?;
        Some((field, value.clone()))
    });
    fields.collect()
}

/// What another name stands for.
fn resolved<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match ty
        .name()
        .and_then(|name| api.schema(name))
        .map(|schema| &schema.kind)
    {
        Some(Kind::Alias { ty }) => resolved(api, ty),
        _ => ty,
    }
}

/// The variant of a union that a value is.
fn variant<'a>(api: &'a Api, name: &str, value: &Value) -> Option<&'a str> {
    let Some(Kind::Union { tag, variants }) = api.schema(name).map(|schema| &schema.kind) else {
        return None;
    };
    let tag = value.get(tag)?;
    let variant = variants.iter().find(|variant| *tag == variant.value)?;
    Some(&variant.schema)
}

/// A value in quotes, as all four languages have it.
fn quoted(text: &str) -> Code {
    Code::Text(json!(text).to_string())
}

/// `open`, values, `close`.
fn list(open: impl Into<String>, values: impl IntoIterator<Item = Code>, close: &'static str) -> Code {
    Code::Brackets {
        open: open.into(),
        items: values.into_iter().map(Item::from).collect(),
        close,
        pad: "",
    }
}
