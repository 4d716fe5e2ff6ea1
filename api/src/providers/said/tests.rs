//! Answers as providers were seen to give them.

use serde_json::json;

use super::*;

const NOON: &str = "2026-11-21T12:00:00Z";

fn read(status: u16, headers: &[(&str, &str)], body: &str) -> Said {
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let answer = Answer {
        status,
        headers: &headers,
        body: body.as_bytes(),
    };
    said(&answer, NOON.parse().unwrap())
}

fn json(status: u16, body: &Value) -> Said {
    read(status, &[], &body.to_string())
}

#[test]
fn refusals_of_every_shape_are_refusals() {
    let shapes = [
        (
            400,
            json!({"error": {"message": "Your request was rejected by the safety system.", "type": "image_generation_user_error",
            "code": "moderation_blocked", "moderation_details": {"moderation_stage": "input", "categories": ["sexual"]}}}),
        ),
        (
            400,
            json!({"error": {"message": "no", "code": "content_policy_violation", "type": "invalid_request_error"}}),
        ),
        (
            200,
            json!({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}),
        ),
        (
            200,
            json!({"candidates": [{"content": {"parts": [{"text": "I can't"}]}, "finishReason": "IMAGE_SAFETY"}]}),
        ),
        (200, json!({"candidates": [{"finishReason": "NO_IMAGE"}]})),
        (
            200,
            json!({"name": "operations/1", "done": true, "response": {"generateVideoResponse":
            {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": ["a celebrity"]}}}),
        ),
        (
            200,
            json!({"code": 200, "message": "success", "data": {"status": "Failed",
            "error": {"code": 10000, "message": "task failed", "raw_message": "content may violate our content policy"}}}),
        ),
        (
            200,
            json!({"stop_reason": "refusal", "stop_details": {"type": "refusal", "explanation": "no"}}),
        ),
        (
            200,
            json!({"choices": [{"finish_reason": "stop", "message": {"refusal": "I can't help with that."}}]}),
        ),
        (
            200,
            json!({"choices": [{"finish_reason": "content_filter", "message": {"content": ""}}]}),
        ),
        (
            200,
            json!({"status": "incomplete", "incomplete_details": {"reason": "content_filter"}}),
        ),
        (
            200,
            json!({"output": [{"content": [{"type": "refusal", "refusal": "no"}]}]}),
        ),
        (
            400,
            json!({"detail": {"status": "content_moderation", "message": "no"}}),
        ),
        (
            200,
            json!({"status": "failed", "error": "NSFW content detected. Try another prompt."}),
        ),
        (
            200,
            json!({"status": "COMPLETED", "error": "flagged by moderation", "error_type": "content_policy_violation"}),
        ),
    ];
    for (status, body) in shapes {
        assert!(
            matches!(json(status, &body), Said::Refused(_)),
            "{status} {body}: {:?}",
            json(status, &body)
        );
    }
}

#[test]
fn what_was_made_is_no_refusal() {
    let shapes = [
        json!({"created": 1, "data": [{"b64_json": "iVBOR"}]}),
        json!({"candidates": [{"content": {"parts": [{"inlineData": {"data": "iVBOR"}}]}, "finishReason": "STOP"}]}),
        json!({"code": 200, "data": {"status": "completed", "error": {"code": 0, "message": ""}}}),
        json!({"choices": [{"finish_reason": "stop", "message": {"content": "Moderation is a virtue.", "refusal": null}}]}),
        json!({"name": "operations/1", "done": true, "response": {"generateVideoResponse":
            {"generatedSamples": [{"video": {"uri": "https://x"}}], "raiMediaFilteredCount": 1}}}),
        json!({"stop_reason": "end_turn", "content": [{"text": "hello"}]}),
    ];
    for body in shapes {
        assert_eq!(json(200, &body), Said::Fine, "{body}");
    }
}

#[test]
fn a_limit_says_for_how_long_in_many_ways() {
    let google =
        json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "slow down", "details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "45.83s"}]}})
        .to_string();
    let throttled = json!({"detail": "Request was throttled. Your rate limit resets in ~30s."}).to_string();
    let openai = json!({"error": {"message": "slow", "code": "rate_limit_exceeded"}}).to_string();
    let mistral =
        json!({"object": "error", "message": "Rate limit exceeded", "type": "rate_limited", "code": "1300"})
            .to_string();
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, Option<f64>);
    let cases: &[Case<'_>] = &[
        (&[("retry-after", "7")], &openai, Some(7.0)),
        (
            &[("retry-after", "Sat, 21 Nov 2026 12:01:30 GMT")],
            &openai,
            Some(90.0),
        ),
        (
            &[("retry-after", "Sat, 21 Nov 2026 11:00:00 GMT")],
            &openai,
            Some(0.0),
        ),
        (
            &[("retry-after-ms", "1500"), ("retry-after", "9")],
            &openai,
            Some(1.5),
        ),
        (&[], &google, Some(45.83)),
        (&[], &throttled, Some(30.0)),
        (
            &[
                ("x-ratelimit-remaining-requests", "0"),
                ("x-ratelimit-reset-requests", "6m0s"),
            ],
            &openai,
            Some(360.0),
        ),
        (
            &[
                ("x-ratelimit-remaining-requests", "3"),
                ("x-ratelimit-reset-requests", "6m0s"),
            ],
            &openai,
            None,
        ),
        (&[("retry-after", "soon")], &mistral, None),
        (&[("retry-after", "-5")], &mistral, None),
        (&[("retry-after", "1e400")], &mistral, None),
        (
            &[("retry-after", "99999999")],
            "<html>slow down</html>",
            Some(86_400.0),
        ),
    ];
    for (headers, body, seconds) in cases {
        match read(429, headers, body) {
            Said::Limited { wait, .. } => assert_eq!(
                wait.map(|wait| wait.as_secs_f64()),
                *seconds,
                "{headers:?} {body}"
            ),
            other => panic!("{headers:?} {body}: {other:?}"),
        }
    }
}

#[test]
fn a_quota_that_is_used_up_is_no_mere_limit() {
    let shapes = [
        (
            429,
            json!({"error": {"message": "You exceeded your current quota", "type": "insufficient_quota", "code": "insufficient_quota"}}),
        ),
        (
            429,
            json!({"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [{"violations":
            [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}]}]}}),
        ),
        (
            401,
            json!({"detail": {"status": "quota_exceeded", "message": "no"}}),
        ),
        (
            200,
            json!({"code": 402, "data": null, "message": "insufficient credits"}),
        ),
        (
            402,
            json!({"type": "error", "error": {"type": "billing_error", "message": "pay"}}),
        ),
    ];
    for (status, body) in shapes {
        assert!(
            matches!(json(status, &body), Said::Exhausted { .. }),
            "{status} {body}: {:?}",
            json(status, &body)
        );
    }
}

