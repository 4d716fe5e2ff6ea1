//! Files as they are, and as they are not.

use super::*;

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::new(3, 2);
    picture
        .write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png)
        .unwrap();
    bytes
}

fn known(kind: Kind, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let media = media(kind, Bytes::copy_from_slice(bytes), None)?;
    Some((media.content_type, media.extension))
}

/// A box of this name.
fn part(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&size.to_be_bytes()[..], name, body].concat()
}

fn film(brands: &[u8], handler: &[u8; 4]) -> Vec<u8> {
    let described = part(b"hdlr", &[&[0; 8][..], handler, &[0; 13]].concat());
    let track = part(b"trak", &part(b"mdia", &described));
    [
        part(b"ftyp", brands),
        part(b"moov", &track),
        part(b"mdat", b"1234"),
    ]
    .concat()
}

fn avif(sizes: &[(u32, u32)]) -> Vec<u8> {
    let extents = sizes.iter().flat_map(|(width, height)| {
        part(
            b"ispe",
            &[&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat(),
        )
    });
    let properties = part(b"iprp", &part(b"ipco", &extents.collect::<Vec<_>>()));
    let meta = part(b"meta", &[&[0; 4][..], &properties].concat());
    [
        part(b"ftyp", b"avif\0\0\0\0avifmif1"),
        meta,
        part(b"mdat", b"1234"),
    ]
    .concat()
}

/// A WAV with these sizes in its header, of 16-bit samples.
fn wav(riff: u32, data: u32, samples: &[u8]) -> Vec<u8> {
    let mut bytes = b"RIFF".to_vec();
    bytes.extend_from_slice(&riff.to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0");
    bytes.extend_from_slice(b"LIST\x03\0\0\0abc\0data");
    bytes.extend_from_slice(&data.to_le_bytes());
    bytes.extend_from_slice(samples);
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
        b"RIFF\0\0\0\0WAVE",
        b"GIF89a\x02\0\x03\0\0\0\0",
        b"\xff\xfe<\0s\0v\0g\0",
        b"<svg><g></g>",
        b"<svgx></svgx>",
        b"ID3",
        &avif(&[(0, 5)]),
        &film(b"heic\0\0\0\0mif1heic", b"pict"),
    ] {
        assert_eq!(known(Kind::Image, bytes), None, "{}", bytes.escape_ascii());
    }
    assert_eq!(known(Kind::Video, &whole), None);
    let film = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x0cmdat1234";
    assert_eq!(known(Kind::Video, film), Some(("video/mp4", "mp4")));
    assert_eq!(known(Kind::Video, &film[..film.len() - 1]), None);
    assert_eq!(
        known(Kind::Video, b"\0\0\0\x10ftypheic\0\0\0\0\0\0\0\x0cmdat1234"),
        None
    );
    // A size in eight bytes, and one that reaches beyond the end.
    let large = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x01mdat\0\0\0\0\0\0\0\x141234";
    assert_eq!(known(Kind::Video, large), Some(("video/mp4", "mp4")));
    let beyond = b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x01mdat\xff\0\0\0\0\0\0\x141234";
    assert_eq!(known(Kind::Video, beyond), None);
}

#[test]
fn films_and_sounds_in_boxes_are_told_apart_by_brand_and_tracks() {
    for (brands, handler, kind, told) in [
        (
            &b"isom\0\0\0\0mp42"[..],
            b"vide",
            Kind::Video,
            ("video/mp4", "mp4"),
        ),
        (
            b"qt  \0\0\0\0qt  ",
            b"vide",
            Kind::Video,
            ("video/quicktime", "mov"),
        ),
        (b"M4A \0\0\0\0M4A ", b"soun", Kind::Speech, ("audio/mp4", "m4a")),
        (b"isom\0\0\0\0mp42", b"soun", Kind::Speech, ("audio/mp4", "m4a")),
    ] {
        assert_eq!(known(kind, &film(brands, handler)), Some(told));
    }
}

#[test]
fn sounds_in_frames_are_told_apart_by_their_layer() {
    for (bytes, told) in [
        (&b"\xff\xfb\x90\x64\0\0"[..], ("audio/mpeg", "mp3")),
        (b"\xff\xf3\x84\xc4\0\0", ("audio/mpeg", "mp3")),
        (b"\xff\xf1\x50\x80\x2e\x7f\xfc", ("audio/aac", "aac")),
        (b"\xff\xf9\x50\x80\x2e\x7f\xfc", ("audio/aac", "aac")),
        (
            b"ID3\x04\0\0\0\0\0\x02ab\xff\xf1\x50\x80\x2e\x7f\xfc",
            ("audio/aac", "aac"),
        ),
        (
            b"ID3\x04\0\0\0\0\0\x02ab\xff\xfb\x90\x64\0\0",
            ("audio/mpeg", "mp3"),
        ),
        (b"ID3\x04\0\0\0\0\x01\0padding", ("audio/mpeg", "mp3")),
    ] {
        assert_eq!(known(Kind::Speech, bytes), Some(told), "{}", bytes.escape_ascii());
    }
}

#[test]
fn moving_and_drawn_pictures_are_pictures() {
    for (bytes, told, size) in [
        (&b"GIF89a\x02\0\x03\0\0\0\0;"[..], ("image/gif", "gif"), Some((2, 3))),
        (&avif(&[(64, 48)]), ("image/avif", "avif"), Some((64, 48))),
        (&avif(&[(16, 16), (64, 48), (16, 12)]), ("image/avif", "avif"), Some((64, 48))),
        (b"<svg/>", ("image/svg+xml", "svg"), None),
        (
            b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- <b> -->\n<!DOCTYPE svg>\n<svg width='32px' height=\"24.6\"><g/></svg>\n",
            ("image/svg+xml", "svg"),
            Some((32, 25)),
        ),
        (
            b"<svg xmlns=\"x\" stroke-width=\"2\" width=\"100%\" height=\"100%\" viewBox=\"0 0 640,480\"></svg>",
            ("image/svg+xml", "svg"),
            Some((640, 480)),
        ),
    ] {
        let media = media(Kind::Image, Bytes::copy_from_slice(bytes), None).unwrap();
        assert_eq!((media.content_type, media.extension), told);
        assert_eq!(media.width.zip(media.height), size, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_wav_from_a_pipe_gets_its_true_sizes() {
    let samples: &[u8] = &[7; 1600];
    let size = u32::try_from(samples.len()).unwrap();
    let whole = wav(size + 48, size, samples);
    for (riff, data) in [
        (u32::MAX, u32::MAX),
        (0x7fff_f024, 0x7fff_f000),
        (u32::MAX, size),
        (48, 0),
        (0, 0),
    ] {
        let media = media(Kind::Speech, wav(riff, data, samples).into(), None).unwrap();
        assert_eq!(media.bytes, whole, "{riff:x} {data:x}");
        assert_eq!(media.milliseconds, Some(100));
    }
    // Half a sample at the end, as a cut pipe leaves it, is none.
    let torn = wav(u32::MAX, u32::MAX, &[samples, &[7]].concat());
    assert_eq!(media(Kind::Speech, torn.into(), None).unwrap().bytes, whole);
    // One that says its length stays as it is, whatever stands behind it.
    let tagged = [&whole[..], b"LIST\x02\0\0\0ab"].concat();
    assert_eq!(
        media(Kind::Speech, tagged.clone().into(), None).unwrap().bytes,
        tagged
    );
}

#[test]
fn a_wav_that_was_cut_short_or_is_empty_was_not_made() {
    let whole = wav(1648, 1600, &[7; 1600]);
    assert!(media(Kind::Speech, whole.clone().into(), None).is_some());
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..50],
        &whole[..13],
        &wav(u32::MAX, u32::MAX, b""),
        &wav(48, 0, b""),
    ] {
        assert_eq!(known(Kind::Speech, bytes), None);
    }
}
