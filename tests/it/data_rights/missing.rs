//! A file that our storage lost is told as a fault of ours, wherever it is missed.

use std::io::{Cursor, Read as _};
use std::path::PathBuf;

use harness::{Account, Answer, TestApp, text};
use serde_json::{Value, json};
use zip::ZipArchive;

use super::erasure::verify_signature;
use super::{ask_and_confirm, counted, path_of, receipt};

/// Where the store has an output.
fn object(app: &TestApp, output: &Value) -> PathBuf {
    let id = text(&output["file_id"]);
    let key = app.stored().into_iter().find(|key| key.contains(id));
    app.data_dir.join("files").join(key.expect("the object"))
}

async fn picture(app: &TestApp, owner: &Account) -> Value {
    app.generate(&owner.key, "a lighthouse").await["outputs"][0].clone()
}

/// The request once it is done, its receipt, and its archive.
async fn copy(app: &TestApp, owner: &Account) -> (Value, Value, Vec<u8>) {
    let request = ask_and_confirm(app, owner, "access").await;
    let receipt = receipt(app, &request).await;
    let done = app.get(&path_of(&request), &owner.key).await.expect(200);
    let path = format!("{}/archive", path_of(&request));
    let archive = app.get(&path, &owner.key).await;
    assert_eq!(archive.status, 200);
    (done, receipt, archive.bytes.to_vec())
}

fn entry(archive: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(archive)).expect("a zip");
    let mut text = String::new();
    let read = zip.by_name(name).expect("an entry").read_to_string(&mut text);
    read.expect("it is text");
    text
}

fn originals(archive: &[u8]) -> usize {
    let zip = ZipArchive::new(Cursor::new(archive)).expect("a zip");
    let names = zip.file_names().map(|name| name.expect("a name").into_owned());
    names.filter(|name| name.starts_with("files/")).count()
}

#[tokio::test]
async fn a_copy_from_which_files_are_missing_says_so_everywhere() {
    let app = TestApp::start().await;
    let staff = app.owner().await;
    let owner = app.account().await;
    let (lost, damaged, deleted) = (
        picture(&app, &owner).await,
        picture(&app, &owner).await,
        app.generate(&owner.key, "a boat").await,
    );
    picture(&app, &owner).await;
    let (lost_at, damaged_at) = (object(&app, &lost), object(&app, &damaged));
    let before = [&lost_at, &damaged_at].map(|path| std::fs::read(path).expect("it is there"));
    std::fs::remove_file(&lost_at).expect("it goes");
    // As long as it was.
    let mut other = before[1].clone();
    other[100] ^= 1;
    std::fs::write(&damaged_at, &other).expect("it is changed");
    // What its owner deleted is missed by nobody.
    let path = format!("/v1/generations/{}", text(&deleted["id"]));
    app.delete(&path, &owner.key).await.expect(204);

    let (request, receipt, archive) = copy(&app, &owner).await;
    assert_eq!(request["status"], "partially_fulfilled");
    let missing = json!([
        {"file_id": lost["file_id"], "generation_id": generation_of(&app, &owner, &lost).await, "fault": "missing"},
        {"file_id": damaged["file_id"], "generation_id": generation_of(&app, &owner, &damaged).await, "fault": "damaged"},
    ]);
    assert_eq!(request["missing"], missing);
    assert_eq!(receipt["status"], "partially_fulfilled");
    assert_eq!(receipt["missing"], missing);
    assert_eq!(
        (
            counted(&receipt, "exported", "file"),
            counted(&receipt, "missing", "file")
        ),
        (1, 2)
    );
    verify_signature(&app, &receipt).await;
    let about: Value = serde_json::from_str(&entry(&archive, "about.json")).expect("JSON");
    assert_eq!(about["missing"], missing);
    assert!(entry(&archive, "README.txt").contains("THIS COPY IS NOT WHOLE"));
    assert_eq!(originals(&archive), 2, "what is damaged is handed over as it is");

    app.advance("PT0S").await;
    let told = &app.mails(&owner.email).await[0];
    assert!(text(&told["text"]).contains("not whole"), "{told}");
    let told = app.mails(&staff.email).await;
    assert_eq!(told.len(), 1);
    assert!(text(&told[0]["text"]).contains(text(&request["id"])), "{told:?}");
    let audit = app.run(&["audit"]);
    let said = String::from_utf8_lossy(&audit.stdout);
    for output in [&lost, &damaged] {
        assert!(said.contains(text(&output["file_id"])), "{said}");
    }

    // Found again, they are handed over.
    std::fs::write(&lost_at, &before[0]).expect("it comes back");
    std::fs::write(&damaged_at, &before[1]).expect("it comes back");
    let (request, receipt, archive) = copy(&app, &owner).await;
    assert_eq!(
        (&request["status"], &request["missing"]),
        (&json!("fulfilled"), &json!([]))
    );
    assert_eq!(counted(&receipt, "missing", "file"), 0);
    assert_eq!(originals(&archive), 3);
    app.advance("PT0S").await;
    assert_eq!(app.mails(&staff.email).await.len(), 1);
}

