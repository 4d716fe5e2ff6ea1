//! YAML as a 1.1 loader reads it, which most of them are: there `no`, `1:1` and
//! `2026-11-21` are not text.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value, json};

pub fn load(text: &str) -> Value {
    let events = Parser::new_from_str(text).map(|event| event.expect("it is YAML").0);
    let mut events = events
        .skip_while(|event| !matches!(event, Event::DocumentStart(_)))
        .skip(1);
    let first = events.next().expect("a document");
    value(first, &mut events)
}

fn value<'a>(event: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>) -> Value {
    match event {
        Event::Scalar(text, ScalarStyle::Plain, _, None) => plain(&text),
        Event::Scalar(text, _, _, None) => json!(text),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            loop {
                match events.next().expect("an end") {
                    Event::SequenceEnd => return Value::Array(items),
                    item => items.push(value(item, events)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut members = Map::new();
            loop {
                match events.next().expect("an end") {
                    Event::MappingEnd => return Value::Object(members),
                    name => {
                        let name = value(name, events);
                        let name = name.as_str().unwrap_or_else(|| panic!("{name} is no text"));
                        let member = events.next().expect("a value");
                        let known = members.insert(name.to_owned(), value(member, events));
                        assert!(known.is_none(), "{name} is there twice");
                    }
                }
            }
        }
        other => panic!("the contract has no {other:?}"),
    }
}

/// A bare word. What only could be a number or a time is not taken for text.
fn plain(text: &str) -> Value {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => Value::Null,
        "y" | "yes" | "on" | "true" => Value::Bool(true),
        "n" | "no" | "off" | "false" => Value::Bool(false),
        _ if could_be_number(&lower) => {
            serde_json::from_str(text).unwrap_or_else(|_| json!({"neither text nor number": text}))
        }
        "<<" | "=" => json!({"of special meaning": text}),
        _ => json!(text),
    }
}

fn could_be_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit() || "+-.".contains(letter))
        && text
            .chars()
            .all(|letter| letter.is_ascii_hexdigit() || "+-._:xoinftz ".contains(letter))
}

#[test]
fn bare_words_are_read_as_of_old() {
    assert_eq!(
        load("a: no\nb: 12\nc: text\nd: \"no\"\ne: [1.0e+3, ~]"),
        json!({
            "a": false, "b": 12, "c": "text", "d": "no", "e": [1000.0, null],
        })
    );
    for trap in [
        "1:1",
        "2026-11-21",
        "0x1f",
        "1_000",
        "+1",
        ".5",
        "3.1.0",
        ".inf",
        "<<",
        "=",
    ] {
        assert!(load(&format!("- {trap}"))[0].is_object(), "{trap}");
    }
}
