//! The archive: every table's rows, what is withheld, and the files as they were.

use std::io::{Cursor, Read as _};

use harness::{Account, Answer, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::{ask_and_confirm, counted, path_of, receipt};

type Zip = ZipArchive<Cursor<Vec<u8>>>;

fn entry(zip: &mut Zip, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut entry = zip.by_name(name).unwrap_or_else(|_| panic!("no {name}"));
    entry.read_to_end(&mut bytes).expect("it can be unpacked");
    bytes
}

fn table(zip: &mut Zip, name: &str) -> Vec<Value> {
    let bytes = entry(zip, &format!("data/{name}.json"));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What all its files say.
fn everything(zip: &mut Zip) -> String {
    let bytes: Vec<u8> = (0..zip.len())
        .flat_map(|at| {
            let mut bytes = Vec::new();
            let read = zip.by_index(at).expect("an entry").read_to_end(&mut bytes);
            read.map(|_| bytes).expect("it can be unpacked")
        })
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[tokio::test]
async fn an_archive_holds_everything_and_the_original_files() {
    let app = TestApp::start().await;
    let (owner, other) = (app.account().await, app.account().await);
    let picture = json!({
        "model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"},
        "metadata": {"order": "4711"}, "end_user": "grandmother",
    });
    let asked = app.ask(&owner.key, &picture).header("Prefer", "wait=60");
    let picture = Answer::of(asked.header("Idempotency-Key", "once"))
        .await
        .expect(201);
    let file = &picture["outputs"][0];
    let original = app.open(&file["url"]).await.bytes;
    app.make(&owner.key, "sandbox-text", json!({"prompt": "a poem"}))
        .await;
    app.generate(&other.key, "a stranger's picture").await;
    let wish = json!({
        "offer": "pack-100",
        "success_url": "https://studio.example/thanks", "cancel_url": "https://studio.example/prices",
    });
    let purchase = app.post("/v1/purchases", &owner.key, &wish).await.expect(201);
    let checkout = format!("/sandbox/checkout/{}", text(&purchase["id"]));
    app.post(&checkout, "", &json!({"outcome": "paid"}))
        .await
        .expect(200);

    let request = ask_and_confirm(&app, &owner, "access").await;
    let receipt = receipt(&app, &request).await;
    let done = app.get(&path_of(&request), &owner.key).await.expect(200);
    let result = &done["result"];
    let path = format!("{}/archive", path_of(&request));
    let archive = app.get(&path, &owner.key).await;
    assert_eq!(archive.header("content-type"), "application/zip");
    assert!(archive.header("content-disposition").starts_with("attachment"));
    assert_eq!(json!(archive.bytes.len()), result["bytes"]);
    assert_eq!(sha256(&archive.bytes), text(&result["sha256"]));
    // Files are another scope's business; the archive is none of them.
    let as_file = format!("/v1/files/{}", text(&result["file_id"]));
    app.get(&as_file, &owner.key).await.problem(404, "not_found");

    let mut zip = Zip::new(Cursor::new(archive.bytes.to_vec())).expect("a zip");
    let name = format!("files/{}.png", text(&file["file_id"]));
    assert_eq!(entry(&mut zip, &name), original);
    assert_eq!(sha256(&original), table(&mut zip, "file")[0]["sha256"]);
    let names = zip.file_names().map(|name| name.expect("a name").into_owned());
    let originals = names.filter(|name| name.starts_with("files/"));
    assert_eq!(originals.count(), 1);

    let about: Value = serde_json::from_slice(&entry(&mut zip, "about.json")).expect("JSON");
    let mut withheld = 0;
    for described in about["tables"].as_array().expect("tables") {
        let name = text(&described["table"]);
        let rows = table(&mut zip, name);
        let sql = match name {
            "account" => format!("SELECT COUNT(*) FROM account WHERE id = '{}'", owner.id),
            _ => format!("SELECT COUNT(*) FROM {name} WHERE account_id = '{}'", owner.id),
        };
        assert_eq!(described["rows"], json!(rows.len()), "{name}");
        // The request itself went on since: its job, its mail, its archive.
        if !["job", "mail", "file"].contains(&name) {
            assert_eq!(json!(app.count(&sql).await), json!(rows.len()), "{name}");
        }
        assert_eq!(counted(&receipt, "exported", name), rows.len() as u64, "{name}");
        for column in described["columns"].as_array().expect("columns") {
            let is_withheld = column["withheld"].is_string();
            withheld += usize::from(is_withheld);
            for row in &rows {
                let given = row.get(text(&column["name"])).is_some();
                assert_ne!(given, is_withheld, "{name}.{}", column["name"]);
            }
        }
    }
    assert!(withheld >= 6, "{withheld} columns");
    let account = &table(&mut zip, "account")[0];
    assert_eq!(
        (&account["email"], &account["id"]),
        (&json!(owner.email), &json!(owner.id))
    );
    let generations = table(&mut zip, "generation");
    let row = generations
        .iter()
        .find(|row| row["id"] == picture["id"])
        .expect("the picture's row");
    assert_eq!(
        (&row["input"]["prompt"], &row["metadata"], &row["captured"]),
        (&json!("a pear"), &json!({"order": "4711"}), &json!("1"))
    );
    assert_eq!(row["created_at"], picture["created_at"]);
    assert!(
        table(&mut zip, "idempotency_key")
            .iter()
            .any(|row| row["key"] == "once")
    );
    assert_eq!(table(&mut zip, "purchase")[0]["amount"], 900);
    let readme = String::from_utf8(entry(&mut zip, "README.txt")).expect("text");
    assert!(readme.contains("Left out: password_hash"), "{readme}");
    let everything = everything(&mut zip);
    assert!(!everything.contains("stranger"), "another account's data");
    assert!(!everything.contains(&other.id));
}

#[tokio::test]
async fn a_table_of_many_pages_is_whole() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    app.remember(&owner, 1001).await;
    let request = ask_and_confirm(&app, &owner, "access").await;
    receipt(&app, &request).await;
    let path = format!("{}/archive", path_of(&request));
    let archive = app.get(&path, &owner.key).await.bytes;
    let mut zip = Zip::new(Cursor::new(archive.to_vec())).expect("a zip");
    let mut keys: Vec<String> = table(&mut zip, "idempotency_key")
        .iter()
        .map(|row| text(&row["key"]).to_owned())
        .collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 1001);
}

