//! Components that nothing refers to any more are dropped.

use serde_json::Value;

use super::{closed::reachable, walk};

const SECTIONS: [&str; 3] = ["schemas", "responses", "headers"];

pub fn drop_unused(document: &mut Value) {
    let roots = ["paths", "webhooks"]
        .iter()
        .filter_map(|section| document.get(*section));
    let roots = roots.flat_map(walk::references).collect();
    let used = reachable(document, roots);
    for section in SECTIONS {
        let components = document
            .get_mut("components")
            .and_then(|all| all.get_mut(section));
        if let Some(Value::Object(components)) = components {
            components.retain(|name, _| used.contains(&format!("#/components/{section}/{name}")));
        }
    }
}
