//! The passwords that are guessed first: words on everybody's list with whatever
//! is put around them, keys that lie side by side, a few signs over and over.
//!
//! The words were gathered by hand for this file, from what press and security
//! guides name as the commonest; they are under this repository's licence.
//! Nothing is asked of anyone over the network.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::super::Address;

/// In lower case, without digits around them.
const WORDS: &str = "\
password passwort passw pass passcode passphrase parola contrasena motdepasse senha haslo wachtwoord
kennwort geheim secret secrets mysecret mypassword yourpassword newpassword thepassword letmein
letmeinnow welcome welcomeback willkommen bienvenue bienvenido hello helloworld hallo bonjour admin
administrator adminadmin root toor user username guest login signin default changeme changeit change test
testtest tester testing demo sample example temp temporary master superuser superman batman spiderman
ironman wolverine starwars startrek pokemon pikachu naruto minecraft fortnite roblox playstation nintendo
xbox google facebook instagram youtube twitter linkedin samsung iphone android microsoft windows computer
internet iloveyou iloveu loveyou lovely lover loveme iloveme teamo tequiero jetaime ichliebedich princess
prinzessin princesa sunshine flower butterfly rainbow football fussball futbol soccer baseball basketball
hockey softball tennis liverpool chelsea arsenal barcelona realmadrid juventus manchester michael
jennifer jessica michelle charlie andrew daniel matthew joshua anthony jordan thomas robert ashley nicole
hannah amanda samantha elizabeth alexander alejandro sebastian victoria patricia dragon monkey tigger
tiger shadow killer hunter ranger maverick phoenix mustang mercedes ferrari porsche corvette harley
yamaha cheese chocolate cookie banana pepper ginger orange summer winter spring autumn january february
september october november december monday friday sommer schatz hottie sweety sweetheart babygirl baby
angel angels jesus jesuschrist blessed freedom forever whatever nothing something trustno trustnoone
access accesso abc abcd asdf qwe qwer qwerty qwertz azerty zxcvbn zaq qaz qazwsx blink matrix metallica
slipknot nirvana eminem america london paris berlin dubai canada india germany england liverpoolfc
fuckyou fuckoff fuckme asshole bitch money lucky diamond silver golden purple cowboys yankees lakers
eagles steelers correcthorsebatterystaple tintype";

/// Keys that lie side by side, and letters and digits in their order.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "!@#$%^&*()_+",
];

/// Whether a password is among the first that anyone would try.
pub fn is_guessed(password: &str, address: Option<&Address>) -> bool {
    let plain = folded(password);
    let bare = plain.trim_matches(|sign: char| !sign.is_alphabetic());
    let read = letters(&plain);
    let bare_read = letters(bare);
    is_repeated(&plain)
        || is_row(&plain)
        || [bare, &read, &bare_read].iter().any(|text| is_word(text))
        || address.is_some_and(|address| is_the_address(&plain, address))
}

/// As it is meant, whatever it is written with: in full width, with accents, `ß` for `ss`.
fn folded(text: &str) -> String {
    let letters = text.nfkd().filter(|part| !is_combining_mark(*part));
    letters.collect::<String>().to_lowercase().replace('ß', "ss")
}

/// A word, once or over and over.
fn is_word(text: &str) -> bool {
    WORDS.split_whitespace().any(|word| {
        let rest = text.len() % word.len();
        rest == 0 && text.len() >= word.len() && *word.repeat(text.len() / word.len()) == *text
    })
}

/// What is read where digits stand for letters: `p@ssw0rd`.
fn letters(text: &str) -> String {
    let read = text.chars().map(|sign| match sign {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    });
    read.filter(|sign| sign.is_alphabetic()).collect()
}

/// Four signs at most, over and over.
fn is_repeated(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    (1..=4).any(|period| signs.len() > period && signs.iter().zip(&signs[period..]).all(|(a, b)| a == b))
}

/// Rows of keys, forwards or backwards, each for four keys at least.
fn is_row(text: &str) -> bool {
    const LEAST: usize = 4;
    let mut rest = text;
    while !rest.is_empty() {
        let taken = ROWS.iter().map(|row| run(rest, row)).max().unwrap_or_default();
        if taken < LEAST {
            return false;
        }
        rest = &rest[taken..];
    }
    !text.is_empty()
}

/// How many bytes of a text lie in a row from its beginning on.
fn run(text: &str, row: &str) -> usize {
    let backwards: String = row.chars().rev().collect();
    let in_row = |row: &str| {
        let lengths = (1..=text.len()).filter(|end| text.is_char_boundary(*end));
        lengths
            .take_while(|end| row.contains(&text[..*end]))
            .last()
            .unwrap_or_default()
    };
    in_row(row).max(in_row(&backwards))
}

/// The address, or its first part with whatever stands around it.
fn is_the_address(plain: &str, address: &Address) -> bool {
    let key = folded(&address.key());
    let local = key.split('@').next().unwrap_or_default();
    let strip = |text: &str| text.trim_matches(|sign: char| !sign.is_alphabetic()).to_owned();
    let bare = strip(plain);
    plain == key || plain == local || !bare.is_empty() && bare == strip(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everyone_would_guess_is_known() {
        for bad in [
            "password",
            "Password1",
            "P@ssw0rd!",
            "passw0rd2024",
            "12345678",
            "123456789012",
            "87654321",
            "qwertyuiop",
            "1q2w3e4r",
            "1qaz2wsx",
            "asdfghjkl",
            "11111111",
            "abcabcabc",
            "abcd1234",
            "iloveyou!!",
            "Welcome2026",
            "letmein123",
            "adminadmin",
            "changeme",
            "sunshine7",
            "qwerty123456",
            "passwordpassword",
            "!@#$%^&*",
            "ｐａｓｓｗｏｒｄ１",
            "Paßwort2026",
            "pa\u{308}ssw\u{f6}rd",
        ] {
            assert!(is_guessed(bad, None), "{bad}");
        }
    }

    #[test]
    fn what_is_one_s_own_is_not() {
        let address = "ada.lovelace@studio.example".parse().unwrap();
        for good in [
            "correct horse battery",
            "the attacker's",
            "the owner's own",
            "kaffee um halb neun",
            "日本語のパスワード",
            "x7!kQw92",
        ] {
            assert!(!is_guessed(good, Some(&address)), "{good}");
        }
        for bad in ["ada.lovelace", "Ada.Lovelace1815", "ada.lovelace@studio.example"] {
            assert!(is_guessed(bad, Some(&address)), "{bad}");
        }
    }
}
