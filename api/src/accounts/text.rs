//! What each mail says, without its words: these stand in `mail/templates`.

use std::time::Duration;

use entity::Timestamp;
use minijinja::context;
use minijinja::value::Value;

use super::codes;

/// How much depends on a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Its owner can't get in without it, or must know of it: tried once even where
    /// mails came back.
    Security,
    /// About what the account does.
    Account,
    /// No necessity: only with consent, and ended with one click.
    News,
    /// To the operator's own people, about an account.
    Staff,
}

/// A mail to an account's owner, or about the account to the operator's own people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The code that proves the address of a new account.
    VerifyEmail {
        code: String,
    },
    /// Someone signed up with an address that has an account.
    AlreadyRegistered,
    /// The code that lets a forgotten password be replaced.
    ResetPassword {
        code: String,
    },
    PasswordChanged {
        at: Timestamp,
    },
    /// `device` in words, such as "Firefox on Linux"; `address` as far as it may be kept.
    NewSignIn {
        at: Timestamp,
        device: String,
        address: Option<String>,
    },
    /// A provider was linked to the account.
    SignInAdded {
        at: Timestamp,
        provider: String,
    },
    /// Sign-ins ask for a code from now on.
    TotpAdded {
        at: Timestamp,
    },
    TotpRemoved {
        at: Timestamp,
    },
    /// A recovery code let someone in; so many can still be used.
    RecoveryCodeUsed {
        at: Timestamp,
        left: u64,
    },
    RecoveryCodesRenewed {
        at: Timestamp,
    },
    /// Many wrong codes in a row, by someone who was right until then.
    CodesGuessed {
        at: Timestamp,
    },
    /// A purchase was paid. Amounts in words: `9.00 EUR`.
    Receipt {
        number: String,
        paid_at: Timestamp,
        offer: String,
        credits: String,
        price: String,
        seller: String,
    },
    LowBalance {
        available: String,
        threshold: String,
    },
    /// A new version of the privacy policy, told before it takes effect.
    PolicyChanged {
        version: String,
        effective_at: Timestamp,
        link: String,
        changes: Vec<String>,
    },
    /// A data-rights request moved: `kind` and `status` as the API writes them.
    RequestStatus {
        id: String,
        kind: &'static str,
        status: &'static str,
        received_at: Timestamp,
        due_at: Timestamp,
        reason: String,
    },
    /// The code that proves that a request about personal data is the owner's.
    ConfirmRequest {
        code: String,
        right: &'static str,
    },
    /// The copy of all personal data can be downloaded.
    ArchiveReady {
        expires_at: Timestamp,
        /// How many files are not in it, by a fault of ours.
        missing: usize,
    },
    /// To staff: files are missing from a copy of all personal data.
    FilesMissing {
        request: String,
        account: String,
        count: usize,
        due_at: Timestamp,
    },
    /// The last mail: everything is being erased, and the link opens the receipt.
    ErasureBegun {
        receipt: String,
    },
    /// Nothing could be delivered to a webhook endpoint for days.
    WebhookDisabled {
        endpoint: String,
        url: String,
        since: Timestamp,
    },
    /// A key's secret was found in public, and the key revoked.
    KeyLeaked {
        name: String,
        last_four: String,
        source: String,
        /// Keys that were revoked with it.
        descendants: usize,
        at: Timestamp,
    },
    /// The owner closed the account; `link` opens it again until then.
    AccountClosed {
        until: Timestamp,
        erased: bool,
        link: String,
    },
    AccountReopened {
        at: Timestamp,
    },
    /// The code that proves another address of an account.
    ConfirmEmail {
        code: String,
    },
    /// To the address before.
    EmailChanged {
        at: Timestamp,
    },
    /// What an operator has to tell to everyone who wants to hear it.
    News {
        headline: String,
        paragraphs: Vec<String>,
    },
}

impl Text {
    pub(super) const ERASURE_BEGUN: &str = "erasure_begun";

