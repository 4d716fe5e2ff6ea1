//! What is wrong with a parameter of the path, the query or the headers, told as
//! the faults of a body are: in one stable word and a sentence that names the form.
//!
//! poem tells only that a parameter can't be read. So its value is looked up in
//! the request again and held against the schema that the contract prints.

use std::collections::BTreeMap;

use entity::Timestamp;
use poem::http::{HeaderMap, Uri};
use poem_openapi::registry::{MetaOperationParam, MetaParamIn, MetaSchema, MetaSchemaRef, Registry};
use url::form_urlencoded;

use super::error::FieldError;
use super::expected::Expected;

/// The parameters of an operation.
pub(super) struct Parameters(Vec<Parameter>);

struct Parameter {
    name: String,
    place: MetaParamIn,
    /// Where it stands in the path.
    segment: Option<usize>,
    expected: Expected,
}

impl Parameters {
    /// `registry` has the schemas of the API.
    pub fn of(all: Vec<MetaOperationParam>, path: &str, registry: &Registry) -> Self {
        let all = all.into_iter();
        Self(
            all.map(|parameter| Parameter::of(parameter, path, registry))
                .collect(),
        )
    }

    fn names(&self, place: MetaParamIn) -> impl Iterator<Item = &str> {
        let there = self.0.iter().filter(move |parameter| parameter.place == place);
        there.map(|parameter| parameter.name.as_str())
    }

    /// The names of those of the query.
    pub fn of_query(&self) -> Vec<&str> {
        self.names(MetaParamIn::Query).collect()
    }

    /// The names of those of the headers.
    pub fn of_headers(&self) -> impl Iterator<Item = &str> {
        self.names(MetaParamIn::Header)
    }

    /// The name of the path parameter at this index.
    pub fn in_path(&self, index: usize) -> Option<&str> {
        self.names(MetaParamIn::Path).nth(index)
    }

    /// What is wrong with a parameter that could not be read; `None` where only its
    /// type's own rule can tell.
    pub fn faults(&self, name: &str, uri: &Uri, headers: &HeaderMap) -> Option<Vec<FieldError>> {
        let parameter = self.0.iter().find(|parameter| parameter.name == name)?;
        let Some(text) = parameter.sent(uri, headers) else {
            return Some(vec![FieldError::parameter(name, "missing", "Is required.")]);
        };
        let mut faults = parameter.expected.faults(&parameter.expected.read(&text));
        if parameter.place == MetaParamIn::Query {
            for fault in &mut faults {
                fault.detail.push_str(&hint(&fault.code, &text));
            }
        }
        let faults = faults
            .into_iter()
            .map(|fault| FieldError::parameter(name, &fault.code, fault.detail));
        Some(faults.collect()).filter(|faults: &Vec<_>| !faults.is_empty())
    }
}

impl Parameter {
    fn of(parameter: MetaOperationParam, path: &str, registry: &Registry) -> Self {
        let place = format!("{{{}}}", parameter.name);
        let mut named = BTreeMap::new();
        keep_named(&parameter.schema, registry, &mut named);
        Self {
            segment: path.split('/').position(|segment| segment == place),
            expected: Expected::with(parameter.schema, named),
            place: parameter.in_type,
            name: parameter.name,
        }
    }

    /// As it came, decoded.
    fn sent(&self, uri: &Uri, headers: &HeaderMap) -> Option<String> {
        match self.place {
            MetaParamIn::Query => {
                let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
                let found = pairs.find(|(name, _)| *name == self.name);
                found.map(|(_, value)| value.into_owned())
            }
            MetaParamIn::Header => {
                let value = headers.get(self.name.as_str())?;
                Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
            }
            // What a form's decoder adds for `+` no identifier has.
            MetaParamIn::Path => {
                let segment = uri.path().split('/').nth(self.segment?)?;
                let pairs = form_urlencoded::parse(segment.as_bytes()).next();
                pairs.map(|(text, _)| text.into_owned())
            }
            _ => None,
        }
    }
}

/// The schemas that a parameter's own refers to.
fn keep_named(schema: &MetaSchemaRef, registry: &Registry, into: &mut BTreeMap<String, MetaSchema>) {
    let inner = match schema {
        MetaSchemaRef::Reference(name) => match registry.schemas.get(name) {
            Some(schema) if !into.contains_key(name) => {
                into.insert(name.clone(), schema.clone());
                schema
            }
            _ => return,
        },
        MetaSchemaRef::Inline(schema) => schema,
    };
    let parts = inner.items.as_deref().into_iter();
    for part in parts
        .chain(&inner.all_of)
        .chain(&inner.any_of)
        .chain(&inner.one_of)
    {
        keep_named(part, registry, into);
    }
}

/// What the writers of addresses stumble over.
fn hint(code: &str, text: &str) -> String {
    let meant = text.replacen(' ', "+", 1);
    if code == "invalid_format" && meant != text && meant.parse::<Timestamp>().is_ok() {
        return " In a query `+` stands for a space: write it as `%2B`, or give the time in UTC, with `Z`."
            .to_owned();
    }
    if code == "invalid_choice" && text.contains(',') {
        return " It takes one value, not a list.".to_owned();
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_given_where_it_helps() {
        assert!(hint("invalid_format", "2026-11-21T09:30:00 02:00").contains("%2B"));
        assert!(hint("invalid_choice", "succeeded,failed").contains("not a list"));
        for (code, text) in [
            ("invalid_format", "yesterday morning"),
            ("invalid_format", "2026-11-21T09:30:00"),
            ("invalid_choice", "done"),
            ("invalid_type", "1,2"),
        ] {
            assert_eq!(hint(code, text), "", "{text}");
        }
    }
}
