//! A client that costs little: one connection, one request after the other,
//! bytes prepared beforehand.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const BODY: &str = r#"{"model":"sandbox-image","input":{"prompt":"a boat","size":"256x256"}}"#;

/// Has generations accepted until `until`, and returns how long each took.
pub async fn accept(address: &str, key: &str, name: &str, until: Instant) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).await.expect("it accepts");
    stream.set_nodelay(true).expect("a socket");
    let mut took = Vec::new();
    let mut answer = vec![0; 16 * 1024];
    for at in 0.. {
        let begin = Instant::now();
        if begin >= until {
            break;
        }
        let request = format!(
            "POST /v1/generations HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
             Idempotency-Key: {name} {at}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
            BODY.len()
        );
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut filled = 0;
        while !is_whole(&answer[..filled]) {
            let count = stream.read(&mut answer[filled..]).await.expect("an answer");
            assert!(count > 0, "it hung up");
            filled += count;
        }
        let answer = &answer[..filled];
        assert!(
            answer.starts_with(b"HTTP/1.1 202"),
            "{}",
            String::from_utf8_lossy(answer)
        );
        took.push(begin.elapsed());
    }
    took
}

fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok());
    answer.len() == end + 4 + length.expect("a length")
}
