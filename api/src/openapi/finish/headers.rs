//! Headers that the server's middleware adds, so that no handler declares them.
//!
//! Each stands once under `components.headers`; a handler's own declaration wins.

use serde_json::{Value, json};

use super::{Object, shape::Shape, walk};

struct Header {
    name: &'static str,
    description: &'static str,
    ty: &'static str,
    example: &'static str,
    /// By the operation and the status of the response.
    sent: fn(&Shape, &str) -> bool,
}

const HEADERS: &[Header] = &[
    Header {
        name: "X-Request-Id",
        description: "Names this request in our logs; tell it when you ask for help.",
        ty: "string",
        example: "req_6f1d3b6c2a5e4f0b9c7d8e1f2a3b4c5d",
        sent: |_, _| true,
    },
    Header {
        name: "RateLimit-Policy",
        description: "How many requests a key may make, and in how many seconds. Sent to authenticated callers.",
        ty: "string",
        example: "\"default\";q=600;w=60",
        sent: limits_apply,
    },
    Header {
        name: "RateLimit",
        description: "How many requests are left, and for how many seconds. Sent to authenticated callers.",
        ty: "string",
        example: "\"default\";r=598;t=42",
        sent: limits_apply,
    },
    Header {
        name: "Retry-After",
        description: "After how many seconds to try again.",
        ty: "integer",
        example: "5",
        sent: |_, status| matches!(status, "429" | "503"),
    },
    Header {
        name: "WWW-Authenticate",
        description: "Which credentials are wanted.",
        ty: "string",
        example: "Bearer",
        sent: |_, status| status == "401",
    },
    Header {
        name: "Content-Range",
        description: "Which bytes these are, and of how many; with 416, only of how many.",
        ty: "string",
        example: "bytes 0-1023/48213",
        sent: |_, status| matches!(status, "206" | "416"),
    },
    Header {
        name: "Link",
        description: "Where the next page is, as `<…>; rel=\"next\"`. Absent on the last page.",
        ty: "string",
        example: "</v1/generations?cursor=c2FtcGxl>; rel=\"next\"",
        sent: |operation, status| operation.lists && is_success(status),
    },
    Header {
        name: "Idempotent-Replayed",
        description: "`true` when this is the answer to an earlier request with the same `Idempotency-Key`.",
        ty: "boolean",
        example: "true",
        sent: |operation, status| operation.repeatable && is_success(status),
    },
    Header {
        name: "Deprecation",
        description: "Since when this is deprecated: seconds since 1970 after an `@` (RFC 9745).",
        ty: "string",
        example: "@1795219200",
        sent: |operation, status| operation.deprecated && is_success(status),
    },
    Header {
        name: "Sunset",
        description: "When this ends (RFC 8594).",
        ty: "string",
        example: "Sun, 21 Nov 2027 00:00:00 GMT",
        sent: |operation, status| operation.deprecated && is_success(status),
    },
];

/// Errors are shared by all operations, so they declare the limits for secured and open ones alike.
fn limits_apply(operation: &Shape, status: &str) -> bool {
    status != "401" && (operation.secured || !is_success(status))
}

fn is_success(status: &str) -> bool {
    status.starts_with('2') || status.starts_with('3')
}

pub fn add(document: &mut Value) {
    walk::each_operation(document, &mut |place, operation| {
        let shape = Shape::of(place, operation);
        let Some(Value::Object(responses)) = operation.get_mut("responses") else {
            return;
        };
        if place.webhook {
            return;
        }
        for (status, response) in responses.iter_mut() {
            let sent = HEADERS.iter().filter(|header| (header.sent)(&shape, status));
            for header in sent {
                let headers = &mut response["headers"];
                if headers.get(header.name).is_none() {
                    headers[header.name] = json!({"$ref": format!("#/components/headers/{}", header.name)});
                }
            }
        }
    });
    document["components"]["headers"] = Value::Object(HEADERS.iter().map(component).collect::<Object>());
}

fn component(header: &Header) -> (String, Value) {
    let example = match header.ty {
        "string" => json!(header.example),
        _ => header.example.parse().unwrap_or_default(),
    };
    let schema = json!({"type": header.ty});
    let header_object = json!({"description": header.description, "schema": schema, "example": example});
    (header.name.to_owned(), header_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_response_names_what_the_middleware_adds() {
        let own = json!({"headers": {"Link": {"schema": {"type": "string"}}}});
        let mut document = json!({"components": {}, "paths": {"/": {"get": {
            "security": [{"bearer": []}],
            "parameters": [{"name": "cursor", "in": "query"}],
            "responses": {"200": own, "401": {}, "429": {}},
        }}}});
        add(&mut document);
        let responses = &document["paths"]["/"]["get"]["responses"];
        let names = |status: &str| {
            responses[status]["headers"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect()
        };
        let (ok, unknown, limited): (Vec<_>, Vec<_>, Vec<_>) = (names("200"), names("401"), names("429"));
        assert_eq!(ok, ["Link", "X-Request-Id", "RateLimit-Policy", "RateLimit"]);
        assert_eq!(unknown, ["X-Request-Id", "WWW-Authenticate"]);
        assert_eq!(
            limited,
            ["X-Request-Id", "RateLimit-Policy", "RateLimit", "Retry-After"]
        );
        assert!(
            responses["200"]["headers"]["Link"].get("$ref").is_none(),
            "the handler's own word stays"
        );
        assert_eq!(document["components"]["headers"]["Retry-After"]["example"], 5);
    }
}
