//! The reference: chapters of operations, from the finished document.

use serde::Serialize;
use serde_json::Value;

use super::fields::{Field, Reader};
use super::markdown;

#[derive(Debug, Serialize)]
pub struct Chapter {
    pub anchor: String,
    pub name: String,
    pub description: String,
    pub operations: Vec<Operation>,
}

#[derive(Debug, Serialize)]
pub struct Operation {
    /// Its id, which clients are named after: `generations.create`.
    pub id: String,
    pub method: String,
    pub path: String,
    pub summary: String,
    pub description: String,
    pub parameters: Vec<Parameter>,
    pub body: Vec<Field>,
    pub answers: Vec<Answer>,
    pub errors: Vec<Answer>,
    pub samples: Vec<Sample>,
    /// What a success looks like.
    pub example: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Parameter {
    /// `path`, `query` or `header`.
    pub place: String,
    pub field: Field,
}

#[derive(Debug, Serialize)]
pub struct Answer {
    pub status: String,
    pub description: String,
    pub fields: Vec<Field>,
}

/// The operation in a language.
#[derive(Debug, Serialize)]
pub struct Sample {
    pub label: String,
    pub source: String,
}

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The chapters in the document's order.
pub fn chapters(document: &Value) -> Vec<Chapter> {
    let tags = document["tags"].as_array();
    let chapter = |tag: &Value| {
        let name = tag["name"].as_str().unwrap_or_default();
        Chapter {
            anchor: markdown::anchor(name),
            name: spaced(name),
            description: markdown::to_html(tag["description"].as_str().unwrap_or_default()),
            operations: operations(document, name),
        }
    };
    let all = tags.into_iter().flatten().map(chapter);
    all.filter(|chapter| !chapter.operations.is_empty()).collect()
}

/// `DataRights` becomes `Data rights`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for (index, letter) in name.chars().enumerate() {
        match letter.is_uppercase() && index > 0 {
            true => words.extend([' '].into_iter().chain(letter.to_lowercase())),
            false => words.push(letter),
        }
    }
    words
}

fn operations(document: &Value, tag: &str) -> Vec<Operation> {
    let paths = document["paths"].as_object();
    let mut operations = Vec::new();
    for (path, methods) in paths.into_iter().flatten() {
        let found = methods.as_object().into_iter().flatten();
        let ours =
            found.filter(|(method, found)| METHODS.contains(&method.as_str()) && found["tags"][0] == tag);
        operations.extend(ours.map(|(method, found)| operation(document, path, method, found)));
    }
    operations
}

fn operation(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let reader = Reader { document };
    let text = |name: &str| operation[name].as_str().unwrap_or_default();
    let body = operation.pointer("/requestBody/content/application~1json/schema");
    let responses = operation["responses"].as_object();
    let (mut answers, mut errors, mut example) = (Vec::new(), Vec::new(), None);
    for (status, response) in responses.into_iter().flatten() {
        let response = reader.resolve(response);
        let json = response.pointer("/content/application~1json");
        let answer = |fields| Answer {
            status: status.clone(),
            description: markdown::inline(response["description"].as_str().unwrap_or_default()),
            fields,
        };
        if status.starts_with('2') || status.starts_with('3') {
            let schema = json.and_then(|json| json.get("schema"));
            // Answers of one shape are described once.
            let known = answers.iter().any(|answer: &Answer| !answer.fields.is_empty());
            let fields = schema.filter(|_| !known).map(|schema| reader.fields(schema));
            answers.push(answer(fields.unwrap_or_default()));
            let given = json.and_then(|json| json.get("example"));
            example = example.or_else(|| given.and_then(|given| serde_json::to_string_pretty(given).ok()));
        } else {
            errors.push(answer(Vec::new()));
        }
    }
    Operation {
        id: text("operationId").to_owned(),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text("summary").to_owned(),
        description: markdown::to_html(text("description")),
        parameters: parameters(reader, operation),
        body: body.map(|schema| reader.fields(schema)).unwrap_or_default(),
        answers,
        errors,
        samples: samples(operation),
        example,
    }
}

fn parameters(reader: Reader, operation: &Value) -> Vec<Parameter> {
    let parameters = operation["parameters"].as_array();
    let parameter = |parameter: &Value| {
        let place = parameter["in"].as_str().unwrap_or_default().to_owned();
        let name = parameter["name"].as_str().unwrap_or_default();
        let required = parameter["required"].as_bool().unwrap_or_default();
        let own = parameter["description"].as_str();
        let mut field = Reader {
            document: reader.document,
        }
        .field(name, &parameter["schema"], required, 1);
        if let Some(own) = own {
            field.description = markdown::to_html(own);
        }
        Parameter { place, field }
    };
    parameters.into_iter().flatten().map(parameter).collect()
}

fn samples(operation: &Value) -> Vec<Sample> {
    let samples = operation["x-codeSamples"].as_array();
    let sample = |sample: &Value| {
        Some(Sample {
            label: sample["label"].as_str()?.to_owned(),
            source: sample["source"].as_str()?.to_owned(),
        })
    };
    samples.into_iter().flatten().filter_map(sample).collect()
}
