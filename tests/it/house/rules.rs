//! The rules, each with the words in which it is told.
//!
//! A rule says of a source on which lines it is broken.

use super::source::Source;
use super::words::words;

pub struct Rule {
    pub says: &'static str,
    /// Also for tests.
    pub everywhere: bool,
    pub broken: fn(&Source) -> Vec<usize>,
}

pub const RULES: &[Rule] = &[
    Rule {
        says: "poem is spoken only in server.rs, http/, edge/, auth/allow.rs, auth/again.rs and each slice's http.rs",
        everywhere: false,
        broken: |source| named(source, &["poem"], speaks_poem(source)),
    },
    Rule {
        says: "poem-openapi besides only in openapi/, in views, inputs and examples, and for closed enums",
        everywhere: false,
        broken: speaks_openapi_too_much,
    },
    Rule {
        says: "nobody imports a slice's http.rs but server.rs",
        everywhere: false,
        broken: imports_http,
    },
    Rule {
        says: "reqwest only in adapters",
        everywhere: false,
        broken: |source| named(source, &["reqwest"], is_adapter(source)),
    },
    Rule {
        says: "aws_sdk_s3 only in storage/s3.rs",
        everywhere: false,
        broken: |source| named(source, &["aws_sdk_s3"], source.path == "api/src/storage/s3.rs"),
    },
    Rule {
        says: "the environment is read only in config/",
        everywhere: false,
        broken: reads_environment,
    },
    Rule {
        says: "which database it is, is asked only in db/ and by migrations",
        everywhere: false,
        broken: |source| {
            let may = source.path.starts_with("api/src/db/") || source.path.starts_with("migration/");
            lines(source, !may, |path| {
                path.iter()
                    .any(|name| name == "DbBackend" || name == "DatabaseBackend")
            })
        },
    },
    Rule {
        says: "adapters know neither rows nor slices: of entity only values, nothing of sea_orm",
        everywhere: false,
        broken: |source| {
            lines(source, is_adapter(source), |path| {
                is_row(path) || path[0] == "sea_orm"
            })
        },
    },
    Rule {
        says: "entity and migration import nothing of ours",
        everywhere: false,
        broken: |source| {
            let low = source.path.starts_with("entity/") || source.path.starts_with("migration/");
            lines(source, low, |path| {
                ["tintype", "entity", "migration", "harness"].contains(&path[0].as_str())
            })
        },
    },
    Rule {
        says: "nothing is called utils, helpers, common, core, manager or service",
        everywhere: true,
        broken: has_a_vague_name,
    },
    Rule {
        says: "no file has over 400 lines",
        everywhere: true,
        broken: |source| {
            source
                .text
                .lines()
                .enumerate()
                .skip(400)
                .take(1)
                .map(|(at, _)| at + 1)
                .collect()
        },
    },
];

const ADAPTERS: &[&str] = &["identity", "providers", "storage", "payments", "mail", "outbound"];

fn is_adapter(source: &Source) -> bool {
    source.path.starts_with("api/") && source.room().is_some_and(|room| ADAPTERS.contains(&room))
}

fn lines(source: &Source, applies: bool, breaks: impl Fn(&[String]) -> bool) -> Vec<usize> {
    let names = if applies { source.names() } else { Vec::new() };
    let broken = names.iter().filter(|named| breaks(&named.path));
    broken.map(|named| named.line).collect()
}

/// Where a path that begins so is named, though it may not.
fn named(source: &Source, beginning: &[&str], may: bool) -> Vec<usize> {
    let names = if may { Vec::new() } else { source.names() };
    let broken = names.iter().filter(|named| named.is(beginning));
    broken.map(|named| named.line).collect()
}

fn is_http_of_slice(path: &str) -> bool {
    let mut parts = path.trim_start_matches("api/src/").split('/');
    parts.next().is_some_and(|room| room != "http") && matches!(parts.next(), Some("http.rs" | "http"))
}

fn speaks_poem(source: &Source) -> bool {
    let path = source.path.as_str();
    let rooms = [
        "api/src/server.rs",
        "api/src/auth/allow.rs",
        "api/src/auth/again.rs",
        "api/src/http/",
        "api/src/edge/",
    ];
    // An id stands in headers: `Location`, for one.
    rooms.iter().any(|room| path.starts_with(room)) || is_http_of_slice(path) || path == "entity/src/id.rs"
}

fn speaks_openapi_too_much(source: &Source) -> Vec<usize> {
    let path = source.path.as_str();
    let file = path.rsplit('/').next().unwrap_or_default();
    let values = ["id.rs", "credits.rs", "money.rs", "timestamp.rs"];
    let may = speaks_poem(source)
        || path.starts_with("api/src/openapi/")
        || path.starts_with("api/src/") && ["view.rs", "input.rs", "example.rs"].contains(&file)
        || path.starts_with("entity/") && values.contains(&file);
    // A closed enum is the same in a row and on the wire.
    let enums =
        path.starts_with("entity/") || ["api/src/auth/scope.rs", "api/src/auth/pending.rs"].contains(&path);
    lines(source, !may, |named| {
        named[0] == "poem_openapi" && !(enums && named.get(1).is_some_and(|name| name == "Enum"))
    })
}

fn imports_http(source: &Source) -> Vec<usize> {
    let own = source.room().unwrap_or_default();
    let inside = is_http_of_slice(&source.path);
    lines(source, source.path != "api/src/server.rs", |path| {
        path[0] == "crate"
            && path
                .get(1)
                .is_some_and(|room| room != "http" && !(inside && room == own))
            && path.get(2).is_some_and(|name| name == "http")
    })
}

fn reads_environment(source: &Source) -> Vec<usize> {
    let reading = [
        "*",
        "self",
        "var",
        "var_os",
        "vars",
        "vars_os",
        "set_var",
        "remove_var",
    ];
    let applies = source.path.starts_with("api/") && source.room() != Some("config");
    lines(source, applies, |path| {
        let last = path.last().map(String::as_str).unwrap_or_default();
        let env = path.iter().any(|name| name == "env") || path[0] == "env";
        env && (reading.contains(&last) || last == "env")
    })
}

/// Of `entity`, what is a row rather than a value: its table, columns and queries.
fn is_row(path: &[String]) -> bool {
    let rows = ["Entity", "Model", "ActiveModel", "Column", "Relation", "*"];
    path[0] == "entity" && path.iter().any(|name| rows.contains(&name.as_str()))
}

const VAGUE: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "core", "manager", "service", "services",
];

fn has_a_vague_name(source: &Source) -> Vec<usize> {
    let by_path = source
        .path
        .trim_end_matches(".rs")
        .split('/')
        .any(|name| VAGUE.contains(&name));
    let words = words(&source.text);
    let declared = words.windows(2).filter(|pair| {
        let declares = ["mod", "struct", "enum", "trait", "type", "union"];
        declares.contains(&pair[0].text.as_str())
            && parts(&pair[1].text).any(|part| VAGUE.contains(&part.as_str()))
    });
    by_path
        .then_some(1)
        .into_iter()
        .chain(declared.map(|pair| pair[1].line))
        .collect()
}

/// `KeyManager` and `key_manager` are both a key and a manager.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            spaced.push('_');
        }
        spaced.extend(letter.to_lowercase());
    }
    spaced
        .split('_')
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}
