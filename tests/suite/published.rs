//! The demo as it is published on a fixed day, built once for all tests that look at it.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use clausebook::pipeline::{self, Inputs};
use serde_json::Value;

use super::html::{Piece, pieces};
use super::project::{Project, Row, listed};

/// The day the demo is looked at.
pub const DAY: &str = "2026-11-21";

/// The published demo, in memory.
pub static DEMO: LazyLock<Published> = LazyLock::new(|| {
    let project = Project::demo().as_of(DAY);
    project.run("build").code(0);
    Published::new(project.files("public"))
});

/// The demo's records and rules as they are read, with those of every day.
pub static DEMO_INPUTS: LazyLock<Inputs> =
    LazyLock::new(|| pipeline::load(Project::demo().root()).expect("reads"));

/// How many pages of a folder are looked at before some are left to the gate: all of those that are
/// each of their own kind.
const ALIKE: usize = 10;

/// The files of a site by their paths.
pub struct Published {
    pub files: BTreeMap<String, Vec<u8>>,
    /// The pieces of each page, read once for all who ask.
    read: BTreeMap<String, OnceLock<Vec<Piece>>>,
}

impl Published {
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let read = files.keys().map(|path| (path.clone(), OnceLock::new())).collect();
        Self { files, read }
    }

    /// The pages with their paths.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.files.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).expect("UTF-8")))
    }

    /// Pages to be looked at each by itself: of many alike in a folder every fifth, in the gate all.
    pub fn some_pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = std::env::var_os("CLAUSEBOOK_GATE").is_some();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        self.pages().filter(move |(path, _)| {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let place = seen.entry(folder).or_default();
            *place += 1;
            all || *place <= ALIKE || place.is_multiple_of(5)
        })
    }

    /// The tags and texts of a page.
    pub fn page(&self, path: &str) -> &[Piece] {
        let read = self.read.get(path).unwrap_or_else(|| panic!("no page {path}"));
        read.get_or_init(|| {
            let text = str::from_utf8(&self.files[path]).expect("UTF-8");
            pieces(text).unwrap_or_else(|fault| panic!("{path}: {fault}"))
        })
    }

    /// The rows of `data/status.json`.
    pub fn rows(&self) -> Vec<Row> {
        let rows = listed(&self.files["data/status.json"], "occurrences");
        rows.into_iter().map(Row).collect()
    }

    /// The rows of `data/checks.json`.
    pub fn checks(&self) -> Vec<Value> {
        listed(&self.files["data/checks.json"], "checks")
    }
}
