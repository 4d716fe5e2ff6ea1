//! Moderation: refused before anything is written, flagged for a person to see.

use std::time::Duration;

use harness::{Answer, Judge, Mood, TestApp, text};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tokio::time::sleep;

const LIST: &str = "[moderation]\nblocklist = [\"forbidden fruit\", \"grenade\", \"Scheiße\", \"ass\"]\n";

fn wish(prompt: &str) -> Value {
    json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}})
}

/// What waits for a person.
fn review(app: &TestApp, arguments: &[&str]) -> Vec<Value> {
    let output = app.run(&[&["review", "list"], arguments].concat());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).expect("text");
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[tokio::test]
async fn what_is_on_the_list_is_refused_and_nothing_is_written() {
    let app = TestApp::configured(LIST, &[]).await;
    for prompt in [
        "a grenade",
        "a GR3N\u{200b}ÁDE!",
        "g r e n a d e",
        "Forbidden-Früit",
        "so eine SCHEISSE",
    ] {
        let refused = app.post("/v1/generations", &app.demo, &wish(prompt)).await;
        refused.problem(422, "content_refused");
    }
    let text_model = json!({"model": "sandbox-text", "input": {"messages": [
        {"role": "system", "content": "be kind"}, {"role": "user", "content": "draw a grenade"},
    ]}});
    let refused = app.post("/v1/generations", &app.demo, &text_model).await;
    refused.problem(422, "content_refused");
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 0);
    assert_eq!(app.balance(&app.demo).await, ["1000", "0", "0"]);
    for prompt in ["grenadine", "the fruit is not forbidden", "Massachusetts"] {
        assert_eq!(app.generate(&app.demo, prompt).await["status"], "succeeded");
    }
    // Each is in the queue, the same again only counts, and none with its words.
    app.post("/v1/generations", &app.demo, &wish("a grenade"))
        .await
        .problem(422, "content_refused");
    let items = review(&app, &[]);
    assert_eq!(items.len(), 6);
    assert_eq!(
        (&items[0]["source"], &items[0]["times"], &items[0]["prompt"]),
        (&json!("blocklist"), &json!(2), &Value::Null)
    );
}

#[tokio::test]
async fn what_a_provider_refuses_costs_nothing_and_is_flagged() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let refused = app.generate(&owner.key, "sandbox:refuse please").await;
    assert_eq!(
        (
            &refused["status"],
            &refused["error"]["code"],
            &refused["cost"]["captured"]
        ),
        (&json!("failed"), &json!("content_refused"), &json!("0"))
    );
    app.generate(&owner.key, "a pear").await;
    app.generate(&owner.key, "sandbox:fail").await;
    let items = review(&app, &[]);
    assert_eq!(items.len(), 1, "only what was flagged is shown: {items:?}");
    assert_eq!(
        (&items[0]["source"], &items[0]["generation_id"]),
        (&json!("provider"), &refused["id"])
    );
    assert!(text(&items[0]["prompt"]).contains("sandbox:refuse please\n"));
    // Deleted, there is nothing to read any more.
    app.delete(&format!("/v1/generations/{}", text(&refused["id"])), &owner.key)
        .await
        .expect(204);
    let items = review(&app, &[]);
    assert_eq!(items[0]["prompt"], Value::Null);
    let id = text(&items[0]["id"]);
    assert!(app.run(&["review", "decide", id, "uphold"]).status.success());
    assert!(
        !app.run(&["review", "decide", id, "dismiss"]).status.success(),
        "once"
    );
    assert!(review(&app, &[]).is_empty());
    assert_eq!(review(&app, &["--status", "upheld"])[0]["id"], id);
    // Who has the machine is asked no name, but what was done is written down.
    for (act, times) in [("list", 3), ("decide", 1)] {
        let sql = format!(
            "SELECT COUNT(*) FROM audit_entry WHERE act = 'tintype review {act}' AND account_id = '{}'",
            owner.id
        );
        assert_eq!(app.count(&sql).await, times, "{act}");
    }
}

#[tokio::test]
async fn the_endpoint_is_asked_and_its_silence_is_no_consent() {
    let judge = Judge::start().await;
    let app = TestApp::configured(
        "",
        &[
            ("TINTYPE_MODERATION_ENDPOINT", &judge.url),
            ("TINTYPE_MODERATION_KEY", "sk-secret"),
            ("TINTYPE_MODERATION_TEST_KEYS", "true"),
            ("TINTYPE_MODERATION_KEEP_PROMPTS", "true"),
            ("TINTYPE_MODERATION_TIMEOUT_MS", "700"),
        ],
    )
    .await;
    app.generate(&app.demo, "a calm sea").await;
    let asked = judge.asked();
    assert_eq!(
        (&asked[0]["model"], asked.len()),
        (&json!("omni-moderation-latest"), 1)
    );
    assert!(text(&asked[0]["input"]).contains("a calm sea"));
    let refused = app
        .post("/v1/generations", &app.demo, &wish("a violent sea"))
        .await;
    let problem = refused.problem(422, "content_refused");
    assert_eq!(problem["categories"], json!(["violence"]));
    let items = review(&app, &[]);
    assert_eq!(
        (items.len(), &items[0]["source"], &items[0]["categories"]),
        (1, &json!("endpoint"), &json!(["violence"]))
    );
    assert!(text(&items[0]["prompt"]).contains("a violent sea"));

    let once = app
        .ask(&app.demo, &wish("a calm sea"))
        .header("Idempotency-Key", "sea");
    let first = Answer::of(once).await.expect(202);
    for mood in [
        Mood::Fails,
        Mood::Hangs,
        Mood::Babbles,
        Mood::Floods,
        Mood::Redirects,
        Mood::Resets,
    ] {
        judge.be(mood);
        let refused = app.post("/v1/generations", &app.demo, &wish("a calm sea")).await;
        assert_eq!(refused.status, 503, "{mood:?}: {}", refused.json);
        assert!(!refused.header("retry-after").is_empty());
        refused.problem(503, "unavailable");
    }
    // What was admitted before is answered as it was.
    let again = app
        .ask(&app.demo, &wish("a calm sea"))
        .header("Idempotency-Key", "sea");
    assert_eq!(Answer::of(again).await.expect(202)["id"], first["id"]);
    app.ended(&app.demo, &first["id"]).await;
    assert_eq!(app.count("SELECT COUNT(*) FROM generation").await, 2);
    assert!(!app.log().contains("sk-secret") && !app.log().contains("calm sea"));
}

