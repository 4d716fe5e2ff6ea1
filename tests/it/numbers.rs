//! Numbers and amounts count by their value, however they are written: in prices, in
//! repeated requests, in schemas.

use harness::{Answer, TestApp, Validators, text};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

/// A voice that costs a credit a character, times what its speed says.
fn voice(multipliers: &str) -> String {
    format!(
        r#"
        [[models]]
        id = "voice"
        kind = "speech"
        display_name = "A model of the test"
        provider = "sandbox"
        provider_model = "sandbox-speech"
        countries = ["ZZ"]
        mechanism = "none"
        price_version = "v1"
        timeout_seconds = 600
        input_schema = '''{{
            "type": "object", "required": ["prompt"], "additionalProperties": false,
            "properties": {{
                "prompt": {{"type": "string", "minLength": 1}},
                "speed": {{"type": "number", "minimum": 0.5, "maximum": 4, "default": 1}}
            }}
        }}'''
        [[models.pricing]]
        unit = "1000_characters"
        credits = "1000"
        multipliers = {{ speed = {{ {multipliers} }} }}
        "#
    )
}

const FACTORS: &str = r#""1" = "3", "1.5" = "5", "2" = "10""#;

async fn send(app: &TestApp, path: &str, once: &str, body: &str) -> Answer {
    let request = app.request(reqwest::Method::POST, path, &app.demo);
    let request = request.header("Content-Type", "application/json");
    let request = match once {
        "" => request,
        once => request.header("Idempotency-Key", once),
    };
    Answer::of(request.body(body.to_owned())).await
}

