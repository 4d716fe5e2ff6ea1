//! What a page costs among ten million generations: the first page and one deep in
//! the table, with filters that match often, seldom and hardly ever, and reports of
//! usage. Beside each stands the same page as raw SQL, asked in the same run.
//!
//! `cargo bench -p tintype-tests --bench lists`, with `TINTYPE_TEST_POSTGRES`. Ten
//! million rows take some 20 GB for a while; `TINTYPE_BENCH_ROWS` asks for fewer.

use std::time::{Duration, Instant};

use harness::{TestApp, text};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

/// Times that each page is asked for.
const ROUNDS: usize = 41;

/// 2026-01-01, in milliseconds: one generation each from here on.
const BEGIN: u64 = 1_767_225_600_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(run());
}

async fn run() {
    let rows = std::env::var("TINTYPE_BENCH_ROWS").ok();
    let rows: u64 = rows.and_then(|number| number.parse().ok()).unwrap_or(10_000_000);
    let app = TestApp::start().await;
    if !app.is_postgres() {
        println!("This is about PostgreSQL: set TINTYPE_TEST_POSTGRES.");
        return;
    }
    let database = app.connect().await;
    let owner = app.account().await;
    let own = app.get("/v1/keys/self", &owner.key).await.expect(200);
    let begin = Instant::now();
    fill(&database, &owner.id, text(&own["id"]), rows).await;
    println!("{rows} generations in {:?}\n", begin.elapsed());
    println!("| page | first | deep | deep / first | the deep page as raw SQL |");
    println!("|---|---|---|---|---|");
    for (name, filter, raw) in [
        ("all", "", "TRUE"),
        ("status, 1 of 1,000", "status=failed", "status = 'failed'"),
        (
            "model, 1 of 20,000",
            "model=rare-model",
            "model_resolved = 'rare-model'",
        ),
        ("key, all", "key_id={key}", "key_id = '{key}'"),
        (
            "end user, 1 of 10,000",
            "end_user=user%2077",
            "end_user = 'user 77'",
        ),
        ("metadata, 1 of 10,000", "metadata=tier:gold", "{label}"),
        (
            "kind and status, never",
            "kind=video&status=failed",
            "kind = 'video' AND status = 'failed'",
        ),
    ] {
        let key = text(&own["id"]);
        let (filter, raw) = (filter.replace("{key}", key), raw.replace("{key}", key));
        list(
            &app,
            &database,
            &owner.key,
            &owner.id,
            name,
            (&filter, &raw),
            rows,
        )
        .await;
    }
    println!("\n| usage | it takes | as raw SQL |\n|---|---|---|");
    for query in [
        "",
        "group_by=day",
        "group_by=model,key",
        "group_by=day,end_user",
        "group_by=end_user",
        "end_user=user%2077",
    ] {
        let path = format!("/v1/usage?from=2026-01-01&to=2026-12-31&{query}");
        let took = median(async || drop(app.get(&path, &owner.key).await.expect(200))).await;
        let sql = usage_sql(&owner.id, query);
        let raw = median(async || ask(&database, &sql).await).await;
        println!("| {query} | {} | {} |", ms(took), ms(raw));
    }
    let sql = "TRUNCATE generation, generation_label, usage_rollup, end_user_usage CASCADE";
    database
        .execute_unprepared(sql)
        .await
        .expect("the rows can be removed");
    database.close().await.expect("it closes");
}

async fn list(
    app: &TestApp,
    database: &DatabaseConnection,
    key: &str,
    account: &str,
    name: &str,
    (filter, raw): (&str, &str),
    rows: u64,
) {
    // A page three quarters down: the one after what was created before then.
    let then = BEGIN + rows / 4;
    let until = jiff::Timestamp::from_millisecond(then as i64).expect("a time");
    let first = format!("/v1/generations?{filter}");
    let mut deep = format!("/v1/generations?{filter}&created_before={until}");
    let page = app.get(&deep, key).await.expect(200);
    if let Some(cursor) = page["next_cursor"].as_str() {
        deep.push_str(&format!("&cursor={cursor}"));
    }
    let (mut of_first, mut of_deep) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for (path, times) in [(&first, &mut of_first), (&deep, &mut of_deep)] {
            let begin = Instant::now();
            app.get(path, key).await.expect(200);
            times.push(begin.elapsed());
        }
    }
    let (first, deep) = (middle(of_first), middle(of_deep));
    let place = format!("'gen_' || pg_temp.body({then})");
    let own = format!("account_id = '{account}' AND NOT livemode");
    let sql = match raw {
        "{label}" => format!(
            "SELECT g.* FROM generation_label l JOIN generation g ON g.id = l.generation_id WHERE l.{own} AND l.label =
             (SELECT label FROM generation_label WHERE generation_id = 'gen_' || pg_temp.body({BEGIN} + 10000))
             AND l.generation_id < {place} ORDER BY l.generation_id DESC LIMIT 21",
            own = own.replace("AND NOT livemode", "AND NOT l.livemode")
        ),
        raw => format!(
            "SELECT * FROM generation WHERE {own} AND {raw} AND id < {place} ORDER BY id DESC LIMIT 21"
        ),
    };
    let raw = median(async || ask(database, &sql).await).await;
    let ratio = deep.as_secs_f64() / first.as_secs_f64();
    println!(
        "| {name} | {} | {} | {ratio:.2} | {} |",
        ms(first),
        ms(deep),
        ms(raw)
    );
}

