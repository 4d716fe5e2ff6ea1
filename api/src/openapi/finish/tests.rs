//! The whole way, over a document such as poem-openapi prints.

use serde_json::{Value, json};

use super::finish;

fn raw() -> Value {
    let body = |name: &str| json!({"schema": {"$ref": format!("#/components/schemas/{name}")}});
    let error = json!({"description": "Wrong", "content": {"application/problem+json": body("Problem")}});
    json!({
        "openapi": "3.0.0",
        "info": {"title": "Tintype API", "version": "1"},
        "servers": [{"url": "https://api.example"}],
        "tags": [],
        "webhooks": {"thing.made": {"post": {
            "requestBody": {"content": {"application/json; charset=utf-8": body("Thing")}, "required": true},
            "responses": {"200": {"description": ""}},
        }}},
        "paths": {"/v1/things": {
            "get": {
                "parameters": [{"name": "cursor", "in": "query", "schema": {"type": "string"},
                    "required": false, "deprecated": false, "explode": true}],
                "responses": {
                    "200": {"description": "", "content": {"application/json; charset=utf-8": body("Page_Thing")}},
                    "400": error, "402": error, "404": error, "429": error,
                },
                "security": [{"bearer:things:read": []}],
                "operationId": "things.list",
            },
        }},
        "components": {
            "schemas": {
                "Code": {"type": "string", "enum": ["invalid_request", "rate_limited"]},
                "Orphan": {"type": "string"},
                "Page_Thing": {"type": "object", "title": "Page_Thing", "required": ["data"], "properties": {
                    "data": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}},
                "Problem": {"type": "object", "properties": {
                    "code": {"$ref": "#/components/schemas/Code"}}},
                "Thing": {"type": "object", "title": "Thing", "properties": {
                    "size": {"type": "integer", "format": "uint8", "nullable": true}}},
            },
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    })
}

#[test]
fn a_raw_document_becomes_a_clean_one() {
    let document = finish(raw());
    let keys: Vec<_> = document.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "openapi",
            "info",
            "servers",
            "tags",
            "paths",
            "webhooks",
            "components"
        ]
    );
    let list = &document["paths"]["/v1/things"]["get"];
    assert_eq!(list["security"], json!([{"bearer": ["things:read"]}]));
    let statuses: Vec<_> = list["responses"].as_object().unwrap().keys().collect();
    assert_eq!(statuses, ["200", "400", "429"]);
    assert_eq!(
        list["responses"]["429"]["$ref"],
        "#/components/responses/TooManyRequests"
    );
    let page = &list["responses"]["200"]["content"]["application/json"];
    assert_eq!(page["schema"]["$ref"], "#/components/schemas/ThingPage");
    assert_eq!(page["example"], json!({"data": [{"size": null}]}));
    assert_eq!(document["webhooks"]["thing.made"]["post"]["security"], json!([]));
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert_eq!(
        schemas.keys().collect::<Vec<_>>(),
        ["Code", "Problem", "Thing", "ThingPage"]
    );
    assert_eq!(
        schemas["Thing"]["properties"]["size"]["type"],
        json!(["integer", "null"])
    );
}

#[test]
fn finishing_is_deterministic_and_leaves_no_trace_of_the_old_dialect() {
    let text = finish(raw()).to_string();
    assert_eq!(text, finish(raw()).to_string());
    for relic in [
        "nullable",
        "charset",
        "Page_",
        "\"example\":null",
        "explode",
        "Orphan",
    ] {
        assert!(!text.contains(relic), "{relic}");
    }
}
