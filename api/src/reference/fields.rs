//! A schema as a list of fields that a person can read.

use serde_json::{Map, Value};

use super::markdown;

/// Deeper than any body of ours that is worth showing at once.
const DEPTH: usize = 4;

/// A field of a body, or a parameter.
#[derive(Debug, serde::Serialize)]
pub struct Field {
    pub name: String,
    /// As in `integer or null, 1 to 100`.
    pub kind: String,
    pub required: bool,
    pub description: String,
    pub values: Vec<String>,
    pub fields: Vec<Field>,
}

/// Reads schemas of one document.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub document: &'a Value,
}

impl<'a> Reader<'a> {
    /// The schema behind `$ref`, or the schema itself.
    pub fn resolve(&self, schema: &'a Value) -> &'a Value {
        schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|target| self.document.pointer(target.trim_start_matches('#')))
            .unwrap_or(schema)
    }

    /// The fields of an object, or of what an array holds.
    pub fn fields(&self, schema: &'a Value) -> Vec<Field> {
        self.fields_within(schema, DEPTH)
    }

    fn fields_within(&self, schema: &'a Value, depth: usize) -> Vec<Field> {
        let Some(depth) = depth.checked_sub(1) else {
            return Vec::new();
        };
        let (schema, _) = self.not_null(self.resolve(schema));
        if let Some(items) = schema.get("items") {
            return self.fields_within(items, depth + 1);
        }
        let required = schema.get("required").and_then(Value::as_array);
        let properties = schema.get("properties").and_then(Value::as_object);
        let field = |(name, property): (&String, &'a Value)| {
            let required = required.is_some_and(|names| names.iter().any(|known| known == name));
            self.field(name, property, required, depth)
        };
        properties.into_iter().flat_map(Map::iter).map(field).collect()
    }

    /// One field by its schema.
    pub fn field(&self, name: &str, schema: &'a Value, required: bool, depth: usize) -> Field {
        let target = self.resolve(schema);
        let (inner, _) = self.not_null(target);
        let words = [schema, target, inner].into_iter();
        let description = words
            .filter_map(|schema| schema.get("description"))
            .find_map(Value::as_str);
        Field {
            name: name.to_owned(),
            kind: self.kind(schema),
            required,
            description: description.map(markdown::to_html).unwrap_or_default(),
            values: values(inner).unwrap_or_default(),
            fields: self.fields_within(schema, depth),
        }
    }

    /// What a schema allows beside null, and whether it allows null.
    fn not_null(&self, schema: &'a Value) -> (&'a Value, bool) {
        let alternatives = ["anyOf", "oneOf"].into_iter().find_map(|key| schema.get(key));
        let Some(alternatives) = alternatives.and_then(Value::as_array) else {
            let types = schema.get("type").and_then(Value::as_array);
            let null = types.is_some_and(|types| types.iter().any(|one| one == "null"));
            return (schema, null);
        };
        let null = alternatives.iter().any(is_null);
        match alternatives.iter().find(|one| !is_null(one)) {
            Some(other) if null => (self.resolve(other), true),
            _ => (schema, null),
        }
    }

    fn kind(&self, schema: &'a Value) -> String {
        let (schema, null) = self.not_null(self.resolve(schema));
        let mut words = match schema.get("items") {
            Some(items) => format!("list of {}", self.kind(items)),
            None => base(schema),
        };
        if let Some(bounds) = bounds(schema) {
            words.push_str(", ");
            words.push_str(&bounds);
        }
        if null {
            words.push_str(", or null");
        }
        words
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

fn base(schema: &Value) -> String {
    let kind = match schema.get("type") {
        Some(Value::Array(types)) => types.iter().find(|one| *one != "null").and_then(Value::as_str),
        Some(one) => one.as_str(),
        None => None,
    };
    let format = schema.get("format").and_then(Value::as_str);
    match (kind, format) {
        (Some("string"), Some("date-time")) => "time".to_owned(),
        (Some("string"), _) => match values(schema) {
            Some(_) => "one of".to_owned(),
            None => "string".to_owned(),
        },
        (Some("object"), _) if schema.get("properties").is_none() => "map".to_owned(),
        (Some(kind), _) => kind.to_owned(),
        (None, _) => "anything".to_owned(),
    }
}

fn values(schema: &Value) -> Option<Vec<String>> {
    let values = schema.get("enum")?.as_array()?;
    Some(
        values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}

/// Bounds that a caller can run into; those of machine integers are left out.
fn bounds(schema: &Value) -> Option<String> {
    let bound = |key: &str| schema.get(key).and_then(Value::as_u64);
    let (low, high, unit) = match schema.get("type").and_then(Value::as_str) {
        Some("string") => (bound("minLength"), bound("maxLength"), " characters"),
        Some("array") => (bound("minItems"), bound("maxItems"), " items"),
        _ => (bound("minimum"), bound("maximum"), ""),
    };
    let high = high.filter(|high| *high < u64::from(u16::MAX));
    match (low.unwrap_or_default(), high?) {
        (0, high) if !unit.is_empty() => Some(format!("{high}{unit} at most")),
        (low, high) => Some(format!("{low} to {high}{unit}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_field_reads_like_a_sentence() {
        let document = json!({"components": {"schemas": {
            "Money": {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "integer"}}},
            "Color": {"type": "string", "enum": ["red", "green"]},
        }}});
        let reader = Reader { document: &document };
        let kind = |schema: Value| reader.kind(&*Box::leak(Box::new(schema)));
        assert_eq!(
            kind(json!({"type": "integer", "minimum": 1, "maximum": 100})),
            "integer, 1 to 100"
        );
        assert_eq!(
            kind(json!({"type": ["string", "null"], "format": "date-time"})),
            "time, or null"
        );
        assert_eq!(kind(json!({"$ref": "#/components/schemas/Color"})), "one of");
        assert_eq!(
            kind(json!({"type": "array", "items": {"$ref": "#/components/schemas/Money"}})),
            "list of object"
        );
        let price = json!({"anyOf": [{"$ref": "#/components/schemas/Money"}, {"type": "null"}]});
        let field = reader.field("price", &price, false, DEPTH);
        assert_eq!((field.kind.as_str(), field.fields.len()), ("object, or null", 1));
    }
}
