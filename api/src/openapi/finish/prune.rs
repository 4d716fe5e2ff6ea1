//! Errors that cannot occur are not promised.
//!
//! One error type serves the whole API, so poem-openapi prints every status on every operation.
//! An operation's shape tells most of what can happen; the rest stands in a table.

use serde_json::Value;

use super::{shape::Shape, walk};

type Rule = (&'static [&'static str], fn(&Shape) -> bool);

/// When an error can occur. What no rule names (400, 429, 503, default) always can.
const RULES: &[Rule] = &[
    (&["401", "403"], |operation| operation.secured),
    (&["404", "410"], |operation| operation.names_one),
    (&["413", "415"], |operation| operation.has_body),
    (&["409", "422"], |operation| operation.writes),
    (&["416"], |operation| operation.in_parts),
    (&["402"], |_| false),
];

/// Errors beyond the rules: what needs credits or names a model in its body,
/// and what refuses a wrong password.
const BESIDES: &[(&str, &[&str])] = &[
    // The account was closed.
    ("auth.login", &["401", "403"]),
    ("account.reactivate", &["401", "403"]),
    // A key has no session, and a session no key.
    ("auth.logout", &["404"]),
    ("identities.create", &["404"]),
    ("auth.password_change", &["404"]),
    ("auth.step_up", &["404"]),
    ("account.agree", &["404"]),
    ("account.change_email", &["404"]),
    ("account.close", &["404"]),
    ("account.confirm_email", &["404"]),
    ("account.update", &["404"]),
    ("totp.begin", &["404"]),
    ("totp.confirm", &["404"]),
    ("totp.remove", &["404"]),
    ("totp.renew_recovery_codes", &["404"]),
    ("keys.self", &["404"]),
    ("sessions.list", &["404"]),
    ("oauth.link", &["404"]),
    // An account that was closed.
    ("oauth.token", &["401", "403"]),
    // In production there is no sandbox.
    ("sandbox.clock", &["404"]),
    ("sandbox.outbox", &["404"]),
    // What was never paid has no receipt.
    ("purchases.receipt", &["409"]),
    ("auth.refresh", &["401"]),
    ("batches.create", &["402", "403", "404", "409", "410", "422"]),
    ("estimates.create", &["403", "404", "422"]),
    ("generations.create", &["402", "403", "404", "409", "410", "422"]),
    ("data_rights.archive", &["409"]),
    ("data_rights.receipt", &["409"]),
    ("purchases.create", &["404"]),
];

pub fn prune(document: &mut Value) {
    walk::each_operation(document, &mut |place, operation| {
        let shape = Shape::of(place, operation);
        if place.webhook {
            return;
        }
        if let Some(Value::Object(responses)) = operation.get_mut("responses") {
            responses.retain(|status, response| !is_problem(response) || can_occur(&shape, status));
        }
    });
}

/// Only the shared error type promises too much; what a handler declares itself, it means.
pub fn is_problem(response: &Value) -> bool {
    response.pointer("/content/application~1problem+json").is_some()
}

fn can_occur(shape: &Shape, status: &str) -> bool {
    let besides = BESIDES.iter().find(|(id, _)| *id == shape.id);
    if besides.is_some_and(|(_, statuses)| statuses.contains(&status)) {
        return true;
    }
    let rule = RULES.iter().find(|(statuses, _)| statuses.contains(&status));
    rule.is_none_or(|(_, applies)| applies(shape))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn statuses(method: &str, path: &str, mut operation: Value) -> Vec<String> {
        let problem = json!({"content": {"application/problem+json": {}}});
        let all = [
            "400", "401", "402", "403", "404", "409", "410", "413", "415", "422", "429", "503",
        ];
        operation["responses"] = all
            .into_iter()
            .map(|status| (status.to_owned(), problem.clone()))
            .collect();
        let mut document = json!({"paths": {path: {method: operation}}});
        prune(&mut document);
        let responses = document["paths"][path][method]["responses"].as_object().unwrap();
        responses.keys().cloned().collect()
    }

    #[test]
    fn the_shape_tells_what_can_go_wrong() {
        let secured = json!([{"bearer": []}]);
        assert_eq!(statuses("get", "/v1/models", json!({})), ["400", "429", "503"]);
        assert_eq!(
            statuses("get", "/v1/models", json!({"security": [{}]})),
            ["400", "429", "503"]
        );
        assert_eq!(
            statuses("get", "/v1/files/{id}", json!({"security": secured})),
            ["400", "401", "403", "404", "410", "429", "503"]
        );
        assert_eq!(
            statuses(
                "post",
                "/v1/files",
                json!({"security": secured, "requestBody": {}})
            ),
            ["400", "401", "403", "409", "413", "415", "422", "429", "503"]
        );
    }

    #[test]
    fn the_table_adds_to_it() {
        let create = json!({"operationId": "generations.create", "security": [{"bearer": []}]});
        let found = statuses("post", "/v1/generations", create);
        assert_eq!(
            found,
            [
                "400", "401", "402", "403", "404", "409", "410", "422", "429", "503"
            ]
        );
    }

    #[test]
    fn what_a_handler_declares_itself_stays() {
        let own = json!({"404": {"description": "No such page", "content": {"text/html": {}}}});
        let mut document = json!({"paths": {"/": {"get": {"responses": own}}}});
        let before = document.clone();
        prune(&mut document);
        assert_eq!(document, before);
    }
}
