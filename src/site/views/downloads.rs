//! The files that other programs read, for the page about the method.

use serde::Serialize;

use super::parts::{Link, PageCtx};

/// The files, each with the word of what it holds and its format.
const FILES: [(&str, &str, &str); 17] = [
    ("data/status.csv", "status", "CSV"),
    ("data/status.json", "status", "JSON"),
    ("data/status.schema.json", "status_schema", "JSON Schema"),
    ("data/checks.json", "checks", "JSON"),
    ("data/checks.schema.json", "checks_schema", "JSON Schema"),
    ("data/retention.json", "retention", "JSON"),
    ("data/retention.schema.json", "retention_schema", "JSON Schema"),
    ("data/history.json", "history", "JSON"),
    ("data/history.schema.json", "history_schema", "JSON Schema"),
    ("data/readings.json", "readings", "JSON"),
    ("data/tests.json", "tests", "JSON"),
    ("data/tests.schema.json", "tests_schema", "JSON Schema"),
    ("evidence-manifest.json", "manifest", "JSON"),
    ("data/receipts.schema.json", "receipts", "JSON Schema"),
    ("data/calendar.json", "calendar", "JSON"),
    ("manifest.json", "site_manifest", "JSON"),
    ("verify.py", "verify", "Python"),
];

/// A file to download.
#[derive(Debug, Serialize)]
pub struct Download {
    link: Link,
    holds: String,
    format: &'static str,
}

/// Every file of data, in a fixed order.
pub fn downloads(here: &PageCtx) -> Vec<Download> {
    let mut files: Vec<(&str, &str, &'static str)> = FILES.to_vec();
    if here.site.model.settings.url.is_some() {
        files.push(("sitemap.xml", "site_map", "XML"));
    }
    files
        .into_iter()
        .map(|(path, word, format)| Download {
            link: Link { href: here.file_href(path), text: path.to_owned() },
            holds: here.word("downloads", word),
            format,
        })
        .collect()
}
