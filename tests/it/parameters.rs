//! Parameters that can't be read: the answer names the form that each should have.

use harness::{Answer, TestApp};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_wrong_parameter_is_told_with_the_form_that_it_should_have() {
    let app = TestApp::start().await;
    for (query, code, told) in [
        (
            "status=succeeded,failed",
            "invalid_choice",
            "takes one value, not a list",
        ),
        (
            "status=done",
            "invalid_choice",
            "one of queued, running, succeeded",
        ),
        ("status=", "invalid_choice", "one of queued, running, succeeded"),
        ("kind=film", "invalid_choice", "one of image, video"),
        ("limit=x", "invalid_type", "an integer"),
        ("limit=0", "too_small", "at least 1"),
        ("limit=101", "too_large", "at most 100"),
        ("limit=-1", "too_small", "at least 1"),
        ("key_id=gen_01k9yx3b1mfz0q4r7s8t2v5w6x", "invalid_format", "^key_"),
        (
            "created_after=yesterday",
            "invalid_format",
            "2026-11-21T09:30:00Z",
        ),
        (
            "created_after=2026-11-21T09:30:00+02:00",
            "invalid_format",
            "`%2B`",
        ),
        ("metadata=order", "invalid_format", "Must match"),
        ("end_user=%ff", "not_utf8", "UTF-8"),
    ] {
        let name = query.split('=').next().expect("a name");
        let answer = app.get(&format!("/v1/generations?{query}"), &app.demo).await;
        let refused = answer.problem(400, "invalid_request");
        let fault = &refused["errors"][0];
        assert_eq!(
            (&fault["parameter"], &fault["code"]),
            (&json!(name), &json!(code)),
            "{query}"
        );
        let detail = harness::text(&fault["detail"]);
        assert!(detail.contains(told), "{query}: {detail}");
        assert_eq!(refused["detail"], format!("`{name}`: {detail}"));
    }
    let encoded = "/v1/generations?created_after=2026-11-21T09:30:00%2B02:00";
    app.get(encoded, &app.demo).await.expect(200);
    let refused = app.get("/v1/generations/gen_1", &app.demo).await;
    let refused = refused.problem(400, "invalid_request");
    let fault = &refused["errors"][0];
    assert_eq!(
        (&fault["parameter"], &fault["code"]),
        (&json!("id"), &json!("invalid_format"))
    );
    assert!(harness::text(&fault["detail"]).contains("^gen_"), "{fault}");
    app.get("/v1/generations/%ff", &app.demo)
        .await
        .problem(400, "invalid_request");
    let long = app
        .request(Method::POST, "/v1/generations", &app.demo)
        .header("Idempotency-Key", "k".repeat(256))
        .json(&json!({"model": "sandbox-image", "input": {"prompt": "a pear"}}));
    let refused = Answer::of(long).await.problem(400, "invalid_request");
    let fault = &refused["errors"][0];
    assert_eq!(
        (&fault["parameter"], &fault["code"], &fault["detail"]),
        (
            &json!("Idempotency-Key"),
            &json!("too_long"),
            &json!("Must have at most 255 characters.")
        )
    );
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 0);
}
