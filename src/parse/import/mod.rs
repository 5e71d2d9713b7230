//! Import: an official text as it was found becomes the files of a regulation's folder, with
//! every clause listed and nothing yet said of any, and what is doubtful about the text. A
//! function of its arguments; the text itself is kept byte for byte.

pub mod calendar;
pub mod difference;
mod head;
pub mod open_data;
pub mod open_data_xml;
pub mod structure;
mod suspect;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::duties::draft_duties;
use super::law::{DropRule, LawOptions, page_heads, page_numbers, parse_law};
use super::quote::{is_line_end, quoted};
use crate::diagnostic::Diagnostics;
use crate::law::{ClauseCounts, LawClause, LawText};
use crate::source::{FileId, Span};
use crate::time::Day;
use head::Head;

/// What the author says of a text beside its words.
#[derive(Clone, Copy, Debug)]
pub struct ImportOptions<'a> {
    /// The folder's name.
    pub id: &'a str,
    /// The official name, if it is not to be read from the text.
    pub name: Option<&'a str>,
}

/// A regulation as it was read from its text, before its folder is written.
#[derive(Debug)]
pub struct Draft {
    /// The folder's name.
    pub id: String,
    pub name: String,
    /// Whether the text has a title, or the author gave one.
    pub named: bool,
    /// The day of the version; `None` if the head states none.
    pub date: Option<Day>,
    /// The day of its repeal, if the head states one.
    pub repealed: Option<Day>,
    /// The id of the version, and its entry under `versions`.
    pub version: String,
    pub entry: String,
    pub counts: ClauseCounts,
    /// The text, read.
    pub law: LawText,
    /// Lines taken for page numbers: their numbers and what they hold.
    pub dropped: Vec<(usize, String)>,
    /// What the grammar is not sure of.
    pub doubts: Diagnostics,
}

/// Reads a regulation from its text.
pub fn draft(file: FileId, text: &str, options: ImportOptions<'_>) -> Draft {
    let mut dropped = page_numbers(text);
    let rule = |(line, text): &(usize, String)| DropRule {
        line: Some(*line),
        text: text.clone(),
        reason: why_dropped(text).to_owned(),
        span: Span::start_of(file),
    };
    let read = |dropped: &[(usize, String)]| {
        let drops = dropped.iter().map(rule).collect();
        parse_law(file, text, &LawOptions { drops, ..LawOptions::default() })
    };
    let (mut law, mut doubts) = read(&dropped);
    let head = Head::read(&law.head);
    let name = options.name.map(str::to_owned).or_else(|| head.name.clone());
    let heads = page_heads(text, name.as_deref().unwrap_or_default());
    if !heads.is_empty() {
        dropped.extend(heads);
        dropped.sort();
        (law, doubts) = read(&dropped);
    }
    doubts.extend(suspect::doubts(&law, text, head.name.as_deref()));
    let named = name.is_some();
    let name = name.unwrap_or_else(|| options.id.to_owned());
    let version = head.date.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let entry = version_entry(&version, &head, &drops(&law, &dropped));
    let counts = law.counts();
    Draft {
        id: options.id.to_owned(),
        name,
        named,
        date: head.date,
        repealed: head.repealed,
        version,
        entry,
        counts,
        law,
        dropped,
        doubts,
    }
}

/// The file that a draft of the duties is written to.
pub const DUTIES: &str = "obligations.draft.yaml";

impl Draft {
    /// The folder: names within it, and what each file holds. `text` is the one the draft was read from.
    pub fn files(&self, text: &str) -> Vec<(String, String)> {
        vec![
            (format!("{}.txt", self.version), text.to_owned()),
            ("regulation.yaml".to_owned(), self.regulation()),
            ("obligations.yaml".to_owned(), OBLIGATIONS.to_owned()),
            ("clauses.yaml".to_owned(), clauses(&self.law)),
            (DUTIES.to_owned(), self.duties()),
        ]
    }

    /// The draft of the duties, as its file holds it.
    pub fn duties(&self) -> String {
        draft_duties(&self.law).yaml()
    }

    fn regulation(&self) -> String {
        // A record may not hold what nobody sees; the text keeps it, and is reported.
        let name: String = self.name.chars().filter(|c| !crate::hidden::is_hidden(*c)).collect();
        let mut yaml = format!("id: {}\nname: {}\n", self.id, quoted(&name));
        if !self.named {
            yaml.push_str(
                "descriptive_name: true  # the text has no title; write what it is called\n",
            );
        }
        yaml.push_str("# short: \n# authority: \n");
        if let Some(day) = self.repealed {
            _ = writeln!(yaml, "repealed: {day}");
        }
        yaml.push_str("versions:\n");
        yaml + &self.entry
    }
}

