//! The server's own secret, and what is derived from it: seals and signatures.
//!
//! One master key of 32 bytes; every purpose has a key of its own, derived from
//! it, so a signature made for one can't serve another.

use std::io::Write as _;
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

#[derive(Clone)]
pub struct Secrets {
    master: [u8; 32],
}

#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    #[error("secrets.master_key must be 64 hexadecimal digits; make one with `openssl rand -hex 32`")]
    Malformed,
    #[error("cannot read or make {path}: {source}")]
    File { path: String, source: std::io::Error },
}

impl Secrets {
    /// From 64 hexadecimal digits.
    ///
    /// # Errors
    /// When `hex` is anything else.
    pub fn from_hex(hex: &str) -> Result<Self, SecretsError> {
        let mut master = [0; 32];
        if hex.len() != 64 {
            return Err(SecretsError::Malformed);
        }
        for (byte, pair) in master.iter_mut().zip(hex.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| SecretsError::Malformed)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| SecretsError::Malformed)?;
        }
        Ok(Self { master })
    }

    /// From a file beside the data; made at the first start. Two processes that
    /// start at once agree: only one can link its file to the name.
    ///
    /// # Errors
    /// When the file can be neither read nor made, or holds something else.
    pub fn from_file(path: &Path) -> Result<Self, SecretsError> {
        let failed = |source| SecretsError::File {
            path: path.display().to_string(),
            source,
        };
        if !path.exists() {
            let draft = path.with_extension(format!("{}.draft", std::process::id()));
            write_private(&draft, &hex(&rand::random::<[u8; 32]>())).map_err(failed)?;
            let linked = std::fs::hard_link(&draft, path);
            std::fs::remove_file(&draft).map_err(failed)?;
            match linked {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(error)),
                _ => {}
            }
        }
        Self::from_hex(std::fs::read_to_string(path).map_err(failed)?.trim())
    }

    fn hmac(&self, purpose: &str) -> Hmac<Sha256> {
        let key = self.derive(purpose);
        Hmac::new_from_slice(&key).expect("HMAC takes keys of any length")
    }

    /// A key for one purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut hmac = <Hmac<Sha256>>::new_from_slice(&self.master).expect("HMAC takes keys of any length");
        hmac.update(purpose.as_bytes());
        hmac.finalize().into_bytes().into()
    }

    /// HMAC-SHA256 of `message` under the purpose's key, in URL-safe base64.
    #[must_use]
    pub fn sign(&self, purpose: &str, message: &[u8]) -> String {
        let mut hmac = self.hmac(purpose);
        hmac.update(message);
        BASE64.encode(hmac.finalize().into_bytes())
    }

    /// Whether `signature` is ours; compared in constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, message: &[u8], signature: &str) -> bool {
        let Ok(signature) = BASE64.decode(signature) else {
            return false;
        };
        let mut hmac = self.hmac(purpose);
        hmac.update(message);
        hmac.verify_slice(&signature).is_ok()
    }

    /// A key pair for one purpose, for signatures that others check: Ed25519.
    #[must_use]
    pub fn key_pair(&self, purpose: &str) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&self.derive(purpose)).expect("a seed has 32 bytes")
    }

    /// AES-256-GCM under the purpose's key, with a random nonce in front.
    #[must_use]
    pub fn seal(&self, purpose: &str, plain: &str) -> String {
        let nonce: [u8; NONCE_LEN] = rand::random();
        let mut sealed = plain.as_bytes().to_vec();
        self.cipher(purpose)
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
            .expect("texts are far shorter than the cipher's limit");
        BASE64.encode([&nonce[..], &sealed].concat())
    }

    /// The text that was sealed; `None` for anything else.
    #[must_use]
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let bytes = BASE64.decode(sealed).ok()?;
        let (nonce, body) = bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let plain = self
            .cipher(purpose)
            .open_in_place(nonce, Aad::empty(), &mut body)
            .ok()?;
        String::from_utf8(plain.to_vec()).ok()
    }

    fn cipher(&self, purpose: &str) -> LessSafeKey {
        let key = self.derive(purpose);
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).expect("the key has 32 bytes"))
    }
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file that only its owner can read, on disk before it returns.
///
/// # Errors
/// When the file can't be written.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_for_its_purpose_alone() {
        let secrets = Secrets::from_hex(&"ab".repeat(32)).unwrap();
        let sealed = secrets.seal("mail", "code 12345678");
        assert_eq!(secrets.open("mail", &sealed).as_deref(), Some("code 12345678"));
        assert_eq!(secrets.open("key", &sealed), None);
        assert_eq!(secrets.open("mail", &sealed[1..]), None);
        assert_ne!(sealed, secrets.seal("mail", "code 12345678"));
    }

    #[test]
    fn a_signature_holds_for_its_purpose_and_message() {
        let secrets = Secrets::from_hex(&"01".repeat(32)).unwrap();
        let signature = secrets.sign("cursor", b"a");
        assert!(secrets.verify("cursor", b"a", &signature));
        assert!(!secrets.verify("cursor", b"b", &signature));
        assert!(!secrets.verify("link", b"a", &signature));
    }

    #[test]
    fn a_master_key_has_64_hexadecimal_digits() {
        for bad in ["", "zz", &"g".repeat(64), &"é".repeat(32), &"a".repeat(63)] {
            assert!(Secrets::from_hex(bad).is_err());
        }
    }
}
