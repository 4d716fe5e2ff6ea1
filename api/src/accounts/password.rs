//! Passwords: hashed with Argon2id, few at a time.
//!
//! A hash takes 19 MiB and a good part of a core for as long as it runs, which is
//! the point; so two run at once and the others wait, a while at most.

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

static SLOTS: Semaphore = Semaphore::const_new(2);

const PATIENCE: Duration = Duration::from_secs(10);

/// What an unknown address's password is compared with, so that it takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash_now("nobody's password"));

/// Too many passwords are being hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked right now")]
pub struct Busy;

/// A hash that can be stored.
///
/// # Errors
/// [`Busy`], when too many wait already.
pub async fn hash(password: String) -> Result<String, Busy> {
    run(move || hash_now(&password)).await
}

/// Whether this is the password of a stored hash. Without one it takes as long
/// and is false.
///
/// # Errors
/// [`Busy`], when too many wait already.
pub async fn is_right(password: String, stored: Option<String>) -> Result<bool, Busy> {
    run(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODYS.clone());
        let right = PasswordHash::new(&stored).is_ok_and(|stored| {
            Argon2::default()
                .verify_password(password.as_bytes(), &stored)
                .is_ok()
        });
        right && known
    })
    .await
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
    let slot = timeout(PATIENCE, SLOTS.acquire()).await;
    let Ok(Ok(slot)) = slot else { return Err(Busy) };
    // The slot goes with the work: a client that hangs up frees nothing early.
    let done = spawn_blocking(move || {
        let _slot = slot;
        work()
    });
    done.await.map_err(|_| Busy)
}

fn hash_now(password: &str) -> String {
    Argon2::default()
        .hash_password(password.as_bytes())
        .expect("the default parameters are valid and the password is short")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_right_for_its_own_hash_alone() {
        let stored = hash("correct horse".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        let is_right = async |password: &str, stored| is_right(password.to_owned(), stored).await.unwrap();
        assert!(is_right("correct horse", Some(stored.clone())).await);
        assert!(!is_right("correct horse ", Some(stored)).await);
        assert!(!is_right("nobody's password", None).await);
        assert!(!is_right("x", Some("no hash".to_owned())).await);
    }
}
