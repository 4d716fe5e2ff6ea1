//! Generations: what they hold, what runs them, and how they end.

use super::Rule;

pub const RULES: &[Rule] = &[
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
        "what is in flight is counted, by wallet",
        "SELECT w.account_id FROM wallet w LEFT JOIN (
            SELECT account_id, livemode, COUNT(*) AS open FROM generation
            WHERE ended_at IS NULL AND (batch_id IS NULL OR let_in)
            GROUP BY account_id, livemode
        ) g ON g.account_id = w.account_id AND g.livemode = w.livemode WHERE w.in_flight <> COALESCE(g.open, 0)",
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
        "a generation that was let in and has not ended has a job",
        "SELECT g.id FROM generation g LEFT JOIN job j ON j.kind = 'generation.run' AND j.subject = g.id
        WHERE g.ended_at IS NULL AND g.let_in AND j.id IS NULL",
    ),
    (
        "no generation is open past its deadline",
        "SELECT id FROM generation WHERE ended_at IS NULL AND deadline_at < {late}",
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
        "an end has its one event, for as long as events are kept",
        "SELECT g.id FROM generation g JOIN account a ON a.id = g.account_id AND a.status <> 'erased'
        WHERE g.ended_at > {kept} AND g.ended_at >= (SELECT MAX(swept_before) FROM event_sequence) AND 1 <> (
            SELECT COUNT(*) FROM event e WHERE e.subject = g.id AND e.kind = 'generation.' || g.status)",
    ),
    (
        "what succeeded did so in one attempt, and nothing else has one that did",
        "SELECT g.id FROM generation g JOIN account a ON a.id = g.account_id AND a.status <> 'erased' LEFT JOIN (
            SELECT generation_id, COUNT(*) AS times FROM attempt WHERE outcome = 'succeeded' GROUP BY generation_id
        ) t ON t.generation_id = g.id
        WHERE COALESCE(t.times, 0) <> CASE WHEN g.status = 'succeeded' THEN 1 ELSE 0 END",
    ),
    (
        "what waits to be delivered has a lane that is due",
        "SELECT d.id FROM delivery d LEFT JOIN delivery_lane l ON l.id = d.lane_id
        WHERE d.next_attempt_at IS NOT NULL AND l.due_at IS NULL",
    ),
];
