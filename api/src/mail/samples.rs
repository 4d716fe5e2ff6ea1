//! Made-up values for every template: for previews, and to see that a template fits.

use minijinja::context;
use minijinja::value::Value;

/// Values that fit a template.
#[must_use]
pub fn of(name: &str) -> Value {
    match name {
        "verify_email" | "reset_password" | "confirm_email" => {
            context! { code => "k7qm-2xv9", minutes => 30 }
        }
        "confirm_request" => context! { code => "k7qm-2xv9", minutes => 30, right => "erasure" },
        "password_changed"
        | "totp_added"
        | "totp_removed"
        | "recovery_codes_renewed"
        | "codes_guessed"
        | "account_reopened"
        | "email_changed" => {
            context! { at => "2026-11-20 10:05 UTC" }
        }
        "new_sign_in" => context! {
            at => "2026-11-20 10:05 UTC", device => "Firefox on Linux", address => "203.0.113.7",
        },
        "sign_in_added" => context! { at => "2026-11-20 10:05 UTC", provider => "GitHub" },
        "recovery_code_used" => context! { at => "2026-11-20 10:05 UTC", left => 9 },
        "receipt" => context! {
            number => "R-01K9YX3B1MFZ0Q4R7S8T2V5W6X", date => "2026-11-20", offer => "Starter pack",
            credits => "100", price => "9.00 EUR", seller => "Example Studio GmbH",
        },
        "low_balance" => context! { available => "4.25", threshold => "10" },
        "policy_changed" => context! {
            version => "2026-12", effective => "2026-12-15", link => "https://studio.example/privacy",
            changes => ["We name a new recipient: Example Cloud, in Germany, for storage.",
                "Access logs are kept for 30 days instead of 90."],
        },
        "request_status" => context! {
            id => "drr_01k9yx3b1mfz0q4r7s8t2v5w6x", kind => "erasure", status => "in_progress",
            received => "2026-11-20", due => "2026-12-20", reason => "",
        },
        "archive_ready" => context! { until => "2026-11-27", missing => 2 },
        "files_missing" => context! {
            request => "drr_01k9yx3b1mfz0q4r7s8t2v5w6x", account => "acc_01k9yx3b1mfz0q4r7s8t2v5w6x", count => 2,
            due => "2026-12-20",
        },
        "erasure_begun" => {
            context! { receipt => "https://api.studio.example/v1/data-rights/requests/drr_01k9yx3b1mfz0q4r7s8t2v5w6x/receipt?token=3qZ" }
        }
        "webhook_disabled" => context! {
            endpoint => "whe_01k9yx3b1mfz0q4r7s8t2v5w6x", url => "https://hooks.customer.example/tintype",
            since => "2026-11-15",
        },
        "key_leaked" => context! {
            name => "build server", last_four => "x9Qa", source => "https://github.com/example/app/blob/main/.env",
            descendants => 2, at => "2026-11-20 10:05 UTC",
        },
        "account_closed" => context! {
            until => "2026-12-20", erased => true, link => "https://api.studio.example/reopen/acc_01k9yx3b1mfz0q4r7s8t2v5w6x.1.3qZ",
        },
        "news" => context! {
            headline => "Videos in 4K",
            paragraphs => ["From today on, all video models make films in 4K. The price a second stays the same.",
                "Ask for 2160p and see."],
        },
        _ => context! {},
    }
}