/// Why a figure that stands alone on its line is left out, why the title on every page is, and why a mark
/// in front of numbers is.
const PAGE_NUMBER: &str = "頁碼";
const PAGE_HEAD: &str = "頁首";
const BULLET: &str = "清單符號";

/// Why a line of a page is left out: a page number has figures and no words but those of pages.
fn why_dropped(text: &str) -> &'static str {
    let word = |c: char| !c.is_ascii_digit() && !"第頁共".contains(c) && c.is_alphabetic();
    if text.chars().any(word) { PAGE_HEAD } else { PAGE_NUMBER }
}

/// The rules of `drop`: for lines taken for page numbers, and for the bullets of a list.
fn drops(law: &LawText, lines: &[(usize, String)]) -> Vec<String> {
    let line = |(line, text): &(usize, String)| {
        format!("{{line: {line}, text: {}, reason: {}}}", quoted(text), why_dropped(text))
    };
    let first = |clause: &LawClause| clause.marker.chars().next();
    let bullets: BTreeSet<char> =
        law.all_clauses().filter_map(first).filter(|c| BULLETS.contains(c)).collect();
    let bullet = |c: char| format!("{{text: \"{c}\", reason: {BULLET}}}");
    lines.iter().map(line).chain(bullets.into_iter().map(bullet)).collect()
}

/// What lists in Markdown begin with.
const BULLETS: [char; 3] = ['-', '*', '+'];

/// The entry of a version, at the beginning of its lines.
fn version_entry(version: &str, head: &Head, drops: &[String]) -> String {
    let mut yaml = format!("- id: \"{version}\"\n  text: {version}.txt\n");
    let mut day = |key: &str, day: Option<Day>| {
        if let Some(day) = day {
            _ = writeln!(yaml, "  {key}: {day}");
        } else {
            _ = writeln!(yaml, "  # {key}: ");
        }
    };
    day("amended", head.date);
    day("in_force", head.in_force);
    for (key, text) in [("document", &head.document), ("summary", &head.summary)] {
        if let Some(text) = text {
            _ = writeln!(yaml, "  {key}: {}", quoted(text));
        }
    }
    if !drops.is_empty() {
        yaml.push_str("  # Taken for heads and numbers of pages, and bullets; remove what is text.\n  drop:\n");
        for drop in drops {
            _ = writeln!(yaml, "  - {drop}");
        }
    }
    yaml
}

/// What `obligations.yaml` begins with.
const OBLIGATIONS: &str = "\
# The duties of this regulation, one entry each; `docs/rules.md` shows every kind. Every clause is
# named here or has a reason in clauses.yaml, never both. Keep each text on one line.
#
# - id: monthly-check
#   kind: periodic                  # interval, once, event, invariant, retention, conduct, permission
#   clauses: [\"5.1\"]                # the clause the duty stands in first
#   title: 每月查核查詢紀錄
#   summary: 每月抽查查詢紀錄，比率至少百分之三且不少於十筆。
#   scope: unit                     # agency, unit, office, system, account, post, contractor
#   every: month
#   due: [{on: site-default}]       # the text states no date
#   sample:
#     records: {of: queries, tiers: [{rate: 3%, min: 10}]}
#   evidence: [查核紀錄表]
";

/// Every clause with its first words, to be given a reason or left to `obligations.yaml`. The
/// entries are comments: what was not looked at is reported as unclassified.
fn clauses(law: &LawText) -> String {
    let mut yaml = String::from(
        "# Clauses that carry no duty, and why. For each clause below, either name it in a duty of\n\
         # obligations.yaml and delete its lines here, or write a reason and take the `# ` away:\n\
         #   purpose, basis, scope, definition, description, data-source, heading, liability, forms,\n\
         #   commencement, other\n\
         # An entry covers its sub-clauses; a heading whose sub-clauses are all accounted for needs\n\
         # none. Until then `check` reports each clause as unclassified.\n",
    );
    for clause in law.all_clauses() {
        let words = first_words(clause);
        _ = write!(
            yaml,
            "\n# {}{words}\n# - clause: \"{}\"\n#   reason: \n",
            clause.marker.trim_start_matches(BULLETS).trim(),
            clause.number
        );
    }
    yaml
}

/// The first words of a clause, fit for a comment.
fn first_words(clause: &LawClause) -> String {
    let text = clause.own_text();
    let shown = text.chars().map(|c| if c.is_control() || is_line_end(c) { ' ' } else { c });
    let mut words: String = shown.clone().take(36).collect();
    if shown.count() > 36 {
        words.push('…');
    }
    words
}
