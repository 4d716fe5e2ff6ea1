//! The list: pages, cursors and filters.

use harness::{Answer, TestApp, each, text};
use serde_json::{Value, json};

#[tokio::test]
async fn pages_follow_each_other_newest_first() {
    let app = TestApp::start().await;
    let mut made = Vec::new();
    for number in 0..5 {
        let generation = app.generate(&app.demo, &format!("number {number}")).await;
        made.push(text(&generation["id"]).to_owned());
    }
    made.reverse();
    let (mut seen, mut path) = (Vec::new(), "/v1/generations?limit=2".to_owned());
    loop {
        let answer = app.get(&path, &app.demo).await;
        let link = answer.header("link").to_owned();
        let page = answer.expect(200);
        seen.extend(each(&page, "id").into_iter().map(str::to_owned));
        if page["has_more"] == false {
            assert_eq!((&page["next_cursor"], link.as_str()), (&Value::Null, ""));
            break;
        }
        let next = text(&page["next_cursor"]);
        // The header leads to the same place as the body.
        assert_eq!(
            link,
            format!("<{}/v1/generations?limit=2&cursor={next}>; rel=\"next\"", app.url)
        );
        path = format!("/v1/generations?limit=2&cursor={next}");
    }
    assert_eq!(seen, made);
    for limit in ["0", "101", "-1", "many"] {
        let path = format!("/v1/generations?limit={limit}");
        app.get(&path, &app.demo).await.problem(400, "invalid_request");
    }
}

#[tokio::test]
async fn a_cursor_works_only_where_it_was_given() {
    let app = TestApp::start().await;
    let (owner, stranger) = (app.account().await, app.account().await);
    for prompt in ["one", "two", "three"] {
        app.generate(&owner.key, prompt).await;
    }
    let page = app.get("/v1/generations?limit=1", &owner.key).await.expect(200);
    let cursor = text(&page["next_cursor"]);
    let ask = async |query: &str, cursor: &str, key: &str| {
        app.get(&format!("/v1/generations?{query}&cursor={cursor}"), key)
            .await
    };
    // Another page size is no other list.
    ask("limit=2", cursor, &owner.key).await.expect(200);
    ask("limit=1", cursor, &stranger.key)
        .await
        .problem(400, "invalid_cursor");
    ask("status=succeeded", cursor, &owner.key)
        .await
        .problem(400, "invalid_cursor");
    let ledger = format!("/v1/credits/ledger?cursor={cursor}");
    app.get(&ledger, &owner.key).await.problem(400, "invalid_cursor");
    for at in [0, cursor.len() / 2, cursor.len() - 1] {
        let mut tampered = cursor.to_owned();
        let other = if &tampered[at..=at] == "A" { "B" } else { "A" };
        tampered.replace_range(at..=at, other);
        ask("limit=1", &tampered, &owner.key)
            .await
            .problem(400, "invalid_cursor");
    }
    for made_up in [
        "",
        "0",
        "%00",
        "gen_01k9yx3b1mfz0q4r7s8t2v5w6x",
        &"A".repeat(4000),
    ] {
        ask("limit=1", made_up, &owner.key)
            .await
            .problem(400, "invalid_cursor");
    }
}

#[tokio::test]
async fn filters_must_all_hold() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let second_key = app.key_with(&owner.key, harness::SCOPES).await;
    let picture = app.generate(&owner.key, "a picture").await;
    let failed = app.generate(&owner.key, "sandbox:fail").await;
    let words = app.make(&second_key, "text", json!({"prompt": "a text"})).await;
    app.advance("PT1H").await;
    let body = json!({
        "model": "sandbox-image", "input": {"prompt": "for her", "size": "256x256"}, "end_user": "her & co",
        "metadata": {"order": "10:42", "tier": "gold & more", "": ""},
    });
    let hers = Answer::of(app.ask(&owner.key, &body).header("Prefer", "wait=60"))
        .await
        .expect(201);

    let later = text(&hers["created_at"]);
    let second_key_id = text(&words["key_id"]);
    for (query, expected) in [
        (String::new(), vec![&hers, &words, &failed, &picture]),
        ("status=failed".into(), vec![&failed]),
        ("status=queued".into(), vec![]),
        ("kind=text".into(), vec![&words]),
        ("model=sandbox-text".into(), vec![&words]),
        (
            "model=sandbox-image&status=succeeded".into(),
            vec![&hers, &picture],
        ),
        ("model=sandbox-video".into(), vec![]),
        ("end_user=her%20%26%20co".into(), vec![&hers]),
        ("metadata=order:10:42".into(), vec![&hers]),
        ("metadata=tier:gold%20%26%20more".into(), vec![&hers]),
        ("metadata=:".into(), vec![&hers]),
        ("metadata=order:10".into(), vec![]),
        ("metadata=order:10:42&status=failed".into(), vec![]),
        (
            format!("metadata=order:10:42&kind=image&created_after={later}"),
            vec![&hers],
        ),
        (format!("metadata=order:10:42&created_before={later}"), vec![]),
        (format!("key_id={second_key_id}"), vec![&words]),
        (format!("created_after={later}"), vec![&hers]),
        (format!("created_before={later}"), vec![&words, &failed, &picture]),
        (
            format!("created_before={later}&kind=image&status=failed"),
            vec![&failed],
        ),
    ] {
        let page = app
            .get(&format!("/v1/generations?{query}"), &owner.key)
            .await
            .expect(200);
        let expected: Vec<&str> = expected
            .into_iter()
            .map(|generation| text(&generation["id"]))
            .collect();
        assert_eq!(each(&page, "id"), expected, "{query}");
    }
    for bad in [
        "status=done",
        "kind=picture",
        "key_id=key_1",
        "created_after=yesterday",
        "metadata=order",
    ] {
        let path = format!("/v1/generations?{bad}");
        app.get(&path, &owner.key).await.problem(400, "invalid_request");
    }
}

#[tokio::test]
async fn metadata_lead_to_pages_of_their_own() {
    let app = TestApp::start().await;
    let (owner, stranger) = (app.account().await, app.account().await);
    let mut marked = Vec::new();
    for number in 0..6 {
        let body = json!({
            "model": "sandbox-text", "input": {"prompt": "a text"},
            "metadata": {"odd": (number % 2 == 1).to_string()},
        });
        for key in [&owner.key, &stranger.key] {
            let made = Answer::of(app.ask(key, &body).header("Prefer", "wait=60"))
                .await
                .expect(201);
            if number % 2 == 1 && *key == owner.key {
                marked.insert(0, text(&made["id"]).to_owned());
            }
        }
    }
    let seen = async || {
        let (mut seen, mut path) = (Vec::new(), "/v1/generations?limit=1&metadata=odd:true".to_owned());
        loop {
            let page = app.get(&path, &owner.key).await.expect(200);
            seen.extend(each(&page, "id").into_iter().map(str::to_owned));
            let Some(next) = page["next_cursor"].as_str() else {
                return seen;
            };
            path = format!("/v1/generations?limit=1&metadata=odd:true&cursor={next}");
        }
    };
    assert_eq!(seen().await, marked);
    // What is deleted is found no more.
    let gone = marked.remove(1);
    app.delete(&format!("/v1/generations/{gone}"), &owner.key)
        .await
        .expect(204);
    assert_eq!(seen().await, marked);
    assert_eq!(
        app.count(&format!(
            "SELECT COUNT(*) FROM generation_label WHERE generation_id = '{gone}'"
        ))
        .await,
        0
    );
}
