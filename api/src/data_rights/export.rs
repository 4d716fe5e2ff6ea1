//! A copy of everything: one JSON file a table of the register, and the original
//! files, but for those that our storage lost. Rows are read in pages and files in
//! pieces, so memory does not grow with the account.

use std::time::Duration;

use entity::data_request::{self, Status};
use entity::privacy::Table;
use entity::{AccountId, Timestamp, file};
use futures_util::TryStreamExt as _;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use sha2::{Digest as _, Sha256};

use super::archive::Archive;
use super::fulfil::FulfilError;
use super::missing::{self, Missing};
use super::register::{Holder, PAGE, REGISTER};
use super::sweep::archive_expires_at;
use super::tally::{self, Counted, Done};
use super::{about, active};
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::files::{self, Fault, Kept, OpenError};
use crate::jobs::{self, Lease};
use crate::secrets::hex;
use crate::signals::Signal;

/// How long before a request is due nothing is waited for any more.
const LAST: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes the archive and hands it over. Run again after a crash, it begins anew.
///
/// # Errors
/// What keeps it from being made now.
pub(super) async fn export(app: &App, lease: &Lease, row: &data_request::Model) -> Result<(), FulfilError> {
    let mut archive = Archive::begin(&app.config.data_dir.join("tmp"))?;
    let filled = fill(app, row, &mut archive).await;
    // What stopped the packer is the better answer to why nothing could be added.
    let file = archive.finish().await?;
    let contents = filled?;
    let kept = files::keep_archive(app, &row.account_id, file).await?;
    let key = kept.key.clone();
    let handed_over = hand_over(app, lease, row, kept, &contents).await;
    if !matches!(handed_over, Ok(true)) {
        app.store.delete(&key).await?;
    }
    handed_over.map(drop)
}

/// What an archive holds, and what it should hold besides.
struct Contents {
    tally: Vec<Counted>,
    missing: Vec<Missing>,
}

async fn fill(app: &App, row: &data_request::Model, archive: &mut Archive) -> Result<Contents, FulfilError> {
    let mut done: Vec<(&Table, Counted)> = Vec::new();
    for holder in REGISTER.iter().filter(|holder| holder.table.owner.is_some()) {
        let count = table(app, &row.account_id, holder, archive).await?;
        let counted = Counted {
            action: Done::Exported,
            table: holder.table.name.to_owned(),
            count,
            why: None,
        };
        done.push((holder.table, counted));
    }
    let missing = originals(app, row, archive).await?;
    let tables: Vec<_> = done.iter().map(|(table, counted)| (*table, counted)).collect();
    archive.entry("about.json".to_owned(), false).await?;
    archive
        .write(format!("{:#}\n", about::json(app, row, &tables, &missing)))
        .await?;
    archive.entry("README.txt".to_owned(), false).await?;
    archive.write(about::text(app, &tables, &missing)).await?;
    let mut tally: Vec<Counted> = done.into_iter().map(|(_, counted)| counted).collect();
    missing::count(&mut tally, &missing);
    tally.retain(|counted| counted.count > 0);
    Ok(Contents { tally, missing })
}

