//! How to call what the studio offers.

use sdk_codegen::load::load;
use sdk_codegen::model::Api;
use sdk_codegen::samples;
use serde_json::Value;

const STUDIO: &str = include_str!("studio.yaml");

fn samples_of(yaml: &str) -> Value {
    let api = Api::of(&load(yaml).expect("the subset")).expect("a model");
    let (_, text) = samples::render(&api).expect("templates render");
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn every_operation_has_one_in_every_language() {
    let samples = samples_of(STUDIO);
    for operation in ["films.upload", "films.get", "films.events"] {
        for language in ["typescript", "python", "rust", "go"] {
            let source = samples[operation][language].as_str().unwrap_or_default();
            assert!(source.contains("ilms"), "{operation} in {language}: {source}");
            for line in source.lines() {
                assert_eq!(line.trim_end(), line, "{operation} in {language}");
            }
        }
    }
}

#[test]
fn calls_are_what_somebody_would_write() {
    let samples = samples_of(STUDIO);
    for (operation, language, call) in [
        (
            "films.upload",
            "typescript",
            "const film = await tintype.films.upload({ file: await fileAt(\"picture.png\") });",
        ),
        (
            "films.upload",
            "python",
            "film = client.films.upload(file=Path(\"picture.png\"))",
        ),
        (
            "films.upload",
            "rust",
            ".upload(FilmsUploadForm::new(Upload::path(\"picture.png\")))",
        ),
        ("films.upload", "go", "File: tintype.FileAt(\"picture.png\"),"),
        (
            "films.events",
            "typescript",
            "for await (const { data } of tintype.films.events(\"film_1\")) {",
        ),
        (
            "films.get",
            "go",
            "film, err := client.Films.Get(ctx, \"film_1\")",
        ),
    ] {
        let source = samples[operation][language].as_str().unwrap_or_default();
        assert!(source.contains(call), "{source}");
    }
}

#[test]
fn samples_in_the_document_change_nothing() {
    let shown = "tags: [Films]\n      x-codeSamples: [{ lang: Go, label: Go, source: nonsense }]\n";
    let with = STUDIO.replace("tags: [Films]\n", shown);
    assert_ne!(with, STUDIO);
    assert_eq!(samples_of(&with), samples_of(STUDIO));
}
