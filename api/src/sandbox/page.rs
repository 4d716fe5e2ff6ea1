//! The page where a person plays the buyer: what is bought, what can be decided,
//! and where it leads. Pure.
//!
//! It runs no script and loads nothing. It only links to the buyer's own URLs,
//! and shows where they lead; it never sends anyone there by itself.

use entity::purchase::{self, Status};
use url::Url;

const STYLE: &str = include_str!("page.css");

const DONE: &str = "<path d='M8 12.4l2.7 2.7L16 9.6'/>";
const STOPPED: &str = "<path d='M9 9l6 6M15 9l-6 6'/>";
const WAITING: &str = "<path d='M12 7.5V12l3 2'/>";
const BACK: &str = "<path d='M15.5 12h-7m3-3l-3 3 3 3'/>";

/// What the page tells.
pub struct Page<'a> {
    pub row: &'a purchase::Model,
    pub seller: &'a str,
    pub title: &'a str,
    pub price: &'a str,
    /// The buyer just left it pending.
    pub left: bool,
}

struct Told {
    tone: &'static str,
    mark: &'static str,
    what: &'static str,
    more: String,
}

impl Page<'_> {
    #[must_use]
    pub fn html(&self) -> String {
        let (amount, currency) = self.price.rsplit_once(' ').unwrap_or((self.price, ""));
        let mode = if self.row.livemode { "live" } else { "test" };
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <meta name=\"robots\" content=\"noindex\">\
             <title>{title} · Sandbox checkout</title><style>{STYLE}</style>\
             <main><div class=\"plate\"><div class=\"band\"><span>Sandbox checkout</span>\
             <span>{mode} credits</span></div>\
             <section><p class=\"seller\">{seller} sells you</p><h1>{title}</h1>\
             <p class=\"price\">{amount} <small>{currency}</small></p></section>\
             <section>{state}<div class=\"ways\">{ways}</div>{processor}</section></div>\
             <footer>No money moves here: you play the buyer.<br><code>{id}</code></footer></main></html>",
            title = escaped(self.title),
            seller = escaped(self.seller),
            amount = escaped(amount),
            currency = escaped(currency),
            state = self.state(),
            ways = self.ways(),
            processor = self.processor(),
            id = self.row.id,
        )
    }

    fn state(&self) -> String {
        let Some(told) = self.told() else {
            return String::new();
        };
        format!(
            "<div class=\"state {}\" role=\"status\"><svg viewBox=\"0 0 24 24\" fill=\"none\" \
             stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linecap=\"round\" \
             stroke-linejoin=\"round\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"9.2\"/>{}</svg>\
             <div><strong>{}</strong><span>{}</span></div></div>",
            told.tone,
            told.mark,
            told.what,
            escaped(&told.more)
        )
    }

    fn told(&self) -> Option<Told> {
        let (tone, mark, what, more) = match self.row.status {
            Status::Pending if self.left => (
                "",
                WAITING,
                "Left pending",
                "The processor waits for the money. You can still decide.".to_owned(),
            ),
            Status::Pending => return None,
            Status::Paid => (
                "good",
                DONE,
                "Paid",
                format!("{} credits are in the account.", self.row.credits),
            ),
            Status::Failed => (
                "bad",
                STOPPED,
                "Declined",
                "Nothing was paid. The buyer may try again.".to_owned(),
            ),
            Status::Refunding => (
                "",
                WAITING,
                "Being refunded",
                "What was left of the credits is taken back, and its price is on its way.".to_owned(),
            ),
            Status::Refunded => (
                "",
                BACK,
                "Refunded",
                "The money went back, and with it what was left of the credits.".to_owned(),
            ),
            Status::Disputed => (
                "bad",
                STOPPED,
                "Disputed",
                "The buyer's bank wants the money back; until that is settled, what was left of the credits is gone."
                    .to_owned(),
            ),
            Status::ChargedBack => (
                "bad",
                BACK,
                "Charged back",
                "The dispute is lost: the money went back, and with it what was left of the credits.".to_owned(),
            ),
            Status::Expired => (
                "bad",
                STOPPED,
                "Expired",
                "Nobody paid in time. Money that comes all the same still counts.".to_owned(),
            ),
        };
        Some(Told {
            tone,
            mark,
            what,
            more,
        })
    }

    fn ways(&self) -> String {
        let id = &self.row.id;
        let pay = button(id.as_str(), "paid", &format!("Pay {}", self.price), "wide first");
        match self.row.status {
            Status::Pending if self.left => [
                self.link(&self.row.success_url, "Go on to", "wide first"),
                button(id.as_str(), "paid", "Money came", ""),
                button(id.as_str(), "failed", "Never came", ""),
            ]
            .concat(),
            Status::Pending => [
                pay,
                button(id.as_str(), "failed", "Decline", ""),
                button(id.as_str(), "pending", "Leave pending", ""),
            ]
            .concat(),
            Status::Failed | Status::Expired => {
                [pay, self.link(&self.row.cancel_url, "Back to", "wide")].concat()
            }
            _ => self.link(&self.row.success_url, "Go on to", "wide first"),
        }
    }

    /// What a processor may announce later.
    fn processor(&self) -> String {
        let id = self.row.id.as_str();
        let ways = match self.row.status {
            Status::Paid => [
                button(id, "refunded", "Refund", ""),
                button(id, "disputed", "Dispute", ""),
            ]
            .concat(),
            Status::Disputed => [
                button(id, "dispute_won", "Dispute won", ""),
                button(id, "dispute_lost", "Dispute lost", ""),
                button(id, "refunded", "Refund", "wide"),
            ]
            .concat(),
            _ => return String::new(),
        };
        format!("<p class=\"also\">Or have the processor announce:</p><div class=\"ways\">{ways}</div>")
    }

    /// A link that says which host it leads to; none after an erasure.
    fn link(&self, url: &str, words: &str, class: &str) -> String {
        let parsed = Url::parse(url).ok();
        let host = parsed
            .as_ref()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .and_then(Url::host_str);
        let Some(host) = host else {
            return String::new();
        };
        format!(
            "<a class=\"go {class}\" rel=\"noreferrer noopener nofollow\" href=\"{}\">{words} {}</a>",
            escaped(url),
            escaped(host)
        )
    }
}

