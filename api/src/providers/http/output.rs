//! What was made: taken from the answer or fetched, and known by its bytes.

use std::io::Cursor;
use std::time::Duration;

use bytes::Bytes;
use entity::generation::Kind;
use image::{ImageReader, Limits};
use reqwest::Method;
use tokio::time::{sleep, timeout};

use super::job::{Job, Source};
use super::line::{self, Silence};
use crate::config;
use crate::outbound::Client;
use crate::providers::provider::{Failure, Made, Media, Outcome};

/// Tries at a file that could not be fetched.
const TRIES: u32 = 3;

/// The longest side of a picture.
const LONGEST_SIDE: u32 = 16_384;

pub struct Outputs {
    client: Client,
    most: usize,
    idle: Duration,
    whole: Duration,
}

impl Outputs {
    pub fn new(row: &config::Provider) -> Self {
        Self {
            client: Client::new(&row.networks()),
            most: usize::try_from(row.answer_bytes).unwrap_or(usize::MAX),
            idle: Duration::from_secs(row.idle_seconds),
            whole: Duration::from_secs(row.answer_seconds),
        }
    }

    /// All that came whole. What is empty, broken off, or something else counts
    /// as not made.
    pub async fn take(&self, kind: Kind, job: Job) -> Outcome {
        let mut made = Made {
            text: job.text.filter(|_| kind == Kind::Text),
            units: job.units,
            weight: job.weight,
            ..Made::default()
        };
        let mut lost = None;
        for output in job.outputs {
            let bytes = match output.source {
                Source::Inline(bytes) => bytes,
                Source::At(address) => match self.fetch(&address).await {
                    Ok((bytes, weight)) => {
                        made.weight = made.weight.or(weight);
                        bytes
                    }
                    Err(why) => {
                        lost = Some(why);
                        continue;
                    }
                },
            };
            let milliseconds = output.seconds.map(|seconds| (seconds * 1000.0) as u64);
            made.media.extend(media(kind, bytes, milliseconds));
        }
        if !made.media.is_empty() || made.text.is_some() {
            return Ok(made);
        }
        Err(match lost {
            // It was made, and may be there a moment later.
            Some(why @ (Silence::Broken(_) | Silence::TimedOut | Silence::NotConnected(_))) => {
                Failure::Unknown(format!("a file could not be fetched: {why}"))
            }
            Some(why) => Failure::Failed(format!("a file was not taken: {why}")),
            None => Failure::Failed("it made nothing that can be used".to_owned()),
        })
    }

    async fn fetch(&self, address: &str) -> Result<(Bytes, line::Weight), Silence> {
        let mut tried = 0;
        loop {
            tried += 1;
            match timeout(self.whole, self.fetch_once(address)).await {
                Ok(Ok(fetched)) => return Ok(fetched),
                Ok(Err(Silence::TooLong)) => return Err(Silence::TooLong),
                Ok(Err(silence)) if tried >= TRIES => return Err(silence),
                Err(_) if tried >= TRIES => return Err(Silence::TimedOut),
                _ => sleep(Duration::from_millis(200 << tried)).await,
            }
        }
    }

    async fn fetch_once(&self, address: &str) -> Result<(Bytes, line::Weight), Silence> {
        let request = self.client.request(Method::GET, address);
        let request = request.map_err(|refused| Silence::Broken(refused.to_string()))?;
        let response = request.send().await.map_err(line::silence)?;
        match response.status().as_u16() {
            200 => line::read(response, self.most, self.idle).await,
            status => Err(Silence::Broken(format!("it answered with {status}"))),
        }
    }
}

/// The file that the bytes are, if it is one of this kind and whole.
fn media(kind: Kind, bytes: Bytes, milliseconds: Option<u64>) -> Option<Media> {
    let (made, content_type, extension) = sniff(&bytes)?;
    if made != kind {
        return None;
    }
    let (width, height) = match kind {
        Kind::Image => {
            let (width, height) = dimensions(&bytes)?;
            (Some(width), Some(height))
        }
        _ => (None, None),
    };
    Some(Media {
        bytes,
        content_type,
        extension,
        width,
        height,
        milliseconds,
    })
}

fn sniff(bytes: &[u8]) -> Option<(Kind, &'static str, &'static str)> {
    let at = |from: usize, magic: &[u8]| bytes.get(from..from + magic.len()) == Some(magic);
    let ends = |magic: &[u8]| bytes.ends_with(magic);
    // The size that a RIFF file says it has, without the eight bytes that say so.
    let riff = || {
        let size = bytes.get(4..8)?.try_into().ok()?;
        Some(u32::from_le_bytes(size) as usize + 8 <= bytes.len())
    };
    if at(0, b"\x89PNG\r\n\x1a\n") {
        return ends(b"IEND\xaeB\x60\x82").then_some((Kind::Image, "image/png", "png"));
    }
    if at(0, b"\xff\xd8\xff") {
        return ends(b"\xff\xd9").then_some((Kind::Image, "image/jpeg", "jpg"));
    }
    if at(0, b"RIFF") && riff()? {
        return match () {
            () if at(8, b"WEBP") => Some((Kind::Image, "image/webp", "webp")),
            () if at(8, b"WAVE") => Some((Kind::Speech, "audio/wav", "wav")),
            () => None,
        };
    }
    if at(4, b"ftyp") && whole_boxes(bytes) {
        return Some((Kind::Video, "video/mp4", "mp4"));
    }
    if at(0, b"\x1a\x45\xdf\xa3") {
        return Some((Kind::Video, "video/webm", "webm"));
    }
    if at(0, b"OggS") {
        return Some((Kind::Speech, "audio/ogg", "ogg"));
    }
    if at(0, b"fLaC") {
        return Some((Kind::Speech, "audio/flac", "flac"));
    }
    let frame = bytes.len() > 2 && bytes[0] == 0xff && bytes[1] & 0xe0 == 0xe0;
    (at(0, b"ID3") || frame).then_some((Kind::Speech, "audio/mpeg", "mp3"))
}

/// Whether an MP4's boxes reach exactly to its end.
fn whole_boxes(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(size) = bytes.get(at..at + 4) {
        let size = u32::from_be_bytes([size[0], size[1], size[2], size[3]]) as usize;
        match size {
            // To the end; or said in eight bytes, for boxes beyond four gigabytes.
            0 => return true,
            1 => return false,
            2..8 => return false,
            _ => at += size,
        }
    }
    at == bytes.len()
}

fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    reader.limits(limits);
    let (width, height) = reader.into_dimensions().ok()?;
    (width.max(height) <= LONGEST_SIDE).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png() -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::new(3, 2);
        picture
            .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
            .unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let media = media(Kind::Image, png().into(), None).unwrap();
        assert_eq!(
            (media.content_type, media.width, media.height),
            ("image/png", Some(3), Some(2))
        );
    }

    #[test]
    fn what_is_empty_broken_off_or_something_else_was_not_made() {
        let whole = png();
        for bytes in [
            &[][..],
            &whole[..whole.len() - 1],
            b"<html></html>",
            b"RIFF\xff\xff\0\0WEBP",
            b"RIFF",
        ] {
            assert!(media(Kind::Image, Bytes::copy_from_slice(bytes), None).is_none());
        }
        assert!(media(Kind::Video, whole.into(), None).is_none());
        let film = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x0cmdat1234";
        assert!(media(Kind::Video, Bytes::from_static(film), None).is_some());
        assert!(media(Kind::Video, Bytes::from_static(&film[..film.len() - 1]), None).is_none());
    }
}
