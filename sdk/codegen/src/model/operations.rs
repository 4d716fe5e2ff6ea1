//! Operations as methods.
//!
//! Some headers are no parameters but abilities: `Idempotency-Key` (may be repeated),
//! `Prefer` (the server waits), `Last-Event-ID` (the stream resumes) and `If-None-Match`
//! (caching, which is left to the caller's HTTP stack).

use serde::Serialize;
use serde_json::Value;

use super::ModelError;
use super::schemas::{Field, Kind, Schema};
use super::types::{Names, Shape, Type};
use crate::load::{self, Auth, Document, Place};
use crate::words::pascal;

#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// `generations.create`
    pub id: String,
    /// `generations`
    pub resource: String,
    /// `create`
    pub name: String,
    /// `POST`
    pub method: String,
    /// `/v1/generations/{id}`
    pub path: String,
    pub path_parts: Vec<PathPart>,
    pub tag: String,
    pub summary: String,
    /// The summary as a sentence, and the description below it.
    pub doc: String,
    pub deprecated: bool,
    /// Whether a key is sent: `required`, `optional` or `none`.
    pub auth: Auth,
    /// The scopes that the key needs.
    pub scopes: Vec<String>,
    pub path_params: Vec<Parameter>,
    /// In the query or in headers; all by name.
    pub params: Vec<Parameter>,
    /// What to call `params` as a type: `GenerationsListParams`.
    pub params_name: String,
    pub params_required: bool,
    pub body: Option<Body>,
    pub answer: Answer,
    /// The statuses of success.
    pub statuses: Vec<u16>,
    /// Whether an `Idempotency-Key` makes repetition safe.
    pub idempotent: bool,
    /// Whether `Prefer: wait=n` is honoured.
    pub waits: bool,
    /// Whether a stream can be taken up with `Last-Event-ID`.
    pub resumes: bool,
}

/// Text of the path, or a parameter in it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum PathPart {
    Text(String),
    Param(String),
}

#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// In snake case.
    pub name: String,
    /// As it is sent.
    pub wire: String,
    /// `path`, `query` or `header`.
    #[serde(rename = "in")]
    pub place: &'static str,
    #[serde(rename = "type")]
    pub ty: Type,
    pub required: bool,
    pub deprecated: bool,
    pub doc: String,
    pub default: Option<Value>,
    pub example: Option<Value>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Body {
    #[serde(rename = "type")]
    pub ty: Type,
    pub required: bool,
    /// Sent as a form with files instead of JSON.
    pub multipart: bool,
    pub example: Option<Value>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    None,
    Json {
        #[serde(rename = "type")]
        ty: Type,
    },
    /// `{data, has_more, next_cursor}`; `cursor` is the parameter that takes the latter.
    Page {
        #[serde(rename = "type")]
        ty: Type,
        item: Type,
    },
    /// Server-sent events.
    Stream {
        item: Type,
    },
    /// Bytes.
    Download {
        media_type: String,
    },
}

pub fn all(
    document: &Document,
    names: &Names,
    schemas: &mut Vec<Schema>,
) -> Result<Vec<Operation>, ModelError> {
    let operations = document.operations.iter();
    operations
        .map(|operation| Operation::of(operation, names, schemas))
        .collect()
}

impl Operation {
    fn of(loaded: &load::Operation, names: &Names, schemas: &mut Vec<Schema>) -> Result<Self, ModelError> {
        let (resource, name) = loaded.id.split_once('.').unwrap_or_default();
        let header = |wanted: &str| {
            let mut headers = loaded.parameters.iter().filter(|one| one.place == Place::Header);
            headers.any(|header| header.name.eq_ignore_ascii_case(wanted))
        };
        let mut path_params = Vec::new();
        let mut params = Vec::new();
        for parameter in &loaded.parameters {
            match parameter.place {
                Place::Path => path_params.push(Parameter::of(&loaded.id, parameter, names)?),
                Place::Header if is_ability(&parameter.name) => {}
                Place::Query | Place::Header => params.push(Parameter::of(&loaded.id, parameter, names)?),
            }
        }
        let path_parts = path_parts(loaded)?;
        // In the order in which they stand in the path.
        let position = |param: &Parameter| loaded.path.find(&format!("{{{}}}", param.wire));
        path_params.sort_by_key(position);
        let body = match &loaded.body {
            Some(body) => Some(Body::of(&loaded.id, body, names, schemas)?),
            None => None,
        };
        let success = loaded
            .responses
            .iter()
            .filter(|one| (200..300).contains(&one.status));
        let mut success: Vec<_> = success.collect();
        // Where work is accepted, 200 answers a dry run, which clients don't ask for.
        if success.iter().any(|one| one.status == 202) {
            success.retain(|one| one.status != 200);
        }
        let answer = Answer::of(&loaded.id, &success, names, schemas)?;
        let takes_cursor = params.iter().any(|param| param.wire == "cursor");
        if matches!(answer, Answer::Page { .. }) && !takes_cursor {
            return Err(ModelError::new(
                &loaded.id,
                "answers a page but takes no `cursor`",
            ));
        }
        Ok(Self {
            id: loaded.id.clone(),
            resource: resource.to_owned(),
            name: name.to_owned(),
            method: loaded.method.clone(),
            path: loaded.path.clone(),
            path_parts,
            tag: loaded.tag.clone(),
            summary: loaded.summary.clone(),
            doc: doc(loaded),
            deprecated: loaded.deprecated,
            auth: loaded.auth,
            scopes: loaded.scopes.clone(),
            path_params,
            params_name: format!("{}{}Params", pascal(resource), pascal(name)),
            params_required: params.iter().any(|param| param.required),
            params,
            body,
            answer,
            statuses: success.iter().map(|response| response.status).collect(),
            idempotent: header("Idempotency-Key"),
            waits: header("Prefer"),
            resumes: header("Last-Event-ID"),
        })
    }

