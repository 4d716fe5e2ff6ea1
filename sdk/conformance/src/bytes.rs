//! Bytes that both sides know: nothing that compresses, nothing that repeats soon.

use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

/// The longest that a case uses.
const MOST: usize = 16 * 1024 * 1024;

/// So many of them; fewer are the beginning of more.
pub fn known(size: usize) -> &'static [u8] {
    static ALL: OnceLock<Vec<u8>> = OnceLock::new();
    &ALL.get_or_init(all)[..size]
}

fn all() -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let mut bytes = Vec::with_capacity(MOST);
    for _ in 0..MOST {
        // Xorshift.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        bytes.push(state.to_le_bytes()[0]);
    }
    bytes
}

pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
