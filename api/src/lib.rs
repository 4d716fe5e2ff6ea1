//! Tintype, the API backend for AI image, video, voice and text products.
//!
//! The modules from the top down; each may use only those below it, so slices only
//! those to their left in `auth · credits · accounts · mails · oauth · files · catalog ·
//! moderation · usage · events · webhook_endpoints · webhook_deliveries · keys · generations ·
//! estimates · batches · purchases · data_rights · admin · sandbox`. ARCHITECTURE.md tells what each is for.
//!
//! - [`cli`], [`demo`], [`preview`], [`review`], [`operators`], [`new_key`], [`server`], [`worker`], [`audit`]: what runs
//! - [`sandbox`], [`admin`], [`data_rights`], [`purchases`], [`batches`], [`estimates`], [`generations`], [`keys`],
//!   [`webhook_deliveries`], [`webhook_endpoints`], [`events`], [`usage`], [`moderation`], [`catalog`], [`files`], [`oauth`], [`mails`], [`accounts`], [`credits`],
//!   [`auth`]: the slices
//! - [`reference`], [`http`], [`openapi`], [`edge`]: what slices share on the wire
//! - [`jobs`], [`app`]: the queue, and what is built once
//! - [`providers`], [`storage`], [`payments`], [`mail`], [`identity`], [`outbound`]: adapters to the world
//! - [`schema`], [`signals`], [`bulk`], [`db`], [`lock`], [`secrets`], [`clock`], [`config`]: the ground

pub mod cli;
pub mod demo;
pub mod new_key;
pub mod operators;
pub mod preview;
pub mod review;

pub mod audit;
pub mod server;
pub mod worker;

pub mod accounts;
pub mod admin;
pub mod auth;
pub mod batches;
pub mod catalog;
pub mod credits;
pub mod data_rights;
pub mod estimates;
pub mod events;
pub mod files;
pub mod generations;
pub mod keys;
pub mod mails;
pub mod moderation;
pub mod oauth;
pub mod purchases;
pub mod sandbox;
pub mod usage;
pub mod webhook_deliveries;
pub mod webhook_endpoints;

pub mod edge;
pub mod http;
pub mod openapi;
pub mod reference;

pub mod app;
pub mod jobs;

pub mod identity;
pub mod mail;
pub mod outbound;
pub mod payments;
pub mod providers;
pub mod storage;

pub mod bulk;
pub mod clock;
pub mod config;
pub mod db;
pub mod lock;
pub mod schema;
pub mod secrets;
pub mod signals;
