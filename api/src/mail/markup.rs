//! A mail's text, written once in Markdown: as HTML for mail programs, and as plain
//! text. So the two parts can't say different things.
//!
//! Styles stand on the elements, since many mail programs drop style sheets. Raw
//! HTML is shown as text, and images are left out: nothing is fetched when a mail
//! is opened.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::brand::Brand;

/// The two parts of a mail, or of a piece of it.
pub struct Parts {
    pub html: String,
    pub text: String,
}

/// What is being written, and where in it we are.
#[derive(Default)]
struct Writing {
    html: String,
    text: String,
    /// The cell of a table's row that comes next.
    cell: usize,
    in_head: bool,
    /// What the open link leads to.
    link: String,
    is_button: bool,
    in_code: bool,
    paragraph: &'static str,
}

const PARAGRAPH: &str = "margin:0 0 16px;";
const NOTE: &str = "margin:0;";

/// Writes both parts of a text in Markdown.
#[must_use]
pub fn write(markdown: &str, brand: &Brand) -> Parts {
    let events: Vec<Event> = Parser::new_ext(markdown, Options::ENABLE_TABLES).collect();
    let mut to = Writing {
        paragraph: PARAGRAPH,
        ..Writing::default()
    };
    for at in 0..events.len() {
        match &events[at] {
            Event::Start(tag) => to.start(tag, &events[at..], brand),
            Event::End(tag) => to.end(tag),
            Event::Text(text) if to.in_code => to.words(&unescape(text)),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                to.words(text);
            }
            Event::SoftBreak => to.words(" "),
            Event::HardBreak => {
                to.html.push_str("<br>");
                to.text.push('\n');
            }
            _ => {}
        }
    }
    Parts {
        html: to.html.trim_end().to_owned(),
        text: to.text.trim().to_owned() + "\n",
    }
}

/// A value of a variable, so that Markdown takes it as it is: neither a link nor a
/// second line can be smuggled in.
#[must_use]
pub fn escape(value: &str) -> String {
    let mut safe = String::new();
    for word in value.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !safe.is_empty() {
            safe.push(' ');
        }
        for letter in word.chars() {
            if letter.is_ascii_punctuation() {
                safe.push('\\');
            }
            safe.push(letter);
        }
    }
    safe
}

/// The value again: between the fences of a code, Markdown leaves the escapes standing.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped = letters.next_if(|next| letter == '\\' && next.is_ascii_punctuation());
        plain.push(escaped.unwrap_or(letter));
    }
    plain
}

