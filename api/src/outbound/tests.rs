//! Tricks that lead elsewhere open no connection. A listener counts.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::names::{Lookup, system};
use super::{Client, Failure, Message, Refused};

/// Answers everything with `answer`, and counts connections.
async fn listener(address: &str, answer: String) -> Option<(u16, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind(address).await.ok()?;
    let port = listener.local_addr().ok()?.port();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut read = [0; 4096];
                drop(stream.read(&mut read).await);
                drop(stream.write_all(answer.as_bytes()).await);
            });
        }
    });
    Some((port, count))
}

fn ok() -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".to_owned()
}

async fn post(client: &Client, url: &str) -> Result<super::Answer, Failure> {
    let message = Message {
        headers: vec![],
        body: "{}".to_owned(),
        ask: Box::pin(async { Some(Box::new(()) as Box<dyn Send>) }),
    };
    client.post_json(url, message, Duration::from_secs(2), 100).await
}

/// Every way to write an address of this machine or of what is near it, `PORT` to be filled in.
const TRICKS: &[&str] = &[
    "https://127.0.0.1:PORT/",
    "https://127.1:PORT/",
    "https://127.0.1:PORT/",
    "https://2130706433:PORT/",
    "https://0x7f000001:PORT/",
    "https://0x7f.0.0.1:PORT/",
    "https://0x7f.0x0.0x0.0x1:PORT/",
    "https://0177.0.0.1:PORT/",
    "https://0177.0.0.01:PORT/",
    "https://017700000001:PORT/",
    "https://0x7F.1:PORT/",
    "https://127.0.0.1.:PORT/",
    "https://127.0.0.2:PORT/",
    "https://127.127.127.127:PORT/",
    "https://0.0.0.0:PORT/",
    "https://0:PORT/",
    "https://0x0:PORT/",
    "https://00000000000:PORT/",
    "https://１２７.０.０.１:PORT/",
    "https://①②⑦.⓪.⓪.①:PORT/",
    "https://127。0。0。1:PORT/",
    "https://127%2e0%2e0%2e1:PORT/",
    "https://%31%32%37.0.0.1:PORT/",
    "https://localhost:PORT/",
    "https://LOCALHOST:PORT/",
    "https://localhost.:PORT/",
    "https://ⓛocalhost:PORT/",
    "https://app.localhost:PORT/",
    "https://[::1]:PORT/",
    "https://[0:0:0:0:0:0:0:1]:PORT/",
    "https://[0000::1]:PORT/",
    "https://[::]:PORT/",
    "https://[::ffff:127.0.0.1]:PORT/",
    "https://[::ffff:7f00:1]:PORT/",
    "https://[::ffff:0:127.0.0.1]:PORT/",
    "https://[::127.0.0.1]:PORT/",
    "https://[64:ff9b::127.0.0.1]:PORT/",
    "https://[64:ff9b:1::7f00:1]:PORT/",
    "https://[2002:7f00:1::]:PORT/",
    "https://[2001:0:7f00:1::]:PORT/",
    "https://[fe80::1]:PORT/",
    "https://[fe80::1%25lo]:PORT/",
    "https://[fe80::1%lo]:PORT/",
    "https://[fc00::1]:PORT/",
    "https://[fd00:ec2::254]:PORT/",
    "https://[ff02::1]:PORT/",
    "https://10.0.0.1:PORT/",
    "https://172.16.0.1:PORT/",
    "https://192.168.0.1:PORT/",
    "https://100.64.0.1:PORT/",
    "https://169.254.169.254:PORT/latest/meta-data/",
    "https://2852039166:PORT/latest/meta-data/",
    "https://168.63.129.16:PORT/",
    "https://224.0.0.1:PORT/",
    "https://255.255.255.255:PORT/",
    "https://user:password@127.0.0.1:PORT/",
    "https://example.com@127.0.0.1:PORT/",
    "https://127.0.0.1:PORT\\@example.com/",
    "https://example.com:443@127.0.0.1:PORT/",
    "https:127.0.0.1:PORT/",
    "https:/127.0.0.1:PORT/",
    "https:\\\\127.0.0.1:PORT\\",
    "https://\t127.0.0.1:PORT/",
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "//127.0.0.1:PORT/",
    "ftp://127.0.0.1:PORT/",
    "gopher://127.0.0.1:PORT/",
    "file:///etc/passwd",
    "unix:///var/run/docker.sock",
];

