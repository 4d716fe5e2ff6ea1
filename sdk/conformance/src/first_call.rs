//! The first call from an empty folder: the library is packed as it would be published,
//! installed where nothing else is, and the README's first lines of code are run.

use std::path::Path;

use crate::Fallible;
use crate::case::After;
use crate::languages::{Language, Tools, run};
use crate::live::Live;

/// A newcomer reads no more.
const LINES: usize = 8;

/// What is wrong; nothing when the picture was made.
pub async fn misses(
    tools: &Tools,
    name: &str,
    language: &Language,
    folder: &Path,
    live: &Live,
) -> Fallible<Vec<String>> {
    let library = tools.sdk.join(name);
    let first = &language.first_call;
    let readme = std::fs::read_to_string(library.join("README.md"))?;
    let code = code(&readme, &first.fence).ok_or("the README shows no code in its language")?;
    let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
    let mut misses = Vec::new();
    if lines > LINES {
        misses.push(format!(
            "the README's first call has {lines} lines, more than {LINES}"
        ));
    }
    let packed = folder.join("packed");
    let empty = folder.join("empty");
    std::fs::create_dir_all(&packed)?;
    std::fs::create_dir_all(&empty)?;
    for line in &first.pack {
        run(tools.command(line, &library).env("PACKED", &packed)).await?;
    }
    for line in &first.install {
        run(tools.command(line, &empty).env("PACKED", &packed)).await?;
    }
    let file = empty.join(&first.file);
    std::fs::create_dir_all(file.parent().ok_or("no folder")?)?;
    std::fs::write(&file, framed(name, &code))?;
    let prepared = live.prepare(&format!("first call {name}"), None).await?;
    let mut program = tools.command(&first.run, &empty);
    program
        .env("TINTYPE_BASE_URL", &live.url)
        .env("TINTYPE_API_KEY", &prepared.secret);
    run(&mut program).await?;
    let after = After {
        generations: 1,
        captured: Some("1".to_owned()),
    };
    misses.extend(live.misses(&prepared, &after).await?);
    Ok(misses)
}

/// The first block of code in this language.
fn code(readme: &str, fence: &str) -> Option<String> {
    let (_, rest) = readme.split_once(&format!("\n```{fence}\n"))?;
    let (code, _) = rest.split_once("\n```")?;
    Some(code.to_owned() + "\n")
}

/// Some languages want a frame around statements, which says nothing to the reader.
fn framed(language: &str, code: &str) -> String {
    match language {
        "go" if !code.contains("package main") => {
            let (imports, statements): (Vec<&str>, Vec<&str>) =
                code.lines().partition(|line| line.starts_with("import "));
            let (imports, statements) = (imports.join("\n"), statements.join("\n"));
            format!("package main\n\n{imports}\n\nfunc main() {{\n{statements}\n}}\n")
        }
        "rust" if !code.contains("fn main") => format!(
            "#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{code}\nOk(())\n}}\n"
        ),
        _ => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{code, framed};

    #[test]
    fn finds_the_first_call() {
        let readme =
            "# A\n\n```sh\nno\n```\n\n```go\nimport \"fmt\"\nfmt.Println(1)\n```\n\n```go\nlater\n```\n";
        let found = code(readme, "go").expect("code");
        assert_eq!(found, "import \"fmt\"\nfmt.Println(1)\n");
        let program = framed("go", &found);
        assert_eq!(
            program,
            "package main\n\nimport \"fmt\"\n\nfunc main() {\nfmt.Println(1)\n}\n"
        );
    }
}
