//! Strangers who misuse their connections: they are shown the door, and nobody
//! else notices.

use std::cell::Cell;
use std::time::{Duration, Instant};

use futures_util::future::{join, join_all};
use harness::{Answer, PATIENCE, TestApp, Wish};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

const MOST_MEMORY: u64 = 150 << 20;

async fn connect(app: &TestApp) -> TcpStream {
    let address = app.url.trim_start_matches("http://");
    TcpStream::connect(address).await.expect("it accepts")
}

/// What everybody else does meanwhile, until `strangers` are done.
async fn as_usual<T>(app: &TestApp, strangers: impl Future<Output = T>) -> T {
    let done = Cell::new(false);
    let strangers = async {
        let came_to = strangers.await;
        done.set(true);
        came_to
    };
    let usual = async {
        while !done.get() {
            app.get("/v1/models", "").await.expect(200);
            app.generate(&app.demo, "a pear").await;
            let memory = app.process.memory();
            assert!(memory < MOST_MEMORY, "{} MB", memory >> 20);
        }
    };
    join(strangers, usual).await.0
}

#[tokio::test]
async fn five_hundred_who_drip_or_say_nothing_are_shown_out() {
    let app = TestApp::start().await;
    let mut strangers = Vec::new();
    for at in 0..500 {
        strangers.push(tokio::spawn(stay(connect(&app).await, at)));
    }
    let stayed = as_usual(&app, join_all(strangers)).await;
    let stayed: Vec<Duration> = stayed
        .into_iter()
        .map(|stayed| stayed.expect("it ended"))
        .collect();
    let longest = stayed.iter().max().expect("five hundred");
    assert!(*longest < Duration::from_secs(15), "{longest:?}");
}

/// Drips, stops in the middle or says nothing, until it is shown out.
async fn stay(mut stream: TcpStream, at: usize) -> Duration {
    let begin = Instant::now();
    let opening: &[u8] = match at % 10 {
        0 => b"",
        1 => b"GET /v1/mod",
        _ => b"GET /v1/models HTTP/1.1\r\nHost: a\r\nX-Drip: ",
    };
    // What fails to be written shows in what is read.
    drop(stream.write_all(opening).await);
    let mut bytes = [0; 1024];
    loop {
        match timeout(Duration::from_millis(500), stream.read(&mut bytes)).await {
            Ok(Ok(0) | Err(_)) => return begin.elapsed(),
            Ok(Ok(_)) => {}
            Err(_) if at % 10 > 1 => drop(stream.write_all(b"a").await),
            Err(_) => {}
        }
        assert!(begin.elapsed() < PATIENCE, "nobody showed {at} out");
    }
}

#[tokio::test]
async fn garbage_ends_its_own_connection() {
    let app = TestApp::start().await;
    let long = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "a".repeat(100_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(10_000));
    let garbage: [&[u8]; 8] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 hello, is this TLS?\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnot a frame, nor another",
        b"POST /v1/generations HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /v1/models HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        long.as_bytes(),
        many.as_bytes(),
    ];
    for bytes in garbage {
        // Alone, and behind a request that is none of its fault.
        for before in ["", "GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n"] {
            let mut stream = connect(&app).await;
            drop(stream.write_all(&[before.as_bytes(), bytes].concat()).await);
            let mut said = Vec::new();
            let ended = timeout(Duration::from_secs(15), stream.read_to_end(&mut said)).await;
            assert!(ended.is_ok(), "{} stays", String::from_utf8_lossy(&bytes[..20]));
            let said = String::from_utf8_lossy(&said);
            assert!(!said.contains("HTTP/1.1 5"), "{said}");
        }
    }
    app.generate(&app.demo, "a pear").await;
    assert!(!app.log().contains("ERROR"), "{}", app.log());
}

/// What the protocol refuses before anything of ours sees it.
const REFUSED: [(&str, &[u8], u16, &str); 6] = [
    (
        "a raw byte",
        b"GET /v1/mod\xffels HTTP/1.1\r\nHost: a\r\n\r\n",
        400,
        "malformed_request",
    ),
    (
        "a space",
        b"GET /v1/a model HTTP/1.1\r\nHost: a\r\n\r\n",
        400,
        "malformed_request",
    ),
    (
        "a version",
        b"GET /v1/models HTTP/9.9\r\nHost: a\r\n\r\n",
        400,
        "malformed_request",
    ),
    (
        "a length",
        b"POST /v1/generations HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        400,
        "malformed_request",
    ),
    ("40 KB of cookies", b"Cookie", 431, "headers_too_large"),
    ("150 headers", b"X-", 431, "headers_too_large"),
];

