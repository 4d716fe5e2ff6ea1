//! Whatever is sent, the answer is a whole problem+json, nothing is held, and
//! nothing breaks.

use bytes::Bytes;
use futures_util::stream;
use harness::{Answer, TestApp};
use reqwest::{Body, Method, RequestBuilder};
use serde_json::json;

const GENERATIONS: &str = "/v1/generations";

fn with_body(app: &TestApp, body: impl Into<Body>) -> RequestBuilder {
    let request = app.request(Method::POST, GENERATIONS, &app.demo);
    request.header("Content-Type", "application/json").body(body)
}

/// A body for `sandbox-image` with this as its `n`.
fn picture(n: &str) -> String {
    format!(r#"{{"model": "sandbox-image", "input": {{"prompt": "a pear", "n": {n}}}}}"#)
}

/// Nothing was held, and nothing was made.
async fn nothing_happened(app: &TestApp) {
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM hold").await, 0);
    assert!(!app.log().contains("ERROR"), "{}", app.log());
}

#[tokio::test]
async fn a_wrong_body_is_refused() {
    let app = TestApp::start().await;
    let deep = format!(
        r#"{{"model":"sandbox-image","input":{{"extra":{}}}}}"#,
        "[".repeat(100_000)
    );
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let deep_but_whole =
        format!(r#"{{"model":"sandbox-image","input":{{"prompt":"a","extra":{{"a":{nested}}}}}}}"#);
    let bodies: Vec<(String, u16, &str)> = vec![
        (String::new(), 400, "malformed_json"),
        (picture("1")[..40].to_owned(), 400, "malformed_json"),
        ("\u{feff}{}".into(), 400, "malformed_json"),
        ("NaN".into(), 400, "malformed_json"),
        (picture("1e400"), 400, "malformed_json"),
        (deep, 400, "malformed_json"),
        (deep_but_whole, 400, "malformed_json"),
        ("null".into(), 400, "invalid_request"),
        ("[]".into(), 400, "invalid_request"),
        ("{}".into(), 400, "invalid_request"),
        (picture("-1"), 400, "invalid_request"),
        (picture("0"), 400, "invalid_request"),
        (picture("1.5"), 400, "invalid_request"),
        (picture("1e2"), 400, "invalid_request"),
        (picture("9223372036854775808"), 400, "invalid_request"),
        (picture("18446744073709551616"), 400, "invalid_request"),
        (picture("\"1\""), 400, "invalid_request"),
        (picture("null"), 400, "invalid_request"),
        (
            picture("1").replace("\"model\"", "\"credits\": 999999, \"model\""),
            400,
            "invalid_request",
        ),
        (
            picture("1").replace("\"n\"", "\"surplus\": 1, \"n\""),
            400,
            "invalid_request",
        ),
        (
            picture("1").replace("a pear", "a\\u0000pear"),
            400,
            "invalid_request",
        ),
        (picture("1").replace("a pear", "\\ud800"), 400, "malformed_json"),
        (
            picture("1").replace("\"sandbox-image\"", "7"),
            400,
            "invalid_request",
        ),
    ];
    for (body, status, code) in bodies {
        let said: String = body.chars().take(90).collect();
        let answer = Answer::of(with_body(&app, body)).await;
        assert_eq!(
            (answer.status, answer.json["code"].as_str()),
            (status, Some(code)),
            "{said}"
        );
        answer.problem(status, code);
    }
    let latin = with_body(&app, Bytes::from_static(b"{\"model\": \"caf\xe9\"}"));
    Answer::of(latin).await.problem(400, "malformed_json");
    nothing_happened(&app).await;
}

#[tokio::test]
async fn every_fault_is_told_with_its_place() {
    let app = TestApp::start().await;
    let body = json!({"input": {"prompt": 5, "surplus": 1}, "max_cost": 3, "regions": []});
    let refused = app
        .post(GENERATIONS, &app.demo, &body)
        .await
        .problem(400, "invalid_request");
    let mut faults: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| (harness::text(&fault["pointer"]), harness::text(&fault["code"])))
        .collect();
    faults.sort_unstable();
    assert_eq!(
        faults,
        [
            ("/input/prompt", "invalid_type"),
            ("/input/surplus", "unknown_field"),
            ("/max_cost", "invalid_type"),
            ("/model", "missing"),
            ("/regions", "too_few"),
        ]
    );
    nothing_happened(&app).await;
}

#[tokio::test]
async fn another_content_type_is_refused() {
    let app = TestApp::start().await;
    for (content_type, body) in [
        (
            "application/xml",
            "<generation><model>sandbox-image</model></generation>",
        ),
        ("text/plain", "{}"),
        ("application/x-www-form-urlencoded", "model=sandbox-image"),
        ("multipart/form-data; boundary=x", "--x--"),
        ("application/jsonp", "{}"),
    ] {
        let request = app
            .request(Method::POST, GENERATIONS, &app.demo)
            .header("Content-Type", content_type);
        Answer::of(request.body(body))
            .await
            .problem(415, "unsupported_media_type");
    }
    let none = app.request(Method::POST, GENERATIONS, &app.demo).body("{}");
    Answer::of(none).await.problem(415, "unsupported_media_type");
    nothing_happened(&app).await;
}

#[tokio::test]
async fn a_packed_body_is_refused_and_told_so() {
    let app = TestApp::start().await;
    let packed: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0C\xbf\xa6\xa3\x02\0\0\0";
    for encoding in ["gzip", "br", "GZIP", "identity, gzip", "aes128gcm"] {
        let request = with_body(&app, packed).header("Content-Encoding", encoding);
        let answer = Answer::of(request).await;
        assert_eq!(answer.header("accept-encoding"), "identity", "{encoding}");
        let refused = answer.problem(415, "unsupported_media_type");
        let detail = refused["detail"].as_str().expect("a detail");
        assert!(detail.contains("`Content-Encoding`"), "{detail}");
    }
    let hook = app.request(Method::POST, "/hooks/sandbox", "").body(packed);
    Answer::of(hook.header("Content-Encoding", "gzip"))
        .await
        .problem(415, "unsupported_media_type");
    nothing_happened(&app).await;
    // What is not packed is not refused.
    let plain = with_body(&app, picture("1")).header("Content-Encoding", "identity");
    let made = Answer::of(plain).await.expect(202);
    app.ended(&app.demo, &made["id"]).await;
    let nothing = app.request(Method::GET, GENERATIONS, &app.demo);
    Answer::of(nothing.header("Content-Encoding", "gzip"))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_huge_body_is_refused_with_and_without_a_length() {
    const HUGE: usize = 200 << 20;
    let app = TestApp::start().await;
    let chunk = Bytes::from(vec![b' '; 1 << 16]);
    let chunks = || {
        let chunk = chunk.clone();
        let chunks = (0..HUGE / chunk.len()).map(move |_| Ok::<_, std::io::Error>(chunk.clone()));
        Body::wrap_stream(stream::iter(chunks))
    };
    Answer::of(with_body(&app, chunks()))
        .await
        .problem(413, "payload_too_large");
    let announced = with_body(&app, chunks()).header("Content-Length", HUGE);
    Answer::of(announced).await.problem(413, "payload_too_large");
    assert!(
        app.process.memory() < 150 << 20,
        "{} bytes of memory",
        app.process.memory()
    );
    // One byte over the limit is over the limit; the limit itself is not.
    let limit = 1 << 20;
    for (size, code) in [
        (limit + 1, (413, "payload_too_large")),
        (limit, (400, "malformed_json")),
    ] {
        Answer::of(with_body(&app, vec![b' '; size]))
            .await
            .problem(code.0, code.1);
    }
    nothing_happened(&app).await;
}

#[tokio::test]
async fn credentials_that_are_none_are_refused_alike() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let revoked = app.revoked_key(&owner.session).await;
    let unknown = tintype::auth::secret::mint(false);
    let mistyped = format!(
        "{}{}",
        &app.demo[..43],
        if app.demo.ends_with('0') { '1' } else { '0' }
    );
    let mut said = Vec::new();
    for key in [
        "",
        &revoked,
        &unknown,
        &mistyped,
        "tt_test_",
        "eyJhbGciOiJub25lIn0.e30.",
        "x",
    ] {
        let refused = app.get("/v1/credits", key).await.problem(401, "unauthenticated");
        said.push(refused["detail"].clone());
    }
    said.dedup();
    assert_eq!(said.len(), 1, "who is refused learns nothing: {said:?}");
    for header in [
        "Basic dXNlcjpwYXNz",
        "Bearer",
        &format!("Bearer: {}", app.demo),
        &app.demo,
    ] {
        let request = app
            .request(Method::GET, "/v1/credits", "")
            .header("Authorization", header);
        Answer::of(request).await.problem(401, "unauthenticated");
    }
    let lower = app
        .request(Method::GET, "/v1/credits", "")
        .header("authorization", format!("bearer {}", app.demo));
    Answer::of(lower).await.expect(200);
    // Before the body is looked at: a stranger learns nothing from it.
    app.post(GENERATIONS, &revoked, &json!({"surplus": 1}))
        .await
        .problem(401, "unauthenticated");
    nothing_happened(&app).await;
}

#[tokio::test]
async fn a_scope_that_lacks_is_named() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let narrow = app.key_without(&owner.key, "generations:write").await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear"}});
    let refused = app
        .post(GENERATIONS, &narrow, &body)
        .await
        .problem(403, "insufficient_scope");
    assert_eq!(refused["required"], "generations:write");
    assert_eq!(app.balance(&owner.key).await, ["1000", "0", "0"]);
    nothing_happened(&app).await;
}

