//! Following a generation: its events in their order, once each, whatever happens
//! to the server, the line or the credentials meanwhile.

use std::time::Duration;

use harness::{Answer, Sign, TestApp, text};
use reqwest::Method;
use serde_json::{Value, json};

fn named(id: &str, name: &str) -> (Option<String>, String) {
    (Some(id.to_owned()), format!("generation.{name}"))
}

/// What comes without progress, which is told or not as it happens.
fn steps(events: Vec<(Option<String>, String)>) -> Vec<(Option<String>, String)> {
    events.into_iter().filter(|(id, _)| id.is_some()).collect()
}

#[tokio::test]
async fn its_steps_are_told_in_their_order_until_it_ends() {
    let app = TestApp::start().await;
    let asked = app.queue(&app.demo, "a lighthouse").await;
    let mut events = app.follow(&app.demo, &asked["id"], None).await;
    let told = steps(events.rest().await);
    assert_eq!(
        told,
        [
            named("1", "queued"),
            named("2", "running"),
            named("3", "succeeded")
        ]
    );

    // The end again, from its beginning: the same story, and the outputs with it.
    let mut events = app.follow(&app.demo, &asked["id"], Some("2")).await;
    let Sign::Event { data, .. } = events.next().await else {
        panic!("no event");
    };
    assert_eq!(data["generation"]["status"], "succeeded");
    assert_eq!(data["at"], data["generation"]["ended_at"]);
    let link = app.open(&data["generation"]["outputs"][0]["url"]).await;
    assert_eq!(link.status, 200);
    assert_eq!(events.next().await, Sign::End);
}

#[tokio::test]
async fn whoever_has_all_is_told_nothing_and_not_to_come_back() {
    let app = TestApp::start().await;
    let made = app.generate(&app.demo, "a lighthouse").await;
    let path = format!("/v1/generations/{}/events", text(&made["id"]));
    let request = app.request(Method::GET, &path, &app.demo);
    let answer = Answer::of(request.header("Last-Event-ID", "3")).await;
    assert_eq!((answer.status, answer.bytes.len()), (204, 0));

    // What we never gave out is no place in the stream: from the beginning.
    for made_up in [
        "0",
        "4",
        "-1",
        "x",
        "1; DROP TABLE generation",
        "99999999999999999999",
    ] {
        let mut events = app.follow(&app.demo, &made["id"], Some(made_up)).await;
        let told = steps(events.rest().await);
        assert_eq!(told.first(), Some(&named("1", "queued")), "{made_up}");
        assert_eq!(told.last(), Some(&named("3", "succeeded")), "{made_up}");
    }
}

#[tokio::test]
async fn what_never_ran_has_no_second_step() {
    let app = TestApp::with(&[("TINTYPE_WORKER_CONCURRENCY", "1")]).await;
    let busy = app.hang(&app.demo).await;
    let waiting = app.queue(&app.demo, "a lighthouse").await;
    let mut events = app.follow(&app.demo, &waiting["id"], None).await;
    assert_eq!(events.next().await.named(), (Some("1"), "generation.queued"));
    app.cancel(&app.demo, &waiting["id"]).await.expect(200);
    assert_eq!(events.rest().await, [named("3", "canceled")]);
    app.cancel(&app.demo, &busy["id"]).await.expect(200);
    app.ended(&app.demo, &busy["id"]).await;
}

#[tokio::test]
async fn a_stream_is_taken_up_behind_a_restart_and_a_crash_without_loss_or_repeat() {
    for crashes in [false, true] {
        let mut app = TestApp::with(&[
            ("TINTYPE_WORKER_CONCURRENCY", "1"),
            ("TINTYPE_WORKER_GRACE_SECONDS", "0"),
            ("TINTYPE_WORKER_LEASE_SECONDS", "1"),
        ])
        .await;
        let busy = app.hang(&app.demo).await;
        let waiting = app.queue(&app.demo, "a lighthouse").await;
        let mut events = app.follow(&app.demo, &waiting["id"], None).await;
        assert_eq!(events.next().await.named(), (Some("1"), "generation.queued"));
        if crashes {
            app.crash_and_restart().await;
        } else {
            app.restart().await;
        }
        // Not an end: a client must know that there is more to come.
        assert_eq!(events.next().await, Sign::Cut, "crashes: {crashes}");

        let mut events = app.follow(&app.demo, &waiting["id"], Some("1")).await;
        // It may have ended already, after the restart.
        app.post(
            &format!("/v1/generations/{}/cancel", text(&busy["id"])),
            &app.demo,
            &json!({}),
        )
        .await;
        let told = steps(events.rest().await);
        assert_eq!(
            told,
            [named("2", "running"), named("3", "succeeded")],
            "crashes: {crashes}"
        );
        app.ended(&app.demo, &busy["id"]).await;
    }
}

