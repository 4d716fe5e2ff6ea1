pub mod auth;

pub mod http;

pub mod app;
pub mod clock;
pub mod config;
pub mod db;
pub mod jobs;
pub mod mail;
pub mod payments;
pub mod providers;
pub mod secrets;
pub mod signals;
pub mod storage;
