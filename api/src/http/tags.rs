//! The chapters of the published contract.

use poem_openapi::Tags;

#[derive(Tags)]
pub enum Tag {
    /// What can be made, by whom, where and for how much. Models are configuration: ask for the list instead of
    /// writing it down.
    Models,
    /// Images, videos, speech and text. A generation is accepted at once, made in the background, and costs nothing
    /// unless it succeeds.
    Generations,
    /// What generations would cost, line by line, before any is made; and a price that holds for a quarter of an hour.
    Estimates,
    /// Many generations at once: accepted together, held for together, told of together.
    Batches,
    /// What generations made. Links are ours and short-lived, and die when the file is erased.
    Files,
    /// The balance, the lots that it consists of, and every movement of it.
    Credits,
    /// Offers and purchases of credits.
    Purchases,
    /// What was made and what it cost, by day, model, key and end user.
    Usage,
    /// What happened, pushed to your own addresses or pulled: each event at least once, signed, and in both cases with
    /// the same id.
    Webhooks,
    /// API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data only and spends test
    /// credits.
    Keys,
    /// Signing up, signing in, and the account itself.
    Account,
    /// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
    DataRights,
    /// Beside the API, and only where nothing is real: move the clock, read what was mailed, play the buyer and the
    /// payment processor. None of it needs credentials. In production none of it exists.
    Sandbox,
}
