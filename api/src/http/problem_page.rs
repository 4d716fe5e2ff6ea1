//! The page of an error's `type`: what it means and what to do next.

use std::fmt::Write as _;

use poem::http::header;
use poem::web::Path;
use poem::{Response, handler};

use super::error::{ApiError, Code};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#26221d;--soft:#6f675c;--paper:#f6f2ea;--line:#ddd4c4;--mark:#9a4f1c}\
@media(prefers-color-scheme:dark){:root{--ink:#ece6da;--soft:#a49a8a;--paper:#1c1a17;--line:#38332c;--mark:#e0a26a}}\
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 Charter,Georgia,serif}\
main{max-width:38rem;margin:0 auto;padding:14vh 1.5rem 4rem}\
h1{font-size:1.9rem;line-height:1.25;margin:.4rem 0 1.4rem;font-weight:600}\
code{font:.88em ui-monospace,Menlo,Consolas,monospace;background:color-mix(in srgb,var(--line) 45%,transparent);padding:.1em .35em;border-radius:.25em}\
.status{font:600 .9rem/1 ui-monospace,Menlo,Consolas,monospace;color:var(--mark);letter-spacing:.04em;margin:0}\
footer,li span{color:var(--soft)}footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.9rem}\
a{color:inherit;text-decoration-color:var(--mark);text-underline-offset:.2em}ul{list-style:none;padding:0}li{margin:.55rem 0}";

/// `GET /problems/{code}`.
#[handler]
pub fn problem_page(Path(name): Path<String>) -> Result<Response, ApiError> {
    let code = Code::find(&name).ok_or_else(ApiError::not_found)?;
    let body = format!(
        "<p class=\"status\">{} · {}</p><h1>{}</h1><p>{}</p>\
         <footer><a href=\"/problems\">All errors</a> · <a href=\"/docs\">API reference</a></footer>",
        code.status().as_u16(),
        code.name(),
        code.title(),
        with_code_marks(code.explanation()),
    );
    Ok(page(code.title(), &body))
}

/// `GET /problems`: all of them.
#[handler]
pub fn problem_list() -> Response {
    let mut body = String::from("<p class=\"status\">Tintype</p><h1>Errors</h1><ul>");
    for code in Code::ALL {
        let (name, status) = (code.name(), code.status().as_u16());
        // Writing to a text never fails.
        let _ = write!(
            body,
            "<li><a href=\"/problems/{name}\">{}</a> <span>{status} · {name}</span></li>",
            code.title()
        );
    }
    body.push_str("</ul>");
    page("Errors", &body)
}

fn page(title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title} · Tintype</title><style>{STYLE}</style><main>{body}</main></html>"
    );
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "public, max-age=3600")
        .header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        )
        .body(html)
}

/// `` `this` `` becomes `<code>this</code>`. The texts are ours and hold no markup.
fn with_code_marks(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for (index, part) in text.split('`').enumerate() {
        match index % 2 {
            0 => html.push_str(part),
            _ => html.extend(["<code>", part, "</code>"]),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_explanation_holds_markup_or_a_stray_mark() {
        for code in Code::ALL {
            let text = format!("{}{}", code.title(), code.explanation());
            assert!(!text.contains(['<', '>', '&']), "{text}");
            assert_eq!(text.matches('`').count() % 2, 0, "{text}");
        }
        assert_eq!(with_code_marks("a `b` c"), "a <code>b</code> c");
    }
}
