//! Operations: what is sent where, and what comes back.

use serde::Serialize;
use serde_json::json;

use super::node::Node;
use super::schema::Schema;
use super::{Document, LoadError};

#[derive(Clone, Debug)]
pub struct Operation {
    pub id: String,
    pub method: String,
    pub path: String,
    pub tag: String,
    pub summary: String,
    pub description: String,
    pub deprecated: bool,
    pub auth: Auth,
    /// The scopes that a key needs.
    pub scopes: Vec<String>,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    /// By status; `default` is left out.
    pub responses: Vec<Response>,
}

/// Whether a key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    Required,
    /// It works without one too, by other means.
    Optional,
    None,
}

#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub place: Place,
    pub required: bool,
    pub deprecated: bool,
    pub doc: String,
    pub schema: Schema,
    pub example: Option<serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

#[derive(Clone, Debug)]
pub struct Body {
    pub required: bool,
    pub content: Content,
    pub example: Option<serde_json::Value>,
}

#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub doc: String,
    pub content: Option<Content>,
}

#[derive(Clone, Debug)]
pub struct Content {
    pub media_type: String,
    pub schema: Schema,
}

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

impl Operation {
    pub fn read_path(path: &str, node: &Node<'_>, document: &Document) -> Result<Vec<Self>, LoadError> {
        node.only(&METHODS)?;
        node.members()?
            .iter()
            .filter(|(method, _)| !method.starts_with("x-"))
            .map(|(method, node)| Self::read(path, method, node, document))
            .collect()
    }

    fn read(path: &str, method: &str, node: &Node<'_>, document: &Document) -> Result<Self, LoadError> {
        node.only(&[
            "operationId",
            "tags",
            "summary",
            "description",
            "deprecated",
            "security",
            "parameters",
            "requestBody",
            "responses",
        ])?;
        let id = node.need("operationId")?;
        let name = id.text()?;
        let words = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_lowercase())
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        if name
            .split_once('.')
            .is_none_or(|(resource, method)| !words(resource) || !words(method))
        {
            return Err(id.error("must read `resource.method`, in snake case"));
        }
        let (auth, scopes) = auth(node)?;
        let parameters = match node.get("parameters") {
            Some(parameters) => parameters
                .items()?
                .iter()
                .map(Parameter::read)
                .collect::<Result<_, _>>()?,
            None => Vec::new(),
        };
        Ok(Self {
            id: name.to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            tag: match node.get("tags") {
                Some(tags) => tags.texts()?.into_iter().next().unwrap_or_default(),
                None => String::new(),
            },
            summary: node.text_of("summary")?,
            description: node.text_of("description")?,
            deprecated: node.truth_of("deprecated")?,
            auth,
            scopes,
            parameters,
            body: node
                .get("requestBody")
                .map(|node| Body::read(&node))
                .transpose()?,
            responses: Response::read_all(&node.need("responses")?, document)?,
        })
    }
}

/// The one scheme is `bearer`; `{}` beside it makes it optional.
fn auth(node: &Node<'_>) -> Result<(Auth, Vec<String>), LoadError> {
    let security = node.need("security")?;
    let mut schemes = security.items()?;
    let all = schemes.len();
    schemes.retain(|scheme| scheme.value() != &json!({}));
    let auth = match (schemes.len(), all) {
        (0, _) => return Ok((Auth::None, Vec::new())),
        (1, 1) => Auth::Required,
        (1, 2) => Auth::Optional,
        _ => return Err(security.error("must be empty, `bearer`, or `bearer` and nothing")),
    };
    schemes[0].only(&["bearer"])?;
    Ok((auth, schemes[0].need("bearer")?.texts()?))
}

impl Parameter {
    fn read(node: &Node<'_>) -> Result<Self, LoadError> {
        node.only(&[
            "name",
            "in",
            "required",
            "deprecated",
            "description",
            "schema",
            "style",
            "explode",
            "example",
        ])?;
        if let Some(style) = node.get("style").filter(|style| style.value() != "form") {
            return Err(style.error("must be `form`"));
        }
        if let Some(explode) = node.get("explode").filter(|explode| explode.value() != true) {
            return Err(explode.error("must be true: lists are sent as repeated parameters"));
        }
        let place = node.need("in")?;
        Ok(Self {
            name: node.need("name")?.text()?.to_owned(),
            place: match place.text()? {
                "path" => Place::Path,
                "query" => Place::Query,
                "header" => Place::Header,
                _ => return Err(place.error("must be path, query or header")),
            },
            required: node.truth_of("required")?,
            deprecated: node.truth_of("deprecated")?,
            doc: node.text_of("description")?,
            schema: Schema::read(&node.need("schema")?)?,
            example: node.get("example").map(|example| example.value().clone()),
        })
    }
}

impl Body {
    pub fn read(node: &Node<'_>) -> Result<Self, LoadError> {
        node.only(&["required", "description", "content"])?;
        let content = node.need("content")?;
        let example = match content.members()?.first() {
            Some((_, media)) => media.get("example").map(|example| example.value().clone()),
            None => None,
        };
        Ok(Self {
            required: node.truth_of("required")?,
            content: Content::read(&content, &["application/json", "multipart/form-data"])?,
            example,
        })
    }
}

impl Response {
    fn read_all(node: &Node<'_>, document: &Document) -> Result<Vec<Self>, LoadError> {
        let mut responses = Vec::new();
        for (status, node) in node.members()? {
            if status != "default" {
                let status = status
                    .parse()
                    .map_err(|_| node.error("must be a status or `default`"))?;
                responses.push(Self::read(status, &node, document)?);
            }
        }
        Ok(responses)
    }

    fn read(status: u16, node: &Node<'_>, document: &Document) -> Result<Self, LoadError> {
        if let Some(reference) = node.get("$ref") {
            let name = reference.reference("responses")?;
            let doc = document
                .responses
                .get(&name)
                .ok_or_else(|| reference.error("leads nowhere"))?
                .clone();
            return Ok(Self {
                status,
                doc,
                content: None,
            });
        }
        node.only(&["description", "headers", "content"])?;
        Ok(Self {
            status,
            doc: node.text_of("description")?,
            content: match node.get("content") {
                Some(content) => Some(Content::read(&content, &[])?),
                None => None,
            },
        })
    }
}

impl Content {
    /// One media type, and if any are `known`, one of them. Bytes may also be declared
    /// as `*/*` behind it: they come as the file's own type.
    pub fn read(node: &Node<'_>, known: &[&str]) -> Result<Self, LoadError> {
        match node.members()?.as_slice() {
            [(media_type, media)] | [(media_type, media), ("*/*", _)]
                if known.is_empty() || known.contains(media_type) =>
            {
                media.only(&["schema", "example", "examples", "encoding"])?;
                Ok(Self {
                    media_type: (*media_type).to_owned(),
                    schema: Schema::read(&media.need("schema")?)?,
                })
            }
            [(_, media)] => Err(media.error(format!("must be one of: {}", known.join(", ")))),
            _ => Err(node.error("must be one media type")),
        }
    }
}
