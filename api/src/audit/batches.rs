//! Batches and what belongs to them.

use super::Rule;

pub const RULES: &[Rule] = &[
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
];
