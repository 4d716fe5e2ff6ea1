//! Ten sets of colours that go together, and the words that call for one.

use tiny_skia::Color;

use super::chance::Chance;

/// Colours as a painter lays them out: the air from zenith to horizon, its
/// light, the land from far to near, and one loud note.
#[derive(Clone, Debug)]
pub struct Palette {
    pub sky: [Color; 4],
    pub light: Color,
    pub far: Color,
    pub near: Color,
    pub accent: Color,
    /// Stars come out, and the light is a moon.
    pub night: bool,
}

impl Palette {
    /// A word of the prompt decides if one speaks of light or weather; else chance.
    pub fn choose(words: &[String], chance: &mut Chance) -> Self {
        let called: Vec<&Mixture> = MIXTURES
            .iter()
            .filter(|mixture| mixture.words.iter().any(|word| words.iter().any(|w| w == word)))
            .collect();
        match called.as_slice() {
            [] => chance.pick(&MIXTURES).palette(),
            some => chance.pick(some).palette(),
        }
    }

    /// The colours a print may use, light to dark.
    pub fn inks(&self) -> [Color; 7] {
        [
            self.light,
            self.sky[3],
            self.sky[2],
            self.accent,
            self.sky[1],
            self.far,
            self.near,
        ]
    }
}

/// `share` 0 is all of the first, 1 all of the second.
pub fn mix(first: Color, second: Color, share: f32) -> Color {
    let share = share.clamp(0.0, 1.0);
    let part = |a: f32, b: f32| (a + (b - a) * share).clamp(0.0, 1.0);
    Color::from_rgba(
        part(first.red(), second.red()),
        part(first.green(), second.green()),
        part(first.blue(), second.blue()),
        part(first.alpha(), second.alpha()),
    )
    .unwrap_or(first)
}

pub fn fade(mut color: Color, opacity: f32) -> Color {
    color.set_alpha(color.alpha() * opacity.clamp(0.0, 1.0));
    color
}

struct Mixture {
    sky: [u32; 4],
    light: u32,
    far: u32,
    near: u32,
    accent: u32,
    night: bool,
    words: &'static [&'static str],
}

impl Mixture {
    fn palette(&self) -> Palette {
        Palette {
            sky: self.sky.map(tint),
            light: tint(self.light),
            far: tint(self.far),
            near: tint(self.near),
            accent: tint(self.accent),
            night: self.night,
        }
    }
}

fn tint(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::from_rgba8(red, green, blue, 255)
}

const MIXTURES: [Mixture; 10] = [
    Mixture {
        sky: [0x2b2a4c, 0x6b4a7a, 0xd9787a, 0xf7c59f],
        light: 0xffe9c9,
        far: 0x9a6a86,
        near: 0x1d1b33,
        accent: 0xe4572e,
        night: false,
        words: &["dusk", "sunset", "evening", "purple", "twilight"],
    },
    Mixture {
        sky: [0x8fb8c9, 0xc5d5d0, 0xf3dcc4, 0xf9c9a8],
        light: 0xfff6e6,
        far: 0xa9a3a6,
        near: 0x33424d,
        accent: 0xe07a5f,
        night: false,
        words: &["dawn", "sunrise", "morning", "soft", "spring", "fog", "mist"],
    },
    Mixture {
        sky: [0x3f88b5, 0x7fb7d0, 0xbfdde0, 0xf0efe2],
        light: 0xfffbe8,
        far: 0x7ea6b5,
        near: 0x1b4354,
        accent: 0xf2a65a,
        night: false,
        words: &["noon", "blue", "summer", "sky", "day"],
    },
    Mixture {
        sky: [0x0b1026, 0x152347, 0x26406b, 0x54779a],
        light: 0xf4efd9,
        far: 0x34507a,
        near: 0x070b18,
        accent: 0x7fd1b9,
        night: true,
        words: &["night", "moon", "midnight", "star", "stars", "dark", "space"],
    },
    // As on a plate of tin.
    Mixture {
        sky: [0x4a3b2f, 0x8a6f56, 0xc9ad89, 0xead9bb],
        light: 0xfbf1dc,
        far: 0xa58a6a,
        near: 0x2a2019,
        accent: 0x7a4b2a,
        night: false,
        words: &[
            "old",
            "vintage",
            "tintype",
            "sepia",
            "portrait",
            "photograph",
            "antique",
        ],
    },
    Mixture {
        sky: [0x6f9a8d, 0xa7c4a8, 0xdbe3c2, 0xf4ecd0],
        light: 0xfffbe6,
        far: 0x7fa08f,
        near: 0x14302b,
        accent: 0xd8a048,
        night: false,
        words: &[
            "forest", "green", "wood", "woods", "garden", "jungle", "tree", "trees",
        ],
    },
    Mixture {
        sky: [0x5b3a5e, 0xa85c7a, 0xe59a9a, 0xfbd9c0],
        light: 0xfff0dc,
        far: 0xb57c90,
        near: 0x2e1b33,
        accent: 0xf2b880,
        night: false,
        words: &["rose", "pink", "love", "flower", "flowers", "candy"],
    },
    Mixture {
        sky: [0x2a1420, 0x6d1f2d, 0xc8452f, 0xf6a04d],
        light: 0xffe0a3,
        far: 0x8d3333,
        near: 0x190b12,
        accent: 0xf6c667,
        night: false,
        words: &[
            "fire", "ember", "red", "desert", "mars", "volcano", "autumn", "orange",
        ],
    },
    Mixture {
        sky: [0x1d3b47, 0x3d7076, 0x8fb9a8, 0xe9e4cf],
        light: 0xfdf6e0,
        far: 0x5f8f8c,
        near: 0x0f2229,
        accent: 0xe8846b,
        night: false,
        words: &["winter", "snow", "ice", "north", "rain", "storm", "cold", "teal"],
    },
    Mixture {
        sky: [0x0d0b1f, 0x1d1a44, 0x3a2f6b, 0x75629c],
        light: 0xf1e9ff,
        far: 0x443d78,
        near: 0x08071a,
        accent: 0x7ef0c0,
        night: true,
        words: &["aurora", "dream", "galaxy", "neon", "cosmic", "magic", "space"],
    },
];
