//! Passwords: hashed with Argon2id or bcrypt, few at a time.

mod guessed;
mod prepared;
mod queue;

use std::sync::LazyLock;

use argon2::password_hash::phc;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};

use super::Address;
use crate::config::PasswordHash;
use prepared::prepare;
pub use queue::Busy;
use queue::Queue;

static QUEUE: LazyLock<Queue> = LazyLock::new(Queue::default);

/// OWASP asks for 10 or more.
const BCRYPT_COST: u32 = 12;
/// bcrypt reads 72 bytes, of which one ends the text.
const BCRYPT_BYTES: usize = 71;

/// What an unknown address's password is compared with, so that it takes as long.
static NOBODYS: LazyLock<[String; 2]> =
    LazyLock::new(|| KINDS.map(|kind| hash_now(kind, "nobody's password")));
const KINDS: [PasswordHash; 2] = [PasswordHash::Argon2id, PasswordHash::Bcrypt];

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
    /// Right, and hashed in another way than is wanted now, or as it was typed: store this instead.
    Outdated(String),
}

/// Whether a new password is good enough.
///
/// # Errors
/// Why it is not.
pub fn check(kind: PasswordHash, password: &str, address: Option<&Address>) -> Result<(), Unfit> {
    if !fits(kind, &prepare(password)) {
        return Err(Unfit::TooLong);
    }
    match guessed::is_guessed(password, address) {
        true => Err(Unfit::Guessed),
        false => Ok(()),
    }
}

fn fits(kind: PasswordHash, prepared: &str) -> bool {
    kind != PasswordHash::Bcrypt || prepared.len() <= BCRYPT_BYTES
}

/// A hash that can be stored, of a password that was checked.
///
/// # Errors
/// [`Busy`], when too many wait already.
pub async fn hash(kind: PasswordHash, password: String) -> Result<String, Busy> {
    QUEUE.run(move || hash_now(kind, &prepare(&password))).await
}

/// Whether this is the password of a stored hash, whichever kind that is. Without
/// one it takes as long and is wrong.
///
/// # Errors
/// [`Busy`], when too many wait already.
pub async fn compare(kind: PasswordHash, password: String, stored: Option<String>) -> Result<Checked, Busy> {
    QUEUE
        .run(move || compare_now(kind, &password, stored.as_deref()))
        .await
}

fn compare_now(kind: PasswordHash, typed: &str, stored: Option<&str>) -> Checked {
    let prepared = prepare(typed);
    let index = KINDS.iter().position(|known| *known == kind).unwrap_or_default();
    let hash = stored.unwrap_or(&NOBODYS[index]);
    let right = is_right(&prepared, hash);
    // Hashes were once made of what was typed. A wrong password is tried as often for
    // every address.
    let right_as_typed = !right && prepared != typed && is_right(typed, hash);
    if stored.is_none() || !right && !right_as_typed {
        return Checked::Wrong;
    }
    match right && is_of(kind, hash) || !fits(kind, &prepared) {
        true => Checked::Right,
        false => Checked::Outdated(hash_now(kind, &prepared)),
    }
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

    #[tokio::test]
    async fn a_password_is_the_same_however_a_keyboard_writes_it() {
        let (composed, parts) = ("Gr\u{fc}\u{df}e 2026 an alle", "Gru\u{308}\u{df}e 2026 an alle");
        for typed in [composed, parts] {
            let stored = hash(ARGON2ID, typed.to_owned()).await.unwrap();
            for again in [composed, parts] {
                assert_eq!(compare_now(ARGON2ID, again, Some(&stored)), Checked::Right);
            }
        }
        // As it was hashed before: made anew when its owner comes.
        let old = hash_now(ARGON2ID, parts);
        let Checked::Outdated(fresh) = compare_now(ARGON2ID, parts, Some(&old)) else {
            panic!("{old}")
        };
        assert_eq!(compare_now(ARGON2ID, composed, Some(&fresh)), Checked::Right);
        assert_eq!(compare_now(ARGON2ID, "Gru\u{308}sse", Some(&old)), Checked::Wrong);
        assert_eq!(compare_now(ARGON2ID, "nobody's password", None), Checked::Wrong);
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
}
