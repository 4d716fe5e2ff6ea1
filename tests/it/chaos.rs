//! A provider at its worst: a third of all jobs meet a fault. Nothing is lost,
//! nothing is captured twice, nothing is charged for a failure.
//!
//! `TINTYPE_TEST_CHAOS` says how many jobs; without it, 300, since each fault takes its
//! time. `TINTYPE_TEST_CHAOS=5000` is the long run.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};
use harness::{Answer, Double, FAULTS, TestApp, text};
use serde_json::{Value, json};

const SETTINGS: harness::Settings<'_> = &[
    ("TINTYPE_CREDITS_LIVE_GRANT", "100000"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "100000"),
    ("TINTYPE_LIMITS_CONCURRENT_GENERATIONS_PER_ACCOUNT", "100000"),
    ("TINTYPE_WORKER_CONCURRENCY", "48"),
];

fn configuration(provider: &str, more: &str) -> String {
    format!(
        r#"
        [[providers]]
        name = "double"
        base_url = "{provider}"
        answer_seconds = 2
        idle_seconds = 1
        poll_milliseconds = 50
        answer_bytes = 8000000
        {more}

        [[models]]
        id = "picture"
        kind = "image"
        display_name = "Picture"
        provider = "double"
        countries = ["DE"]
        mechanism = "none"
        price_version = "1"
        cancelable = true
        timeout_seconds = 1000000
        input_schema = '{{"type": "object", "required": ["prompt"], "properties": {{"prompt": {{"type": "string"}}, "n": {{"type": "integer", "minimum": 1, "maximum": 4, "default": 1}}}}}}'
        [[models.pricing]]
        unit = "image"
        credits = "1"
        "#
    )
}

/// A live key of somebody new: test keys never leave the sandbox.
async fn live_key(app: &TestApp) -> String {
    let owner = app.account().await;
    let made = app.run(&["key", "new", "--email", &owner.email, "--live"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8_lossy(&made.stdout).trim().to_owned()
}

fn wanted() -> usize {
    harness::repetitions("TINTYPE_TEST_CHAOS", 300)
}

/// Every third job meets a fault, one after the other.
fn fault(at: usize) -> &'static str {
    match at % 3 {
        0 => FAULTS[at / 3 % FAULTS.len()].0,
        _ => "well",
    }
}

async fn ask(app: &TestApp, key: &str, at: usize) -> (String, &'static str) {
    let fault = fault(at);
    let count = if fault == "partial" { 3 } else { 1 };
    let input = json!({"prompt": format!("{fault} {at}"), "n": count});
    let request = app.ask(key, &json!({"model": "picture", "input": input}));
    let accepted = Answer::of(request).await.expect(202);
    (text(&accepted["id"]).to_owned(), fault)
}

async fn everything(app: &TestApp, key: &str) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let mut path = "/v1/generations?limit=100".to_owned();
    loop {
        let page = app.get(&path, key).await.expect(200);
        for generation in page["data"].as_array().expect("a page") {
            all.insert(text(&generation["id"]).to_owned(), generation.clone());
        }
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/v1/generations?limit=100&cursor={cursor}"),
            None => return all,
        }
    }
}

