//! The steps from raw to published, each in its own file and in an order that
//! matters: first every schema becomes 3.1, then names settle, then operations
//! are judged by their shape, and only a finished document is given examples.

mod closed;
mod examples;
mod headers;
mod names;
mod operations;
mod order;
mod parameters;
mod problems;
mod prune;
mod responses;
mod samples;
mod schema;
mod shape;
mod unions;
mod unused;
mod walk;
mod words;

use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Turns the document that `OpenApiService::spec()` prints into the published one.
#[must_use]
pub fn finish(raw: Value) -> Value {
    let mut document = raw;
    document["openapi"] = json!("3.1.0");
    walk::each_schema(&mut document, &mut schema::modernise);
    unions::merge(&mut document);
    names::settle(&mut document);
    walk::each_operation(&mut document, &mut |_, operation| {
        operations::settle(operation);
        parameters::settle(operation);
        responses::settle(operation);
    });
    prune::prune(&mut document);
    closed::close(&mut document);
    words::describe_enums(&mut document);
    examples::add(&mut document);
    headers::add(&mut document);
    problems::share(&mut document);
    samples::add(&mut document, &samples::calls());
    unused::drop_unused(&mut document);
    order::sort(document)
}

#[cfg(test)]
mod tests;
