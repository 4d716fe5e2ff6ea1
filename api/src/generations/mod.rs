//! Generations: from an accepted request to an end that was paid for or not.
//!
//! [`check`] says what a request comes to; [`create`] hands it to [`admit`], which
//! takes several waiting requests into one transaction: idempotency key, hold,
//! generation, job.
//! [`run`] is the job: provider, files, then [`end`] settles the hold and moves
//! the state in one transaction. [`withdraw`] sees to what waits for a model that is
//! no longer offered, [`suspended`] for an account that may not act, [`held_back`] for
//! room under a limit. [`cancel`], [`expire`] and [`erase`] end it in
//! other ways. [`state`] alone knows which moves are legal.

pub mod admit;
mod ask;
mod askers;
mod attempts;
pub mod batched;
pub mod callback;
pub mod cancel;
mod charge;
pub mod check;
pub mod closed;
mod countries;
pub mod create;
pub mod defaults;
pub mod dispatch;
pub mod end;
pub mod erase;
pub mod estimate;
mod example;
pub mod expire;
pub mod fallback;
mod follow;
pub mod held_back;
pub mod http;
pub mod input;
mod labels;
mod list;
pub mod locked;
pub mod means;
pub mod read;
pub mod refusals;
mod remembered;
mod route;
mod rows;
pub mod run;
mod screening;
mod settle;
pub mod state;
pub mod suspended;
mod told;
pub mod view;
pub mod wait;
pub mod wanted;
pub mod withdraw;

pub use labels::label;