fn usage_sql(account: &str, query: &str) -> String {
    let own = format!("WHERE account_id = '{account}' AND NOT livemode");
    let (table, more, groups) = match query {
        "group_by=day" => ("usage_rollup", "", "day_at"),
        "group_by=model,key" => ("usage_rollup", "", "model, key_id"),
        "group_by=day,end_user" => ("end_user_usage", "", "day_at, end_user"),
        "group_by=end_user" => ("end_user_usage", "", "end_user"),
        "" => return format!("SELECT SUM(captured), SUM(succeeded), SUM(images) FROM usage_rollup {own}"),
        _ => {
            return format!(
                "SELECT SUM(captured), SUM(succeeded), SUM(images) FROM end_user_usage {own} AND end_user = 'user 77'"
            );
        }
    };
    format!(
        "SELECT {groups}, SUM(captured), SUM(succeeded), SUM(images) FROM {table} {own} {more}
         GROUP BY {groups} ORDER BY {groups} LIMIT 21"
    )
}

async fn ask(database: &DatabaseConnection, sql: &str) {
    let statement = tintype::db::statement(database, sql, vec![]);
    database.query_all_raw(statement).await.expect("the query runs");
}

async fn median(ask: impl AsyncFn()) -> Duration {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        ask().await;
        times.push(begin.elapsed());
    }
    middle(times)
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Generations, one a millisecond, with what finds them; and their sums.
async fn fill(database: &DatabaseConnection, account: &str, key: &str, rows: u64) {
    let label = tintype::generations::label("tier", "gold");
    let body = "CREATE FUNCTION pg_temp.body(ms bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', ((ms >> (5 * place)) & 31)::int + 1, 1), ''
            ORDER BY place DESC) || '0000000000000000' FROM generate_series(0, 9) AS place $$";
    let generations = format!(
        "INSERT INTO generation (id, account_id, livemode, key_id, kind, status, model, model_resolved, input,
            metadata, end_user, saved, progress, error_code, estimated, held, captured, released, price_version,
            units, created_at, started_at, ended_at, deadline_at)
        SELECT 'gen_' || pg_temp.body({BEGIN} + n), '{account}', FALSE, '{key}', 'image',
            CASE WHEN n % 1000 = 0 THEN 'failed' ELSE 'succeeded' END, 'sandbox-image',
            CASE WHEN n % 20000 = 0 THEN 'rare-model' ELSE 'sandbox-image' END, '{{\"prompt\": \"a boat\"}}', '{{}}',
            'user ' || n % 10000, FALSE, 100, CASE WHEN n % 1000 = 0 THEN 'provider_failed' END, 1000000, 1000000,
            CASE WHEN n % 1000 = 0 THEN 0 ELSE 1000000 END, CASE WHEN n % 1000 = 0 THEN 1000000 ELSE 0 END, '1',
            1, ({BEGIN} + n) * 1000, ({BEGIN} + n) * 1000, ({BEGIN} + n) * 1000, ({BEGIN} + n) * 1000
        FROM generate_series(1, {rows}) AS n"
    );
    let labels = format!(
        "INSERT INTO generation_label SELECT '{account}', FALSE,
            CASE WHEN n % 10000 = 0 THEN '{label}' ELSE md5((n % 1000)::text) END, 'gen_' || pg_temp.body({BEGIN} + n)
        FROM generate_series(10, {rows}, 10) AS n"
    );
    let day = "1767225600000000 + CAST(86400000000 AS BIGINT)";
    let sums = format!(
        "INSERT INTO usage_rollup SELECT '{account}', FALSE, {day} * (n % 360), 'model ' || n % 7, 'key ' || n % 11,
            {rows} / 27720 + 1, 1, 0, 0, 1, 0, 0, 0, 1000000 FROM generate_series(1, 27720) AS n
            ON CONFLICT DO NOTHING"
    );
    let by_user = format!(
        "INSERT INTO end_user_usage SELECT '{account}', FALSE, 'user ' || n % 10000, {day} * (n / 10000 % 360),
            'sandbox-image', '{key}', 10, 0, 0, 0, 10, 0, 0, 0, 10000000 FROM generate_series(1, {rows} / 10) AS n
            ON CONFLICT DO NOTHING"
    );
    let tables = "generation, generation_label, usage_rollup, end_user_usage";
    let analyze = format!("ANALYZE {tables}");
    for sql in [body, &generations, &labels, &sums, &by_user, &analyze] {
        database
            .execute_unprepared(sql)
            .await
            .expect("the rows are written");
    }
}
