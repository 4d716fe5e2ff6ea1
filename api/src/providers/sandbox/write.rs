//! A readable answer to any prompt, from stock: it says what it was asked,
//! takes a form the prompt hints at, and never pretends to have thought.

use super::chance::Chance;

/// About how many letters make a token, in the models this one stands in for.
const LETTERS: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub input_tokens: u32,
    pub output_tokens: u32,
    /// The answer would have gone on past `max_tokens`.
    pub cut_short: bool,
}

pub fn write(prompt: &str, seed: u64, max_tokens: u32) -> Written {
    let mut chance = Chance::of("text", prompt, seed);
    let subject = subject(prompt);
    let asked = prompt.to_lowercase();
    let asks_for = |words: &[&str]| words.iter().any(|word| asked.contains(word));
    let body = if asks_for(&["poem", "haiku", "verse", "lyric", "song"]) {
        poem(&mut chance)
    } else if asks_for(&["list", "ideas", "steps", "tips", "names", "how to", "how do"]) {
        list(&mut chance)
    } else if asks_for(&["story", "tale", "once upon"]) {
        story(&mut chance)
    } else {
        essay(&mut chance)
    };
    let opening = if subject.is_empty() {
        "You sent an empty prompt, so here is something to fill the page.".to_owned()
    } else if prompt.trim_end().ends_with(['?', '？']) {
        format!("You asked: “{subject}”")
    } else {
        format!("You wrote: “{subject}”")
    };
    let full = format!("{opening}\n\n{body}\n\n{CLOSING}");
    let (text, cut_short) = cut(&full, max_tokens);
    Written {
        input_tokens: tokens(prompt),
        output_tokens: tokens(&text),
        text,
        cut_short,
    }
}

const CLOSING: &str = "(This is the sandbox: the same prompt and seed always bring this same answer. \
Choose another model and the words will be its own.)";

/// The prompt on one line, shortened where a sentence can bear it.
fn subject(prompt: &str) -> String {
    const MOST: usize = 160;
    let line = prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let start: String = line.chars().take(MOST).collect();
    let whole = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.']))
}

fn essay(chance: &mut Chance) -> String {
    let mut sentences = Vec::new();
    for stock in [&OPENERS, &MIDDLES, &TURNS, &ENDS] {
        sentences.push(*chance.pick(stock));
    }
    format!(
        "{} {}\n\n{} {}",
        sentences[0], sentences[1], sentences[2], sentences[3]
    )
}

fn list(chance: &mut Chance) -> String {
    let mut left = STEPS.to_vec();
    let mut lines = Vec::new();
    for number in 1..=5 {
        let step = left.swap_remove(chance.below(left.len()));
        lines.push(format!("{number}. {step}"));
    }
    format!("Five to start with:\n\n{}", lines.join("\n"))
}

fn poem(chance: &mut Chance) -> String {
    [&FIRST_LINES, &SECOND_LINES, &THIRD_LINES]
        .map(|lines| *chance.pick(lines))
        .join("\n")
}

fn story(chance: &mut Chance) -> String {
    [&BEGINNINGS, &TROUBLES, &ENDINGS]
        .map(|part| *chance.pick(part))
        .join(" ")
}

