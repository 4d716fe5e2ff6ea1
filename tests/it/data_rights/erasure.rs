//! After an erasure, nothing that was written is found anywhere.

use harness::{Account, Answer, TestApp, files_under, text};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::Method;
use serde_json::{Value, json};

use super::{REQUESTS, ask, ask_and_confirm, confirm, counted, path_of, receipt};

const MARK: &str = "xyzzyplugh";

/// Writes the mark wherever something can be written.
async fn mark_everything(app: &TestApp, mark: &str) -> Account {
    let mut owner = app.account_called(&format!("{mark}@studio.example")).await;
    let name = json!({"name": format!("{mark} key"), "scopes": harness::SCOPES});
    let key = app.post("/v1/keys", &owner.session, &name).await.expect(201);
    owner.key = text(&key["secret"]).to_owned();
    for (model, input) in [
        ("sandbox-image", json!({"size": "256x256"})),
        ("sandbox-video", json!({"seconds": 1})),
        ("sandbox-speech", json!({})),
        ("sandbox-text", json!({})),
    ] {
        let mut body = json!({
            "model": model, "input": input, "metadata": {format!("{mark}"): format!("{mark} value")},
            "end_user": format!("{mark} user"),
        });
        body["input"]["prompt"] = json!(format!("{mark} on a hill"));
        let request = app.ask(&owner.key, &body).header("Prefer", "wait=60");
        let request = request.header("Idempotency-Key", format!("{mark} {model}"));
        Answer::of(request.header("User-Agent", mark).header("X-Request-Id", mark))
            .await
            .expect(201);
    }
    for prompt in ["sandbox:fail", "sandbox:refuse"] {
        app.generate(&owner.key, &format!("{prompt} {mark}")).await;
    }
    let url = format!("https://{mark}.example/{mark}");
    let wish = json!({"offer": "pack-100", "success_url": url, "cancel_url": url});
    let purchase = app.post("/v1/purchases", &owner.key, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);
    app.post("/v1/purchases", &owner.key, &wish).await.expect(201);
    // What is refused leaves nothing behind either.
    let login = json!({"email": owner.email, "password": format!("{mark} password")});
    app.post("/v1/auth/login", "", &login)
        .await
        .problem(401, "unauthenticated");
    let odd = json!({"model": mark, "input": {"prompt": mark}, mark: mark});
    app.post("/v1/generations", &owner.key, &odd)
        .await
        .problem(400, "invalid_request");
    app.get(&format!("/v1/{mark}?q={mark}"), &owner.key)
        .await
        .problem(404, "not_found");
    let statement = json!({"type": "access", "statement": format!("{mark} says so")});
    let request = app.post(REQUESTS, &owner.key, &statement).await.expect(202);
    let access = confirm(app, &owner, &request).await.expect(200);
    receipt(app, &access).await;
    owner
}

