//! Names that read like names: `Page_Generation` is a `GenerationPage`, and a
//! schema's title is not its name once more.

use serde_json::Value;

use super::walk;

const SCHEMAS: &str = "#/components/schemas/";

fn better(name: &str) -> Option<String> {
    Some(format!("{}Page", name.strip_prefix("Page_")?))
}

pub fn settle(document: &mut Value) {
    walk::each_reference(document, &mut |target| {
        if let Some(new) = target.strip_prefix(SCHEMAS).and_then(better) {
            *target = format!("{SCHEMAS}{new}");
        }
    });
    let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") else {
        return;
    };
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(|(name, mut schema)| {
            if let Value::Object(schema) = &mut schema
                && schema.get("title").and_then(Value::as_str) == Some(&name)
            {
                schema.shift_remove("title");
            }
            (better(&name).unwrap_or(name), schema)
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_is_named_after_what_it_lists() {
        let mut document = json!({
            "paths": {"/": {"get": {"schema": {"$ref": "#/components/schemas/Page_Cat"}}}},
            "components": {"schemas": {"Page_Cat": {"title": "Page_Cat", "type": "object"}}},
        });
        settle(&mut document);
        assert_eq!(
            document["components"]["schemas"],
            json!({"CatPage": {"type": "object"}})
        );
        assert_eq!(
            document["paths"]["/"]["get"]["schema"]["$ref"],
            "#/components/schemas/CatPage"
        );
    }
}
