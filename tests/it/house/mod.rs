//! The house: who may import whom, what may stand where, and how it is called.
//!
//! The map in ARCHITECTURE.md is the order; [`rules`] says the rest. [`breaches`]
//! shows of every rule that it can fail.

mod breaches;
mod map;
mod rules;
mod source;
mod words;

use std::collections::BTreeSet;

use map::Map;
use rules::RULES;
use source::Source;

const ARCHITECTURE: &str = include_str!("../../../ARCHITECTURE.md");

fn told(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn imports_lead_downwards_only() {
    let map = Map::read(ARCHITECTURE);
    let mut upwards = Vec::new();
    for source in Source::all_in("api/src") {
        for line in map.broken(&source) {
            let (path, order) = (&source.path, map.rooms.join(" "));
            upwards.push(format!(
                "{path}:{line} imports from above, or is not on the map: {order}"
            ));
        }
    }
    told(&upwards);
}

#[test]
fn every_rule_is_kept() {
    let mut broken = Vec::new();
    for folder in ["api/src", "entity/src", "migration/src", "tests"] {
        for source in Source::all_in(folder) {
            for rule in RULES.iter().filter(|rule| rule.everywhere || folder != "tests") {
                for line in (rule.broken)(&source) {
                    broken.push(format!("{}:{line} {}", source.path, rule.says));
                }
            }
        }
    }
    told(&broken);
}

#[test]
fn every_folder_tells_its_story() {
    let mut silent = Vec::new();
    for folder in [
        "api/src",
        "entity/src",
        "migration/src",
        "tests/harness",
        "tests/it",
    ] {
        let sources = Source::all_in(folder);
        silent.extend(silent_folders(&sources));
    }
    told(&silent);
}

/// Folders without a `mod.rs`, `lib.rs` or `main.rs` that begins with a doc comment.
fn silent_folders(sources: &[Source]) -> Vec<String> {
    let folder = |source: &Source| {
        source
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned()
    };
    let folders: BTreeSet<String> = sources.iter().map(folder).collect();
    let tells = |name: &String| {
        let faces = ["mod.rs", "lib.rs", "main.rs"].map(|face| format!("{name}/{face}"));
        let face = sources.iter().find(|source| faces.contains(&source.path));
        face.is_some_and(|face| face.text.starts_with("//! "))
    };
    let silent = folders.iter().filter(|name| !tells(name));
    silent
        .map(|name| format!("{name} has no mod.rs with a doc comment"))
        .collect()
}

#[test]
fn the_map_is_told_alike_everywhere() {
    let map = Map::read(ARCHITECTURE);
    let order = map.slices().join(" · ");
    let lib = include_str!("../../../api/src/lib.rs");
    for (name, text) in [("ARCHITECTURE.md", ARCHITECTURE), ("api/src/lib.rs", lib)] {
        let words = text.replace("//!", "").replace('`', " ");
        let flat: Vec<&str> = words.split_whitespace().collect();
        assert!(flat.join(" ").contains(&order), "{name} does not say {order}");
    }
    // The doc comment of the library names the rooms, from the top down.
    let doc: String = lib.lines().take_while(|line| line.starts_with("//!")).collect();
    let links = doc.split("[`").skip(1).filter_map(|rest| rest.split_once("`]"));
    let links: Vec<&str> = links.map(|(name, _)| name).collect();
    assert_eq!(links, map.rooms);
    let declared: BTreeSet<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let known: BTreeSet<&str> = map.rooms.iter().map(String::as_str).collect();
    assert_eq!(declared, known);
}
