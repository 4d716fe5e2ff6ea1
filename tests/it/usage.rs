//! `/v1/usage`: exact sums, however they are grouped, and of nobody else.

use harness::{Account, Answer, SCOPES, TestApp, text};
use serde_json::{Value, json};

async fn make(app: &TestApp, key: &str, model: &str, input: Value, end_user: Option<&str>) -> Value {
    let mut body = json!({"model": model, "input": input});
    if let Some(end_user) = end_user {
        body["end_user"] = json!(end_user);
    }
    let request = app.ask(key, &body).header("Prefer", "wait=60");
    Answer::of(request).await.expect(201)
}

fn picture(prompt: &str, n: u32) -> Value {
    json!({"prompt": prompt, "n": n, "size": "256x256"})
}

async fn usage(app: &TestApp, key: &str, query: &str) -> Vec<Value> {
    let page = app.get(&format!("/v1/usage?{query}"), key).await.expect(200);
    assert_eq!(page["has_more"], false);
    page["data"].as_array().expect("lines").clone()
}

async fn today(app: &TestApp) -> String {
    text(&app.advance("PT0S").await["now"])[..10].to_owned()
}

/// Two days of work: by two keys, for two end users and nobody, on two models.
async fn work(app: &TestApp) -> (Account, String, [String; 2]) {
    let owner = app.account().await;
    let second = app.key_with(&owner.key, SCOPES).await;
    let first_day = today(app).await;
    make(app, &owner.key, "sandbox-image", picture("a", 2), Some("ann")).await;
    make(app, &owner.key, "sandbox-image", picture("b", 1), None).await;
    make(app, &second, "sandbox-text", json!({"prompt": "c"}), Some("bob")).await;
    make(
        app,
        &second,
        "sandbox-image",
        picture("sandbox:fail", 1),
        Some("bob"),
    )
    .await;
    app.advance("P1D").await;
    let second_day = today(app).await;
    make(
        app,
        &owner.key,
        "sandbox-speech",
        json!({"prompt": "hello"}),
        Some("ann"),
    )
    .await;
    make(
        app,
        &second,
        "sandbox-video",
        json!({"prompt": "d", "seconds": 2}),
        None,
    )
    .await;
    let hanging = app.hang(&owner.key).await;
    app.cancel(&owner.key, &hanging["id"]).await.expect(200);
    app.ended(&owner.key, &hanging["id"]).await;
    (owner, second, [first_day, second_day])
}