const OPENERS: [&str; 4] = [
    "The short answer is that it depends on what you would like to keep, and the long answer begins in the same place.",
    "It helps to look at this from a little further away than one usually would.",
    "Most people come to this with a picture in mind already, and most of those pictures are half right.",
    "There are two honest ways to begin: with the thing itself, or with the person who needs it.",
];
const MIDDLES: [&str; 4] = [
    "Start with the smallest part that works, show it to somebody, and let their first question decide what comes next.",
    "What matters is rarely the part that is hard; it is the part that is done every day.",
    "Name the pieces plainly, and half of the difficulty turns out to have been in the names.",
    "Draw it once by hand; what you leave out of the drawing is usually what can be left out altogether.",
];
const TURNS: [&str; 4] = [
    "That said, a rule that explains everything has probably stopped looking.",
    "Of course the first attempt will be wrong somewhere, which is what first attempts are for.",
    "There is a limit to this: past a certain size, care counts for more than cleverness.",
    "The exception is worth a thought as well, because it shows where the rule came from.",
];
const ENDS: [&str; 4] = [
    "So choose one, try it for a week, and write down what surprised you.",
    "In the end the better choice is the one you can explain in a sentence.",
    "If in doubt, take the way that is easier to undo.",
    "The rest is patience, and a good light to work by.",
];
const STEPS: [&str; 8] = [
    "Say in one sentence what should be different afterwards.",
    "Make the smallest version that somebody could use.",
    "Put it in front of a person who has not seen it before.",
    "Keep what they understood at once; question the rest.",
    "Write down what you decided against, and why.",
    "Leave a margin: of time, of space, of money.",
    "Take away one thing that nobody would miss.",
    "Come back tomorrow and read it as a stranger would.",
];
const FIRST_LINES: [&str; 4] = [
    "Silver on the plate,",
    "Morning opens slow,",
    "One lamp in the rain,",
    "Wind across the hill,",
];
const SECOND_LINES: [&str; 4] = [
    "a likeness comes out of dark",
    "a word waits behind the word",
    "the river remembers snow",
    "the long grass leans and listens",
];
const THIRD_LINES: [&str; 4] = [
    "and holds quite still.",
    "then walks on alone.",
    "and the light is kind.",
    "no one turns the page.",
];
const BEGINNINGS: [&str; 4] = [
    "There was once a photographer who owned a single plate of tin and would not waste it.",
    "In the last house before the sea lived a woman who repaired clocks for people in no hurry.",
    "Every evening the ferryman counted the lamps on the far shore, and every evening there was one more.",
    "The fox had lived above the village so long that the village thought it was the visitor.",
];
const TROUBLES: [&str; 4] = [
    "Then came a winter that forgot to end, and everybody had to ask their neighbours for something.",
    "One day a letter arrived with no name on it, and it was opened by exactly the wrong person.",
    "It went on like this until a child asked the one question nobody had prepared for.",
    "But the bridge was down, and the only way across was to be believed.",
];
const ENDINGS: [&str; 4] = [
    "Nobody agrees on what was said that night, only that the door was left open afterwards.",
    "The picture, when it came out at last, showed all of them laughing.",
    "And if you pass that way in spring you can still hear it, a little out of time.",
    "That is why, to this day, they set one more cup on the table than they need.",
];

fn tokens(text: &str) -> u32 {
    u32::try_from(text.chars().count().div_ceil(LETTERS)).unwrap_or(u32::MAX)
}

fn cut(full: &str, max_tokens: u32) -> (String, bool) {
    if tokens(full) <= max_tokens {
        return (full.to_owned(), false);
    }
    (full.chars().take(max_tokens as usize * LETTERS).collect(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_repeats_and_names_its_prompt() {
        let answer = write("Why is the sky blue?", 1, 1000);
        assert_eq!(answer, write("Why is the sky blue?", 1, 1000));
        assert!(answer.text.contains("Why is the sky blue?") && !answer.cut_short);
        assert_eq!(answer.input_tokens, 5);
        assert!((0..8).any(|seed| write("Why is the sky blue?", seed, 1000) != answer));
    }

    #[test]
    fn no_answer_is_longer_than_allowed() {
        for most in [0, 1, 7, 60] {
            let answer = write("Ein Gedicht über Füchse 🦊", 1, most);
            assert!(answer.output_tokens <= most && answer.cut_short);
        }
    }

    #[test]
    fn any_text_is_taken() {
        for prompt in [
            "",
            "\u{0}\u{202E}",
            &"夜".repeat(5000),
            "give me a list",
            "a haiku",
            "a story",
        ] {
            assert!(write(prompt, 9, 4000).text.len() > 100);
        }
    }
}
