//! `/v1/generations`: what is made, its life, its list, its price, and what is refused.

mod follow;
mod formats;
mod life;
mod list;
mod once;
mod outputs;
mod prices;
mod refusals;
