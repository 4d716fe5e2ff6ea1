//! Language by subject, and every miss in words.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::suite::Suite;

pub enum Verdict {
    Good,
    Missed(Vec<String>),
    /// It makes no sense for this runner, and why.
    Exempt(String),
}

pub struct Column {
    title: String,
    missing: Option<String>,
    verdicts: BTreeMap<String, (String, Verdict)>,
    pub took: Duration,
}

impl Column {
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            missing: None,
            verdicts: BTreeMap::new(),
            took: Duration::ZERO,
        }
    }

    /// The language can't be run at all.
    pub fn missing(title: &str, why: String) -> Self {
        Self {
            missing: Some(why),
            ..Self::new(title)
        }
    }

    pub fn add(&mut self, case: &Value, verdict: Verdict) {
        let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        self.verdicts.insert(text("name"), (text("about"), verdict));
    }
}

pub struct Table {
    cases: Vec<String>,
    columns: Vec<Column>,
}

impl Table {
    pub fn new(suite: &Suite) -> Self {
        Self {
            cases: suite.names().map(str::to_owned).collect(),
            columns: Vec::new(),
        }
    }

    pub fn add(&mut self, column: Column) {
        self.columns.push(column);
    }

    pub fn is_good(&self) -> bool {
        let good = |column: &Column| {
            let mut verdicts = column.verdicts.values();
            column.missing.is_none() && verdicts.all(|(_, verdict)| !matches!(verdict, Verdict::Missed(_)))
        };
        !self.columns.is_empty() && self.columns.iter().all(good)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.cases.iter().map(String::len).max().unwrap_or_default();
        write!(f, "\n{:width$}", "")?;
        for column in &self.columns {
            write!(f, "  {}", column.title)?;
        }
        writeln!(f)?;
        for case in &self.cases {
            write!(f, "{case:width$}")?;
            for column in &self.columns {
                let sign = match column.verdicts.get(case).map(|(_, verdict)| verdict) {
                    Some(Verdict::Good) => "✓",
                    Some(Verdict::Missed(_)) => "✗",
                    Some(Verdict::Exempt(_)) => "–",
                    None => " ",
                };
                write!(f, "  {sign:w$}", w = column.title.len())?;
            }
            writeln!(f)?;
        }
        for column in &self.columns {
            if let Some(why) = &column.missing {
                writeln!(f, "\n{}: could not be run. {why}", column.title)?;
                continue;
            }
            let (mut good, mut exempt) = (0, 0);
            for (name, (about, verdict)) in &column.verdicts {
                match verdict {
                    Verdict::Good => good += 1,
                    Verdict::Exempt(why) => {
                        exempt += 1;
                        writeln!(f, "\n{} – {name}: {why}", column.title)?;
                    }
                    Verdict::Missed(misses) => {
                        writeln!(f, "\n{} ✗ {name}: {about}", column.title)?;
                        for miss in misses {
                            writeln!(f, "    {miss}")?;
                        }
                    }
                }
            }
            let (all, took) = (column.verdicts.len() - exempt, column.took.as_secs_f64());
            writeln!(f, "\n{}: {good} of {all} good, in {took:.0} s", column.title)?;
        }
        Ok(())
    }
}
