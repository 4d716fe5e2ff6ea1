//! What is generated against what is committed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::languages::MARK;

/// A file that is not what the document generates.
#[derive(Debug, PartialEq, Eq)]
pub enum Stale {
    Missing(PathBuf),
    Differs(PathBuf),
    /// Generated once, and no longer.
    Leftover(PathBuf),
}

impl std::fmt::Display for Stale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{}: is missing", path.display()),
            Self::Differs(path) => write!(f, "{}: differs", path.display()),
            Self::Leftover(path) => write!(f, "{}: is no longer generated", path.display()),
        }
    }
}

/// `folders` are those whose generated files are all in `files`; paths are below `root`.
pub fn stale(root: &Path, folders: &[PathBuf], files: &[(PathBuf, String)]) -> io::Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for (path, text) in files {
        match fs::read_to_string(root.join(path)) {
            Ok(found) if &found == text => {}
            Ok(_) => stale.push(Stale::Differs(path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => stale.push(Stale::Missing(path.clone())),
            Err(error) => return Err(error),
        }
    }
    for folder in folders {
        let mut found = Vec::new();
        generated(root, folder, &mut found)?;
        found.retain(|path| files.iter().all(|(known, _)| known != path));
        stale.extend(found.into_iter().map(Stale::Leftover));
    }
    Ok(stale)
}

/// Writes what is missing or differs, and removes leftovers.
pub fn refresh(root: &Path, stale: &[Stale], files: &[(PathBuf, String)]) -> io::Result<()> {
    for one in stale {
        match one {
            Stale::Leftover(path) => fs::remove_file(root.join(path))?,
            Stale::Missing(path) | Stale::Differs(path) => {
                let target = root.join(path);
                if let Some(folder) = target.parent() {
                    fs::create_dir_all(folder)?;
                }
                for (_, text) in files.iter().filter(|(known, _)| known == path) {
                    fs::write(&target, text)?;
                }
            }
        }
    }
    Ok(())
}

/// What builds leave behind may hold copies of generated files.
const BUILT: [&str; 6] = [
    "node_modules",
    "dist",
    "build",
    "target",
    "site-packages",
    "__pycache__",
];

/// Files below `folder` that carry our mark.
fn generated(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        let kind = entry.file_type()?;
        if kind.is_dir() && !name.starts_with('.') && !BUILT.contains(&name.as_str()) {
            generated(root, &path, found)?;
        } else if kind.is_file() {
            let bytes = fs::read(root.join(&path))?;
            let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
            if first.ends_with(MARK.as_bytes()) {
                found.push(path);
            }
        }
    }
    Ok(())
}
