//! Sweeping sand: each dune has a lit flank and a shadowed one.

use tiny_skia::{Color, PathBuilder};

use super::super::canvas::{Canvas, below};
use super::super::chance::{Chance, noise};
use super::super::palette::{Palette, fade, mix};
use super::sky::{self, Sun};

const DUNES: usize = 5;

pub fn paint(canvas: &mut Canvas, palette: &Palette, mut chance: Chance, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    let horizon = height * chance.between(0.44, 0.54);
    let lit_from_left = chance.once_in(2);
    let side = chance.between(0.16, 0.36);
    let light = Sun {
        x: width * if lit_from_left { side } else { 1.0 - side },
        y: horizon * chance.between(0.4, 0.66) - unit * 0.005 * seconds,
        radius: unit * chance.between(0.08, 0.15),
    };
    sky::air(canvas, palette, horizon + unit * 0.05);
    if palette.night {
        sky::stars(canvas, palette, &mut chance, horizon, seconds);
    }
    sky::sun(canvas, palette, &light);

    for dune in 0..DUNES {
        let depth = dune as f32 / (DUNES - 1) as f32;
        let base = horizon + (height * 0.94 - horizon) * depth;
        let tall = unit * (0.09 + 0.06 * depth);
        let wide = unit * (0.52 + 0.3 * depth);
        let key = chance.roll();
        let passed = unit * (0.006 + 0.024 * depth) * seconds;
        // Measured at points that travel with the sand, or its edges would jitter.
        let step = width / 200.0;
        let crest: Vec<(f32, f32)> = (0..=201)
            .map(|stop| {
                let x = stop as f32 * step - passed % step;
                let along = (x + passed) / wide;
                // The wind sharpens what it heaps up.
                let sharp = 0.55 - 1.5 * noise(key, along).abs();
                (
                    x,
                    base - tall * (0.55 * sharp + 0.75 * noise(key ^ 1, along * 0.7)),
                )
            })
            .collect();
        let bright = mix(
            mix(palette.sky[3], palette.accent, 0.3),
            palette.near,
            0.12 + 0.5 * depth,
        );
        let shadow = mix(
            mix(palette.far, palette.sky[1], 0.3),
            palette.near,
            0.2 + 0.75 * depth,
        );
        let (from, to) = if lit_from_left { (0.0, width) } else { (width, 0.0) };
        if let Some(path) = below(&crest, height) {
            canvas.shade(
                &path,
                (from, base - tall),
                (to, base + tall * 2.0),
                &[bright, shadow],
            );
        }
        flank(
            canvas,
            &crest,
            key,
            passed,
            fade(shadow, 0.75),
            lit_from_left,
            height,
        );
    }
}

/// The side away from the light: from the crest down along a bending edge.
fn flank(
    canvas: &mut Canvas,
    crest: &[(f32, f32)],
    key: u64,
    passed: f32,
    color: Color,
    lit_from_left: bool,
    height: f32,
) {
    let unit = canvas.unit();
    let lean = if lit_from_left { 1.0 } else { -1.0 };
    // A peak of the crest is where a ridge line starts to come down.
    for window in crest.windows(3) {
        let [(_, before), (x, y), (_, after)] = *window else {
            continue;
        };
        if y > before || y >= after {
            continue;
        }
        let bend = unit * (0.09 + 0.05 * noise(key ^ 5, (x + passed) / unit));
        let mut path = PathBuilder::new();
        path.move_to(x, y);
        path.cubic_to(
            x + bend * 1.1 * lean,
            y + unit * 0.05,
            x - bend * 0.5 * lean,
            y + unit * 0.12,
            x + unit * 0.3 * lean,
            y + unit * 0.36,
        );
        path.line_to(x + unit * 0.9 * lean, y + unit * 0.36);
        let shaded: Vec<_> = crest
            .iter()
            .filter(|point| (point.0 - x) * lean > 0.0 && (point.0 - x).abs() < unit * 0.9)
            .collect();
        let outward: Vec<_> = if lean > 0.0 {
            shaded.into_iter().rev().collect()
        } else {
            shaded
        };
        for (along, top) in outward {
            path.line_to(*along, *top);
        }
        path.close();
        if let Some(path) = path.finish() {
            let end = (y + unit * 0.36).min(height);
            canvas.shade(
                &path,
                (x, y),
                (x + unit * 0.5 * lean, end),
                &[color, fade(color, 0.0)],
            );
        }
    }
}