const OPEN: &str = "SELECT COUNT(*) FROM generation WHERE ended_at IS NULL";

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_at_its_worst_costs_nobody_anything() {
    let double = Double::start().await;
    let mut app = TestApp::configured(&configuration(&double.url, "concurrency = 48"), SETTINGS).await;
    let key = live_key(&app).await;
    let count = wanted();
    let begin = Instant::now();
    let asked: Vec<(String, &str)> = stream::iter(0..count)
        .map(|at| ask(&app, &key, at))
        .buffer_unordered(32)
        .collect()
        .await;
    println!("{count} asked for in {:?}", begin.elapsed());
    let silent = asked.iter().filter(|(_, fault)| *fault == "silent").count();
    let silent = i64::try_from(silent).expect("a number");
    // Whoever asks to wait holds up the whole lane, so it takes as long as there are faults.
    let patience = Duration::from_secs(600 + count as u64);
    while app.count(OPEN).await > silent {
        assert!(
            begin.elapsed() < patience,
            "{} are open; {}",
            app.count(OPEN).await,
            app.log()
        );
        tokio::time::sleep(Duration::from_millis(500)).await;
        app.advance("PT5S").await;
    }
    println!("all but the silent ended after {:?}", begin.elapsed());
    println!("at most {} MB", peak(&app));
    assert!(peak(&app) < 512, "{} MB", peak(&app));
    // A process dies with those in doubt, and nobody ever says what became of them.
    app.crash_and_restart().await;
    app.advance("P20D").await;
    assert_eq!(app.count(OPEN).await, 0);
    println!("all ended after {:?}", begin.elapsed());

    let all = everything(&app, &key).await;
    assert_eq!(all.len(), count, "none is lost");
    let mut ends: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut spent = 0;
    for (id, fault) in &asked {
        let generation = &all[id];
        let expected = FAULTS
            .iter()
            .find(|(name, _)| name == fault)
            .map_or("succeeded", |(_, end)| end);
        assert_eq!(generation["status"], expected, "{fault}: {generation}");
        let captured = match (*fault, expected) {
            ("partial", _) => 2,
            (_, "succeeded") => 1,
            _ => 0,
        };
        spent += captured;
        assert_eq!(
            generation["cost"]["captured"],
            captured.to_string(),
            "{fault}: {generation}"
        );
        let code = generation["error"]["code"]
            .as_str()
            .unwrap_or("succeeded")
            .to_owned();
        *ends.entry((fault, code)).or_default() += 1;
    }
    println!("{ends:#?}");
    for (fault, code) in [
        ("refuse", "content_refused"),
        ("refuse politely", "content_refused"),
        ("retired", "model_gone"),
        ("torn", "provider_failed"),
        ("silent", "provider_outcome_unknown"),
    ] {
        assert!(
            ends.contains_key(&(fault, code.to_owned())),
            "{fault} ends with {code}"
        );
    }
    assert_eq!(
        app.balance(&key).await,
        [(100_000 - spent).to_string(), "0".to_owned(), spent.to_string()]
    );

    let twice = "SELECT COUNT(*) FROM (SELECT generation_id FROM ledger_entry
        WHERE kind = 'capture' GROUP BY generation_id HAVING COUNT(*) > 1) AS twice";
    assert_eq!(app.count(twice).await, 0, "nothing is captured twice");
    // Each bill of the provider's is an attempt that was written down before.
    for references in double.billed().chunks(500) {
        let list: Vec<String> = references
            .iter()
            .map(|reference| format!("'{reference}'"))
            .collect();
        let known = format!("SELECT COUNT(*) FROM attempt WHERE id IN ({})", list.join(", "));
        assert_eq!(
            app.count(&known).await,
            i64::try_from(references.len()).expect("a number")
        );
    }
    let unbilled = "SELECT COUNT(*) FROM attempt";
    println!(
        "{} billed, {} attempts",
        double.billed().len(),
        app.count(unbilled).await
    );
    app.audit();
}

