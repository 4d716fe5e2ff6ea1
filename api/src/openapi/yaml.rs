//! YAML that every parser reads alike.
//!
//! YAML 1.1 takes `1:1` for 61, `no` for false and `2026-11-21` for a date, so a string is
//! bare only if it is plainly a word; all others are quoted, or stand as a block
//! where they have several lines. Block style throughout, two spaces, no line folding.

use std::fmt::Write;

use serde_json::{Number, Value};

/// Words that some parser takes for something else.
const NOT_WORDS: [&str; 12] = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf",
];

/// Writes a JSON value as a YAML document.
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value, 0, Position::Top);
    out.push('\n');
    out.trim_start().to_owned()
}

/// What stands left of the value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Top,
    /// `key:`
    Key,
    /// `- `, where the first member of an object may follow on the same line.
    Dash,
}

fn write_value(out: &mut String, value: &Value, indent: usize, position: Position) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (index, (key, member)) in members.iter().enumerate() {
                if index > 0 || position != Position::Dash {
                    new_line(out, indent);
                }
                write_line(out, key);
                out.push(':');
                write_value(out, member, indent + 2, Position::Key);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 || position != Position::Dash {
                    new_line(out, indent);
                }
                out.push_str("- ");
                write_value(out, item, indent + 2, Position::Dash);
            }
        }
        scalar => {
            if position == Position::Key {
                out.push(' ');
            }
            write_scalar(out, scalar, indent);
        }
    }
}

fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn write_scalar(out: &mut String, scalar: &Value, indent: usize) {
    match scalar {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&exact(number)),
        Value::String(text) if is_block(text) => write_block(out, text, indent),
        Value::String(text) => write_line(out, text),
        Value::Array(_) => out.push_str("[]"),
        Value::Object(_) => out.push_str("{}"),
    }
}

/// YAML 1.1 wants a dot in the mantissa and a sign before the exponent.
fn exact(number: &Number) -> String {
    let text = number.to_string();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return text;
    };
    let dot = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with(['-', '+']) { "" } else { "+" };
    format!("{mantissa}{dot}e{sign}{exponent}")
}

fn write_line(out: &mut String, text: &str) {
    match is_word(text) {
        true => out.push_str(text),
        false => write_quoted(out, text),
    }
}

/// Letters first, and nothing that YAML gives a meaning.
fn is_word(text: &str) -> bool {
    let plain = |word: &str| {
        let rest = word.strip_prefix('$').unwrap_or(word);
        rest.starts_with(|first: char| first.is_ascii_alphabetic())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    text.split(' ').all(plain) && !NOT_WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// Characters that YAML 1.1 takes as they are, and that end no line in it.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

fn write_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
        }
    }
    out.push('"');
}

/// Several lines that a block gives back unchanged: no space at an end, none before the
/// first, at most one line feed after the last.
fn is_block(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let plain = |c: char| c == '\t' || is_printable(c);
    let edges = |line: &str| !line.ends_with([' ', '\t']) && line.chars().all(plain);
    body.contains('\n')
        && !body.starts_with([' ', '\t', '\n'])
        && !body.ends_with('\n')
        && body.split('\n').all(edges)
}

fn write_block(out: &mut String, text: &str, indent: usize) {
    let body = text.strip_suffix('\n');
    out.push_str(if body.is_some() { "|" } else { "|-" });
    for line in body.unwrap_or(text).split('\n') {
        match line.is_empty() {
            true => out.push('\n'),
            false => {
                new_line(out, indent.max(2));
                out.push_str(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_words_are_bare() {
        let written = |text: &str| to_yaml(&json!([text]));
        for word in [
            "string",
            "date-time",
            "Create a generation",
            "$ref",
            "v1",
            "X-Request-Id",
        ] {
            assert_eq!(written(word), format!("- {word}\n"));
        }
        for trap in [
            "",
            "1:1",
            "on",
            "No",
            "y",
            "~",
            "null",
            "2026-11-21",
            "3.1.0",
            "0x1f",
            "1e3",
            "1_000",
            "=",
            "<<",
            "a: b",
            "a #b",
            " a",
            "a ",
            "a  b",
            "- a",
            "#/x",
            "application/json",
            "*",
            "&a",
            "!b",
            "?",
            "{id}",
        ] {
            assert_eq!(written(trap), format!("- \"{trap}\"\n"));
        }
        assert_eq!(
            written("a\"\\\t\0\u{85}\u{feff}é😀"),
            "- \"a\\\"\\\\\\t\\u0000\\u0085\\ufeffé😀\"\n"
        );
    }

    #[test]
    fn blocks_nest() {
        let value = json!({"a": [{"b": 1, "c": []}, [1, [2]], {}], "d": {"e": null, "200": true}});
        let yaml = "a:\n  - b: 1\n    c: []\n  - - 1\n    - - 2\n  - {}\nd:\n  e: null\n  \"200\": true\n";
        assert_eq!(to_yaml(&value), yaml);
    }

    #[test]
    fn lines_stand_as_a_block_where_it_is_safe() {
        assert_eq!(to_yaml(&json!({"a": "x: y\n\n- z"})), "a: |-\n  x: y\n\n  - z\n");
        assert_eq!(to_yaml(&json!({"a": "x\n  y\n"})), "a: |\n  x\n    y\n");
        assert_eq!(
            to_yaml(&json!({"a": "x {\n\ty\n}"})),
            "a: |-\n  x {\n  \ty\n  }\n"
        );
        for unsafe_in_a_block in [
            "x \ny", " x\ny", "x\ny\n\n", "\nx\ny", "x\r\ny", "\tx\ny", "x\t\ny",
        ] {
            assert!(
                to_yaml(&json!(unsafe_in_a_block)).starts_with('"'),
                "{unsafe_in_a_block:?}"
            );
        }
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(
            to_yaml(&json!([u64::MAX, i64::MIN, 0.5, 1.0])),
            "- 18446744073709551615\n- -9223372036854775808\n- 0.5\n- 1.0\n"
        );
        assert_eq!(to_yaml(&json!([1e300, 2.5e-9])), "- 1.0e+300\n- 2.5e-9\n");
    }
}
