//! The kinds of events that a receiver wants, as rows have them: parted by spaces.

use entity::event::Kind;
use sea_orm::ActiveEnum as _;

/// As it stands in a row.
#[must_use]
pub fn write(kinds: &[Kind]) -> String {
    kinds
        .iter()
        .map(sea_orm::ActiveEnum::to_value)
        .collect::<Vec<_>>()
        .join(" ")
}

/// As it was asked for; what this version doesn't know is left out.
#[must_use]
pub fn parse(text: &str) -> Vec<Kind> {
    let names = text.split_whitespace();
    names
        .filter_map(|name| Kind::try_from_value(&name.to_owned()).ok())
        .collect()
}

/// Whether a receiver that named `wanted` wants this kind; who named none wants all.
pub(super) fn wants(wanted: &str, kind: Kind) -> bool {
    wanted.is_empty() || parse(wanted).contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_names_none_wants_all() {
        assert!(wants("", Kind::PurchasePaid));
        let two = write(&[Kind::GenerationFailed, Kind::BatchEnded]);
        assert_eq!(two, "generation.failed batch.ended");
        assert!(wants(&two, Kind::BatchEnded));
        assert!(!wants(&two, Kind::PurchasePaid));
    }
}
