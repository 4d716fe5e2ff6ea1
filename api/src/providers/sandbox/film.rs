//! A short silent film: the scene of a still, moving, as WebM.
//!
//! Every frame is a VP8 key frame, taken out of a lossy WebP, which holds just
//! that. Larger than a film with motion estimation, but any player plays it,
//! and it needs no encoder beyond the one our pictures use.

use std::f32::consts::PI;

use webp::{Encoder, WebPConfig};

use super::canvas::Canvas;
use super::caption::Caption;
use super::scenes::Scene;
use super::webm::Webm;

pub const LONGEST_SECONDS: u32 = 60;
/// A longer film goes back the way it came, with the frames it has already.
const SWING: u64 = 10_000;

/// Films the prompt; it lasts exactly the seconds asked, within 1 to 60.
pub fn film(prompt: &str, seed: u64, seconds: u32, width: u32, height: u32) -> Vec<u8> {
    let lasts = u64::from(seconds.clamp(1, LONGEST_SECONDS)) * 1000;
    let frame = if lasts <= SWING { 50 } else { 100 };
    let swing = (SWING / frame) as usize;
    let mut canvas = Canvas::new(width, height);
    let scene = Scene::choose(prompt, seed);
    let caption = Caption::set(prompt, &canvas, scene.busy);
    let mut webm = Webm::new(canvas.pixels.width(), canvas.pixels.height(), lasts, frame);
    let mut drawn = Vec::with_capacity(swing + 1);
    for (count, at) in (0..lasts).step_by(frame as usize).enumerate() {
        let turn = count % (2 * swing);
        let place = turn.min(2 * swing - turn);
        if place == drawn.len() {
            let moment = at as f32 / 1000.0;
            scene.paint(
                &mut canvas,
                if lasts > SWING {
                    slow_at_the_turns(moment)
                } else {
                    moment
                },
            );
            caption.lay(&mut canvas, &scene.palette);
            drawn.push(vp8(&canvas));
        }
        webm.frame(at, &drawn[place]);
    }
    webm.finish()
}

fn slow_at_the_turns(moment: f32) -> f32 {
    let swing = SWING as f32 / 1000.0;
    swing * (1.0 - (PI * moment / swing).cos()) / 2.0
}

fn vp8(canvas: &Canvas) -> Vec<u8> {
    let mut config = WebPConfig::new().expect("the library and its header are of one version");
    config.quality = 78.0;
    config.method = 1;
    let picture = Encoder::from_rgba(
        canvas.pixels.data(),
        canvas.pixels.width(),
        canvas.pixels.height(),
    )
    .encode_advanced(&config)
    .expect("the sides are within what WebP takes");
    chunk(&picture, b"VP8 ")
        .expect("an opaque lossy picture is a VP8 frame")
        .to_vec()
}

/// The content of the first such chunk of a RIFF file.
fn chunk<'a>(riff: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = riff.get(12..)?;
    loop {
        let length = u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?) as usize;
        if rest.starts_with(name) {
            return rest.get(8..8 + length);
        }
        // Chunks start at even places.
        rest = rest.get(8 + length + length % 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_is_a_webm_of_the_length_asked_and_repeats() {
        let one = film("a fox", 1, 2, 64, 36);
        assert_eq!(one, film("a fox", 1, 2, 64, 36));
        assert_ne!(one, film("a fox", 2, 2, 64, 36));
        assert!(one.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]));
        let duration = 2000_f64.to_be_bytes();
        assert!(one.windows(8).any(|bytes| bytes == duration));
    }

    #[test]
    fn a_long_film_uses_its_frames_again() {
        let frames = |seconds| {
            film("a fox", 1, seconds, 16, 16)
                .windows(3)
                .filter(|bytes| *bytes == [0x9D, 0x01, 0x2A])
                .count()
        };
        assert_eq!((frames(1), frames(31), frames(99)), (20, 310, 600));
    }
}
