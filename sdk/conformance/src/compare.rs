//! What must be, and what is.

use jiff::Timestamp;
use regex::Regex;
use serde_json::Value;

/// The differences, each with the place where it is; none when all fits.
///
/// Objects are subsets, arrays are whole, times are times.
pub fn compare(place: &str, expected: &Value, actual: Option<&Value>) -> Vec<String> {
    if let Some((name, argument)) = matcher(expected) {
        return judge(place, name, argument, actual);
    }
    match (expected, actual) {
        (Value::Null, None | Some(Value::Null)) => Vec::new(),
        (Value::Object(expected), Some(Value::Object(actual))) => expected
            .iter()
            .flat_map(|(name, expected)| compare(&format!("{place}.{name}"), expected, actual.get(name)))
            .collect(),
        (Value::Array(expected), Some(Value::Array(actual))) if expected.len() == actual.len() => expected
            .iter()
            .zip(actual)
            .enumerate()
            .flat_map(|(index, (expected, actual))| {
                compare(&format!("{place}[{index}]"), expected, Some(actual))
            })
            .collect(),
        (expected, Some(actual)) if same(expected, actual) => Vec::new(),
        (expected, actual) => vec![differs(place, &expected.to_string(), actual)],
    }
}

fn differs(place: &str, expected: &str, actual: Option<&Value>) -> String {
    let actual = actual.map_or("nothing".to_owned(), |actual| {
        let text = actual.to_string();
        match text.char_indices().nth(300) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text,
        }
    });
    format!("{place} must be {expected} and is {actual}")
}

fn same(expected: &Value, actual: &Value) -> bool {
    match (expected, actual) {
        (Value::Number(expected), Value::Number(actual)) => {
            expected == actual
                || (expected.as_f64() == actual.as_f64() && expected.is_f64() != actual.is_f64())
        }
        (Value::String(expected), Value::String(actual)) => expected == actual || same_time(expected, actual),
        _ => expected == actual,
    }
}

/// To the millisecond, as that is all that some languages' times hold.
fn same_time(expected: &str, actual: &str) -> bool {
    let (Ok(expected), Ok(actual)) = (expected.parse::<Timestamp>(), actual.parse::<Timestamp>()) else {
        return false;
    };
    expected.duration_since(actual).abs().as_millis() < 1
}

/// `{"$name": argument}`
fn matcher(expected: &Value) -> Option<(&str, &Value)> {
    let expected = expected.as_object().filter(|object| object.len() == 1)?;
    let (name, argument) = expected.iter().next()?;
    Some((name.strip_prefix('$')?, argument))
}

fn judge(place: &str, name: &str, argument: &Value, actual: Option<&Value>) -> Vec<String> {
    let text = match actual {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let there = actual.is_some_and(|actual| !actual.is_null());
    let fits = match name {
        "any" => there,
        "absent" => !there,
        "blank" => !there || text.is_empty(),
        "matches" => {
            let pattern = argument.as_str().expect("a pattern");
            there && Regex::new(pattern).expect("a regular expression").is_match(&text)
        }
        "contains" => there && text.contains(argument.as_str().expect("a text")),
        "lacks" => {
            let texts = argument.as_array().expect("texts").iter();
            !texts.filter_map(Value::as_str).any(|part| text.contains(part))
        }
        "between" => {
            let bound = |index: usize| argument[index].as_f64().expect("a number");
            let number = actual.and_then(Value::as_f64);
            number.is_some_and(|number| (bound(0)..=bound(1)).contains(&number))
        }
        other => panic!("{place}: there is no ${other}"),
    };
    if fits {
        return Vec::new();
    }
    vec![differs(place, &format!("${name} {argument}"), actual)]
}

#[cfg(test)]
mod tests {
    use super::compare;
    use serde_json::json;

    #[test]
    fn objects_are_subsets_and_arrays_whole() {
        let actual = json!({"a": 1, "b": [{"c": 2, "d": 3}], "at": "2026-11-21T08:04:23.861Z"});
        let fits = |expected| compare("value", &expected, Some(&actual)).is_empty();
        assert!(fits(
            json!({"b": [{"c": 2.0}], "z": null, "at": "2026-11-21T10:04:23.861028+02:00"})
        ));
        assert!(!fits(json!({"b": []})));
        assert!(!fits(json!({"at": "2026-11-21T08:04:23.863Z"})));
        assert!(fits(json!({"a": {"$between": [0, 1]}, "z": {"$absent": true}})));
        assert!(!fits(json!({"at": {"$matches": "^2025"}})));
    }
}
