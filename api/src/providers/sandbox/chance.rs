//! Chance that repeats: the same words and seed always throw the same dice.
//!
//! Written out here rather than taken from `rand`, whose generators may change
//! between versions, while a sandbox picture must look the same for years.

use sha2::{Digest, Sha256};

/// One row of dice. `Clone` throws the same row again, frame after frame.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// `purpose` keeps two throws for one prompt from echoing each other.
    pub fn of(purpose: &str, prompt: &str, seed: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(purpose.as_bytes());
        hash.update([0]);
        hash.update(seed.to_le_bytes());
        hash.update(prompt.as_bytes());
        let first = hash.finalize();
        Self(
            first
                .iter()
                .take(8)
                .fold(0, |all, byte| all << 8 | u64::from(*byte)),
        )
    }

    /// SplitMix64.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scramble(self.0)
    }

    /// At least 0, below 1.
    pub fn unit(&mut self) -> f32 {
        (self.roll() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.roll() % count.max(1) as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// True once in `count` throws.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

/// Smooth chance along a line, -1 to 1: what a ridge or a wave is cut from.
pub fn noise(key: u64, x: f32) -> f32 {
    let left = x.floor();
    let (a, b) = (lattice(key, left as i64, 0), lattice(key, left as i64 + 1, 0));
    a + (b - a) * smooth(x - left)
}

/// Smooth chance on a plane, -1 to 1.
pub fn noise_at(key: u64, x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (column, row) = (left as i64, top as i64);
    let (across, down) = (smooth(x - left), smooth(y - top));
    let (a, b) = (lattice(key, column, row), lattice(key, column + 1, row));
    let (c, d) = (lattice(key, column, row + 1), lattice(key, column + 1, row + 1));
    let (upper, lower) = (a + (b - a) * across, c + (d - c) * across);
    upper + (lower - upper) * down
}

/// Noise upon finer noise, each octave half as tall: about -1 to 1.
pub fn rugged(key: u64, x: f32, octaves: u32) -> f32 {
    let (mut sum, mut tall, mut fine) = (0.0, 0.55, 1.0);
    for octave in 0..octaves {
        sum += tall * noise(key.wrapping_add(u64::from(octave)), x * fine);
        tall *= 0.5;
        fine *= 2.1;
    }
    sum
}

fn lattice(key: u64, column: i64, row: i64) -> f32 {
    let place = (column as u64).wrapping_mul(0x8CB9_2BA7_2F3D_8DD7)
        ^ (row as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (scramble(key ^ place) >> 40) as f32 / (1u64 << 23) as f32 - 1.0
}

fn smooth(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

fn scramble(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_throw_the_same_dice() {
        let throw = |purpose, prompt, seed| Chance::of(purpose, prompt, seed).roll();
        assert_eq!(throw("hills", "a fox", 7), throw("hills", "a fox", 7));
        assert_ne!(throw("hills", "a fox", 7), throw("hills", "a fox", 8));
        assert_ne!(throw("hills", "a fox", 7), throw("waves", "a fox", 7));
    }

    #[test]
    fn noise_is_smooth_and_bounded() {
        let mut before = noise(3, -5.0);
        for step in 1..1000 {
            let here = noise(3, -5.0 + step as f32 * 0.01);
            assert!(here.abs() <= 1.0 && (here - before).abs() < 0.05);
            before = here;
        }
        assert!(noise_at(3, 0.3, -9.7).abs() <= 1.0);
    }
}
