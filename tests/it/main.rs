//! The suite: one file a slice, and what concerns them all.

mod accounts;
mod credits;
mod errors;
mod files;
mod generations;
mod keys;
mod models;
mod purchases;
mod sandbox;

mod access;
mod house;
mod openapi;
mod privacy;
mod storms;