#[tokio::test]
async fn an_operator_may_admit_without_an_answer_and_mark_what_is_flagged() {
    let judge = Judge::start().await;
    let app = TestApp::configured(
        LIST,
        &[
            ("TINTYPE_MODERATION_ENDPOINT", &judge.url),
            ("TINTYPE_MODERATION_TEST_KEYS", "true"),
            ("TINTYPE_MODERATION_FAIL", "open"),
            ("TINTYPE_MODERATION_FLAGGED", "review"),
            ("TINTYPE_MODERATION_TIMEOUT_MS", "500"),
        ],
    )
    .await;
    for mood in [Mood::Fails, Mood::Hangs] {
        judge.be(mood);
        assert_eq!(app.generate(&app.demo, "a calm sea").await["status"], "succeeded");
    }
    judge.be(Mood::Judges);
    let mut flagged = Vec::new();
    for prompt in ["a grenade", "a violent sea"] {
        flagged.push(app.generate(&app.demo, prompt).await["id"].clone());
    }
    let items = review(&app, &[]);
    let found: Vec<Value> = items.iter().map(|item| item["generation_id"].clone()).collect();
    assert_eq!(found, flagged);
    assert_eq!(
        app.count("SELECT COUNT(*) FROM generation WHERE flagged_at IS NOT NULL")
            .await,
        2
    );
}

#[tokio::test]
async fn what_test_keys_want_reaches_no_endpoint_unless_the_operator_says_so() {
    let judge = Judge::start().await;
    let app = TestApp::with(&[("TINTYPE_MODERATION_ENDPOINT", &judge.url)]).await;
    app.generate(&app.demo, "a violent sea").await;
    assert!(judge.asked().is_empty());
}

#[tokio::test]
async fn moderation_does_not_leave_the_regions_either() {
    let judge = Judge::start().await;
    let file = format!(
        "[moderation]\nendpoint = \"{}\"\ntest_keys = true\ncountries = [\"US\"]\n",
        judge.url
    );
    let app = TestApp::configured(&file, &[]).await;
    let mut body = wish("a calm sea");
    body["regions"] = json!(["ZZ"]);
    let refused = app.post("/v1/generations", &app.demo, &body).await;
    assert_eq!(
        refused.problem(422, "region_not_allowed")["countries"],
        json!(["US"])
    );
    assert!(judge.asked().is_empty());
    body["regions"] = json!(["ZZ", "US"]);
    let made = app.post("/v1/generations", &app.demo, &body).await.expect(202);
    app.ended(&app.demo, &made["id"]).await;
}

#[tokio::test]
async fn nothing_is_admitted_unseen_on_the_day_that_its_key_is_forgotten() {
    let app = TestApp::configured(LIST, &[]).await;
    if !app.is_postgres() {
        // Only there a test can hold up what is being admitted, and nothing else.
        return;
    }
    let ask = |prompt: &str, key: &str| {
        let request = app.ask(&app.demo, &wish(prompt));
        Answer::of(request.header("Idempotency-Key", key))
    };
    let pear = ask("a pear", "a day old").await.expect(202);
    app.ended(&app.demo, &pear["id"]).await;
    let wallets = app.connect().await;
    for sql in ["BEGIN", "UPDATE wallet SET updated_at = updated_at"] {
        wallets.execute_unprepared(sql).await.expect("it is done");
    }
    // All who admit wait; what comes now is looked at while its key is remembered.
    let waiting = ["one", "two"].map(|key| tokio::spawn(ask("a fig", key)));
    let unseen = tokio::spawn(ask("a grenade", "a day old"));
    sleep(Duration::from_secs(1)).await;
    let day = app.advance("PT24H");
    let unlock = async {
        sleep(Duration::from_millis(500)).await;
        wallets.execute_unprepared("COMMIT").await.expect("it is done");
        wallets.close().await.expect("the connection closes");
    };
    tokio::join!(day, unlock);
    for admitted in waiting {
        admitted.await.expect("an answer").expect(202);
    }
    unseen.await.expect("an answer").problem(503, "unavailable");
    let later = ask("a grenade", "a day old").await;
    later.problem(422, "content_refused");
    app.advance("PT0S").await;
}
