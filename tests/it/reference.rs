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

/// A page of another origin gets no leave to read what we answer, so no guide may
/// have one call us.
#[tokio::test]
async fn the_guides_ask_of_a_page_only_what_it_can_do() {
    let app = TestApp::start().await;
    let origin = ("Origin", "https://app.studio.example");
    for path in [
        "/v1/auth/oauth/token",
        "/v1/auth/oauth/providers",
        "/v1/generations",
    ] {
        let asked = app.request(Method::OPTIONS, path, "").header(origin.0, origin.1);
        let asked = asked.header("Access-Control-Request-Method", "POST").send().await;
        let asked = asked.expect("an answer");
        assert!(
            !asked.headers().contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
    let guide = async |name: &str| {
        let text = app.get(&format!("/guides/{name}.md"), "").await;
        String::from_utf8(text.bytes.to_vec())
            .expect("text")
            .replace('\n', " ")
    };
    let sign_in = guide("sign-in").await;
    assert!(sign_in.contains("answers no calls from pages of another origin"));
    assert!(!sign_in.contains("sessionStorage") && !sign_in.contains("session storage"));
    let waiting = guide("waiting").await;
    assert!(waiting.contains("A page can't follow the stream"));
    assert!(!waiting.contains("`EventSource` and our clients"));
}
