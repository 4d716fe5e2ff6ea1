//! Metadata, as digests that lists are filtered by: each as short as the other,
//! however long the text, so that an index holds them all.

use entity::{generation, generation_label};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

use crate::secrets::sha256_hex;

/// Hexadecimal digits of a digest that are kept.
const DIGITS: usize = 32;

/// What stands for a key of the metadata with its text.
#[must_use]
pub fn label(key: &str, text: &str) -> String {
    let mut digest = sha256_hex(format!("{key}\0{text}").as_bytes());
    digest.truncate(DIGITS);
    digest
}

/// The labels of a generation's metadata.
pub(super) fn labels(row: &generation::Model) -> impl Iterator<Item = generation_label::ActiveModel> {
    let metadata = row.metadata.as_object().into_iter().flatten();
    metadata.filter_map(|(key, text)| {
        Some(generation_label::ActiveModel {
            account_id: Set(row.account_id.clone()),
            livemode: Set(row.livemode),
            label: Set(label(key, text.as_str()?)),
            generation_id: Set(row.id.clone()),
        })
    })
}

/// The metadata is gone: so is what finds it.
pub(super) async fn remove(tx: &impl ConnectionTrait, row: &generation::Model) -> Result<(), DbErr> {
    let metadata = row.metadata.as_object().into_iter().flatten();
    let gone: Vec<String> = metadata
        .filter_map(|(key, text)| Some(label(key, text.as_str()?)))
        .collect();
    if gone.is_empty() {
        return Ok(());
    }
    use generation_label::Column;
    generation_label::Entity::delete_many()
        .filter(Column::AccountId.eq(row.account_id.clone()))
        .filter(Column::Livemode.eq(row.livemode))
        .filter(Column::Label.is_in(gone))
        .filter(Column::GenerationId.eq(row.id.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

/// `key:text`, as a list is asked for it. The first colon ends the key.
pub(super) fn parse(text: &str) -> Option<String> {
    let (key, text) = text.split_once(':')?;
    Some(label(key, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_knows_where_the_key_ends() {
        assert_eq!(label("a", "b").len(), DIGITS);
        assert_ne!(label("ab", "c"), label("a", "bc"));
        assert_eq!(parse("a:b:c"), Some(label("a", "b:c")));
        assert_eq!(parse(":"), Some(label("", "")));
        assert_eq!(parse("a"), None);
    }
}