#[tokio::test]
async fn an_archive_tells_what_staff_read_and_did_but_not_who_of_them() {
    let list = "[moderation]\nblocklist = [\"grenade\"]\n";
    let app = TestApp::configured(list, &[]).await;
    let staff = app.owner().await;
    let (owner, other) = (app.account().await, app.account().await);
    let act = async |method: Method, path: String, body: Value| app.admin(method, &path, &staff, &body).await;
    let stand = async |account: &Account, what: &str, reason: &str| {
        let path = format!("/accounts/{}/{what}", account.id);
        act(Method::POST, path, json!({"reason": reason}))
            .await
            .expect(200);
    };
    act(
        Method::GET,
        format!("/accounts?email={}", owner.email),
        Value::Null,
    )
    .await
    .expect(200);
    stand(&owner, "suspend", "ticket 4711").await;
    stand(&owner, "unsuspend", "a mistake").await;
    stand(&other, "suspend", "ticket 8").await;
    let flagged = json!({"model": "sandbox-image", "input": {"prompt": "a grenade"}});
    Answer::of(app.ask(&owner.key, &flagged))
        .await
        .problem(422, "content_refused");
    let waiting = act(Method::GET, "/review".to_owned(), Value::Null)
        .await
        .expect(200);
    let decide = format!("/review/{}/decide", text(&waiting["data"][0]["id"]));
    act(Method::POST, decide, json!({"decision": "dismiss"}))
        .await
        .expect(204);

    let request = ask_and_confirm(&app, &owner, "access").await;
    receipt(&app, &request).await;
    let archive = app
        .get(&format!("{}/archive", path_of(&request)), &owner.key)
        .await;
    let mut zip = Zip::new(Cursor::new(archive.bytes.to_vec())).expect("a zip");
    let entries = table(&mut zip, "audit_entry");
    let told: Vec<(&str, &Value)> = entries
        .iter()
        .map(|entry| (text(&entry["act"]), &entry["reason"]))
        .collect();
    let expected = [
        ("accounts.find", &Value::Null),
        ("accounts.suspend", &json!("ticket 4711")),
        ("accounts.unsuspend", &json!("a mistake")),
        ("review.list", &Value::Null),
        ("review.decide", &Value::Null),
    ];
    assert_eq!(told, expected);
    for entry in &entries {
        assert_eq!(entry["account_id"], owner.id);
        assert!(entry["created_at"].is_string() && entry.get("staff_id").is_none());
    }
    let everything = everything(&mut zip);
    for unsaid in [&staff.id, &staff.email, &other.id, "ticket 8"] {
        assert!(!everything.contains(unsaid), "{unsaid}");
    }
}
