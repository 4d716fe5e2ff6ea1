//! Six ways to compose a picture. Each is one function of palette, dice and
//! time; time is 0 for a still, and in a film the same scene moves.

mod dunes;
mod hills;
mod ink;
mod rings;
mod sea;
mod sky;
mod tiles;

use super::canvas::Canvas;
use super::chance::Chance;
use super::palette::Palette;

type Paint = fn(&mut Canvas, &Palette, Chance, f32);

struct Composition {
    paint: Paint,
    /// Small strong shapes everywhere, so that type needs more room to read.
    busy: bool,
    /// What in a prompt calls for it.
    words: &'static [&'static str],
}

const COMPOSITIONS: [Composition; 6] = [
    Composition {
        paint: hills::paint,
        busy: false,
        words: &[
            "mountain",
            "mountains",
            "hill",
            "hills",
            "forest",
            "fox",
            "valley",
            "alps",
            "trees",
            "pine",
        ],
    },
    Composition {
        paint: sea::paint,
        busy: false,
        words: &[
            "sea",
            "ocean",
            "boat",
            "lighthouse",
            "ship",
            "beach",
            "wave",
            "waves",
            "island",
            "lake",
            "harbour",
            "sail",
            "water",
        ],
    },
    Composition {
        paint: dunes::paint,
        busy: false,
        words: &["desert", "dune", "dunes", "sand", "mars", "camel", "sahara"],
    },
    Composition {
        paint: tiles::paint,
        busy: true,
        words: &[
            "pattern",
            "geometric",
            "bauhaus",
            "logo",
            "icon",
            "tile",
            "tiles",
            "abstract",
            "poster",
        ],
    },
    Composition {
        paint: rings::paint,
        busy: false,
        words: &["sun", "planet", "retro", "record", "music", "rainbow", "saturn"],
    },
    Composition {
        paint: ink::paint,
        busy: true,
        words: &[
            "ink", "wind", "hair", "silk", "painting", "brush", "smoke", "fire", "portrait",
        ],
    },
];

pub struct Scene {
    paint: Paint,
    chance: Chance,
    pub palette: Palette,
    pub busy: bool,
}

impl Scene {
    pub fn choose(prompt: &str, seed: u64) -> Self {
        let mut chance = Chance::of("scene", prompt, seed);
        let words: Vec<String> = prompt
            .split(|letter: char| !letter.is_alphanumeric())
            .take(200)
            .map(str::to_lowercase)
            .collect();
        let called: Vec<&Composition> = COMPOSITIONS
            .iter()
            .filter(|composition| {
                composition
                    .words
                    .iter()
                    .any(|word| words.iter().any(|w| w == word))
            })
            .collect();
        let composition = match called.as_slice() {
            [] => chance.pick(&COMPOSITIONS),
            some => chance.pick(some),
        };
        let palette = Palette::choose(&words, &mut chance);
        Self {
            paint: composition.paint,
            busy: composition.busy,
            palette,
            chance,
        }
    }

    /// The scene as it is after some seconds.
    pub fn paint(&self, canvas: &mut Canvas, seconds: f32) {
        (self.paint)(canvas, &self.palette, self.chance.clone(), seconds);
    }
}