/// Where the mark is found: the database's own bytes, every file, the log.
fn found(app: &TestApp, mark: &str) -> Vec<String> {
    let has = |bytes: &[u8]| {
        bytes
            .windows(mark.len())
            .any(|window| window.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let mut places = Vec::new();
    if has(&app.database.dump()) {
        places.push("the database".to_owned());
    }
    for path in files_under(&app.data_dir) {
        if has(&std::fs::read(&path).unwrap_or_default()) {
            places.push(path.display().to_string());
        }
    }
    if has(app.log().as_bytes()) {
        places.push("the log".to_owned());
    }
    places
}

#[tokio::test]
async fn what_was_written_anywhere_is_found_nowhere() {
    let app = TestApp::start().await;
    let owner = mark_everything(&app, MARK).await;
    let other = mark_everything(&app, "frobozz").await;
    assert!(found(&app, MARK).iter().any(|place| place != "the log"));
    assert_eq!(
        app.stored().iter().filter(|key| key.contains(&owner.id)).count(),
        4
    );
    let secrets = app.secrets_of(&owner).await;

    let statement = json!({"type": "erasure", "statement": format!("{MARK} goes")});
    let request = app.post(REQUESTS, &owner.key, &statement).await.expect(202);
    let confirmed = confirm(&app, &owner, &request).await.expect(200);
    assert!(["in_progress", "fulfilled"].contains(&text(&confirmed["status"])));
    let receipt = receipt(&app, &confirmed).await;
    app.advance("PT0S").await;

    assert_eq!(found(&app, MARK), Vec::<String>::new());
    for secret in secrets {
        assert_eq!(found(&app, &secret), Vec::<String>::new());
    }
    assert_eq!(
        app.stored().iter().filter(|key| key.contains(&owner.id)).count(),
        0
    );
    assert_eq!(app.mails(&owner.email).await, Vec::<Value>::new());
    for credentials in [&owner.key, &owner.session] {
        app.get("/v1/account", credentials)
            .await
            .problem(401, "unauthenticated");
    }
    let login = json!({"email": owner.email, "password": owner.password});
    app.post("/v1/auth/login", "", &login)
        .await
        .problem(401, "unauthenticated");
    assert_eq!(counted(&receipt, "deleted", "file"), 4);
    assert_eq!(counted(&receipt, "cleared", "generation"), 6);
    assert!(counted(&receipt, "kept", "ledger_entry") > 6);
    let spendable = format!(
        "SELECT COUNT(*) FROM wallet WHERE account_id = '{}' AND (available > 0 OR held > 0)",
        owner.id
    );
    assert_eq!(app.count(&spendable).await, 0);
    verify_signature(&app, &receipt).await;

    // The neighbour has everything yet, and the address may sign up again.
    assert_eq!(
        app.stored().iter().filter(|key| key.contains(&other.id)).count(),
        4
    );
    assert!(!found(&app, "frobozz").is_empty());
    app.get("/v1/account", &other.key).await.expect(200);
    let anew = app.account_called(&owner.email).await;
    assert_ne!(anew.id, owner.id);
}

pub async fn verify_signature(app: &TestApp, receipt: &Value) {
    let keys = app.get("/.well-known/jwks.json", "").await.expect(200);
    let keys: JwkSet = serde_json::from_value(keys).expect("keys");
    let jws = text(&receipt["jws"]);
    let kid = decode_header(jws).expect("a header").kid.expect("a key's id");
    let key = DecodingKey::from_jwk(keys.find(&kid).expect("the key")).expect("it can be used");
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    let mut signed = decode::<Value>(jws, &key, &rules).expect("it is signed").claims;
    signed["jws"] = receipt["jws"].clone();
    assert_eq!(&signed, receipt);
    let (head, signature) = jws.rsplit_once('.').expect("a signature");
    let forged = format!("{}A.{signature}", &head[..head.len() - 1]);
    assert!(decode::<Value>(&forged, &key, &rules).is_err());
}

#[tokio::test]
async fn what_waits_or_runs_is_ended_uncharged_and_its_result_is_not_kept() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "4")]).await;
    let owner = app.account().await;
    app.hang(&owner.key).await;
    let slow = app.queue(&owner.key, "sandbox:slow=9 a boat").await;
    app.hang(&owner.key).await;
    let erasure = ask_and_confirm(&app, &owner, "erasure").await;
    let receipt = receipt(&app, &erasure).await;
    assert_eq!(counted(&receipt, "canceled", "generation"), 3);
    let charged = format!(
        "SELECT COUNT(*) FROM generation WHERE account_id = '{}' AND (captured > 0 OR ended_at IS NULL)",
        owner.id
    );
    assert_eq!(app.count(&charged).await, 0, "{slow}");
    // Longer than the slow one takes.
    let later = json!({"prompt": "sandbox:slow=10", "size": "256x256"});
    app.make(&app.demo, "sandbox-image", later).await;
    assert!(app.stored().iter().all(|key| !key.contains(&owner.id)));
    for table in ["file", "job", "attempt", "session", "mail", "idempotency_key"] {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE account_id = '{}'", owner.id);
        assert_eq!(app.count(&sql).await, 0, "{table}");
    }
}

#[tokio::test]
async fn what_waits_is_ended_before_it_begins() {
    let mut app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let owner = app.account().await;
    let request = ask(&app, &owner.key, "erasure").await.expect(202);
    let code = app.mailed_code(&owner.email).await;
    nobody_works(&mut app).await;
    // Comes first, and keeps the only place.
    let busy = app.queue(&app.demo, "sandbox:hang").await;
    let path = format!("{}/verify", path_of(&request));
    app.post(&path, &owner.key, &json!({"code": code}))
        .await
        .expect(200);
    for _ in 0..3 {
        app.queue(&owner.key, "sandbox:hang").await;
    }
    app.restart().await;
    let receipt = receipt(&app, &request).await;
    assert_eq!(counted(&receipt, "canceled", "generation"), 3);
    app.cancel(&app.demo, &busy["id"]).await.expect(200);
    app.ended(&app.demo, &busy["id"]).await;
}

