//! Keys and what they spend.

use super::Rule;

pub const RULES: &[Rule] = &[
    (
        "what is in flight is counted, by key",
        "SELECT k.id FROM api_key k LEFT JOIN (
            SELECT key_id, COUNT(*) AS open FROM generation WHERE ended_at IS NULL AND (batch_id IS NULL OR let_in)
            GROUP BY key_id
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
        // A cap may be set below what was used by then; nothing is admitted beyond it from then on.
        "no key holds and has spent more than its caps allow, or than it had when they were set",
        "SELECT c.key_id FROM key_cap c JOIN key_spend s ON s.key_id = c.key_id
            AND ((c.period = 'lifetime' AND s.day_at = 0)
                OR (c.period = 'day' AND s.day_at > 0 AND s.day_at >= c.set_at - c.set_at % 86400000000))
        WHERE s.held + s.spent > c.cap AND (s.day_at > c.set_at OR s.held + s.spent > c.used_then)",
    ),
];
