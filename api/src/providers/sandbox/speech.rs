//! A voice that hums a text: one sung vowel for each syllable, pauses where
//! the text pauses, as a mono 16-bit WAV of 24 kHz.

use std::f32::consts::TAU;

use super::chance::Chance;
use super::syllables::{Beat, beats};

const RATE: u32 = 24_000;
pub const LONGEST_SECONDS: f32 = 60.0;

/// A sound file and how long it plays.
#[derive(Clone, Debug, PartialEq)]
pub struct Speech {
    pub wav: Vec<u8>,
    pub seconds: f32,
}

/// Where a vowel resonates, in hertz.
const VOWELS: [(&str, [f32; 3]); 5] = [
    ("aàáâãäåāαάаяあ", [730.0, 1150.0, 2440.0]),
    ("eèéêëēεέηήеэё", [530.0, 1800.0, 2500.0]),
    ("iìíîïīyýιίиыйі", [310.0, 2150.0, 2900.0]),
    ("oòóôõöøōοόωώо", [500.0, 880.0, 2450.0]),
    ("uùúûüūυύую", [330.0, 820.0, 2300.0]),
];

/// A scale in which no two notes grate, in semitones.
const SCALE: [f32; 6] = [0.0, 2.0, 4.0, 7.0, 9.0, 12.0];

/// Speaks the text. `speed` 1 is a calm reading pace; 0.25 to 4 are possible.
pub fn speak(text: &str, voice: &str, seed: u64, speed: f32) -> Speech {
    let speed = if speed.is_finite() {
        speed.clamp(0.25, 4.0)
    } else {
        1.0
    };
    let mut singer = Singer::new(voice, Chance::of("speech", text, seed));
    let longest = (LONGEST_SECONDS * RATE as f32) as usize;
    for beat in beats(text) {
        if singer.samples.len() >= longest {
            break;
        }
        singer.sing(&beat, speed);
    }
    singer.rest(0.3);
    let mut samples = singer.samples;
    samples.truncate(longest);
    soften(&mut samples);
    Speech {
        seconds: samples.len() as f32 / RATE as f32,
        wav: wav(&samples),
    }
}

struct Singer {
    samples: Vec<f32>,
    chance: Chance,
    base: f32,
    stretch: f32,
    breath: f32,
    /// Place in the scale, and in the wave; both go on from note to note.
    step: usize,
    phase: f32,
    pitch: f32,
}

impl Singer {
    /// The voice's name alone decides how it sounds; the dice are for the tune.
    fn new(voice: &str, chance: Chance) -> Self {
        let mut body = Chance::of("voice", voice, 0);
        let base = body.between(110.0, 235.0);
        Self {
            samples: Vec::new(),
            chance,
            base,
            // High voices come from short throats.
            stretch: 0.86 + 0.3 * (base - 110.0) / 125.0,
            breath: body.between(0.004, 0.016),
            step: 2,
            phase: 0.0,
            pitch: base,
        }
    }

    fn sing(&mut self, beat: &Beat, speed: f32) {
        let (vowel, hiss, stressed, last, asks) = match *beat {
            Beat::Rest(seconds) => return self.rest(seconds / speed),
            Beat::Syllable {
                vowel,
                hiss,
                stressed,
                last,
                asks,
            } => (vowel, hiss, stressed, last, asks),
        };
        let long = if stressed { 0.19 } else { 0.15 } + if last { 0.08 } else { 0.0 };
        let lasts = long * self.chance.between(0.92, 1.08) / speed;
        let bend = match (last, asks) {
            (false, _) => 0.0,
            (true, true) => 0.2,
            (true, false) => -0.16,
        };
        // The tune walks by small steps, as a speaking voice does.
        let walk = [-2_i32, -1, -1, 0, 1, 1, 2][self.chance.below(7)];
        self.step = (self.step as i32 + walk).clamp(0, SCALE.len() as i32 - 1) as usize;
        let aim = self.base * (SCALE[self.step] / 12.0).exp2();
        let formants = VOWELS
            .iter()
            .find(|(letters, _)| letters.contains(vowel))
            .map_or_else(|| self.chance.pick(&VOWELS).1, |(_, formants)| *formants)
            .map(|hertz| hertz * self.stretch);
        let wave = wave(&formants, aim);
        if hiss {
            self.hiss(0.045 / speed.sqrt());
        }
        let count = (lasts * RATE as f32) as usize;
        for sample in 0..count {
            let part = sample as f32 / count as f32;
            let second = sample as f32 / RATE as f32;
            // Slides into each note, trembles a little, and bends at an end.
            self.pitch += (aim * (1.0 + bend * part * part) - self.pitch) * 0.0016;
            let vibrato = 1.0 + 0.006 * (second * 5.2 * TAU).sin() * part;
            self.phase = (self.phase + self.pitch * vibrato / RATE as f32).fract();
            let swell = (part / 0.16).min(1.0) * ((1.0 - part) / 0.34).min(1.0);
            let air = self.breath * (self.chance.unit() - 0.5);
            self.samples
                .push((read(&wave, self.phase) + air) * swell * swell * (3.0 - 2.0 * swell));
        }
    }

