//! Addresses that are what they look like. URL parsers are forgiving: they drop line
//! breaks and tabs wherever these stand, trim what is around, take `\` for `/`, and
//! translate a host's letters. Here, what is written down is what is called.

use url::Url;

/// Whether a text has letters that a parser drops or takes for others, or that nobody sees.
#[must_use]
pub fn has_odd_letters(text: &str) -> bool {
    text.chars().any(|letter| {
        letter.is_control()
            || letter.is_whitespace()
            || matches!(
                letter,
                '\\' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                    | '\u{feff}'
            )
    })
}

/// Reads a URL of any scheme that has no odd letters.
#[must_use]
pub fn read_url(text: &str) -> Option<Url> {
    if has_odd_letters(text) {
        return None;
    }
    Url::parse(text).ok()
}

/// Reads an address on the web, its host written in ASCII.
#[must_use]
pub fn read_web_url(text: &str) -> Option<Url> {
    let url = read_url(text)?;
    let rest = text.get(url.scheme().len()..)?.strip_prefix("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = !host.is_empty() && host.is_ascii() && !host.contains('%');
    (plain && ["http", "https"].contains(&url.scheme()) && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_parser_would_change_is_no_address() {
        for odd in [
            "https://h.example/o\r\nBcc: x@y",
            "https://h.example/o\t",
            " https://h.example/o",
            "https://h.example/o\n",
            "https://h.example/a b",
            "https://h.example/\u{1}",
            "https://h.example/\u{7f}",
            "https://h.example/\u{a0}",
            "https:\\\\h.example\\o",
            "https://h.exam\u{ad}ple/",
            "https://h.exam\u{200b}ple/",
            "https:h.example",
            "https:/h.example",
            "https:///h.example",
            "https://１２７.0.0.1/",
            "https://127%2e0.0.1/",
            "https://bücher.example/",
            "ftp://h.example/",
            "//h.example",
            "https://",
            "h.example",
        ] {
            assert_eq!(read_web_url(odd), None, "{odd:?}");
        }
        for fine in [
            "https://h.example",
            "HTTPS://H.example/O?a=b&c=%0d%0a#d",
            "http://[::1]:8080/",
            "https://xn--bcher-kva.example/ü",
            "https://studio.example/paid?session={CHECKOUT_SESSION_ID}",
        ] {
            assert!(read_web_url(fine).is_some(), "{fine}");
        }
        assert!(read_url("com.example.app:/back").is_some());
        assert_eq!(read_url("com.example.app:/back\t"), None);
    }
}
