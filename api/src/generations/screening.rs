//! Before a request waits to be admitted, moderation looks at it: outside of any
//! transaction, since it may have to ask someone else.

use entity::idempotency_key;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::admit::{NewGeneration, ROUTE, Refused};
use super::check::Priced;
use super::dispatch::Admissions;
use super::wanted::Wanted;
use crate::http::idempotency::REMEMBERED;
use crate::moderation::ScreenError;
use crate::moderation::review::{self, Refusal};

impl Admissions {
    /// Marks a request to which moderation objects and that is admitted all the same.
    /// What is refused is put into the review queue.
    ///
    /// # Errors
    /// Why it must not be admitted.
    pub async fn screen(&self, new: &mut NewGeneration) -> Result<(), Refused> {
        let regions = new.regions.as_deref();
        let screened = self
            .moderation
            .screen(new.owner.livemode, &new.input, regions)
            .await;
        let error = match screened {
            Ok(flag) => {
                new.flag = flag;
                return Ok(());
            }
            Err(error) => error,
        };
        // What was admitted once under this key is answered as it was then.
        if self.is_answered(new).await? {
            new.only_again = true;
            return Ok(());
        }
        match error {
            ScreenError::Refused(flag) => {
                let refusal = Refusal {
                    owner: &new.owner,
                    key: new.key.as_ref(),
                    flag: &flag,
                    text: &crate::moderation::text_of(&new.input),
                    keep: self.moderation.keeps_prompts(),
                };
                review::refused(&self.app, refusal).await?;
                Err(Refused::Content(flag))
            }
            ScreenError::Region { countries } => Err(Refused::ModeratedElsewhere { countries }),
            ScreenError::Unavailable => Err(Refused::Unmoderated),
        }
    }

    /// What moderation would object to; nothing is put into the review queue.
    pub async fn foresee(&self, wanted: &Wanted, priced: &Priced) -> Option<Refused> {
        let regions = wanted.regions.as_deref();
        let screened = self
            .moderation
            .screen(wanted.owner.livemode, &priced.input, regions)
            .await;
        Some(match screened.err()? {
            ScreenError::Refused(flag) => Refused::Content(flag),
            ScreenError::Region { countries } => Refused::ModeratedElsewhere { countries },
            ScreenError::Unavailable => Refused::Unmoderated,
        })
    }

    async fn is_answered(&self, new: &NewGeneration) -> Result<bool, DbErr> {
        use idempotency_key::Column;
        let Some((key, _)) = &new.once else {
            return Ok(false);
        };
        let before = idempotency_key::Entity::find()
            .filter(Column::AccountId.eq(new.owner.account.clone()))
            .filter(Column::Livemode.eq(new.owner.livemode))
            .filter(Column::Route.eq(ROUTE))
            .filter(Column::Key.eq(key.clone()))
            .filter(Column::CreatedAt.gt(self.app.now().minus(REMEMBERED)))
            .count(self.app.db.read())
            .await?;
        Ok(before > 0)
    }
}
