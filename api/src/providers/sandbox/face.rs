//! A typeface as outlines: measures a line and writes it into a path.

use ab_glyph::{Font, FontRef, GlyphId, OutlineCurve};
use tiny_skia::PathBuilder;

/// Width, in ems, of the box that stands for a letter the face lacks.
const BOX: f32 = 0.62;

pub struct Face {
    font: FontRef<'static>,
    em: f32,
}

/// What becomes of one character of a prompt.
enum Sort {
    Glyph(GlyphId),
    Missing,
    Silent,
}

impl Face {
    pub fn new(bytes: &'static [u8]) -> Self {
        let font = FontRef::try_from_slice(bytes).expect("the faces shipped with us can be read");
        let em = font.units_per_em().unwrap_or(1000.0);
        Self { font, em }
    }

    /// Leaves no mark on the page: a joiner, or an emoji the face lacks.
    pub fn is_silent(&self, letter: char) -> bool {
        matches!(self.sort(letter), Sort::Silent)
    }

    /// The width of a line; `tracking` is extra air after each letter, in ems.
    pub fn width(&self, line: &str, size: f32, tracking: f32) -> f32 {
        line.chars()
            .map(|letter| self.advance(&self.sort(letter), tracking))
            .sum::<f32>()
            * size
    }

    /// Adds a line to the path, from `x` on, standing on `baseline`.
    pub fn write(&self, path: &mut PathBuilder, line: &str, x: f32, baseline: f32, size: f32, tracking: f32) {
        let mut pen = x;
        for letter in line.chars() {
            let sort = self.sort(letter);
            match sort {
                Sort::Glyph(glyph) => self.trace(path, glyph, pen, baseline, size / self.em),
                Sort::Missing => frame(path, pen, baseline, size),
                Sort::Silent => {}
            }
            pen += self.advance(&sort, tracking) * size;
        }
    }

    /// In ems.
    fn advance(&self, sort: &Sort, tracking: f32) -> f32 {
        match sort {
            Sort::Glyph(glyph) => self.font.h_advance_unscaled(*glyph) / self.em + tracking,
            Sort::Missing => BOX + tracking,
            Sort::Silent => 0.0,
        }
    }

    fn sort(&self, letter: char) -> Sort {
        match self.font.glyph_id(letter) {
            _ if is_bodiless(letter) => Sort::Silent,
            GlyphId(0) if is_pictograph(letter) => Sort::Silent,
            GlyphId(0) => Sort::Missing,
            glyph => Sort::Glyph(glyph),
        }
    }

    fn trace(&self, path: &mut PathBuilder, glyph: GlyphId, x: f32, baseline: f32, scale: f32) {
        let Some(outline) = self.font.outline(glyph) else {
            return;
        };
        // Type measures upwards, pictures downwards.
        let at = |point: ab_glyph::Point| (x + point.x * scale, baseline - point.y * scale);
        let mut pen = None;
        for curve in &outline.curves {
            let (start, end) = match curve {
                OutlineCurve::Line(a, b) | OutlineCurve::Quad(a, _, b) | OutlineCurve::Cubic(a, _, _, b) => {
                    (at(*a), at(*b))
                }
            };
            if pen != Some(start) {
                path.move_to(start.0, start.1);
            }
            match curve {
                OutlineCurve::Line(..) => path.line_to(end.0, end.1),
                OutlineCurve::Quad(_, c, _) => path.quad_to(at(*c).0, at(*c).1, end.0, end.1),
                OutlineCurve::Cubic(_, c, d, _) => {
                    path.cubic_to(at(*c).0, at(*c).1, at(*d).0, at(*d).1, end.0, end.1)
                }
            }
            pen = Some(end);
        }
        path.close();
    }
}

/// Marks that join or turn letters and have no body of their own.
fn is_bodiless(letter: char) -> bool {
    letter.is_control()
        || matches!(u32::from(letter),
            0x300..=0x36F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
            | 0xFE00..=0xFE0F | 0xFEFF | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE01EF)
}

/// Emoji and their kin: a sentence reads better without them than with boxes.
fn is_pictograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// A thin upright frame: honest about a letter we cannot draw.
fn frame(path: &mut PathBuilder, x: f32, baseline: f32, size: f32) {
    let (left, right) = (x + 0.06 * size, x + (BOX - 0.06) * size);
    let (top, line) = (baseline - 0.62 * size, (0.04 * size).max(0.7));
    let corners = |path: &mut PathBuilder, inset: f32, clockwise: bool| {
        let (l, r, t, b) = (left + inset, right - inset, top + inset, baseline - inset);
        path.move_to(l, t);
        let (second, fourth) = if clockwise {
            ((r, t), (l, b))
        } else {
            ((l, b), (r, t))
        };
        path.line_to(second.0, second.1);
        path.line_to(r, b);
        path.line_to(fourth.0, fourth.1);
        path.close();
    };
    // Wound against each other, the inner one is a hole.
    corners(path, 0.0, true);
    corners(path, line, false);
}
