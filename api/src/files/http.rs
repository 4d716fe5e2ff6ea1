//! `/v1/files`.

use entity::{FileId, GenerationId, Timestamp, file};
use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};

use super::{download, link, opens};
use crate::app::App;
use crate::auth::{Allow, AllowAnyone, Caller, FilesRead};
use crate::http::{ApiError, Download, Nullable, Tag, example};

pub struct FilesApi;

/// A file: what a generation made.
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
        let file = visible(&caller)
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
    /// with the part that was asked for. A file that our storage lost fails with 500 `file_lost`: it is still yours, and
    /// there is nothing that you did wrong.
    #[oai(path = "/:id/content", method = "get", operation_id = "files.content")]
    async fn content(
        &self,
        app: Data<&App>,
        visitor: AllowAnyone<FilesRead>,
        /// The file's id.
        id: Path<FileId>,
        /// From a link; instead of a key.
        token: Query<Option<String>>,
        /// As in `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
    ) -> Result<Download, ApiError> {
        let file = match token.0.as_deref() {
            Some(token) if opens(&app, &id, token) => {
                let file = file::Entity::find_by_id(id.0).one(app.db.read()).await?;
                let file = file.ok_or_else(ApiError::not_found)?;
                visitor.by_link(&app, &file.account_id).await?;
                file
            }
            _ => visible(&visitor.allowed()?)
                .filter(file::Column::Id.eq(id.0))
                .one(app.db.read())
                .await?
                .ok_or_else(ApiError::not_found)?,
        };
        download(&app, file, range.as_deref()).await
    }
}

/// What a caller may see here. The archive of a data-rights request is no file of
/// this kind: another scope opens it, at the request.
fn visible(caller: &Caller) -> Select<file::Entity> {
    file::Entity::of(&caller.account, caller.livemode).filter(file::Column::Purpose.eq(file::Purpose::Output))
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
