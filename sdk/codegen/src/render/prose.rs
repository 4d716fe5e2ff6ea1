//! Descriptions as lines of a comment.
//!
//! Markdown stays Markdown: paragraphs are filled anew, list items keep their dash and hang
//! below it, and fenced code is left alone.

/// Lines of at most `width` characters, unless a single word is longer.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut paragraph = String::new();
    let mut code = false;
    for line in text.trim().lines() {
        let line = line.trim_end();
        let fence = line.trim_start().starts_with("```");
        if fence || code || line.is_empty() {
            fill(&mut lines, &mut paragraph, width);
            lines.push(line.to_owned());
            code ^= fence;
            continue;
        }
        if line.trim_start().starts_with("- ") {
            fill(&mut lines, &mut paragraph, width);
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line.trim());
    }
    fill(&mut lines, &mut paragraph, width);
    lines
}

fn fill(lines: &mut Vec<String>, paragraph: &mut String, width: usize) {
    let text = std::mem::take(paragraph);
    let hang = if text.starts_with("- ") { "  " } else { "" };
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
            line.push_str(hang);
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_code() {
        let text = "One two\nthree four.\n\n- `a`: first\n- `b`: the second one\n\n```\nlet  x;\n```";
        assert_eq!(
            wrap(text, 14),
            [
                "One two three",
                "four.",
                "",
                "- `a`: first",
                "- `b`: the",
                "  second one",
                "",
                "```",
                "let  x;",
                "```"
            ]
        );
    }
}
