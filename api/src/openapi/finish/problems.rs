//! Errors, each told once: equal ones move to `components.responses`, with an example.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Object, prune::is_problem, walk};

struct Problem {
    status: &'static str,
    /// Of the component.
    name: &'static str,
    title: &'static str,
    code: &'static str,
    detail: &'static str,
}

const fn problem(
    status: &'static str,
    name: &'static str,
    title: &'static str,
    code: &'static str,
    detail: &'static str,
) -> Problem {
    Problem {
        status,
        name,
        title,
        code,
        detail,
    }
}

/// What an error looks like. A code that the contract's own list lacks is shown to nobody.
#[rustfmt::skip]
const PROBLEMS: &[Problem] = &[
    problem("400", "BadRequest", "The request does not fit its schema", "invalid_request", "The request does not fit its schema."),
    problem("401", "Unauthorized", "No valid credentials", "unauthenticated", "Send `Authorization: Bearer <key>`."),
    problem("402", "PaymentRequired", "Not enough credits", "insufficient_credits", "This needs 12.5 credits; 3 are available."),
    problem("403", "Forbidden", "The key may not do this", "insufficient_scope", "This key lacks the scope `generations:write`."),
    problem("404", "NotFound", "There is no such resource", "not_found", "There is no such resource."),
    problem("409", "Conflict", "The first request with this key is still running", "idempotency_in_progress", "The first request with this key is still running."),
    problem("410", "Gone", "The model is no longer offered", "model_gone", "This model has ended; see `replaced_by`."),
    problem("413", "ContentTooLarge", "The body is too large", "payload_too_large", "The body is larger than 1 MiB."),
    problem("415", "UnsupportedMediaType", "The body has another content type", "unsupported_media_type", "Send `Content-Type: application/json`."),
    problem("416", "RangeNotSatisfiable", "The file ends before that part", "range_not_satisfiable", "The file has 48213 bytes."),
    problem("422", "UnprocessableContent", "The idempotency key was used for another request", "idempotency_key_reused", "This key belongs to another request."),
    problem("429", "TooManyRequests", "Too many requests", "rate_limited", "Try again in 5 seconds."),
    problem("500", "InternalError", "Something went wrong here", "internal_error", "This is our fault. The request id helps us to find it."),
    problem("503", "Unavailable", "Not available right now", "unavailable", "Try again in 5 seconds."),
    problem("default", "Failure", "Something went wrong here", "internal_error", "This is our fault. The request id helps us to find it."),
];

pub fn share(document: &mut Value) {
    let examples = PROBLEMS
        .iter()
        .map(|known| (known.status, example(document, known)));
    let examples: BTreeMap<_, _> = examples.collect();
    let mut seen = BTreeMap::<&str, Vec<(Value, usize)>>::new();
    each_problem(document, &mut |known, response| {
        if let Some(example) = examples.get(known.status).and_then(Option::as_ref) {
            response["content"]["application/problem+json"]["example"] = example.clone();
        }
        let alike = seen.entry(known.status).or_default();
        match alike.iter_mut().find(|(other, _)| other == response) {
            Some((_, times)) => *times += 1,
            None => alike.push((response.clone(), 1)),
        }
    });
    // What an operation says in words of its own stays with it.
    let usual = seen.into_iter().filter_map(|(status, alike)| {
        let most = alike.iter().map(|(_, times)| *times).max()?;
        let (response, _) = alike.into_iter().find(|(_, times)| *times == most)?;
        Some((status, response))
    });
    let usual: BTreeMap<_, _> = usual.collect();
    each_problem(document, &mut |known, response| {
        if usual.get(known.status) == Some(response) {
            *response = json!({"$ref": format!("#/components/responses/{}", known.name)});
        }
    });
    let named = PROBLEMS.iter().filter_map(|known| {
        let response = usual.get(known.status)?;
        Some((known.name.to_owned(), response.clone()))
    });
    document["components"]["responses"] = Value::Object(named.collect());
}

fn each_problem(document: &mut Value, visit: &mut dyn FnMut(&Problem, &mut Value)) {
    walk::each_operation(document, &mut |_, operation| {
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let known = PROBLEMS.iter().find(|known| known.status == *status);
            if let Some(known) = known.filter(|_| is_problem(response)) {
                visit(known, response);
            }
        }
    });
}

/// Only the members that the error's schema has, and only if the code is one of its codes.
fn example(document: &Value, known: &Problem) -> Option<Value> {
    let schema = document.pointer("/components/schemas/Problem")?;
    let properties = schema.get("properties")?.as_object()?;
    let code = properties.get("code")?;
    let code = code
        .get("$ref")
        .and_then(Value::as_str)
        .map_or(Some(code), |to| walk::resolve(document, to))?;
    let codes = code.get("enum").and_then(Value::as_array);
    if codes.is_some_and(|codes| !codes.contains(&json!(known.code))) {
        return None;
    }
    let status = known.status.parse::<u16>().unwrap_or(500);
    let server = document
        .pointer("/servers/0/url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let members = [
        ("type", json!(format!("{server}/problems/{}", known.code))),
        ("title", json!(known.title)),
        ("status", json!(status)),
        ("detail", json!(known.detail)),
        ("instance", json!("/v1/generations")),
        ("code", json!(known.code)),
        ("request_id", json!("req_6f1d3b6c2a5e4f0b9c7d8e1f2a3b4c5d")),
    ];
    let members = members
        .into_iter()
        .filter(|(name, _)| properties.contains_key(*name));
    Some(Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Object>(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_errors_are_told_once() {
        let error = |description: &str| {
            let body = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
            json!({"404": {"description": description, "content": {"application/problem+json": body}}})
        };
        let mut document = json!({
            "paths": {
                "/a": {"get": {"responses": error("Not found")}},
                "/b": {"get": {"responses": error("A word of its own")}},
                "/c": {"get": {"responses": error("Not found")}},
            },
            "components": {"schemas": {"Problem": {"properties": {
                "status": {"type": "integer"},
                "code": {"type": "string", "enum": ["not_found"]},
            }}}},
        });
        share(&mut document);
        let shared = json!({"$ref": "#/components/responses/NotFound"});
        assert_eq!(document["paths"]["/a"]["get"]["responses"]["404"], shared);
        assert_eq!(document["paths"]["/c"]["get"]["responses"]["404"], shared);
        assert_eq!(
            document["paths"]["/b"]["get"]["responses"]["404"]["description"],
            "A word of its own"
        );
        let body = &document["components"]["responses"]["NotFound"]["content"]["application/problem+json"];
        assert_eq!(body["example"], json!({"status": 404, "code": "not_found"}));
    }
}
