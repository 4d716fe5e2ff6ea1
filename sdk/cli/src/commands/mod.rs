//! The commands, one a file.

pub mod balance;
pub mod cancel;
pub mod download;
pub mod generate;
pub mod keys;
pub mod list;
pub mod models;
pub mod watch;
