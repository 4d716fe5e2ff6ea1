//! A source file: which paths it names, and on which lines.
//!
//! Read word by word, without comments and strings. That suffices for paths,
//! which are the same inside and outside of macros.

use std::path::Path;

use super::words::{Word, words};

/// A file of the project, by its path in the repository.
pub struct Source {
    pub path: String,
    pub text: String,
}

/// A path that a source names: `crate::keys::issue`, `poem::Body`.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
}

impl Named {
    /// Whether it begins with these.
    pub fn is(&self, beginning: &[&str]) -> bool {
        self.path.len() >= beginning.len() && self.path.iter().zip(beginning).all(|(own, other)| own == other)
    }
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// All sources in a folder of the repository.
    pub fn all_in(folder: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("the repository");
        let mut files = harness::files_under(&root.join(folder));
        files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
        files.sort();
        let sources = files.iter().map(|file| Self {
            path: file.strip_prefix(root).expect("inside").display().to_string(),
            text: std::fs::read_to_string(file).expect("text"),
        });
        sources.collect()
    }

    /// Its place in its crate: `["keys", "issue"]`.
    pub fn module(&self) -> Vec<&str> {
        let inside = self
            .path
            .split_once("src/")
            .map_or(self.path.as_str(), |(_, inside)| inside);
        let mut names: Vec<&str> = inside.trim_end_matches(".rs").split('/').collect();
        if matches!(names.last(), Some(&("mod" | "lib" | "main"))) {
            names.pop();
        }
        names
    }

    /// The first name of its place: what the map calls a room.
    pub fn room(&self) -> Option<&str> {
        self.module().first().copied()
    }

    /// All paths that it names, `super` and `self` resolved.
    pub fn names(&self) -> Vec<Named> {
        let words = words(&self.text);
        let mut reader = Reader {
            words: &words,
            at: 0,
            modules: Vec::new(),
            depth: 0,
            file: self.module(),
            found: Vec::new(),
        };
        reader.read();
        reader.found
    }
}

struct Reader<'a> {
    words: &'a [Word],
    at: usize,
    /// Modules inside the file that are open, with the depth of their braces.
    modules: Vec<(String, usize)>,
    depth: usize,
    file: Vec<&'a str>,
    found: Vec<Named>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> &str {
        self.words
            .get(self.at + ahead)
            .map_or("", |word| word.text.as_str())
    }

    fn read(&mut self) {
        while self.at < self.words.len() {
            let before = self
                .at
                .checked_sub(1)
                .map_or("", |at| self.words[at].text.as_str());
            match self.peek(0) {
                "{" => self.depth += 1,
                "}" => {
                    self.depth = self.depth.saturating_sub(1);
                    self.modules.retain(|(_, depth)| *depth <= self.depth);
                }
                "mod" if self.peek(2) == "{" => {
                    self.modules.push((self.peek(1).to_owned(), self.depth + 1));
                }
                "use" => {
                    self.at += 1;
                    self.tree(&[]);
                }
                word if is_name(word) && self.peek(1) == "::" && before != "." => {
                    self.path();
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// A path in the midst of code; ends on its last word.
    fn path(&mut self) {
        let line = self.words[self.at].line;
        let mut path = vec![self.peek(0).to_owned()];
        while self.peek(1) == "::" && is_name(self.peek(2)) {
            path.push(self.peek(2).to_owned());
            self.at += 2;
        }
        self.note(line, path);
    }

    /// What follows `use`; ends on what follows the tree.
    fn tree(&mut self, prefix: &[String]) {
        let line = self.words.get(self.at).map_or(0, |word| word.line);
        let mut path = prefix.to_vec();
        loop {
            match self.peek(0) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !["}", ""].contains(&self.peek(0)) {
                        self.tree(&path);
                        if self.peek(0) == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "as" => self.at += 2,
                "*" => {
                    path.push("*".to_owned());
                    self.at += 1;
                }
                word if is_name(word) => {
                    path.push(word.to_owned());
                    self.at += 1;
                }
                _ => return self.note(line, path),
            }
        }
    }

    fn note(&mut self, line: usize, path: Vec<String>) {
        let inner = self.modules.iter().map(|(name, _)| name.as_str());
        let mut place: Vec<&str> = self.file.iter().copied().chain(inner).collect();
        let mut rest = path.iter().map(String::as_str).peekable();
        let mut relative = false;
        while let Some(step) = rest.next_if(|step| ["self", "super"].contains(step)) {
            relative = true;
            if step == "super" {
                place.pop();
            }
        }
        let path = match relative {
            true => ["crate"]
                .into_iter()
                .chain(place)
                .chain(rest)
                .map(str::to_owned)
                .collect(),
            false => path,
        };
        self.found.push(Named { line, path });
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

#[test]
fn paths_are_read_wherever_they_stand() {
    let source = Source::new(
        "api/src/keys/issue.rs",
        r##"
        // use crate::comment;
        use crate::{app::App, credits::{self, Books as B}, db::*};
        use super::{Issued, http::KeysApi};
        fn f<'a>(x: &'a str) { let c = ':'; "crate::text"; r#"crate::raw""#; ::poem::Body::empty(); a.b::<crate::jobs::Lease>() }
        mod tests { use super::*; mod deeper { use super::super::revoke; } }
        use self::own;
        "##,
    );
    let named: Vec<String> = source.names().iter().map(|named| named.path.join("::")).collect();
    assert_eq!(
        named,
        [
            "crate::app::App",
            "crate::credits::self",
            "crate::credits::Books",
            "crate::db::*",
            "crate::keys::Issued",
            "crate::keys::http::KeysApi",
            "poem::Body::empty",
            "crate::jobs::Lease",
            "crate::keys::issue::*",
            "crate::keys::issue::revoke",
            "crate::keys::issue::own",
        ]
    );
    assert_eq!(source.names()[0].line, 3);
}
