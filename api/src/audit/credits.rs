//! The books: wallets, lots, holds, entries and what was bought.

use super::Rule;

pub const RULES: &[Rule] = &[
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
        "no lot has credits past its time",
        "SELECT id FROM credit_lot WHERE remaining > 0 AND expires_at < {late}",
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
        WHERE (p.status IN ('pending', 'failed', 'expired') AND COALESCE(e.granted, 0) <> 0)
            OR (p.status = 'paid' AND (COALESCE(e.granted, 0) <> p.credits OR COALESCE(e.refunded, 0) <> 0))
            OR COALESCE(e.granted, 0) > p.credits OR COALESCE(e.refunded, 0) > COALESCE(e.granted, 0)
            OR COALESCE(e.refunded, 0) < 0",
    ),
    (
        "the credits of a purchase are frozen while its money is gone or in dispute, and only then",
        "SELECT p.id FROM purchase p JOIN credit_lot l ON l.purchase_id = p.id
        WHERE (p.status = 'paid') <> (l.frozen_at IS NULL)",
    ),
    (
        "money goes back of what is refunded, and of nothing that is paid for",
        "SELECT id FROM purchase
        WHERE (status IN ('refunding', 'refunded', 'charged_back') AND refund_amount IS NULL)
            OR (status IN ('pending', 'paid', 'failed', 'expired') AND refund_amount IS NOT NULL)",
    ),
    (
        "a purchase is disputed while a dispute is open, and charged back once one was lost",
        "SELECT p.id FROM purchase p LEFT JOIN (
            SELECT o.purchase_id, COUNT(*) AS times FROM payment_event o
            WHERE o.kind = 'disputed' AND NOT EXISTS (
                SELECT 1 FROM payment_event s WHERE s.purchase_id = o.purchase_id AND s.kind = 'dispute_won'
                    AND COALESCE(s.dispute, '') = COALESCE(o.dispute, ''))
            GROUP BY o.purchase_id
        ) o ON o.purchase_id = p.id LEFT JOIN (
            SELECT purchase_id, COUNT(*) AS times FROM payment_event WHERE kind = 'dispute_lost' GROUP BY purchase_id
        ) l ON l.purchase_id = p.id
        WHERE (p.status = 'charged_back') <> (COALESCE(l.times, 0) > 0)
            OR (p.status = 'disputed' AND COALESCE(o.times, 0) = 0)
            OR (p.status NOT IN ('disputed', 'refunded', 'charged_back') AND COALESCE(o.times, 0) > 0)",
    ),
];
