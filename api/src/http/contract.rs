//! What the finished API says of itself, as the outermost layer needs it: which
//! methods a path takes, and what its parameters are.
//!
//! poem numbers path parameters (`/v1/keys/:param0`) and tells its errors so; the
//! real name is found by the operation.

use std::collections::BTreeMap;

use poem::http::{HeaderMap, Method, Uri};
use poem_openapi::OpenApi;
use poem_openapi::registry::Registry;

use super::error::FieldError;
use super::parameters::Parameters;
use super::strict;

/// The paths of the API and of what stands beside it.
#[derive(Default)]
pub struct Contract {
    paths: Vec<KnownPath>,
    /// The headers that any operation takes: in lower case, and as they are written.
    headers: BTreeMap<String, String>,
}

struct KnownPath {
    segments: Vec<String>,
    /// With the operation, where it is one of the API.
    methods: Vec<(Method, Option<Operation>)>,
}

struct Operation {
    id: Option<&'static str>,
    parameters: Parameters,
    /// Strangers may give it parameters of their own.
    open: bool,
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
        let mut registry = Registry::new();
        A::register(&mut registry);
        let mut contract = Self::default();
        for path in A::meta().into_iter().flat_map(|api| api.paths) {
            let operations = path.operations.into_iter().map(|operation| {
                let parameters = Parameters::of(operation.params, &path.path, &registry);
                let known = Operation {
                    id: operation.operation_id,
                    parameters,
                    open: false,
                };
                (operation.method, Some(known))
            });
            contract.add(&path.path, operations.collect());
        }
        contract
    }

    /// Adds another one's paths.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.paths.extend(other.paths);
        self.headers.extend(other.headers);
        self
    }

    /// Leaves it to whoever passes the address of an operation on what else they write
    /// into its query.
    #[must_use]
    pub fn open(mut self, ids: &[&str]) -> Self {
        let methods = self.paths.iter_mut().flat_map(|path| &mut path.methods);
        for operation in methods.filter_map(|(_, operation)| operation.as_mut()) {
            operation.open |= operation.id.is_some_and(|id| ids.contains(&id));
        }
        self
    }

    /// Adds a path that stands beside the API: `/healthz`, `/hooks/{processor}`.
    #[must_use]
    pub fn with(mut self, path: &str, methods: &[Method]) -> Self {
        let methods = methods.iter().map(|method| (method.clone(), None));
        self.add(path, methods.collect());
        self
    }

    fn add(&mut self, path: &str, methods: Vec<(Method, Option<Operation>)>) {
        let operations = methods.iter().filter_map(|(_, operation)| operation.as_ref());
        let headers = operations.flat_map(|operation| operation.parameters.of_headers());
        self.headers
            .extend(headers.map(|name| (name.to_ascii_lowercase(), name.to_owned())));
        let segments: Vec<String> = path.split('/').map(str::to_owned).collect();
        match self.paths.iter_mut().find(|known| known.segments == segments) {
            Some(known) => known.methods.extend(methods),
            None => self.paths.push(KnownPath { segments, methods }),
        }
    }

    fn find(&self, path: &str) -> Option<&KnownPath> {
        // Of `/v1/keys/self` and `/v1/keys/{id}` the router takes the first.
        let fitting = self.paths.iter().filter(|known| known.takes(path));
        fitting.min_by_key(|known| known.parameters())
    }

    /// The value of `Allow` for a path.
    pub(super) fn allow(&self, path: &str) -> String {
        let known = self.find(path).into_iter();
        let methods = known.flat_map(|known| &known.methods);
        let mut names: Vec<&str> = methods.map(|(method, _)| method.as_str()).collect();
        if names.contains(&"GET") {
            names.push("HEAD");
        }
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    }

    fn operation(&self, method: &Method, path: &str) -> Option<&Operation> {
        let method = if method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        let mut methods = self.find(path)?.methods.iter();
        methods.find(|(known, _)| known == method)?.1.as_ref()
    }

    /// What is in a request that its operation does not know, or only once.
    pub(super) fn surplus(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Vec<FieldError> {
        let mut faults = strict::in_headers(&self.headers, headers);
        if uri.query().is_some_and(|query| !query.is_empty())
            && let Some(operation) = self.operation(method, uri.path())
        {
            let names = operation.parameters.of_query();
            faults.extend(strict::in_query(&names, operation.open, uri));
        }
        faults
    }

    /// What is wrong with a parameter that could not be read. `name` is the real one,
    /// or `param0`.
    pub(super) fn faults(
        &self,
        method: &Method,
        name: &str,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Vec<FieldError> {
        let operation = self.operation(method, uri.path());
        let parameters = operation.map(|operation| &operation.parameters);
        let index = name.strip_prefix("param").and_then(|number| number.parse().ok());
        let real = index.and_then(|index| parameters?.in_path(index)).unwrap_or(name);
        let faults = parameters.and_then(|parameters| parameters.faults(real, uri, headers));
        let unread = || FieldError::parameter(real, "invalid", "Does not have the right form.");
        faults.unwrap_or_else(|| vec![unread()])
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
