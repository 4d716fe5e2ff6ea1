//! Scopes: what a key may do, as a value, as a set, and as a type.

use std::fmt;

use poem_openapi::Enum;

/// A permission as a type, for [`super::Allow`].
pub trait Permission: Send + Sync + 'static {
    /// `None`: any key or session.
    const SCOPE: Option<Scope>;
    /// What the operation's `security` names: `bearer` or `bearer:<scope>`. The
    /// finished contract splits it.
    const REQUIREMENT: &'static str;
    /// Whether it is given also where the sign-up is not complete.
    const UNFINISHED: bool = false;
}

/// Any key or session, whatever its scopes.
pub struct AnyScope;

impl Permission for AnyScope {
    const SCOPE: Option<Scope> = None;
    const REQUIREMENT: &'static str = "bearer";
}

/// Any key or session, also of somebody whose sign-up is not complete: to complete
/// it, or to leave.
pub struct Unfinished;

impl Permission for Unfinished {
    const SCOPE: Option<Scope> = None;
    const REQUIREMENT: &'static str = AnyScope::REQUIREMENT;
    const UNFINISHED: bool = true;
}

macro_rules! scopes {
    ($($name:ident = $text:literal;)*) => {
        /// One thing that a key may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
        pub enum Scope {
            $(#[oai(rename = $text)] $name,)*
        }

        impl Scope {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What people may do with their data, whatever else they may do.
            const fn is_a_right(self) -> bool {
                matches!(self, Self::DataRightsRead | Self::DataRightsWrite)
            }

            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }

        $(
            #[doc = concat!("`", $text, "`, as a permission.")]
            pub struct $name;

            impl Permission for $name {
                const SCOPE: Option<Scope> = Some(Scope::$name);
                const REQUIREMENT: &'static str = concat!("bearer:", $text);
                const UNFINISHED: bool = Scope::$name.is_a_right();
            }
        )*
    };
}

scopes! {
    GenerationsRead = "generations:read";
    GenerationsWrite = "generations:write";
    FilesRead = "files:read";
    FilesWrite = "files:write";
    CreditsRead = "credits:read";
    CreditsWrite = "credits:write";
    UsageRead = "usage:read";
    UsageWrite = "usage:write";
    KeysRead = "keys:read";
    KeysWrite = "keys:write";
    WebhooksRead = "webhooks:read";
    WebhooksWrite = "webhooks:write";
    PurchasesRead = "purchases:read";
    PurchasesWrite = "purchases:write";
    DataRightsRead = "data_rights:read";
    DataRightsWrite = "data_rights:write";
}

/// A set of scopes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scopes(u32);

impl Scopes {
    #[must_use]
    pub fn all() -> Self {
        Scope::ALL.iter().copied().collect()
    }

    #[must_use]
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & 1 << scope as u32 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Scope> {
        let all = Scope::ALL.iter().copied();
        all.filter(move |scope| self.contains(*scope))
    }

    /// The scopes that are not in `other`.
    #[must_use]
    pub const fn beyond(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// From the text of a row. A name that no longer exists grants nothing.
    #[must_use]
    pub fn from_row(text: &str) -> Self {
        let named = |name| Scope::ALL.iter().copied().find(|scope| scope.name() == name);
        text.split(' ').filter_map(named).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        let bits = scopes.into_iter().map(|scope| 1 << scope as u32);
        Self(bits.fold(0, |all, bit: u32| all | bit))
    }
}

/// As a row has it: names, separated by spaces.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Scope::name).collect();
        f.write_str(&names.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_reads_back_from_its_row() {
        let set: Scopes = [Scope::KeysWrite, Scope::FilesRead].into_iter().collect();
        assert_eq!(set.to_string(), "files:read keys:write");
        assert_eq!(Scopes::from_row(&set.to_string()), set);
        assert_eq!(Scopes::from_row(&Scopes::all().to_string()), Scopes::all());
        assert_eq!(Scopes::from_row(""), Scopes::default());
        assert_eq!(Scopes::from_row("everything keys:write*"), Scopes::default());
    }

    #[test]
    fn what_goes_beyond_is_named() {
        let own: Scopes = [Scope::FilesRead].into_iter().collect();
        let wanted: Scopes = [Scope::FilesRead, Scope::FilesWrite].into_iter().collect();
        assert_eq!(wanted.beyond(own).to_string(), "files:write");
        assert!(own.beyond(wanted).is_empty());
        assert!(wanted.beyond(Scopes::all()).is_empty());
    }
}
