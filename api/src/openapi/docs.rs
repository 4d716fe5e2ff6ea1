//! The page behind `/docs`: Swagger UI, from this binary alone.
//!
//! poem-openapi embeds script, style and document in one HTML page, with the raw document as a
//! literal. The page gets the finished one instead, a few settings, and a plugin that shows each
//! operation in every language; nothing is loaded from elsewhere, so it works offline and under
//! [`CONTENT_SECURITY_POLICY`].

use serde_json::{Value, json};

/// What the page needs and no more: its own inline script and style, the icons
/// in its style, pictures and sounds that "Try it out" brought, and this server to try it on.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
    script-src 'unsafe-inline'; \
    style-src 'unsafe-inline'; \
    img-src data: blob:; \
    media-src data: blob:; \
    connect-src 'self'; \
    base-uri 'none'; \
    form-action 'none'; \
    frame-ancestors 'none'";

/// A key survives a reload, requests can be tried at once, and no outside validator is asked.
const SETTINGS: &str = "deepLinking: true,
        persistAuthorization: true,
        tryItOutEnabled: true,
        displayRequestDuration: true,
        defaultModelsExpandDepth: 0,
        validatorUrl: null,
        plugins: [codeSamples],";

const SAMPLES: &str = include_str!("docs/samples.js");
const SAMPLES_STYLE: &str = include_str!("docs/samples.css");

/// `html` and `raw` are what `OpenApiService::swagger_ui_html()` and `spec()` return.
#[must_use]
pub fn page(html: &str, raw: &str, finished: &Value) -> String {
    let mut finished = finished.clone();
    // "Try it out" is about the server that shows the page, whatever its public name.
    finished["servers"] = json!([{"url": "/"}]);
    // In JSON `<` stands only in strings, and there it could end the script.
    let finished = finished.to_string().replace('<', "\\u003c");
    let head = format!("{HEAD}\n<style>{SAMPLES_STYLE}</style>\n<script>{SAMPLES}</script>");
    let page = html
        .replacen(raw, &finished, 1)
        .replacen("<title>Swagger UI</title>", &head, 1)
        .replacen("deepLinking: true,", SETTINGS, 1)
        .replacen("<html charset=\"UTF-8\">", "<html lang=\"en\">", 1);
    format!("<!doctype html>{page}")
}

const HEAD: &str = "<title>Tintype API</title>
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
    <link rel=\"icon\" href=\"data:,\">";

#[cfg(test)]
mod tests {
    use super::*;

    /// Guards the replacements against a new template in poem-openapi.
    #[test]
    fn every_replacement_meets_its_place() {
        let service = poem_openapi::OpenApiService::new((), "Raw", "1");
        let finished = json!({"info": {"title": "Finished", "description": "</script>"}});
        let page = page(&service.swagger_ui_html(), &service.spec(), &finished);
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
        assert!(page.contains("<title>Tintype API</title>"));
        let info = r#"let spec = {"info":{"title":"Finished","description":"\u003c/script>"},"servers""#;
        assert!(page.contains(info));
        assert!(!page.contains(r#""title": "Raw""#));
        let settings = page
            .rsplit_once("SwaggerUIBundle({")
            .map(|(_, settings)| settings);
        assert!(settings.is_some_and(|settings| settings.contains("persistAuthorization: true")));
        assert!(page.contains("function codeSamples("));
        assert!(settings.is_some_and(|settings| settings.contains("plugins: [codeSamples]")));
    }
}