#[tokio::test]
async fn sums_equal_what_the_list_says() {
    let app = TestApp::start().await;
    let (owner, second, days) = work(&app).await;
    let list = app.get("/v1/generations?limit=100", &owner.key).await.expect(200);
    let list = list["data"].as_array().expect("a page");
    let sum = |lines: &[Value], member: &str| -> i64 {
        let each = lines.iter().map(|line| line[member].as_i64().expect("a number"));
        each.sum()
    };
    let credits = |values: Vec<&Value>| -> i64 {
        let micro = values.iter().map(|value| {
            let amount: entity::Credits = text(value).parse().expect("credits");
            amount.micro()
        });
        micro.sum()
    };
    for group in ["", "day", "key", "model", "end_user", "key,model,end_user,day"] {
        let query = if group.is_empty() {
            String::new()
        } else {
            format!("group_by={group}")
        };
        let lines = usage(&app, &owner.key, &query).await;
        let of = |status: &str| list.iter().filter(|it| it["status"] == status).count() as i64;
        assert_eq!(sum(&lines, "generations"), 7, "{group}");
        for status in ["succeeded", "failed", "canceled", "expired"] {
            assert_eq!(sum(&lines, status), of(status), "{status} by {group}");
        }
        let charged = list.iter().map(|it| &it["cost"]["captured"]).collect();
        let credits_of = lines.iter().map(|line| &line["credits"]).collect();
        assert_eq!(credits(credits_of), credits(charged), "{group}");
        assert_eq!(
            (
                sum(&lines, "images"),
                sum(&lines, "seconds"),
                sum(&lines, "characters")
            ),
            (3, 2, 5)
        );
        assert!(sum(&lines, "tokens") > 0);
    }
    let by_day = usage(&app, &owner.key, "group_by=day").await;
    let told: Vec<(&str, i64)> = by_day
        .iter()
        .map(|line| {
            (
                text(&line["day"]),
                line["generations"].as_i64().expect("a number"),
            )
        })
        .collect();
    assert_eq!(told, [(days[0].as_str(), 4), (days[1].as_str(), 3)]);
    assert_eq!(by_day[0]["model"], Value::Null);

    let hers = usage(&app, &owner.key, "group_by=end_user,model").await;
    let told: Vec<_> = hers
        .iter()
        .map(|line| (&line["end_user"], &line["model"]))
        .collect();
    let expected = [
        (json!(null), json!("sandbox-image")),
        (json!(null), json!("sandbox-video")),
        (json!("ann"), json!("sandbox-image")),
        (json!("ann"), json!("sandbox-speech")),
        (json!("bob"), json!("sandbox-image")),
        (json!("bob"), json!("sandbox-text")),
    ];
    assert_eq!(told, expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());

    let own = app.get("/v1/keys/self", &second).await.expect(200);
    let id = text(&own["id"]);
    let of_key = usage(&app, &owner.key, &format!("group_by=key&key_id={id}")).await;
    assert_eq!((of_key.len(), &of_key[0]["key_id"]), (1, &own["id"]));
    assert_eq!(of_key[0]["generations"], 3);
    let of_bob = usage(&app, &owner.key, "end_user=bob&model=sandbox-image").await;
    assert_eq!(
        (&of_bob[0]["failed"], &of_bob[0]["credits"]),
        (&json!(1), &json!("0"))
    );
    let first = format!("from={0}&to={0}", days[0]);
    assert_eq!(usage(&app, &owner.key, &first).await[0]["generations"], 4);
    // Nothing of it is anyone else's.
    let stranger = app.account().await;
    let others = usage(&app, &stranger.key, "group_by=day,key,model,end_user").await;
    assert!(others.is_empty(), "{others:?}");
    let nothing = usage(&app, &stranger.key, "").await;
    assert_eq!(
        (&nothing[0]["generations"], &nothing[0]["credits"]),
        (&json!(0), &json!("0"))
    );
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    let app = TestApp::start().await;
    let (owner, ..) = work(&app).await;
    for group in ["day,end_user,model,key", "end_user", "model,key", "end_user,key"] {
        let whole = usage(&app, &owner.key, &format!("group_by={group}")).await;
        let (mut paged, mut path) = (Vec::new(), format!("/v1/usage?group_by={group}&limit=1"));
        loop {
            let page = app.get(&path, &owner.key).await.expect(200);
            paged.extend(page["data"].as_array().expect("lines").clone());
            let Some(next) = page["next_cursor"].as_str() else {
                break;
            };
            path = format!("/v1/usage?group_by={group}&limit=1&cursor={next}");
        }
        assert_eq!(paged, whole, "{group}");
        assert!(whole.len() > 2, "{group}");
    }
    let page = app
        .get("/v1/usage?group_by=model&limit=1", &owner.key)
        .await
        .expect(200);
    let other = format!("/v1/usage?group_by=key&cursor={}", text(&page["next_cursor"]));
    app.get(&other, &owner.key).await.problem(400, "invalid_cursor");
}

