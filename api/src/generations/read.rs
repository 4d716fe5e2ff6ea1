//! Reads generations for requests that come at the same time, with one query for all
//! of them: asking the database costs more than what it answers.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entity::generation::{self, Status};
use entity::{GenerationId, file};
use sea_orm::DbErr;
use tokio::sync::{Mutex, mpsc, oneshot};

use crate::app::App;
use crate::bulk;
use crate::credits::Owner;

/// Requests that one query answers at most.
const BATCH: usize = 128;

/// Requests that may wait; others wait for a place.
const WAITING: usize = 4096;

/// Queries at a time: one is answered while the next gathers.
const SIDE_BY_SIDE: usize = 2;

/// A generation and what it made.
#[derive(Clone)]
pub struct WithFiles {
    pub row: generation::Model,
    pub files: Vec<file::Model>,
}

type Answer = Result<Option<WithFiles>, DbErr>;

struct Waiting {
    id: GenerationId,
    answer: oneshot::Sender<Answer>,
}

/// Where requests for single generations gather.
#[derive(Clone)]
pub struct Reader {
    queue: mpsc::Sender<Waiting>,
}

impl Reader {
    #[must_use]
    pub fn start(app: &App) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..SIDE_BY_SIDE {
            tokio::spawn(read_forever(app.clone(), Arc::clone(&waiting)));
        }
        Self { queue }
    }

    /// The owner's generation, as it is now. `None`: there is none.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn find(&self, owner: &Owner, id: &GenerationId) -> Result<Option<WithFiles>, DbErr> {
        let (answer, read) = oneshot::channel();
        let waiting = Waiting {
            id: id.clone(),
            answer,
        };
        let gone = || DbErr::Custom("the reader ended".to_owned());
        self.queue.send(waiting).await.map_err(|_| gone())?;
        let found = read.await.map_err(|_| gone())??;
        let is_theirs =
            |found: &WithFiles| found.row.account_id == owner.account && found.row.livemode == owner.livemode;
        Ok(found.filter(is_theirs))
    }
}

async fn read_forever(app: App, queue: Arc<Mutex<mpsc::Receiver<Waiting>>>) {
    let mut waiting = Vec::new();
    loop {
        if queue.lock().await.recv_many(&mut waiting, BATCH).await == 0 {
            return;
        }
        let ids: BTreeSet<GenerationId> = waiting.iter().map(|waiting| waiting.id.clone()).collect();
        let alone = ids.len() == waiting.len();
        let mut found = read(&app, ids).await;
        for Waiting { id, answer } in waiting.drain(..) {
            let given = match &mut found {
                // Copied only where several wait for the same.
                Ok(found) if alone => Ok(found.remove(&id)),
                Ok(found) => Ok(found.get(&id).cloned()),
                Err(error) => Err(error.clone()),
            };
            // Who left wants no answer.
            drop(answer.send(given));
        }
    }
}

async fn read(app: &App, ids: BTreeSet<GenerationId>) -> Result<HashMap<GenerationId, WithFiles>, DbErr> {
    let ids = ids.into_iter().map(|id| vec![id.into()]).collect();
    let rows = bulk::find::<generation::Entity>(app.db.read(), &[("id", "TEXT")], ids, "").await?;
    let mut files = files_of(app, &rows).await?;
    let found = rows.into_iter().map(|row| {
        let files = files.remove(&row.id).unwrap_or_default();
        (row.id.clone(), WithFiles { row, files })
    });
    Ok(found.collect())
}

/// What generations made, in its order.
///
/// # Errors
/// What the database answers.
pub async fn files_of(
    app: &App,
    rows: &[generation::Model],
) -> Result<HashMap<GenerationId, Vec<file::Model>>, DbErr> {
    let succeeded = rows.iter().filter(|row| row.status == Status::Succeeded);
    let ids = succeeded.map(|row| vec![row.id.clone().into()]).collect();
    let columns = &[("generation_id", "TEXT")];
    let in_order = "ORDER BY file.position";
    let mut files: HashMap<GenerationId, Vec<file::Model>> = HashMap::new();
    for file in bulk::find::<file::Entity>(app.db.read(), columns, ids, in_order).await? {
        if let Some(generation) = file.generation_id.clone() {
            files.entry(generation).or_default().push(file);
        }
    }
    Ok(files)
}
