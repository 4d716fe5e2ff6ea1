//! When a subject is erased, its events say no more than that they happened.

use entity::event;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};
use serde_json::{Value, json};

/// Takes what a person wrote out of a subject's events, in the transaction that
/// erases it: a generation has three at most.
///
/// # Errors
/// What the database answers.
pub async fn erase(tx: &impl ConnectionTrait, subject: &str) -> Result<(), DbErr> {
    let events = event::Entity::find()
        .filter(event::Column::Subject.eq(subject))
        .all(tx)
        .await?;
    for event in events {
        let mut data = event.data.clone();
        strip(&mut data);
        let mut changed = event.into_active_model();
        changed.data = Set(data);
        changed.webhook_url = Set(None);
        changed.update(tx).await?;
    }
    Ok(())
}

fn strip(data: &mut Value) {
    if let Value::Object(members) = data {
        for (name, emptied) in [("metadata", json!({})), ("end_user", Value::Null)] {
            if let Some(member) = members.get_mut(name) {
                *member = emptied;
            }
        }
        if let Some(Value::Object(error)) = members.get_mut("error") {
            error.insert("message".to_owned(), Value::Null);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_wrote_goes() {
        let mut data = json!({"id": "gen_1", "metadata": {"name": "Ada"}, "end_user": "Ada",
            "error": {"code": "content_refused", "message": "Ada said"}});
        strip(&mut data);
        let left = json!({"id": "gen_1", "metadata": {}, "end_user": null,
            "error": {"code": "content_refused", "message": null}});
        assert_eq!(data, left);
    }
}
