//! The `Prefer` header (RFC 7240). Of all preferences we know one: `wait=n`.

use std::borrow::Cow;
use std::time::Duration;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseFromParameter, ParseResult, Type};

/// Longer waits are cut to this.
const LONGEST: Duration = Duration::from_secs(60);

/// What the client prefers. Take it as `Header<Option<Prefer>>` named `Prefer`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prefer {
    wait: Option<Duration>,
}

impl Prefer {
    /// How long to wait for the end before answering.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// A preference that can't be read is no preference: it is ignored, not refused.
    fn read(value: &str) -> Self {
        let wait = value.split([',', ';']).find_map(|preference| {
            let (name, seconds) = preference.split_once('=')?;
            let seconds = seconds.trim().trim_matches('"');
            name.trim()
                .eq_ignore_ascii_case("wait")
                .then(|| seconds.parse::<u64>().ok())?
        });
        let wait = wait.filter(|seconds| *seconds > 0).map(Duration::from_secs);
        Self {
            wait: wait.map(|wait| wait.min(LONGEST)),
        }
    }
}

impl Type for Prefer {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "prefer".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            example: Some("wait=30".into()),
            ..MetaSchema::new("string")
        }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ParseFromParameter for Prefer {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        Ok(Self::read(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_preferences_only_the_wait_counts() {
        for (value, seconds) in [
            ("wait=30", Some(30)),
            ("respond-async, WAIT = 5", Some(5)),
            ("wait=\"7\"; foo=bar", Some(7)),
            ("wait=3600", Some(60)),
            ("wait=0", None),
            ("wait=-1", None),
            ("wait=soon", None),
            ("wait", None),
            ("await=5", None),
            ("", None),
        ] {
            assert_eq!(
                Prefer::read(value).wait(),
                seconds.map(Duration::from_secs),
                "{value}"
            );
        }
    }
}
