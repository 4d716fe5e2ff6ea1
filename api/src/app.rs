//! What every part of the server shares; built once, cloned freely.

use std::ops::Deref;
use std::sync::Arc;

use entity::Timestamp;
use sea_orm::DbErr;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::{self, Db};
use crate::identity::{self, IdentityError};
use crate::mail::{self, Letters, Mailer, TemplateError};
use crate::outbound;
use crate::payments::Gateways;
use crate::providers::Providers;
use crate::secrets::{Secrets, SecretsError};
use crate::signals::{Signal, Signals};
use crate::storage::{self, Store, StoreError};

/// The shared parts. Every request has a clone, which copies none of them.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Arc<Config>,
    pub db: Db,
    pub clock: Clock,
    pub secrets: Secrets,
    pub signals: Signals,
    pub store: Arc<dyn Store>,
    pub providers: Providers,
    pub gateways: Gateways,
    pub mailer: Arc<dyn Mailer>,
    pub letters: Arc<Letters>,
    /// For addresses that strangers give us.
    pub outbound: outbound::Client,
    /// Who says who somebody is, besides a password.
    pub identities: identity::Providers,
    /// Cancelled when the process is asked to stop.
    pub shutdown: CancellationToken,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("`data_dir` {path} can't be made: {source}")]
    DataDir { path: String, source: std::io::Error },
    #[error("`database.url` can't be opened: {0}")]
    Database(#[from] DbErr),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    #[error("the file store in `data_dir` can't be opened: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Letters(#[from] TemplateError),
    #[error("`oauth` can't be set up: {0}")]
    Identity(#[from] IdentityError),
    #[error("{0}")]
    Mail(String),
}

impl App {
    /// Connects everything. Call it on a migrated database.
    ///
    /// # Errors
    /// When a part can't be opened.
    pub async fn start(config: Config, db: Db) -> Result<Self, StartError> {
        let secrets = match config.secrets.master_key.as_str() {
            "" => Secrets::from_file(&config.data_dir.join("master.key"))?,
            hex => Secrets::from_hex(hex)?,
        };
        let clock = Clock::default();
        if config.sandbox.enabled {
            clock.set_ahead(db::ahead_micros(db.read()).await?);
        }
        let letters = mail::letters(&config)?;
        let shutdown = CancellationToken::new();
        let signals = Signals::start(&db, &shutdown);
        if config.sandbox.enabled {
            tokio::spawn(follow_clock(db.clone(), clock.clone(), signals.clone()));
        }
        Ok(Self(Arc::new(Parts {
            store: storage::open(&config.data_dir)?,
            providers: Providers::configured(&config),
            gateways: Gateways::configured(config.sandbox.enabled, &secrets, &config.public_url()),
            mailer: mail::configured(&config, &letters.brand).map_err(StartError::Mail)?,
            letters: Arc::new(letters),
            outbound: outbound::Client::new(&config.webhooks.opened()),
            identities: identity::Providers::configured(&config)?,
            config: Arc::new(config),
            db,
            clock,
            secrets,
            signals,
            shutdown,
        })))
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Keeps this process's clock with the one that another process moved.
async fn follow_clock(db: Db, clock: Clock, signals: Signals) {
    let mut others = signals.others();
    loop {
        match others.recv().await {
            Ok(Signal::ClockMoved) => match db::ahead_micros(db.read()).await {
                Ok(micros) => clock.set_ahead(micros),
                Err(error) => tracing::warn!(%error, "the sandbox's clock could not be read"),
            },
            Ok(_) | Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}
