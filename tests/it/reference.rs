//! What people read: the reference, the guides, the file for language models.

use std::collections::BTreeMap;

use harness::{TestApp, text};
use reqwest::Method;

async fn read(app: &TestApp, path: &str) -> (u16, String, String) {
    let answer = app
        .request(Method::GET, path, "")
        .send()
        .await
        .expect("an answer");
    let kind = answer
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_owned();
    (
        answer.status().as_u16(),
        kind,
        answer.text().await.expect("a text"),
    )
}

/// The addresses on a page that lead to this server.
fn links(page: &str) -> Vec<String> {
    let linked = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let in_text = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let all = linked.chain(in_text).filter(|link| link.starts_with('/'));
    all.map(str::to_owned).collect()
}

#[tokio::test]
async fn the_reference_shows_every_operation() {
    let app = TestApp::start().await;
    let document = app.get("/openapi.json", "").await;
    let (status, kind, page) = read(&app, "/reference").await;
    assert_eq!((status, kind.as_str()), (200, "text/html; charset=utf-8"));
    let (_, _, llms) = read(&app, "/llms.txt").await;
    let paths = document.json["paths"].as_object().expect("paths");
    let operations = paths
        .values()
        .flat_map(|path| path.as_object().expect("operations").values());
    let mut count = 0;
    for operation in operations {
        let id = text(&operation["operationId"]);
        assert!(
            page.contains(&format!("<article id=\"{id}\">")),
            "{id} is missing"
        );
        assert!(
            llms.contains(&format!("/reference#{id}")),
            "{id} is missing for machines"
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}

/// A page, asked for once.
async fn fetched(app: &TestApp, known: &mut BTreeMap<String, String>, path: &str) -> String {
    if let Some(body) = known.get(path) {
        return body.clone();
    }
    let (status, _, body) = read(app, path).await;
    assert_eq!(status, 200, "{path}");
    known.insert(path.to_owned(), body.clone());
    body
}

#[tokio::test]
async fn every_link_of_the_guides_leads_somewhere() {
    let app = TestApp::start().await;
    let (_, _, reference) = read(&app, "/reference").await;
    let mut pages = vec!["/reference".to_owned(), "/llms.txt".to_owned()];
    let guides = links(&reference)
        .into_iter()
        .filter(|link| link.starts_with("/guides/"));
    pages.extend(guides.flat_map(|link| [format!("{link}.md"), link]));
    assert!(pages.len() > 6, "{pages:?}");
    let mut known = BTreeMap::new();
    for page in pages {
        for link in links(&fetched(&app, &mut known, &page).await) {
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let there = fetched(&app, &mut known, path).await;
            let target = format!("id=\"{anchor}\"");
            assert!(anchor.is_empty() || there.contains(&target), "{link} on {page}");
        }
    }
    app.get("/guides/none", "").await.problem(404, "not_found");
}
