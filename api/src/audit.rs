//! `tintype audit`: what must always be true of the rows, asked in SQL.
//!
//! Each check is a query that finds what breaks it; an honest database answers
//! none with a row. They read only, on either database, and take seconds.

use entity::file;
use futures_util::TryStreamExt as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::db;
use crate::secrets::hex;
use crate::storage::StoreError;

/// A broken rule and some of the ids that break it.
#[derive(Debug)]
pub struct Finding {
    pub rule: &'static str,
    pub examples: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an object could not be read: {0}")]
    Read(#[from] std::io::Error),
}

/// Examples that are named for one broken rule.
const EXAMPLES: usize = 5;

/// How long after its time a schedule may have done its work.
const GRACE_MICROS: i64 = 60_000_000;

/// Asks every rule.
///
/// # Errors
/// When database or store can't be asked.
pub async fn audit(app: &App) -> Result<Vec<Finding>, AuditError> {
    let mut findings = Vec::new();
    let late = app.now().micros() - GRACE_MICROS;
    for (rule, sql) in RULES {
        let sql = format!("{} LIMIT {EXAMPLES}", sql.replace("{late}", &late.to_string()));
        let rows = app
            .db
            .read()
            .query_all_raw(db::statement(app.db.read(), &sql, vec![]))
            .await?;
        let examples = rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<Vec<String>, _>>()?;
        if !examples.is_empty() {
            findings.push(Finding { rule, examples });
        }
    }
    findings.extend(files(app).await?);
    Ok(findings)
}

/// Every file's object is there, with its size and SHA-256.
async fn files(app: &App) -> Result<Option<Finding>, AuditError> {
    let mut examples = Vec::new();
    let mut after = String::new();
    loop {
        let page = file::Entity::find()
            .filter(file::Column::Id.gt(after))
            .order_by_asc(file::Column::Id)
            .limit(500)
            .all(app.db.read())
            .await?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        for file in page {
            let intact = measure(app, &file.storage_key).await? == Some((file.bytes, file.sha256));
            // Of a file that was deleted since it was read, nothing is wanted.
            if !intact
                && file::Entity::find_by_id(file.id.clone())
                    .one(app.db.read())
                    .await?
                    .is_some()
            {
                examples.push(file.id.to_string());
            }
        }
    }
    examples.truncate(EXAMPLES);
    let rule = "a file's object has the row's size and SHA-256";
    Ok((!examples.is_empty()).then_some(Finding { rule, examples }))
}

/// An object's size and SHA-256; `None` when there is no such object.
async fn measure(app: &App, key: &str) -> Result<Option<(i64, String)>, AuditError> {
    let mut content = match app.store.get(key, None).await {
        Err(StoreError::Missing(_)) => return Ok(None),
        content => content?,
    };
    let (mut bytes, mut digest) = (0, Sha256::new());
    while let Some(chunk) = content.try_next().await? {
        bytes += chunk.len();
        digest.update(&chunk);
    }
    Ok(Some((
        i64::try_from(bytes).unwrap_or(i64::MAX),
        hex(&digest.finalize()),
    )))
}

const RULES: &[(&str, &str)] = &[
    (
        "no provider opens an erased account",
        "SELECT i.id FROM oauth_identity i JOIN account a ON a.id = i.account_id WHERE a.status = 'erased'",
    ),
    (
        "a wallet's balances are the sums of its entries",
        "SELECT w.account_id FROM wallet w LEFT JOIN (
            SELECT account_id, livemode,
                SUM(CASE WHEN source = 'issued' THEN amount WHEN destination = 'issued' THEN -amount ELSE 0 END) AS issued,
                SUM(CASE WHEN destination = 'available' THEN amount WHEN source = 'available' THEN -amount ELSE 0 END) AS available,
                SUM(CASE WHEN destination = 'held' THEN amount WHEN source = 'held' THEN -amount ELSE 0 END) AS held,
                SUM(CASE WHEN destination = 'spent' THEN amount ELSE 0 END) AS spent,
                SUM(CASE WHEN destination = 'expired' THEN amount ELSE 0 END) AS expired
            FROM ledger_entry GROUP BY account_id, livemode
        ) e ON e.account_id = w.account_id AND e.livemode = w.livemode
        WHERE w.issued <> COALESCE(e.issued, 0) OR w.available <> COALESCE(e.available, 0)
            OR w.held <> COALESCE(e.held, 0) OR w.spent <> COALESCE(e.spent, 0)
            OR w.expired <> COALESCE(e.expired, 0)",
    ),
    (
        "an entry has a wallet",
        "SELECT e.id FROM ledger_entry e LEFT JOIN wallet w
            ON w.account_id = e.account_id AND w.livemode = e.livemode WHERE w.account_id IS NULL",
    ),
    (
        "the last entry's balances are the wallet's",
        "SELECT w.account_id FROM wallet w JOIN ledger_entry e ON e.seq = (
            SELECT MAX(l.seq) FROM ledger_entry l WHERE l.account_id = w.account_id AND l.livemode = w.livemode)
        WHERE e.available_after <> w.available OR e.held_after <> w.held",
    ),
    (
        "a wallet is the sum of its lots",
        "SELECT w.account_id FROM wallet w LEFT JOIN (
            SELECT account_id, livemode, SUM(granted - refunded) AS issued, SUM(remaining) AS available,
                SUM(held) AS held, SUM(spent) AS spent, SUM(expired) AS expired
            FROM credit_lot GROUP BY account_id, livemode
        ) l ON l.account_id = w.account_id AND l.livemode = w.livemode
        WHERE w.issued <> COALESCE(l.issued, 0) OR w.available <> COALESCE(l.available, 0)
            OR w.held <> COALESCE(l.held, 0) OR w.spent <> COALESCE(l.spent, 0)
            OR w.expired <> COALESCE(l.expired, 0)",
    ),
    (
        "held credits are the open holds",
        "SELECT w.account_id FROM wallet w LEFT JOIN (
            SELECT account_id, livemode, SUM(amount) AS held FROM hold WHERE settled_at IS NULL
            GROUP BY account_id, livemode
        ) h ON h.account_id = w.account_id AND h.livemode = w.livemode WHERE w.held <> COALESCE(h.held, 0)",
    ),
    (
        "a hold is the sum of what it took from lots",
        "SELECT h.id FROM hold h LEFT JOIN (
            SELECT hold_id, SUM(amount) AS amount FROM hold_lot GROUP BY hold_id
        ) p ON p.hold_id = h.id WHERE h.amount <> COALESCE(p.amount, 0)",
    ),
    (
        "a lot's held credits are those of open holds",
        "SELECT l.id FROM credit_lot l LEFT JOIN (
            SELECT p.lot_id, SUM(p.amount) AS held FROM hold_lot p JOIN hold h ON h.id = p.hold_id
            WHERE h.settled_at IS NULL GROUP BY p.lot_id
        ) p ON p.lot_id = l.id WHERE l.held <> COALESCE(p.held, 0)",
    ),
    (
        "a generation has one hold, open while it is and settled as it ended",
        "SELECT g.id FROM generation g LEFT JOIN hold h ON h.generation_id = g.id
        WHERE h.id IS NULL OR h.amount <> g.held OR h.captured <> g.captured OR h.released <> g.released
            OR (g.ended_at IS NULL) <> (h.settled_at IS NULL)",
    ),
    (
        "a generation's entries say what its row says",
        "SELECT g.id FROM generation g LEFT JOIN (
            SELECT generation_id,
                SUM(CASE WHEN kind = 'hold' THEN amount ELSE 0 END) AS held,
                SUM(CASE WHEN kind = 'capture' THEN amount ELSE 0 END) AS captured,
                SUM(CASE WHEN kind = 'release' THEN amount ELSE 0 END) AS released
            FROM ledger_entry WHERE generation_id IS NOT NULL GROUP BY generation_id
        ) e ON e.generation_id = g.id
        WHERE (g.batch_id IS NULL AND g.held <> COALESCE(e.held, 0)) OR g.captured <> COALESCE(e.captured, 0)
            OR g.released <> COALESCE(e.released, 0)",
    ),
    (
        "a batch's one hold is the sum of its generations' holds",
        "SELECT b.batch_id FROM (
            SELECT batch_id, SUM(held) AS held FROM generation WHERE batch_id IS NOT NULL GROUP BY batch_id
        ) b LEFT JOIN ledger_entry e ON e.batch_id = b.batch_id AND e.kind = 'hold'
        WHERE b.held <> COALESCE(e.amount, 0)",
    ),
    (
        "a batch counts its generations as they ended, and ended with the last",
        "SELECT b.id FROM batch b LEFT JOIN (
            SELECT batch_id, COUNT(*) AS total, SUM(held) AS held, SUM(captured) AS captured, SUM(released) AS released,
                SUM(CASE WHEN status = 'succeeded' THEN 1 ELSE 0 END) AS succeeded,
                SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failed,
                SUM(CASE WHEN status = 'canceled' THEN 1 ELSE 0 END) AS canceled,
                SUM(CASE WHEN status = 'expired' THEN 1 ELSE 0 END) AS expired
            FROM generation WHERE batch_id IS NOT NULL GROUP BY batch_id
        ) g ON g.batch_id = b.id
        WHERE g.batch_id IS NULL OR b.total <> g.total OR b.held <> g.held OR b.captured <> g.captured
            OR b.released <> g.released OR b.succeeded <> g.succeeded OR b.failed <> g.failed
            OR b.canceled <> g.canceled OR b.expired <> g.expired
            OR (b.ended_at IS NOT NULL) <> (g.succeeded + g.failed + g.canceled + g.expired = g.total)",
    ),
    (
        "what belongs to a batch belongs to its account",
        "SELECT g.id FROM generation g LEFT JOIN batch b ON b.id = g.batch_id
        LEFT JOIN batch_item i ON i.generation_id = g.id
        WHERE g.batch_id IS NOT NULL AND (b.id IS NULL OR b.account_id <> g.account_id OR b.livemode <> g.livemode
            OR i.batch_id <> g.batch_id OR i.account_id <> g.account_id)",
    ),
    (
        "what is in flight is counted, by wallet",
        "SELECT w.account_id FROM wallet w LEFT JOIN (
            SELECT account_id, livemode, COUNT(*) AS open FROM generation WHERE ended_at IS NULL AND batch_id IS NULL
            GROUP BY account_id, livemode
        ) g ON g.account_id = w.account_id AND g.livemode = w.livemode WHERE w.in_flight <> COALESCE(g.open, 0)",
    ),
    (
        "what is in flight is counted, by key",
        "SELECT k.id FROM api_key k LEFT JOIN (
            SELECT key_id, COUNT(*) AS open FROM generation WHERE ended_at IS NULL AND batch_id IS NULL GROUP BY key_id
        ) g ON g.key_id = k.id WHERE k.in_flight <> COALESCE(g.open, 0)",
    ),
    (
        "what a key holds and has spent, by day, is what generations of it and of keys that it made say",
        "SELECT k.id FROM api_key k JOIN account a ON a.id = k.account_id AND a.status <> 'erased'
        JOIN (
            SELECT key_id, day_at, SUM(held) AS held, SUM(spent) AS spent FROM (
                SELECT key_id, day_at, held, spent FROM key_spend
                UNION ALL
                SELECT l.counts_for, g.created_at - g.created_at % 86400000000,
                    CASE WHEN g.ended_at IS NULL THEN -g.held ELSE 0 END, -g.captured
                FROM generation g JOIN (
                    SELECT id AS key_id, id AS counts_for FROM api_key
                    UNION ALL SELECT key_id, ancestor_id FROM key_ancestor
                ) l ON l.key_id = g.key_id
            ) both_sides WHERE day_at > 0 GROUP BY key_id, day_at
        ) s ON s.key_id = k.id WHERE s.held <> 0 OR s.spent <> 0",
    ),
    (
        "all days together are the sum of a key's days",
        "SELECT key_id FROM key_spend
        WHERE account_id IN (SELECT id FROM account WHERE status <> 'erased') GROUP BY key_id
        HAVING SUM(CASE WHEN day_at = 0 THEN held ELSE -held END) <> 0
            OR SUM(CASE WHEN day_at = 0 THEN spent ELSE -spent END) <> 0",
    ),
    (
        "no key holds and has spent more than its caps allow",
        "SELECT c.key_id FROM key_cap c JOIN key_spend s ON s.key_id = c.key_id
            AND ((c.period = 'lifetime' AND s.day_at = 0) OR (c.period = 'day' AND s.day_at > 0))
        WHERE s.held + s.spent > c.cap",
    ),
    (
        "usage by day is what the generations that ended then say",
        "SELECT account_id FROM (
            SELECT account_id, livemode, day_at, succeeded, failed + canceled + expired AS others, captured,
                images + seconds + characters + tokens AS units FROM usage_rollup
            UNION ALL
            SELECT account_id, livemode, ended_at - ended_at % 86400000000,
                CASE WHEN status = 'succeeded' THEN -1 ELSE 0 END,
                CASE WHEN status = 'succeeded' THEN 0 ELSE -1 END, -captured, -units
            FROM generation WHERE ended_at IS NOT NULL
        ) both_sides GROUP BY account_id, livemode, day_at
        HAVING SUM(succeeded) <> 0 OR SUM(others) <> 0 OR SUM(captured) <> 0 OR SUM(units) <> 0",
    ),
    (
        "usage by end user says the same as usage by day, and knows no others than generations name",
        "SELECT b.account_id FROM (
            SELECT account_id, livemode, day_at, model, key_id, captured,
                succeeded + failed + canceled + expired AS count FROM usage_rollup
            UNION ALL
            SELECT account_id, livemode, day_at, model, key_id, -captured,
                -succeeded - failed - canceled - expired FROM end_user_usage
        ) b JOIN account a ON a.id = b.account_id AND a.status <> 'erased'
        GROUP BY b.account_id, b.livemode, b.day_at, b.model, b.key_id
        HAVING SUM(b.captured) <> 0 OR SUM(b.count) <> 0
        UNION ALL
        SELECT account_id FROM (
            SELECT account_id, livemode, end_user, succeeded + failed + canceled + expired AS count
            FROM end_user_usage WHERE end_user <> ''
            UNION ALL
            SELECT account_id, livemode, end_user, -1 FROM generation
            WHERE ended_at IS NOT NULL AND end_user IS NOT NULL
        ) named WHERE account_id IN (SELECT id FROM account WHERE status <> 'erased')
        GROUP BY account_id, livemode, end_user HAVING SUM(count) <> 0",
    ),
    (
        "a label is of a generation of its account that was not deleted",
        "SELECT l.generation_id FROM generation_label l JOIN generation g ON g.id = l.generation_id
        WHERE l.account_id <> g.account_id OR l.livemode <> g.livemode OR g.erased_at IS NOT NULL",
    ),
    (
        "what was refused for its content is flagged and cost nothing",
        "SELECT id FROM generation WHERE error_code = 'content_refused' AND (flagged_at IS NULL OR captured > 0)",
    ),
    (
        "what has not ended has the prices that it will be settled by",
        "SELECT g.id FROM generation g
            LEFT JOIN price_list p ON p.model_id = g.model_resolved AND p.version = g.price_version
        WHERE g.ended_at IS NULL AND p.model_id IS NULL",
    ),
    (
        "a generation that has not ended has a job",
        "SELECT g.id FROM generation g LEFT JOIN job j ON j.kind = 'generation.run' AND j.subject = g.id
        WHERE g.ended_at IS NULL AND j.id IS NULL",
    ),
    (
        "no generation is open past its deadline",
        "SELECT id FROM generation WHERE ended_at IS NULL AND deadline_at < {late}",
    ),
    (
        "no lot has credits past its time",
        "SELECT id FROM credit_lot WHERE remaining > 0 AND expires_at < {late}",
    ),
    (
        "an ended generation has no open attempt",
        "SELECT g.id FROM generation g LEFT JOIN attempt a ON a.generation_id = g.id AND a.ended_at IS NULL
        WHERE g.ended_at IS NOT NULL AND a.id IS NOT NULL",
    ),
    (
        "what belongs to a generation belongs to its account",
        "SELECT g.id FROM generation g
        LEFT JOIN file f ON f.generation_id = g.id LEFT JOIN attempt a ON a.generation_id = g.id
        LEFT JOIN hold h ON h.generation_id = g.id LEFT JOIN api_key k ON k.id = g.key_id
        WHERE f.account_id <> g.account_id OR f.livemode <> g.livemode OR a.account_id <> g.account_id
            OR h.account_id <> g.account_id OR h.livemode <> g.livemode
            OR k.account_id <> g.account_id OR k.livemode <> g.livemode",
    ),
    (
        "what belongs to a hold or a purchase belongs to its account",
        "SELECT h.id FROM hold h JOIN hold_lot p ON p.hold_id = h.id JOIN credit_lot l ON l.id = p.lot_id
        WHERE p.account_id <> h.account_id OR l.account_id <> h.account_id OR l.livemode <> h.livemode
        UNION ALL
        SELECT p.id FROM purchase p LEFT JOIN credit_lot l ON l.purchase_id = p.id
            LEFT JOIN payment_event e ON e.purchase_id = p.id
        WHERE l.account_id <> p.account_id OR l.livemode <> p.livemode OR e.account_id <> p.account_id",
    ),
    (
        "a purchase that was paid granted its credits once, and no other did",
        "SELECT p.id FROM purchase p LEFT JOIN (
            SELECT purchase_id, SUM(CASE WHEN kind = 'purchase' THEN amount ELSE 0 END) AS granted,
                SUM(CASE kind WHEN 'refund' THEN amount WHEN 'adjust' THEN -amount ELSE 0 END) AS refunded
            FROM ledger_entry WHERE purchase_id IS NOT NULL GROUP BY purchase_id
        ) e ON e.purchase_id = p.id
        WHERE (p.status IN ('pending', 'failed') AND COALESCE(e.granted, 0) <> 0)
            OR (p.status = 'paid' AND COALESCE(e.granted, 0) <> p.credits)
            OR COALESCE(e.granted, 0) > p.credits OR COALESCE(e.refunded, 0) > COALESCE(e.granted, 0)",
    ),
    (
        "a data-rights request that was confirmed is fulfilled or has a job",
        "SELECT r.id FROM data_request r LEFT JOIN job j ON j.kind = 'data_request.fulfil' AND j.subject = r.id
        WHERE r.status = 'in_progress' AND j.id IS NULL",
    ),
    (
        "an account whose erasure is fulfilled is erased, and has no files, mails or jobs",
        "SELECT r.id FROM data_request r JOIN account a ON a.id = r.account_id
        WHERE r.kind = 'erasure' AND r.status = 'fulfilled' AND (a.status <> 'erased'
            OR EXISTS (SELECT 1 FROM file f WHERE f.account_id = a.id)
            OR EXISTS (SELECT 1 FROM mail m WHERE m.account_id = a.id)
            OR EXISTS (SELECT 1 FROM job j WHERE j.account_id = a.id))",
    ),
    (
        "an archive has its file",
        "SELECT r.id FROM data_request r LEFT JOIN file f ON f.id = r.archive_id
        WHERE r.archive_id IS NOT NULL AND f.id IS NULL",
    ),
    (
        "an erased account has nothing that lets anyone in",
        "SELECT a.id FROM account a WHERE a.status = 'erased' AND (
            EXISTS (SELECT 1 FROM api_key k WHERE k.account_id = a.id AND k.revoked_at IS NULL)
            OR EXISTS (SELECT 1 FROM session s WHERE s.account_id = a.id AND s.ended_at IS NULL))",
    ),
    (
        "what waits to be delivered has a lane that is due",
        "SELECT d.id FROM delivery d LEFT JOIN delivery_lane l ON l.id = d.lane_id
        WHERE d.next_attempt_at IS NOT NULL AND l.due_at IS NULL",
    ),
];