async fn generation_of(app: &TestApp, owner: &Account, output: &Value) -> Value {
    let path = format!("/v1/files/{}", text(&output["file_id"]));
    let file = app.get(&path, &owner.key).await.expect(200);
    file["generation_id"].clone()
}

#[tokio::test]
async fn a_lost_file_is_no_strangers_file() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let output = picture(&app, &owner).await;
    let path = format!("/v1/files/{}/content", text(&output["file_id"]));
    let at = object(&app, &output);
    let whole = std::fs::read(&at).expect("it is there");
    std::fs::write(&at, &whole[..whole.len() / 2]).expect("it is cut short");
    for lost in ["cut short", "gone"] {
        if lost == "gone" {
            std::fs::remove_file(&at).expect("it goes");
        }
        app.get(&path, &owner.key).await.problem(500, "file_lost");
        app.open(&output["url"]).await.problem(500, "file_lost");
        let part = app.request(reqwest::Method::GET, &path, &owner.key);
        Answer::of(part.header("Range", "bytes=0-3"))
            .await
            .problem(500, "file_lost");
    }
    let stranger = app.account().await;
    app.get(&path, &stranger.key).await.problem(404, "not_found");
    std::fs::write(&at, whole).expect("it comes back");
    assert_eq!(app.get(&path, &owner.key).await.status, 200);

    // The same of an archive.
    let (request, _, archive) = copy(&app, &owner).await;
    let at = object(&app, &json!({"file_id": request["result"]["file_id"]}));
    std::fs::remove_file(&at).expect("it goes");
    let path = format!("{}/archive", path_of(&request));
    app.get(&path, &owner.key).await.problem(500, "file_lost");
    std::fs::write(&at, archive).expect("it comes back");
}

#[cfg(unix)]
#[tokio::test]
async fn what_cant_be_read_is_waited_for_until_the_request_is_about_due() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let output = picture(&app, &owner).await;
    let at = object(&app, &output);
    let whole = std::fs::read(&at).expect("it is there");
    std::fs::remove_file(&at).expect("it goes");
    std::os::unix::fs::symlink(&at, &at).expect("it leads nowhere");
    let request = ask_and_confirm(&app, &owner, "access").await;
    app.advance("PT1H").await;
    let waits = app.get(&path_of(&request), &owner.key).await.expect(200);
    assert_eq!(waits["status"], "in_progress");
    app.advance("P31D").await;
    let receipt = receipt(&app, &request).await;
    assert_eq!(receipt["status"], "partially_fulfilled");
    assert_eq!(receipt["missing"][0]["file_id"], output["file_id"]);
    std::fs::remove_file(&at).expect("it goes");
    std::fs::write(&at, whole).expect("it comes back");
}
