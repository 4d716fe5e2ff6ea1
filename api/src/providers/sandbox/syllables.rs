//! What a reading voice hears in a text: syllables, and the rests between.

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Beat {
    Syllable {
        vowel: char,
        /// Begins with a sharp consonant.
        hiss: bool,
        stressed: bool,
        /// The last before a rest.
        last: bool,
        /// The sentence it ends is a question.
        asks: bool,
    },
    /// In seconds, at a calm pace.
    Rest(f32),
}

const VOWELS: &str = "aeiouyàáâãäåāèéêëēìíîïīòóôõöøōùúûüūýαάεέηήιίοόυύωώаеёиоуыэюяіїє";
const SHARP: &str = "stzcxkpfhqşščσςτκπφχθξψзстцчшщкпфх";

/// Lazily, since a text may be far longer than what is ever heard of it.
pub fn beats(text: &str) -> impl Iterator<Item = Beat> {
    text.split_whitespace().flat_map(|word| {
        let mut beats = syllables(word);
        let rest = match word
            .trim_end_matches(['"', '\'', ')', '”', '’', '»'])
            .chars()
            .last()
        {
            Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '।') => 0.42,
            Some(',' | ';' | ':' | '—' | '–' | '、' | '，') => 0.22,
            _ => 0.045,
        };
        if let Some(Beat::Syllable { last, asks, .. }) = beats.last_mut() {
            *last = rest > 0.1;
            *asks = word.contains(['?', '？']);
        }
        beats.push(Beat::Rest(rest));
        beats
    })
}

/// A group of vowels makes a syllable; in a script without vowel letters a letter does.
fn syllables(word: &str) -> Vec<Beat> {
    let mut found = Vec::new();
    let (mut in_vowels, mut hiss) = (false, false);
    let mut push = |vowel, hiss| {
        let stressed = found.is_empty();
        found.push(Beat::Syllable {
            vowel,
            hiss,
            stressed,
            last: false,
            asks: false,
        });
    };
    for letter in word
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
    {
        if VOWELS.contains(letter) {
            if !in_vowels {
                push(letter, hiss);
            }
            (in_vowels, hiss) = (true, false);
        } else {
            in_vowels = false;
            hiss = SHARP.contains(letter);
            if letter.is_numeric() || u32::from(letter) > 0x52F {
                push(letter, hiss);
            }
        }
    }
    // "e" at the end of a longer English word is silent.
    if found.len() > 1 && word.ends_with('e') && !word.ends_with("le") && !word.ends_with("ee") {
        found.pop();
    }
    if found.is_empty() && word.chars().any(char::is_alphanumeric) {
        found.push(Beat::Syllable {
            vowel: 'e',
            hiss,
            stressed: true,
            last: false,
            asks: false,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        beats(text)
            .filter(|beat| matches!(beat, Beat::Syllable { .. }))
            .count()
    }

    #[test]
    fn counts_about_as_a_reader_would() {
        assert_eq!(
            [
                count("fox"),
                count("hello"),
                count("make"),
                count("banana"),
                count("hm")
            ],
            [1, 2, 1, 3, 1]
        );
        assert_eq!(
            [count("молоко"), count("夜の海"), count("…"), count("42")],
            [3, 3, 0, 2]
        );
    }

    #[test]
    fn a_question_rises() {
        let asked = |text| beats(text).any(|beat| matches!(beat, Beat::Syllable { asks: true, .. }));
        assert!(asked("Is it?") && !asked("It is."));
    }
}
