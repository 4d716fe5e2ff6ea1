//! A document with all that the subset allows, what it becomes, and what is refused or breaks.

use sdk_codegen::load::load;
use sdk_codegen::model::{Answer, Api, Kind};
use sdk_codegen::{compare, languages};
use serde_json::{Value, json};

const STUDIO: &str = include_str!("studio.yaml");

fn api(yaml: &str) -> Api {
    let document = load(yaml).expect("the subset");
    Api::of(&document).expect("a model")
}

fn changed(from: &str, to: &str) -> String {
    assert!(STUDIO.contains(from), "{from}");
    STUDIO.replacen(from, to, 1)
}

#[test]
fn operations_have_their_abilities() {
    let api = api(STUDIO);
    let films = &api.resources[0];
    let [upload, get, events] = films.operations.as_slice() else {
        panic!("three operations");
    };
    assert!(upload.idempotent && !upload.waits);
    assert!(upload.body.as_ref().is_some_and(|body| body.multipart));
    assert!(get.waits && get.params.is_empty());
    assert!(events.resumes && matches!(events.answer, Answer::Stream { .. }));
    let wait = films.wait.as_ref().expect("it has an end");
    assert_eq!((wait.ended.as_str(), wait.create.as_deref()), ("ended_at", None));
    assert_eq!(films.types, ["Film", "FilmId", "FilmsUploadForm", "Happening"]);
    assert_eq!(api.events[0].name, "film.ended");
}

#[test]
fn schemas_have_kinds_and_directions() {
    let api = api(STUDIO);
    let kind = |name: &str| serde_json::to_value(api.schema(name)).expect("JSON")["kind"].clone();
    for (name, expected) in [
        ("FilmId", "id"),
        ("Price", "decimal"),
        ("Status", "enum"),
        ("Happening", "union"),
        ("FilmsUploadForm", "object"),
    ] {
        assert_eq!(kind(name), expected, "{name}");
    }
    let directions = |name: &str| api.schema(name).map(|schema| (schema.input, schema.output));
    assert_eq!(directions("FilmsUploadForm"), Some((true, false)));
    assert_eq!(directions("Moved"), Some((false, true)));
    assert_eq!(directions("FilmId"), Some((true, true)));
    let moved = api.schema("Moved").expect("a schema");
    let to = serde_json::to_value(&moved.fields()[1].ty).expect("JSON");
    assert_eq!(
        to,
        json!({"kind": "named", "name": "Status", "is": "enum", "nullable": true, "limits": {}})
    );
    let Some(Kind::Enum { values }) = api.schema("Status").map(|schema| &schema.kind) else {
        panic!("an enum");
    };
    assert_eq!(values[1].doc, "It is there.");
}

#[test]
fn every_language_renders_it() {
    let api = api(STUDIO);
    for language in languages::all() {
        let files = languages::render(language.as_ref(), &api).expect("templates render");
        for (path, text) in files {
            let first = text.lines().next().unwrap_or_default();
            assert!(first.ends_with(languages::MARK), "{}", path.display());
            for (number, line) in text.lines().enumerate() {
                assert_eq!(line.trim_end(), line, "{}:{}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn anything_else_is_refused_by_its_place() {
    for (from, to, pointer) in [
        (
            "maxLength: 100",
            "const: x",
            "/paths/~1films/post/requestBody/content/multipart~1form-data/schema/properties/title/const",
        ),
        ("openapi: \"3.1.0\"", "openapi: \"3.0.3\"", "/openapi"),
        (
            "[{ bearer: [] }, {}]",
            "[{ basic: [] }]",
            "/paths/~1films~1{id}~1events/get/security/0/basic",
        ),
        ("films.upload", "upload", "/paths/~1films/post/operationId"),
        (
            "anyOf: [{ $ref: \"#/components/schemas/Status\" }, { type: \"null\" }]",
            "allOf: []",
            "/components/schemas/Moved/properties/to/allOf",
        ),
    ] {
        let error = load(&changed(from, to)).expect_err(to).to_string();
        assert!(error.starts_with(&format!("#{pointer}: ")), "{error}");
    }
    let lost = load(&changed("schemas/FilmId", "schemas/Lost")).expect("it reads");
    let error = Api::of(&lost).expect_err("no such schema").to_string();
    assert_eq!(error, "films.get(id): there is no schema `Lost`");
}

#[test]
fn breaking_changes_are_named() {
    let old = api(STUDIO);
    assert_eq!(compare::breaks(&old, &api(STUDIO)), Vec::<String>::new());
    for (from, to, expected) in [
        ("films.events", "films.watch", "films.events: is removed"),
        (
            "\"/films/{id}/events\"",
            "\"/films/{id}/news\"",
            "films.events: was GET /films/{id}/events, is GET /films/{id}/news",
        ),
        (
            "required: [file]",
            "required: [file, title]",
            "FilmsUploadForm.title: is now required",
        ),
        (
            "maxLength: 100",
            "maxLength: 50",
            "FilmsUploadForm.title: maxLength was 100, is 50",
        ),
        (
            "type: [string, \"null\"], maxLength",
            "type: string, maxLength",
            "FilmsUploadForm.title: can no longer be null",
        ),
        (
            "enum: [queued, done]",
            "enum: [done]",
            "Status.queued: is removed",
        ),
        (
            "text: { type: string }",
            "text: { type: boolean }",
            "Spoke.text: was string, is boolean",
        ),
        (
            "text: { type: string }",
            "text: { type: [string, \"null\"] }",
            "Spoke.text: can now be null",
        ),
        ("[type, text]", "[type]", "Spoke.text: may now be absent"),
        ("\"201\"", "\"202\"", "films.upload: no longer answers 201"),
        ("film.ended:", "film.over:", "events.film.ended: is removed"),
        (
            "security: []",
            "security: [{ bearer: [] }]",
            "films.get: now needs a key",
        ),
    ] {
        assert_eq!(compare::breaks(&old, &api(&changed(from, to))), [expected]);
    }
    // What clients are built for.
    for (from, to) in [
        ("enum: [queued, done]", "enum: [queued, done, lost]"),
        (
            "text: { type: string }",
            "text: { type: string }\n        more: { type: string }",
        ),
        ("maxLength: 100", "maxLength: 200"),
        ("It is there.", "It is here."),
    ] {
        assert_eq!(
            compare::breaks(&old, &api(&changed(from, to))),
            Vec::<String>::new(),
            "{to}"
        );
    }
}

#[test]
fn the_repository_s_document_is_in_the_subset() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.yaml");
    let yaml = std::fs::read_to_string(path).expect("openapi.yaml");
    let value: Value = serde_json::to_value(api(&yaml)).expect("JSON");
    assert!(
        value["resources"]
            .as_array()
            .is_some_and(|resources| resources.len() > 5)
    );
}
