//! A password as it is hashed (RFC 8265, "OpaqueString"): keyboards write one letter as
//! one character or as two, and a space as one of many. Case and width stay as typed.

use unicode_normalization::UnicodeNormalization as _;

/// The same for all ways in which a keyboard may write it.
#[must_use]
pub fn prepare(typed: &str) -> String {
    typed.chars().map(plain_space).nfc().collect()
}

/// Unicode's spaces (Zs).
fn plain_space(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_on_two_keyboards_is_the_same() {
        let composed = "Gr\u{fc}\u{df}e 2026 an alle";
        assert_eq!(prepare(composed), composed);
        assert_eq!(prepare("Gru\u{308}\u{df}e\u{a0}2026 an\u{3000}alle"), composed);
        // Case, width and what is written otherwise are part of it.
        for other in [
            "gr\u{fc}\u{df}e 2026 an alle",
            "Gr\u{fc}sse 2026 an alle",
            "\u{ff27}r\u{fc}\u{df}e 2026 an alle",
        ] {
            assert_ne!(prepare(other), composed);
        }
    }
}
