//! The text of server-sent events, as the HTML standard reads it. Pure.

use std::collections::VecDeque;

#[derive(Debug, Default)]
pub struct Parser {
    /// Bytes of a line that has not ended.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, which a line feed may still belong to.
    after_return: bool,
    /// Whether a line has been read: only before the first one, a byte order mark may stand.
    began: bool,
    event: String,
    data: Option<String>,
    /// The id that holds for the next event.
    id: Option<String>,
    /// The id of the last event that came whole.
    last_id: Option<String>,
    retry: Option<u64>,
    ready: VecDeque<Parsed>,
}

#[derive(Debug, PartialEq)]
pub struct Parsed {
    pub event: String,
    pub id: Option<String>,
    pub data: String,
}

impl Parser {
    pub fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let after_return = std::mem::take(&mut self.after_return);
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    self.take_line(&String::from_utf8_lossy(&line));
                }
                _ => self.line.push(byte),
            }
        }
    }

    pub fn next_event(&mut self) -> Option<Parsed> {
        self.ready.pop_front()
    }

    /// How many milliseconds to pause before reconnecting.
    pub fn retry(&self) -> Option<u64> {
        self.retry
    }

    pub fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// Forgets what has not come whole; a new body begins.
    pub fn restart(&mut self) {
        *self = Self {
            id: self.last_id.clone(),
            last_id: self.last_id.take(),
            retry: self.retry,
            ..Self::default()
        };
    }

    fn take_line(&mut self, line: &str) {
        let line = match std::mem::replace(&mut self.began, true) {
            true => line,
            false => line.strip_prefix('\u{feff}').unwrap_or(line),
        };
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => match &mut self.data {
                None => self.data = Some(value.to_owned()),
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
            },
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()).filter(|id| !id.is_empty()),
            "retry" => self.retry = value.parse().ok().or(self.retry),
            // Comments, which are fields without a name, and what the standard does not know.
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        self.last_id.clone_from(&self.id);
        if let Some(data) = self.data.take() {
            self.ready.push_back(Parsed {
                event: if event.is_empty() {
                    "message".to_owned()
                } else {
                    event
                },
                id: self.id.clone(),
                data,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(event: &str, id: Option<&str>, data: &str) -> Parsed {
        Parsed {
            event: event.to_owned(),
            id: id.map(str::to_owned),
            data: data.to_owned(),
        }
    }

    #[test]
    fn pieces_may_end_anywhere() {
        let text = "\u{feff}: hello\r\nid: 1\r\nevent: a\r\ndata: {\ndata:\"ü\"}\r\n\r\ndata: 2\r\rid\ndata: 3\n\ndata: 4\n";
        let expected = [
            event("a", Some("1"), "{\n\"ü\"}"),
            event("message", Some("1"), "2"),
            event("message", None, "3"),
        ];
        for size in [1, 2, 3, 1000] {
            let mut parser = Parser::default();
            text.as_bytes().chunks(size).for_each(|piece| parser.push(piece));
            let events: Vec<_> = std::iter::from_fn(|| parser.next_event()).collect();
            assert_eq!(events, expected);
        }
    }

    #[test]
    fn half_an_event_is_forgotten() {
        let mut parser = Parser::default();
        parser.push(b"retry: 100\nid: 1\ndata: a\n\nid: 2\ndata: b");
        parser.restart();
        assert_eq!((parser.last_id(), parser.retry()), (Some("1"), Some(100)));
        parser.push(b"data: c\n\n");
        assert_eq!(parser.next_event(), Some(event("message", Some("1"), "c")));
    }
}
