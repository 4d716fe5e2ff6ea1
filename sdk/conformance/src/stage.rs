//! Everything that one case needs around it: a scripted server or a prepared real one, a
//! file to send, a path to save to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::net::TcpSocket;

use crate::Fallible;
use crate::answer::Fixtures;
use crate::bytes;
use crate::case::{Case, Task};
use crate::fill::Words;
use crate::live::{Live, Prepared};
use crate::proxy::Proxy;
use crate::server::{Seen, Server};
use crate::webhook;

/// Looks like a key, opens nothing.
const API_KEY: &str = "tt_test_C0nf0rmanceC0nf0rmanceC0nf0rm2Vw3Xy";

pub struct Stage {
    /// As it was written.
    pub raw: Value,
    pub case: Case,
    pub task: Task,
    pub words: Words,
    pub save_to: Option<PathBuf>,
    pub live: Option<Prepared>,
    /// What came, where somebody could see it.
    pub seen: Option<Seen>,
    /// The address of a client that is made from the environment, with its key.
    pub environment: Option<(String, String)>,
    _servers: (Option<Server>, Option<Proxy>),
}

pub struct Builder<'a> {
    pub language: &'a str,
    /// The language, and its variant where it has several.
    pub title: &'a str,
    pub folder: &'a Path,
    pub fixtures: &'a Arc<Fixtures>,
    pub live: Option<&'a Live>,
    /// Of cases that share their key.
    pub shared: Vec<(String, Prepared)>,
    /// Bound, but not listening: nobody else gets the port.
    nobody: TcpSocket,
}

impl<'a> Builder<'a> {
    pub fn new(
        (language, title): (&'a str, &'a str),
        folder: &'a Path,
        fixtures: &'a Arc<Fixtures>,
        live: Option<&'a Live>,
    ) -> Fallible<Self> {
        let nobody = TcpSocket::new_v4()?;
        nobody.bind("127.0.0.1:0".parse()?)?;
        Ok(Self {
            language,
            title,
            folder,
            fixtures,
            live,
            shared: Vec::new(),
            nobody,
        })
    }

    pub async fn build(&mut self, raw: &Value) -> Fallible<Stage> {
        let case: Case = serde_json::from_value(raw.clone())?;
        let mut words = Words::default();
        let nobody = format!("http://{}", self.nobody.local_addr()?);
        words.set("nobody", nobody.as_str());
        words.set("language", self.language);
        words.set("runner", self.title);
        let (mut base_url, mut api_key) = (nobody, API_KEY.to_owned());
        let (mut server, mut proxy, mut prepared, mut seen) = (None, None, None, None);
        if let Some(steps) = &case.server {
            let started = Server::start(steps.clone(), Arc::clone(self.fixtures)).await?;
            started.url.clone_into(&mut base_url);
            seen = Some(started.seen());
            server = Some(started);
        } else if case.webhook.is_none() {
            let live = self.live.ok_or("there is no live server")?;
            let made = self.prepared(live, &case).await?;
            live.url.clone_into(&mut base_url);
            made.secret.clone_into(&mut api_key);
            words.extend(made.words.clone());
            if let Some(given) = case.given.as_ref().and_then(|given| given.proxy.as_ref()) {
                let started = Proxy::start(&live.url, given.swallow).await?;
                started.url.clone_into(&mut base_url);
                seen = Some(started.seen());
                proxy = Some(started);
            }
            prepared = Some(made);
        }
        words.set("server", base_url.as_str());
        words.set("api_key", api_key.as_str());
        let mut filled = raw.clone();
        words.fill(&mut filled);
        let case: Case = serde_json::from_value(filled)?;
        let environment = (case.client == "environment").then(|| (base_url.clone(), api_key.clone()));
        let save_to = case
            .save_to
            .then(|| self.folder.join(format!("{}.saved", case.name)));
        let task = self.task(&case, &base_url, &api_key, save_to.as_deref())?;
        Ok(Stage {
            raw: raw.clone(),
            case,
            task,
            words,
            save_to,
            live: prepared,
            seen,
            environment,
            _servers: (server, proxy),
        })
    }

    async fn prepared(&mut self, live: &Live, case: &Case) -> Fallible<Prepared> {
        let shared = case.given.as_ref().and_then(|given| given.key.clone());
        let shared = shared.filter(|key| key == "replay");
        if let Some((_, made)) = self.shared.iter().find(|(key, _)| Some(key) == shared.as_ref()) {
            return Ok(made.clone());
        }
        let made = live.prepare(&case.name, case.given.as_ref()).await?;
        if let Some(key) = shared {
            self.shared.push((key, made.clone()));
        }
        Ok(made)
    }

    fn task(&self, case: &Case, base_url: &str, api_key: &str, save_to: Option<&Path>) -> Fallible<Task> {
        let mut client = json!({"base_url": base_url, "api_key": api_key});
        match &case.client {
            Value::Object(own) => client.as_object_mut().expect("an object").extend(own.clone()),
            Value::Null => {}
            environment => client = environment.clone(),
        }
        let file = match &case.file {
            Some(file) => {
                let path = self.folder.join(format!("{}.file", case.name));
                std::fs::write(&path, bytes::known(file.size))?;
                Some(json!({"path": path, "name": file.name, "content_type": file.content_type}))
            }
            None => None,
        };
        Ok(Task {
            name: case.name.clone(),
            client,
            call: case.call.clone(),
            id: case.id.clone(),
            arguments: case.arguments.clone(),
            options: case.options.clone(),
            take: case.take,
            cancel_after: case.cancel_after,
            save_to: save_to.map(|path| path.display().to_string()),
            file,
            webhook: case
                .webhook
                .as_ref()
                .map(|given| webhook::signed(given, Timestamp::now().as_second())),
        })
    }
}