#[tokio::test]
async fn a_silent_stream_shows_that_it_is_alive() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_HEARTBEAT_SECONDS", "1")]).await;
    let hanging = app.hang(&app.demo).await;
    let mut events = app.follow(&app.demo, &hanging["id"], Some("2")).await;
    for _ in 0..3 {
        assert_eq!(events.next_sign().await, Sign::Heartbeat);
    }
    app.cancel(&app.demo, &hanging["id"]).await.expect(200);
    assert_eq!(steps(events.rest().await), [named("3", "canceled")]);
}

/// Readers in wide use take a block without data for an event, an empty one.
#[tokio::test]
async fn no_block_of_a_stream_stands_without_data() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_HEARTBEAT_SECONDS", "1")]).await;
    let hanging = app.hang(&app.demo).await;
    let path = format!("/v1/generations/{}/events", text(&hanging["id"]));
    let mut response = app
        .request(Method::GET, &path, &app.demo)
        .send()
        .await
        .expect("an answer");
    let mut told = String::new();
    let mut canceled = false;
    while let Some(bytes) = response.chunk().await.expect("it goes on") {
        told.push_str(std::str::from_utf8(&bytes).expect("text"));
        if !canceled && told.matches(": still there\n").count() >= 2 {
            canceled = true;
            app.cancel(&app.demo, &hanging["id"]).await.expect(200);
        }
    }
    app.ended(&app.demo, &hanging["id"]).await;
    assert!(
        told.starts_with("retry: 1000\nid: 1\nevent: generation.queued\ndata: {"),
        "{told}"
    );
    let blocks: Vec<&str> = told.split_terminator("\n\n").collect();
    for block in &blocks {
        let fields: Vec<&str> = block.lines().filter(|line| !line.starts_with(':')).collect();
        assert!(fields.iter().all(|line| !line.is_empty()), "{block:?}");
        assert!(
            fields.last().is_some_and(|line| line.starts_with("data: {")),
            "{block:?}"
        );
    }
    assert_eq!(told.matches("retry: ").count(), 1, "{told}");
    assert!(
        !told.contains(": still there\n\n") && told.ends_with("\n\n"),
        "{told}"
    );
    assert!(
        blocks
            .last()
            .is_some_and(|last| last.contains("id: 3\nevent: generation.canceled"))
    );
}

#[tokio::test]
async fn hanging_up_cancels_nothing() {
    let app = TestApp::start().await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:slow=2", "size": "256x256"}});
    let asked = Answer::of(app.ask(&app.demo, &body)).await.expect(202);
    let mut events = app.follow(&app.demo, &asked["id"], None).await;
    assert_eq!(events.next().await.named(), (Some("1"), "generation.queued"));
    drop(events);
    let made = app.ended(&app.demo, &asked["id"]).await;
    assert_eq!(made["status"], "succeeded");
    assert_eq!(made["cancel_requested_at"], Value::Null);
}

