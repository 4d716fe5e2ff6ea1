//! A printed sheet of quarter discs, leaves and rings, one shape to a tile.

use std::f32::consts::TAU;

use tiny_skia::{Color, Path, PathBuilder, Rect};

use super::super::canvas::Canvas;
use super::super::chance::Chance;
use super::super::palette::Palette;

/// How far a control point lies along a quarter circle's tangent.
const ROUND: f32 = 0.552_284_8;

pub fn paint(canvas: &mut Canvas, palette: &Palette, mut chance: Chance, seconds: f32) {
    let (width, height) = (canvas.width(), canvas.height());
    let across = chance.between(3.4, 5.4);
    let wished = width.min(height) / across;
    let (columns, rows) = (
        (width / wished).round().max(1.0),
        (height / wished).round().max(1.0),
    );
    let (wide, tall) = (width / columns, height / rows);
    let inks = palette.inks();
    // On whole pixels, or a hairline of the neighbour shows between tiles.
    let edge = |count: usize, size: f32| (count as f32 * size).round();
    for row in 0..rows as usize {
        for column in 0..columns as usize {
            let ground = *chance.pick(&inks);
            let mut figure = *chance.pick(&inks);
            while distance(ground, figure) < 0.35 {
                figure = *chance.pick(&inks);
            }
            let second = *chance.pick(&inks);
            let tile = Tile {
                left: edge(column, wide),
                top: edge(row, tall),
                wide: edge(column + 1, wide) - edge(column, wide),
                tall: edge(row + 1, tall) - edge(row, tall),
                corner: chance.below(4),
                breath: 1.0 - 0.13 * (1.0 - (seconds * chance.between(0.6, 1.5) * TAU / 4.0).cos()),
            };
            let shape = chance.below(6);
            tile.paint(canvas, shape, [ground, figure, second]);
        }
    }
}

struct Tile {
    left: f32,
    top: f32,
    wide: f32,
    tall: f32,
    /// Which corner the shape grows from.
    corner: usize,
    /// Below 1 while the shape draws in its breath.
    breath: f32,
}

impl Tile {
    fn paint(&self, canvas: &mut Canvas, shape: usize, [ground, figure, second]: [Color; 3]) {
        if let Some(area) = Rect::from_xywh(self.left, self.top, self.wide, self.tall) {
            canvas.fill(&PathBuilder::from_rect(area), ground);
        }
        let mut quarter = |size: f32, color: Color| {
            if let Some(path) = self.quarter(self.corner, size * self.breath) {
                canvas.fill(&path, color);
            }
        };
        match shape {
            0 | 1 => quarter(1.0, figure),
            2 => [(1.0, figure), (0.75, ground), (0.5, figure), (0.25, ground)]
                .into_iter()
                .for_each(|(size, color)| quarter(size, color)),
            3 => {
                quarter(1.0, figure);
                quarter(0.5, second);
            }
            4 => {
                if let Some(path) = self.leaf() {
                    canvas.fill(&path, figure);
                }
            }
            _ => {
                let (x, y) = (self.left + self.wide / 2.0, self.top + self.tall / 2.0);
                let radius = self.wide.min(self.tall) * 0.4 * self.breath;
                canvas.disc(x, y, radius, figure);
                canvas.disc(x, y, radius * 0.42, second);
            }
        }
    }

    /// A quarter disc around a corner of the tile.
    fn quarter(&self, corner: usize, size: f32) -> Option<Path> {
        let (x, y, right, down) = match corner {
            0 => (self.left, self.top, 1.0, 1.0),
            1 => (self.left + self.wide, self.top, -1.0, 1.0),
            2 => (self.left + self.wide, self.top + self.tall, -1.0, -1.0),
            _ => (self.left, self.top + self.tall, 1.0, -1.0),
        };
        let (far, deep) = (right * self.wide * size, down * self.tall * size);
        let mut path = PathBuilder::new();
        path.move_to(x, y);
        path.line_to(x + far, y);
        path.cubic_to(x + far, y + deep * ROUND, x + far * ROUND, y + deep, x, y + deep);
        path.close();
        path.finish()
    }

    /// Two arcs between opposite corners.
    fn leaf(&self) -> Option<Path> {
        let falling = self.corner.is_multiple_of(2);
        let (x, y) = (self.left + self.wide / 2.0, self.top + self.tall / 2.0);
        let (wide, tall) = (self.wide / 2.0 * self.breath, self.tall / 2.0 * self.breath);
        let (left, right) = (x - wide, x + wide);
        let (from, to) = if falling {
            (y - tall, y + tall)
        } else {
            (y + tall, y - tall)
        };
        let pull = |a: f32, b: f32| a + (b - a) * ROUND;
        let mut path = PathBuilder::new();
        path.move_to(left, from);
        path.cubic_to(pull(left, right), from, right, pull(to, from), right, to);
        path.cubic_to(pull(right, left), to, left, pull(from, to), left, from);
        path.close();
        path.finish()
    }
}

fn distance(a: Color, b: Color) -> f32 {
    (a.red() - b.red()).abs() + (a.green() - b.green()).abs() + (a.blue() - b.blue()).abs()
}
