//! The catalogue: its rows, how it changes while the server runs, and what it costs.

mod ends;
mod estimates;
mod models;
mod prices;
mod property;
pub mod rows;
