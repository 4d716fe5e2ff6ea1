//! The operator's list of words and phrases that are refused. Pure.

use std::collections::BTreeMap;

use super::normal::{Mark, SHARP_S, has_sharp_s, read};

/// Steps that reading a letter may take on average: more than any text needs. One
/// that was made to be slow is as good as found.
const STEPS: usize = 200;

/// Words, as a tree of letters.
#[derive(Debug, Default)]
pub struct Blocklist {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    next: BTreeMap<char, usize>,
    /// Whether a word or phrase ends here.
    ends: bool,
}

/// Between the words of a phrase.
const GAP: char = ' ';

impl Blocklist {
    /// Of one word or phrase a line; empty lines and those that begin with `#` are
    /// passed over.
    #[must_use]
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut list = Self {
            nodes: vec![Node::default()],
        };
        let entries = entries.into_iter().map(str::trim);
        for entry in entries.filter(|entry| !entry.is_empty() && !entry.starts_with('#')) {
            list.add(entry);
        }
        list
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    fn add(&mut self, entry: &str) {
        let mut marks = read(entry, SHARP_S[0]);
        while matches!(marks.last(), Some(Mark::Gap { .. })) {
            marks.pop();
        }
        let mut at = 0;
        for mark in marks {
            let letter = match mark {
                Mark::Letter { readings, sign, .. } if !sign || at != 0 => readings[0],
                Mark::Letter { .. } => continue,
                Mark::Gap { .. } if at == 0 => continue,
                Mark::Gap { .. } => GAP,
            };
            at = match self.nodes[at].next.get(&letter) {
                Some(next) => *next,
                None => {
                    self.nodes.push(Node::default());
                    let next = self.nodes.len() - 1;
                    self.nodes[at].next.insert(letter, next);
                    next
                }
            };
        }
        if at != 0 {
            self.nodes[at].ends = true;
        }
    }

    /// Whether the text has one of the words or phrases.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let ways = if has_sharp_s(text) {
            &SHARP_S[..]
        } else {
            &SHARP_S[..1]
        };
        ways.iter().any(|sharp_s| self.finds_in(&read(text, sharp_s)))
    }

    fn finds_in(&self, marks: &[Mark]) -> bool {
        let mut steps = marks.len().saturating_add(100).saturating_mul(STEPS);
        (0..marks.len())
            .filter(|at| begins_word(marks, *at))
            .any(|at| self.finds_at(marks, at, &mut steps))
    }

    /// Whether one begins at this letter. All readings are followed at once: a set
    /// of places in the tree moves along the text.
    fn finds_at(&self, marks: &[Mark], begin: usize, steps: &mut usize) -> bool {
        // Each place, with the letter that led there.
        let mut places: Vec<(usize, char)> = vec![(0, GAP)];
        let mut set_apart = false;
        for at in begin..marks.len() {
            let mut moved = Vec::new();
            for (place, before) in places {
                *steps = steps.saturating_sub(1);
                let node = &self.nodes[place];
                match &marks[at] {
                    Mark::Letter {
                        readings,
                        drawn_out,
                        sign,
                        ..
                    } => {
                        if *sign {
                            moved.push((place, before));
                            moved.extend(node.next.get(&GAP).map(|next| (*next, GAP)));
                        }
                        for reading in readings {
                            if *drawn_out && *reading == before {
                                moved.push((place, before));
                            }
                            if let Some(next) = node.next.get(reading) {
                                moved.push((*next, *reading));
                            }
                        }
                    }
                    Mark::Gap { spaced } => {
                        moved.extend(node.next.get(&GAP).map(|next| (*next, GAP)));
                        // `w.o-r_d` and `w o r d`, but not `wo rd`.
                        if !spaced || set_apart && is_alone(marks, at + 1) {
                            moved.push((place, before));
                        }
                    }
                }
            }
            set_apart = is_alone(marks, at);
            moved.sort_unstable();
            moved.dedup();
            places = moved;
            if *steps == 0 {
                return true;
            }
            if places.is_empty() {
                return false;
            }
            let found = places.iter().any(|(place, _)| self.nodes[*place].ends);
            if found && matches!(marks[at], Mark::Letter { .. }) && ends_word(marks, at) {
                return true;
            }
        }
        false
    }
}