#[tokio::test]
async fn no_trick_opens_a_connection() {
    let (port, count) = listener("0.0.0.0:0", ok()).await.unwrap();
    let six = listener(&format!("[::1]:{port}"), ok()).await;
    let client = Client::new(&[]);
    assert!(TRICKS.len() >= 60);
    for trick in TRICKS {
        let url = trick.replace("PORT", &port.to_string());
        let told = post(&client, &url).await;
        assert!(
            matches!(told, Err(Failure::Refused(_))),
            "{trick} is not refused: {told:?}"
        );
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
    if let Some((_, six)) = six {
        assert_eq!(six.load(Ordering::SeqCst), 0);
    }

    // The listener does count: an opened network is reached, by number and by name.
    let opened = Client::new(&["127.0.0.1/32".parse().unwrap()]);
    for host in ["127.0.0.1", "2130706433", "localhost"] {
        let answer = post(&opened, &format!("http://{host}:{port}/")).await.unwrap();
        assert_eq!((answer.status, answer.excerpt.as_str()), (200, "ok"));
    }
    assert_eq!(count.load(Ordering::SeqCst), 3);
    let beside = post(&opened, &format!("http://127.0.0.2:{port}/")).await;
    assert_eq!(beside, Err(Failure::Refused(Refused::NotPublic)));
    assert_eq!(count.load(Ordering::SeqCst), 3);
}

/// Names that lie: each is this machine, as such, or written as an IPv6 address.
fn liars() -> (Lookup, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let lookup: Lookup = Arc::new(move |name: String| {
        counted.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let inside: IpAddr = [127, 0, 0, 1].into();
            let mapped: IpAddr = "::ffff:127.0.0.1".parse().expect("an address");
            Ok(match name.as_str() {
                "mapped.example" => vec![mapped],
                _ => vec![inside, "::1".parse().expect("an address"), [10, 0, 0, 1].into()],
            })
        })
    });
    (lookup, asked)
}

#[tokio::test]
async fn no_name_that_lies_opens_a_connection() {
    let (port, count) = listener("0.0.0.0:0", ok()).await.unwrap();
    let (lookup, asked) = liars();
    let client = Client::asking(&[], lookup);
    for name in ["inside", "mapped", "inside", "mapped"] {
        let told = post(&client, &format!("https://{name}.example:{port}/")).await;
        assert_eq!(told, Err(Failure::Refused(Refused::NotPublic)), "{name}");
    }
    // Each connection asks once: no second answer is ever connected to.
    assert_eq!(asked.load(Ordering::SeqCst), 4);
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_is_looked_up_once_and_connected_to_as_it_was_checked() {
    let (port, count) = listener("127.0.0.1:0", ok()).await.unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    // What was opened when it was checked would be closed the second time.
    let lookup: Lookup = Arc::new(move |_| {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move { Ok(vec![if first { [127, 0, 0, 1] } else { [127, 0, 0, 2] }.into()]) })
    });
    let client = Client::asking(&["127.0.0.1/32".parse().unwrap()], lookup);
    let url = format!("http://rebinding.example:{port}/");
    assert_eq!(post(&client, &url).await.unwrap().status, 200);
    assert_eq!(
        post(&client, &url).await,
        Err(Failure::Refused(Refused::NotPublic))
    );
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_another() {
    let (inside, count) = listener("127.0.0.2:0", ok()).await.unwrap();
    let to = format!("HTTP/1.1 307 Go\r\nLocation: http://127.0.0.2:{inside}/\r\nContent-Length: 0\r\n\r\n");
    let (port, _) = listener("127.0.0.1:0", to).await.unwrap();
    let opened = ["127.0.0.1/32".parse().unwrap(), "127.0.0.2/32".parse().unwrap()];
    let client = Client::asking(&opened, system());
    let answer = post(&client, &format!("http://127.0.0.1:{port}/")).await.unwrap();
    assert_eq!(answer.status, 307);
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_answer_without_end_is_read_to_a_point() {
    let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", "a".repeat(1 << 20));
    let (port, _) = listener("127.0.0.1:0", endless).await.unwrap();
    let client = Client::new(&["127.0.0.1/32".parse().unwrap()]);
    let answer = post(&client, &format!("http://127.0.0.1:{port}/")).await.unwrap();
    assert_eq!(answer.excerpt, "a".repeat(100));
}

#[tokio::test]
async fn a_body_that_is_withdrawn_never_goes_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut all = String::new();
        drop(stream.read_to_string(&mut all).await);
        all
    });
    let client = Client::new(&["127.0.0.1/32".parse().unwrap()]);
    let message = Message {
        headers: vec![],
        body: "{\"a\": \"secret\"}".to_owned(),
        ask: Box::pin(async { None }),
    };
    let told = client.post_json(&url, message, Duration::from_secs(2), 100).await;
    assert!(matches!(told, Err(Failure::Withdrawn(_))), "{told:?}");
    let heard = heard.await.unwrap();
    assert!(!heard.contains("secret"), "{heard}");
}

#[tokio::test]
async fn what_is_held_is_let_go_with_the_body_and_a_status_needs_no_body() {
    let drips = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nw".to_owned();
    let (port, _) = listener("127.0.0.1:0", drips).await.unwrap();
    let client = Client::new(&["127.0.0.1/32".parse().unwrap()]);
    let held = Arc::new(());
    let guard = Arc::clone(&held);
    let message = Message {
        headers: vec![],
        body: "{}".to_owned(),
        ask: Box::pin(async { Some(Box::new(guard) as Box<dyn Send>) }),
    };
    let url = format!("http://127.0.0.1:{port}/");
    let answer = client
        .post_json(&url, message, Duration::from_secs(2), 100)
        .await
        .unwrap();
    assert_eq!((answer.status, answer.excerpt.as_str()), (200, "w"));
    assert_eq!(Arc::strong_count(&held), 1, "it is let go");
}
