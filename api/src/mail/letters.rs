//! Writes letters from templates: one file a mail and language, its subject in the
//! first line, its text in Markdown below.
//!
//! An operator's folder goes before the files in here, file by file:
//! `de/receipt.md` there replaces ours, and a new language is a new folder.

use std::path::Path;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior, context, escape_formatter};

use super::brand::Brand;
use super::markup;
use super::samples;

/// The language in which every mail can be written.
const FALLBACK: &str = "en";
const MARKDOWN: &str = "markdown";
const FONT: &str = "-apple-system,BlinkMacSystemFont,Segoe UI,Helvetica,Arial,sans-serif";

/// How the HTML names the logo that travels with it.
pub const LOGO: &str = "cid:logo";

macro_rules! templates {
    ($($name:literal)*) => {
        /// Every mail there is; the footer stands under each.
        pub const NAMES: &[&str] = &[$($name),*];

        const OURS: &[(&str, &str, &str)] = &[
            $(("en", $name, include_str!(concat!("templates/en/", $name, ".md"))),
            ("de", $name, include_str!(concat!("templates/de/", $name, ".md"))),)*
            ("en", FOOTER, include_str!("templates/en/footer.md")),
            ("de", FOOTER, include_str!("templates/de/footer.md")),
        ];
    };
}

const FOOTER: &str = "footer";

templates! {
    "verify_email" "already_registered" "reset_password" "password_changed" "new_sign_in" "sign_in_added"
    "totp_added" "totp_removed" "recovery_code_used" "recovery_codes_renewed" "codes_guessed" "receipt"
    "low_balance" "policy_changed" "request_status" "confirm_request" "archive_ready" "files_missing"
    "erasure_begun" "webhook_disabled" "key_leaked" "account_closed" "account_reopened" "confirm_email" "email_changed" "news"
}

/// Why a template can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the mail template {name} can't be used: {why}")]
pub struct TemplateError {
    pub name: String,
    pub why: String,
}

/// What a template became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Writes mails in one language, for one brand.
pub struct Letters {
    pages: Environment<'static>,
    pub brand: Brand,
    language: String,
}

impl Letters {
    /// Reads all templates: ours, and an operator's from `folder`.
    ///
    /// # Errors
    /// When a template can't be read or doesn't fit what it is given.
    pub fn new(brand: Brand, language: &str, folder: Option<&Path>) -> Result<Self, TemplateError> {
        let mut pages = Environment::new();
        pages.set_undefined_behavior(UndefinedBehavior::Strict);
        pages.set_auto_escape_callback(|name| match name.rsplit_once('.') {
            Some((_, "html")) => AutoEscape::Html,
            Some((_, "md")) => AutoEscape::Custom(MARKDOWN.into()),
            _ => AutoEscape::None,
        });
        pages.set_formatter(|out, state, value| match state.auto_escape() {
            AutoEscape::Custom(_) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                out.write_str(&markup::escape(&text))
                    .map_err(|error| minijinja::Error::new(ErrorKind::WriteFailure, error.to_string()))
            }
            _ => escape_formatter(out, state, value),
        });
        pages
            .add_template("layout.html", include_str!("templates/layout.html"))
            .map_err(|error| broken("layout.html", &error))?;
        let mut letters = Self {
            pages,
            brand,
            language: language.to_owned(),
        };
        for (language, name, text) in OURS {
            letters.add(language, name, text)?;
        }
        if let Some(folder) = folder {
            letters.add_folder(folder)?;
        }
        letters.has_footer(language)?;
        Ok(letters)
    }

    fn add(&mut self, language: &str, name: &str, text: &str) -> Result<(), TemplateError> {
        let full = format!("{language}/{name}");
        let mut add = |kind: &str, text: &str| {
            let name = format!("{full}.{kind}");
            self.pages
                .add_template_owned(name, text.to_owned())
                .map_err(|error| broken(&full, &error))
        };
        if name == FOOTER {
            return add("md", text);
        }
        let split = text.split_once('\n').and_then(|(first, rest)| {
            let subject = first.strip_prefix("Subject:")?;
            Some((subject.trim(), rest))
        });
        let Some((subject, body)) = split else {
            return Err(TemplateError {
                name: full,
                why: "its first line must be `Subject: …`".to_owned(),
            });
        };
        add("subject", subject)?;
        add("md", body)
    }

    /// Takes an operator's files, and writes each once to see that it fits.
    fn add_folder(&mut self, folder: &Path) -> Result<(), TemplateError> {
        let unread = |path: &Path, error: &std::io::Error| TemplateError {
            name: path.display().to_string(),
            why: error.to_string(),
        };
        for language in folders(folder).map_err(|error| unread(folder, &error))? {
            for name in NAMES.iter().chain([&FOOTER]) {
                let path = folder.join(&language).join(format!("{name}.md"));
                let text = match std::fs::read_to_string(&path) {
                    Ok(text) => text,
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(unread(&path, &error)),
                };
                self.add(&language, name, &text)?;
            }
            self.has_footer(&language)?;
            for name in NAMES {
                self.write_in(&language, name, samples::of(name), None)?;
            }
        }
        Ok(())
    }

    fn has_footer(&self, language: &str) -> Result<(), TemplateError> {
        let name = format!("{language}/{FOOTER}.md");
        match self.pages.get_template(&name) {
            Ok(_) => Ok(()),
            Err(_) => Err(TemplateError {
                name,
                why: "there is none, and every language needs one".to_owned(),
            }),
        }
    }

    /// Whether mails can be written in this language.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        self.has_footer(language).is_ok()
    }

    /// Writes a mail in the configured language.
    ///
    /// # Errors
    /// When the template does not fit what it is given.
    pub fn write(
        &self,
        name: &str,
        values: Value,
        unsubscribe: Option<&str>,
    ) -> Result<Written, TemplateError> {
        self.write_in(&self.language, name, values, unsubscribe)
    }

    /// Writes a mail in any language; in English where that has no such template.
    ///
    /// # Errors
    /// When the template does not fit what it is given.
    pub fn write_in(
        &self,
        language: &str,
        name: &str,
        values: Value,
        unsubscribe: Option<&str>,
    ) -> Result<Written, TemplateError> {
        let language = match self.pages.get_template(&format!("{language}/{name}.md")) {
            Ok(_) => language,
            Err(_) => FALLBACK,
        };
        let brand = context! {
            brand => &self.brand.name, contact => &self.brand.contact, unsubscribe => unsubscribe,
        };
        let values = context! { ..values, ..brand.clone() };
        let subject = self.render(&format!("{language}/{name}.subject"), &values)?;
        let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = self.render(&format!("{language}/{name}.md"), &values)?;
        let footer = self.render(&format!("{language}/{FOOTER}.md"), &brand)?;
        let (body, footer) = (
            markup::write(&body, &self.brand),
            markup::write(&footer, &self.brand),
        );
        let page = context! {
            language, subject => &subject, font => FONT, ink => self.brand.ink(), colour => &self.brand.colour,
            brand => &self.brand.name, logo => self.brand.logo.as_ref().map(|_| LOGO),
            body => Value::from_safe_string(body.html), footer => Value::from_safe_string(footer.html),
        };
        Ok(Written {
            html: self.render("layout.html", &page)?,
            text: format!("{}\n-- \n{}", body.text, footer.text),
            subject,
        })
    }

    fn render(&self, name: &str, values: &Value) -> Result<String, TemplateError> {
        let template = self
            .pages
            .get_template(name)
            .map_err(|error| broken(name, &error))?;
        template.render(values).map_err(|error| broken(name, &error))
    }
}

