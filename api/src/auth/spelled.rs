//! Codes that people copy from a mail or a sheet of paper: `k7qm-2xv9`.
//!
//! They are written in groups of four, in letters that are not mistaken for one
//! another; whoever types one may leave out the dashes, write capitals, or take `O`
//! for `0` and `l` for `1`. A letter has five random bits.

/// Crockford's: no i, l, o or u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const GROUP: usize = 4;

/// A new code of so many letters, with its dashes.
#[must_use]
pub fn mint(letters: usize) -> String {
    let mut code = String::with_capacity(letters + letters / GROUP);
    for at in 0..letters {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(char::from(DIGITS[rand::random_range(0..DIGITS.len())]));
    }
    code
}

/// The letters of a code, however it was typed; `None` for what can't be one.
#[must_use]
pub fn read(typed: &str, letters: usize) -> Option<String> {
    let mut code = String::with_capacity(letters);
    for character in typed.chars() {
        match character.to_ascii_lowercase() {
            '-' | ' ' => {}
            'o' => code.push('0'),
            'i' | 'l' => code.push('1'),
            digit if digit.is_ascii() && DIGITS.contains(&(digit as u8)) => code.push(digit),
            _ => return None,
        }
    }
    (code.len() == letters).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_in_groups() {
        for letters in [8, 16] {
            let code = mint(letters);
            assert!(code.split('-').all(|group| group.len() == GROUP), "{code}");
            assert_eq!(read(&code, letters), Some(code.replace('-', "")));
            assert_ne!(code, mint(letters));
        }
    }

    #[test]
    fn a_code_may_be_typed_carelessly() {
        for typed in ["10a01bcd", "10A0-1BCD", " loaO ibcd "] {
            assert_eq!(read(typed, 8).as_deref(), Some("10a01bcd"), "{typed}");
        }
    }

    #[test]
    fn what_can_t_be_a_code_is_none() {
        for bad in [
            "",
            "10a0-1bc",
            "10a0-1bcd0",
            "10a0-1bcu",
            "10a0-1bcé",
            "10a0_1bcd",
        ] {
            assert_eq!(read(bad, 8), None, "{bad}");
        }
    }
}
