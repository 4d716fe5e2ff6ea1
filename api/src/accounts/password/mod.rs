//! Passwords: hashed with Argon2id or bcrypt, few at a time.
//!
//! A hash takes a good part of a core for as long as it runs, and Argon2id 19 MiB,
//! which is the point. So half of the cores hash at once, the others wait for a
//! while at most, and beyond a full queue nobody waits at all.

mod guessed;

use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;
use std::time::Duration;

use argon2::password_hash::phc;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::Address;
use crate::config::PasswordHash;

/// So many hash or wait.
const MOST: usize = 64;
static PLACES: Semaphore = Semaphore::const_new(MOST);

static SLOTS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new((cores / 2).max(1)))
});

const PATIENCE: Duration = Duration::from_secs(10);

/// OWASP asks for 10 or more.
const BCRYPT_COST: u32 = 12;
/// bcrypt reads 72 bytes, of which one ends the text.
const BCRYPT_BYTES: usize = 71;

/// What an unknown address's password is compared with, so that it takes as long.
static NOBODYS: LazyLock<[String; 2]> =
    LazyLock::new(|| KINDS.map(|kind| hash_now(kind, "nobody's password")));
const KINDS: [PasswordHash; 2] = [PasswordHash::Argon2id, PasswordHash::Bcrypt];

/// Too many passwords are being hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked right now")]
pub struct Busy;

/// Why a password can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// bcrypt would ignore the rest, in silence.
    #[error("a password has {BCRYPT_BYTES} bytes at most here; letters beyond ASCII have several")]
    TooLong,
    #[error("this is among the first passwords that anyone would guess")]
    Guessed,
}

/// What came of comparing a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    Wrong,
    Right,
    /// Right, and hashed in another way than is wanted now: store this instead.
    Outdated(String),
}

/// Whether a new password is good enough.
///
/// # Errors
/// Why it is not.
pub fn check(kind: PasswordHash, password: &str, address: Option<&Address>) -> Result<(), Unfit> {
    if kind == PasswordHash::Bcrypt && password.len() > BCRYPT_BYTES {
        return Err(Unfit::TooLong);
    }
    match guessed::is_guessed(password, address) {
        true => Err(Unfit::Guessed),
        false => Ok(()),
    }
}

/// A hash that can be stored, of a password that was checked.
///
/// # Errors
/// [`Busy`], when too many wait already.
pub async fn hash(kind: PasswordHash, password: String) -> Result<String, Busy> {
    run(move || hash_now(kind, &password)).await
}

/// Whether this is the password of a stored hash, whichever kind that is. Without
/// one it takes as long and is wrong.
///
/// # Errors
/// [`Busy`], when too many wait already.
pub async fn compare(kind: PasswordHash, password: String, stored: Option<String>) -> Result<Checked, Busy> {
    run(move || compare_now(kind, &password, stored.as_deref())).await
}

fn compare_now(kind: PasswordHash, password: &str, stored: Option<&str>) -> Checked {
    let Some(stored) = stored else {
        let index = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
        is_right(password, &NOBODYS[index]);
        return Checked::Wrong;
    };
    if !is_right(password, stored) {
        return Checked::Wrong;
    }
    match is_of(kind, stored) || check(kind, password, None) == Err(Unfit::TooLong) {
        true => Checked::Right,
        false => Checked::Outdated(hash_now(kind, password)),
    }
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
    let place = PLACES.try_acquire().map_err(|_| Busy)?;
    let slot = timeout(PATIENCE, Arc::clone(&SLOTS).acquire_owned()).await;
    let Ok(Ok(slot)) = slot else { return Err(Busy) };
    // The slot goes with the work: a client that hangs up frees nothing early.
    let done = spawn_blocking(move || {
        let _taken = (place, slot);
        work()
    });
    done.await.map_err(|_| Busy)
}

fn hash_now(kind: PasswordHash, password: &str) -> String {
    match kind {
        PasswordHash::Argon2id => Argon2::default()
            .hash_password(password.as_bytes())
            .expect("the default parameters are valid and the password is short")
            .to_string(),
        PasswordHash::Bcrypt => bcrypt::non_truncating_hash(password, BCRYPT_COST)
            .expect("the cost is valid and the length was checked"),
    }
}