/// The bytes of a refused request.
fn refused(name: &str, bytes: &[u8]) -> Vec<u8> {
    let headers = match name {
        "40 KB of cookies" => format!("Cookie: {}\r\n", "a".repeat(40_000)),
        "150 headers" => (0..150).map(|at| format!("X-{at}: a\r\n")).collect(),
        _ => return bytes.to_vec(),
    };
    format!("GET /v1/models HTTP/1.1\r\nHost: a\r\n{headers}\r\n").into_bytes()
}

/// Whether these bytes are one whole problem, as all others are.
fn is_problem(name: &str, said: &str, status: u16, code: &str) {
    let (head, body) = said.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    assert!(
        first.starts_with(&format!("HTTP/1.1 {status} ")),
        "{name}: {first}"
    );
    let fields: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
    let field = |wanted: &str| {
        let mut values = fields
            .iter()
            .filter(|(field, _)| field.eq_ignore_ascii_case(wanted));
        let value = values
            .next()
            .unwrap_or_else(|| panic!("{name}: no {wanted} in {head}"));
        assert!(values.next().is_none(), "{name}: two of {wanted} in {head}");
        value.1
    };
    assert_eq!(field("content-type"), "application/problem+json");
    assert_eq!(field("content-length"), body.len().to_string());
    assert_eq!(field("connection"), "close");
    assert_eq!(field("cache-control"), "no-store");
    assert!(!field("date").is_empty());
    let problem: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(problem["request_id"], field("x-request-id"));
    assert_eq!(
        (&problem["status"], &problem["code"]),
        (&json!(status), &json!(code)),
        "{name}"
    );
    assert!(
        problem["type"]
            .as_str()
            .is_some_and(|page| page.ends_with(&format!("/problems/{code}")))
    );
    assert_eq!(problem["instance"], "*");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 40));
}

#[tokio::test]
async fn what_the_protocol_refuses_is_a_problem_too() {
    let app = TestApp::start().await;
    let before = "GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n";
    for (name, bytes, status, code) in REFUSED {
        let bytes = refused(name, bytes);
        let mut stream = connect(&app).await;
        stream.write_all(&bytes).await.expect("it is sent");
        let mut said = String::new();
        stream
            .read_to_string(&mut said)
            .await
            .expect("it is read to its end");
        is_problem(name, &said, status, code);
        // Behind a request that is none of its fault: both answers come.
        let mut stream = connect(&app).await;
        stream.write_all(before.as_bytes()).await.expect("it is sent");
        let mut first = vec![0; 64];
        stream.read_exact(&mut first).await.expect("the first answer");
        assert!(first.starts_with(b"HTTP/1.1 200 OK\r\n"));
        stream.write_all(&bytes).await.expect("it is sent");
        // The connection may live on where it is ours to refuse.
        let mut said = Vec::new();
        let whole = format!("\"code\":\"{code}\"");
        let ended = async {
            while !String::from_utf8_lossy(&said).contains(&whole) {
                assert_ne!(stream.read_buf(&mut said).await.expect("it is read"), 0, "{name}");
            }
        };
        timeout(PATIENCE, ended).await.expect("a second answer");
        let said = String::from_utf8_lossy(&said);
        let second = said.rfind("HTTP/1.1 ").expect("its first line");
        assert!(
            said[second..].starts_with(&format!("HTTP/1.1 {status} ")),
            "{name}"
        );
    }
    // As a client has it.
    let cookies = app
        .request(Method::GET, "/v1/models", "")
        .header("Cookie", "a".repeat(40_000));
    Answer::of(cookies).await.problem(431, "headers_too_large");
    let page = app.get("/problems/headers_too_large", "").await;
    assert_eq!(page.status, 200);
    app.get("/v1/models", "").await.expect(200);
}

#[tokio::test]
async fn what_http_2_refuses_is_a_problem_too() {
    let app = TestApp::start().await;
    let (client, connection) = h2::client::handshake(connect(&app).await).await.expect("HTTP/2");
    tokio::spawn(connection);
    let uri = format!("{}/v1/models", app.url);
    for (length, status) in [(40_000, 431), (20_000, 200)] {
        let request = http::Request::get(&uri).header("cookie", "a".repeat(length));
        let mut client = client.clone().ready().await.expect("room for a stream");
        let (answer, _) = client
            .send_request(request.body(()).expect("a request"), true)
            .expect("it is sent");
        let answer = answer.await.expect("an answer");
        assert_eq!(answer.status().as_u16(), status);
        let id = answer.headers()["x-request-id"]
            .to_str()
            .expect("text")
            .to_owned();
        let mut body = answer.into_body();
        let mut bytes = Vec::new();
        while let Some(chunk) = body.data().await {
            bytes.extend_from_slice(&chunk.expect("it comes whole"));
        }
        let said: Value = serde_json::from_slice(&bytes).expect("JSON");
        if status == 431 {
            assert_eq!(
                (&said["code"], &said["request_id"]),
                (&json!("headers_too_large"), &json!(id))
            );
        }
    }
}

