//! What model servers make, as they write it: base64 of every kind, and files of
//! every kind, known by their bytes.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use harness::{Answer, Double, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

const AVIF: &[u8] = include_bytes!("../../media/still.avif");
const GIF: &[u8] = include_bytes!("../../media/moving.gif");
const MOV: &[u8] = include_bytes!("../../media/clip.mov");
const AAC: &[u8] = include_bytes!("../../media/tone.aac");
const M4A: &[u8] = include_bytes!("../../media/tone.m4a");
const MP3: &[u8] = include_bytes!("../../media/tone.mp3");
/// From a pipe: both sizes in its header are 0xFFFFFFFF.
const WAV: &[u8] = include_bytes!("../../media/streamed.wav");
const SVG: &[u8] = br#"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><script>alert(1)</script></svg>
"#;

fn configuration(provider: &str) -> String {
    let priced = [
        ("image", "image"),
        ("video", "second"),
        ("speech", "1000_characters"),
    ];
    let models = priced.map(|(kind, unit)| {
        format!(
            r#"
            [[models]]
            id = "{kind}"
            kind = "{kind}"
            display_name = "Double"
            provider = "double"
            countries = ["DE"]
            mechanism = "none"
            price_version = "1"
            timeout_seconds = 60
            input_schema = '{{"type": "object", "properties": {{"prompt": {{"type": "string", "maxLength": 100}}, "seconds": {{"type": "integer", "minimum": 1, "maximum": 1, "default": 1}}}}}}'
            [[models.pricing]]
            unit = "{unit}"
            credits = "1"
            "#
        )
    });
    format!(
        "[[providers]]\nname = \"double\"\nbase_url = \"{provider}\"\n{}",
        models.concat()
    )
}

struct Stage {
    app: TestApp,
    double: Double,
    key: String,
}

impl Stage {
    async fn set() -> Self {
        let double = Double::start().await;
        let settings = [("TINTYPE_CREDITS_LIVE_GRANT", "1000")];
        let app = TestApp::configured(&configuration(&double.url), &settings).await;
        // Test keys never leave the sandbox.
        let made = app.run(&["key", "new", "--email", "formats@studio.example", "--live"]);
        let key = String::from_utf8_lossy(&made.stdout).trim().to_owned();
        Self { app, double, key }
    }

    /// What becomes of a generation for which the provider answers with this output.
    async fn made(&self, kind: &str, name: &str, output: Value) -> Value {
        self.double.makes(name, json!([output]));
        let body = json!({"model": kind, "input": {"prompt": format!("{name} 1")}});
        let asked = Answer::of(self.app.ask(&self.key, &body)).await.expect(202);
        self.app.ended(&self.key, &asked["id"]).await
    }

    async fn content(&self, output: &Value) -> Answer {
        let path = format!("/v1/files/{}/content", text(&output["file_id"]));
        self.app.get(&path, &self.key).await
    }
}

#[tokio::test]
async fn base64_is_read_however_it_is_written() {
    let stage = Stage::set().await;
    // The alphabets differ in these letters, and their length is no multiple of three.
    let plain = STANDARD.encode(AVIF);
    assert!(plain.contains(['+', '/']) && plain.ends_with('='));
    let broken: Vec<String> = plain
        .as_bytes()
        .chunks(76)
        .map(|line| String::from_utf8_lossy(line).into())
        .collect();
    for (at, output) in [
        json!({"data": plain}),
        json!({"data": STANDARD_NO_PAD.encode(AVIF)}),
        json!({"data": URL_SAFE.encode(AVIF)}),
        json!({"data": URL_SAFE_NO_PAD.encode(AVIF)}),
        json!({"data": broken.join("\n") + "\n"}),
        json!({"data": broken.join("\r\n")}),
        json!({"data": format!("data:image/png;base64,{plain}")}),
        json!({"url": format!("data:image/avif;base64,{}", URL_SAFE.encode(AVIF))}),
    ]
    .into_iter()
    .enumerate()
    {
        let made = stage
            .made("image", &format!("written {at}"), output.clone())
            .await;
        assert_eq!(made["status"], "succeeded", "{output}: {}", made["error"]);
        let content = stage.content(&made["outputs"][0]).await;
        assert_eq!(content.bytes, AVIF, "{output}");
    }
    let torn = json!({"data": &plain[..plain.len() - 40]});
    let torn = stage.made("image", "torn", torn).await;
    assert_eq!(torn["status"], "failed", "{torn}");
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let stage = Stage::set().await;
    for (kind, bytes, content_type, extension, size) in [
        ("image", AVIF, "image/avif", "avif", json!([24, 16])),
        ("image", GIF, "image/gif", "gif", json!([12, 8])),
        ("image", SVG, "image/svg+xml", "svg", json!([40, 30])),
        ("video", MOV, "video/quicktime", "mov", json!([null, null])),
        ("speech", AAC, "audio/aac", "aac", json!([null, null])),
        ("speech", M4A, "audio/mp4", "m4a", json!([null, null])),
        ("speech", MP3, "audio/mpeg", "mp3", json!([null, null])),
    ] {
        let output = json!({"data": STANDARD.encode(bytes)});
        let made = stage.made(kind, extension, output).await;
        let output = &made["outputs"][0];
        assert_eq!(output["content_type"], content_type, "{made}");
        assert_eq!(json!([output["width"], output["height"]]), size, "{extension}");
        let content = stage.content(output).await;
        assert_eq!(content.header("content-type"), content_type);
        assert_eq!(content.bytes, bytes, "{extension}");
        let named = format!("filename=\"{}.{extension}\"", text(&output["file_id"]));
        assert!(
            content.header("content-disposition").ends_with(&named),
            "{extension}"
        );
    }
    // Of another kind than was asked for, it was not made.
    let sound = json!({"data": STANDARD.encode(AAC)});
    assert_eq!(stage.made("video", "sound", sound).await["status"], "failed");
}

#[tokio::test]
async fn a_drawing_is_handed_over_and_never_run() {
    let stage = Stage::set().await;
    let made = stage
        .made("image", "svg", json!({"data": STANDARD.encode(SVG)}))
        .await;
    let output = &made["outputs"][0];
    let by_key = stage.content(output).await;
    let by_link = stage.app.open(&output["url"]).await;
    let request = stage.app.request(
        Method::HEAD,
        text(&output["url"]).trim_start_matches(&stage.app.url),
        "",
    );
    let head = Answer::of(request).await;
    for answer in [by_key, by_link, head] {
        assert!(answer.header("content-disposition").starts_with("attachment; "));
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn a_wav_from_a_pipe_is_kept_with_its_true_sizes() {
    let stage = Stage::set().await;
    let made = stage
        .made("speech", "wav", json!({"data": STANDARD.encode(WAV)}))
        .await;
    let output = &made["outputs"][0];
    assert_eq!(output["content_type"], "audio/wav", "{made}");
    assert_eq!(output["seconds"], 0.1);
    let kept = stage.content(output).await.bytes;
    assert_eq!(kept.len(), WAV.len());
    let size = |from: usize| u32::from_le_bytes(kept[from..from + 4].try_into().expect("four")) as usize;
    assert_eq!(size(4), kept.len() - 8);
    let data = kept
        .windows(4)
        .position(|four| four == b"data")
        .expect("its sound");
    assert_eq!(size(data + 4), kept.len() - data - 8);
    assert_eq!(output["bytes"], kept.len());
}