fn is_letter(marks: &[Mark], at: usize) -> bool {
    matches!(marks.get(at), Some(Mark::Letter { sign: false, .. }))
}

fn is_unspaced(marks: &[Mark], at: usize) -> bool {
    matches!(marks.get(at), Some(Mark::Letter { unspaced: true, .. }))
}

fn begins_word(marks: &[Mark], at: usize) -> bool {
    matches!(marks[at], Mark::Letter { .. })
        && (at == 0 || !is_letter(marks, at - 1) || is_unspaced(marks, at - 1) || is_unspaced(marks, at))
}

fn ends_word(marks: &[Mark], at: usize) -> bool {
    !is_letter(marks, at + 1) || is_unspaced(marks, at + 1) || is_unspaced(marks, at)
}

/// Whether the letter here is a word of one letter.
fn is_alone(marks: &[Mark], at: usize) -> bool {
    is_letter(marks, at) && !is_letter(marks, at + 1) && (at == 0 || !is_letter(marks, at - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Blocklist {
        Blocklist::of([
            "# what nobody shall ask for",
            "cunt",
            "",
            "Bombe",
            "secret weapon",
            "ass",
            "kill",
            "бомба",
            "爆弾",
            "l33t",
            "scheiße",
            "Straße",
            "bitch",
            "λόγος",
        ])
    }

    #[test]
    fn a_word_is_found_however_it_is_written() {
        let list = list();
        for text in [
            "cunt",
            "CUNT",
            "a cunt.",
            "c\u{200b}u\u{200d}n\u{00ad}t",
            "ｃｕｎｔ",
            "𝒸𝓊𝓃𝓉",
            "ⓒⓤⓝⓣ",
            "çünt",
            "c̸u̷n̶t̵",
            "сunt",
            "cυnt",
            "c.u.n.t",
            "c u n t",
            "you c u n t",
            "c-u_n*t",
            "cu.nt",
            "cuuuuunt",
            "cun+",
            "k1ll",
            "k!ll",
            "ki11",
            "Kі11",
            "a$$",
            "@ss",
            "b0mbe",
            "bombé",
            "BÓMBE",
            "secret weapon",
            "a Secret\n  Weapon!",
            "s3cret-weap0n",
            "бомба",
            "БОМБА",
            "これは爆弾です",
            "l33t",
            "SCHEISSE",
            "scheisse",
            "Scheiße!",
            "Scheiẞe",
            "ＳＣＨＥＩＳＳＥ",
            "Sche\u{301}isse",
            "sch3i$$e",
            "strasse",
            "ßitch",
            "ΛΟΓΟΣ",
        ] {
            assert!(list.finds(text), "{text:?}");
        }
    }

    #[test]
    fn a_word_within_another_is_not_that_word() {
        let list = list();
        for text in [
            "",
            "Scunthorpe",
            "a class of bass players",
            "passage",
            "Massachusetts",
            "MASSACHUSETTS",
            "Ma\u{df}achusetts",
            "ein Maß",
            "strassen",
            "scheise",
            "bombed, and bombes",
            "a secret",
            "secretweapon",
            "weapon secret",
            "skill",
            "fall",
            "cu nt",
            "as s",
            "it's so",
            "a kin 11",
            "10 000 11",
            "爆竹",
            "c",
            "c u n",
            "🂡🂢🂣",
            "\u{200b}\u{200b}",
            "# what nobody shall ask for",
        ] {
            assert!(!list.finds(text), "{text:?}");
        }
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        for list in [Blocklist::default(), Blocklist::of(["", "#", "..."])] {
            assert!(list.is_empty() && !list.finds("cunt"));
        }
    }

    #[test]
    fn a_text_of_many_readings_comes_to_an_end() {
        let words: Vec<String> = (0..2000)
            .map(|number| format!("{}{number}z", "il".repeat(20)))
            .collect();
        let list = Blocklist::of(words.iter().map(String::as_str));
        for text in [
            "1".repeat(32_000),
            "1 ".repeat(16_000),
            "1.".repeat(16_000),
            "|".repeat(32_000),
            "a|b|".repeat(8_000),
        ] {
            assert!(!list.finds(&text));
        }
        assert!(list.finds(&"!|1".repeat(10_000)), "it was made to be slow");
    }
}
