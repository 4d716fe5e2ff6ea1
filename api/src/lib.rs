pub mod auth;

pub mod http;

pub mod app;
pub mod audit;
pub mod catalog;
pub mod clock;
pub mod config;
pub mod credits;
pub mod db;
pub mod files;
pub mod generations;
pub mod jobs;
pub mod lock;
pub mod mail;
pub mod openapi;
pub mod payments;
pub mod providers;
pub mod schema;
pub mod secrets;
pub mod signals;
pub mod storage;
pub mod worker;
