//! The calls of the suite, each as a user of the client would make it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use tintype_client::types::Generation;
use tintype_client::webhooks::Webhook;
use tintype_client::{Error, EventStream, HeaderMap, Method, Result, Tintype, Upload, Wait};

use crate::case::Case;
use crate::report;

/// Makes the call; dropping its future calls it off.
pub async fn make(client: &Tintype, case: &Case) -> Value {
    let made = async {
        match dispatch(client, case).await {
            Ok(line) => line,
            Err(error) => report::error(&error),
        }
    };
    let Some(seconds) = case.cancel_after else {
        return made.await;
    };
    match tokio::time::timeout(Duration::from_secs_f64(seconds), made).await {
        Ok(line) => line,
        Err(_) => json!({"error": {"family": "canceled"}}),
    }
}

/// What all calls can be told.
macro_rules! with_options {
    ($call:expr, $case:expr) => {{
        let mut call = $call;
        let options = &$case.options;
        if let Some(timeout) = options.timeout() {
            call = call.timeout(timeout);
        }
        if let Some(retries) = options.max_retries {
            call = call.max_retries(retries);
        }
        for (name, value) in &options.headers {
            call = call.header(name, value);
        }
        call
    }};
}

macro_rules! with_key {
    ($call:expr, $case:expr) => {
        match &$case.options.idempotency_key {
            Some(key) => $call.idempotency_key(key),
            None => $call,
        }
    };
}

macro_rules! respond {
    ($call:expr, $case:expr) => {
        report::response(&with_options!($call, $case).with_response().await?)
    };
}

async fn dispatch(client: &Tintype, case: &Case) -> Result<Value> {
    let id = case.id.as_str();
    let given = &case.arguments;
    Ok(match case.call.as_str() {
        "generations.create" => {
            let call = with_key!(client.generations().create(input(given)?), case);
            match case.options.wait() {
                Some(wait) => respond!(call.wait(wait), case),
                None => respond!(call, case),
            }
        }
        "generations.get" => respond!(client.generations().get(id), case),
        "generations.cancel" => respond!(client.generations().cancel(id), case),
        "generations.delete" => respond!(client.generations().delete(id), case),
        "generations.list" => items(list(client, case).items(), case).await,
        "generations.list_page" => {
            let page = list(client, case).await?;
            let (data, more, next) = (page.data, page.has_more, page.next_cursor);
            report::value(&json!({"data": data, "has_more": more, "next_cursor": next}))
        }
        "generations.wait" => wait(client.generations().wait(id), case).await,
        "generations.create_and_wait" => {
            let wanted = client.generations().create_and_wait(input(given)?);
            wait(with_key!(wanted, case), case).await
        }
        "generations.events" => {
            let opened = with_options!(client.generations().events(id), case).await?;
            items(events(opened), case).await
        }
        "keys.create" => respond!(with_key!(client.keys().create(input(given)?), case), case),
        "keys.revoke" => respond!(client.keys().revoke(id), case),
        "credits.get" => respond!(client.credits().get(), case),
        "credits.ledger" => {
            let mut call = with_options!(client.credits().ledger(), case);
            if let Some(limit) = number(given, "limit") {
                call = call.limit(limit);
            }
            if let Some(id) = text(given, "generation_id") {
                call = call.generation_id(id);
            }
            items(call.items(), case).await
        }
        "auth.logout" => respond!(client.auth().logout(), case),
        "account.get" => respond!(client.account().get(), case),
        "models.list" => respond!(client.models().list(), case),
        "models.get" => respond!(client.models().get(id), case),
        "files.get" => respond!(client.files().get(id), case),
        "files.content" => {
            with_options!(client.files().content(id), case)
                .save(&case.save_to)
                .await?;
            report::value(&())
        }
        "files.content_stream" => {
            let mut download = with_options!(client.files().content(id), case).await?;
            let (mut bytes, mut hash) = (0, Sha256::new());
            while let Some(chunk) = download.chunk().await {
                let chunk = chunk?;
                bytes += chunk.len();
                hash.update(&chunk);
            }
            let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            report::value(&json!({"bytes": bytes, "sha256": hash}))
        }
        "core.stream" => {
            let path = text(given, "path").unwrap_or_default();
            let opened: EventStream<Value> = with_options!(client.call(Method::GET, path), case).await?;
            items(events(opened), case).await
        }
        "core.upload" => {
            let mut call = client.call::<Value>(Method::POST, text(given, "path").unwrap_or_default());
            for (name, value) in given["fields"].as_object().unwrap_or(&Map::new()) {
                call = call.field(name, value.as_str().unwrap_or_default());
            }
            if let Some(file) = &case.file {
                let upload = Upload::path(&file.path)
                    .name(&file.name)
                    .content_type(&file.content_type);
                call = call.file("file", upload);
            }
            respond!(with_key!(call, case), case)
        }
        "core.patch" => {
            let body = Patch {
                name: field(given, "name"),
                vat_id: field(given, "vat_id"),
                locale: field(given, "locale"),
            };
            let call = client.call::<Value>(Method::PATCH, text(given, "path").unwrap_or_default());
            respond!(call.json(&body), case)
        }
        "webhooks.verify" => webhook(case)?,
        other => json!({"unsupported": format!("there is no call `{other}`")}),
    })
}

