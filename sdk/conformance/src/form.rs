//! What arrived in a `multipart/form-data` body.

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub filename: Option<String>,
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

pub fn parts(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.split("boundary=").nth(1)?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let fence = format!("\r\n--{boundary}");
    // So that the first one is like the others.
    let body = [b"\r\n", body].concat();
    let mut rest = after(&body, fence.as_bytes())?.1;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (part, next) = after(rest, fence.as_bytes())?;
        parts.push(Part::parse(part.strip_prefix(b"\r\n")?)?);
        rest = next;
    }
    Some(parts)
}

impl Part {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, body) = after(bytes, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(head).into_owned();
        let mut part = Self {
            body: body.to_vec(),
            ..Self::default()
        };
        for line in head.split("\r\n") {
            let (name, value) = line.split_once(':')?;
            match name.to_lowercase().as_str() {
                "content-disposition" => {
                    part.name = attribute(value, "name")?;
                    part.filename = attribute(value, "filename");
                }
                "content-type" => part.content_type = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        Some(part)
    }
}

/// `name="…"`, with quotes written as browsers write them or with a backslash.
fn attribute(disposition: &str, name: &str) -> Option<String> {
    let start = disposition.find(&format!(" {name}=\""))? + name.len() + 3;
    let mut value = String::new();
    let mut letters = disposition[start..].chars();
    loop {
        match letters.next()? {
            '"' => return Some(value.replace("%22", "\"")),
            '\\' => value.push(letters.next()?),
            letter => value.push(letter),
        }
    }
}

fn after<'a>(bytes: &'a [u8], fence: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(fence.len()).position(|window| window == fence)?;
    Some((&bytes[..at], &bytes[at + fence.len()..]))
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn reads_a_form() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ninput\r\n\
            --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22 \\\"c\\\".png\"\r\n\
            Content-Type: image/png\r\n\r\n\r\n--\r\n\r\n--x--\r\n";
        let file = Part {
            name: "file".into(),
            filename: Some("a \"b\" \"c\".png".into()),
            content_type: Some("image/png".into()),
            body: b"\r\n--\r\n".to_vec(),
        };
        let purpose = Part {
            name: "purpose".into(),
            body: b"input".to_vec(),
            ..Part::default()
        };
        let read = parts("multipart/form-data; boundary=x", body);
        assert_eq!(read, Some(vec![purpose, file]));
    }
}
