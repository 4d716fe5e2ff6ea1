//! Files: what was made, kept until its owner has it, reached by key or by link.

mod forget;
pub mod http;
mod keep;
mod link;
mod open;
mod sweep;

pub use forget::{KIND as REMOVE, forget, remove, remove_all};
pub use keep::{Kept, keep, keep_archive};
pub use link::{Link, link, opens};
pub use open::{Fault, OpenError, download, open};
pub use sweep::sweep;