    /// The types that callers pass.
    pub fn sends(&self) -> impl Iterator<Item = &Type> {
        let params = self.path_params.iter().chain(&self.params).map(|param| &param.ty);
        params.chain(self.body.iter().map(|body| &body.ty))
    }

    /// The types that callers get.
    pub fn receives(&self) -> impl Iterator<Item = &Type> {
        let (first, second) = match &self.answer {
            Answer::None | Answer::Download { .. } => (None, None),
            Answer::Json { ty } => (Some(ty), None),
            Answer::Page { ty, item } => (Some(ty), Some(item)),
            Answer::Stream { item } => (Some(item), None),
        };
        first.into_iter().chain(second)
    }
}

fn doc(operation: &load::Operation) -> String {
    match operation.summary.as_str() {
        "" => operation.description.clone(),
        summary => format!("{summary}.\n\n{}", operation.description),
    }
}

fn is_ability(header: &str) -> bool {
    let abilities = ["Idempotency-Key", "Prefer", "Last-Event-ID", "If-None-Match"];
    abilities
        .iter()
        .any(|ability| ability.eq_ignore_ascii_case(header))
}

fn path_parts(operation: &load::Operation) -> Result<Vec<PathPart>, ModelError> {
    let mut parts = Vec::new();
    for (index, piece) in operation.path.split('{').enumerate() {
        let text = match piece.split_once('}') {
            Some((param, text)) if index > 0 => {
                let mut known = operation.parameters.iter().filter(|one| one.place == Place::Path);
                if !known.any(|one| one.name == param) {
                    return Err(ModelError::new(
                        &operation.id,
                        format!("`{param}` is not declared"),
                    ));
                }
                parts.push(PathPart::Param(param.to_owned()));
                text
            }
            _ => piece,
        };
        if !text.is_empty() {
            parts.push(PathPart::Text(text.to_owned()));
        }
    }
    Ok(parts)
}

impl Parameter {
    fn of(at: &str, loaded: &load::Parameter, names: &Names) -> Result<Self, ModelError> {
        Ok(Self {
            name: loaded.name.to_lowercase().replace('-', "_"),
            wire: loaded.name.clone(),
            place: match loaded.place {
                Place::Path => "path",
                Place::Query => "query",
                Place::Header => "header",
            },
            ty: names.resolve(&format!("{at}({})", loaded.name), &loaded.schema)?,
            required: loaded.required,
            deprecated: loaded.deprecated,
            doc: loaded.doc.clone(),
            default: loaded.schema.default.clone(),
            example: loaded.example.clone().or_else(|| loaded.schema.example.clone()),
        })
    }
}

impl Body {
    /// A form's schema has no name in the document; it gets one here.
    fn of(
        at: &str,
        loaded: &load::Body,
        names: &Names,
        schemas: &mut Vec<Schema>,
    ) -> Result<Self, ModelError> {
        let multipart = loaded.content.media_type == "multipart/form-data";
        let ty = match &loaded.content.schema.shape {
            load::Shape::Object(_) if multipart => {
                let name = format!("{}Form", pascal(at));
                schemas.push(Schema::of(&name, &loaded.content.schema, names)?);
                Type {
                    shape: Shape::Named {
                        name,
                        is: "object".to_owned(),
                    },
                    nullable: false,
                    limits: load::Limits::default(),
                }
            }
            _ => names.resolve(at, &loaded.content.schema)?,
        };
        if ty.name().is_none() {
            return Err(ModelError::new(at, "a body must be a named schema"));
        }
        Ok(Self {
            ty,
            required: loaded.required,
            multipart,
            example: loaded.example.clone(),
        })
    }
}

impl Answer {
    fn of(
        at: &str,
        success: &[&load::Response],
        names: &Names,
        schemas: &[Schema],
    ) -> Result<Self, ModelError> {
        let streams = |response: &&load::Response| {
            let content = response.content.as_ref();
            content.is_some_and(|content| content.media_type == "text/event-stream")
        };
        // A stream that has nothing to tell is an empty one.
        let any_stream = success.iter().any(&streams);
        let telling = success.iter().filter(|response| !any_stream || streams(response));
        let mut answers = telling.map(|response| {
            let Some(content) = &response.content else {
                return Ok((String::new(), None));
            };
            let ty = names.resolve(at, &content.schema)?;
            Ok((content.media_type.clone(), Some(ty)))
        });
        let Some(first) = answers.next().transpose()? else {
            return Err(ModelError::new(at, "has no status of success"));
        };
        for other in answers {
            if other? != first {
                return Err(ModelError::new(
                    at,
                    "answers different things with different statuses",
                ));
            }
        }
        Ok(match first {
            (_, None) => Self::None,
            (media_type, Some(ty)) if media_type == "application/json" => match page_item(&ty, schemas) {
                Some(item) => Self::Page { ty, item },
                None => Self::Json { ty },
            },
            (media_type, Some(item)) if media_type == "text/event-stream" => Self::Stream { item },
            (media_type, Some(_)) => Self::Download { media_type },
        })
    }
}

/// What `data` is a list of, in an object that also has a `next_cursor`.
fn page_item(ty: &Type, schemas: &[Schema]) -> Option<Type> {
    let schema = schemas
        .iter()
        .find(|schema| Some(schema.name.as_str()) == ty.name())?;
    let Kind::Object { .. } = &schema.kind else {
        return None;
    };
    schema.field("next_cursor")?;
    match schema.field("data") {
        Some(Field {
            ty: Type {
                shape: Shape::List { of },
                ..
            },
            ..
        }) => Some((**of).clone()),
        _ => None,
    }
}
