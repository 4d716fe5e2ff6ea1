//! Every kind of model: real files, as asked, the same for the same seed.

use harness::{TestApp, text};
use image::ImageFormat;
use serde_json::{Value, json};

#[tokio::test]
async fn pictures_come_in_the_format_and_size_asked_for() {
    let app = TestApp::start().await;
    for (format, size, content_type, expected) in [
        ("png", "256x512", "image/png", ImageFormat::Png),
        ("jpeg", "512x256", "image/jpeg", ImageFormat::Jpeg),
        ("webp", "256x256", "image/webp", ImageFormat::WebP),
    ] {
        let input = json!({"prompt": "a heron", "format": format, "size": size, "n": 2});
        let made = app.make(&app.demo, "sandbox-image", input).await;
        let outputs = made["outputs"].as_array().expect("outputs");
        assert_eq!(outputs.len(), 2);
        for output in outputs {
            let file = app.open(&output["url"]).await;
            assert_eq!(file.header("content-type"), content_type);
            assert_eq!(output["content_type"], content_type);
            assert_eq!(output["bytes"], file.bytes.len());
            assert_eq!(image::guess_format(&file.bytes).expect("a format"), expected);
            let picture = image::load_from_memory(&file.bytes).expect("a picture");
            assert_eq!(format!("{}x{}", picture.width(), picture.height()), size);
            assert_eq!(
                (&output["width"], &output["height"]),
                (&json!(picture.width()), &json!(picture.height()))
            );
        }
        // Two pictures of one request are not one picture twice.
        assert_ne!(outputs[0]["sha256"], outputs[1]["sha256"]);
    }
}

#[tokio::test]
async fn a_video_lasts_the_seconds_asked_for() {
    let app = TestApp::start().await;
    for (seconds, ratio, size) in [(1, "1:1", (480, 480)), (3, "9:16", (360, 640))] {
        let input = json!({"prompt": "waves", "seconds": seconds, "aspect_ratio": ratio});
        let made = app.make(&app.demo, "sandbox-video", input).await;
        let output = &made["outputs"][0];
        let file = app.open(&output["url"]).await;
        assert_eq!(file.header("content-type"), "video/webm");
        assert_eq!(&file.bytes[..4], [0x1A, 0x45, 0xDF, 0xA3], "no EBML");
        assert_eq!(webm_milliseconds(&file.bytes), f64::from(seconds) * 1000.0);
        assert_eq!(output["seconds"], f64::from(seconds));
        assert_eq!(
            (&output["width"], &output["height"]),
            (&json!(size.0), &json!(size.1))
        );
    }
}

/// The `Duration` of a WebM file whose ticks are milliseconds: the element 0x4489
/// with a length in eight bytes and a double.
fn webm_milliseconds(file: &[u8]) -> f64 {
    let at = file
        .windows(2)
        .position(|two| two == [0x44, 0x89])
        .expect("a Duration");
    let double = &file[at + 10..at + 18];
    f64::from_be_bytes(double.try_into().expect("eight bytes"))
}

#[tokio::test]
async fn speech_is_a_sound_file_of_the_length_it_says() {
    let app = TestApp::start().await;
    let input = json!({"prompt": "Good morning. How are you today?", "voice": "tenor"});
    let made = app.make(&app.demo, "sandbox-speech", input.clone()).await;
    let output = &made["outputs"][0];
    let file = app.open(&output["url"]).await;
    assert_eq!(file.header("content-type"), "audio/wav");
    let seconds = wav_seconds(&file.bytes);
    let said = output["seconds"].as_f64().expect("seconds");
    assert!((seconds - said).abs() < 0.001, "{seconds} and {said}");
    assert!(seconds > 1.0);

    let mut fast = input;
    fast["speed"] = json!(4);
    let made = app.make(&app.demo, "sandbox-speech", fast).await;
    assert!(made["outputs"][0]["seconds"].as_f64().expect("seconds") < said);
}

/// Reads the header of a canonical WAV file.
fn wav_seconds(file: &[u8]) -> f64 {
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().expect("four bytes"));
    assert_eq!(
        (&file[..4], &file[8..16], &file[36..40]),
        (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..])
    );
    assert_eq!(number(4) as usize, file.len() - 8);
    let (bytes_a_second, bytes) = (number(28), number(40));
    assert_eq!(bytes as usize, file.len() - 44);
    f64::from(bytes) / f64::from(bytes_a_second)
}

#[tokio::test]
async fn text_answers_a_prompt_or_a_conversation() {
    let app = TestApp::start().await;
    let messages = json!([
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "What is a tintype?"},
    ]);
    for input in [
        json!({"prompt": "What is a tintype?"}),
        json!({"messages": messages}),
    ] {
        let made = app.make(&app.demo, "sandbox-text", input).await;
        assert_eq!(made["status"], "succeeded");
        assert!(text(&made["text"]).len() > 20, "{made}");
        assert_eq!(made["outputs"], json!([]));
        assert_eq!(made["kind"], "text");
    }
    let both = json!({"model": "sandbox-text", "input": {"prompt": "a", "messages": messages}});
    app.post("/v1/generations", &app.demo, &both)
        .await
        .problem(400, "invalid_request");
}

#[tokio::test]
async fn the_same_seed_makes_the_same_again() {
    let app = TestApp::start().await;
    let inputs = [
        ("sandbox-image", json!({"prompt": "a barn", "size": "256x256"})),
        ("sandbox-video", json!({"prompt": "a barn", "seconds": 1})),
        ("sandbox-speech", json!({"prompt": "a barn"})),
        ("sandbox-text", json!({"prompt": "a barn"})),
    ];
    for (model, input) in inputs {
        let seeded = |seed: i64| {
            let mut input = input.clone();
            input["seed"] = json!(seed);
            input
        };
        let [first, again, other] = [seeded(7), seeded(7), seeded(8)];
        let first = essence(&app.make(&app.demo, model, first).await);
        assert_eq!(
            first,
            essence(&app.make(&app.demo, model, again).await),
            "{model}"
        );
        assert_ne!(
            first,
            essence(&app.make(&app.demo, model, other).await),
            "{model}"
        );
    }
}

#[tokio::test]
async fn a_seed_is_chosen_and_told_so_that_one_can_have_it_again() {
    let app = TestApp::start().await;
    let first = app.generate(&app.demo, "a kite").await;
    let seed = &first["input"]["seed"];
    assert!(seed.is_u64(), "{first}");
    let input = json!({"prompt": "a kite", "size": "256x256", "seed": seed});
    let again = app.make(&app.demo, "sandbox-image", input).await;
    assert_eq!(essence(&first), essence(&again));
}

/// What was made, whatever its ids and links are.
fn essence(generation: &Value) -> Value {
    match &generation["text"] {
        Value::Null => generation["outputs"][0]["sha256"].clone(),
        written => written.clone(),
    }
}