#[tokio::test]
async fn a_report_goes_on_past_midnight() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    for end_user in ["ann", "bob", "cat"] {
        make(&app, &owner.key, "sandbox-image", picture("a", 1), Some(end_user)).await;
    }
    // The days of the second report are as many as may be: tomorrow they would be too many.
    for (days_back, rest) in [(None, json!(["cat"])), (Some(365), json!(["cat", "dan"]))] {
        let day: jiff::civil::Date = today(&app).await.parse().expect("a day");
        let from = days_back.map(|days| day - jiff::Span::new().days(days));
        let from = from.map_or_else(String::new, |from| format!("&from={from}"));
        let first = format!("/v1/usage?group_by=day,end_user{from}&limit=1");
        let page = app.get(&first, &owner.key).await;
        let link = page.header("link").to_owned();
        let page = page.expect(200);
        assert_eq!(page["data"][0]["end_user"], "ann");
        app.advance("P1D").await;
        make(&app, &owner.key, "sandbox-image", picture("a", 1), Some("dan")).await;
        let cursor = text(&page["next_cursor"]);
        let path = format!("{first}&cursor={cursor}");
        let second = app.get(&path, &owner.key).await.expect(200);
        assert_eq!(second["data"][0]["end_user"], "bob", "{path}");
        let next = link
            .trim_start_matches('<')
            .split('>')
            .next()
            .expect("an address");
        let next = &next[next.find("/v1/").expect("a path")..];
        assert_eq!(app.get(next, &owner.key).await.expect(200), second);
        // A cursor is of the days that were asked for.
        for other in ["from=2026-01-01", "to=2199-01-01"] {
            let path = format!("/v1/usage?group_by=day,end_user&{other}&limit=1&cursor={cursor}");
            app.get(&path, &owner.key).await.problem(400, "invalid_cursor");
        }
        // What was made today is on no page of a report that was begun yesterday.
        let mut cursor = second["next_cursor"].as_str().map(str::to_owned);
        let mut told = Vec::new();
        while let Some(next) = cursor {
            let path = format!("{first}&cursor={next}");
            let page = app.get(&path, &owner.key).await.expect(200);
            told.push(page["data"][0]["end_user"].clone());
            cursor = page["next_cursor"].as_str().map(str::to_owned);
        }
        assert_eq!(Value::from(told), rest);
    }
}

#[tokio::test]
async fn who_is_deleted_is_counted_but_not_named() {
    let app = TestApp::start().await;
    let owner = app.account().await;
    let mut made = Vec::new();
    for end_user in [Some("ann"), Some("ann"), None] {
        made.push(make(&app, &owner.key, "sandbox-image", picture("a", 1), end_user).await);
    }
    let named = async || {
        let lines = usage(&app, &owner.key, "group_by=end_user").await;
        let told = lines
            .iter()
            .map(|line| (line["end_user"].clone(), line["images"].clone()));
        told.collect::<Vec<_>>()
    };
    assert_eq!(named().await, [(json!(null), json!(1)), (json!("ann"), json!(2))]);
    for (at, left) in [(0, 1), (1, 0)] {
        let path = format!("/v1/generations/{}", text(&made[at]["id"]));
        for _ in 0..2 {
            app.delete(&path, &owner.key).await.expect(204);
        }
        let mut expected = vec![(json!(null), json!(3 - left))];
        if left > 0 {
            expected.push((json!("ann"), json!(left)));
        }
        assert_eq!(named().await, expected);
    }
    assert_eq!(
        app.count("SELECT COUNT(*) FROM end_user_usage WHERE end_user = 'ann'")
            .await,
        0
    );
    assert_eq!(usage(&app, &owner.key, "").await[0]["credits"], "3");
}

#[tokio::test]
async fn what_makes_no_sense_is_told() {
    let app = TestApp::start().await;
    for (query, parameter) in [
        ("group_by=hour", "group_by"),
        ("group_by=day,day", "group_by"),
        ("group_by=", "group_by"),
        ("from=2026-13-01", "from"),
        ("from=2026-02-30", "from"),
        ("to=today", "to"),
        ("from=2026-01-01&to=2027-06-01", "from"),
        ("from=2026-01-02&to=2026-01-01", "from"),
        ("key_id=key_1", "key_id"),
        ("limit=0", "limit"),
    ] {
        let refused = app.get(&format!("/v1/usage?{query}"), &app.demo).await;
        let refused = refused.problem(400, "invalid_request");
        assert_eq!(refused["errors"][0]["parameter"], parameter, "{query}: {refused}");
    }
}
