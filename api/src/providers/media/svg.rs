//! SVG, the one picture that is a text. It may hold scripts; whoever serves it
//! must see to it that none is run.

use entity::generation::Kind;

use super::{Known, LONGEST_SIDE};

/// Words before the picture that are looked through, at most.
const PROLOGUE: usize = 64;

pub(super) fn sniff(bytes: &[u8]) -> Option<Known> {
    let text = std::str::from_utf8(bytes).ok()?;
    let root = root(text.trim_start_matches('\u{feff}'))?;
    let (attributes, _) = root.split_once('>')?;
    let whole =
        attributes.ends_with('/') && root.trim_end().ends_with("/>") || root.trim_end().ends_with("</svg>");
    whole.then(|| Known {
        size: size(attributes),
        ..Known::of(Kind::Image, "image/svg+xml", "svg")
    })
}

/// What stands behind `<svg`, if the first element is that.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    for _ in 0..PROLOGUE {
        let end = match () {
            () if rest.starts_with("<?") => "?>",
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<!") => ">",
            () => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let root = rest.strip_prefix("<svg")?;
    let named = root.starts_with(|next: char| next.is_ascii_whitespace() || next == '>' || next == '/');
    named.then_some(root)
}

/// In pixels: what is said, or the box that is drawn in.
fn size(attributes: &str) -> Option<(u32, u32)> {
    let said = attribute(attributes, "width").zip(attribute(attributes, "height"));
    let said = said.and_then(|(width, height)| Some((pixels(width)?, pixels(height)?)));
    said.or_else(|| {
        let view = attribute(attributes, "viewBox")?;
        let mut numbers = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
    })
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut places = attributes.match_indices(name);
    places.find_map(|(at, _)| {
        let begins = attributes[..at].ends_with(|before: char| before.is_ascii_whitespace());
        let value = attributes[at + name.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|quote| begins && matches!(quote, '"' | '\''))?;
        value[1..].split(quote).next()
    })
}

fn pixels(text: &str) -> Option<u32> {
    let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    let sound = number >= 0.5 && number <= f64::from(LONGEST_SIDE);
    sound.then_some(number.round() as u32)
}
