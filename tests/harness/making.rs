//! Having things made, and looking at what came.

use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::{Answer, PATIENCE, TestApp};

impl TestApp {
    /// `POST /v1/generations`, to be completed.
    pub fn ask(&self, key: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, "/v1/generations", key).json(body)
    }

    /// Has a model make something and waits for its end.
    pub async fn make(&self, key: &str, model: &str, input: Value) -> Value {
        let body = json!({"model": model, "input": input});
        let request = self.ask(key, &body).header("Prefer", "wait=60");
        Answer::of(request).await.expect(201)
    }

    /// Asks for a picture and waits for its end.
    pub async fn generate(&self, key: &str, prompt: &str) -> Value {
        self.make(key, "sandbox-image", json!({"prompt": prompt, "size": "256x256"}))
            .await
    }

    /// Asks for a picture and does not wait.
    pub async fn queue(&self, key: &str, prompt: &str) -> Value {
        let body = json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}});
        Answer::of(self.ask(key, &body)).await.expect(202)
    }

    /// Asks for something that never ends by itself, and sees it begin.
    pub async fn hang(&self, key: &str) -> Value {
        let generation = self.queue(key, "sandbox:hang").await;
        let begin = Instant::now();
        loop {
            let now = self.generation(key, &generation["id"]).await.expect(200);
            if now["status"] != "queued" {
                return now;
            }
            assert!(begin.elapsed() < PATIENCE, "{now} does not begin");
        }
    }

    pub async fn generation(&self, key: &str, id: &Value) -> Answer {
        self.get(&format!("/v1/generations/{}", text(id)), key).await
    }

    pub async fn cancel(&self, key: &str, id: &Value) -> Answer {
        let path = format!("/v1/generations/{}/cancel", text(id));
        Answer::of(self.request(Method::POST, &path, key)).await
    }

    /// The generation once it ended.
    pub async fn ended(&self, key: &str, id: &Value) -> Value {
        let path = format!("/v1/generations/{}", text(id));
        let request = self.request(Method::GET, &path, key).header("Prefer", "wait=60");
        let generation = Answer::of(request).await.expect(200);
        assert!(!generation["ended_at"].is_null(), "{generation} has not ended");
        generation
    }

    /// The batch once it ended.
    pub async fn batch_ended(&self, key: &str, id: &Value) -> Value {
        let path = format!("/v1/batches/{}", text(id));
        let (mut last, mut begin) = (Value::Null, Instant::now());
        loop {
            let batch = self.get(&path, key).await.expect(200);
            if !batch["ended_at"].is_null() {
                return batch;
            }
            // Many take their time; that nothing moves is what must not be.
            if batch["counts"] != last {
                (last, begin) = (batch["counts"].clone(), Instant::now());
            }
            assert!(begin.elapsed() < PATIENCE, "{batch} does not go on");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Follows a link of ours, without a key.
    pub async fn open(&self, url: &Value) -> Answer {
        Answer::of(self.client.get(text(url))).await
    }

    /// What can be spent, is set aside, and was spent.
    pub async fn balance(&self, key: &str) -> [String; 3] {
        let balance = self.get("/v1/credits", key).await.expect(200);
        ["available", "held", "spent"].map(|name| text(&balance[name]).to_owned())
    }

    /// The kinds of the ledger's entries that concern a generation, oldest first.
    pub async fn entries_of(&self, key: &str, generation: &Value) -> Vec<String> {
        let path = format!("/v1/credits/ledger?generation_id={}", text(generation));
        let page = self.get(&path, key).await.expect(200);
        let kinds = page["data"].as_array().expect("a page").iter().rev();
        kinds.map(|entry| text(&entry["kind"]).to_owned()).collect()
    }
}

/// How many times a test does what takes long: as often as the environment variable
/// says, or as often as there is time for in every run.
pub fn repetitions(variable: &str, usual: usize) -> usize {
    match std::env::var(variable) {
        Ok(asked) => asked.parse().unwrap_or_else(|_| panic!("{variable} is a number")),
        Err(_) => usual,
    }
}

/// The text that a value must be.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// One member of every item of a page, as texts.
#[track_caller]
pub fn each<'a>(page: &'a Value, member: &str) -> Vec<&'a str> {
    let items = page["data"]
        .as_array()
        .unwrap_or_else(|| panic!("{page} is no page"));
    items.iter().map(|item| text(&item[member])).collect()
}