#[tokio::test]
async fn streams_that_are_reset_at_once_do_no_harm() {
    let app = TestApp::start().await;
    let (mut client, connection) = h2::client::handshake(connect(&app).await).await.expect("HTTP/2");
    let connection = tokio::spawn(connection);
    let uri = format!("{}/v1/models", app.url);
    let flood = async {
        let mut sent = 0;
        while sent < 20_000 {
            let Ok(ready) = client.clone().ready().await else {
                return sent;
            };
            client = ready;
            let request = http::Request::get(&uri).body(()).expect("a request");
            let Ok((_, mut stream)) = client.send_request(request, true) else {
                return sent;
            };
            stream.send_reset(h2::Reason::CANCEL);
            sent += 1;
            // Lets the frames out.
            tokio::task::yield_now().await;
        }
        sent
    };
    let sent = as_usual(&app, timeout(Duration::from_secs(30), flood)).await;
    println!("{sent:?} streams were opened and reset");
    connection.abort();
    app.generate(&app.demo, "a pear").await;
}

#[tokio::test]
async fn a_connection_carries_a_hundred_streams_at_a_time() {
    let app = TestApp::start().await;
    let (client, connection) = h2::client::handshake(connect(&app).await).await.expect("HTTP/2");
    tokio::spawn(connection);
    let uri = format!("{}/v1/models", app.url);
    // The first answer comes with the server's settings.
    let request = http::Request::get(&uri).body(()).expect("a request");
    let (first, _) = client.clone().send_request(request, true).expect("it is sent");
    assert_eq!(first.await.expect("an answer").status(), 200);
    assert_eq!(client.current_max_send_streams(), 100);
    let answers = (0..1000).map(async |_| {
        let mut client = client.clone().ready().await.expect("room for a stream");
        let request = http::Request::get(&uri).body(()).expect("a request");
        let (answer, _) = client.send_request(request, true).expect("it is sent");
        answer.await.expect("an answer").status().as_u16()
    });
    let answers = as_usual(&app, join_all(answers.collect::<Vec<_>>())).await;
    assert_eq!(answers, vec![200; 1000]);
}

#[tokio::test]
async fn who_leaves_early_has_asked_all_the_same_or_not_at_all() {
    let app = TestApp::with(&[("TINTYPE_LIMITS_CONCURRENT_GENERATIONS", "1000")]).await;
    let body = json!({"model": "sandbox-image", "input": {"prompt": "a pear", "size": "256x256"}});
    let text = body.to_string();
    for at in 0..200 {
        let mut stream = connect(&app).await;
        let head = format!(
            "POST /v1/generations HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\nIdempotency-Key: left {at}\r\n\
             Prefer: wait=10\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            app.demo,
            text.len()
        );
        stream
            .write_all((head + &text).as_bytes())
            .await
            .expect("it is sent");
        // At any moment: before it is read, while it is admitted, while it waits.
        sleep(Duration::from_micros(at * 50)).await;
        // A reset, by which hyper drops the handler; not a polite end.
        stream.set_zero_linger().expect("a socket");
    }
    app.audit();
    let mut wishes = Vec::new();
    for at in 0..200 {
        let key = format!("left {at}");
        let again = || app.ask(&app.demo, &body).header("Idempotency-Key", &key);
        let answer = Answer::of(again()).await;
        assert!(matches!(answer.status, 201 | 202), "{}", answer.json);
        let id = answer.json["id"].clone();
        app.ended(&app.demo, &id).await;
        wishes.push(Wish { key, id });
    }
    app.all_ended_once(&wishes).await;
}

#[tokio::test]
async fn a_stop_does_not_wait_for_those_who_say_nothing() {
    let mut app = TestApp::start().await;
    let mut streams = Vec::new();
    for at in 0..50 {
        let mut stream = connect(&app).await;
        let begun: &[u8] = match at % 3 {
            0 => b"",
            1 => b"GET /v1/models HT",
            _ => b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        };
        stream.write_all(begun).await.expect("it is sent");
        streams.push(stream);
    }
    app.generate(&app.demo, "a pear").await;
    let took = app.process.stop();
    assert!(took < Duration::from_secs(5), "{took:?}");
    app.restart_after_stop().await;
    Answer::of(app.request(Method::GET, "/readyz", "")).await;
}
