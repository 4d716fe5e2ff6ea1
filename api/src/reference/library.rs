//! All pages, written once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};

use super::chapters::{Chapter, chapters};
use super::guides::{Guide, guides};
use super::markdown;

/// What people and machines read about this server's API.
pub struct Library {
    pub reference: String,
    /// `/llms.txt`: where to read what.
    pub llms: String,
    /// By name: each guide's page and its Markdown.
    guides: BTreeMap<&'static str, (String, String)>,
}

impl Library {
    /// Writes all pages from the published document.
    ///
    /// # Panics
    /// When a template is broken, which a test would show.
    #[must_use]
    pub fn of(document: &serde_json::Value) -> Self {
        let mut pages = Environment::new();
        pages.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, template) in [
            ("layout.html", include_str!("templates/layout.html")),
            ("field.html", include_str!("templates/field.html")),
            ("reference.html", include_str!("templates/reference.html")),
            ("guide.html", include_str!("templates/guide.html")),
        ] {
            pages.add_template(name, template).expect("the template is valid");
        }
        pages.add_global(
            "style",
            Value::from_safe_string(include_str!("templates/style.css").to_owned()),
        );
        let (all, chapters) = (guides(), chapters(document));
        let contents: Vec<_> = all
            .iter()
            .map(|guide| context!(name => guide.name, title => guide.title.clone()))
            .collect();
        pages.add_global("guides", contents);
        let write = |name: &str, context| {
            let template = pages.get_template(name).expect("the template is there");
            template.render(context).expect("the template fits")
        };
        let intro = document["info"]["description"].as_str().unwrap_or_default();
        let reference = write(
            "reference.html",
            context! {
                version => document["info"]["version"].as_str(),
                intro => markdown::to_html(intro),
                chapters => Value::from(Serde(&chapters)),
            },
        );
        let page = |guide: &Guide| {
            let (text, headings) = markdown::page(&guide.text);
            let headings = Value::from(Serde(&headings));
            write(
                "guide.html",
                context!(name => guide.name, title => guide.title.clone(), text, headings),
            )
        };
        Self {
            reference,
            llms: llms(&all, &chapters),
            guides: all
                .iter()
                .map(|guide| (guide.name, (page(guide), guide.text.clone())))
                .collect(),
        }
    }

    /// The page of a guide.
    #[must_use]
    pub fn guide(&self, name: &str) -> Option<&str> {
        self.guides.get(name).map(|(page, _)| page.as_str())
    }

    /// A guide as it is written.
    #[must_use]
    pub fn guide_text(&self, name: &str) -> Option<&str> {
        self.guides.get(name).map(|(_, text)| text.as_str())
    }
}

/// The file by which language models find their way (llmstxt.org).
fn llms(guides: &[Guide], chapters: &[Chapter]) -> String {
    let mut text = String::from(
        "# Tintype API\n\n\
         > AI images, videos, voices and texts behind one HTTP API: keys, credits, files and data rights included.\n\n\
         Authenticate with `Authorization: Bearer <key>`. Send an `Idempotency-Key` with every POST. Errors are \
         `application/problem+json` with a stable `code`.\n\n## Guides\n\n",
    );
    // Writing to a text never fails.
    for guide in guides {
        let _ = writeln!(
            text,
            "- [{}](/guides/{}.md): {}",
            guide.title, guide.name, guide.lead
        );
    }
    text.push_str("\n## Contract\n\n- [OpenAPI 3.1](/openapi.yaml): every operation, schema and error\n");
    text.push_str("- [Reference](/reference): the same for people\n\n## Operations\n\n");
    for operation in chapters.iter().flat_map(|chapter| &chapter.operations) {
        let (method, path) = (&operation.method, &operation.path);
        let _ = writeln!(
            text,
            "- [{method} {path}](/reference#{}): {}",
            operation.id, operation.summary
        );
    }
    text
}
