//! A source's words and signs, without comments, strings and characters.

#[derive(Debug, PartialEq, Eq)]
pub struct Word {
    pub line: usize,
    pub text: String,
}

pub fn words(text: &str) -> Vec<Word> {
    let letters: Vec<char> = text.chars().collect();
    let mut scanner = Scanner {
        letters: &letters,
        at: 0,
        line: 1,
    };
    let mut found = Vec::new();
    while let Some(letter) = scanner.peek(0) {
        let line = scanner.line;
        match letter {
            '/' if scanner.peek(1) == Some('/') => scanner.skip_until("\n"),
            '/' if scanner.peek(1) == Some('*') => scanner.skip_comment(),
            '"' => scanner.skip_string(),
            '\'' => scanner.skip_quote(),
            ':' if scanner.peek(1) == Some(':') => {
                scanner.skip(2);
                found.push(Word {
                    line,
                    text: "::".to_owned(),
                });
            }
            letter if is_of_word(letter) => {
                let text = scanner.word();
                if ["r", "br"].contains(&text.as_str()) && scanner.skip_raw_string() {
                    continue;
                }
                found.push(Word { line, text });
            }
            letter => {
                scanner.skip(1);
                if !letter.is_whitespace() {
                    found.push(Word {
                        line,
                        text: letter.to_string(),
                    });
                }
            }
        }
    }
    found
}

struct Scanner<'a> {
    letters: &'a [char],
    at: usize,
    line: usize,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            if self.peek(0) == Some('\n') {
                self.line += 1;
            }
            self.at += 1;
        }
    }

    fn looks_at(&self, text: &str) -> bool {
        let mut ahead = self.letters.iter().skip(self.at);
        text.chars().all(|letter| ahead.next() == Some(&letter))
    }

    fn skip_until(&mut self, end: &str) {
        while self.at < self.letters.len() && !self.looks_at(end) {
            self.skip(1);
        }
        self.skip(end.len());
    }

    /// Comments may hold comments.
    fn skip_comment(&mut self) {
        let mut open = 0;
        while self.at < self.letters.len() {
            if self.looks_at("/*") {
                open += 1;
                self.skip(2);
            } else if self.looks_at("*/") {
                open -= 1;
                self.skip(2);
                if open == 0 {
                    return;
                }
            } else {
                self.skip(1);
            }
        }
    }

    fn skip_string(&mut self) {
        self.skip(1);
        while let Some(letter) = self.peek(0) {
            self.skip(if letter == '\\' { 2 } else { 1 });
            if letter == '"' {
                return;
            }
        }
    }

    /// A raw string's rest, after its `r`, if it is one.
    fn skip_raw_string(&mut self) -> bool {
        let hashes = self.letters[self.at..]
            .iter()
            .take_while(|letter| **letter == '#')
            .count();
        if self.peek(hashes) != Some('"') {
            return false;
        }
        self.skip(hashes + 1);
        self.skip_until(&format!("\"{}", "#".repeat(hashes)));
        true
    }

    /// A character, or the mark of a lifetime.
    fn skip_quote(&mut self) {
        match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => {
                self.skip(3);
                self.skip_until("'");
            }
            (Some(_), Some('\'')) => self.skip(3),
            _ => self.skip(1),
        }
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| is_of_word(*letter)) {
            word.push(letter);
            self.skip(1);
        }
        word
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[test]
fn comments_strings_and_characters_are_no_words() {
    let source = "a /* b /* c */ d */ \"e \\\" f\" r#\"g \" h\"# 'i' '\\'' 'j k // l\nm::n;";
    let texts: Vec<String> = words(source).into_iter().map(|word| word.text).collect();
    assert_eq!(texts, ["a", "j", "k", "m", "::", "n", ";"]);
    assert_eq!(words(source).last().map(|word| word.line), Some(2));
}