#[tokio::test]
async fn all_ways_to_wait_tell_the_same_story() {
    let app = TestApp::start().await;
    for (prompt, status) in [("sandbox:slow=1", "succeeded"), ("sandbox:fail", "failed")] {
        let body = json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}});
        let asked = Answer::of(app.ask(&app.demo, &body)).await.expect(202);
        let path = format!("/v1/generations/{}", text(&asked["id"]));
        let polled = app
            .request(Method::GET, &path, &app.demo)
            .header("Prefer", "wait=60");
        let mut events = app.follow(&app.demo, &asked["id"], Some("2")).await;
        let (polled, streamed) = tokio::join!(Answer::of(polled), async { events.next().await });
        let Sign::Event { name, data, .. } = streamed else {
            panic!("{streamed:?} is no event");
        };
        assert_eq!(name, format!("generation.{status}"));
        let now = app.generation(&app.demo, &asked["id"]).await.expect(200);
        let without_links = |generation: &Value| {
            let mut generation = generation.clone();
            generation["outputs"]
                .as_array_mut()
                .expect("outputs")
                .iter_mut()
                .for_each(|output| {
                    output["url"] = Value::Null;
                    output["expires_at"] = Value::Null;
                });
            generation
        };
        let story = without_links(&now);
        assert_eq!(without_links(&polled.expect(200)), story);
        assert_eq!(without_links(&data["generation"]), story);
    }
}

/// Whatever becomes of the credentials while the line is open.
#[tokio::test]
async fn who_lost_the_credentials_is_told_no_more() {
    let app = TestApp::start().await;
    let (owner, staff) = (app.account().await, app.owner().await);
    let body = json!({"model": "sandbox-image", "input": {"prompt": "sandbox:slow=3", "size": "256x256"}});
    let mut lines = Vec::new();
    // Suspended last: after that nothing else can be done.
    for way in [
        "revoked",
        "narrowed",
        "rotated",
        "signed out",
        "suspended",
        "untouched",
    ] {
        // What is untouched is another account's.
        let owner = match way {
            "untouched" => &app.account().await,
            _ => &owner,
        };
        let made = json!({"name": way, "scopes": ["generations:read"]});
        let key = app.post("/v1/keys", &owner.key, &made).await.expect(201);
        let session = app.sign_in(owner).await;
        let shown = match way {
            "signed out" => session.as_str(),
            _ => text(&key["secret"]),
        };
        let asker = match way {
            // A session sees live generations, or in the sandbox test ones.
            "signed out" => &session,
            _ => &owner.key,
        };
        let asked = Answer::of(app.ask(asker, &body)).await.expect(202);
        lines.push((way, app.follow(shown, &asked["id"], Some("2")).await));
        let path = format!("/v1/keys/{}", text(&key["id"]));
        match way {
            "revoked" => drop(app.delete(&path, &owner.key).await.expect(200)),
            "narrowed" => {
                let change = json!({"ip_allow": ["192.0.2.0/24"]});
                let request = app.request(Method::PATCH, &path, &owner.session);
                Answer::of(request.json(&change)).await.expect(200);
            }
            "rotated" => {
                let at_once = json!({"grace_seconds": 0});
                let path = format!("{path}/rotate");
                app.post(&path, &owner.session, &at_once).await.expect(201);
            }
            "signed out" => {
                let path = "/v1/auth/logout";
                app.post(path, &session, &Value::Null).await.expect(204);
            }
            "suspended" => {
                let path = format!("/accounts/{}/suspend", owner.id);
                let why = json!({"reason": "ticket 4711"});
                app.admin(Method::POST, &path, &staff, &why).await.expect(200);
            }
            _ => {}
        }
    }
    for (way, mut events) in lines {
        match way {
            "untouched" => assert_eq!(steps(events.rest().await), [named("3", "succeeded")]),
            _ => assert_eq!(events.next().await, Sign::Cut, "{way}"),
        }
    }
}

#[tokio::test]
async fn another_process_tells_it_too() {
    let mut app = TestApp::start().await;
    if !app.is_postgres() {
        return;
    }
    let hanging = app.hang(&app.demo).await;
    let other = app.another(&[]).await;
    let first = std::mem::replace(&mut app.url, other);
    let mut events = app.follow(&app.demo, &hanging["id"], Some("2")).await;
    app.url = first;
    app.cancel(&app.demo, &hanging["id"]).await.expect(200);
    let told = tokio::time::timeout(Duration::from_secs(20), events.rest()).await;
    assert_eq!(steps(told.expect("in time")), [named("3", "canceled")]);
}
