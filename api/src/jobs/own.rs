//! The lanes of our own jobs, one for each party that they may have to wait for: whoever
//! is slow, or takes connections and says nothing, holds up what is his and nothing else.

/// What needs the database alone.
pub const HOUSE: &str = "house";

/// Mails wait for the relay.
pub const MAIL: &str = "house.mail";

/// Money goes back by way of payment processors.
pub const PAYMENTS: &str = "house.payments";

/// Objects are removed from the file store.
pub const STORE: &str = "house.store";

/// Archives and erasures take as long as an account is large, and erasures wait for a mail.
pub const DATA_RIGHTS: &str = "house.data-rights";

/// All of them. No provider has such a name.
pub const OWN: [&str; 5] = [HOUSE, MAIL, PAYMENTS, STORE, DATA_RIGHTS];