    /// The name of its template, and what the row calls it.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::AlreadyRegistered => "already_registered",
            Self::ResetPassword { .. } => "reset_password",
            Self::PasswordChanged { .. } => "password_changed",
            Self::NewSignIn { .. } => "new_sign_in",
            Self::SignInAdded { .. } => "sign_in_added",
            Self::TotpAdded { .. } => "totp_added",
            Self::TotpRemoved { .. } => "totp_removed",
            Self::RecoveryCodeUsed { .. } => "recovery_code_used",
            Self::RecoveryCodesRenewed { .. } => "recovery_codes_renewed",
            Self::CodesGuessed { .. } => "codes_guessed",
            Self::Receipt { .. } => "receipt",
            Self::LowBalance { .. } => "low_balance",
            Self::PolicyChanged { .. } => "policy_changed",
            Self::RequestStatus { .. } => "request_status",
            Self::ConfirmRequest { .. } => "confirm_request",
            Self::ArchiveReady { .. } => "archive_ready",
            Self::FilesMissing { .. } => "files_missing",
            Self::ErasureBegun { .. } => Self::ERASURE_BEGUN,
            Self::WebhookDisabled { .. } => "webhook_disabled",
            Self::KeyLeaked { .. } => "key_leaked",
            Self::AccountClosed { .. } => "account_closed",
            Self::AccountReopened { .. } => "account_reopened",
            Self::ConfirmEmail { .. } => "confirm_email",
            Self::EmailChanged { .. } => "email_changed",
            Self::News { .. } => "news",
        }
    }

    /// Of what class a mail is, by the name of its template.
    #[must_use]
    pub fn class(template: &str) -> Class {
        match template {
            "verify_email"
            | "already_registered"
            | "reset_password"
            | "password_changed"
            | "new_sign_in"
            | "totp_added"
            | "totp_removed"
            | "recovery_code_used"
            | "recovery_codes_renewed"
            | "codes_guessed"
            | "confirm_request"
            | Self::ERASURE_BEGUN
            | "account_closed"
            | "account_reopened"
            | "confirm_email"
            | "email_changed"
            | "key_leaked" => Class::Security,
            "news" => Class::News,
            "files_missing" => Class::Staff,
            _ => Class::Account,
        }
    }

    /// What the template is given.
    pub(super) fn values(&self) -> Value {
        const MINUTE: Duration = Duration::from_secs(60);
        let minutes = codes::LIFE.as_secs() / MINUTE.as_secs();
        match self {
            Self::VerifyEmail { code } | Self::ResetPassword { code } | Self::ConfirmEmail { code } => {
                context! { code, minutes }
            }
            Self::AccountClosed { until, erased, link } => {
                context! { until => day(*until), erased, link }
            }
            Self::AccountReopened { at } | Self::EmailChanged { at } => context! { at => moment(*at) },
            Self::ConfirmRequest { code, right } => context! { code, minutes, right => *right },
            Self::AlreadyRegistered => context! {},
            Self::PasswordChanged { at }
            | Self::TotpAdded { at }
            | Self::TotpRemoved { at }
            | Self::RecoveryCodesRenewed { at }
            | Self::CodesGuessed { at } => context! { at => moment(*at) },
            Self::RecoveryCodeUsed { at, left } => context! { at => moment(*at), left },
            Self::NewSignIn { at, device, address } => context! { at => moment(*at), device, address },
            Self::SignInAdded { at, provider } => context! { at => moment(*at), provider },
            Self::Receipt {
                number,
                paid_at,
                offer,
                credits,
                price,
                seller,
            } => context! { number, date => day(*paid_at), offer, credits, price, seller },
            Self::LowBalance { available, threshold } => context! { available, threshold },
            Self::PolicyChanged {
                version,
                effective_at,
                link,
                changes,
            } => context! { version, effective => day(*effective_at), link, changes },
            Self::RequestStatus {
                id,
                kind,
                status,
                received_at,
                due_at,
                reason,
            } => {
                context! { id, kind => *kind, status => *status, received => day(*received_at), due => day(*due_at), reason }
            }
            Self::ArchiveReady { expires_at, missing } => context! { until => day(*expires_at), missing },
            Self::FilesMissing {
                request,
                account,
                count,
                due_at,
            } => context! { request, account, count, due => day(*due_at) },
            Self::ErasureBegun { receipt } => context! { receipt },
            Self::News { headline, paragraphs } => context! { headline, paragraphs },
            Self::WebhookDisabled { endpoint, url, since } => {
                context! { endpoint, url, since => day(*since) }
            }
            Self::KeyLeaked {
                name,
                last_four,
                source,
                descendants,
                at,
            } => context! { name, last_four, source, descendants, at => moment(*at) },
        }
    }
}

/// `2026-11-20`: the same in every language.
fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

/// `2026-11-20 10:05 UTC`.
fn moment(at: Timestamp) -> String {
    let text = at.to_string();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{day} {} UTC", time.get(..5).unwrap_or_default())
}
