//! A batch's own address: what it may be told, and what of that is about its
//! generations. Pure.

use entity::event::Kind;

use crate::auth::Scopes;
use crate::generations::check::CreateError;
use crate::generations::wanted::{OF_GENERATIONS, Webhook, webhook};
use crate::webhook_endpoints::{parse_events, write_events};

/// The address that a request for a batch brings along.
///
/// # Errors
/// When it is no address, wants events of something else, or would tell what the caller may
/// not read.
pub fn of_batch(
    url: Option<String>,
    events: Option<Vec<Kind>>,
    scopes: Scopes,
) -> Result<Option<Webhook>, CreateError> {
    let may: Vec<Kind> = OF_GENERATIONS.iter().copied().chain([Kind::BatchEnded]).collect();
    webhook(url, events, &may, scopes)
}

/// What each of the batch's generations tells that address, if anything.
#[must_use]
pub fn of_each(batch: &Webhook) -> Option<Webhook> {
    let mut wanted = parse_events(batch.events.as_deref()?);
    wanted.retain(|kind| OF_GENERATIONS.contains(kind));
    let events = (!wanted.is_empty()).then(|| write_events(&wanted))?;
    Some(Webhook {
        url: batch.url.clone(),
        events: Some(events),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generations_tell_what_was_named_of_them() {
        let events = |kinds: Option<&[Kind]>| {
            let url = Some("https://shop.example/hooks".to_owned());
            let kinds = kinds.map(<[Kind]>::to_vec);
            let batch = of_batch(url, kinds, Scopes::all()).unwrap().unwrap();
            of_each(&batch).map(|webhook| webhook.events.unwrap_or_default())
        };
        assert_eq!(events(None), None);
        assert_eq!(events(Some(&[Kind::BatchEnded])), None);
        let both = [Kind::GenerationFailed, Kind::BatchEnded];
        assert_eq!(events(Some(&both)), Some("generation.failed".to_owned()));
    }
}
