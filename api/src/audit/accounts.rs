//! Accounts, their rights, and what an erasure leaves.

use super::Rule;

pub const RULES: &[Rule] = &[
    (
        "no provider opens an erased account",
        "SELECT i.id FROM oauth_identity i JOIN account a ON a.id = i.account_id WHERE a.status = 'erased'",
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
];