#[tokio::test]
async fn an_address_or_method_that_is_none_is_refused() {
    let app = TestApp::start().await;
    for (path, allow) in [
        (GENERATIONS, "GET, HEAD, POST"),
        (
            "/v1/generations/gen_01k9yx3b1mfz0q4r7s8t2v5w6x",
            "DELETE, GET, HEAD",
        ),
        ("/v1/models", "GET, HEAD"),
        ("/openapi.yaml", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
    ] {
        let answer = Answer::of(app.request(Method::PUT, path, &app.demo)).await;
        assert_eq!(answer.header("allow"), allow, "{path}");
        answer.problem(405, "method_not_allowed");
    }
    for path in [
        "/v1/nowhere",
        "/v1",
        "/v1/generations/",
        "/v2/generations",
        "/problems/none",
        "/.env",
        "//",
    ] {
        app.get(path, &app.demo).await.problem(404, "not_found");
    }
    for path in [
        "/v1/generations/1",
        "/v1/generations/%00",
        "/v1/files/gen_01k9yx3b1mfz0q4r7s8t2v5w6x",
    ] {
        let refused = app.get(path, &app.demo).await.problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["parameter"], "id", "{refused}");
    }
    nothing_happened(&app).await;
}

#[tokio::test]
async fn every_problem_has_a_page() {
    let app = TestApp::start().await;
    let refused = app.get("/v1/credits", "").await.problem(401, "unauthenticated");
    let page = app.open(&refused["type"]).await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert_eq!(refused["instance"], "/v1/credits");
    let list = app.get("/problems", "").await;
    assert!(String::from_utf8_lossy(&list.bytes).contains("/problems/unauthenticated"));
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "3")]).await;
    let first = app.get("/v1/credits", &app.demo).await;
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=3;w=60");
    assert_eq!(first.header("ratelimit"), "\"default\";r=2;t=20");
    for _ in 0..2 {
        app.get("/v1/credits", &app.demo).await.expect(200);
    }
    let refused = app.get("/v1/credits", &app.demo).await;
    assert_eq!(refused.header("ratelimit").split(';').nth(1), Some("r=0"));
    refused.problem(429, "rate_limited");
}

#[tokio::test]
async fn who_guesses_too_often_waits_and_the_owner_does_not() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_REFUSALS_PER_MINUTE", "3")]).await;
    for _ in 0..3 {
        app.get("/v1/credits", "tt_test_guess")
            .await
            .problem(401, "unauthenticated");
    }
    app.get("/v1/credits", "tt_test_guess")
        .await
        .problem(429, "rate_limited");
    app.get("/v1/credits", &app.demo).await.expect(200);
}
