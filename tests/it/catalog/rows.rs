//! Rows of configuration to test with.

/// A row for pictures; `more` are further keys of it.
pub fn picture(id: &str, version: &str, credits: &str, more: &str) -> String {
    format!(
        r#"
        [[models]]
        id = "{id}"
        kind = "image"
        display_name = "A model of the test"
        provider = "sandbox"
        provider_model = "sandbox-image"
        countries = ["ZZ"]
        mechanism = "none"
        price_version = "{version}"
        timeout_seconds = 600
        cancelable = true
        {more}
        input_schema = '''{{
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object", "required": ["prompt"], "additionalProperties": false,
            "properties": {{
                "prompt": {{"type": "string", "minLength": 1, "maxLength": 4000}},
                "n": {{"type": "integer", "minimum": 1, "maximum": 10, "default": 1}},
                "size": {{"type": "string", "enum": ["256x256", "512x512"], "default": "256x256"}},
                "quality": {{"type": "string", "enum": ["low", "high"], "default": "low"}}
            }}
        }}'''
        [[models.pricing]]
        unit = "image"
        credits = "{credits}"
        multipliers = {{ quality = {{ high = "2.5" }}, size = {{ "512x512" = "2" }} }}
        "#
    )
}
