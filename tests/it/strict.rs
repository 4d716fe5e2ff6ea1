//! Queries and headers are as strict as bodies, in both contracts.

use harness::{Answer, Contract, Operation, TestApp, admin_contract, text};
use reqwest::Method;
use serde_json::{Value, json};

/// Links that people open and pass on.
const OPEN: &[&str] = &["files.content", "data_rights.receipt"];

/// The names of what the operation takes in its query.
fn in_query<'c>(contract: &'c Contract, operation: &'c Operation) -> Vec<&'c str> {
    let all = operation.description["parameters"]
        .as_array()
        .into_iter()
        .flatten();
    let all = all.map(|parameter| contract.resolve(parameter));
    let there = all.filter(|parameter| parameter["in"] == "query");
    there.map(|parameter| text(&parameter["name"])).collect()
}

fn faults(refused: &Value) -> Vec<(&str, &str)> {
    let all = refused["errors"].as_array().into_iter().flatten();
    all.map(|fault| (text(&fault["parameter"]), text(&fault["code"])))
        .collect()
}

#[tokio::test]
async fn no_operation_takes_a_parameter_that_it_does_not_know_or_twice() {
    let app = TestApp::start().await;
    let before = app.database.row_counts().await;
    let (public, admin) = (app.contract().await, admin_contract());
    let mut repeated = 0;
    for contract in [&public, &admin] {
        for operation in &contract.operations {
            let path = operation.at("none");
            let ask = async |query: &str| {
                let path = format!("{path}?{query}");
                Answer::of(app.request(operation.method.clone(), &path, &app.demo)).await
            };
            let answer = ask("surplus=1").await;
            if OPEN.contains(&operation.id.as_str()) {
                assert_eq!(answer.status, 400, "{}", operation.id);
                assert_eq!(
                    faults(&answer.json),
                    [("id", "invalid_format")],
                    "{}",
                    operation.id
                );
            } else {
                let refused = answer.problem(400, "invalid_request");
                assert_eq!(
                    faults(&refused),
                    [("surplus", "unknown_parameter")],
                    "{}",
                    operation.id
                );
            }
            for name in in_query(contract, operation) {
                let refused = ask(&format!("{name}=a&{name}=a"))
                    .await
                    .problem(400, "invalid_request");
                assert_eq!(faults(&refused), [(name, "repeated")], "{}", operation.id);
                repeated += 1;
            }
        }
    }
    assert!(repeated > 60, "{repeated}");
    assert_eq!(app.database.row_counts().await, before);
}

#[tokio::test]
async fn the_name_that_was_meant_is_told() {
    let app = TestApp::start().await;
    for (path, name, told) in [
        ("/v1/generations?key=key_1", "key", "Did you mean `key_id`?"),
        (
            "/v1/generations?limit=5&creatd_after=2030-01-01T00:00:00Z",
            "creatd_after",
            "Did you mean `created_after`?",
        ),
        (
            "/v1/generations?createdAfter=2030-01-01T00:00:00Z",
            "createdAfter",
            "Did you mean `created_after`?",
        ),
        (
            "/v1/usage?start=2030-01-01",
            "start",
            "It takes `group_by`, `from`, `to`",
        ),
        (
            "/v1/events?kind=key.leaked",
            "kind",
            "It takes `limit`, `cursor`, `after`, `type`",
        ),
        ("/v1/credits?limit=1", "limit", "takes no parameters in its query"),
        (
            "/admin/v1/audit?accounts=acc_1",
            "accounts",
            "Did you mean `account`?",
        ),
        (
            "/admin/v1/review?state=open",
            "state",
            "It takes `status`, `limit`, `cursor`.",
        ),
    ] {
        let refused = app.get(path, &app.demo).await.problem(400, "invalid_request");
        assert_eq!(faults(&refused), [(name, "unknown_parameter")], "{path}");
        let detail = text(&refused["errors"][0]["detail"]);
        assert!(detail.contains(told), "{path}: {detail}");
        assert_eq!(refused["detail"], format!("`{name}`: {detail}"));
    }
    let path = "/v1/generations?status=succeeded&status=failed&page=2";
    let refused = app.get(path, &app.demo).await.problem(400, "invalid_request");
    let both = [("status", "repeated"), ("page", "unknown_parameter")];
    assert_eq!(faults(&refused), both);
}

#[tokio::test]
async fn a_header_like_ours_is_not_ignored() {
    let app = TestApp::start().await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a", "size": "256x256"}});
    let send = async |headers: &[(&str, &str)]| {
        let mut request = app.ask(&app.demo, &body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request).await
    };
    let name = "Idempotency-Key";
    let twice = send(&[(name, "a"), (name, "a")])
        .await
        .problem(400, "invalid_request");
    assert_eq!(faults(&twice), [(name, "repeated")]);
    for misspelt in ["x-idempotency-key", "idempotent-key", "idempotency_key"] {
        let refused = send(&[(misspelt, "a")]).await.problem(400, "invalid_request");
        assert_eq!(faults(&refused), [(misspelt, "unknown_parameter")]);
        let detail = text(&refused["errors"][0]["detail"]);
        assert!(detail.contains("Did you mean `Idempotency-Key`?"), "{detail}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 0);
    // Several lines of a list are one list.
    let made = send(&[("Prefer", "respond-async"), ("Prefer", "wait=60")]).await;
    assert_eq!(made.header("preference-applied"), "wait=60");
    made.expect(201);
    let etag = app.get("/v1/models", "").await.header("etag").to_owned();
    let request = app.request(Method::GET, "/v1/models", "");
    let request = request
        .header("If-None-Match", "\"other\"")
        .header("If-None-Match", &etag);
    assert_eq!(Answer::of(request).await.status, 304);
    let ours = app.request(Method::GET, "/v1/models", "");
    let others = ours
        .header("If-Match", "*")
        .header("X-Request-Id", "1")
        .header("X-Request-Id", "2");
    Answer::of(others).await.expect(200);
}

/// What comes with a link that was opened from a mail or a page.
const ADDED: &str = "utm_source=mail&utm_source=news&fbclid=1";

#[tokio::test]
async fn strangers_may_write_into_links_that_they_pass_on() {
    let app = TestApp::start().await;
    let made = app.generate(&app.demo, "a pear").await;
    let url = text(&made["outputs"][0]["url"]);
    let opened = app.open(&json!(format!("{url}&{ADDED}"))).await;
    assert_eq!(opened.status, 200);
    let token = url.split_once('?').expect("a token").1;
    let refused = app
        .open(&json!(format!("{url}&{token}")))
        .await
        .problem(400, "invalid_request");
    assert_eq!(faults(&refused), [("token", "repeated")]);
    // What stands beside the contracts: pages that mails lead to, and what others call.
    for (method, path) in [
        (Method::GET, "/unsubscribe/none"),
        (Method::GET, "/reopen/none"),
        (Method::GET, "/docs"),
        (Method::POST, "/hooks/none"),
        (Method::POST, "/hooks/providers/none/none"),
        (Method::GET, "/v1/auth/oauth/none/callback"),
        (Method::GET, "/v1/auth/oauth/none/start"),
        (Method::GET, "/sandbox/checkout/pur_01k9yx3b1mfz0q4r7s8t2v5w6x"),
    ] {
        let plain = app
            .request(method.clone(), path, "")
            .send()
            .await
            .expect("an answer");
        let added = format!("{path}?{ADDED}&authuser=0&scope=openid");
        let added = app.request(method, &added, "").send().await.expect("an answer");
        assert_eq!(added.status(), plain.status(), "{path}");
    }
}
