//! Files of boxes in boxes (ISO 14496-12): MP4, QuickTime, M4A, AVIF.

use entity::generation::Kind;

use super::Known;

/// How a brand is written that is in use for pictures, and is not AVIF.
const OTHER_PICTURES: [&[u8; 4]; 8] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
];

/// What the file is, if its boxes reach exactly to its end.
pub(super) fn sniff(bytes: &[u8]) -> Option<Known> {
    let all: Option<Vec<Part>> = Parts(bytes).collect();
    let all = all?;
    let brands = all.first()?.body;
    let major = brands.get(..4)?;
    let avif = |brand: &[u8]| brand == b"avif" || brand == b"avis";
    let is_picture = OTHER_PICTURES.iter().any(|other| major == *other);
    if avif(major) || is_picture && brands.chunks_exact(4).skip(2).any(avif) {
        return Known::picture("image/avif", "avif", picture_size(bytes)?);
    }
    if is_picture {
        return None;
    }
    let sound_alone = handlers(bytes).is_some_and(|handlers| !handlers.contains(&&b"vide"[..]));
    Some(match major {
        _ if sound_alone => Known::of(Kind::Speech, "audio/mp4", "m4a"),
        b"qt  " => Known::of(Kind::Video, "video/quicktime", "mov"),
        _ => Known::of(Kind::Video, "video/mp4", "mp4"),
    })
}

/// A box: its name and what is in it.
struct Part<'a> {
    name: &'a [u8],
    body: &'a [u8],
}

/// The boxes that stand in a row; `None` for one that reaches beyond the end.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = Option<Part<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = std::mem::take(&mut self.0);
        (!rest.is_empty()).then(|| self.first_of(rest))
    }
}

impl<'a> Parts<'a> {
    fn first_of(&mut self, rest: &'a [u8]) -> Option<Part<'a>> {
        let said = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?);
        let (header, size) = match said {
            // To the end; or said in eight bytes, for large boxes.
            0 => (8, rest.len()),
            1 => {
                let large = u64::from_be_bytes(rest.get(8..16)?.try_into().ok()?);
                (16, usize::try_from(large).ok()?)
            }
            size => (8, size as usize),
        };
        let part = Part {
            name: rest.get(4..8)?,
            body: rest.get(header..size)?,
        };
        self.0 = &rest[size..];
        Some(part)
    }
}

/// The boxes of this name in boxes of the first name, and so on down the path.
fn within<'a>(parts: Vec<Part<'a>>, path: &[&[u8]]) -> Vec<Part<'a>> {
    let mut found = parts;
    for name in path {
        let inner = found.iter().flat_map(|part| {
            // A version and flags come before the boxes of `meta`.
            let skipped = if part.name == b"meta" { 4 } else { 0 };
            Parts(part.body.get(skipped..).unwrap_or_default()).flatten()
        });
        found = inner.filter(|part| part.name == *name).collect();
    }
    found
}

/// What each track is for; `None` where no track is described.
fn handlers(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let file = Part {
        name: b"",
        body: bytes,
    };
    let described = within(vec![file], &[b"moov", b"trak", b"mdia", b"hdlr"]);
    let found: Vec<_> = described.iter().filter_map(|part| part.body.get(8..12)).collect();
    (!found.is_empty()).then_some(found)
}

/// Of a picture in tiles or with a thumbnail, the largest is the whole.
fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let file = Part {
        name: b"",
        body: bytes,
    };
    let extents = within(vec![file], &[b"meta", b"iprp", b"ipco", b"ispe"]);
    let sides = extents.iter().filter_map(|extent| {
        let side = |at: usize| Some(u32::from_be_bytes(extent.body.get(at..at + 4)?.try_into().ok()?));
        Some((side(4)?, side(8)?))
    });
    sides.max()
}