fn is_right(password: &str, stored: &str) -> bool {
    match is_bcrypt(stored) {
        true => bcrypt::non_truncating_verify(password, stored).unwrap_or(false),
        false => phc::PasswordHash::new(stored).is_ok_and(|stored| {
            Argon2::default()
                .verify_password(password.as_bytes(), &stored)
                .is_ok()
        }),
    }
}

fn is_bcrypt(stored: &str) -> bool {
    ["$2a$", "$2b$", "$2y$"]
        .iter()
        .any(|prefix| stored.starts_with(prefix))
}

/// Whether a hash is as a new one would be, in kind and cost.
fn is_of(kind: PasswordHash, stored: &str) -> bool {
    match kind {
        PasswordHash::Argon2id => {
            let params = Argon2::default();
            let params = params.params();
            let wanted = format!(
                "$argon2id$v=19$m={},t={},p={}$",
                params.m_cost(),
                params.t_cost(),
                params.p_cost()
            );
            stored.starts_with(&wanted)
        }
        PasswordHash::Bcrypt => {
            is_bcrypt(stored) && stored.get(4..6) == Some(BCRYPT_COST.to_string().as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARGON2ID: PasswordHash = PasswordHash::Argon2id;
    const BCRYPT: PasswordHash = PasswordHash::Bcrypt;

    #[tokio::test]
    async fn a_password_is_right_for_its_own_hash_alone() {
        for (kind, begins) in [(ARGON2ID, "$argon2id$"), (BCRYPT, "$2b$12$")] {
            let stored = hash(kind, "correct horse".to_owned()).await.unwrap();
            assert!(stored.starts_with(begins), "{stored}");
            let is = async |password: &str, stored| compare(kind, password.to_owned(), stored).await.unwrap();
            assert_eq!(is("correct horse", Some(stored.clone())).await, Checked::Right);
            assert_eq!(is("correct horse ", Some(stored)).await, Checked::Wrong);
            assert_eq!(is("nobody's password", None).await, Checked::Wrong);
            assert_eq!(is("x", Some("no hash".to_owned())).await, Checked::Wrong);
        }
    }

    #[test]
    fn a_hash_of_another_kind_or_cost_is_outdated() {
        let ours = [
            hash_now(ARGON2ID, "correct horse"),
            hash_now(BCRYPT, "correct horse"),
        ];
        for (wanted, stored) in [(ARGON2ID, &ours[1]), (BCRYPT, &ours[0])] {
            let Checked::Outdated(fresh) = compare_now(wanted, "correct horse", Some(stored)) else {
                panic!("{stored}")
            };
            assert_eq!(compare_now(wanted, "correct horse", Some(&fresh)), Checked::Right);
            assert_eq!(compare_now(wanted, "wrong horse", Some(stored)), Checked::Wrong);
        }
        let cheap = bcrypt::hash("correct horse", 4).unwrap();
        for prefix in ["$2a$", "$2b$", "$2y$"] {
            let imported = cheap.replace("$2b$", prefix);
            assert!(matches!(
                compare_now(BCRYPT, "correct horse", Some(&imported)),
                Checked::Outdated(_)
            ));
            assert!(matches!(
                compare_now(ARGON2ID, "correct horse", Some(&imported)),
                Checked::Outdated(_)
            ));
        }
    }

    #[test]
    fn what_bcrypt_would_cut_off_is_refused() {
        let long = "pâté ".repeat(14);
        assert_eq!(check(BCRYPT, &long[..71], None), Ok(()));
        assert_eq!(
            check(BCRYPT, &format!("{}ab", &long[..70]), None),
            Err(Unfit::TooLong)
        );
        assert_eq!(check(ARGON2ID, &long, None), Ok(()));
        // Nor does a longer password that begins alike let anyone in.
        let stored = bcrypt::hash(&long[..71], 4).unwrap();
        assert_eq!(
            compare_now(ARGON2ID, &format!("{}more", &long[..71]), Some(&stored)),
            Checked::Wrong
        );
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn beyond_a_full_queue_nobody_waits() {
        let all = PLACES.try_acquire_many(u32::try_from(MOST).unwrap()).unwrap();
        assert_eq!(hash(ARGON2ID, "correct horse".to_owned()).await, Err(Busy));
        drop(all);
        assert!(hash(ARGON2ID, "correct horse".to_owned()).await.is_ok());
    }
}
