//! The prompt, set in type at the foot of a picture, as a printer would.

use tiny_skia::{Color, Path, PathBuilder, Rect};

use super::canvas::Canvas;
use super::face::Face;
use super::palette::{Palette, fade, mix};

/// EB Garamond, under the licence beside it.
const ITALIC: &[u8] = include_bytes!("fonts/EBGaramond12-Italic.otf");
const ROMAN: &[u8] = include_bytes!("fonts/EBGaramond12-Regular.otf");

const MARK: &str = "sandbox";
/// More letters than any picture shows; the rest need not be measured.
const LONGEST: usize = 600;

/// A caption set for one size of picture, ready to lay on any number of them.
pub struct Caption {
    text: Option<Path>,
    mark: Option<Path>,
    rule: Option<Path>,
    top: f32,
    /// How much the picture must step back for the type to read.
    weight: f32,
}

impl Caption {
    /// `busy` says that the picture behind has small strong shapes.
    pub fn set(prompt: &str, canvas: &Canvas, busy: bool) -> Self {
        let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
        let margin = (unit * 0.066).min(width * 0.09);
        let room = (width - 2.0 * margin).min(unit * 1.08);
        let face = Face::new(ITALIC);
        let (size, lines) = fit(&face, &tidy(&face, prompt), room, height * 0.34, unit);

        let mark_size = (unit * 0.025).max(8.5);
        let (foot, lead) = (height - margin, size * LEAD);
        let last = foot - mark_size * 1.25 - size * 0.55;
        let top = last - lead * (lines.len().max(1) - 1) as f32 - size * 0.98;
        let top = if lines.is_empty() {
            foot - mark_size * 1.6
        } else {
            top
        };
        let small = if size < unit * 0.055 { 0.12 } else { 0.0 };
        let weight = 1.0 + small + if busy { 0.14 } else { 0.0 };

        let mut text = PathBuilder::new();
        for (above, line) in lines.iter().rev().enumerate() {
            face.write(&mut text, line, margin, last - lead * above as f32, size, 0.0);
        }
        let mut mark = PathBuilder::new();
        Face::new(ROMAN).write(&mut mark, MARK, margin, foot, mark_size, 0.14);
        let thick = (unit * 0.003).max(1.0);
        let rule = Rect::from_xywh(margin, top, unit * 0.06, thick).map(PathBuilder::from_rect);
        Self {
            text: text.finish(),
            mark: mark.finish(),
            rule,
            top,
            weight,
        }
    }

    pub fn lay(&self, canvas: &mut Canvas, palette: &Palette) {
        let height = canvas.height();
        let dark = mix(palette.near, Color::BLACK, 0.3);
        let paper = mix(palette.light, Color::WHITE, 0.5);
        // The picture darkens towards its foot, so that light type always reads.
        let start = (self.top - (height - self.top) * 0.75).max(0.0);
        let veil = [0.0, 0.06, 0.2, 0.42, 0.58, 0.66, 0.71, 0.74];
        canvas.band(
            start,
            height,
            &veil.map(|opacity| fade(dark, opacity * self.weight)),
        );
        let parts = [
            (&self.rule, mix(palette.accent, palette.light, 0.35)),
            (&self.text, paper),
            (&self.mark, fade(paper, 0.75)),
        ];
        for (part, color) in parts {
            if let Some(path) = part {
                canvas.fill(path, color);
            }
        }
    }
}

/// From baseline to baseline, in sizes.
const LEAD: f32 = 1.14;

/// The largest type in which the text keeps to its room, and its lines.
fn fit(face: &Face, text: &str, room: f32, tall: f32, unit: f32) -> (f32, Vec<String>) {
    let smallest = (unit * 0.042).max(12.0);
    let mut size = unit * 0.098;
    loop {
        let lines = wrap(face, text, room, size);
        // Large type looks best in few lines; small type may run on.
        let most = if size > unit * 0.055 { 3 } else { 5 };
        let fits = (tall / (size * LEAD)).max(1.0) as usize;
        if lines.len() <= most.min(fits) {
            return (size, balance(face, text, room, size, lines));
        }
        if size * 0.92 < smallest {
            return (size, shorten(face, lines, room, size, most.min(fits)));
        }
        size *= 0.92;
    }
}

fn wrap(face: &Face, text: &str, room: f32, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if face.width(&longer, size, 0.0) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        // A word wider than the room, or a script without spaces, breaks anywhere.
        for letter in word.chars() {
            line.push(letter);
            if face.width(&line, size, 0.0) > room {
                line.pop();
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// As many lines, but of even length: no word left alone on the last.
fn balance(face: &Face, text: &str, room: f32, size: f32, lines: Vec<String>) -> Vec<String> {
    let mut best = lines;
    for step in 1..10 {
        let narrower = wrap(face, text, room * (1.0 - 0.05 * step as f32), size);
        if narrower.len() > best.len() {
            break;
        }
        best = narrower;
    }
    best
}

fn shorten(face: &Face, mut lines: Vec<String>, room: f32, size: f32, most: usize) -> Vec<String> {
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && face.width(&format!("{last}…"), size, 0.0) > room {
            last.pop();
        }
        let kept = last
            .trim_end_matches(|letter: char| !letter.is_alphanumeric())
            .len();
        last.truncate(kept);
        last.push('…');
    }
    lines
}

/// One line of text: what leaves no mark is gone, every run of white space is one space.
fn tidy(face: &Face, prompt: &str) -> String {
    let marks = |letter: &char| letter.is_whitespace() || !face.is_silent(*letter);
    let start: String = prompt.chars().take(LONGEST).filter(marks).collect();
    start.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_their_room_and_long_text_ends_in_an_ellipsis() {
        let face = Face::new(ITALIC);
        for text in [
            "a fox",
            &"many words ".repeat(50),
            &"M".repeat(300),
            &"夜".repeat(300),
        ] {
            let (size, lines) = fit(&face, &tidy(&face, text), 300.0, 120.0, 400.0);
            assert!(lines.iter().all(|line| face.width(line, size, 0.0) <= 300.0));
            assert_eq!(text.len() > 100, lines.last().unwrap().ends_with('…'));
        }
    }

    #[test]
    fn emoji_leave_no_gap() {
        let face = Face::new(ITALIC);
        assert_eq!(tidy(&face, "🚀 a \u{200D}horse\n 🐎 runs"), "a horse runs");
    }
}
