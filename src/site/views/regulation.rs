//! A regulation: its head, its text with what each clause carries, its versions and history.

use serde::Serialize;

use super::law::{Coverage, TableView, clauses, coverage};
use super::outline::{Contents, LawPart, contents, parts};
use super::parts::{DateView, Link, PageCtx};
use super::readings;
use super::references::{References, references};
use super::version_name;
use super::{Frame, View};
use crate::law::{AttachedText, Block, ClauseNumber, Form, LawText};
use crate::model::{Id, Regulation, Version};
use crate::site::Site;
use crate::site::route::Route;

/// What `regulation.html` shows.
#[derive(Debug, Serialize)]
struct RegulationView {
    name: String,
    /// The found text has no title; the name describes it.
    descriptive_name: bool,
    number: Option<String>,
    rank: Option<String>,
    authority: Option<String>,
    note: Option<String>,
    /// The day of its repeal.
    repealed: Option<DateView>,
    version: VersionView,
    /// How the version stands on the as-of date, in a word.
    standing: String,
    /// The current version is not in force yet on the as-of date.
    not_yet: bool,
    history: Vec<HistoryRow>,
    contents: Contents,
    /// It is written in 條.
    is_articles: bool,
    parts: Vec<LawPart>,
    coverage: Coverage,
    /// To the same of all regulations.
    all_coverage: Link,
    /// What its clauses leave open.
    readings: Vec<Link>,
    systems: Vec<Link>,
    source: SourceView,
    /// What each version changed in the one before it, the newest first.
    differences: Vec<Link>,
    /// Newest first, the one shown too.
    versions: Vec<VersionRow>,
    references: References,
}

