//! The contract as the server publishes it: its operations, one by one.

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::{TestApp, text};

/// The published document.
#[derive(Debug, Clone)]
pub struct Contract {
    pub document: Value,
    pub operations: Vec<Operation>,
}

/// One operation, as the document describes it.
#[derive(Debug, Clone)]
pub struct Operation {
    pub id: String,
    pub method: Method,
    /// With its parameters in braces.
    pub path: String,
    pub description: Value,
}

impl Contract {
    pub fn of(document: Value) -> Self {
        let paths = document["paths"].as_object().expect("paths");
        let operations = paths.iter().flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods");
            methods.iter().map(|(method, description)| Operation {
                id: text(&description["operationId"]).to_owned(),
                method: method.to_uppercase().parse().expect("a method"),
                path: path.clone(),
                description: description.clone(),
            })
        });
        Self {
            operations: operations.collect(),
            document,
        }
    }

    /// The operation that answers this request. Of `/v1/keys/self` and
    /// `/v1/keys/{id}` it is the more literal one.
    pub fn answering(&self, method: &Method, path: &str) -> Option<&Operation> {
        let fitting = self
            .operations
            .iter()
            .filter(|operation| operation.method == *method);
        fitting
            .filter(|operation| operation.takes(path))
            .min_by_key(|operation| operation.path.matches('{').count())
    }

    #[track_caller]
    pub fn find(&self, id: &str) -> &Operation {
        let found = self.operations.iter().find(|operation| operation.id == id);
        found.unwrap_or_else(|| panic!("the contract has no operation {id}"))
    }

    /// The value itself, or what it refers to.
    #[track_caller]
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(to) = value["$ref"].as_str() else {
            return value;
        };
        let found = self.document.pointer(to.trim_start_matches('#'));
        found.unwrap_or_else(|| panic!("{to} leads nowhere"))
    }
}

impl Operation {
    /// The path with this in the place of its parameter.
    pub fn at(&self, id: &str) -> String {
        let segments = self.path.split('/');
        let filled: Vec<&str> = segments
            .map(|segment| if segment.starts_with('{') { id } else { segment })
            .collect();
        filled.join("/")
    }

    fn takes(&self, path: &str) -> bool {
        let (own, asked) = (self.path.split('/'), path.split('/'));
        let alike = own.clone().zip(asked.clone());
        own.count() == asked.count()
            && alike.fold(true, |fits, (own, asked)| {
                fits && (own == asked || own.starts_with('{') && !asked.is_empty())
            })
    }

    pub fn names_one(&self) -> bool {
        self.path.contains('{')
    }

    /// Needs no credentials at all.
    pub fn is_open(&self) -> bool {
        self.description["security"]
            .as_array()
            .is_none_or(|demands| demands.is_empty())
    }

    /// The example of its body.
    pub fn body(&self) -> Option<&Value> {
        let content = &self.description["requestBody"]["content"]["application/json"];
        content.get("example")
    }
}

impl TestApp {
    /// The contract that this server publishes.
    pub async fn contract(&self) -> Contract {
        Contract::of(self.get("/openapi.json", "").await.expect(200))
    }

    /// A request of this operation, with the contract's own example as its body.
    pub fn operate(&self, operation: &Operation, id: &str, key: &str) -> RequestBuilder {
        let request = self.request(operation.method.clone(), &operation.at(id), key);
        match operation.body() {
            Some(body) => request.json(body),
            None => request,
        }
    }
}
