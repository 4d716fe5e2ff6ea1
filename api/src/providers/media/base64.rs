//! Base64 as model servers write it: in either alphabet, padded or not, with line
//! breaks, or as a `data:` URL. pydantic alone writes three of these.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes that a text stands for.
pub fn decode(text: &str) -> Option<Bytes> {
    match text.trim_start().split_at_checked(5) {
        Some((scheme, url)) if scheme.eq_ignore_ascii_case("data:") => {
            let (said, data) = url.split_once(',')?;
            let encoded = said
                .split(';')
                .any(|word| word.trim().eq_ignore_ascii_case("base64"));
            let data = percent_decoded(data.as_bytes());
            match encoded {
                true => plain(&data),
                false => Some(data.into()),
            }
        }
        _ => plain(text.as_bytes()),
    }
}

fn plain(text: &[u8]) -> Option<Bytes> {
    let letters = text.iter().filter(|byte| !byte.is_ascii_whitespace());
    let letters: Vec<u8> = letters
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    LENIENT.decode(letters).ok().map(Bytes::from)
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let two = after.get(..2).filter(|_| *first == b'%');
        let byte = two.and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        decoded.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_to_write_it_are_the_same_bytes() {
        // Letters that the two alphabets write differently, and an odd end.
        let bytes: &[u8] = b"\xfb\xff\xfe\xff\x00";
        for text in [
            "+//+/wA=",
            "-__-_wA=",
            "-__-_wA",
            "+//+/wA",
            "+//+\n/wA=\n",
            "+//+\r\n/wA=",
            " +//+/wA= ",
            "data:image/png;base64,+//+/wA=",
            "data:;base64,-__-_wA",
            "DATA:image/png;charset=x;BASE64,%2B%2F%2F%2B%2FwA%3D",
            "data:application/octet-stream,%FB%ff%fe%FF%00",
        ] {
            assert_eq!(decode(text).as_deref(), Some(bytes), "{text}");
        }
        assert_eq!(
            decode("data:image/svg+xml;utf8,<svg 100%/>").as_deref(),
            Some(&b"<svg 100%/>"[..])
        );
        assert_eq!(decode("").as_deref(), Some(&b""[..]));
    }

    #[test]
    fn what_is_none_is_none() {
        for text in ["a", "+//+/wA==A", "ä", "data:image/png;base64", "{}"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