    /// The s or t before a vowel.
    fn hiss(&mut self, seconds: f32) {
        let count = (seconds * RATE as f32) as usize;
        let mut before = 0.0;
        for sample in 0..count {
            let part = sample as f32 / count as f32;
            let noise = self.chance.unit() - 0.5;
            // What changes from sample to sample is the bright part of noise.
            self.samples
                .push((noise - before) * 0.085 * (part * (1.0 - part) * 4.0));
            before = noise;
        }
    }

    fn rest(&mut self, seconds: f32) {
        let count = (seconds * RATE as f32) as usize;
        self.samples.extend(std::iter::repeat_n(0.0, count));
    }
}

/// One turn of a voice's wave: harmonics, strong where the vowel resonates.
fn wave(formants: &[f32; 3], pitch: f32) -> Vec<f32> {
    const LENGTH: usize = 256;
    let harmonics = ((4200.0 / pitch) as usize).clamp(4, 36);
    let mut wave = vec![0.0; LENGTH];
    for harmonic in 1..=harmonics {
        let hertz = pitch * harmonic as f32;
        let resonance: f32 = formants
            .iter()
            .zip([1.0, 0.5, 0.22])
            .map(|(formant, strength)| {
                let away = (hertz - formant) / (90.0 + formant * 0.09);
                strength / (1.0 + away * away)
            })
            .sum();
        let strength = (resonance + 0.06) / (harmonic as f32).powf(0.7);
        // Spread phases, so that the peaks of the harmonics do not pile up.
        let offset = (harmonic * harmonic) as f32 * 0.9;
        for (place, sample) in wave.iter_mut().enumerate() {
            *sample += strength * (TAU * (harmonic * place) as f32 / LENGTH as f32 + offset).sin();
        }
    }
    let power = (wave.iter().map(|sample| sample * sample).sum::<f32>() / LENGTH as f32).sqrt();
    wave.iter_mut()
        .for_each(|sample| *sample *= 0.16 / power.max(0.001));
    wave
}

fn read(wave: &[f32], phase: f32) -> f32 {
    let place = phase * wave.len() as f32;
    let left = place as usize % wave.len();
    let right = (left + 1) % wave.len();
    wave[left] + (wave[right] - wave[left]) * place.fract()
}

/// A small room around the voice, and its loudest moment brought to a safe level.
fn soften(samples: &mut [f32]) {
    for (delay, share) in [(1109, 0.16), (1867, 0.12), (2633, 0.08)] {
        for place in delay..samples.len() {
            samples[place] += samples[place - delay] * share;
        }
    }
    let peak = samples
        .iter()
        .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let gain = if peak > 0.0 { (0.8 / peak).min(1.6) } else { 1.0 };
    let fade = (RATE as usize / 20).min(samples.len());
    let start = samples.len() - fade;
    for (place, sample) in samples.iter_mut().enumerate() {
        let left = (place.saturating_sub(start)) as f32 / fade.max(1) as f32;
        *sample *= gain * (1.0 - left);
    }
}

fn wav(samples: &[f32]) -> Vec<u8> {
    let length = samples.len() as u32 * 2;
    let mut file = Vec::with_capacity(44 + samples.len() * 2);
    file.extend(b"RIFF");
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1, 0, 1, 0]); // Plain samples, one channel.
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend([2, 0, 16, 0]); // Two bytes, sixteen bits a sample.
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    for sample in samples {
        file.extend(((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes());
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_a_wav_that_repeats_and_does_not_clip() {
        let speech = speak("Hello there, is this on?", "alloy", 1, 1.0);
        assert_eq!(speech, speak("Hello there, is this on?", "alloy", 1, 1.0));
        assert_ne!(speech, speak("Hello there, is this on?", "onyx", 1, 1.0));
        assert!(speech.wav.starts_with(b"RIFF") && speech.wav[8..16] == *b"WAVEfmt ");
        let bytes = (speech.seconds * RATE as f32).round() as usize * 2;
        assert_eq!(speech.wav.len(), 44 + bytes);
        let loudest = speech.wav[44..]
            .chunks_exact(2)
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs())
            .max();
        assert!((6_000..30_000).contains(&loudest.unwrap()));
    }

    #[test]
    fn length_follows_the_text_and_the_speed() {
        let seconds = |text: &str, speed| speak(text, "alloy", 1, speed).seconds;
        assert!(seconds("one two three four five six", 1.0) > 2.0 * seconds("one two", 1.0));
        assert!(seconds("one two three four", 2.0) < 0.7 * seconds("one two three four", 1.0));
        assert!(seconds("", f32::NAN) > 0.0);
        assert_eq!(seconds(&"word ".repeat(400), 1.0), LONGEST_SECONDS);
    }
}
