//! Lists: newest first, a page at a time.
//!
//! A cursor is the key of the last row that was shown, signed together with what
//! it is valid for. So a page costs the same wherever it stands in the table, and
//! a cursor works for nobody else and with no other filters.

use poem::{IntoResponse, Response};
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::{ParseFromJSON, ToJSON, Type};
use poem_openapi::{ApiResponse, Object};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use super::error::{ApiError, Code, FieldError};
use super::nullable::Nullable;
use super::success::{json, link};
use crate::app::App;
use crate::secrets::Secrets;

const USUAL: u32 = 20;
const MOST: u32 = 100;

/// The length of a signature: 32 bytes in base64.
const SIGNATURE: usize = 43;

/// A page of a list, newest first.
#[derive(Debug, Object)]
pub struct Page<T: Type + ToJSON + ParseFromJSON> {
    pub data: Vec<T>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Send it as `cursor` to get the next page. It is null on the last page.
    pub next_cursor: Nullable<String>,
}

/// The cursor of the next page, on its way to the `Link` header.
#[derive(Clone)]
pub(super) struct NextCursor(pub String);

/// 200 with a page and its `Link`.
pub struct Listed<T: Type + ToJSON + ParseFromJSON>(pub Page<T>);

impl<T: Type + ToJSON + ParseFromJSON> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let next = self.0.next_cursor.0.clone();
        let mut response = Json(self.0).into_response();
        if let Some(cursor) = next {
            response.set_data(NextCursor(cursor));
        }
        response
    }
}

impl<T: Type + ToJSON + ParseFromJSON> ApiResponse for Listed<T> {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![json::<Page<T>>(200, "A page of the list", vec![link()])],
        }
    }

    fn register(registry: &mut Registry) {
        Page::<T>::register(registry);
    }
}

/// What was asked of a list. Fetch `limit + 1` rows whose key is below `after`,
/// newest first; the one too many tells that there are more.
pub struct Paging {
    pub limit: u64,
    pub after: Option<String>,
    scope: String,
    secrets: Secrets,
}

impl Paging {
    /// `scope` says what the cursor is valid for: account, mode, route, filters.
    ///
    /// # Errors
    /// 400 for a limit beyond 1 to 100, and for a cursor that was not given for
    /// this scope.
    pub fn read(app: &App, scope: &str, limit: Option<u32>, cursor: Option<&str>) -> Result<Self, ApiError> {
        Self::with(&app.secrets, scope, limit, cursor)
    }

    fn with(
        secrets: &Secrets,
        scope: &str,
        limit: Option<u32>,
        cursor: Option<&str>,
    ) -> Result<Self, ApiError> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            let detail = format!("Must be from 1 to {MOST}.");
            return Err(ApiError::invalid(vec![FieldError::parameter(
                "limit", "invalid", detail,
            )]));
        }
        let paging = Self {
            limit: limit.into(),
            after: None,
            scope: scope.to_owned(),
            secrets: secrets.clone(),
        };
        let after = match cursor {
            Some(cursor) => Some(paging.open(cursor).ok_or_else(invalid_cursor)?),
            None => None,
        };
        Ok(Self { after, ..paging })
    }

    /// The page of the fetched rows: `limit + 1` at most.
    pub fn page<R, T: Type + ToJSON + ParseFromJSON>(
        &self,
        mut rows: Vec<R>,
        key: impl Fn(&R) -> String,
        into: impl Fn(R) -> T,
    ) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        let last = rows.last().filter(|_| has_more);
        let next_cursor = last.map(|row| self.cursor(&key(row)));
        Page {
            data: rows.into_iter().map(into).collect(),
            has_more,
            next_cursor: next_cursor.into(),
        }
    }

    fn signed(&self, after: &str) -> String {
        format!("{}\n{after}", self.scope)
    }

    fn cursor(&self, after: &str) -> String {
        let signature = self.secrets.sign("cursor", self.signed(after).as_bytes());
        format!("{signature}{}", BASE64.encode(after))
    }

    fn open(&self, cursor: &str) -> Option<String> {
        let (signature, after) = cursor.split_at_checked(SIGNATURE)?;
        let after = String::from_utf8(BASE64.decode(after).ok()?).ok()?;
        let ours = self
            .secrets
            .verify("cursor", self.signed(&after).as_bytes(), signature);
        ours.then_some(after)
    }
}

fn invalid_cursor() -> ApiError {
    ApiError::new(
        Code::InvalidCursor,
        "This cursor was not given for this list with these filters. Begin again without a cursor.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scope: &str, limit: Option<u32>, cursor: Option<&str>) -> Result<Paging, Code> {
        let secrets = Secrets::from_hex(&"ab".repeat(32)).unwrap();
        Paging::with(&secrets, scope, limit, cursor).map_err(|error| error.code)
    }

    fn page(paging: &Paging, rows: &[&str]) -> Page<String> {
        let rows = rows.iter().map(|row| (*row).to_owned()).collect();
        paging.page(rows, Clone::clone, |row| row)
    }

    #[test]
    fn a_cursor_leads_to_the_rows_after_it() {
        let first = page(&read("keys acc_1 test", Some(2), None).unwrap(), &["c", "b", "a"]);
        assert_eq!((first.data.len(), first.has_more), (2, true));
        let cursor = first.next_cursor.0.unwrap();
        let second = read("keys acc_1 test", Some(2), Some(&cursor)).unwrap();
        assert_eq!(second.after.as_deref(), Some("b"));
        let last = page(&second, &["a"]);
        assert_eq!((last.has_more, last.next_cursor.0), (false, None));
    }

    #[test]
    fn a_cursor_works_nowhere_else() {
        let cursor = read("keys acc_1 test", None, None).unwrap().cursor("b");
        assert!(read("keys acc_1 test", None, Some(&cursor)).is_ok());
        for scope in ["keys acc_2 test", "keys acc_1 live", "keys acc_1 test status=a"] {
            assert_eq!(read(scope, None, Some(&cursor)).err(), Some(Code::InvalidCursor));
        }
        let other = format!("{}{}", &cursor[..SIGNATURE], BASE64.encode("a"));
        for bad in [
            "",
            "x",
            "é",
            &"é".repeat(40),
            &other,
            &cursor[..50.min(cursor.len() - 1)],
        ] {
            assert_eq!(
                read("keys acc_1 test", None, Some(bad)).err(),
                Some(Code::InvalidCursor),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_page_has_one_to_a_hundred_rows() {
        assert_eq!(read("s", None, None).unwrap().limit, 20);
        assert_eq!(read("s", Some(100), None).unwrap().limit, 100);
        for limit in [0, 101] {
            assert_eq!(read("s", Some(limit), None).err(), Some(Code::InvalidRequest));
        }
    }
}
