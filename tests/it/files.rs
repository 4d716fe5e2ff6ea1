//! `/v1/files`: what was made, opened by key or by link, whole or in part.

use harness::{Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Digest as _;

/// A picture's output, as its generation shows it.
async fn picture(app: &TestApp, key: &str) -> Value {
    app.generate(key, "a lighthouse").await["outputs"][0].clone()
}

fn content_of(output: &Value) -> String {
    format!("/v1/files/{}/content", text(&output["file_id"]))
}

#[tokio::test]
async fn a_file_is_described_and_opened_by_its_key() {
    let app = TestApp::start().await;
    let output = picture(&app, &app.demo).await;
    let path = format!("/v1/files/{}", text(&output["file_id"]));
    let file = app.get(&path, &app.demo).await.expect(200);
    for member in ["content_type", "bytes", "sha256", "width", "height"] {
        assert_eq!(file[member], output[member], "{member}");
    }
    assert_eq!(
        (&file["purpose"], &file["livemode"]),
        (&json!("output"), &json!(false))
    );

    let content = app.get(&content_of(&output), &app.demo).await;
    let hash: String = sha2::Sha256::digest(&content.bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(file["sha256"], hash);
    for (name, value) in [
        ("content-type", "image/png"),
        ("content-length", &content.bytes.len().to_string()),
        ("etag", &format!("\"{hash}\"")),
        ("accept-ranges", "bytes"),
        ("cache-control", "private, max-age=3600"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ] {
        assert_eq!(content.header(name), value, "{name}");
    }
    assert!(
        content
            .header("content-disposition")
            .starts_with("inline; filename=\"file_")
    );
    assert!(!content.header("x-request-id").is_empty());
    assert_eq!(content.status, 200);
}

#[tokio::test]
async fn a_head_tells_all_but_the_bytes() {
    let app = TestApp::start().await;
    let output = picture(&app, &app.demo).await;
    let head = Answer::of(app.request(Method::HEAD, &content_of(&output), &app.demo)).await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    assert_eq!(head.header("content-length"), output["bytes"].to_string());
}

#[tokio::test]
async fn a_part_can_be_asked_for() {
    let app = TestApp::start().await;
    let output = picture(&app, &app.demo).await;
    let whole = app.open(&output["url"]).await.bytes;
    let size = whole.len();
    let ask = async |range: &str| {
        let request = app.request(Method::GET, &content_of(&output), &app.demo);
        Answer::of(request.header("Range", range)).await
    };
    for (range, from, to) in [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=100-", 100, size),
        ("bytes=-7", size - 7, size),
        (&format!("bytes=5-{}", size * 2), 5, size),
    ] {
        let part = ask(range).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.bytes, whole[from..to], "{range}");
        assert_eq!(
            part.header("content-range"),
            format!("bytes {from}-{}/{size}", to - 1)
        );
        assert_eq!(part.header("content-length"), (to - from).to_string());
    }
    // What can't be read as one range is answered with the whole.
    for range in ["bytes=0-1,4-5", "lines=1-2", "bytes=9-3"] {
        let answer = ask(range).await;
        assert_eq!((answer.status, answer.bytes.len()), (200, size), "{range}");
    }
    let beyond = ask(&format!("bytes={size}-")).await;
    assert_eq!(beyond.header("content-range"), format!("bytes */{size}"));
    beyond.problem(416, "range_not_satisfiable");
}

#[tokio::test]
async fn a_link_opens_its_file_and_no_other_for_an_hour() {
    let app = TestApp::start().await;
    let (mine, other) = (picture(&app, &app.demo).await, picture(&app, &app.demo).await);
    let url = text(&mine["url"]);
    assert_eq!(app.open(&mine["url"]).await.status, 200);
    let (base, token) = url.split_once("?token=").expect("a token");
    let (until, signature) = token.split_once('.').expect("a signature");
    let swapped = text(&other["url"]).replace(text(&other["file_id"]), text(&mine["file_id"]));
    let last = if signature.ends_with('A') { 'E' } else { 'A' };
    let longer: i64 = until.parse::<i64>().expect("seconds") + 3600;
    for forged in [
        base.to_owned(),
        format!("{base}?token="),
        format!("{base}?token=."),
        format!("{base}?token={until}."),
        format!("{base}?token={longer}.{signature}"),
        format!("{base}?token={until}.{}{last}", &signature[..signature.len() - 1]),
        format!("{base}?token={until}.{signature}x"),
        swapped,
    ] {
        app.open(&json!(forged)).await.problem(401, "unauthenticated");
    }

    app.advance("PT59M").await;
    assert_eq!(app.open(&mine["url"]).await.status, 200);
    app.advance("PT2M").await;
    app.open(&mine["url"]).await.problem(401, "unauthenticated");
    // Asked again, the file has a new one.
    let path = format!("/v1/files/{}", text(&mine["file_id"]));
    let fresh = app.get(&path, &app.demo).await.expect(200);
    assert_eq!(app.open(&fresh["url"]).await.status, 200);
}

#[tokio::test]
async fn a_file_is_its_owners_alone() {
    let app = TestApp::start().await;
    let stranger = app.account().await;
    let output = picture(&app, &app.demo).await;
    let path = format!("/v1/files/{}", text(&output["file_id"]));
    let nowhere = "/v1/files/file_01k9yx3b1mfz0q4r7s8t2v5w6x";
    for end in ["", "/content"] {
        let theirs = app
            .get(&format!("{path}{end}"), &stranger.key)
            .await
            .problem(404, "not_found");
        let nothing = app
            .get(&format!("{nowhere}{end}"), &stranger.key)
            .await
            .problem(404, "not_found");
        assert_eq!(theirs["detail"], nothing["detail"]);
    }
    let narrow = app.key_without(&stranger.key, "files:read").await;
    let refused = app
        .get(&format!("{nowhere}/content"), &narrow)
        .await
        .problem(403, "insufficient_scope");
    assert_eq!(refused["required"], "files:read");
    // A link opens the file for whoever has it, but wrong credentials stay wrong.
    let link = text(&output["url"]).trim_start_matches(&app.url).to_owned();
    assert_eq!(app.get(&link, &stranger.key).await.status, 200);
    app.get(&link, "tt_test_wrong")
        .await
        .problem(401, "unauthenticated");
}