/// The language's input type from its JSON.
fn input<T: DeserializeOwned>(arguments: &Map<String, Value>) -> Result<T> {
    let input = serde_json::from_value(Value::Object(arguments.clone()));
    input.map_err(|error| Error::Configuration(format!("the arguments are none: {error}")))
}

fn text<'a>(arguments: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    arguments.get(name)?.as_str()
}

fn number(arguments: &Map<String, Value>, name: &str) -> Option<u32> {
    arguments.get(name)?.as_u64()?.try_into().ok()
}

fn time(arguments: &Map<String, Value>, name: &str) -> Option<Timestamp> {
    text(arguments, name)?.parse().ok()
}

fn list(client: &Tintype, case: &Case) -> tintype_client::resources::generations::ListCall {
    let given = &case.arguments;
    let mut call = with_options!(client.generations().list(), case);
    if let Some(limit) = number(given, "limit") {
        call = call.limit(limit);
    }
    macro_rules! filters {
        ($read:ident: $($name:ident),*) => {
            $(if let Some(value) = $read(given, stringify!($name)) {
                call = call.$name(value);
            })*
        };
    }
    filters!(text: cursor, status, model, kind, key_id, end_user);
    filters!(time: created_after, created_before);
    call
}

/// A library's events, as the suite writes them.
fn events<T: Serialize>(stream: EventStream<T>) -> impl Stream<Item = Result<Value>> {
    stream.map(|event| event.map(|event| json!({"event": event.event, "id": event.id, "data": event.data})))
}

async fn items<T: Serialize>(stream: impl Stream<Item = Result<T>>, case: &Case) -> Value {
    let mut stream = Box::pin(stream.take(case.take.unwrap_or(usize::MAX)));
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(json!(item)),
            Err(error) => {
                let mut line = report::error(&error);
                line["items"] = json!(items);
                return line;
            }
        }
    }
    report::value(&items)
}

async fn wait(mut wait: Wait<Generation>, case: &Case) -> Value {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    wait = wait.on_progress(move |generation| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(json!({"status": generation.status, "progress": generation.progress}));
    });
    if let Some(timeout) = case.options.wait_timeout() {
        wait = wait.timeout(timeout);
    }
    let mut line = match wait.with_response().await {
        Ok(response) => report::response(&response),
        Err(error) => report::error(&error),
    };
    line["progress"] = json!(*seen.lock().unwrap_or_else(PoisonError::into_inner));
    line
}

/// As the generated inputs tell "not given" from null.
#[derive(Serialize)]
struct Patch {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    vat_id: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<Option<String>>,
}

fn field(arguments: &Map<String, Value>, name: &str) -> Option<Option<String>> {
    let value = arguments.get("set")?.get(name)?;
    Some(value.as_str().map(str::to_owned))
}

fn webhook(case: &Case) -> Result<Value> {
    let Some(given) = &case.webhook else {
        return Ok(json!({"unsupported": "the case has no webhook"}));
    };
    let mut headers = HeaderMap::new();
    for (name, value) in &given.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<tintype_client::HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    let event = Webhook::new(&given.secret)?.verify(&headers, given.body.as_bytes())?;
    Ok(report::value(&event))
}
