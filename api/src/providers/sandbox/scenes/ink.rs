//! Hundreds of brush strokes that follow one current.

use std::f32::consts::TAU;

use super::super::canvas::{Canvas, through};
use super::super::chance::{Chance, noise_at};
use super::super::palette::{Palette, fade, mix};

const STEPS: usize = 22;

pub fn paint(canvas: &mut Canvas, palette: &Palette, mut chance: Chance, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    let on_paper = !palette.night && chance.once_in(2);
    let ground = if on_paper {
        [
            mix(palette.sky[3], palette.light, 0.6),
            mix(palette.sky[3], palette.sky[2], 0.3),
        ]
    } else {
        [palette.sky[0], palette.near]
    };
    canvas.wash(&ground);
    let (key, main) = (chance.roll(), chance.unit() * TAU);
    let swirl = chance.between(1.1, 2.1);
    let inks = if on_paper {
        [
            palette.sky[0],
            palette.sky[1],
            palette.accent,
            palette.sky[2],
            palette.near,
        ]
    } else {
        [
            palette.sky[2],
            palette.sky[3],
            palette.accent,
            palette.light,
            palette.sky[1],
        ]
    };
    let count = (420.0 * width * height / (unit * unit)) as usize;
    for _ in 0..count {
        let (mut x, mut y) = (
            chance.between(-0.1, 1.1) * width,
            chance.between(-0.1, 1.1) * height,
        );
        // Strokes of one neighbourhood share an ink, with some strays.
        let region = noise_at(key ^ 9, x / unit * 1.6, y / unit * 1.6) * 0.5 + 0.5;
        let stray = chance.between(-0.14, 0.14);
        let ink = inks[(((region + stray).clamp(0.0, 0.999)) * inks.len() as f32) as usize];
        let stride = unit * chance.between(0.006, 0.016);
        let thick = unit * (0.0015 + 0.009 * chance.unit().powi(3));
        let opacity = chance.between(0.45, 0.95);
        let mut points = Vec::with_capacity(STEPS);
        for _ in 0..STEPS {
            points.push((x, y));
            let bend = noise_at(key, x / unit * 1.3, y / unit * 1.3 + seconds * 0.05);
            let turn = main + bend * swirl * 1.6;
            x += turn.cos() * stride;
            y += turn.sin() * stride;
        }
        if let Some(path) = through(&points) {
            canvas.line(&path, thick.max(0.6), fade(ink, opacity));
        }
    }
}
