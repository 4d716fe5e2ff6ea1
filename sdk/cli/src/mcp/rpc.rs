//! JSON-RPC 2.0, one message a line: a request, or several in a list (a batch, which the revision
//! 2025-03-26 of the protocol has).

use serde_json::{Value, json};

pub const METHOD_NOT_FOUND: i64 = -32601;
pub const INVALID_PARAMS: i64 = -32602;
const INVALID_REQUEST: i64 = -32600;
const PARSE_ERROR: i64 = -32700;

/// What a message wants.
#[derive(Debug, PartialEq)]
pub enum Message {
    Request(Request),
    /// Ends the call with this id.
    Cancel(Value),
    /// A notification of another kind, or an answer: nobody asked for one.
    Nothing,
    /// It is answered at once, with this.
    Wrong(Value),
}

#[derive(Debug, PartialEq)]
pub struct Request {
    pub id: Value,
    pub method: String,
    pub params: Value,
}

/// A line of the input.
pub enum Line {
    One(Message),
    /// All are answered in one list.
    Batch(Vec<Message>),
}

impl Line {
    pub fn read(text: &str) -> Self {
        match serde_json::from_str(text) {
            Ok(Value::Array(messages)) if messages.is_empty() => {
                Self::One(wrong(&Value::Null, "an empty batch asks for nothing"))
            }
            Ok(Value::Array(messages)) => Self::Batch(messages.into_iter().map(Message::read).collect()),
            Ok(message) => Self::One(Message::read(message)),
            Err(_) => Self::One(Message::Wrong(error(
                &Value::Null,
                PARSE_ERROR,
                "this is no JSON",
            ))),
        }
    }
}

impl Message {
    fn read(mut message: Value) -> Self {
        let Some(members) = message.as_object_mut() else {
            return wrong(&Value::Null, "a message is an object");
        };
        let params = members.remove("params").unwrap_or_default();
        let method = members.get("method");
        let id = match members.get("id") {
            None => None,
            Some(id) if id.is_string() || id.is_number() => Some(id.clone()),
            Some(_) if method.is_none() => return Self::Nothing,
            Some(_) => return wrong(&Value::Null, "an id is a string or a number"),
        };
        match (id, method.map(Value::as_str)) {
            (None, Some(Some("notifications/cancelled"))) => Self::Cancel(params["requestId"].clone()),
            (None, Some(Some(_))) => Self::Nothing,
            (Some(id), Some(Some(method))) => Self::Request(Request {
                id,
                method: method.to_owned(),
                params,
            }),
            _ if members.contains_key("result") || members.contains_key("error") => Self::Nothing,
            (id, _) => wrong(
                &id.unwrap_or_default(),
                "a request has a `method`, which is a string",
            ),
        }
    }
}

fn wrong(id: &Value, message: &str) -> Message {
    Message::Wrong(error(id, INVALID_REQUEST, message))
}

pub fn result(id: &Value, result: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": result})
}

pub fn error(id: &Value, code: i64, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Message {
        match Line::read(text) {
            Line::One(message) => message,
            Line::Batch(messages) => panic!("{messages:?}"),
        }
    }

    fn refused(text: &str) -> (Value, Value) {
        match read(text) {
            Message::Wrong(answer) => (answer["id"].clone(), answer["error"]["code"].clone()),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_is_no_request_is_answered_as_one_that_is_wrong() {
        for text in ["7", "\"ping\"", "null", "true", "[]", "{}"] {
            assert_eq!(refused(text), (Value::Null, json!(INVALID_REQUEST)), "{text}");
        }
        for text in [
            r#"{"id": 3}"#,
            r#"{"id": 3, "method": 7}"#,
            r#"{"id": 3, "method": null}"#,
        ] {
            assert_eq!(refused(text), (json!(3), json!(INVALID_REQUEST)), "{text}");
        }
        for text in [
            r#"{"id": null, "method": "ping"}"#,
            r#"{"id": {}, "method": "ping"}"#,
        ] {
            assert_eq!(refused(text), (Value::Null, json!(INVALID_REQUEST)), "{text}");
        }
        assert_eq!(refused("{"), (Value::Null, json!(PARSE_ERROR)));
    }

    #[test]
    fn nobody_answers_notifications_and_answers() {
        for text in [
            r#"{"method": "notifications/initialized"}"#,
            r#"{"id": 1, "result": {}}"#,
            r#"{"id": null, "error": {"code": -32700, "message": "what?"}}"#,
        ] {
            assert_eq!(read(text), Message::Nothing, "{text}");
        }
        let canceled = read(r#"{"method": "notifications/cancelled", "params": {"requestId": "a"}}"#);
        assert_eq!(canceled, Message::Cancel(json!("a")));
    }

    #[test]
    fn a_batch_is_read_message_by_message() {
        let Line::Batch(messages) = Line::read(r#"[{"id": 1, "method": "ping"}, 7, {"method": "x"}]"#) else {
            panic!("no batch");
        };
        assert!(matches!(
            messages.as_slice(),
            [Message::Request(_), Message::Wrong(_), Message::Nothing]
        ));
    }
}
