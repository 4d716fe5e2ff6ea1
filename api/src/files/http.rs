//! `/v1/files`.

use std::ops::Range;

use entity::{FileId, GenerationId, Timestamp, file};
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::web::Data;
use poem::{Body, IntoResponse, Response};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::registry::{
    MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{link, opens};
use crate::app::App;
use crate::auth::{Allow, AllowAnyone, FilesRead, Scope};
use crate::http::{ApiError, Code, Nullable, Tag, example};
use crate::storage::{Content, StoreError};

pub struct FilesApi;

/// A file: what a generation made, or an archive that you asked for.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct FileObject {
    pub id: FileId,
    pub purpose: file::Purpose,
    pub generation_id: Nullable<GenerationId>,
    pub content_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// In pixels.
    pub width: Nullable<i32>,
    /// In pixels.
    pub height: Nullable<i32>,
    /// How long it plays.
    pub seconds: Nullable<f64>,
    /// Opens the file without a key until `expires_at`.
    pub url: String,
    pub expires_at: Timestamp,
    pub livemode: bool,
    pub created_at: Timestamp,
}

impl Example for FileObject {
    fn example() -> Self {
        Self {
            id: example::id("file"),
            purpose: file::Purpose::Output,
            generation_id: Some(example::id("gen")).into(),
            content_type: "image/png".to_owned(),
            bytes: 1_368_426,
            sha256: example::SHA256.to_owned(),
            width: Some(1024).into(),
            height: Some(1024).into(),
            seconds: None.into(),
            url: example::file_link(),
            expires_at: example::after(3_600_000),
            livemode: false,
            created_at: example::after(190),
        }
    }
}

#[OpenApi(prefix_path = "/v1/files", tag = "Tag::Files")]
impl FilesApi {
    /// Get a file
    ///
    /// What is known of the file, with a fresh link to its content.
    #[oai(path = "/:id", method = "get", operation_id = "files.get")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<FilesRead>,
        /// The file's id.
        id: Path<FileId>,
    ) -> Result<Json<FileObject>, ApiError> {
        let file = file::Entity::of(&caller.account, caller.livemode)
            .filter(file::Column::Id.eq(id.0))
            .one(app.db.read())
            .await?
            .ok_or_else(ApiError::not_found)?;
        Ok(Json(view(&app, file)))
    }

    /// Download a file
    ///
    /// The file's bytes. Either your key or the `token` of a link opens it; the
    /// link in a generation's `outputs` has one. `Range` requests are answered
    /// with the part that was asked for.
    #[oai(path = "/:id/content", method = "get", operation_id = "files.content")]
    async fn content(
        &self,
        app: Data<&App>,
        visitor: AllowAnyone,
        /// The file's id.
        id: Path<FileId>,
        /// From a link; instead of a key.
        token: Query<Option<String>>,
        /// As in `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
    ) -> Result<Download, ApiError> {
        let found = match (&visitor.caller, token.0.as_deref()) {
            (_, Some(token)) if opens(&app, &id, token) => {
                file::Entity::find_by_id(id.0).one(app.db.read()).await?
            }
            (None, _) => return Err(ApiError::unauthenticated()),
            (Some(caller), _) => {
                if !caller.scopes.contains(Scope::FilesRead) {
                    let detail = "This needs the scope `files:read`, which these credentials lack.";
                    return Err(ApiError::new(Code::InsufficientScope, detail).with("required", "files:read"));
                }
                file::Entity::of(&caller.account, caller.livemode)
                    .filter(file::Column::Id.eq(id.0))
                    .one(app.db.read())
                    .await?
            }
        };
        let file = found.ok_or_else(ApiError::not_found)?;
        let size = u64::try_from(file.bytes).unwrap_or_default();
        let part = match range.0.as_deref().map(|text| part(text, size)) {
            Some(Part::Beyond) => return Err(beyond(size)),
            Some(Part::Some(range)) => Some(range),
            None | Some(Part::All) => None,
        };
        let content = app
            .store
            .get(&file.storage_key, part.clone())
            .await
            .map_err(|error| match error {
                StoreError::Missing(_) => ApiError::not_found(),
                error => ApiError::internal(error),
            })?;
        Ok(Download {
            file: Box::new(file),
            size,
            part,
            content,
        })
    }
}

