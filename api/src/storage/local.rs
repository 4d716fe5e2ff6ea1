//! Files in a folder of this machine.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tokio::fs::{self, File};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio_util::io::ReaderStream;

use super::store::{Content, Object, Store, StoreError, Stored};

pub struct Local {
    root: PathBuf,
}

impl Local {
    /// Opens the folder, making it when it is missing.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(root)?;
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    fn path(&self, key: &str) -> Result<PathBuf, StoreError> {
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        };
        match key.split('/').all(plain) {
            true => Ok(self.root.join(key)),
            false => Err(StoreError::BadKey(key.to_owned())),
        }
    }

    /// Written aside and renamed: a reader sees the whole object or none.
    async fn write(&self, key: &str, mut content: impl AsyncRead + Unpin) -> Result<(), StoreError> {
        let path = self.path(key)?;
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).await?;
        let draft = path.with_added_extension(format!("{:08x}.draft", rand::random::<u32>()));
        let mut file = File::create(&draft).await?;
        tokio::io::copy(&mut content, &mut file).await?;
        file.flush().await?;
        file.sync_all().await?;
        fs::rename(&draft, &path).await?;
        File::open(folder).await?.sync_all().await?;
        Ok(())
    }
}

fn missing(error: io::Error, key: &str) -> StoreError {
    match error.kind() {
        io::ErrorKind::NotFound => StoreError::Missing(key.to_owned()),
        _ => error.into(),
    }
}

impl Store for Local {
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.write(key, &bytes[..]).await })
    }

    fn put_file<'a>(&'a self, key: &'a str, file: std::fs::File) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut file = File::from_std(file);
            file.rewind().await?;
            self.write(key, file).await
        })
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> BoxFuture<'a, Result<Object, StoreError>> {
        Box::pin(async move {
            let mut file = File::open(self.path(key)?)
                .await
                .map_err(|error| missing(error, key))?;
            let bytes = file.metadata().await?.len();
            let length = match range {
                Some(range) => {
                    file.seek(io::SeekFrom::Start(range.start)).await?;
                    range.end - range.start
                }
                None => u64::MAX,
            };
            let content: Content = Box::pin(ReaderStream::with_capacity(file.take(length), 64 * 1024));
            Ok(Object { bytes, content })
        })
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            match fs::remove_file(self.path(key)?).await {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                result => Ok(result?),
            }
        })
    }

    fn list<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<Stored>, StoreError>> {
        Box::pin(async move {
            let folder = match prefix.trim_end_matches('/') {
                "" => self.root.clone(),
                prefix => self.path(prefix)?,
            };
            let mut found = Vec::new();
            let mut folders = vec![folder];
            while let Some(folder) = folders.pop() {
                let mut entries = match fs::read_dir(&folder).await {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    entries => entries?,
                };
                while let Some(entry) = entries.next_entry().await? {
                    let metadata = entry.metadata().await?;
                    if metadata.is_dir() {
                        folders.push(entry.path());
                        continue;
                    }
                    let path = entry.path();
                    let key = path.strip_prefix(&self.root).unwrap_or(&path);
                    let modified = metadata
                        .modified()?
                        .duration_since(UNIX_EPOCH)
                        .unwrap_or_default();
                    found.push(Stored {
                        key: key.to_string_lossy().into_owned(),
                        bytes: metadata.len(),
                        modified: i64::try_from(modified.as_secs()).unwrap_or(i64::MAX),
                    });
                }
            }
            Ok(found)
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt as _;

    use super::*;

    async fn read(store: &Local, key: &str, range: Option<Range<u64>>) -> Result<Vec<u8>, StoreError> {
        let chunks: Vec<Bytes> = store.get(key, range).await?.content.try_collect().await?;
        Ok(chunks.concat())
    }

    #[tokio::test]
    async fn an_object_is_written_read_listed_and_deleted() {
        let root = std::env::temp_dir().join(format!("tintype-store-{:x}", rand::random::<u64>()));
        let store = Local::open(&root).unwrap();
        store
            .put("out/acc_1/a.txt", Bytes::from_static(b"0123456789"))
            .await
            .unwrap();
        assert_eq!(
            read(&store, "out/acc_1/a.txt", None).await.unwrap(),
            b"0123456789"
        );
        assert_eq!(read(&store, "out/acc_1/a.txt", Some(2..5)).await.unwrap(), b"234");
        assert_eq!(store.list("out/acc_1").await.unwrap()[0].bytes, 10);
        let large = File::open(root.join("out/acc_1/a.txt")).await.unwrap();
        let mut large = large.into_std().await;
        // However far it was read already.
        io::Read::read_to_string(&mut large, &mut String::new()).unwrap();
        store.put_file("out/acc_1/b.txt", large).await.unwrap();
        assert_eq!(
            read(&store, "out/acc_1/b.txt", None).await.unwrap(),
            b"0123456789"
        );
        store.delete("out/acc_1/b.txt").await.unwrap();
        store.delete("out/acc_1/a.txt").await.unwrap();
        store.delete("out/acc_1/a.txt").await.unwrap();
        assert!(matches!(
            read(&store, "out/acc_1/a.txt", None).await,
            Err(StoreError::Missing(_))
        ));
        assert!(store.list("out/acc_1").await.unwrap().is_empty());
        std::fs::remove_dir_all(root).unwrap();
    }

    #[tokio::test]
    async fn a_key_never_leaves_the_folder() {
        let store = Local::open(&std::env::temp_dir()).unwrap();
        for key in ["../x", "a/../../x", "/etc/passwd", "a//b", "", "a/.b", "a\0b"] {
            assert!(
                matches!(read(&store, key, None).await, Err(StoreError::BadKey(_))),
                "{key:?}"
            );
        }
    }
}