impl Writing {
    fn start(&mut self, tag: &Tag, rest: &[Event], brand: &Brand) {
        match tag {
            Tag::Heading { .. } => self.html.push_str(
                "<h1 style=\"margin:0 0 20px;font-size:22px;line-height:29px;font-weight:700;color:#16191d;\">",
            ),
            Tag::Paragraph => {
                self.is_button = is_one_link(rest);
                let _ = write!(self.html, "<p style=\"{}\">", self.paragraph);
            }
            Tag::BlockQuote(_) => {
                self.paragraph = NOTE;
                self.html.push_str(
                    "<div class=\"note\" style=\"margin:24px 0 0;padding:16px 0 0;border-top:1px solid #dfe3e8;font-size:14px;\
                     line-height:22px;color:#59616c;\">",
                );
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.in_code = true;
                self.html.push_str(
                    "<p class=\"code\" style=\"margin:8px 0 24px;padding:18px 12px;border:1px solid #dfe3e8;\
                     border-radius:8px;background-color:#f3f4f6;color:#16191d;text-align:center;\
                     font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:28px;line-height:36px;\
                     letter-spacing:4px;font-weight:600;\">",
                );
                self.text.push_str("    ");
            }
            Tag::List(_) => self
                .html
                .push_str("<ul style=\"margin:0 0 16px;padding:0 0 0 22px;\">"),
            Tag::Item => {
                self.html.push_str("<li style=\"margin:0 0 6px;\">");
                self.text.push_str("- ");
            }
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Table(_) => self.html.push_str(
                "<table class=\"facts\" role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
                 style=\"margin:8px 0 24px;border-collapse:collapse;\">",
            ),
            Tag::TableHead => self.in_head = true,
            Tag::TableRow => {
                self.cell = 0;
                self.html.push_str("<tr>");
            }
            Tag::TableCell if !self.in_head => {
                self.html.push_str(match self.cell {
                    0 => {
                        "<td class=\"label\" valign=\"top\" style=\"padding:9px 16px 9px 0;border-bottom:1px solid #dfe3e8;\
                         font-size:14px;line-height:22px;color:#59616c;\">"
                    }
                    _ => {
                        "<td valign=\"top\" style=\"padding:9px 0;border-bottom:1px solid #dfe3e8;font-size:15px;\
                         line-height:22px;color:#16191d;font-weight:600;overflow-wrap:anywhere;word-break:break-word;\">"
                    }
                });
            }
            Tag::Link { dest_url, .. } => self.open_link(dest_url, brand),
            _ => {}
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.html.push_str("</h1>\n");
                self.text.push_str("\n\n");
            }
            TagEnd::Paragraph => {
                self.is_button = false;
                self.html.push_str("</p>\n");
                self.text.push_str("\n\n");
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph = PARAGRAPH;
                self.html.push_str("</div>\n");
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.html.push_str("</p>\n");
                self.text.push_str("\n\n");
            }
            TagEnd::List(_) => {
                self.html.push_str("</ul>\n");
                self.text.push('\n');
            }
            TagEnd::Item => {
                self.html.push_str("</li>\n");
                self.text.push('\n');
            }
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Table => {
                self.html.push_str("</table>\n");
                self.text.push('\n');
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableRow => {
                self.html.push_str("</tr>\n");
                self.text.push('\n');
            }
            TagEnd::TableCell if !self.in_head => {
                self.html.push_str("</td>");
                if self.cell == 0 {
                    self.text.push_str(": ");
                }
                self.cell += 1;
            }
            TagEnd::Link => self.close_link(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        // A code block ends with a line break of its own.
        let words = words.trim_end_matches('\n');
        escape_html(words, &mut self.html);
        self.text.push_str(words);
    }

    fn open_link(&mut self, to: &str, brand: &Brand) {
        let scheme = ["https://", "http://", "mailto:"];
        if !scheme.iter().any(|scheme| to.starts_with(scheme)) {
            self.link.clear();
            return;
        }
        to.clone_into(&mut self.link);
        self.html.push_str("<a href=\"");
        escape_html(to, &mut self.html);
        let (colour, ink) = (&brand.colour, brand.ink());
        let _ = match self.is_button {
            true => write!(
                self.html,
                "\" class=\"button\" style=\"display:inline-block;margin:8px 0;padding:12px 24px;border-radius:8px;\
                 background-color:{colour};color:{ink};font-weight:600;text-decoration:none;\">"
            ),
            false => write!(
                self.html,
                "\" style=\"color:inherit;text-decoration:underline;\">"
            ),
        };
    }

    fn close_link(&mut self) {
        if self.link.is_empty() {
            return;
        }
        self.html.push_str("</a>");
        let _ = match self.is_button {
            true => write!(self.text, ":\n\n    {}", self.link),
            false => write!(self.text, ": {}", self.link),
        };
    }
}

/// Whether a paragraph consists of a link and nothing else.
fn is_one_link(paragraph: &[Event]) -> bool {
    let end = |event: &Event| matches!(event, Event::End(TagEnd::Paragraph));
    let inner = paragraph.iter().skip(1).take_while(|event| !end(event));
    let inner: Vec<&Event> = inner.collect();
    let links = inner
        .iter()
        .filter(|event| matches!(event, Event::Start(Tag::Link { .. })));
    links.count() == 1
        && matches!(inner.first(), Some(Event::Start(Tag::Link { .. })))
        && matches!(inner.last(), Some(Event::End(TagEnd::Link)))
}

fn escape_html(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(markdown: &str) -> Parts {
        super::write(markdown, &Brand::default())
    }

    #[test]
    fn a_value_is_only_itself() {
        for nasty in [
            "<script>alert(1)</script>",
            "[click](https://evil.example)",
            "![x](https://evil.example/p.png)",
            "`a` *b* _c_ # d | e",
            "&lt;b&gt; \\",
            "1. one",
        ] {
            let parts = write(&format!("| | |\n|---|---|\n| Name | {} |\n", escape(nasty)));
            assert_eq!(parts.text, format!("Name: {nasty}\n"));
            for tag in ["<script", "<a ", "<img", "<em", "<code"] {
                assert!(!parts.html.contains(tag), "{}", parts.html);
            }
            let parts = write(&escape(nasty));
            assert_eq!(parts.text, format!("{nasty}\n"));
            assert!(parts.html.starts_with("<p "), "{}", parts.html);
        }
        assert_eq!(escape("a\r\n\r\n# b\u{0}"), "a \\# b");
    }

    #[test]
    fn raw_html_and_images_are_not_passed_on() {
        let parts = write("<img src=https://evil.example>\n\n![x](https://evil.example) a <b>c</b>");
        assert!(
            !parts.html.contains("<img") && !parts.html.contains("<b>"),
            "{}",
            parts.html
        );
        let parts = write("[x](javascript:alert)");
        assert!(!parts.html.contains("href"), "{}", parts.html);
    }

    #[test]
    fn a_code_stands_as_it_is() {
        for code in ["k7qm-2xv9", "a\\b", "\\\\-", "<b>"] {
            let parts = write(&format!("```\n{}\n```\n", escape(code)));
            assert_eq!(parts.text.trim(), code);
        }
    }

    #[test]
    fn a_link_alone_is_a_button_and_its_address_stands_in_the_text() {
        let parts = write(&format!("[Open]({})", escape("https://a.example/r?b=1&c=_d_")));
        assert!(
            parts
                .html
                .contains("href=\"https://a.example/r?b=1&amp;c=_d_\" class=\"button\"")
        );
        assert_eq!(parts.text, "Open:\n\n    https://a.example/r?b=1&c=_d_\n");
        let parts = write("See [this](https://a.example).");
        assert!(!parts.html.contains("button"));
        assert_eq!(parts.text, "See this: https://a.example.\n");
    }
}
