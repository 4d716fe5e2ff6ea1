//! `tintype audit` is silent whatever owners and operators rightly do, and no rule is
//! so mild that nothing breaks it.

use std::collections::BTreeSet;

use harness::{Answer, Receiver, SCOPES, TestApp, text};
use reqwest::Method;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::catalog::rows::picture;

const REMAPPED: &str = "deprecated_at = 2020-11-01\nshutdown_at = 2020-12-31T09:30:00Z\nreplaced_by = \"heir\"\n\
                        after_shutdown = \"remap\"";

fn models(old: &str) -> String {
    picture("old", "v1", "2", old) + &picture("heir", "h1", "1.5", "")
}

async fn change(app: &TestApp, by: &str, id: &Value, change: Value) -> Value {
    let path = format!("/v1/keys/{}", text(id));
    Answer::of(app.request(Method::PATCH, &path, by).json(&change))
        .await
        .expect(200)
}

/// Runs statements on the database itself; says which it refuses.
async fn run(app: &TestApp, statements: &[&str]) -> Vec<String> {
    let connection = app.connect().await;
    let mut refused = Vec::new();
    for sql in statements {
        if let Err(error) = connection.execute_unprepared(sql).await {
            refused.push(format!("{sql}: {error}"));
        }
    }
    connection.close().await.expect("the connection closes");
    refused
}

/// Sets the sandbox's clock, as whoever corrects a machine's clock would.
async fn set_clock(app: &TestApp, ahead: &str) {
    let sql = format!("UPDATE sandbox_clock SET ahead_micros = {ahead}");
    assert_eq!(run(app, &[&sql]).await, Vec::<String>::new());
}

