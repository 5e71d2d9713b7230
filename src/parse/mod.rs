//! Parse: a [`SourceTree`] becomes [`Parsed`]: raw records, rules and clauses, each file on its
//! own, every value with its place. Shapes are checked here; meaning comes with `model`.

mod agree;
pub mod check;
mod circle;
pub mod duties;
pub mod edit;
pub mod fields;
pub mod import;
pub mod intake;
mod kept;
pub mod law;
pub mod library;
mod named;
pub mod office_calendar;
mod page;
mod personal;
mod quote;
pub mod reference;
pub mod registers;
mod regulation;
pub mod sheet;
mod terms;
pub mod trial;
pub mod visibility;
pub mod vocabulary;
mod waive;
pub mod write;
pub mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::waiver::Waiver;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::kinds::{Kind, Kinds};
use crate::record::value::Group;
use crate::source::{Area, Content, FileId, SourceFile, SourceTree, Span};
use crate::time::{Day, OfficeCalendar};
pub use kept::KeptFiles;
use kept::made;
pub use named::named_regulations;
pub use page::ParsedPage;
use registers::SiteKinds;
pub use regulation::{ParsedDraft, ParsedRegulation, ParsedVersion};
use visibility::Visibility;
use yaml::{Node, NodeKind};

/// A record whose shape is right.
#[derive(Clone, Debug)]
pub struct Record {
    pub kind: &'static Kind,
    pub fields: Group,
    /// Who may see it.
    pub visibility: Visibility,
    /// Until when it answers for what is personal in it.
    pub answered: Option<Day>,
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        // A kind is its name.
        let whole = |one: &Self| (one.kind.name, one.answered);
        whole(self) == whole(other)
            && self.visibility == other.visibility
            && self.fields == other.fields
    }
}

/// Everything the inputs say, checked for shape only.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The kinds of records there are.
    pub kinds: &'static Kinds,
    /// `clausebook.yaml`; `None` if it is missing or wrong.
    pub config: Option<Group>,
    /// In the order of files, then of their place in the file.
    pub records: Vec<Record>,
    /// In the order of their folders' names.
    pub regulations: Vec<ParsedRegulation>,
    pub calendar: Arc<OfficeCalendar>,
    /// Guidance pages, in the order of their names.
    pub pages: Vec<ParsedPage>,
    /// Kinds of which a record could not be read: a name of that kind that is not found
    /// may be the unread one, and is not reported a second time.
    pub broken: BTreeSet<&'static str>,
    /// Files of evidence whose record answers for what is personal in them, and until when.
    pub answered: Vec<(String, Day)>,
    /// Warnings that are not shown.
    pub waivers: Vec<Waiver>,
}

/// Parses every file of the tree. All faults are reported; what is sound is kept.
pub fn parse(tree: &SourceTree) -> (Parsed, Diagnostics) {
    parse_with(tree, registers::kinds(tree), None)
}

/// Gives what [`parse`] gives, the kinds of records being known; parses only what is not as it was
/// when `kept` was filled.
pub fn parse_with(
    tree: &SourceTree,
    site: SiteKinds,
    mut kept: Option<&mut KeptFiles>,
) -> (Parsed, Diagnostics) {
    let mut diagnostics = Vec::new();
    let config = tree.of(Area::Config).find_map(|(id, file)| {
        let node = read_yaml(id, file, &mut diagnostics)?;
        check::group(
            &node,
            "the site's configuration",
            crate::record::site::CONFIG,
            &mut diagnostics,
        )
    });
    let waivers = config.as_ref().map(|config| waive::waivers(config, &mut diagnostics));
    let waivers = waivers.unwrap_or_default();
    let SiteKinds { all: kinds, are_sound, faults } = site;
    diagnostics.extend(faults);
    let mut parsed = Parsed { kinds, config, waivers, ..Parsed::default() };
    if let Some(kept) = kept.as_deref_mut() {
        kept.turn_to(tree, (kinds, are_sound));
    }

    let files: Vec<FileId> = tree.of(Area::Record).map(|(id, _)| id).collect();
    let shelf = kept.as_deref_mut().map(|kept| &mut kept.records);
    let read = |id: &FileId| RecordFile::read(*id, tree.file(*id), (kinds, are_sound));
    for file in made(shelf, &files, read) {
        parsed.records.extend(file.records);
        parsed.broken.extend(file.broken);
        diagnostics.extend(file.diagnostics);
        parsed.answered.extend(file.answered);
        if let Some(calendar) = file.calendar {
            let known = Arc::make_mut(&mut parsed.calendar);
            known.years.extend(calendar.years);
            known.holidays.extend(calendar.holidays);
            known.workdays.extend(calendar.workdays);
        }
    }

    let files: Vec<FileId> = tree.of(Area::Page).map(|(id, _)| id).collect();
    let shelf = kept.as_deref_mut().map(|kept| &mut kept.pages);
    let read = made(shelf, &files, |id| {
        let mut faults = Vec::new();
        (page::parse(*id, tree.file(*id), &mut faults), faults)
    });
    for (page, faults) in read {
        parsed.pages.extend(page);
        diagnostics.extend(faults);
    }
    // Paths are in order already, but `a-b.md` comes before `a.md`.
    parsed.pages.sort_by(|a, b| a.slug.cmp(&b.slug));

    let regulations = regulation::folders(tree);
    let shelf = kept.as_deref_mut().map(|kept| &mut kept.regulations);
    let read = made(shelf, &regulations, |folder| regulation::parse(tree, folder, kinds));
    for (regulation, faults) in read {
        if regulation.is_none() {
            parsed.broken.extend(["regulation", "obligation"]);
        }
        parsed.regulations.extend(regulation);
        diagnostics.extend(faults);
    }
    let files: Vec<FileId> = tree.iter().map(|(id, _)| id).collect();
    let shelf = kept.map(|kept| &mut kept.personal);
    let found = made(shelf, &files, |id| personal::find(*id, tree.file(*id)));
    diagnostics.extend(found.into_iter().flatten());
    find_unnamed_evidence(tree, &parsed, &mut diagnostics);
    circle::find(&parsed, &mut diagnostics);
    terms::check(&parsed.records, &parsed.broken, &mut diagnostics);
    (parsed, diagnostics)
}