/// The most memory that the server ever had, in megabytes.
fn peak(app: &TestApp) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", app.process.id())).expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.expect("a number") / 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_key_never_reaches_a_provider() {
    let double = Double::start().await;
    let app = TestApp::configured(&configuration(&double.url, ""), SETTINGS).await;
    let owner = app.account().await;
    let made = app.make(&owner.key, "picture", json!({"prompt": "well 1"})).await;
    assert_eq!(made["status"], "succeeded");
    assert_eq!(made["provenance"]["provider"], "sandbox");
    assert_eq!(double.sent("well 1"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_a_provider_lost_hold_up_no_others() {
    let double = Double::start().await;
    let mut app = TestApp::configured(&configuration(&double.url, "concurrency = 4"), SETTINGS).await;
    let key = live_key(&app).await;
    let picture = |prompt: String| json!({"model": "picture", "input": {"prompt": prompt}});
    for at in 0..12 {
        let request = app.ask(&key, &picture(format!("silent {at}")));
        Answer::of(request).await.expect(202);
    }
    let lost = "SELECT COUNT(*) FROM attempt WHERE doubted_at IS NOT NULL";
    let begin = Instant::now();
    while app.count(lost).await < 12 {
        assert!(begin.elapsed() < Duration::from_secs(60), "{}", app.log());
        app.advance("PT10S").await;
    }
    // The lane is closed by now; what tells that all is well again is something new.
    let request = app.ask(&key, &picture("well 1".to_owned()));
    let accepted = Answer::of(request).await.expect(202);
    for _ in 0..5 {
        app.advance("PT2M").await;
    }
    assert_eq!(app.ended(&key, &accepted["id"]).await["status"], "succeeded");
    app.leave_jobs();
}

#[tokio::test(flavor = "multi_thread")]
async fn large_answers_take_little_memory() {
    let double = Double::start().await;
    // It is about memory: a slow machine may take its time.
    let file = configuration(&double.url, "")
        .replace("answer_seconds = 2", "answer_seconds = 120")
        .replace("idle_seconds = 1", "idle_seconds = 60");
    let app = TestApp::configured(&file, SETTINGS).await;
    let key = live_key(&app).await;
    let mut ids = Vec::new();
    for at in 0..32 {
        let input = json!({"prompt": format!("huge {at}")});
        let request = app.ask(&key, &json!({"model": "picture", "input": input}));
        ids.push(Answer::of(request).await.expect(202)["id"].clone());
    }
    let begin = Instant::now();
    while app.count(OPEN).await > 0 {
        assert!(begin.elapsed() < Duration::from_secs(400), "{}", app.log());
        tokio::time::sleep(Duration::from_millis(200)).await;
        app.advance("PT10S").await;
    }
    for id in &ids {
        assert_eq!(app.ended(&key, id).await["status"], "succeeded");
    }
    assert!(peak(&app) < 512, "{} MB", peak(&app));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_provider_takes_over_where_the_request_allows_it() {
    let double = Double::start().await;
    // Nothing listens at the first; the second takes its place.
    let file = configuration("http://127.0.0.1:9", "connect_seconds = 1").replace(
        "countries = [\"DE\"]",
        "countries = [\"DE\"]\nfallback = [{ provider = \"second\", countries = [\"US\"] }]",
    ) + &format!(
        "\n[[providers]]\nname = \"second\"\nbase_url = \"{}\"\n",
        double.url
    );
    let app = TestApp::configured(&file, SETTINGS).await;
    let key = live_key(&app).await;
    let model = app.get("/v1/models/picture", &key).await.expect(200);
    assert_eq!(model["processing"]["fallback_countries"], json!(["US"]));
    let made = app.make(&key, "picture", json!({"prompt": "well 1"})).await;
    assert_eq!(made["status"], "succeeded", "{made}");
    assert_eq!(made["provenance"]["provider"], "second");
    assert_eq!(made["provenance"]["countries"], json!(["US"]));

    let body = json!({"model": "picture", "input": {"prompt": "well 2"}, "regions": ["DE"]});
    let accepted = Answer::of(app.ask(&key, &body)).await.expect(202);
    let begin = Instant::now();
    while app.count(OPEN).await > 0 {
        assert!(begin.elapsed() < Duration::from_secs(60), "{}", app.log());
        tokio::time::sleep(Duration::from_millis(100)).await;
        app.advance("PT30S").await;
    }
    let ended = app.ended(&key, &accepted["id"]).await;
    assert_eq!(ended["error"]["code"], "provider_unavailable", "{ended}");
    assert_eq!(double.sent("well 2"), 0, "it never leaves its regions");
    assert_eq!(app.balance(&key).await[2], "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_job_that_was_put_off_takes_turns_as_before() {
    let double = Double::start().await;
    let file = configuration(&double.url, "concurrency = 1")
        .replace("answer_seconds = 2", "answer_seconds = 60")
        .replace("idle_seconds = 1", "idle_seconds = 60");
    let mut app = TestApp::configured(&file, SETTINGS).await;
    app.leave_jobs();
    let [known, fresh] = [live_key(&app).await, live_key(&app).await];
    let ask = async |key: &str, prompt: &str| {
        let body = json!({"model": "picture", "input": {"prompt": prompt}});
        Answer::of(app.ask(key, &body)).await.expect(202)["id"].clone()
    };
    let soon = async |what: &str, holds: &dyn Fn() -> bool| {
        let begin = Instant::now();
        while !holds() {
            assert!(begin.elapsed() < Duration::from_secs(60), "{what}: {}", app.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    // It has an early turn, and is looked at again and again.
    ask(&known, "silent 1").await;
    soon("it is sent", &|| double.sent("silent 1") > 0).await;
    for at in 0..12 {
        let id = ask(&known, &format!("well {at}")).await;
        app.ended(&known, &id).await;
    }
    // The one place of the lane is taken: what comes now waits.
    ask(&known, "hang 1").await;
    soon("it hangs", &|| double.sent("hang 1") > 0).await;
    let turn = async |key: &str, prompt: &str| {
        let id = ask(key, prompt).await;
        app.count(&format!("SELECT turn FROM job WHERE subject = '{}'", text(&id)))
            .await
    };
    let own = [turn(&known, "well a").await, turn(&known, "well b").await];
    let other = [turn(&fresh, "well c").await, turn(&fresh, "well d").await];
    assert_eq!(own, other);
}
