//! The register and the database's real schema say the same.

use std::collections::BTreeSet;

use entity::privacy::{Category, Field, Rows};
use harness::TestApp;
use tintype::data_rights::register::REGISTER;
use tintype::db;

#[tokio::test]
async fn every_column_of_every_table_is_classified_once() {
    let app = TestApp::start().await;
    let connection = app.connect().await;
    let tables = db::tables(&connection).await.expect("tables");
    let mut registered: Vec<&str> = REGISTER.iter().map(|holder| holder.table.name).collect();
    registered.sort_unstable();
    assert_eq!(registered, tables);
    for table in REGISTER.iter().map(|holder| holder.table) {
        let columns = db::columns(&connection, table.name).await.expect("columns");
        let mut real: Vec<&str> = columns.iter().map(String::as_str).collect();
        let mut declared: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        real.sort_unstable();
        declared.sort_unstable();
        assert_eq!(declared, real, "{}", table.name);
        match table.owner {
            Some(owner) => assert!(real.contains(&owner), "{}", table.name),
            // Whose rows they are is not to be forgotten.
            None => assert!(
                real.iter().all(|column| !column.contains("account")),
                "{} names an account",
                table.name
            ),
        }
    }
    connection.close().await.expect("the connection closes");
}

#[test]
fn what_is_kept_names_no_person() {
    for table in REGISTER.iter().map(|holder| holder.table) {
        assert!(!table.purpose.is_empty(), "{}", table.name);
        let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), table.columns.len(), "{}", table.name);
        let Rows::Kept { why } = table.on_erasure else {
            continue;
        };
        assert!(!why.is_empty(), "{}", table.name);
        for column in table.columns {
            let telling = matches!(column.category, Category::Identity | Category::Content);
            assert!(
                !telling || column.on_erasure != Field::Stays,
                "{}.{} stays",
                table.name,
                column.name
            );
        }
    }
}
