//! What is printed, and where files go.

use std::path::{Path, PathBuf};

use tintype_client::Tintype;
use tintype_client::types::{FileId, Generation};

use crate::{Failure, Outcome};

/// JSON on the standard output.
pub fn json(value: &impl serde::Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => println!("{text}"),
        Err(error) => eprintln!("tintype-cli: {error}"),
    }
}

/// Columns that stand below each other; the last one is as wide as it likes.
pub fn table(rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:width$}"));
        println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// Takes home what a generation made: its text to the standard output, its files to paths, which
/// are printed unless JSON is. A generation that came to nothing is a failure.
pub async fn take_home(
    client: &Tintype,
    generation: &Generation,
    wanted: Option<&Path>,
    force: bool,
    quiet: bool,
) -> Outcome {
    if !generation.succeeded() {
        let why = generation
            .error
            .as_ref()
            .map(|error| format!(": {}", error.message));
        let why = why.unwrap_or_default();
        return Err(Failure::Said(format!(
            "{} {}{why}",
            generation.id, generation.status
        )));
    }
    let mut saved = Vec::new();
    match (&generation.text, wanted) {
        (Some(text), Some(path)) => {
            make_way(path, force)?;
            std::fs::write(path, text)?;
            saved.push(path.to_owned());
        }
        (Some(text), None) if !quiet => println!("{text}"),
        _ => {}
    }
    let kinds: Vec<_> = generation
        .outputs
        .iter()
        .map(|output| output.content_type.as_str())
        .collect();
    for (index, output) in generation.outputs.iter().enumerate() {
        let path = path(wanted, generation.id.as_str(), &kinds, index);
        save(client, &output.file_id, &path, force).await?;
        saved.push(path);
    }
    if !quiet {
        saved.iter().for_each(|path| println!("{}", path.display()));
    }
    Ok(())
}

pub async fn save(client: &Tintype, file: &FileId, path: &Path, force: bool) -> Outcome {
    make_way(path, force)?;
    Ok(client.files().content(file).save(path).await?)
}

/// Where one of several files is put, which are of these kinds: at the path that was asked for,
/// numbered if there are several, or under a name made of the id.
pub fn path(wanted: Option<&Path>, id: &str, kinds: &[&str], index: usize) -> PathBuf {
    let usual = extension(kinds[index]);
    let name = |stem: &str, extension: &str| match kinds.len() {
        1 => format!("{stem}.{extension}"),
        _ => format!("{stem}-{}.{extension}", index + 1),
    };
    match wanted {
        None => name(id, usual).into(),
        Some(folder) if folder.is_dir() => folder.join(name(id, usual)),
        Some(path) if kinds.len() == 1 => path.to_owned(),
        Some(path) => {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let extension = path.extension().map(|extension| extension.to_string_lossy());
            path.with_file_name(name(&stem, extension.as_deref().unwrap_or(usual)))
        }
    }
}

fn extension(content_type: &str) -> &str {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    match kind.split_once('/').unwrap_or_default() {
        (_, "jpeg") => "jpg",
        (_, "mpeg") => "mp3",
        (_, "x-wav") => "wav",
        (_, "svg+xml") => "svg",
        ("video", "quicktime") => "mov",
        ("audio", "mp4") => "m4a",
        ("text", "plain") => "txt",
        (_, sub) if !sub.is_empty() && sub.bytes().all(|byte| byte.is_ascii_alphanumeric()) => sub,
        _ => "bin",
    }
}

/// Nothing that is there already is overwritten by accident.
pub fn make_way(path: &Path, force: bool) -> Outcome {
    if !force && path.exists() {
        let name = path.display();
        return Err(Failure::Said(format!(
            "{name} is there already; --force overwrites it"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_what_they_are() {
        let png = ["image/png"];
        assert_eq!(path(None, "gen_1", &png, 0), Path::new("gen_1.png"));
        assert_eq!(
            path(Some(Path::new("a.jpg")), "gen_1", &png, 0),
            Path::new("a.jpg")
        );
        let two = ["image/jpeg", "video/mp4; codecs=x"];
        assert_eq!(path(None, "gen_1", &two, 1), Path::new("gen_1-2.mp4"));
        assert_eq!(
            path(Some(Path::new("b/a.png")), "gen_1", &two, 0),
            Path::new("b/a-1.png")
        );
        assert_eq!(path(Some(Path::new("a")), "gen_1", &two, 0), Path::new("a-1.jpg"));
        for (content_type, told) in [
            ("image/svg+xml", "svg"),
            ("image/avif", "avif"),
            ("video/quicktime", "mov"),
            ("audio/aac", "aac"),
            ("audio/mp4", "m4a"),
            ("application/../../x", "bin"),
        ] {
            assert_eq!(extension(content_type), told);
        }
    }
}
