//! Responses that say something, in the order of their statuses.

use serde_json::{Value, json};

use super::{Object, parameters::canonical};

pub fn settle(operation: &mut Object) {
    let Some(Value::Object(responses)) = operation.get_mut("responses") else {
        return;
    };
    for (status, response) in responses.iter_mut() {
        let Value::Object(response) = response else {
            continue;
        };
        if response.get("description") == Some(&json!("")) {
            response.insert("description".to_owned(), json!(reason(status)));
        }
        settle_headers(response);
        unwrap_events(response);
    }
    responses.sort_keys();
}

fn reason(status: &str) -> &'static str {
    match status {
        "201" => "Created",
        "202" => "Accepted",
        "204" => "Done; there is nothing to say",
        "302" | "303" | "307" => "Look there",
        "304" => "Not modified",
        _ => "OK",
    }
}

fn settle_headers(response: &mut Object) {
    let Some(Value::Object(headers)) = response.get_mut("headers") else {
        return;
    };
    *headers = std::mem::take(headers)
        .into_iter()
        .map(|(name, mut header)| {
            if let Value::Object(header) = &mut header
                && header.get("deprecated") == Some(&json!(false))
            {
                header.shift_remove("deprecated");
            }
            (canonical(&name), header)
        })
        .collect();
}

/// poem-openapi calls a stream an array of events; what a reader gets is one event at a time.
fn unwrap_events(response: &mut Object) {
    let stream = response
        .get_mut("content")
        .and_then(|content| content.get_mut("text/event-stream"));
    if let Some(schema) = stream.and_then(|stream| stream.get_mut("schema"))
        && let Some(items) = schema.get_mut("items")
    {
        *schema = items.take();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_tidied() {
        let event = json!({"$ref": "#/components/schemas/GenerationEvent"});
        let mut operation = Object::from_iter([(
            "responses".to_owned(),
            json!({
                "404": {"description": "Gone"},
                "200": {
                    "description": "",
                    "content": {"text/event-stream": {"schema": {"type": "array", "items": event}}},
                    "headers": {"LINK": {"deprecated": false, "schema": {"type": "string"}}},
                },
            }),
        )]);
        settle(&mut operation);
        let responses = operation["responses"].as_object().unwrap();
        assert_eq!(responses.keys().collect::<Vec<_>>(), ["200", "404"]);
        assert_eq!(responses["200"]["description"], "OK");
        assert_eq!(responses["200"]["content"]["text/event-stream"]["schema"], event);
        assert_eq!(
            responses["200"]["headers"],
            json!({"Link": {"schema": {"type": "string"}}})
        );
    }
}
