//! Markdown to HTML: descriptions and guides.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// What our own texts use beyond CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Heading {
    pub anchor: String,
    pub title: String,
}

pub fn to_html(text: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(text, OPTIONS));
    out
}

/// Without the paragraph around it: for a line within a line.
pub fn inline(text: &str) -> String {
    let html = to_html(text);
    let html = html.trim();
    let inner = html
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"));
    inner.unwrap_or(html).to_owned()
}

/// A page with anchors at its second-level headings, and the list of these.
pub fn page(text: &str) -> (String, Vec<Heading>) {
    let mut events: Vec<Event> = Parser::new_ext(text, OPTIONS).collect();
    let mut headings = Vec::new();
    let mut start = None;
    for index in 0..events.len() {
        match &events[index] {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) => start = Some(index),
            Event::End(TagEnd::Heading(HeadingLevel::H2)) => {
                let Some(start) = start.take() else { continue };
                let title: String = events[start..index].iter().filter_map(words).collect();
                let anchor = anchor(&title);
                if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
                    *id = Some(anchor.clone().into());
                }
                headings.push(Heading { anchor, title });
            }
            _ => {}
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    (out, headings)
}

fn words<'a>(event: &'a Event) -> Option<&'a str> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

/// `What it costs` becomes `what-it-costs`.
pub fn anchor(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_can_be_linked_to() {
        let (html, headings) = page("# A\n\n## What `it` costs\n\nMuch.\n\n## When\n");
        let anchors: Vec<&str> = headings.iter().map(|heading| heading.anchor.as_str()).collect();
        assert_eq!(anchors, ["what-it-costs", "when"]);
        assert!(html.contains(r#"<h2 id="what-it-costs">What <code>it</code> costs</h2>"#));
    }
}
