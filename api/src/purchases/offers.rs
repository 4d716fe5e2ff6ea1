//! What is for sale: rows of configuration; without any, the sandbox's two packs.

use std::collections::HashSet;
use std::sync::Arc;

use entity::{Credits, Money, Timestamp};
use jiff::Span;

use crate::config::{self, Config};

const SANDBOX: &str = include_str!("sandbox.toml");

#[derive(serde::Deserialize)]
struct Rows {
    offers: Vec<config::Offer>,
}

/// A pack of credits.
#[derive(Debug, Clone)]
pub struct Offer {
    pub id: String,
    pub display_name: String,
    pub credits: Credits,
    /// One a currency; the first is taken where the buyer names none.
    pub prices: Vec<Money>,
    /// As configured; `None`: for ever.
    pub lasts: Option<String>,
    period: Option<Span>,
}

/// The offers, in the order in which they were configured. Clones share them.
#[derive(Debug, Clone)]
pub struct Offers(Arc<[Offer]>);

#[derive(Debug, thiserror::Error)]
#[error("`offers` can't be used: {0}")]
pub struct OffersError(String);

impl Offers {
    /// Reads the configured rows.
    ///
    /// # Errors
    /// When two offers have one id, or a price is no price.
    pub fn configured(config: &Config) -> Result<Self, OffersError> {
        let rows = match (config.offers.is_empty(), config.sandbox.enabled) {
            (true, true) => {
                let rows: Rows = toml::from_str(SANDBOX).map_err(|error| OffersError(error.to_string()))?;
                rows.offers
            }
            _ => config.offers.clone(),
        };
        let mut ids = HashSet::new();
        if let Some(twice) = rows.iter().find(|row| !ids.insert(row.id.as_str())) {
            return Err(OffersError(format!("two offers are called `{}`", twice.id)));
        }
        rows.into_iter()
            .map(Offer::new)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Offer> {
        self.0.iter()
    }

    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Offer> {
        self.iter().find(|offer| offer.id == id)
    }
}

impl Offer {
    fn new(row: config::Offer) -> Result<Self, OffersError> {
        let refuse = |why: &str| Err(OffersError(format!("{why} in `{}`", row.id)));
        let mut currencies = HashSet::new();
        for price in &row.prices {
            let code = price.currency.as_bytes();
            if code.len() != 3 || !code.iter().all(u8::is_ascii_uppercase) {
                return refuse("a currency is no ISO 4217 code in capitals");
            }
            if price.amount <= 0 {
                return refuse("a price is not positive");
            }
            if !currencies.insert(&price.currency) {
                return refuse("a currency has two prices");
            }
        }
        let lasts = Some(row.lasts.clone()).filter(|lasts| !lasts.is_empty());
        let period = match lasts.as_deref().map(str::parse::<Span>) {
            Some(Ok(span)) if span.is_positive() => Some(span),
            None => None,
            Some(_) => return refuse("`lasts` is no ISO 8601 period"),
        };
        Ok(Self {
            id: row.id,
            display_name: row.display_name,
            credits: row.credits,
            prices: row.prices,
            lasts,
            period,
        })
    }

    /// The price in this currency, or the first one.
    #[must_use]
    pub fn price(&self, currency: Option<&str>) -> Option<&Money> {
        match currency {
            Some(currency) => self.prices.iter().find(|price| price.currency == currency),
            None => self.prices.first(),
        }
    }

    /// When credits bought at `paid_at` expire; one that leaves the calendar never does.
    #[must_use]
    pub fn expires_at(&self, paid_at: Timestamp) -> Option<Timestamp> {
        paid_at.plus_period(self.period.as_ref()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured(change: impl FnOnce(&mut Vec<config::Offer>)) -> Result<Offers, OffersError> {
        let rows: Rows = toml::from_str(SANDBOX).unwrap();
        let mut config = Config {
            offers: rows.offers,
            ..Config::default()
        };
        change(&mut config.offers);
        Offers::configured(&config)
    }

    #[test]
    fn the_sandbox_sells_two_packs() {
        let offers = Offers::configured(&Config::default()).unwrap();
        let ids: Vec<&str> = offers.iter().map(|offer| offer.id.as_str()).collect();
        assert_eq!(ids, ["pack-100", "pack-1000"]);
        let pack = offers.find("pack-100").unwrap();
        assert_eq!(pack.price(None).unwrap().to_string(), "9.00 EUR");
        assert_eq!(pack.price(Some("USD")).unwrap().to_string(), "9.99 USD");
        assert_eq!(pack.price(Some("JPY")), None);
    }

    #[test]
    fn credits_last_by_the_calendar_or_for_ever() {
        let offers = Offers::configured(&Config::default()).unwrap();
        let paid: Timestamp = "2028-02-29T12:00:00Z".parse().unwrap();
        assert_eq!(offers.find("pack-100").unwrap().expires_at(paid), None);
        let expires = offers.find("pack-1000").unwrap().expires_at(paid).unwrap();
        assert_eq!(expires.to_string(), "2029-02-28T12:00:00.000000Z");
    }

    #[test]
    fn what_cannot_be_sold_is_refused() {
        assert!(configured(|_| {}).is_ok());
        assert!(configured(|rows| rows[1].id = rows[0].id.clone()).is_err());
        assert!(configured(|rows| rows[0].prices[0].amount = 0).is_err());
        assert!(configured(|rows| rows[0].prices[0].currency = "eur".to_owned()).is_err());
        assert!(configured(|rows| rows[0].prices[1].currency = "EUR".to_owned()).is_err());
        assert!(configured(|rows| rows[0].lasts = "-P1Y".to_owned()).is_err());
    }
}