/// Reports the files of evidence that no record names: whoever filed one believes it is on record.
fn find_unnamed_evidence(tree: &SourceTree, parsed: &Parsed, report: &mut Diagnostics) {
    let of_evidence = |record: &&Record| record.kind.name == "evidence";
    let records = parsed.records.iter().filter(of_evidence);
    let named: BTreeSet<&str> =
        records.filter_map(|record| Some(record.fields.text("file")?.value)).collect();
    let there = |file: &&str| tree.find(&format!("content/evidence/files/{file}")).is_some();
    if parsed.broken.contains("evidence") || !named.iter().all(there) {
        return; // The record that names it may be one that could not be read, or misspells it.
    }
    for (id, file) in tree.of(Area::Evidence) {
        let within = file.path.strip_prefix("content/evidence/files/").unwrap_or(&file.path);
        if !named.contains(within) && matches!(file.content, Content::Binary { .. }) {
            let message = format!("no record names `{}`", crate::source::escape(&file.path));
            report.push(Diagnostic::new(Code::UnusedFile, Span::start_of(id), message).help(
                "add a record under `content/evidence/` with its `file` and `sha256`, or remove it",
            ));
        }
    }
}

/// The YAML of a file, unless it is absent (then it has a diagnostic already) or not YAML.
fn read_yaml(id: FileId, file: &SourceFile, diagnostics: &mut Diagnostics) -> Option<Node> {
    match &file.content {
        Content::Text(text) => yaml::parse(id, text, diagnostics),
        Content::Binary { .. } | Content::Unreadable(_) | Content::Absent => None,
    }
}

/// What one file under `content/` gave.
#[derive(Clone, Debug, Default)]
struct RecordFile {
    records: Vec<Record>,
    calendar: Option<OfficeCalendar>,
    broken: BTreeSet<&'static str>,
    answered: Vec<(String, Day)>,
    diagnostics: Diagnostics,
}

/// Most records of one file.
const MAX_RECORDS: usize = 5_000;

impl RecordFile {
    /// Of a folder that nobody knows nothing is said where a register is not soundly defined.
    fn read(id: FileId, file: &SourceFile, (kinds, are_sound): (&Kinds, bool)) -> Self {
        let mut read = Self::default();
        let within = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let folder = within.split('/').next().unwrap_or_default().trim_end_matches(".yaml");
        if folder == "calendar" {
            if let Some(node) = read_yaml(id, file, &mut read.diagnostics) {
                read.calendar = Some(office_calendar::parse(&node, &mut read.diagnostics));
            }
            return read;
        }
        let Some(kind) = kinds.of_folder(folder) else {
            if !are_sound || matches!(file.content, Content::Absent | Content::Unreadable(_)) {
                return read; // Reported when it was found.
            }
            let known = kinds.iter().map(|kind| kind.plural).chain(["calendar"]);
            let message = format!("`{folder}` is no kind of record");
            read.diagnostics.push(
                Diagnostic::new(Code::UnexpectedFile, Span::start_of(id), message).help(
                    did_you_mean(folder, known)
                        .unwrap_or_else(|| "records live in `content/PLURAL/`".to_owned()),
                ),
            );
            return read;
        };
        match read_yaml(id, file, &mut read.diagnostics) {
            Some(node) => read.records(&node, kind),
            None => _ = read.broken.insert(kind.name),
        }
        read
    }

    fn records(&mut self, node: &Node, kind: &'static Kind) {
        let items = match &node.kind {
            NodeKind::List(items) => items.as_slice(),
            NodeKind::Null => &[],
            _ => std::slice::from_ref(node),
        };
        let what = format!("{} record", kind.name);
        if items.len() > MAX_RECORDS {
            let message = format!("a file holds at most {MAX_RECORDS} records");
            let fault = Diagnostic::new(Code::OverLimit, items[MAX_RECORDS].span, message);
            self.diagnostics.push(fault.help("split the file"));
        }
        for item in items.iter().take(MAX_RECORDS) {
            let read = visibility::read(item, &mut self.diagnostics);
            let (item, visibility) = match &read {
                Some((item, visibility)) => (item, visibility.clone()),
                None => (item, Visibility::default()),
            };
            match check::group(item, &what, kind.fields, &mut self.diagnostics) {
                Some(fields) => {
                    let file = fields.text("file").map(|file| file.value.to_owned());
                    let answered = personal::answered_until(item);
                    self.answered.extend(file.zip(answered));
                    self.records.push(Record { kind, fields, visibility, answered });
                }
                None => _ = self.broken.insert(kind.name),
            }
        }
    }
}
