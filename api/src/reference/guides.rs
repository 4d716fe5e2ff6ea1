//! The guides, in the order in which they are read.

use std::fmt::Write as _;

use crate::http::Code;

/// A guide as it is written, in Markdown.
#[derive(Debug, Clone)]
pub struct Guide {
    /// As in `/guides/{name}`.
    pub name: &'static str,
    pub title: String,
    /// What it is about, in a sentence.
    pub lead: String,
    pub text: String,
}

const TEXTS: &[(&str, &str)] = &[
    ("getting-started", include_str!("../../guides/getting-started.md")),
    ("models", include_str!("../../guides/models.md")),
    ("money", include_str!("../../guides/money.md")),
    ("waiting", include_str!("../../guides/waiting.md")),
    ("errors", include_str!("../../guides/errors.md")),
    ("webhooks", include_str!("../../guides/webhooks.md")),
    ("sign-in", include_str!("../../guides/sign-in.md")),
];

/// Stands in `errors.md` where the list of all codes belongs.
const CODES: &str = "<!-- codes -->";

/// All guides, with what this server knows of itself filled in.
pub fn guides() -> Vec<Guide> {
    TEXTS
        .iter()
        .map(|(name, text)| {
            let mut lines = text.lines().filter(|line| !line.is_empty());
            Guide {
                name,
                title: lines
                    .next()
                    .unwrap_or_default()
                    .trim_start_matches("# ")
                    .to_owned(),
                lead: lead(text),
                text: text.replace(CODES, &codes()),
            }
        })
        .collect()
}

/// The first paragraph, on one line.
fn lead(text: &str) -> String {
    let paragraph = text.split("\n\n").nth(1).unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn codes() -> String {
    let mut table = String::from("| Status | `code` | What it means |\n|---|---|---|\n");
    for code in Code::ALL {
        let (status, name) = (code.status().as_u16(), code.name());
        // Writing to a text never fails.
        let _ = writeln!(
            table,
            "| {status} | [`{name}`](/problems/{name}) | {} |",
            code.title()
        );
    }
    table
}
