//! What a request for a generation need not say. Whether it is said or not, it is the
//! same request.

use entity::Timestamp;
use serde_json::Value;

use crate::catalog::Catalog;

/// Takes out of a request what would hold anyway: switches that are off, and input as
/// the model has it by default.
pub fn leave_out_defaults(catalog: &Catalog, now: Timestamp, request: &mut Value) {
    let Some(members) = request.as_object_mut() else {
        return;
    };
    members.retain(|name, value| !(matches!(name.as_str(), "saved" | "validate_only") && *value == false));
    let asked = members.get("model").and_then(Value::as_str);
    let Some(resolved) = asked.and_then(|asked| catalog.resolve(asked, now).ok()) else {
        return;
    };
    if let Some(input) = members.get_mut("input").and_then(Value::as_object_mut) {
        input.retain(|name, value| resolved.model.default_of(name) != Some(&*value));
    }
}

/// The same for every generation of a batch or an estimate.
pub fn leave_out_defaults_of_each(catalog: &Catalog, now: Timestamp, request: &mut Value) {
    let generations = request.get_mut("generations").and_then(Value::as_array_mut);
    for generation in generations.into_iter().flatten() {
        leave_out_defaults(catalog, now, generation);
    }
}
