//! A still picture: a scene, some grain as film has it, and the prompt below.

use image::{DynamicImage, RgbImage, RgbaImage};
use tiny_skia::{BlendMode, FilterQuality, IntSize, Paint, Pattern, Pixmap, Rect, SpreadMode, Transform};

use super::canvas::Canvas;
use super::caption::Caption;
use super::chance::Chance;
use super::scenes::Scene;

/// One tile of grain; small enough to make at once, too large to be seen to repeat.
const GRAIN: u32 = 192;

/// Draws the prompt. The same prompt, seed and size give the same picture.
pub fn draw(prompt: &str, seed: u64, width: u32, height: u32) -> RgbImage {
    let mut canvas = Canvas::new(width, height);
    let scene = Scene::choose(prompt, seed);
    scene.paint(&mut canvas, 0.0);
    grain(&mut canvas);
    Caption::set(prompt, &canvas, scene.busy).lay(&mut canvas, &scene.palette);

    let (width, height) = (canvas.pixels.width(), canvas.pixels.height());
    let opaque = RgbaImage::from_raw(width, height, canvas.pixels.take());
    DynamicImage::ImageRgba8(opaque.expect("four bytes a pixel")).into_rgb8()
}

/// Takes the machine's smoothness off, and hides the steps of wide gradients.
fn grain(canvas: &mut Canvas) {
    let mut chance = Chance::of("grain", "", 0);
    let mut tile = Vec::with_capacity((GRAIN * GRAIN * 4) as usize);
    for _ in 0..GRAIN * GRAIN {
        // Four throws summed lie near the middle, as real grain does.
        let level = chance
            .roll()
            .to_le_bytes()
            .iter()
            .take(4)
            .map(|byte| u32::from(*byte))
            .sum::<u32>()
            / 4;
        tile.extend([level as u8, level as u8, level as u8, 255]);
    }
    let size = IntSize::from_wh(GRAIN, GRAIN).expect("a tile has sides");
    let tile = Pixmap::from_vec(tile, size).expect("four bytes a pixel");
    let area = Rect::from_xywh(0.0, 0.0, canvas.width(), canvas.height());
    let (Some(area), scale) = (area, (canvas.unit() / 1024.0).max(1.0)) else {
        return;
    };
    let paint = Paint {
        shader: Pattern::new(
            tile.as_ref(),
            SpreadMode::Repeat,
            FilterQuality::Bilinear,
            0.16,
            Transform::from_scale(scale, scale),
        ),
        blend_mode: BlendMode::SoftLight,
        ..Paint::default()
    };
    canvas.pixels.fill_rect(area, &paint, Transform::identity(), None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_prompt_and_seed_draw_the_same_picture() {
        let one = draw("a fox", 1, 96, 64);
        assert_eq!(one.dimensions(), (96, 64));
        assert_eq!(one, draw("a fox", 1, 96, 64));
        assert_ne!(one, draw("a fox", 2, 96, 64));
    }

    #[test]
    fn any_prompt_and_any_shape_can_be_drawn() {
        let prompts = [
            "",
            "夜の海",
            "👩‍🚀\u{202E}\u{0}",
            "a\u{301}",
            "شفق",
            &"W".repeat(900),
            &"word ".repeat(300),
        ];
        for (seed, prompt) in prompts.into_iter().enumerate() {
            for (width, height) in [(120, 40), (40, 120), (1, 1), (0, 9), (64, 64)] {
                draw(prompt, seed as u64, width, height);
            }
        }
    }

    #[test]
    fn every_scene_can_be_drawn() {
        for word in ["hill", "sea", "dune", "tiles", "retro", "ink"] {
            for seed in 0..6 {
                draw(word, seed, 60, 50);
            }
        }
    }
}
