//! Writing as it is meant, whatever it is written with. Pure.
//!
//! Full-width and styled letters, upper case, accents, invisible characters, letters
//! of other scripts that look like Latin ones, digits and signs in the place of
//! letters, letters drawn out or set apart: all of it reads as the plain word. What
//! is read is words, so that a word within another is not that word.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

/// A letter as it may be read, or the end of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Letter {
        /// The likeliest reading first.
        readings: Vec<char>,
        /// Of three or more of one letter in a row, all but the first: meant or not.
        drawn_out: bool,
        /// Neither letter nor digit: it may also stand between words.
        sign: bool,
        /// Of a script that sets no spaces between words.
        unspaced: bool,
    },
    /// Whether there is white space between the words, or signs alone.
    Gap { spaced: bool },
}

/// How `ß` may be meant: as it is written without it, and as what it looks like.
pub(super) const SHARP_S: [&str; 2] = ["ss", "b"];

/// Whether a text has a `ß`, in whatever case.
pub(super) fn has_sharp_s(text: &str) -> bool {
    text.contains(['ß', 'ẞ'])
}

/// Reads a text, with this for each `ß`.
pub(super) fn read(text: &str, sharp_s: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut last = (None, 0);
    let letters = text.nfkc().flat_map(char::to_lowercase).collect::<String>();
    // Capitals know no final sigma.
    let letters = letters.replace('ß', sharp_s).replace('ς', "σ");
    for letter in letters.chars().flat_map(plain) {
        if is_invisible(letter) {
            continue;
        }
        let readings = readings(letter);
        if readings.is_empty() {
            last = (None, 0);
            // An apostrophe is within a word: "it's" is one.
            if matches!(letter, '\'' | '’' | '`') {
                continue;
            }
            let blank = letter.is_whitespace();
            match marks.last_mut() {
                Some(Mark::Gap { spaced }) => *spaced |= blank,
                _ => marks.push(Mark::Gap { spaced: blank }),
            }
            continue;
        }
        last = match last {
            (Some(before), count) if before == letter => (Some(before), count + 1),
            _ => (Some(letter), 1),
        };
        let sign = !letter.is_alphanumeric();
        // A line of signs is a line, not a letter drawn out.
        if sign && last.1 > 3 {
            continue;
        }
        if let (3, Some(Mark::Letter { drawn_out, .. })) = (last.1, marks.last_mut()) {
            *drawn_out = true;
        }
        marks.push(Mark::Letter {
            drawn_out: last.1 > 2,
            sign,
            unspaced: is_unspaced(letter),
            readings,
        });
    }
    marks
}

/// Without accents, and as the Latin letter that it looks like.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let bare = std::iter::once(letter)
        .nfkd()
        .filter(|part| !is_combining_mark(*part));
    let bare: Vec<char> = bare.collect();
    bare.into_iter().flat_map(|part| {
        // Of ASCII letters nothing is mistaken: `m` is no `rn`.
        if part.is_ascii() {
            return vec![part];
        }
        let alike: Vec<char> = skeleton(part.encode_utf8(&mut [0; 4])).collect();
        match alike.as_slice() {
            [one] => vec![latin(*one)],
            _ if alike.is_empty() || !alike.iter().all(char::is_ascii) => vec![part],
            _ => alike,
        }
    })
}

/// The Latin letter behind a letter's looks, where Unicode's list of lookalikes ends
/// at a small capital or a phonetic sign.
fn latin(letter: char) -> char {
    const LIKE: &[(&str, &str)] = &[
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"),
        ("ɑßçđɛəƒɡħıȷĸłʍŋøþʂŧʋʐꞓ", "abcdeefghijklmnopstuzc"),
    ];
    for (looks, means) in LIKE {
        if let Some(at) = looks.chars().position(|look| look == letter) {
            return means.chars().nth(at).unwrap_or(letter);
        }
    }
    letter.to_lowercase().next().unwrap_or(letter)
}

/// How a letter, digit or sign may be meant; none for what stands between words.
fn readings(letter: char) -> Vec<char> {
    let also: &[char] = match letter {
        '0' => &['o'],
        '1' => &['i', 'l'],
        '3' => &['e'],
        '4' => &['a'],
        '5' => &['s'],
        '6' => &['g', 'b'],
        '7' => &['t'],
        '8' => &['b'],
        '9' => &['g'],
        '@' => &['a'],
        '$' => &['s'],
        '!' | '|' => &['i', 'l'],
        '€' => &['e'],
        '+' => &['t'],
        _ => &[],
    };
    let own = letter.is_alphanumeric().then_some(letter);
    own.into_iter().chain(also.iter().copied()).collect()
}

fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
        || letter.is_control() && !letter.is_whitespace()
}

/// Scripts in which words follow each other without a space.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{20000}'..='\u{2fa1f}')
}
