//! What an archive says of itself: to machines in `about.json`, to people in
//! `README.txt`.

use entity::data_request;
use entity::privacy::{Category, Export, Rows, Table};
use serde_json::{Value, json};

use super::missing::Missing;
use super::tally::Counted;
use crate::app::App;

/// Columns that are not handed out, and why.
pub fn withheld(table: &Table) -> Vec<(&'static str, &'static str)> {
    let columns = table.columns.iter();
    columns
        .filter_map(|column| match column.export {
            Export::Withheld { why } => Some((column.name, why)),
            Export::Given => None,
        })
        .collect()
}

/// `about.json`.
pub fn json(
    app: &App,
    request: &data_request::Model,
    tables: &[(&Table, &Counted)],
    missing: &[Missing],
) -> Value {
    let policy = &app.config.policy;
    let tables: Vec<Value> = tables
        .iter()
        .map(|(table, counted)| describe(table, counted.count))
        .collect();
    json!({
        "request": request.id.to_string(),
        "account": request.account_id.to_string(),
        "controller": policy.controller,
        "contact": policy.contact,
        "made_at": app.now().to_string(),
        "missing": missing,
        "tables": tables,
    })
}

fn describe(table: &Table, rows: u64) -> Value {
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| {
            let mut said = json!({"name": column.name, "category": category(column.category)});
            if let Export::Withheld { why } = column.export {
                said["withheld"] = json!(why);
            }
            said
        })
        .collect();
    json!({
        "table": table.name,
        "file": file(table),
        "rows": rows,
        "purpose": table.purpose,
        "on_erasure": on_erasure(table),
        "columns": columns,
    })
}

/// Where a table's rows stand in the archive.
pub fn file(table: &Table) -> String {
    format!("data/{}.json", table.name)
}

fn on_erasure(table: &Table) -> String {
    match table.on_erasure {
        Rows::Deleted => "deleted".to_owned(),
        Rows::Kept { why } => format!("kept, without personal content: {why}"),
    }
}

const fn category(category: Category) -> &'static str {
    match category {
        Category::Technical => "technical",
        Category::Identity => "identity",
        Category::Credential => "credential",
        Category::Content => "content",
        Category::Usage => "usage",
        Category::Payment => "payment",
        Category::Rights => "rights",
    }
}

/// `README.txt`.
pub fn text(app: &App, tables: &[(&Table, &Counted)], missing: &[Missing]) -> String {
    let policy = &app.config.policy;
    let mut text = format!(
        "This is a copy of all data that {} holds about your account, made on {}.\n\
         Questions: {}\n\n\
         data/   one file a table: a JSON array of rows. Times are UTC.\n\
         files/  the original files, named by their ids (see data/file.json).\n\
         about.json says for every column what kind of data it is.\n\n",
        policy.controller,
        &app.now().to_string()[..10],
        policy.contact,
    );
    if !missing.is_empty() {
        text.push_str(&format!(
            "THIS COPY IS NOT WHOLE. Of the original files, {} are missing from it or damaged in it: our storage lost \
             them, which is our fault. about.json names them (`missing`). You may ask for another copy at any time.\n\n",
            missing.len()
        ));
    }
    for (table, counted) in tables {
        text.push_str(&format!(
            "{}: {} rows\n    What for: {}.\n    If you ask for erasure: {}.\n",
            file(table),
            counted.count,
            table.purpose,
            on_erasure(table),
        ));
        for (name, why) in withheld(table) {
            text.push_str(&format!("    Left out: {name} ({why}).\n"));
        }
    }
    text
}
