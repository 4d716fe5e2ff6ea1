//! The suite: one file a slice, and what concerns them all.

mod access;
mod accounts;
mod crashes;
mod credits;
mod cuts;
mod data_rights;
mod edge;
mod errors;
mod files;
mod generations;
mod house;
mod inputs;
mod journeys;
mod keys;
mod models;
mod openapi;
mod privacy;
mod purchases;
mod reference;
mod sandbox;
mod stops;
mod storms;
