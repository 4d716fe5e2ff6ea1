//! WAV, also as it comes out of a pipe.
//!
//! Who writes it piece by piece can't know the sizes in its header and writes the
//! largest number, or none. Most readers believe that number: a second of speech
//! lasts a day then, and whatever is put behind it is lost. So such a file is read
//! to its end, and gets its true sizes before it is kept.

use bytes::{Bytes, BytesMut};

/// Sizes from here on are none: no file that is taken is so large.
const UNKNOWN: u32 = 0x7fff_0000;

/// What the header says, and where it says so.
pub(super) struct Wav {
    /// Where the sound begins.
    data: usize,
    /// How long it is, whole samples alone; `None` for a file that was cut short.
    length: Option<usize>,
    /// Whether the sizes in the header are not the true ones.
    streamed: bool,
    /// Whether the sound goes on to the end, since nothing says where it ends.
    open: bool,
    bytes_a_second: u32,
}

impl Wav {
    /// `None` for any other file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let four = |from: usize| -> Option<[u8; 4]> { bytes.get(from..from + 4)?.try_into().ok() };
        let size = |from: usize| four(from).map(u32::from_le_bytes);
        if four(0)? != *b"RIFF" || four(8)? != *b"WAVE" {
            return None;
        }
        let cut_short = Self {
            data: 0,
            length: None,
            streamed: false,
            open: false,
            bytes_a_second: 0,
        };
        let (mut at, mut bytes_a_second, mut sample) = (12, 0, 1);
        loop {
            let (Some(name), Some(said)) = (four(at), size(at + 4)) else {
                return Some(cut_short);
            };
            let body = at + 8;
            if name == *b"fmt " {
                bytes_a_second = size(body + 8).unwrap_or_default();
                let align = bytes
                    .get(body + 12..body + 14)
                    .and_then(|two| two.try_into().ok());
                sample = usize::from(align.map_or(1, u16::from_le_bytes)).max(1);
            }
            if name == *b"data" {
                let rest = bytes.len() - body;
                let open = said >= UNKNOWN || said == 0;
                let riff = size(4).unwrap_or_default();
                let length = match said as usize {
                    _ if open => Some(rest - rest % sample),
                    said if said <= rest => Some(said),
                    _ => None,
                };
                let whole = riff as usize <= bytes.len().saturating_sub(8);
                return Some(Self {
                    data: body,
                    // A file that says how long it is, and is not, was cut short.
                    length: length.filter(|_| whole || riff >= UNKNOWN),
                    streamed: open || riff >= UNKNOWN || riff == 0,
                    open,
                    bytes_a_second,
                });
            }
            // Parts begin at even places.
            at = body
                .saturating_add(said as usize)
                .saturating_add(said as usize & 1);
        }
    }

    /// How long it plays.
    pub fn milliseconds(&self) -> Option<u64> {
        let length = u64::try_from(self.length?).ok()?;
        (length * 1000).checked_div(self.bytes_a_second.into())
    }

    /// The file with its true sizes; `None` if it was cut short or holds no sound.
    pub fn whole(&self, bytes: Bytes) -> Option<Bytes> {
        let length = self.length.filter(|length| *length > 0)?;
        if !self.streamed {
            return Some(bytes);
        }
        let mut bytes = BytesMut::from(bytes);
        if self.open {
            bytes.truncate(self.data + length);
            bytes.resize(self.data + length.next_multiple_of(2), 0);
        }
        let all = u32::try_from(bytes.len() - 8).ok()?;
        let length = u32::try_from(length).ok()?;
        bytes[4..8].copy_from_slice(&all.to_le_bytes());
        bytes[self.data - 4..self.data].copy_from_slice(&length.to_le_bytes());
        Some(bytes.freeze())
    }
}