/// From here on nothing is worked on until the next start.
async fn nobody_works(app: &mut TestApp) {
    app.process.stop();
    app.start_again(&["serve", "--no-worker"]).await;
}

#[tokio::test]
async fn the_last_mail_says_where_the_receipt_will_be() {
    let mut app = TestApp::start().await;
    let owner = app.account().await;
    let request = ask(&app, &owner.key, "erasure").await.expect(202);
    let code = app.mailed_code(&owner.email).await;
    nobody_works(&mut app).await;
    let path = format!("{}/verify", path_of(&request));
    app.post(&path, &owner.key, &json!({"code": code}))
        .await
        .expect(200);
    let mails = app.mails(&owner.email).await;
    let letter = text(&mails[0]["text"]);
    let (_, at) = text(&request["receipt"]).split_once("/v1/").expect("a link");
    assert!(letter.contains(at), "{letter}");
    app.restart().await;
    receipt(&app, &request).await;
    assert_eq!(app.mails(&owner.email).await, Vec::<Value>::new());
}

#[tokio::test]
async fn an_erasure_ends_what_else_was_asked_for() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let access = ask(&app, &owner.key, "access").await.expect(202);
    let code = app.mailed_code(&owner.email).await;
    let erasure = ask(&app, &owner.key, "erasure").await.expect(202);
    // A code confirms its own request only.
    let path = format!("{}/verify", path_of(&erasure));
    app.post(&path, &owner.key, &json!({"code": code}))
        .await
        .problem(422, "code_invalid");
    let done = confirm(&app, &owner, &erasure).await.expect(200);
    receipt(&app, &done).await;
    let sql = format!(
        "SELECT COUNT(*) FROM data_request WHERE id = '{}' AND status = 'withdrawn'",
        text(&access["id"])
    );
    assert_eq!(app.count(&sql).await, 1);
    let link = text(&access["receipt"]).to_owned();
    app.open(&json!(link)).await.problem(409, "conflict");
    let key = app.request(Method::GET, &path_of(&erasure), &owner.key);
    Answer::of(key).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn money_that_comes_after_an_erasure_goes_back() {
    let app = TestApp::configured(OFFERS, &[]).await;
    let owner = app.account().await;
    let mut bought = Vec::new();
    for (offer, status) in [("pack", "refunded"), ("final", "paid")] {
        let wish = json!({
            "offer": offer,
            "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
        });
        let purchase = app.post("/v1/purchases", &owner.key, &wish).await.expect(201);
        bought.push((purchase["id"].clone(), status));
    }
    let erasure = ask_and_confirm(&app, &owner, "erasure").await;
    receipt(&app, &erasure).await;
    // The checkouts are still open at the processor.
    for (purchase, status) in bought {
        let path = format!("/sandbox/checkout/{}", text(&purchase));
        let paid = json!({"outcome": "paid", "event": format!("evt_{status}")});
        for _ in 0..2 {
            app.post(&path, "", &paid).await.expect(200);
        }
        app.advance("PT1S").await;
        let sql = format!(
            "SELECT COUNT(*) FROM purchase WHERE id = '{}' AND status = '{status}'",
            text(&purchase)
        );
        assert_eq!(app.count(&sql).await, 1, "{status}");
    }
    app.advance("PT1S").await;
    // What the processor kept is sold, and nobody can spend it.
    let left = format!(
        "SELECT CAST(SUM(available) AS BIGINT) FROM wallet WHERE account_id = '{}'",
        owner.id
    );
    assert_eq!(app.count(&left).await, 0);
}

/// Of the second no money comes back: the sandbox refuses it by its price.
const OFFERS: &str = r#"
    [[offers]]
    id = "pack"
    display_name = "A pack"
    credits = "100"
    prices = [{ amount = 900, currency = "EUR" }]

    [[offers]]
    id = "final"
    display_name = "A pack for good"
    credits = "100"
    prices = [{ amount = 1313, currency = "EUR" }]
"#;
