//! Names in the case that a language wants.

/// The words of `verify_email`, `GenerationStatus`, `Idempotency-Key` or `files:read`.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut after_lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() {
            fresh = true;
            continue;
        }
        if fresh || (c.is_uppercase() && after_lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        fresh = false;
        after_lower = !c.is_uppercase();
    }
    words
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.collect::<String>() + letters.as_str()
}

#[must_use]
pub fn snake(text: &str) -> String {
    words(text).join("_")
}

#[must_use]
pub fn kebab(text: &str) -> String {
    words(text).join("-")
}

#[must_use]
pub fn pascal(text: &str) -> String {
    words(text).iter().map(|word| capitalized(word)).collect()
}

#[must_use]
pub fn camel(text: &str) -> String {
    let words = words(text);
    let mut words = words.iter();
    let first = words.next().cloned().unwrap_or_default();
    first + &words.map(|word| capitalized(word)).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_case() {
        assert_eq!(pascal("data_rights.verify"), "DataRightsVerify");
        assert_eq!(camel("verify_email"), "verifyEmail");
        assert_eq!(snake("ContentTooLarge"), "content_too_large");
        assert_eq!(kebab("DataRights"), "data-rights");
        assert_eq!(pascal("files:read"), "FilesRead");
        assert_eq!(pascal("1000_tokens"), "1000Tokens");
    }
}
