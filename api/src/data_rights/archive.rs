//! A zip archive that is written piece by piece, never held in memory.
//!
//! The packer blocks, so it has a thread of its own, fed through a short queue. Its
//! file has no name from the moment it is open: a crash leaves nothing behind.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Pieces that may wait for the packer.
const WAITING: usize = 8;

enum Piece {
    Entry { name: String, packed: bool },
    Bytes(Bytes),
}

pub struct Archive {
    pieces: mpsc::Sender<Piece>,
    packer: JoinHandle<io::Result<File>>,
}

impl Archive {
    /// Begins an archive in a folder, which is made when it is missing.
    ///
    /// # Errors
    /// When the folder can't be written.
    pub fn begin(folder: &Path) -> io::Result<Self> {
        let file = nameless(folder)?;
        let (pieces, waiting) = mpsc::channel(WAITING);
        let packer = tokio::task::spawn_blocking(|| pack(file, waiting));
        Ok(Self { pieces, packer })
    }

    /// Begins an entry. What is packed already, such as a picture, is only stored.
    ///
    /// # Errors
    /// When the packer has stopped; [`finish`](Self::finish) says why.
    pub async fn entry(&mut self, name: String, packed: bool) -> io::Result<()> {
        self.send(Piece::Entry { name, packed }).await
    }

    /// Adds to the entry.
    ///
    /// # Errors
    /// As above.
    pub async fn write(&mut self, bytes: impl Into<Bytes>) -> io::Result<()> {
        self.send(Piece::Bytes(bytes.into())).await
    }

    async fn send(&mut self, piece: Piece) -> io::Result<()> {
        let stopped = |_| io::Error::other("the archive's packer has stopped");
        self.pieces.send(piece).await.map_err(stopped)
    }

    /// Ends the archive and hands its file over.
    ///
    /// # Errors
    /// What kept it from being written.
    pub async fn finish(self) -> io::Result<File> {
        drop(self.pieces);
        self.packer.await.map_err(io::Error::other)?
    }
}

fn nameless(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!("{:016x}.zip", rand::random::<u64>()));
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

fn pack(file: File, mut waiting: mpsc::Receiver<Piece>) -> io::Result<File> {
    let mut zip = ZipWriter::new(file);
    while let Some(piece) = waiting.blocking_recv() {
        match piece {
            Piece::Entry { name, packed } => {
                let method = match packed {
                    true => CompressionMethod::Stored,
                    false => CompressionMethod::Deflated,
                };
                // A film may have more than 4 GiB, and a table.
                let options = SimpleFileOptions::default()
                    .compression_method(method)
                    .large_file(true);
                zip.start_file(name, options)?;
            }
            Piece::Bytes(bytes) => zip.write_all(&bytes)?,
        }
    }
    Ok(zip.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Seek as _};

    use super::*;

    #[tokio::test]
    async fn what_was_put_in_comes_out() {
        let folder = std::env::temp_dir().join(format!("tintype-archive-{:x}", rand::random::<u64>()));
        let mut archive = Archive::begin(&folder).unwrap();
        archive.entry("a/b.txt".to_owned(), false).await.unwrap();
        archive.write("one ").await.unwrap();
        archive.write("two").await.unwrap();
        archive.entry("c.bin".to_owned(), true).await.unwrap();
        archive.write(vec![7; 100_000]).await.unwrap();
        let mut file = archive.finish().await.unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        file.rewind().unwrap();
        let mut zip = zip::ZipArchive::new(file).unwrap();
        let mut text = String::new();
        zip.by_name("a/b.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "one two");
        assert_eq!(zip.by_name("c.bin").unwrap().size(), 100_000);
        fs::remove_dir_all(folder).unwrap();
    }
}
