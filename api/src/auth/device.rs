//! What a `User-Agent` header tells of a device, in a few words: enough for its
//! owner to know it again, too little to tell people apart by.

/// The first that occurs wins: many pretend to be others, too.
const PROGRAMS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

const UNKNOWN: &str = "an unknown device";

/// Longest name of a program that we don't know.
const LONGEST: usize = 40;

/// `Firefox on Linux`, `curl`, or that it is unknown.
#[must_use]
pub fn describe(agent: &str) -> String {
    let named = |known: &[(&str, &'static str)]| {
        let found = known.iter().find(|(sign, _)| agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (named(PROGRAMS), named(SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program.to_owned(),
        (None, _) => other(agent),
    }
}

/// A program's own name, as far as it is a plain word.
fn other(agent: &str) -> String {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_.".contains(*letter);
    let name: String = agent.chars().take_while(plain).take(LONGEST).collect();
    match name.is_empty() {
        true => UNKNOWN.to_owned(),
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_has_a_name_that_its_owner_knows() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iOS",
            ),
            ("curl/8.9.1", "curl"),
            ("", UNKNOWN),
            ("<script>", UNKNOWN),
        ] {
            assert_eq!(describe(agent), words);
        }
        assert_eq!(describe(&"x".repeat(500)).len(), LONGEST);
    }
}
