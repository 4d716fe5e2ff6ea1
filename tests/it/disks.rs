//! The disk is full or broken for a while, at each step of a commit. What could not
//! be written was not acknowledged; what was acknowledged is there after a restart;
//! and once the disk is well, so is the server, without help.

use std::time::{Duration, Instant};

use harness::{Answer, DISK_FULL, DiskFault, FaultyDisk, IO_ERROR, Load, PATIENCE, SCOPES, TestApp, text};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio::time::sleep;

const SETTINGS: harness::Settings<'_> = &[
    ("TINTYPE_WORKER_LEASE_SECONDS", "2"),
    ("TINTYPE_CREDITS_TEST_GRANT", "100000"),
];

const CLIENTS: u64 = 8;

/// Every call of a transaction that can fail: the writes of its pages one after the
/// other, the sync, and what a checkpoint writes and syncs behind it.
fn faults() -> impl Iterator<Item = DiskFault> {
    let calls = [("write", DISK_FULL), ("write", IO_ERROR), ("sync", IO_ERROR)];
    calls
        .into_iter()
        .flat_map(|(call, errno)| [0, 1, 2, 5, 11].map(|after| DiskFault { call, errno, after }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_failing_disk_did_not_keep_was_not_acknowledged() {
    let Some((mut app, disk)) = TestApp::on_faulty_disk(SETTINGS).await else {
        return;
    };
    let load = Load::start(&app, CLIENTS, vec![app.url.clone()]);
    let mut revoked = Vec::new();
    let mut paid = Vec::new();
    for fault in faults() {
        sleep(Duration::from_millis(200)).await;
        let (revoking, paying) = (revoke_keys(&app), buy(&app));
        disk.fail(fault);
        until_unready(&app).await;
        disk.mend();
        until_ready(&app).await;
        revoked.extend(revoking.await.expect("keys were revoked"));
        paid.push(paying.await.expect("a purchase was paid"));
        assert!(load.is_well(), "{fault:?}: {}", app.log());
    }
    let wishes = load.stop().await;
    assert!(wishes.len() > 100, "only {} were acknowledged", wishes.len());
    // As a power cut; nothing is left that a good end would still have written.
    tokio::task::block_in_place(|| app.process.kill());
    app.restart_after_stop().await;
    app.all_ended_once(&wishes).await;
    for secret in &revoked {
        app.get("/v1/credits", secret)
            .await
            .problem(401, "unauthenticated");
    }
    for purchase in &paid {
        let found = app
            .get(&format!("/v1/purchases/{}", text(purchase)), &app.demo)
            .await;
        assert_eq!(found.expect(200)["status"], "paid");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_end_after_a_failing_disk_loses_nothing_either() {
    let Some((mut app, disk)) = TestApp::on_faulty_disk(SETTINGS).await else {
        return;
    };
    let load = Load::start(&app, CLIENTS, vec![app.url.clone()]);
    for fault in faults().step_by(4) {
        fail_for_a_while(&app, &disk, fault).await;
    }
    let wishes = load.stop().await;
    tokio::task::block_in_place(|| app.process.stop());
    app.restart_after_stop().await;
    app.all_ended_once(&wishes).await;
}

async fn fail_for_a_while(app: &TestApp, disk: &FaultyDisk, fault: DiskFault) {
    disk.fail(fault);
    until_unready(app).await;
    disk.mend();
    until_ready(app).await;
}

/// Until load balancers are told that nothing can be written.
async fn until_unready(app: &TestApp) {
    until(async || {
        let answer = app.get("/readyz", "").await;
        answer.status == 503
    })
    .await;
}

async fn until_ready(app: &TestApp) {
    until(async || app.get("/readyz", "").await.status == 200).await;
}

async fn until(came: impl AsyncFn() -> bool) {
    let begin = Instant::now();
    while !came().await {
        assert!(begin.elapsed() < PATIENCE, "it did not come");
        sleep(Duration::from_millis(20)).await;
    }
}

/// Makes keys and revokes them while the disk fails; the secrets of those whose
/// revocation was acknowledged.
fn revoke_keys(app: &TestApp) -> JoinHandle<Vec<String>> {
    let (client, url, demo) = (app.client.clone(), app.url.clone(), app.demo.clone());
    tokio::spawn(async move {
        let mut revoked = Vec::new();
        while revoked.len() < 2 {
            let body = json!({"name": "short-lived", "scopes": SCOPES});
            let made = client
                .post(format!("{url}/v1/keys"))
                .bearer_auth(&demo)
                .json(&body);
            let key = insist(|| made.try_clone().expect("a body that can be sent again")).await;
            let delete = client
                .delete(format!("{url}/v1/keys/{}", text(&key["id"])))
                .bearer_auth(&demo);
            insist(|| delete.try_clone().expect("no body")).await;
            revoked.push(text(&key["secret"]).to_owned());
        }
        revoked
    })
}

/// Buys a pack while the disk fails; the purchase whose payment was acknowledged.
fn buy(app: &TestApp) -> JoinHandle<Value> {
    let (client, url, demo) = (app.client.clone(), app.url.clone(), app.demo.clone());
    tokio::spawn(async move {
        let (done, left) = ("https://studio.example/thanks", "https://studio.example/prices");
        let body = json!({"offer": "pack-100", "success_url": done, "cancel_url": left});
        let create = client
            .post(format!("{url}/v1/purchases"))
            .bearer_auth(&demo)
            .json(&body);
        let purchase = insist(|| create.try_clone().expect("a body")).await;
        let pay = client
            .post(format!("{url}/sandbox/checkout/{}", text(&purchase["id"])))
            .json(&json!({"outcome": "paid"}));
        insist(|| pay.try_clone().expect("a body")).await;
        purchase["id"].clone()
    })
}

/// Sends a request until it is acknowledged. Refused it may be only in passing.
async fn insist(request: impl Fn() -> reqwest::RequestBuilder) -> Value {
    let begin = Instant::now();
    loop {
        let answer = Answer::of(request()).await;
        match answer.status {
            200..300 => return answer.json,
            507 | 503 => {}
            status => panic!("{status}: {}", answer.json),
        }
        assert!(begin.elapsed() < PATIENCE, "it is never acknowledged");
        sleep(Duration::from_millis(20)).await;
    }
}
