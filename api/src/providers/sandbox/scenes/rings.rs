//! A great sun in bands of colour, rising out of a dark rolling ground.

use std::f32::consts::TAU;

use tiny_skia::Color;

use super::super::canvas::{Canvas, below};
use super::super::chance::{Chance, noise};
use super::super::palette::{Palette, fade, mix};
use super::sky;

const BANDS: usize = 7;

pub fn paint(canvas: &mut Canvas, palette: &Palette, mut chance: Chance, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    let (x, y) = (
        width * chance.between(0.34, 0.66),
        height * chance.between(0.52, 0.62),
    );
    let reach = unit * chance.between(0.52, 0.64);
    let paper = if palette.night {
        palette.sky[0]
    } else {
        mix(palette.sky[3], palette.light, 0.4)
    };
    let outer = if palette.night {
        palette.sky[1]
    } else {
        mix(palette.sky[2], palette.light, 0.35)
    };
    canvas.wash(&[outer, paper]);
    if palette.night {
        sky::stars(canvas, palette, &mut chance, height * 0.7, seconds);
    }

    let ladder = [
        palette.sky[0],
        palette.sky[1],
        palette.sky[2],
        palette.accent,
        palette.sky[3],
        palette.light,
    ];
    for band in 0..BANDS {
        let inward = band as f32 / BANDS as f32;
        // Bands breathe outward one after another.
        let swing = 1.0 + 0.018 * ((seconds * 1.4 - inward * 4.0).sin() + (inward * 4.0).sin());
        let radius = reach * (1.0 - inward * 0.88) * swing;
        canvas.disc(x, y, radius, step(&ladder, inward * 1.12));
    }
    canvas.glow(x, y, reach * 0.5, fade(palette.light, 0.5));

    for roll in 0..3 {
        let near = roll as f32 / 2.0;
        let base = y + (height - y) * (0.16 + 0.46 * near);
        let (key, phase) = (chance.roll(), chance.unit() * TAU);
        let passed = unit * (0.012 + 0.03 * near) * seconds;
        let crest: Vec<(f32, f32)> = (0..=120)
            .map(|stop| {
                let along = width * stop as f32 / 120.0;
                let rise = noise(key, (along + passed) / (unit * 0.6))
                    + 0.3 * (phase + (along + passed) / unit * 2.0).sin();
                (along, base - unit * 0.075 * rise)
            })
            .collect();
        let color = mix(
            mix(palette.sky[0], palette.far, 0.45),
            palette.near,
            0.35 + 0.65 * near,
        );
        if let Some(path) = below(&crest, height) {
            canvas.shade(
                &path,
                (0.0, base - unit * 0.1),
                (0.0, base + unit * 0.3),
                &[color, mix(color, palette.near, 0.6)],
            );
        }
    }
}

/// A colour on the way down a ladder of colours.
fn step(ladder: &[Color], along: f32) -> Color {
    let place = along.clamp(0.0, 1.0) * (ladder.len() - 1) as f32;
    let lower = (place as usize).min(ladder.len() - 2);
    mix(ladder[lower], ladder[lower + 1], place - lower as f32)
}