#[tokio::test]
async fn a_multiplier_of_a_number_applies_however_it_is_written() {
    let app = TestApp::configured(&voice(FACTORS), &[]).await;
    for (said, cost) in [
        (r#", "speed": 1"#, "3"),
        (r#", "speed": 1.0"#, "3"),
        ("", "3"),
        (r#", "speed": 1.5"#, "5"),
        (r#", "speed": 15e-1"#, "5"),
        (r#", "speed": 2"#, "10"),
        (r#", "speed": 2e0"#, "10"),
        (r#", "speed": 3"#, "1"),
    ] {
        let body = format!(r#"{{"model": "voice", "input": {{"prompt": "a"{said}}}}}"#);
        let made = send(&app, "/v1/generations", "", &body).await.expect(202);
        assert_eq!(made["cost"]["estimated"], cost, "{said}");
        let made = app.ended(&app.demo, &made["id"]).await;
        assert_eq!(made["cost"]["captured"], cost, "{said}");
        let estimate = format!(r#"{{"generations": [{body}]}}"#);
        let estimate = send(&app, "/v1/estimates", "", &estimate).await.expect(201);
        assert_eq!(estimate["max"], cost, "{said}");
    }
}

#[tokio::test]
async fn a_multiplier_that_never_applies_is_refused_when_it_is_read() {
    let app = TestApp::configured(&voice(FACTORS), &[]).await;
    for (multipliers, why) in [
        (r#""fast" = "2""#, "`fast` of `speed`"),
        (r#""5" = "2""#, "`5` of `speed`"),
        (
            r#""2" = "2", "2.0" = "3""#,
            "two multipliers for one value of `speed`",
        ),
    ] {
        let said = app.reconfigure(&voice(multipliers)).await;
        assert!(said.contains("stays as it was") && said.contains(why), "{said}");
    }
}

#[tokio::test]
async fn a_whole_number_is_an_integer() {
    let app = TestApp::start().await;
    let body = r#"{"model": "sandbox-image", "input": {"prompt": "a", "n": 2.0, "size": "256x256"}}"#;
    let made = send(&app, "/v1/generations", "", body).await.expect(202);
    assert_eq!(made["input"]["n"], 2);
    assert_eq!(made["cost"]["estimated"], "2");
    let made = app.ended(&app.demo, &made["id"]).await;
    assert_eq!(made["outputs"].as_array().map(Vec::len), Some(2));
    let half = body.replace("2.0", "2.5");
    let refused = send(&app, "/v1/generations", "", &half).await;
    let refused = refused.problem(400, "invalid_request");
    assert_eq!(refused["errors"][0]["pointer"], "/input/n");
}

/// What is asked, the same in other words, and something else.
const REPEATED: &[(&str, &str, &[&str], &str)] = &[
    (
        "/v1/generations",
        r#"{"model": "sandbox-speech", "input": {"prompt": "a"}, "max_cost": "5", "deadline": "2199-01-01T00:00:00Z"}"#,
        &[
            r#"{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 1.0}, "max_cost": "5.00", "deadline": "2199-01-01T00:00:00Z"}"#,
            r#"{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 1, "voice": "alto"}, "max_cost": "5", "deadline": "2199-01-01T01:00:00+01:00"}"#,
            r#"{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 1e0}, "max_cost": "5", "saved": false, "validate_only": false, "deadline": "2199-01-01T00:00:00.000Z"}"#,
        ],
        r#"{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 1.5}, "max_cost": "5", "deadline": "2199-01-01T00:00:00Z"}"#,
    ),
    (
        "/v1/batches",
        r#"{"generations": [{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 2}, "reference": "b"}], "max_cost": "5"}"#,
        &[
            r#"{"generations": [{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 2.0, "voice": "alto"}, "reference": "b"}], "max_cost": "5.0"}"#,
        ],
        r#"{"generations": [{"model": "sandbox-speech", "input": {"prompt": "a", "speed": 2.5}, "reference": "b"}], "max_cost": "5"}"#,
    ),
    (
        "/v1/estimates",
        r#"{"generations": [{"model": "sandbox-image", "input": {"prompt": "a"}}]}"#,
        &[
            r#"{"generations": [{"model": "sandbox-image", "input": {"prompt": "a", "n": 1.0, "quality": "medium"}}]}"#,
        ],
        r#"{"generations": [{"model": "sandbox-image", "input": {"prompt": "a", "n": 2}}]}"#,
    ),
    (
        "/v1/keys",
        r#"{"name": "a", "scopes": ["files:read"], "caps": [{"period": "day", "limit": "5"}]}"#,
        &[
            r#"{"name": "a", "scopes": ["files:read"], "caps": [{"period": "day", "limit": "5.00"}], "livemode": false}"#,
        ],
        r#"{"name": "a", "scopes": ["files:read"], "caps": [{"period": "day", "limit": "50"}]}"#,
    ),
    (
        "/v1/webhook-endpoints/default-secret/rotate",
        "{}",
        &[r#"{"grace_seconds": 86400}"#, r#"{"grace_seconds": 864e2}"#],
        r#"{"grace_seconds": 0}"#,
    ),
];

#[tokio::test]
async fn what_means_the_same_is_the_same_request() {
    let app = TestApp::start().await;
    for (path, first, others, another) in REPEATED {
        let asked = send(&app, path, "once", first).await;
        assert!(asked.status < 300, "{path}: {}", asked.json);
        for other in *others {
            let again = send(&app, path, "once", other).await;
            assert_eq!(again.header("idempotent-replayed"), "true", "{path}: {other}");
            assert_eq!(
                (again.status, &again.json["id"]),
                (asked.status, &asked.json["id"]),
                "{path}: {other}"
            );
        }
        send(&app, path, "once", another)
            .await
            .problem(422, "idempotency_key_reused");
        match *path {
            "/v1/generations" => drop(app.ended(&app.demo, &asked.json["id"]).await),
            "/v1/batches" => drop(app.batch_ended(&app.demo, &asked.json["id"]).await),
            _ => {}
        }
    }
}

#[tokio::test]
async fn what_was_remembered_word_by_word_is_known_again() {
    let app = TestApp::start().await;
    let body = r#"{"input":{"prompt":"a","speed":1.0},"max_cost":"5.00","model":"sandbox-speech"}"#;
    let first = send(&app, "/v1/generations", "once", body).await.expect(202);
    app.ended(&app.demo, &first["id"]).await;
    // As it was written before requests were compared by what they mean.
    let sql = format!(
        "UPDATE idempotency_key SET fingerprint = '{}'",
        tintype::secrets::sha256_hex(body.as_bytes())
    );
    let connection = app.connect().await;
    connection
        .execute_unprepared(&sql)
        .await
        .expect("it can be written");
    let again = send(&app, "/v1/generations", "once", body).await.expect(202);
    assert_eq!(again["id"], first["id"]);
    let other = body.replace("1.0", "1.5");
    send(&app, "/v1/generations", "once", &other)
        .await
        .problem(422, "idempotency_key_reused");
}

#[tokio::test]
async fn an_amount_is_what_the_published_schema_says() {
    let app = TestApp::start().await;
    let contract = app.contract().await;
    let validators = Validators::of(&contract.document);
    let credits = json!({"$ref": "#/components/schemas/Credits"});
    for (amount, fits) in [
        ("0", true),
        ("5.00", true),
        ("999999999.999999", true),
        ("1000000000", true),
        ("1000000000.00", true),
        ("-1", false),
        ("-0", false),
        ("1000000001", false),
        ("1000000000.000001", false),
        ("9999999999", false),
        ("0.0000001", false),
        ("1e3", false),
        (".5", false),
        ("5.", false),
        ("", false),
        (" 5", false),
    ] {
        let published = validators.faults(&credits, &json!(amount));
        assert_eq!(published.is_empty(), fits, "{amount}: {published:?}");
        let generation = json!({
            "model": "sandbox-image", "input": {"prompt": "a"}, "max_cost": amount, "validate_only": true
        });
        let key = json!({
            "name": "a", "scopes": ["files:read"], "caps": [{"period": "day", "limit": amount}]
        });
        for (path, body, pointer) in [
            ("/v1/generations", generation, "/max_cost"),
            ("/v1/keys", key, "/caps/0/limit"),
        ] {
            let answer = app.post(path, &app.demo, &body).await;
            if fits {
                assert!(
                    [200, 201, 422].contains(&answer.status),
                    "{amount}: {}",
                    answer.json
                );
                continue;
            }
            let refused = answer.problem(400, "invalid_request");
            let fault = &refused["errors"][0];
            assert_eq!(
                (&fault["pointer"], &fault["code"]),
                (&json!(pointer), &json!("invalid_format")),
                "{amount}"
            );
            assert!(text(&fault["detail"]).contains("as in `12.5`"), "{fault}");
        }
    }
    let keys = app.get("/v1/keys?limit=100", &app.demo).await.expect(200);
    let limits = keys["data"].as_array().expect("keys").iter();
    let limits: Vec<&Value> = limits.flat_map(|key| key["caps"].as_array()).flatten().collect();
    assert_eq!(limits.len(), 5, "{limits:?}");
}

/// What the vocabulary of all models leaves open, only a model's own schema bounds.
#[tokio::test]
async fn what_a_model_takes_is_refused_by_nothing_else() {
    let app = TestApp::configured(&voice(FACTORS), &[]).await;
    let long = "a".repeat(33_000);
    let body = json!({"model": "voice", "input": {"prompt": long}, "validate_only": true});
    app.post("/v1/generations", &app.demo, &body)
        .await
        .problem(402, "insufficient_credits");
    let surplus = voice(FACTORS).replace("\"speed\": {", "\"pace\": {\"type\": \"number\"}, \"speed\": {");
    let said = app.reconfigure(&surplus).await;
    assert!(said.contains("takes `pace`, which no request can say"), "{said}");
}
