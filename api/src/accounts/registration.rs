//! One attempt to sign up: what somebody typed, sealed and given back to them.
//!
//! They bring it with the code that was mailed to the address. The code proves that
//! they read the address's mail; the attempt says which password and which agreement
//! they confirm by that. So whatever others typed for the same address is never theirs,
//! and nothing is stored of attempts that nobody completes, however many there are.

use entity::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Address, Agreed, codes};
use crate::secrets::Secrets;

const SEAL: &str = "registration";

/// What somebody typed.
pub struct Registration {
    pub address: Address,
    pub password_hash: String,
    pub agreed: Agreed,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    address: String,
    password_hash: String,
    agreed: Agreed,
    expires_at: i64,
}

impl Registration {
    /// For whoever typed it, and until when it can be completed.
    #[must_use]
    pub fn seal(&self, secrets: &Secrets, now: Timestamp) -> (String, Timestamp) {
        let expires_at = now.plus(codes::LIFE);
        let sealed = Sealed {
            address: self.address.as_str().to_owned(),
            password_hash: self.password_hash.clone(),
            agreed: self.agreed.clone(),
            expires_at: expires_at.micros(),
        };
        let json = serde_json::to_string(&sealed).expect("an attempt is a few texts");
        (secrets.seal(SEAL, &json), expires_at)
    }

    /// `None` for any other text, and when it is too late.
    #[must_use]
    pub fn open(secrets: &Secrets, sealed: &str, now: Timestamp) -> Option<Self> {
        let sealed: Sealed = serde_json::from_str(&secrets.open(SEAL, sealed)?).ok()?;
        let address = sealed.address.parse().ok()?;
        (now.micros() < sealed.expires_at).then_some(Self {
            address,
            password_hash: sealed.password_hash,
            agreed: sealed.agreed,
        })
    }
}