async fn buy(app: &TestApp, offer: &str, outcomes: &[Value]) {
    let wish = json!({
        "offer": offer,
        "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
    });
    let bought = app.post("/v1/purchases", &app.demo, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
    for outcome in outcomes {
        app.post(&checkout, "", outcome).await.expect(200);
    }
}

#[tokio::test]
async fn what_owners_and_operators_may_do_breaks_no_rule() {
    let mut app = TestApp::configured(&models(""), &[]).await;
    let caps = |day: &str, lifetime: &str| {
        json!({"caps": [{"period": "day", "limit": day}, {"period": "month", "limit": day},
            {"period": "lifetime", "limit": lifetime}]})
    };
    // Caps below what was spent; none; and lower ones anew.
    let owner = app.account().await;
    let mut wanted = caps("50", "90");
    wanted["name"] = json!("web shop");
    wanted["scopes"] = json!(SCOPES);
    let key = app.post("/v1/keys", &owner.session, &wanted).await.expect(201);
    let secret = text(&key["secret"]);
    let ask =
        json!({"model": "old", "input": {"prompt": "a pear"}, "end_user": "ada", "metadata": {"shop": "1"}});
    let mut made = Vec::new();
    for _ in 0..3 {
        let request = app.ask(secret, &ask).header("Prefer", "wait=60");
        made.push(Answer::of(request).await.expect(201)["id"].clone());
    }
    for change_to in [caps("3", "4"), json!({"caps": []}), caps("1", "2")] {
        change(&app, &owner.session, &key["id"], change_to).await;
        app.audit();
    }
    app.post("/v1/generations", secret, &ask)
        .await
        .problem(402, "spend_cap_reached");
    // Limits below what is under way.
    change(&app, &owner.session, &key["id"], caps("90", "90")).await;
    let hanging = json!({"model": "old", "input": {"prompt": "sandbox:hang"}});
    let mut under_way = Vec::new();
    for _ in 0..2 {
        let asked = app.post("/v1/generations", secret, &hanging).await.expect(202);
        under_way.push(asked["id"].clone());
    }
    let narrow = json!({"rate": {"concurrent_generations": 1}});
    change(&app, &owner.session, &key["id"], narrow).await;
    change(&app, &owner.session, &key["id"], caps("5", "5")).await;
    app.audit();
    // Models that are re-mapped and removed.
    app.reconfigure(&models(REMAPPED)).await;
    app.audit();
    app.reconfigure(&picture("other", "v1", "2", "")).await;
    app.audit();
    // Content that is deleted.
    let path = format!("/v1/generations/{}", text(&made[0]));
    app.delete(&path, secret).await.expect(204);
    app.audit();
    for id in &under_way {
        app.cancel(secret, id).await.expect(200);
        app.ended(secret, id).await;
    }
    // A day later the cap holds anew, and is broken by nothing that was before.
    app.advance("P1D").await;
    app.audit();
    // A clock that was ahead for weeks swept events away, and is set back.
    app.advance("P40D").await;
    app.audit();
    app.process.stop();
    set_clock(&app, "0").await;
    app.audit();
    app.write_configuration("");
    app.restart_after_stop().await;
    app.generate(&app.demo, "a pear").await;
    app.audit();
    // Credits past their time, and what is under way past its deadline, while nobody was there to see to it.
    buy(&app, "pack-1000", &[json!({"outcome": "paid"})]).await;
    let late = app.hang(&app.demo).await;
    app.process.kill();
    set_clock(&app, "ahead_micros + 34560000000000").await;
    app.audit();
    app.restart_after_stop().await;
    app.ended(&app.demo, &late["id"]).await;
    app.audit();
}

/// What breaks rules, and what mends them again.
const RUINS: &[(&[&str], &[&str])] = &[
    (
        &["UPDATE wallet SET issued = issued + 1, available = available + 1"],
        &["UPDATE wallet SET issued = issued - 1, available = available - 1"],
    ),
    (
        &["UPDATE wallet SET available = available - 1, held = held + 1 WHERE available > 0"],
        &["UPDATE wallet SET available = available + 1, held = held - 1 WHERE available > 0"],
    ),
    (
        &["UPDATE wallet SET in_flight = in_flight + 1"],
        &["UPDATE wallet SET in_flight = in_flight - 1"],
    ),
    (
        &["UPDATE hold_lot SET amount = amount + 1"],
        &["UPDATE hold_lot SET amount = amount - 1"],
    ),
    (
        &["UPDATE credit_lot SET expires_at = 1 WHERE purchase_id IS NULL"],
        &["UPDATE credit_lot SET expires_at = NULL WHERE purchase_id IS NULL"],
    ),
    (
        &["UPDATE payment_event SET account_id = (SELECT MAX(id) FROM account)"],
        &["UPDATE payment_event SET account_id = (SELECT account_id FROM purchase WHERE id = purchase_id)"],
    ),
    (
        &["UPDATE purchase SET credits = credits + 1"],
        &["UPDATE purchase SET credits = credits - 1"],
    ),
    (
        &["UPDATE purchase SET status = 'disputed' WHERE status = 'paid'"],
        &["UPDATE purchase SET status = 'paid' WHERE offer = 'pack-100'"],
    ),
    (
        &["UPDATE purchase SET refund_amount = 1 WHERE status = 'paid'"],
        &["UPDATE purchase SET refund_amount = NULL"],
    ),
    (
        &["UPDATE payment_event SET kind = 'dispute_won' WHERE event_id = 'evt_opened'"],
        &["UPDATE payment_event SET kind = 'disputed' WHERE event_id = 'evt_opened'"],
    ),
    (
        &["UPDATE generation SET captured = captured - 1, released = released + 1 WHERE status = 'succeeded'"],
        &["UPDATE generation SET captured = captured + 1, released = released - 1 WHERE status = 'succeeded'"],
    ),
    (
        &["UPDATE generation SET estimated = estimated + 1, held = held + 1, released = released + 1
            WHERE status = 'succeeded'"],
        &["UPDATE generation SET estimated = estimated - 1, held = held - 1, released = released - 1
            WHERE status = 'succeeded'"],
    ),
    (
        &["UPDATE generation_label SET account_id = (SELECT MAX(id) FROM account)"],
        &["UPDATE generation_label SET account_id =
            (SELECT account_id FROM generation WHERE generation.id = generation_id)"],
    ),
    (
        &["UPDATE generation SET error_code = 'content_refused' WHERE status = 'failed'"],
        &["UPDATE generation SET error_code = 'provider_failed' WHERE status = 'failed'"],
    ),
    (
        &["UPDATE generation SET price_version = 'none' WHERE ended_at IS NULL"],
        &["UPDATE generation SET price_version = 'v1' WHERE ended_at IS NULL"],
    ),
    (
        &["UPDATE job SET subject = 'x' || subject"],
        &["UPDATE job SET subject = SUBSTR(subject, 2)"],
    ),
    (
        &["UPDATE generation SET deadline_at = deadline_at - 1000000000000000 WHERE ended_at IS NULL"],
        &["UPDATE generation SET deadline_at = deadline_at + 1000000000000000 WHERE ended_at IS NULL"],
    ),
    (
        &["UPDATE attempt SET ended_at = NULL, outcome = NULL WHERE outcome = 'succeeded'"],
        &["UPDATE attempt SET ended_at = started_at, outcome = 'succeeded' WHERE ended_at IS NULL AND generation_id IN
            (SELECT id FROM generation WHERE status = 'succeeded')"],
    ),
    (
        &["UPDATE file SET account_id = (SELECT MAX(id) FROM account), bytes = bytes + 1"],
        &["UPDATE file SET account_id = (SELECT account_id FROM generation WHERE generation.id = generation_id),
            bytes = bytes - 1"],
    ),
    (
        &["UPDATE event SET subject = 'x' || subject"],
        &["UPDATE event SET subject = SUBSTR(subject, 2)"],
    ),
    (
        &["UPDATE delivery_lane SET due_at = NULL"],
        &["UPDATE delivery_lane SET due_at = 1"],
    ),
    (
        &["UPDATE batch_item SET account_id = (SELECT MAX(id) FROM account)"],
        &["UPDATE batch_item SET account_id = (SELECT account_id FROM batch WHERE batch.id = batch_id)"],
    ),
    (
        &["UPDATE api_key SET in_flight = in_flight + 1"],
        &["UPDATE api_key SET in_flight = in_flight - 1"],
    ),
    (
        &["UPDATE key_spend SET spent = spent + 1000000000 WHERE day_at > 0"],
        &["UPDATE key_spend SET spent = spent - 1000000000 WHERE day_at > 0"],
    ),
    (
        &["UPDATE usage_rollup SET captured = captured + 1"],
        &["UPDATE usage_rollup SET captured = captured - 1"],
    ),
    (
        &["INSERT INTO data_request (id, account_id, livemode, kind, status, actions, archive_id, received_at, due_at,
            verified_at, ended_at)
            SELECT 'dr_archived', MAX(id), TRUE, 'access', 'fulfilled', '[]', 'file_none', 1, 1, 1, 1 FROM account",
          "INSERT INTO data_request (id, account_id, livemode, kind, status, actions, received_at, due_at, verified_at)
            SELECT 'dr_confirmed', MAX(id), TRUE, 'access', 'in_progress', '[]', 1, 1, 1 FROM account"],
        &["DELETE FROM data_request"],
    ),
    (
        &["INSERT INTO oauth_identity (id, account_id, provider, issuer, subject, created_at, last_used_at)
            SELECT 'oid_left', MAX(id), 'github', 'https://github.com', '7', 1, 1 FROM account",
          "INSERT INTO data_request (id, account_id, livemode, kind, status, actions, received_at, due_at, verified_at,
            ended_at)
            SELECT 'dr_erased', MAX(id), TRUE, 'erasure', 'fulfilled', '[]', 1, 1, 1, 1 FROM account",
          "UPDATE account SET status = 'erased', erased_at = 1, email = NULL, email_key = NULL, password_hash = NULL,
            display_name = NULL, language = NULL WHERE id = (SELECT MAX(id) FROM account)"],
        &["DELETE FROM oauth_identity", "DELETE FROM data_request",
          "UPDATE account SET status = 'active', erased_at = NULL WHERE status = 'erased'"],
    ),
];

/// Rules that the database keeps by itself.
const UNBREAKABLE: &[&str] = &["an entry has a wallet"];

#[tokio::test]
async fn every_rule_can_be_broken() {
    let file = models("") + "[webhooks]\nallow_networks = [\"127.0.0.1/32\"]\n";
    let mut app = TestApp::configured(&file, &[]).await;
    let receiver = Receiver::answering(500).await;
    let endpoint = json!({"url": receiver.url});
    app.post("/v1/webhook-endpoints", &app.demo, &endpoint)
        .await
        .expect(201);
    buy(&app, "pack-100", &[json!({"outcome": "paid"})]).await;
    let disputed = [
        json!({"outcome": "paid"}),
        json!({"outcome": "disputed", "event": "evt_opened"}),
    ];
    buy(&app, "pack-1000", &disputed).await;
    let capped = json!({"name": "web shop", "scopes": SCOPES, "caps": [{"period": "day", "limit": "50"}]});
    let key = app.post("/v1/keys", &app.demo, &capped).await.expect(201);
    let secret = text(&key["secret"]);
    for prompt in ["a pear", "sandbox:fail"] {
        let ask = json!({"model": "old", "input": {"prompt": prompt}, "end_user": "ada", "metadata": {"shop": "1"}});
        Answer::of(app.ask(secret, &ask).header("Prefer", "wait=60"))
            .await
            .expect(201);
    }
    let batch = json!({"generations": [{"model": "old", "input": {"prompt": "a pear"}}]});
    let batch = app.post("/v1/batches", &app.demo, &batch).await.expect(202);
    app.batch_ended(&app.demo, &batch["id"]).await;
    let hanging = json!({"model": "old", "input": {"prompt": "sandbox:hang"}});
    let hanging = app.post("/v1/generations", secret, &hanging).await.expect(202);
    while app.generation(secret, &hanging["id"]).await.expect(200)["status"] == "queued" {
        tokio::task::yield_now().await;
    }
    receiver.wait_for(1).await;
    app.account().await;
    // From here on nobody mends anything.
    app.process.kill();
    app.audit();

    let mut unbroken: BTreeSet<&str> = tintype::audit::rules().collect();
    let mut faults = Vec::new();
    for (ruin, mend) in RUINS {
        faults.extend(run(&app, ruin).await);
        let output = app.run(&["audit"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            faults.push(format!("nobody notices {ruin:?}"));
        }
        unbroken.retain(|rule| !said.contains(rule));
        faults.extend(run(&app, mend).await);
    }
    let unbroken: Vec<&str> = unbroken.into_iter().collect();
    assert_eq!((faults, unbroken), (Vec::new(), UNBREAKABLE.to_vec()));
    app.audit();
    assert_eq!(run(&app, &["DELETE FROM wallet"]).await.len(), 1);
    app.leave_jobs();
}
