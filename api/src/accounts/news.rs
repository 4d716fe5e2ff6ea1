//! News by mail: to everyone who agreed to them, once.

use entity::consent::{self, Column, MARKETING};
use entity::{AccountId, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::emails::{self, Text};
use crate::app::App;
use crate::signals::Signal;

/// Mails written in one transaction.
const SOME: u64 = 100;

/// Puts news into the outbox for everyone who agreed to them and did not get these
/// yet, and says for how many. `name` tells them from others: broken off, the same
/// command goes on where it was.
///
/// # Errors
/// What the database answers.
pub async fn mail_news(app: &App, name: &str, headline: &str, paragraphs: &[String]) -> Result<u64, DbErr> {
    let text = Text::News {
        headline: headline.to_owned(),
        paragraphs: paragraphs.to_vec(),
    };
    let (mut count, mut after) = (0, None);
    loop {
        let now = app.now();
        let tx = app.db.begin().await?;
        let due = Condition::all()
            .add(Column::Purpose.eq(MARKETING))
            .add(Column::WithdrawnAt.is_null())
            .add(
                Condition::any()
                    .add(Column::LastNews.is_null())
                    .add(Column::LastNews.ne(name)),
            )
            .add_option(after.clone().map(|after: AccountId| Column::AccountId.gt(after)));
        let some: Vec<AccountId> = consent::Entity::find()
            .select_only()
            .column(Column::AccountId)
            .filter(due)
            .order_by_asc(Column::AccountId)
            .limit(SOME)
            .lock_exclusive()
            .into_tuple()
            .all(&tx)
            .await?;
        let Some(last) = some.last().cloned() else {
            return Ok(count);
        };
        let owners = account::Entity::find()
            .filter(account::Column::Id.is_in(some.clone()))
            .filter(account::Column::EmailVerifiedAt.is_not_null())
            .filter(account::Column::Status.eq(account::Status::Active))
            .all(&tx)
            .await?;
        for owner in owners {
            if let Some(to) = &owner.email {
                emails::post(&tx, app, &owner.id, to, &text, now).await?;
                count += 1;
            }
        }
        consent::Entity::update_many()
            .col_expr(Column::LastNews, Expr::value(Some(name.to_owned())))
            .filter(Column::Purpose.eq(MARKETING))
            .filter(Column::AccountId.is_in(some))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        app.signals.tell(Signal::Work);
        after = Some(last);
    }
}
