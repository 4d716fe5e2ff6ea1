//! What the finished API says of itself, as the outermost layer needs it: which
//! methods a path takes, and how its parameters are really called.
//!
//! poem numbers path parameters (`/v1/keys/:param0`) and tells its errors so; the
//! real name is found by the operation's id, which it hangs on every answer.

use std::collections::HashMap;

use poem::http::Method;
use poem_openapi::registry::MetaParamIn;
use poem_openapi::{OpenApi, OperationId};

/// The paths of the API and of what stands beside it.
#[derive(Default)]
pub struct Contract {
    paths: Vec<KnownPath>,
    parameters: HashMap<&'static str, Vec<String>>,
}

struct KnownPath {
    segments: Vec<String>,
    methods: Vec<Method>,
}

impl KnownPath {
    fn takes(&self, path: &str) -> bool {
        let mut asked = path.split('/');
        let fits = |known: &String| {
            asked
                .next()
                .is_some_and(|segment| known == segment || is_parameter(known) && !segment.is_empty())
        };
        self.segments.iter().all(fits) && asked.next().is_none()
    }

    fn parameters(&self) -> usize {
        self.segments
            .iter()
            .filter(|segment| is_parameter(segment))
            .count()
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

impl Contract {
    /// Of one or several APIs, given as poem-openapi takes them: a tuple.
    #[must_use]
    pub fn of<A: OpenApi>() -> Self {
        let mut contract = Self::default();
        for path in A::meta().into_iter().flat_map(|api| api.paths) {
            let methods: Vec<_> = path.operations.iter().map(|it| it.method.clone()).collect();
            contract = contract.with(&path.path, &methods);
            for operation in path.operations {
                let names = operation
                    .params
                    .into_iter()
                    .filter(|parameter| parameter.in_type == MetaParamIn::Path);
                if let Some(id) = operation.operation_id {
                    contract
                        .parameters
                        .insert(id, names.map(|parameter| parameter.name).collect());
                }
            }
        }
        contract
    }

    /// Adds another one's paths.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.paths.extend(other.paths);
        self.parameters.extend(other.parameters);
        self
    }

    /// Adds a path that stands beside the API: `/healthz`, `/hooks/{processor}`.
    #[must_use]
    pub fn with(mut self, path: &str, methods: &[Method]) -> Self {
        let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        match self.paths.iter_mut().find(|known| known.segments == segments) {
            Some(known) => known.methods.extend_from_slice(methods),
            None => self.paths.push(KnownPath {
                segments,
                methods: methods.to_vec(),
            }),
        }
        self
    }

    /// The value of `Allow` for a path.
    pub(super) fn allow(&self, path: &str) -> String {
        // Of `/v1/keys/self` and `/v1/keys/{id}` the router takes the first.
        let known = self
            .paths
            .iter()
            .filter(|known| known.takes(path))
            .min_by_key(|known| known.parameters());
        let methods = known.map(|known| known.methods.as_slice()).unwrap_or_default();
        let mut names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        if methods.contains(&Method::GET) {
            names.push("HEAD");
        }
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    }

    /// The real name of `param0`.
    pub(super) fn parameter(&self, operation: Option<OperationId>, numbered: &str) -> String {
        let index = numbered
            .strip_prefix("param")
            .and_then(|number| number.parse::<usize>().ok());
        let names = operation.and_then(|id| self.parameters.get(id.0));
        let name = names.zip(index).and_then(|(names, index)| names.get(index));
        name.map_or_else(|| numbered.to_owned(), Clone::clone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_allows_what_its_most_literal_form_takes() {
        let contract = Contract::default()
            .with("/v1/keys", &[Method::POST, Method::GET])
            .with("/v1/keys/{id}", &[Method::GET, Method::DELETE])
            .with("/v1/keys/self", &[Method::GET]);
        assert_eq!(contract.allow("/v1/keys"), "GET, HEAD, POST");
        assert_eq!(contract.allow("/v1/keys/key_1"), "DELETE, GET, HEAD");
        assert_eq!(contract.allow("/v1/keys/self"), "GET, HEAD");
        assert_eq!(contract.allow("/v1/keys/"), "");
        assert_eq!(contract.allow("/nowhere"), "");
    }
}
