//! A low light over water, its path of glints, swell in front and a sail.

use std::f32::consts::TAU;

use tiny_skia::{PathBuilder, Rect};

use super::super::canvas::{Canvas, below};
use super::super::chance::{Chance, rugged};
use super::super::palette::{Palette, fade, mix};
use super::sky::{self, Sun};

pub fn paint(canvas: &mut Canvas, palette: &Palette, mut chance: Chance, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    let horizon = height * chance.between(0.48, 0.56);
    let radius = unit * chance.between(0.07, 0.12);
    let lift = chance.between(-0.1, 1.6);
    let light = Sun {
        x: width * chance.between(0.3, 0.7),
        y: horizon - radius * lift - unit * 0.005 * seconds,
        radius,
    };

    sky::air(canvas, palette, horizon);
    if palette.night {
        sky::stars(canvas, palette, &mut chance, horizon, seconds);
    }
    sky::sun(canvas, palette, &light);
    sky::clouds(canvas, palette, &mut chance, horizon, seconds);
    headlands(canvas, palette, &mut chance, horizon);

    let deep = mix(palette.near, palette.sky[1], 0.25);
    let shallow = mix(palette.sky[3], palette.far, 0.55);
    canvas.band(
        horizon,
        height,
        &[shallow, mix(shallow, deep, 0.6), deep, palette.near],
    );
    glints(canvas, palette, &mut chance, &light, horizon, seconds);
    sail(canvas, palette, &mut chance, horizon, seconds);
    swell(canvas, palette, &mut chance, horizon, seconds);
}

fn headlands(canvas: &mut Canvas, palette: &Palette, chance: &mut Chance, horizon: f32) {
    let (width, unit) = (canvas.width(), canvas.unit());
    let from_left = chance.once_in(2);
    for distance in 0..2 {
        let key = chance.roll();
        let reach = width * (0.62 - 0.26 * distance as f32);
        let tall = unit * (0.075 + 0.035 * distance as f32);
        let crest: Vec<(f32, f32)> = (0..=120)
            .map(|stop| {
                let part = stop as f32 / 120.0;
                let x = if from_left {
                    part * reach
                } else {
                    width - part * reach
                };
                // Falls to the water at its end.
                let slope = (1.0 - part).powf(0.7);
                let rough = 0.7 + 0.6 * rugged(key, part * reach / (unit * 0.3), 5);
                (x, horizon - tall * slope * rough.max(0.0))
            })
            .collect();
        let color = mix(
            mix(palette.far, palette.sky[3], 0.45),
            palette.near,
            0.22 * distance as f32,
        );
        if let Some(path) = below(&crest, horizon) {
            canvas.fill(&path, color);
        }
    }
}

/// Short bright dashes below the light, wider and rarer towards us.
fn glints(
    canvas: &mut Canvas,
    palette: &Palette,
    chance: &mut Chance,
    light: &Sun,
    horizon: f32,
    seconds: f32,
) {
    let (height, unit) = (canvas.height(), canvas.unit());
    let depth = height - horizon;
    for _ in 0..150 {
        let near = chance.unit().powf(1.5);
        let y = horizon + depth * near * 0.8;
        let spread = light.radius * (0.75 + 2.0 * near);
        let x = light.x + spread * (chance.unit() + chance.unit() - 1.0);
        let (phase, pace) = (chance.unit() * TAU, chance.between(1.0, 2.4));
        let shimmer = 0.6 + 0.4 * (phase + pace * seconds).sin();
        let long = unit * (0.016 + 0.07 * near) * chance.between(0.5, 1.4) * shimmer;
        let thick = unit * (0.0016 + 0.0055 * near);
        let dash = Rect::from_xywh(x - long / 2.0, y, long.max(0.5), thick.max(0.6));
        if let Some(path) = dash.and_then(PathBuilder::from_oval) {
            canvas.fill(&path, fade(palette.light, (0.85 - 0.6 * near) * shimmer));
        }
    }
}

fn sail(canvas: &mut Canvas, palette: &Palette, chance: &mut Chance, horizon: f32, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    let size = unit * chance.between(0.06, 0.1);
    let x = width * chance.between(0.2, 0.8) + unit * 0.012 * seconds;
    let bob = (seconds * 1.3).sin();
    let y = horizon + (height - horizon) * 0.13 + unit * 0.002 * bob;
    let lean = size * (0.05 + 0.015 * bob);
    let mut path = PathBuilder::new();
    // Mainsail, jib, hull.
    let shapes: [&[(f32, f32)]; 3] = [
        &[
            (lean, -size),
            (0.02 * size, -0.1 * size),
            (0.46 * size, -0.1 * size),
        ],
        &[
            (lean - 0.04 * size, -0.9 * size),
            (-0.05 * size, -0.12 * size),
            (-0.34 * size, -0.12 * size),
        ],
        &[
            (-0.44 * size, -0.06 * size),
            (0.54 * size, -0.06 * size),
            (0.36 * size, 0.08 * size),
            (-0.3 * size, 0.08 * size),
        ],
    ];
    for shape in shapes {
        path.move_to(x + shape[0].0, y + shape[0].1);
        for (across, down) in &shape[1..] {
            path.line_to(x + across, y + down);
        }
        path.close();
    }
    if let Some(path) = path.finish() {
        canvas.fill(&path, mix(palette.near, palette.accent, 0.18));
    }
}

fn swell(canvas: &mut Canvas, palette: &Palette, chance: &mut Chance, horizon: f32, seconds: f32) {
    let (width, height, unit) = (canvas.width(), canvas.height(), canvas.unit());
    for wave in 0..5 {
        let near = (wave + 1) as f32 / 5.0;
        let base = horizon + (height - horizon) * (0.3 + 0.62 * near.powf(1.2));
        let tall = unit * (0.006 + 0.018 * near);
        let long = unit * (0.22 + 0.3 * near);
        let (phase, key) = (chance.unit() * TAU, chance.roll());
        let travel = seconds * (0.5 + 0.5 * near);
        let crest: Vec<(f32, f32)> = (0..=160)
            .map(|stop| {
                let x = width * stop as f32 / 160.0;
                let turn = phase + travel + x / long * TAU * 0.5;
                // Crests sharper than troughs, as water has them.
                let rise =
                    1.0 - 2.0 * (turn * 0.5).sin().abs() + 0.5 * rugged(key, x / long + travel * 0.3, 3);
                (x, base - tall * rise)
            })
            .collect();
        let top = mix(
            mix(palette.sky[2], palette.far, 0.5),
            palette.near,
            0.25 + 0.6 * near,
        );
        if let Some(path) = below(&crest, height) {
            let foot = base + unit * 0.09;
            canvas.shade(
                &path,
                (0.0, base - tall),
                (0.0, foot),
                &[fade(top, 0.8), fade(palette.near, 0.55)],
            );
        }
    }
}
