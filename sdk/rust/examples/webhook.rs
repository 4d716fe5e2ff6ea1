//! Receives webhooks on port 9000: `TINTYPE_WEBHOOK_SECRET=whsec_… cargo run --example webhook`.
//!
//! A web framework hands out headers and body likewise; what matters is that the body is taken
//! as it came, and that the answer comes soon.

use std::convert::Infallible;
use std::error::Error;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tintype_client::webhooks::{Webhook, WebhookEvent};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let webhook = Webhook::new(&std::env::var("TINTYPE_WEBHOOK_SECRET")?)?;
    let listener = TcpListener::bind("127.0.0.1:9000").await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (connection, _) = listener.accept().await?;
        let webhook = webhook.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| receive(&webhook, request));
            let served = http1::Builder::new().serve_connection(TokioIo::new(connection), service);
            if let Err(error) = served.await {
                eprintln!("{error}");
            }
        });
    }
}

async fn receive(webhook: &Webhook, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let status = match body.collect().await {
        Err(_) => 400,
        Ok(body) => match webhook.verify(&head.headers, &body.to_bytes()) {
            Ok(event) => {
                // The same event may come twice: remember `webhook-id`.
                handle(&event);
                204
            }
            Err(error) => {
                eprintln!("{error}");
                400
            }
        },
    };
    let mut response = Response::default();
    *response.status_mut() = status.try_into().unwrap_or_default();
    Ok(response)
}

fn handle(event: &WebhookEvent) {
    match event {
        WebhookEvent::Unknown(event) => println!("{}: {}", event.kind, event.data),
        event => println!("{}", event.kind()),
    }
}
