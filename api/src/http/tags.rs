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
    /// What generations made. Links are ours and short-lived, and die when the file is erased.
    Files,
    /// The balance, the lots that it consists of, and every movement of it.
    Credits,
    /// Offers and purchases of credits.
    Purchases,
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
