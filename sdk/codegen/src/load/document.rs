//! The document as a whole.

use std::collections::BTreeMap;

use super::LoadError;
use super::node::Node;
use super::operation::{Body, Operation};
use super::schema::Schema;

#[derive(Clone, Debug, Default)]
pub struct Document {
    pub info: Info,
    /// Where the API is by default.
    pub server: String,
    pub tags: Vec<Tag>,
    pub operations: Vec<Operation>,
    pub webhooks: Vec<Webhook>,
    /// In the document's order.
    pub schemas: Vec<(String, Schema)>,
    /// Shared responses: what they mean.
    pub responses: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default)]
pub struct Info {
    pub title: String,
    pub version: String,
    pub summary: String,
    pub description: String,
}

#[derive(Clone, Debug)]
pub struct Tag {
    pub name: String,
    pub doc: String,
}

/// An event that the server sends to a subscriber.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub name: String,
    pub doc: String,
    pub body: Schema,
}

impl Document {
    pub fn read(node: &Node<'_>) -> Result<Self, LoadError> {
        node.only(&[
            "openapi",
            "info",
            "servers",
            "tags",
            "paths",
            "webhooks",
            "components",
        ])?;
        let openapi = node.need("openapi")?;
        if !openapi.text()?.starts_with("3.1.") {
            return Err(openapi.error("must be 3.1"));
        }
        let components = node.need("components")?;
        components.only(&["securitySchemes", "headers", "responses", "schemas"])?;
        let mut document = Self {
            info: Info::read(&node.need("info")?)?,
            server: server(node)?,
            tags: tags(node)?,
            responses: responses(&components)?,
            ..Self::default()
        };
        for (name, schema) in components.need("schemas")?.members()? {
            document.schemas.push((name.to_owned(), Schema::read(&schema)?));
        }
        for (path, node) in node.need("paths")?.members()? {
            let operations = Operation::read_path(path, &node, &document)?;
            document.operations.extend(operations);
        }
        if let Some(webhooks) = node.get("webhooks") {
            for (name, node) in webhooks.members()? {
                document.webhooks.push(Webhook::read(name, &node)?);
            }
        }
        Ok(document)
    }
}

impl Info {
    fn read(node: &Node<'_>) -> Result<Self, LoadError> {
        node.only(&[
            "title",
            "summary",
            "description",
            "version",
            "contact",
            "license",
            "termsOfService",
        ])?;
        Ok(Self {
            title: node.need("title")?.text()?.to_owned(),
            version: node.need("version")?.text()?.to_owned(),
            summary: node.text_of("summary")?,
            description: node.text_of("description")?,
        })
    }
}

impl Webhook {
    fn read(name: &str, node: &Node<'_>) -> Result<Self, LoadError> {
        node.only(&["post"])?;
        let post = node.need("post")?;
        post.only(&[
            "operationId",
            "tags",
            "summary",
            "description",
            "security",
            "parameters",
            "requestBody",
            "responses",
        ])?;
        Ok(Self {
            name: name.to_owned(),
            doc: post.text_of("description")?,
            body: Body::read(&post.need("requestBody")?)?.content.schema,
        })
    }
}

fn server(node: &Node<'_>) -> Result<String, LoadError> {
    let servers = node.need("servers")?;
    match servers.items()?.first() {
        Some(server) => Ok(server.need("url")?.text()?.trim_end_matches('/').to_owned()),
        None => Err(servers.error("needs a server")),
    }
}

fn tags(node: &Node<'_>) -> Result<Vec<Tag>, LoadError> {
    let Some(tags) = node.get("tags") else {
        return Ok(Vec::new());
    };
    let read = |tag: &Node<'_>| {
        tag.only(&["name", "description"])?;
        Ok(Tag {
            name: tag.need("name")?.text()?.to_owned(),
            doc: tag.text_of("description")?,
        })
    };
    tags.items()?.iter().map(read).collect()
}

fn responses(components: &Node<'_>) -> Result<BTreeMap<String, String>, LoadError> {
    let Some(responses) = components.get("responses") else {
        return Ok(BTreeMap::new());
    };
    let read = |(name, response): (&str, Node<'_>)| {
        response.only(&["description", "headers", "content"])?;
        if let Some(content) = response.get("content") {
            content.only(&["application/problem+json"])?;
        }
        Ok((name.to_owned(), response.text_of("description")?))
    };
    responses.members()?.into_iter().map(read).collect()
}
