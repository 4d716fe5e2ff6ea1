//! Whose mails they are: name, colour and logo.

/// A logo that travels with each mail, since mail programs block remote images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    /// `#` and six hexadecimal digits.
    pub colour: String,
    pub logo: Option<Logo>,
    /// Where its users may ask.
    pub contact: String,
}

impl Brand {
    /// White or near black, whichever is easier to read on the colour.
    #[must_use]
    pub fn ink(&self) -> &'static str {
        let part = |at: usize| {
            let digits = self.colour.get(at..at + 2).unwrap_or_default();
            let value = f64::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0;
            match value <= 0.04045 {
                true => value / 12.92,
                false => ((value + 0.055) / 1.055).powf(2.4),
            }
        };
        // WCAG's luminance; from 0.18 on, black has the greater contrast.
        let luminance = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
        if luminance > 0.18 { "#111418" } else { "#ffffff" }
    }
}

impl Default for Brand {
    fn default() -> Self {
        Self {
            name: "Example Studio".to_owned(),
            colour: "#1f5eff".to_owned(),
            logo: None,
            contact: "privacy@studio.example".to_owned(),
        }
    }
}

/// What kind of picture it is, by its first bytes: what mail programs show.
#[must_use]
pub fn content_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_can_be_read_on_its_colour() {
        let ink = |colour: &str| {
            let brand = Brand {
                colour: colour.to_owned(),
                ..Brand::default()
            };
            brand.ink()
        };
        assert_eq!(ink("#ffe14d"), "#111418");
        assert_eq!(ink("#1f5eff"), "#ffffff");
        assert_eq!((ink("#000000"), ink("#ffffff")), ("#ffffff", "#111418"));
    }
}
