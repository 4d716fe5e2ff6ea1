//! A real Tintype in its sandbox, and what the live cases find there.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::Fallible;
use crate::case::{After, Given};
use crate::fill::Words;

pub struct Live {
    pub url: String,
    demo: String,
    binary: PathBuf,
    data: PathBuf,
    http: reqwest::Client,
    _process: Child,
}

/// A key, and what was made with it.
#[derive(Clone)]
pub struct Prepared {
    pub secret: String,
    pub key_id: String,
    pub words: Words,
}

impl Live {
    pub async fn start(binary: &Path, folder: &Path) -> Fallible<Self> {
        let data = folder.join("data");
        let mut process = Command::new(binary)
            .arg("serve")
            .env_clear()
            .envs(settings(&data))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("tintype.log"))?)
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(process.stdout.take().ok_or("no pipe")?).lines();
        let (mut url, mut demo) = (String::new(), String::new());
        // The greeting is printed once it serves; its last line says how to stop.
        while let Some(line) = timeout(Duration::from_secs(60), lines.next_line()).await?? {
            if let Some(address) = line.trim().strip_prefix("Address") {
                address.trim().clone_into(&mut url);
            }
            if let Some(key) = line.trim().strip_prefix("Test key") {
                key.trim().clone_into(&mut demo);
            }
            if line.contains("Ctrl-C") {
                break;
            }
        }
        if url.is_empty() || demo.is_empty() {
            return Err("Tintype did not start".into());
        }
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self {
            url,
            demo,
            binary: binary.to_owned(),
            data,
            http: reqwest::Client::builder().build()?,
            _process: process,
        })
    }

    /// What the case finds.
    pub async fn prepare(&self, name: &str, given: Option<&Given>) -> Fallible<Prepared> {
        let kind = given.and_then(|given| given.key.as_deref()).unwrap_or_default();
        let (key_id, secret) = match kind {
            "poor" => self.live_key().await?,
            "reader" => self.key(name, &["generations:read"]).await?,
            _ => {
                let scopes = [
                    "generations:read",
                    "generations:write",
                    "files:read",
                    "credits:read",
                ];
                self.key(name, &[&scopes[..], &["keys:read", "keys:write"]].concat())
                    .await?
            }
        };
        let mut words = Words::default();
        words.set("key_id", key_id.as_str());
        let mut ids = Vec::new();
        for index in 0..given.map_or(0, |given| given.generations) {
            let input = json!({"prompt": format!("{name} {index}"), "size": "256x256"});
            let body = json!({"model": "sandbox-image", "input": input});
            let made = self
                .ask(&secret, Method::POST, "/v1/generations", Some(&body))
                .await?;
            words.set("generation", made["id"].clone());
            words.set("file", made["outputs"][0]["file_id"].clone());
            words.set("sha256", made["outputs"][0]["sha256"].clone());
            ids.insert(0, json!({"id": made["id"], "status": "succeeded"}));
        }
        words.set("generations, newest first", ids);
        if let Some(body) = given.and_then(|given| given.generation.as_ref()) {
            let made = self.create_unwaited(&secret, body).await?;
            words.set("generation", made["id"].clone());
        }
        if kind == "revoked" {
            self.ask(&self.demo, Method::DELETE, &format!("/v1/keys/{key_id}"), None)
                .await?;
        }
        Ok(Prepared {
            secret,
            key_id,
            words,
        })
    }

    /// What the books say against what they should.
    pub async fn misses(&self, prepared: &Prepared, after: &After) -> Fallible<Vec<String>> {
        let mut misses = Vec::new();
        let list = format!("/v1/generations?limit=100&key_id={}", prepared.key_id);
        let made = self.settled(&list).await?;
        if made.len() != after.generations {
            misses.push(format!(
                "{} generations were made, not {}",
                made.len(),
                after.generations
            ));
        }
        let (mut captured, mut captures) = (Vec::new(), 0);
        for generation in &made {
            captured.push(
                generation["cost"]["captured"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            );
            let ledger = format!(
                "/v1/credits/ledger?limit=100&generation_id={}",
                text(&generation["id"])
            );
            let entries = self.ask(&self.demo, Method::GET, &ledger, None).await?;
            let entries = entries["data"].as_array().cloned().unwrap_or_default();
            captures += entries.iter().filter(|entry| entry["kind"] == "capture").count();
        }
        if let Some(expected) = &after.captured {
            let charges = usize::from(expected != "0");
            if captured != vec![expected.clone(); made.len()] || captures != charges {
                misses.push(format!(
                    "{captures} charges of {captured:?}, not {charges} of {expected}"
                ));
            }
        }
        Ok(misses)
    }

    /// The generations of a list, once all have ended.
    async fn settled(&self, list: &str) -> Fallible<Vec<Value>> {
        let made = self.ask(&self.demo, Method::GET, list, None).await?;
        let made = made["data"].as_array().cloned().unwrap_or_default();
        let mut ended = Vec::new();
        for generation in made {
            let path = format!("/v1/generations/{}", text(&generation["id"]));
            ended.push(self.ask(&self.demo, Method::GET, &path, None).await?);
        }
        Ok(ended)
    }

    async fn key(&self, name: &str, scopes: &[&str]) -> Fallible<(String, String)> {
        let body = json!({"name": name, "scopes": scopes});
        let key = self
            .ask(&self.demo, Method::POST, "/v1/keys", Some(&body))
            .await?;
        Ok((text(&key["id"]).to_owned(), text(&key["secret"]).to_owned()))
    }

    /// A key for paid use, in an account that never paid.
    async fn live_key(&self) -> Fallible<(String, String)> {
        let output = Command::new(&self.binary)
            .args(["key", "new", "--live", "--email", "demo@tintype.example"])
            .env_clear()
            .envs(settings(&self.data))
            .output()
            .await?;
        let printed = String::from_utf8(output.stdout)?;
        let mut words = printed.split_whitespace();
        let secret = words
            .find(|word| word.starts_with("tt_live_"))
            .ok_or_else(|| format!("no key: {printed}{}", String::from_utf8_lossy(&output.stderr)))?;
        Ok((String::new(), secret.to_owned()))
    }

    async fn create_unwaited(&self, key: &str, body: &Value) -> Fallible<Value> {
        let request = self.http.post(format!("{}/v1/generations", self.url));
        let response = request.bearer_auth(key).json(body).send().await?;
        Ok(response.error_for_status()?.json().await?)
    }

    async fn ask(&self, key: &str, method: Method, path: &str, body: Option<&Value>) -> Fallible<Value> {
        let mut request = self.http.request(method, format!("{}{path}", self.url));
        request = request.bearer_auth(key).header("Prefer", "wait=30");
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await?;
        let (status, answer) = (response.status(), response.text().await?);
        if !status.is_success() {
            return Err(format!("{path}: {status} {answer}").into());
        }
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    }
}

fn settings(data: &Path) -> [(&'static str, String); 7] {
    [
        ("TINTYPE_LISTEN", "127.0.0.1:0".to_owned()),
        ("TINTYPE_DATA_DIR", data.display().to_string()),
        ("TINTYPE_CREDITS_TEST_GRANT", "100000".to_owned()),
        ("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "100000".to_owned()),
        ("TINTYPE_LIMITS_REFUSALS_PER_MINUTE", "100000".to_owned()),
        ("TINTYPE_LOG_LEVEL", "info".to_owned()),
        ("PATH", std::env::var("PATH").unwrap_or_default()),
    ]
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
