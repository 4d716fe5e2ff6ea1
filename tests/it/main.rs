//! The suite: one file a slice, and what concerns them all.

mod generations;
mod storms;