#[test]
fn a_retired_model_is_gone_for_good() {
    let shapes = [
        (
            404,
            json!({"error": {"message": "The model `dall-e-3` does not exist", "code": "model_not_found"}}),
        ),
        (
            400,
            json!({"error": {"message": "The model `sora-2` has been deprecated", "type": "invalid_request_error"}}),
        ),
        (
            404,
            json!({"error": {"code": 404, "message": "models/veo-2 is not found for API version v1beta", "status": "NOT_FOUND"}}),
        ),
    ];
    for (status, body) in shapes {
        assert!(matches!(json(status, &body), Said::Gone(_)), "{status} {body}");
    }
}

#[test]
fn only_what_says_that_nothing_ran_may_be_sent_again() {
    let error = json!({"error": {"message": "oops"}}).to_string();
    for status in [500, 502, 504, 520, 408, 409, 302] {
        assert!(matches!(read(status, &[], &error), Said::Unknown(_)), "{status}");
        assert!(
            matches!(read(status, &[], "<html>"), Said::Unknown(_)),
            "{status}"
        );
    }
    for status in [401, 403, 503, 529] {
        assert!(
            matches!(read(status, &[], &error), Said::Unavailable { .. }),
            "{status}"
        );
    }
    for status in [400, 413, 415, 422] {
        assert!(matches!(read(status, &[], &error), Said::Failed(_)), "{status}");
    }
    assert!(matches!(read(200, &[], "<html>Welcome</html>"), Said::Unknown(_)));
    assert!(matches!(read(200, &[], ""), Said::Unknown(_)));
}

#[test]
fn too_many_at_a_time_is_a_limit() {
    let body = json!({"detail": {"status": "too_many_concurrent_requests", "message": "wait"}});
    assert!(matches!(json(429, &body), Said::Limited { .. }));
}

#[test]
fn states_are_read_in_any_letters() {
    for (word, meant) in [
        ("COMPLETED", Some(State::Succeeded)),
        ("Success", Some(State::Succeeded)),
        ("staged", Some(State::Running)),
        ("IN_PROGRESS", Some(State::Running)),
        ("in progress", Some(State::Running)),
        ("Retry", Some(State::Running)),
        ("FAILED", Some(State::Failed)),
        ("cancelled", Some(State::Canceled)),
        ("teapot", None),
    ] {
        assert_eq!(state(word), meant, "{word}");
    }
}

#[test]
fn no_message_is_longer_than_it_may_be() {
    let long = "x".repeat(10_000);
    match json(400, &json!({"error": {"message": long}})) {
        Said::Failed(message) => assert_eq!(message.len(), 300),
        other => panic!("{other:?}"),
    }
}
