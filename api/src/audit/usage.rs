//! Sums of usage.

use super::Rule;

pub const RULES: &[Rule] = &[
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
];
