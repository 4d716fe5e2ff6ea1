//! Links that open a file without a key, for a while: for browsers and `curl`.
//! They are ours and name a row, so they die with it.

use std::time::Duration;

use entity::{FileId, Timestamp};

use crate::app::App;

const PURPOSE: &str = "file_link";

pub struct Link {
    pub url: String,
    pub expires_at: Timestamp,
}

/// A link that opens the file for as long as the configuration says.
#[must_use]
pub fn link(app: &App, file: &FileId) -> Link {
    let expires_at = app.now().plus(Duration::from_secs(app.config.files.link_seconds));
    let seconds = expires_at.seconds();
    let signature = app.secrets.sign(PURPOSE, message(file, seconds).as_bytes());
    let url = format!(
        "{}/v1/files/{file}/content?token={seconds}.{signature}",
        app.config.public_url()
    );
    Link { url, expires_at }
}

/// Whether this token opens the file now.
#[must_use]
pub fn opens(app: &App, file: &FileId, token: &str) -> bool {
    let Some((seconds, signature)) = token.split_once('.') else {
        return false;
    };
    let Ok(seconds) = seconds.parse::<i64>() else {
        return false;
    };
    seconds > app.now().seconds()
        && app
            .secrets
            .verify(PURPOSE, message(file, seconds).as_bytes(), signature)
}

fn message(file: &FileId, seconds: i64) -> String {
    format!("{file}.{seconds}")
}