fn broken(name: &str, error: &minijinja::Error) -> TemplateError {
    TemplateError {
        name: name.to_owned(),
        why: error.to_string(),
    }
}

fn folders(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> Letters {
        Letters::new(Brand::default(), "en", None).unwrap()
    }

    #[test]
    fn every_template_fits_in_every_language() {
        let letters = letters();
        for language in ["en", "de"] {
            for name in NAMES {
                let unsubscribe = (*name == "news").then_some("https://api.example/u/t");
                let written = letters
                    .write_in(language, name, samples::of(name), unsubscribe)
                    .unwrap();
                assert!(
                    !written.subject.is_empty() && written.subject.len() < 120,
                    "{name}"
                );
                for left in ["{{", "}}", "\\", "| |", "http://localhost"] {
                    assert!(!written.text.contains(left), "{name}: {}", written.text);
                }
                assert!(written.html.contains(&format!("lang=\"{language}\"")));
                assert!(!written.html.contains("<img"), "no picture is fetched");
                assert_eq!(written.html.matches("<h1").count(), 1, "{name}");
                assert_eq!(written.html.contains("/u/t"), *name == "news");
            }
        }
        // German is German.
        let subject = |language| {
            letters
                .write_in(language, "receipt", samples::of("receipt"), None)
                .unwrap()
                .subject
        };
        assert_ne!(subject("de"), subject("en"));
        assert_eq!(subject("xx"), subject("en"));
    }

    #[test]
    fn what_people_choose_stays_text() {
        let values = context! {
            name => "<b>key</b>\nBcc: eve@evil.example", last_four => "a_b*", source => "[x](https://evil.example)",
            descendants => 0, at => "2026-11-20",
        };
        let written = letters().write("key_leaked", values, None).unwrap();
        assert!(
            written
                .html
                .contains("&lt;b&gt;key&lt;/b&gt; Bcc: eve@evil.example")
        );
        assert!(!written.html.contains("href=\"https://evil"));
        assert!(written.text.contains("Ends in: a_b*\n"));
        let news = context! { headline => "a\r\nBcc: eve@evil.example", paragraphs => ["b"] };
        let written = letters().write("news", news, None).unwrap();
        assert_eq!(written.subject, "a Bcc: eve@evil.example");
    }

    #[test]
    fn an_operators_file_goes_before_ours() {
        let folder = std::env::temp_dir().join(format!("tintype-letters-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("fr")).unwrap();
        std::fs::write(folder.join("fr/footer.md"), "{{ brand }}").unwrap();
        let path = folder.join("fr/verify_email.md");
        std::fs::write(&path, "Subject: Votre code\n\nVoici : {{ code }}\n").unwrap();
        let letters = Letters::new(Brand::default(), "fr", Some(&folder)).unwrap();
        let write = |name: &str| letters.write(name, samples::of(name), None).unwrap();
        assert_eq!(write("verify_email").subject, "Votre code");
        assert_eq!(
            write("archive_ready").subject,
            "Your data at Example Studio is ready"
        );
        // One that names what is not there is refused at the start, by its name.
        std::fs::write(&path, "Subject: Votre code\n\n{{ cod }}\n").unwrap();
        let error = Letters::new(Brand::default(), "fr", Some(&folder)).err().unwrap();
        assert!(error.to_string().contains("fr/verify_email"), "{error}");
        std::fs::write(&path, "Votre code\n").unwrap();
        assert!(Letters::new(Brand::default(), "fr", Some(&folder)).is_err());
        std::fs::remove_dir_all(folder).unwrap();
        assert!(
            Letters::new(Brand::default(), "fr", None).is_err(),
            "nobody translated it"
        );
    }
}