fn view(app: &App, file: file::Model) -> FileObject {
    let link = link(app, &file.id);
    FileObject {
        id: file.id,
        purpose: file.purpose,
        generation_id: Nullable(file.generation_id),
        content_type: file.content_type,
        bytes: file.bytes,
        sha256: file.sha256,
        width: Nullable(file.width),
        height: Nullable(file.height),
        seconds: Nullable(file.milliseconds.map(|milliseconds| milliseconds as f64 / 1000.0)),
        url: link.url,
        expires_at: link.expires_at,
        livemode: file.livemode,
        created_at: file.created_at,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    All,
    Some(Range<u64>),
    Beyond,
}

/// Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`. What else may be asked, such as
/// several parts, is answered with the whole, as RFC 9110 allows.
fn part(text: &str, size: u64) -> Part {
    let Some((first, last)) = text
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Part::All;
    };
    let range = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return Part::All,
    };
    if range.start >= range.end {
        Part::Beyond
    } else {
        Part::Some(range)
    }
}

/// No part of the file was asked for; it has so many bytes.
fn beyond(size: u64) -> ApiError {
    let detail = format!("The file has {size} bytes, and the range begins after them.");
    let error = ApiError::new(Code::RangeNotSatisfiable, detail);
    match HeaderValue::try_from(format!("bytes */{size}")) {
        Ok(range) => error.header(header::CONTENT_RANGE, range),
        Err(_) => error,
    }
}

/// A file's bytes, all or a part.
pub struct Download {
    file: Box<file::Model>,
    size: u64,
    part: Option<Range<u64>>,
    content: Content,
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut response = Response::builder().body(Body::from_bytes_stream(self.content));
        let length = self.part.as_ref().map_or(self.size, |part| part.end - part.start);
        if let Some(part) = self.part {
            response.set_status(StatusCode::PARTIAL_CONTENT);
            let range = format!("bytes {}-{}/{}", part.start, part.end - 1, self.size);
            set(&mut response, header::CONTENT_RANGE, &range);
        }
        let file = self.file;
        set(&mut response, header::CONTENT_TYPE, &file.content_type);
        set(&mut response, header::CONTENT_LENGTH, &length.to_string());
        set(&mut response, header::ETAG, &format!("\"{}\"", file.sha256));
        let name = file.storage_key.rsplit('/').next().unwrap_or_default();
        set(
            &mut response,
            header::CONTENT_DISPOSITION,
            &format!("inline; filename=\"{name}\""),
        );
        set(&mut response, header::ACCEPT_RANGES, "bytes");
        set(&mut response, header::CACHE_CONTROL, "private, max-age=3600");
        set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        // Whatever was made is shown, never run.
        set(
            &mut response,
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        );
        response
    }
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

impl ApiResponse for Download {
    fn meta() -> MetaResponses {
        let answer = |status, description, content| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content,
            headers: vec![],
        };
        let bytes = || {
            let binary = MetaSchema::new_with_format("string", "binary");
            vec![MetaMediaType {
                content_type: "application/octet-stream",
                schema: MetaSchemaRef::Inline(Box::new(binary)),
            }]
        };
        MetaResponses {
            responses: vec![
                answer(200, "The file's bytes, with the file's own content type", bytes()),
                answer(206, "The part that was asked for", bytes()),
            ],
        }
    }

    fn register(_registry: &mut Registry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_to_the_file() {
        assert_eq!(part("bytes=0-3", 10), Part::Some(0..4));
        assert_eq!(part("bytes=4-", 10), Part::Some(4..10));
        assert_eq!(part("bytes=-3", 10), Part::Some(7..10));
        assert_eq!(part("bytes=-30", 10), Part::Some(0..10));
        assert_eq!(part("bytes=5-100", 10), Part::Some(5..10));
        assert_eq!(part("bytes=10-", 10), Part::Beyond);
        assert_eq!(part("bytes=5-18446744073709551615", 10), Part::Some(5..10));
        for other in [
            "bytes=3-1",
            "bytes=a-b",
            "lines=1-2",
            "bytes=0-1,4-5",
            "",
            "bytes=-",
        ] {
            assert_eq!(part(other, 10), Part::All, "{other}");
        }
    }
}
