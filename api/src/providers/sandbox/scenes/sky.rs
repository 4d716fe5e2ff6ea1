//! The air above every landscape: its colours, a sun or a moon, stars, clouds.

use std::f32::consts::TAU;

use tiny_skia::{PathBuilder, Rect};

use super::super::canvas::Canvas;
use super::super::chance::Chance;
use super::super::palette::{Palette, fade, mix};

/// Where the light stands.
pub struct Sun {
    pub x: f32,
    pub y: f32,
    pub radius: f32,
}

pub fn air(canvas: &mut Canvas, palette: &Palette, horizon: f32) {
    let (width, height) = (canvas.width(), canvas.height());
    canvas.band(0.0, horizon, &palette.sky);
    // Below the horizon land or water follows; this shows only through mist.
    canvas.band(
        horizon - 1.0,
        height.max(width),
        &[palette.sky[3], palette.sky[2]],
    );
}

pub fn sun(canvas: &mut Canvas, palette: &Palette, sun: &Sun) {
    let Sun { x, y, radius } = *sun;
    // Far from the light the air has its own colour, or the glow turns grey.
    let halo = mix(palette.light, palette.sky[3], 0.65);
    canvas.glow(x, y, radius * 6.0, fade(halo, 0.5));
    canvas.glow(x, y, radius * 2.2, fade(palette.light, 0.5));
    canvas.disc(x, y, radius, palette.light);
    if palette.night {
        seas_of_the_moon(canvas, palette, sun);
    }
}

fn seas_of_the_moon(canvas: &mut Canvas, palette: &Palette, moon: &Sun) {
    let seas = [
        (-0.34, -0.3, 0.34),
        (-0.02, -0.44, 0.24),
        (0.36, -0.14, 0.28),
        (0.48, 0.18, 0.2),
        (-0.5, 0.12, 0.28),
        (-0.18, 0.5, 0.12),
    ];
    let mut path = PathBuilder::new();
    for (across, down, size) in seas {
        let radius = moon.radius;
        path.push_circle(moon.x + across * radius, moon.y + down * radius, size * radius);
    }
    if let Some(path) = path.finish() {
        canvas.fill(&path, fade(mix(palette.light, palette.sky[2], 0.45), 0.2));
    }
}

pub fn stars(canvas: &mut Canvas, palette: &Palette, chance: &mut Chance, horizon: f32, seconds: f32) {
    let unit = canvas.unit();
    let count = (260.0 * canvas.width() * horizon / (unit * unit)) as usize;
    for _ in 0..count {
        let (x, y) = (chance.unit() * canvas.width(), chance.unit().powf(1.3) * horizon);
        let size = chance.between(0.0007, 0.0011) + 0.0016 * chance.unit().powi(6);
        let (phase, pace) = (chance.unit() * TAU, chance.between(1.0, 3.0));
        let twinkle = 0.75 + 0.25 * (phase + pace * seconds).sin();
        let thin = 1.0 - 0.8 * (y / horizon);
        canvas.disc(x, y, (size * unit).max(0.45), fade(palette.light, twinkle * thin));
    }
}

/// Long thin clouds, drifting.
pub fn clouds(canvas: &mut Canvas, palette: &Palette, chance: &mut Chance, horizon: f32, seconds: f32) {
    let (width, unit) = (canvas.width(), canvas.unit());
    for _ in 0..3 + chance.below(3) {
        let y = horizon * chance.between(0.12, 0.78);
        let long = unit * chance.between(0.35, 0.8);
        let pace = unit * chance.between(0.008, 0.016);
        let x = chance.unit() * width + pace * seconds;
        let color = fade(
            mix(palette.sky[3], palette.light, 0.5),
            chance.between(0.16, 0.34),
        );
        let mut path = PathBuilder::new();
        for _ in 0..5 {
            let part = long * chance.between(0.25, 0.6);
            let left = x + (chance.unit() - 0.5) * long;
            let lift = y + (chance.unit() - 0.5) * unit * 0.03;
            let thick = unit * chance.between(0.006, 0.016);
            if let Some(oval) = Rect::from_xywh(left - part / 2.0, lift, part, thick) {
                path.push_oval(oval);
            }
        }
        if let Some(path) = path.finish() {
            canvas.fill(&path, color);
        }
    }
}