/// A table's rows as a JSON array; says how many there are.
async fn table(
    app: &App,
    account: &AccountId,
    holder: &Holder,
    archive: &mut Archive,
) -> Result<u64, FulfilError> {
    archive.entry(about::file(holder.table), false).await?;
    let (mut count, mut after) = (0, None);
    loop {
        let page = holder.page(app.db.read(), account, after).await?;
        let mut text = String::new();
        for row in page.rows {
            text.push_str(if count == 0 { "[\n" } else { ",\n" });
            text.push_str(&serde_json::Value::Object(row).to_string());
            count += 1;
        }
        archive.write(text).await?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    archive.write(if count == 0 { "[]\n" } else { "\n]\n" }).await?;
    Ok(count)
}

/// What was made, as it was made; says what is missing. An older archive is no original.
/// What can't be read for the moment is tried again, until the request is about due.
async fn originals(
    app: &App,
    row: &data_request::Model,
    archive: &mut Archive,
) -> Result<Vec<Missing>, FulfilError> {
    let may_wait = app.now() < row.due_at.minus(LAST);
    let mut missing = Vec::new();
    for livemode in [false, true] {
        let mut after = String::new();
        loop {
            let page = file::Entity::of(&row.account_id, livemode)
                .filter(file::Column::Purpose.eq(file::Purpose::Output))
                .filter(file::Column::Id.gt(after))
                .order_by_asc(file::Column::Id)
                .limit(PAGE as u64)
                .all(app.db.read())
                .await?;
            let Some(last) = page.last() else { break };
            after = last.id.to_string();
            for file in page {
                let fault = match original(app, &file, archive).await {
                    Err(FulfilError::Open(OpenError::Store(error))) if !may_wait => {
                        tracing::error!(file = %file.id, %error, "the store can't read a file");
                        Some(Fault::Damaged)
                    }
                    fault => fault?,
                };
                missing.extend(fault.map(|fault| Missing::of(&file, fault)));
            }
        }
    }
    Ok(missing)
}

async fn original(
    app: &App,
    file: &file::Model,
    archive: &mut Archive,
) -> Result<Option<Fault>, FulfilError> {
    let mut content = match files::open(app, file, None).await {
        Err(OpenError::Deleted) => return Ok(None),
        Err(OpenError::Lost(fault)) => return Ok(Some(fault)),
        content => content?,
    };
    let name = file.storage_key.rsplit('/').next().unwrap_or_default();
    archive.entry(format!("files/{name}"), true).await?;
    let mut digest = Sha256::new();
    while let Some(piece) = content.try_next().await.map_err(unread)? {
        digest.update(&piece);
        archive.write(piece).await?;
    }
    Ok((hex(&digest.finalize()) != file.sha256).then_some(Fault::Damaged))
}

fn unread(error: std::io::Error) -> OpenError {
    OpenError::Store(error.into())
}

/// `false` when the request ended meanwhile: the account was erased.
async fn hand_over(
    app: &App,
    lease: &Lease,
    row: &data_request::Model,
    kept: Kept,
    contents: &Contents,
) -> Result<bool, FulfilError> {
    use data_request::Column;
    let now = app.now();
    let tx = app.db.begin().await?;
    let Some(owner) = active(&tx, &row.account_id).await? else {
        return Ok(false);
    };
    let archive = kept.id.clone();
    let missing = &contents.missing;
    let status = match missing.is_empty() {
        true => Status::Fulfilled,
        false => Status::PartiallyFulfilled,
    };
    file::Entity::insert(file_row(row, kept, now))
        .exec_without_returning(&tx)
        .await?;
    let moved = data_request::Entity::update_many()
        .col_expr(Column::Status, Expr::value(status))
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::ArchiveId, Expr::value(archive))
        .col_expr(Column::Actions, Expr::value(tally::write(&contents.tally)))
        .col_expr(Column::Missing, Expr::value(missing::write(missing)))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::Status.eq(Status::InProgress))
        .exec(&tx)
        .await?;
    if moved.rows_affected == 0 {
        return Ok(false);
    }
    if let Some(address) = &owner.email {
        let text = Text::ArchiveReady {
            expires_at: archive_expires_at(now),
            missing: missing.len(),
        };
        emails::post(&tx, app, &owner.id, address, &text, now).await?;
    }
    if !missing.is_empty() {
        missing::tell_staff(&tx, app, row, missing, now).await?;
    }
    // A worker that was only slow leaves the end to the one that took over.
    jobs::complete(&tx, lease).await??;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(true)
}

fn file_row(row: &data_request::Model, kept: Kept, now: Timestamp) -> file::ActiveModel {
    file::ActiveModel {
        id: Set(kept.id),
        account_id: Set(row.account_id.clone()),
        livemode: Set(row.livemode),
        purpose: Set(file::Purpose::Export),
        generation_id: Set(None),
        position: Set(0),
        content_type: Set(kept.content_type.to_owned()),
        bytes: Set(kept.bytes),
        sha256: Set(kept.sha256),
        width: Set(None),
        height: Set(None),
        milliseconds: Set(None),
        storage_key: Set(kept.key),
        created_at: Set(now),
    }
}
