//! Which pages stand in SQLite's log, as its file format has it: a header, then frames,
//! each a header with the page's number and the page. The log begins anew at its start
//! now and then, with another salt; frames with an older one are left over, and so are
//! frames of a transaction that was undone, behind the last that ends one.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

pub struct Log {
    path: PathBuf,
}

/// Where the last transaction in the log ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct End {
    salt: [u8; 8],
    frames: u64,
}

impl Log {
    /// The log of a database's file.
    pub fn of(database: PathBuf) -> Self {
        let mut path = database.into_os_string();
        path.push("-wal");
        Self { path: path.into() }
    }

    pub async fn end(&self) -> io::Result<End> {
        let path = self.path.clone();
        apart(move || Ok(read(&path, End::default())?.0)).await
    }

    /// The pages that were written since. The log begins anew once at most while a state
    /// is open that was taken when it ended there.
    pub async fn written_since(&self, end: &End) -> io::Result<Vec<i64>> {
        let (path, end) = (self.path.clone(), *end);
        apart(move || Ok(read(&path, end)?.1)).await
    }
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(io::Error::other)?
}

/// Where the log ends, and the pages in it behind `since`.
fn read(path: &Path, since: End) -> io::Result<(End, Vec<i64>)> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Default::default()),
        file => file?,
    };
    let mut header = [0; HEADER];
    if !filled(&mut file, &mut header)? {
        return Ok(Default::default());
    }
    let mut end = End::default();
    end.salt.copy_from_slice(&header[16..24]);
    let page = u64::from(u32::from_be_bytes([header[8], header[9], header[10], header[11]]));
    let length = FRAME_HEADER as u64 + page;
    if since.salt == end.salt {
        end.frames = since.frames;
    }
    let mut pages = Vec::new();
    let mut at = end.frames;
    let mut frame = [0; FRAME_HEADER];
    loop {
        file.seek(SeekFrom::Start(HEADER as u64 + at * length))?;
        if !filled(&mut file, &mut frame)? || frame[8..16] != end.salt {
            return Ok((end, pages));
        }
        pages.push(i64::from(u32::from_be_bytes([
            frame[0], frame[1], frame[2], frame[3],
        ])));
        at += 1;
        if frame[4..8] != [0; 4] {
            end.frames = at;
        }
    }
}

/// `false` where the file ends before.
fn filled(file: &mut File, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(salt: u8, pages: &[u32], left_over: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; HEADER];
        bytes[8..12].copy_from_slice(&512_u32.to_be_bytes());
        bytes[16..24].fill(salt);
        for (salt, numbers) in [(salt, pages), (salt - 1, left_over)] {
            for number in numbers {
                bytes.extend(number.to_be_bytes());
                bytes.extend(9_u32.to_be_bytes());
                bytes.extend([salt; 8]);
                bytes.extend([0; 8 + 512]);
            }
        }
        bytes
    }

    #[tokio::test]
    async fn what_was_written_since_is_told() {
        let path = std::env::temp_dir().join(format!("tintype-log-{:x}", rand::random::<u64>()));
        let log_of = Log::of(path);
        assert_eq!(log_of.end().await.unwrap(), End::default());
        let wal = log_of.path.clone();
        std::fs::write(&wal, log(7, &[3, 9], &[4, 4])).unwrap();
        let end = log_of.end().await.unwrap();
        assert_eq!(end.frames, 2);
        assert_eq!(log_of.written_since(&end).await.unwrap(), Vec::<i64>::new());
        std::fs::write(&wal, log(7, &[3, 9, 5], &[4])).unwrap();
        assert_eq!(log_of.written_since(&end).await.unwrap(), [5]);
        // It began anew.
        std::fs::write(&wal, log(8, &[6], &[9, 5])).unwrap();
        assert_eq!(log_of.written_since(&end).await.unwrap(), [6]);
        std::fs::remove_file(wal).unwrap();
    }
}
