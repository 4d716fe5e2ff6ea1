//! What an operation says of itself: who may call it, and its code samples.

use serde_json::{Value, json};

use super::Object;

pub fn settle(operation: &mut Object) {
    state_security(operation);
    tell_scope(operation);
    if let Some(samples) = operation.shift_remove("x-code-samples") {
        operation.insert("x-codeSamples".to_owned(), samples);
    }
    for key in ["requestBody", "responses"] {
        if let Some(part) = operation.get_mut(key) {
            drop_charset(part);
        }
    }
}

/// A permission extractor can only name a scheme, so it names `bearer:files:read`:
/// what follows the first colon is the scope. Without any, the operation
/// is open, and says so.
fn state_security(operation: &mut Object) {
    let stated = operation.shift_remove("security").unwrap_or_else(|| json!([]));
    let alternatives = stated.as_array().into_iter().flatten().map(|alternative| {
        let schemes = alternative.as_object().into_iter().flatten();
        schemes
            .map(|(scheme, scopes)| match scheme.split_once(':') {
                Some((scheme, scope)) => (scheme.to_owned(), json!([scope])),
                None => (scheme.clone(), scopes.clone()),
            })
            .collect::<Value>()
    });
    let alternatives = Value::Array(alternatives.collect());
    operation.insert("security".to_owned(), alternatives);
}

/// Few renderers show the scopes of a bearer scheme, so the description names them too.
fn tell_scope(operation: &mut Object) {
    let scopes = operation["security"].as_array().into_iter().flatten();
    let scopes = scopes
        .filter_map(Value::as_object)
        .flat_map(|schemes| schemes.values());
    let scopes = scopes
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(Value::as_str);
    let scopes: Vec<_> = scopes.map(|scope| format!("`{scope}`")).collect();
    if scopes.is_empty() {
        return;
    }
    let own = operation
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let told = format!("{own}\n\nScope: {}.", scopes.join(", "));
    operation.insert("description".to_owned(), json!(told.trim()));
}

/// JSON is UTF-8; saying so makes the media type another one to every tool.
fn drop_charset(part: &mut Value) {
    let Value::Object(members) = part else {
        return;
    };
    if let Some(Value::Object(content)) = members.get_mut("content") {
        *content = std::mem::take(content)
            .into_iter()
            .map(|(media, body)| (media.replace("; charset=utf-8", ""), body))
            .collect();
        return;
    }
    members.values_mut().for_each(drop_charset);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(operation: Value) -> Value {
        let Value::Object(mut operation) = operation else {
            panic!("no object")
        };
        settle(&mut operation);
        Value::Object(operation)
    }

    #[test]
    fn the_scope_leaves_the_name_of_the_scheme() {
        let operation = settled(json!({"security": [{"bearer:files:read": []}, {}]}));
        assert_eq!(operation["security"], json!([{"bearer": ["files:read"]}, {}]));
        assert_eq!(operation["description"], "Scope: `files:read`.");
        assert_eq!(settled(json!({})), json!({"security": []}));
    }

    #[test]
    fn json_needs_no_charset() {
        let operation =
            settled(json!({"responses": {"200": {"content": {"application/json; charset=utf-8": {}}}}}));
        assert_eq!(
            operation["responses"],
            json!({"200": {"content": {"application/json": {}}}})
        );
    }
}
