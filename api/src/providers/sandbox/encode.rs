//! Pixels to a file's bytes: PNG, JPEG or WebP.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, RgbImage};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Png,
    Jpeg,
    Webp,
}

/// `quality` is 1 to 100, and means nothing to PNG, which loses nothing.
pub fn encode(image: &RgbImage, format: Format, quality: u8) -> Vec<u8> {
    let quality = quality.clamp(1, 100);
    let (width, height) = image.dimensions();
    let mut file = Vec::new();
    let written = match format {
        Format::Png => PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive)
            .write_image(image, width, height, ExtendedColorType::Rgb8),
        Format::Jpeg => JpegEncoder::new_with_quality(&mut file, quality).write_image(
            image,
            width,
            height,
            ExtendedColorType::Rgb8,
        ),
        Format::Webp => {
            file.extend_from_slice(&webp::Encoder::from_rgb(image, width, height).encode(f32::from(quality)));
            Ok(())
        }
    };
    written.expect("a vector takes every byte, and the sizes agree");
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_what_it_says() {
        let image = RgbImage::from_fn(20, 10, |x, y| image::Rgb([x as u8 * 12, y as u8 * 25, 90]));
        let formats = [
            (Format::Png, image::ImageFormat::Png),
            (Format::Jpeg, image::ImageFormat::Jpeg),
            (Format::Webp, image::ImageFormat::WebP),
        ];
        for (format, named) in formats {
            let file = encode(&image, format, 90);
            assert_eq!(image::guess_format(&file).unwrap(), named);
            let read = image::load_from_memory(&file).unwrap().into_rgb8();
            assert_eq!(read.dimensions(), (20, 10));
            assert_eq!(file, encode(&image, format, 90));
        }
    }
}