/// What is known of a version.
#[derive(Debug, Serialize)]
pub struct VersionView {
    id: String,
    amended: Option<DateView>,
    in_force: Option<DateView>,
    document: Option<String>,
    summary: Option<String>,
    partial: bool,
    /// What its duties are judged by where its day in force is not known, a word of `counted`.
    counted: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct HistoryRow {
    number: usize,
    date: DateView,
    in_force: Option<DateView>,
    document: Option<String>,
    summary: String,
    /// The site holds its text, of some points at least.
    held: bool,
    /// Where it can be read, if not.
    url: Option<String>,
}

/// What the found text has besides clauses.
#[derive(Debug, Serialize)]
pub struct SourceView {
    head: Vec<String>,
    /// Attachments that stand in the text, behind its clauses or between them.
    attached: Vec<AttachedView>,
    dropped: Vec<DroppedRow>,
}

/// An attachment of the text.
#[derive(Debug, Serialize)]
struct AttachedView {
    /// Of its heading: `text-1`, by its place.
    anchor: String,
    title: String,
    blocks: Vec<AttachedBlock>,
}

/// A paragraph or a table of an attachment.
#[derive(Debug, Default, Serialize)]
struct AttachedBlock {
    text: Option<String>,
    table: Option<TableView>,
}

impl AttachedView {
    fn new((place, attached): (usize, &AttachedText)) -> Self {
        let block = |block: &Block| match block {
            Block::Paragraph(paragraph) => {
                AttachedBlock { text: Some(paragraph.text.clone()), table: None }
            }
            Block::Table(table) => AttachedBlock { text: None, table: Some(TableView::new(table)) },
            Block::Clause(clause) => AttachedBlock { text: Some(clause.own_text()), table: None },
        };
        Self {
            anchor: format!("text-{place}"),
            title: attached.title.clone(),
            blocks: attached.blocks.iter().map(block).collect(),
        }
    }
}

/// The same text dropped for the same reason: the bullets of a list are one row.
#[derive(Debug, Serialize)]
struct DroppedRow {
    lines: Vec<usize>,
    text: String,
    reason: String,
}

/// A version in the list of them.
#[derive(Debug, Serialize)]
struct VersionRow {
    link: Link,
    version: VersionView,
    /// Of [`version_name::standing`].
    standing: String,
    /// This page shows it.
    shown: bool,
}

/// Makes the page of a regulation.
pub fn view(site: &Site, id: Id<Regulation>) -> View {
    let route = Route::Regulation(id);
    let here = PageCtx::new(site, route);
    let regulation = &site.model.regulations[id];
    let version = regulation.shown(site.assessment.as_of);
    let view = RegulationView {
        name: regulation.name.clone(),
        descriptive_name: regulation.descriptive_name,
        number: regulation.number.clone(),
        rank: regulation.rank.clone(),
        authority: regulation.authority.clone(),
        note: regulation.note.clone(),
        repealed: regulation.repealed.map(DateView::new),
        standing: here.word("version_standing", version_name::standing(site, regulation, version)),
        not_yet: version.in_force.is_some_and(|day| day > site.assessment.as_of),
        version: VersionView::new(regulation, version),
        history: (1..=regulation.history.len())
            .rev()
            .zip(&regulation.history)
            .map(|(number, entry)| HistoryRow {
                number,
                date: DateView::new(entry.date),
                in_force: entry.in_force.map(DateView::new),
                document: entry.document.clone(),
                summary: entry.summary.clone(),
                held: regulation.versions.iter().any(|version| {
                    version.amended == Some(entry.date)
                        || version.in_force.is_some() && version.in_force == entry.in_force
                }),
                url: entry.url.clone(),
            })
            .collect(),
        contents: contents(&version.text),
        is_articles: version.text.form == Form::Articles,
        parts: parts(&version.text, clauses(&here, id, version)),
        coverage: coverage(&here, id, version),
        readings: readings::of_regulation(&here, id),
        all_coverage: here.link(Route::Coverage, site.words.get("coverage.title")),
        systems: regulation.systems.iter().map(|system| here.system(*system)).collect(),
        source: SourceView::new(&version.text),
        differences: differences(&here, id),
        versions: versions(&here, id),
        references: references(&here, id),
    };
    let above = vec![here.link(Route::Regulations, site.words.get("menu.regulations"))];
    View::new("regulation.html", Frame::new(site, route, &regulation.name, above), view)
}

/// Every version, the newest first, each with its own page.
fn versions(here: &PageCtx, id: Id<Regulation>) -> Vec<VersionRow> {
    let site = here.site;
    let regulation = &site.model.regulations[id];
    let shown = regulation.shown(site.assessment.as_of);
    let rows = regulation.versions.iter().enumerate().rev().map(|(at, version)| VersionRow {
        link: here.link(Route::Version(id, at), version_name::name(site, version)),
        version: VersionView::new(regulation, version),
        standing: here.word("version_standing", version_name::standing(site, regulation, version)),
        shown: version.slug == shown.slug,
    });
    rows.collect()
}

impl VersionView {
    /// What is known of `version`.
    pub fn new(regulation: &Regulation, version: &Version) -> Self {
        let counted = match (version.in_force, version.amended) {
            (Some(_), _) => None,
            (None, Some(_)) => Some("amended"),
            (None, None) => (regulation.versions.len() == 1).then_some("only"),
        };
        Self {
            counted,
            id: version.slug.clone(),
            amended: version.amended.map(DateView::new),
            in_force: version.in_force.map(DateView::new),
            document: version.document.clone(),
            summary: version.summary.clone(),
            partial: version.partial,
        }
    }
}

impl SourceView {
    /// What `text` has besides clauses.
    pub fn new(text: &LawText) -> Self {
        let mut dropped: Vec<DroppedRow> = Vec::new();
        for line in &text.dropped {
            let same =
                dropped.iter_mut().find(|row| row.text == line.text && row.reason == line.reason);
            match same {
                Some(row) => row.lines.push(line.line),
                None => dropped.push(DroppedRow {
                    lines: vec![line.line],
                    text: line.text.clone(),
                    reason: line.reason.clone(),
                }),
            }
        }
        let head = text.head.iter().map(|line| line.text.clone()).collect();
        let attached = (1..).zip(&text.attachments).map(AttachedView::new).collect();
        Self { head, attached, dropped }
    }
}

/// The 點 of `shown` of which it is not known what `version` says.
pub fn missing(version: &Version, shown: &Version) -> Vec<String> {
    if version.complete {
        return Vec::new();
    }
    let points = shown.text.clauses.iter().map(|clause| &clause.number);
    points
        .filter(|point| version.text.clause(point).is_none())
        .map(ClauseNumber::citation)
        .collect()
}

fn differences(here: &PageCtx, id: Id<Regulation>) -> Vec<Link> {
    let regulation = &here.site.model.regulations[id];
    let mut links: Vec<Link> = regulation
        .successions()
        .map(|at| here.link(Route::Difference(id, at), super::difference::title(here, id, at)))
        .collect();
    links.reverse();
    links
}
