//! Generations: from an accepted request to an end that was paid for or not.
//!
//! [`create`] checks a request and hands it to [`admit`], which takes several
//! waiting requests into one transaction: idempotency key, hold, generation, job.
//! [`run`] is the job: provider, files, then [`end`] settles the hold and moves
//! the state in one transaction. [`cancel`], [`expire`] and [`erase`] end it in
//! other ways. [`state`] alone knows which moves are legal.

pub mod admit;
mod askers;
pub mod cancel;
pub mod create;
pub mod end;
pub mod erase;
mod example;
pub mod expire;
pub mod http;
mod input;
mod refusals;
mod remembered;
mod rows;
pub mod run;
pub mod state;
mod view;
pub mod wait;
