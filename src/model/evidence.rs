//! What proves an act: a file with its SHA-256, or a document by its number.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::{Names, in_order};
use super::published::published_type;
use super::{
    Account, Audit, Contractor, Event, EvidenceForm, Finding, Id, Model, Named, Submission,
    Training, Waiver,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::value::Group;
use crate::source::{Area, Content, FileId, SourceTree, Spanned};
use crate::time::{Day, Instant, Moment};

/// A piece of evidence (佐證資料).
#[derive(Clone, Debug)]
pub struct Evidence {
    pub slug: String,
    pub title: String,
    /// The form it is on.
    pub form: Option<Id<EvidenceForm>>,
    /// The time it is about, if it says so: both days inclusive.
    pub covers: Option<(Day, Day)>,
    /// The day it was drawn up or taken.
    pub collected_on: Option<Day>,
    /// The day it was filed.
    pub received_on: Day,
    /// The time of that day, if it is recorded.
    pub received_at: Option<Instant>,
    /// The last day on which it proves anything.
    pub valid_until: Option<Day>,
    pub file: Option<EvidenceFile>,
    pub document: Option<String>,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
    /// What it proves, in order.
    pub used_by: Vec<EvidenceUser>,
}

/// The file of a piece of evidence, found and hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Under `content/evidence/files`.
    pub path: String,
    pub file: FileId,
    /// In bytes.
    pub size: u64,
    /// Of the file as read, in hexadecimal; equal to the recorded one.
    pub sha256: String,
    /// Such as `application/pdf`.
    pub media_type: &'static str,
}

/// What a piece of evidence is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EvidenceUser {
    Audit(Id<Audit>),
    Submission(Id<Submission>),
    Training(Id<Training>),
    Finding(Id<Finding>),
    /// Its pledge.
    Account(Id<Account>),
    /// Its agreement.
    Contractor(Id<Contractor>),
    Waiver(Id<Waiver>),
    /// What was done about it.
    Event(Id<Event>),
}

impl EvidenceUser {
    /// The day of the record, or of what the evidence proves of it.
    pub fn day(self, model: &Model) -> Option<Day> {
        Some(match self {
            EvidenceUser::Audit(id) => model.audits[id].done_on,
            EvidenceUser::Submission(id) => model.submissions[id].sent_on,
            EvidenceUser::Training(id) => model.trainings[id].on,
            EvidenceUser::Finding(id) => model.findings[id].found_on,
            EvidenceUser::Account(id) => model.accounts[id].pledge?.signed_on,
            EvidenceUser::Contractor(id) => model.contractors[id].agreement?.signed_on,
            EvidenceUser::Waiver(id) => model.waivers[id].approved.on,
            EvidenceUser::Event(id) => model.events[id].on,
        })
    }
}

impl EvidenceFile {
    /// The format as people name it, `PDF`: the ending of the file's name.
    pub fn format(&self) -> String {
        self.path.rsplit('.').next().unwrap_or_default().to_uppercase()
    }
}

impl Named for Evidence {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Evidence {
    /// The day it is from: drawn up, or filed where nobody says when it was drawn up.
    pub fn made_on(&self) -> Day {
        self.collected_on.unwrap_or(self.received_on)
    }

    /// When it was filed, as far as it is recorded.
    pub fn received(&self) -> Moment {
        Moment::of(self.received_on, self.received_at)
    }

    /// Whether it is about other days than any of `from` to `until`, both inclusive.
    pub fn is_of_another_time(&self, from: Day, until: Day) -> bool {
        self.covers.is_some_and(|(first, last)| last < from || until < first)
    }

    /// The file is filled in by `resolve`, which knows the files.
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        if !fields.is_written("file") && !fields.is_written("document") {
            report.push(
                Diagnostic::new(
                    Code::MissingKey,
                    fields.span,
                    "evidence needs a `file` with its `sha256`, or a `document` number",
                )
                .help("add one of the two"),
            );
        }
        if fields.get("file").is_some() && !fields.is_written("sha256") {
            report.push(
                Diagnostic::new(
                    Code::MissingKey,
                    fields.key_span("file"),
                    "a file needs its `sha256`",
                )
                .help("`sha256sum FILE` prints it"),
            );
        }
        in_order(fields, ("collected_on", "received_on"), report);
        in_order(fields, ("received_on", "valid_until"), report);
        let covers = fields.group("covers");
        if let Some(covers) = covers {
            in_order(covers, ("from", "until"), report);
        }
        Some(Self {
            covers: covers.and_then(|days| Some((days.date("from")?, days.date("until")?))),
            collected_on: fields.date("collected_on"),
            valid_until: fields.date("valid_until"),
            slug: fields.string("id"),
            title: fields.string("title"),
            form: fields.text("form").map(|words| names.form(words.value)),
            received_on: fields.date("received_on")?,
            received_at: fields.instant("received_at"),
            file: None,
            document: fields.maybe_string("document"),
            destroyed: Destroyed::resolve(fields, names, report),
            fields: Arc::new(fields.clone()),
            used_by: Vec::new(),
        })
    }
}

/// Gives each piece of evidence its file: there, of an allowed type, and the one recorded.
pub(super) fn find_evidence_files(model: &mut Model, tree: &SourceTree, report: &mut Diagnostics) {
    for id in model.evidence.ids() {
        let fields = model.evidence[id].fields.clone();
        let (Some(path), Some(hash)) = (fields.text("file"), fields.text("sha256")) else {
            continue;
        };
        match evidence_file(tree, path, hash) {
            Ok(file) => model.evidence.row_mut(id).file = Some(file),
            Err(fault) => report.push(fault),
        }
    }
}

fn evidence_file(
    tree: &SourceTree,
    path: Spanned<&str>,
    recorded: Spanned<&str>,
) -> Result<EvidenceFile, Diagnostic> {
    let full = format!("content/evidence/files/{}", path.value);
    let found = tree.find(&full).map(|id| (id, &tree.file(id).content));
    let Some((file, Content::Binary { size, sha256, head })) = found else {
        let known: Vec<&str> = tree
            .of(Area::Evidence)
            .filter_map(|(_, file)| file.path.strip_prefix("content/evidence/files/"))
            .collect();
        return Err(Diagnostic::new(Code::MissingFile, path.span, format!("`{full}` is missing"))
            .help("put the file there, or correct the name")
            .maybe_help(did_you_mean(path.value, known)));
    };
    let media_type = published_type(&path, head)?;
    if *sha256 != recorded.value {
        let message = format!("the file's SHA-256 is {sha256}, recorded is {}", recorded.value);
        return Err(Diagnostic::new(Code::HashMismatch, recorded.span, message)
            .help("restore the file, or record the new one as evidence of its own"));
    }
    let (path, sha256) = (path.value.to_owned(), sha256.clone());
    Ok(EvidenceFile { path, file, size: *size, sha256, media_type })
}
