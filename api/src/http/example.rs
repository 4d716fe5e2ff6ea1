//! What the contract's examples share: one moment and one ending of ids, so that
//! all pages tell of the same picture.

use std::fmt::Debug;
use std::str::FromStr;
use std::time::Duration;

use entity::{FileId, Timestamp};

/// 2026-11-21T09:30:00Z.
pub const MOMENT: Timestamp = Timestamp::from_micros(1_795_253_400_000_000);

/// The midnight after it.
pub const MIDNIGHT: Timestamp = Timestamp::from_micros(1_795_305_600_000_000);

pub const SHA256: &str = "3f0c9a5e6b1d7482c95e0f3ab86d4127e8f5a90c1b3d6e7f2048596a7bcdef01";

/// So many milliseconds later.
#[must_use]
pub fn after(milliseconds: u64) -> Timestamp {
    MOMENT.plus(Duration::from_millis(milliseconds))
}

/// The example's id of a kind: `gen`, `key`…
///
/// # Panics
/// When ids of that kind have another prefix.
#[must_use]
pub fn id<T: FromStr<Err: Debug>>(prefix: &str) -> T {
    format!("{prefix}_01k9yx3b1mfz0q4r7s8t2v5w6x")
        .parse()
        .expect("it is an id")
}

/// A link to the example's file.
#[must_use]
pub fn file_link() -> String {
    let file: FileId = id("file");
    format!("https://api.studio.example/v1/files/{file}/content?token=1795257000.q7Zk3vXn0w5LJdYbT2sRfA")
}
