//! What the finished site may not hold, whatever made it: names that are masked, ids and texts that
//! are withheld, numbers of identity. Every file is looked through byte by byte before the swap.

use std::collections::BTreeMap;
use std::sync::Mutex;

use aho_corasick::AhoCorasick;

use crate::hidden;
use crate::parse::visibility::Secret;
use crate::privacy::is_valid_number;

/// The look through all files; files come from several threads.
#[derive(Debug)]
pub struct SecretCheck {
    secrets: Vec<Secret>,
    search: Option<AhoCorasick>,
    /// By what was found the first file by path, and how many there are.
    found: Mutex<BTreeMap<String, (String, usize)>>,
}

/// Something that was found although it may not be there. It says what, never the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    pub what: String,
    /// The first file by path.
    pub file: String,
    /// How many files.
    pub files: usize,
}

impl SecretCheck {
    /// A look for these, and for numbers of identity.
    pub fn new(secrets: &[Secret]) -> Self {
        let secrets: Vec<Secret> = secrets.iter().flat_map(spellings).collect();
        let texts = secrets.iter().map(|secret| &secret.text);
        let search = AhoCorasick::new(texts).ok().filter(|_| !secrets.is_empty());
        Self { secrets, search, found: Mutex::default() }
    }

    /// Looks through a file and its path.
    pub fn add(&self, path: &str, bytes: &[u8]) {
        // Every text was looked at, but a template may make a character by its number.
        let is_page = path.ends_with(".html");
        if is_page && str::from_utf8(bytes).is_ok_and(|text| !hidden::find(text, false).is_empty())
        {
            self.note("a character that nobody sees", path);
        }
        for text in [path.as_bytes(), bytes] {
            if has_number(text) {
                self.note("a number of identity", path);
            }
            let all = self.search.iter().flat_map(|search| search.find_overlapping_iter(text));
            for found in all {
                let secret = &self.secrets[found.pattern().as_usize()];
                let whole = stands_alone(text, found.start(), found.end());
                if !secret.text.is_ascii() || whole {
                    self.note(&secret.what, path);
                }
            }
        }
    }

    fn note(&self, what: &str, path: &str) {
        let mut found = self.found.lock().expect("no holder of the lock panics");
        let (first, count) = found.entry(what.to_owned()).or_insert((path.to_owned(), 0));
        if path < first.as_str() {
            path.clone_into(first);
        }
        *count += 1;
    }

    /// What was found.
    pub fn finish(self) -> Vec<Leak> {
        let found = self.found.into_inner().expect("no holder of the lock panics");
        found.into_iter().map(|(what, (file, files))| Leak { what, file, files }).collect()
    }
}

/// A text as it stands in HTML, in JSON and in an address as well.
fn spellings(secret: &Secret) -> Vec<Secret> {
    let escaped = crate::markdown::escaped(&secret.text);
    let json = serde_json::to_string(&secret.text).unwrap_or_default();
    let json = json.trim_matches('"').to_owned();
    let mut texts = vec![secret.text.clone(), escaped, json];
    texts.sort();
    texts.dedup();
    texts.into_iter().map(|text| Secret { text, what: secret.what.clone() }).collect()
}

/// Whether an id is not a part of a longer one.
fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let part = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    !part(start.checked_sub(1).and_then(|at| text.get(at))) && !part(text.get(end))
}

/// Whether a number of identity stands in the bytes, plainly written.
fn has_number(text: &[u8]) -> bool {
    let mut at = 0;
    while let Some(ten) = text.get(at..at + 10) {
        // Eight figures end a number, so none begins further than two bytes in front of anything else.
        if let Some(other) =
            ten.iter().rposition(|byte| !byte.is_ascii_digit()).filter(|at| *at > 1)
        {
            at += other - 1;
            continue;
        }
        if ten[0].is_ascii_alphabetic()
            && !at.checked_sub(1).is_some_and(|at| text[at].is_ascii_alphanumeric())
            && !text.get(at + 10).is_some_and(u8::is_ascii_alphanumeric)
            && is_valid_number(&ten.iter().map(|byte| char::from(*byte)).collect::<Vec<_>>())
        {
            return true;
        }
        at += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_may_not_be_there_in_any_spelling() {
        let secret = |text: &str| Secret { text: text.to_owned(), what: "x".to_owned() };
        let check = SecretCheck::new(&[secret("audit-7"), secret("甲<乙"), secret("王小明")]);
        check.add("a.html", "audit-77 audit-7b xaudit-7".as_bytes());
        assert_eq!(check.finish(), []);
        for text in ["(audit-7)", "甲&lt;乙", "{\"a\":\"甲<乙\"}", "經王小明核可"] {
            let check = SecretCheck::new(&[secret("audit-7"), secret("甲<乙"), secret("王小明")]);
            check.add("a.html", text.as_bytes());
            check.add("audits/b.html", b"");
            let leak = Leak { what: "x".to_owned(), file: "a.html".to_owned(), files: 1 };
            assert_eq!(check.finish(), [leak], "{text}");
        }
        let check = SecretCheck::new(&[]);
        check.add("A123456789.html", b"");
        check.add("hash.json", b"aA123456789 A1234567890 A123456788");
        check.add("c.csv", "\u{feff}a".as_bytes());
        assert_eq!(check.finish()[0].file, "A123456789.html");
    }

    #[test]
    fn numbers_are_found_wherever_they_stand() {
        for front in 0..25 {
            for between in ["x", "1", "-", "1234567-", "A1234567-", "12345678-A"] {
                let filler = "-".repeat(front);
                let text = format!("{filler}{between}.A123456789.{between}{filler}");
                assert!(has_number(text.as_bytes()), "{text}");
                let cut = &text[..filler.len() + between.len() + 10];
                assert!(!has_number(cut.as_bytes()), "{cut}");
            }
        }
        for none in ["A12345678", "A1234567890", "xA123456789", "A123456788", "1234567890123456"] {
            assert!(!has_number(none.as_bytes()), "{none}");
        }
        assert!(has_number(b"AA12345678 A123456789"));
    }

    #[test]
    fn finds_what_nobody_sees_on_a_page() {
        let check = SecretCheck::new(&[]);
        check.add("a.txt", "甲\u{202e}".as_bytes());
        check.add("a.html", "甲\n\t乙".as_bytes());
        assert_eq!(check.finish(), []);
        let check = SecretCheck::new(&[]);
        check.add("b.html", "甲\u{202e}乙".as_bytes());
        assert_eq!(check.finish()[0].what, "a character that nobody sees");
    }
}
