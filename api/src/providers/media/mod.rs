//! What was made, known by its bytes: whatever a provider says of a file, it is
//! what its first bytes say, and one that is cut short was not made.

mod base64;
mod boxes;
mod svg;
mod wav;

use std::io::Cursor;

use bytes::Bytes;
use entity::generation::Kind;
use image::{ImageReader, Limits};

use super::provider::Media;
pub use base64::decode;
use wav::Wav;

/// The longest side of a picture.
const LONGEST_SIDE: u32 = 16_384;

/// What a file is, and what its bytes say of it.
struct Known {
    kind: Kind,
    content_type: &'static str,
    extension: &'static str,
    size: Option<(u32, u32)>,
}

impl Known {
    const fn of(kind: Kind, content_type: &'static str, extension: &'static str) -> Self {
        Self {
            kind,
            content_type,
            extension,
            size: None,
        }
    }

    /// A picture that nobody could show is none.
    fn picture(content_type: &'static str, extension: &'static str, size: (u32, u32)) -> Option<Self> {
        let (width, height) = size;
        let fits = width.min(height) > 0 && width.max(height) <= LONGEST_SIDE;
        fits.then_some(Self {
            size: Some(size),
            ..Self::of(Kind::Image, content_type, extension)
        })
    }
}

/// The file that the bytes are, if it is one of this kind and whole.
pub fn media(kind: Kind, bytes: Bytes, milliseconds: Option<u64>) -> Option<Media> {
    let (bytes, known, milliseconds) = match Wav::read(&bytes) {
        Some(wav) => {
            let measured = wav.milliseconds();
            let whole = wav.whole(bytes)?;
            let known = Known::of(Kind::Speech, "audio/wav", "wav");
            (whole, known, measured.or(milliseconds))
        }
        None => {
            let known = sniff(&bytes)?;
            (bytes, known, milliseconds)
        }
    };
    if known.kind != kind {
        return None;
    }
    let (width, height) = known.size.unzip();
    Some(Media {
        bytes,
        content_type: known.content_type,
        extension: known.extension,
        width,
        height,
        milliseconds,
    })
}

fn sniff(bytes: &[u8]) -> Option<Known> {
    let at = |from: usize, magic: &[u8]| bytes.get(from..from + magic.len()) == Some(magic);
    let ends = |magic: &[u8]| bytes.ends_with(magic);
    if at(0, b"\x89PNG\r\n\x1a\n") {
        let whole = ends(b"IEND\xaeB\x60\x82");
        return Known::picture("image/png", "png", decoded_size(bytes).filter(|_| whole)?);
    }
    if at(0, b"\xff\xd8\xff") {
        let whole = ends(b"\xff\xd9");
        return Known::picture("image/jpeg", "jpg", decoded_size(bytes).filter(|_| whole)?);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        // The size that the file says it has, without the eight bytes that say so.
        let said = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
        let whole = said.checked_add(8)? <= bytes.len();
        return Known::picture("image/webp", "webp", decoded_size(bytes).filter(|_| whole)?);
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        let side = |from: usize| Some(u16::from_le_bytes(bytes.get(from..from + 2)?.try_into().ok()?));
        let size = (side(6)?.into(), side(8)?.into());
        return Known::picture("image/gif", "gif", ends(b";").then_some(size)?);
    }
    if at(4, b"ftyp") {
        return boxes::sniff(bytes);
    }
    if at(0, b"\x1a\x45\xdf\xa3") {
        return Some(Known::of(Kind::Video, "video/webm", "webm"));
    }
    if at(0, b"OggS") {
        return Some(Known::of(Kind::Speech, "audio/ogg", "ogg"));
    }
    if at(0, b"fLaC") {
        return Some(Known::of(Kind::Speech, "audio/flac", "flac"));
    }
    frames(bytes).or_else(|| svg::sniff(bytes))
}

/// Sound in frames of its own, behind a tag or not. Layer bits of zero are AAC's.
fn frames(bytes: &[u8]) -> Option<Known> {
    let tag = tag_length(bytes);
    let frame = bytes.get(tag.unwrap_or(0)..).unwrap_or_default();
    match frame {
        [0xff, second, third, ..] if second & 0xf6 == 0xf0 && (third >> 2) & 0x0f < 13 => {
            Some(Known::of(Kind::Speech, "audio/aac", "aac"))
        }
        [0xff, second, third, ..] if is_mpeg(*second, *third) => {
            Some(Known::of(Kind::Speech, "audio/mpeg", "mp3"))
        }
        // Behind a tag that is padded, or longer than it says.
        _ => tag.map(|_| Known::of(Kind::Speech, "audio/mpeg", "mp3")),
    }
}

/// The second and third byte of a frame of MPEG audio, none of whose fields has a
/// value that no frame has: neither the mark of UTF-16 nor a text begins like that.
const fn is_mpeg(second: u8, third: u8) -> bool {
    let (version, layer) = ((second >> 3) & 3, (second >> 1) & 3);
    second & 0xe0 == 0xe0 && version != 1 && layer != 0 && third >> 4 != 15 && (third >> 2) & 3 != 3
}

/// How long the ID3v2 tag at the beginning is, if there is one.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let header = bytes.get(..10).filter(|header| header.starts_with(b"ID3"))?;
    let size = header[6..]
        .iter()
        .fold(0, |size, byte| (size << 7) | usize::from(byte & 0x7f));
    let footer = if header[5] & 0x10 == 0 { 0 } else { 10 };
    Some(10 + size + footer)
}

fn decoded_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    reader.limits(limits);
    reader.into_dimensions().ok()
}

#[cfg(test)]
mod tests;
