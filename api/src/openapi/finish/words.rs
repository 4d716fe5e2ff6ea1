//! The words that neither Rust types nor poem-openapi carry: what an enum's values mean, and
//! values that make an example look like life.

use serde_json::{Value, json};

use super::Object;

/// poem-openapi loses the comments of an enum's variants.
const ENUMS: &[(&str, &[(&str, &str)])] = &[(
    "GenerationStatus",
    &[
        ("queued", "It waits for its turn."),
        ("running", "The provider is at work."),
        ("succeeded", "Its outputs are there, and it is paid for."),
        ("failed", "It could not be made; it costs nothing."),
        ("canceled", "It was called off."),
        ("expired", "It was not ready by its deadline; it costs nothing."),
    ],
)];

/// By the name of the property or parameter. Used only where it fits the schema.
const VALUES: &[(&str, &str)] = &[
    ("aliases", "image"),
    ("asked", "image"),
    ("aspect_ratio", "16:9"),
    ("cancel_url", "https://shop.example/cart"),
    ("checkout_url", "https://pay.example/c/1"),
    ("content", "Tell me about lighthouses."),
    ("content_type", "image/png"),
    ("countries", "DE"),
    ("country", "DE"),
    ("currency", "EUR"),
    ("description", "Draws a picture from prompt and seed."),
    ("detail", "Must not be empty."),
    ("display_name", "Sandbox image"),
    ("email", "ada@example.com"),
    ("end_user", "customer-7"),
    ("format", "png"),
    ("id", "sandbox-image"),
    ("kind", "image"),
    ("mechanism", "none: nothing leaves this server"),
    ("metadata", "order-42"),
    ("model", "sandbox-image"),
    ("name", "Production"),
    ("negative_prompt", "people"),
    ("password", "correct horse battery staple"),
    ("pointer", "/input/prompt"),
    ("price_version", "2026-11-21"),
    ("prompt", "A lighthouse at dusk, tintype photograph"),
    ("provider", "sandbox"),
    ("quality", "medium"),
    ("reason", "welcome"),
    ("region", "DE"),
    ("regions", "DE"),
    ("resolution", "720p"),
    ("resolved", "sandbox-image"),
    ("size", "1024x1024"),
    ("subject", "Your code"),
    ("success_url", "https://shop.example/thanks"),
    ("template", "verify_email"),
    ("text", "Once upon a time there was a lighthouse."),
    ("title", "Sandbox"),
    ("to", "ada@example.com"),
    ("unit", "credit"),
    ("voice", "alto"),
    ("webhook_url", "https://shop.example/hooks/tintype"),
    (
        "url",
        "https://api.tintype.example/v1/files/file_01k9yx3b1mfz0q4r7s8t2v5w6x/content",
    ),
];

/// How a generation that was just accepted differs from one that came out: JSON
/// pointers and what stands there.
const ACCEPTED: &[(&str, &str)] = &[
    ("/status", r#""queued""#),
    ("/outputs", "[]"),
    ("/progress", "0"),
    ("/cost/captured", r#""0""#),
    ("/started_at", "null"),
    ("/ended_at", "null"),
];

/// Turns the example of an end into one of a beginning, where it is about generations.
pub fn tell_of_beginning(example: &mut Value) {
    if ACCEPTED
        .iter()
        .any(|(pointer, _)| example.pointer(pointer).is_none())
    {
        return;
    }
    for (pointer, then) in ACCEPTED {
        if let (Some(now), Ok(then)) = (example.pointer_mut(pointer), serde_json::from_str(then)) {
            *now = then;
        }
    }
}

pub fn value(name: &str) -> Option<&'static str> {
    let entry = VALUES.iter().find(|(known, _)| *known == name)?;
    Some(entry.1)
}

/// Into the description, for people, and as `x-enumDescriptions`, for generators.
pub fn describe_enums(document: &mut Value) {
    for (name, values) in ENUMS {
        let schema = document.pointer_mut(&format!("/components/schemas/{name}"));
        let Some(Value::Object(schema)) = schema else {
            continue;
        };
        let Some(Value::Array(known)) = schema.get("enum") else {
            continue;
        };
        let told = values.iter().filter(|(value, _)| known.contains(&json!(value)));
        let told: Vec<_> = told.collect();
        let list: Vec<_> = told
            .iter()
            .map(|(value, meaning)| format!("- `{value}`: {meaning}"))
            .collect();
        let intro = schema
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let description = format!("{intro}\n\n{}", list.join("\n"));
        let by_value = told
            .iter()
            .map(|(value, meaning)| ((*value).to_owned(), json!(meaning)));
        schema.insert(
            "x-enumDescriptions".to_owned(),
            Value::Object(by_value.collect::<Object>()),
        );
        schema.insert("description".to_owned(), json!(description.trim()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_explained() {
        let schema = json!({"type": "string", "description": "Where it stands.", "enum": ["queued"]});
        let mut document = json!({"components": {"schemas": {"GenerationStatus": schema}}});
        describe_enums(&mut document);
        let schema = &document["components"]["schemas"]["GenerationStatus"];
        assert_eq!(
            schema["description"],
            "Where it stands.\n\n- `queued`: It waits for its turn."
        );
        assert_eq!(
            schema["x-enumDescriptions"],
            json!({"queued": "It waits for its turn."})
        );
    }
}