/// Relative, so that it works behind any prefix.
fn button(id: &str, outcome: &str, words: &str, class: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{id}/{outcome}\"><button class=\"{class}\">{}</button></form>",
        escaped(words)
    )
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use entity::{AccountId, Credits, PurchaseId, Timestamp};

    use super::*;

    fn row(status: Status) -> purchase::Model {
        let now = Timestamp::from_micros(1_795_253_400_000_000);
        purchase::Model {
            id: PurchaseId::new(now),
            account_id: AccountId::new(now),
            livemode: false,
            offer: "pack-100".to_owned(),
            processor: "sandbox".to_owned(),
            status,
            amount: 900,
            currency: "EUR".to_owned(),
            credits: Credits::from_micro(100_000_000),
            checkout_url: None,
            success_url: "https://studio.example/thanks?a=1&b=\"><script>".to_owned(),
            cancel_url: "https://studio.example/prices".to_owned(),
            created_at: now,
            paid_at: None,
            refunded_at: None,
            refund_amount: None,
            ask_at: None,
        }
    }

    fn html(row: &purchase::Model, title: &str) -> String {
        let page = Page {
            row,
            seller: "Example Studio",
            title,
            price: "9.00 EUR",
            left: false,
        };
        page.html()
    }

    #[test]
    fn nothing_that_was_given_becomes_markup() {
        for status in [Status::Pending, Status::Paid, Status::Failed, Status::Disputed] {
            let html = html(&row(status), "<img src=x onerror=alert(1)>");
            assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
        }
    }

    #[test]
    fn what_was_erased_or_is_no_web_address_is_not_linked() {
        for url in ["", "javascript:alert(1)", "data:text/html,x"] {
            let mut row = row(Status::Paid);
            row.success_url = url.to_owned();
            assert!(!html(&row, "100 credits").contains("href"), "{url}");
        }
        assert!(html(&row(Status::Paid), "100 credits").contains("Go on to studio.example"));
    }
}
