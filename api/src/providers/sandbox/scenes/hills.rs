//! Ridge behind ridge, each paler than the one before it, with firs in front.

use tiny_skia::{Color, PathBuilder};

use super::super::canvas::{Canvas, below};
use super::super::chance::{Chance, noise, rugged};
use super::super::palette::{Palette, fade, mix};
use super::sky::{self, Sun};

const RIDGES: usize = 6;

pub fn paint(canvas: &mut Canvas, palette: &Palette, mut chance: Chance, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    let horizon = height * chance.between(0.42, 0.52);
    let light = Sun {
        x: width * chance.between(0.22, 0.78),
        y: horizon * chance.between(0.38, 0.74) - unit * 0.006 * seconds,
        radius: unit * chance.between(0.05, 0.1),
    };
    let jagged = !chance.once_in(3);
    let wooded = !chance.once_in(4);
    let key = chance.roll();

    sky::air(canvas, palette, horizon + unit * 0.1);
    if palette.night {
        sky::stars(canvas, palette, &mut chance, horizon, seconds);
    }
    sky::sun(canvas, palette, &light);
    if !palette.night {
        sky::clouds(canvas, palette, &mut chance, horizon, seconds);
    }
    birds(canvas, palette, &mut chance, horizon, seconds);

    let haze = mix(palette.sky[3], palette.sky[2], 0.25);
    for ridge in 0..RIDGES {
        let depth = ridge as f32 / (RIDGES - 1) as f32;
        let base = horizon + (height * 0.86 - horizon) * depth.powf(1.1);
        let tall = unit * (0.17 - 0.1 * depth);
        let wide = unit * (0.46 + 0.5 * depth);
        // Near land passes faster than far land.
        let passed = unit * (0.004 + 0.03 * depth * depth) * seconds;
        let own = key.wrapping_add(ridge as u64 * 977);
        let rise = |x: f32| {
            let along = (x + passed) / wide + ridge as f32 * 7.3;
            let rough = rugged(own, along, if ridge < 3 { 6 } else { 4 });
            if jagged && ridge < 3 {
                0.55 - 1.5 * rough.abs()
            } else {
                rough
            }
        };
        // Measured at points that travel with the land, or its edges would shimmer.
        let step = (width / 260.0).max(1.5);
        let crest: Vec<(f32, f32)> = (0..=(width / step) as usize + 2)
            .map(|stop| stop as f32 * step - passed % step)
            .map(|x| (x, base - tall * rise(x)))
            .collect();
        let body = mix(mix(palette.far, haze, 0.45), palette.near, depth.powf(0.9));
        let foot = mix(body, haze, 0.62 * (1.0 - depth));
        if let Some(path) = below(&crest, height) {
            canvas.shade(&path, (0.0, base - tall), (0.0, base + tall * 1.1), &[body, foot]);
        }
        if wooded && ridge + 2 >= RIDGES {
            let dark = mix(body, palette.near, 0.5);
            firs(
                canvas,
                own,
                passed,
                0.035 + 0.05 * (depth - 0.8) / 0.2,
                dark,
                |x| base - tall * rise(x),
            );
        }
    }
}

/// Firs stand in groups where the noise is high, and move with their ridge.
fn firs(canvas: &mut Canvas, key: u64, passed: f32, size: f32, color: Color, ground: impl Fn(f32) -> f32) {
    let (width, unit) = (canvas.width(), canvas.unit());
    let apart = unit * size * 0.36;
    let first = (passed / apart) as i64 - 2;
    let mut path = PathBuilder::new();
    for place in first..first + (width / apart) as i64 + 5 {
        let along = place as f32;
        let grove = noise(key ^ 1, along * 0.09);
        if grove < -0.12 {
            continue;
        }
        let x = (along + 0.7 * noise(key ^ 2, along * 1.7)) * apart - passed;
        let tall = unit * size * (0.55 + 0.5 * grove + 0.35 * noise(key ^ 3, along * 1.3));
        let (foot, half) = (ground(x) + tall * 0.08, tall * 0.2);
        // Three skirts, each wider than the one above.
        for (top, bottom, wide) in [(1.0, 0.58, 0.5), (0.76, 0.32, 0.78), (0.5, 0.0, 1.0)] {
            path.move_to(x, foot - tall * top);
            path.line_to(x + half * wide, foot - tall * bottom);
            path.line_to(x - half * wide, foot - tall * bottom);
            path.close();
        }
    }
    if let Some(path) = path.finish() {
        canvas.fill(&path, color);
    }
}

fn birds(canvas: &mut Canvas, palette: &Palette, chance: &mut Chance, horizon: f32, seconds: f32) {
    if palette.night || chance.once_in(3) {
        return;
    }
    let unit = canvas.unit();
    let (x, y) = (
        canvas.width() * chance.between(0.2, 0.75),
        horizon * chance.between(0.3, 0.55),
    );
    for _ in 0..3 + chance.below(4) {
        let span = unit * chance.between(0.009, 0.015);
        let beat = (chance.unit() * 6.0 + seconds * 7.0).sin() * 0.35 + 0.65;
        let left = x + unit * (chance.between(-0.1, 0.1) + 0.03 * seconds);
        let lift = y + unit * chance.between(-0.05, 0.05);
        let mut path = PathBuilder::new();
        path.move_to(left - span, lift - span * 0.5 * beat);
        path.quad_to(left - span * 0.35, lift - span * 0.55 * beat, left, lift);
        path.quad_to(
            left + span * 0.35,
            lift - span * 0.55 * beat,
            left + span,
            lift - span * 0.5 * beat,
        );
        if let Some(path) = path.finish() {
            canvas.line(&path, (unit * 0.0019).max(0.7), fade(palette.near, 0.7));
        }
    }
}
