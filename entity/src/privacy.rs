//! The vocabulary in which each table declares its personal data.
//!
//! Beside every entity stands one [`Table`]. Export, erasure, retention and the
//! published policy iterate these declarations and nothing else, so what they
//! promise cannot drift from what is stored. A test fails for a column that no
//! declaration names.

/// What one table holds of a person, and what becomes of it.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    /// The column that holds the account's id; `None` where rows name nobody.
    pub owner: Option<&'static str>,
    /// What the rows are for, in words for the person concerned.
    pub purpose: &'static str,
    pub on_erasure: Rows,
    pub columns: &'static [Column],
}

/// What an erasure does to an account's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// They go.
    Deleted,
    /// They stay, without the columns marked to be cleared, for the reason given.
    Kept { why: &'static str },
}

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub category: Category,
    pub export: Export,
    pub on_erasure: Field,
    pub shown: Shown,
}

/// How an export writes a column's numbers. Moments need no word: their names
/// end in `_at` or `_until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    AsStored,
    /// Decimal credits instead of millionths.
    Credits,
}

/// The kind of personal data, as a privacy policy names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Says nothing of a person beyond the row's existence.
    Technical,
    /// A name, mail address, or an identifier given by a third party.
    Identity,
    /// A hash or sealed secret that lets someone in.
    Credential,
    /// What was written, uploaded or made.
    Content,
    /// What was done, when, at what price.
    Usage,
    /// What was bought and paid.
    Payment,
    /// What was asked of us or answered about rights.
    Rights,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    Given,
    /// Not handed out, for the reason given.
    Withheld {
        why: &'static str,
    },
}

/// What an erasure does to a column of rows that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Stays,
    SetNull,
    /// For columns that may not be null.
    SetEmpty,
    /// For JSON columns that may not be null.
    SetEmptyObject,
    /// For columns that say when it ended: the time of the erasure, unless one is there.
    SetNow,
}

/// A column that says nothing of a person by itself. It is exported all the same.
#[must_use]
pub const fn technical(name: &'static str) -> Column {
    Column {
        name,
        category: Category::Technical,
        export: Export::Given,
        on_erasure: Field::Stays,
        shown: Shown::AsStored,
    }
}

#[must_use]
pub const fn personal(name: &'static str, category: Category) -> Column {
    Column {
        name,
        category,
        export: Export::Given,
        on_erasure: Field::Stays,
        shown: Shown::AsStored,
    }
}

impl Column {
    #[must_use]
    pub const fn cleared(self, on_erasure: Field) -> Self {
        Self { on_erasure, ..self }
    }

    /// An amount of credits, stored in millionths.
    #[must_use]
    pub const fn credits(self) -> Self {
        Self {
            shown: Shown::Credits,
            ..self
        }
    }

    #[must_use]
    pub const fn withheld(self, why: &'static str) -> Self {
        Self {
            export: Export::Withheld { why },
            ..self
        }
    }
}
