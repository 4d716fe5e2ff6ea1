//! The cases, as they lie in `cases/`.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::Fallible;
use crate::answer::Fixtures;
use crate::case::Case;

pub struct Suite {
    pub cases: Vec<Value>,
    pub fixtures: Arc<Fixtures>,
}

/// In this order; the real server last.
const SUBJECTS: [&str; 12] = [
    "calls",
    "retries",
    "timeouts",
    "errors",
    "paging",
    "waiting",
    "streams",
    "uploads",
    "downloads",
    "webhooks",
    "tolerance",
    "privacy",
];

impl Suite {
    /// Those whose names begin with one of `wanted`; all, if there is none.
    pub fn load(folder: &Path, wanted: &[String]) -> Fallible<Self> {
        let read = |name: &str| -> Fallible<Value> {
            let path = folder.join("cases").join(format!("{name}.json"));
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()).into())
        };
        let fixtures = Arc::new(serde_json::from_value(read("fixtures")?)?);
        let mut cases = Vec::new();
        for subject in SUBJECTS.into_iter().chain(["live"]) {
            for raw in read(subject)?.as_array().ok_or("cases are an array")? {
                let case: Case = serde_json::from_value(raw.clone())
                    .map_err(|error| format!("{subject}: {}: {error}", raw["name"]))?;
                if !case.name.starts_with(&format!("{subject}.")) || case.about.is_empty() {
                    return Err(format!("{subject}: {} needs another name, or an `about`", case.name).into());
                }
                if wanted.is_empty() || wanted.iter().any(|wanted| case.name.starts_with(wanted)) {
                    cases.push(raw.clone());
                }
            }
        }
        if cases.is_empty() {
            return Err("no case has such a name".into());
        }
        Ok(Self { cases, fixtures })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.cases.iter().filter_map(|case| case["name"].as_str())
    }

    /// Whether a case is about a real server.
    pub fn needs_live(&self) -> bool {
        self.names().any(|name| name.starts_with("live."))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::Suite;

    #[test]
    fn all_cases_can_be_read_and_have_their_own_name() {
        let suite = Suite::load(Path::new(env!("CARGO_MANIFEST_DIR")), &[]).expect("the cases");
        let names: BTreeSet<&str> = suite.names().collect();
        assert_eq!(names.len(), suite.cases.len());
    }
}
