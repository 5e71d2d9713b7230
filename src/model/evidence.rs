//! What proves an act: a file with its SHA-256, or a document by its number.

use super::names::Names;
use super::{Account, Audit, Contractor, Finding, Id, Named, Post, Submission, Training, Waiver};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::value::Group;
use crate::source::FileId;
use crate::time::Day;

/// A piece of evidence (佐證資料).
#[derive(Debug)]
pub struct Evidence {
    pub slug: String,
    pub title: String,
    /// The form it is on, in the rule's words.
    pub form: Option<String>,
    pub received_on: Day,
    pub file: Option<EvidenceFile>,
    pub document: Option<String>,
    pub destroyed: Option<Destroyed>,
    pub fields: Group,
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
}

/// When papers were destroyed, and with whose approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destroyed {
    pub on: Day,
    pub approved_by: Option<Id<Post>>,
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

impl Destroyed {
    /// The destruction under `destroyed`, if there was one.
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let destroyed = fields.group("destroyed")?;
        Some(Self {
            on: destroyed.date("on")?,
            approved_by: names.get(destroyed, "approved_by", report),
        })
    }
}

impl Evidence {
    /// The file is filled in by `resolve`, which knows the files.
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        if fields.get("file").is_none() && fields.get("document").is_none() {
            report.push(
                Diagnostic::new(
                    Code::MissingKey,
                    fields.span,
                    "evidence needs a `file` with its `sha256`, or a `document` number",
                )
                .help("add one of the two"),
            );
        }
        if fields.get("file").is_some() && fields.get("sha256").is_none() {
            report.push(
                Diagnostic::new(
                    Code::MissingKey,
                    fields.key_span("file"),
                    "a file needs its `sha256`",
                )
                .help("`sha256sum FILE` prints it"),
            );
        }
        Some(Self {
            slug: fields.string("id"),
            title: fields.string("title"),
            form: fields.maybe_string("form"),
            received_on: fields.date("received_on")?,
            file: None,
            document: fields.maybe_string("document"),
            destroyed: Destroyed::resolve(fields, names, report),
            fields: fields.clone(),
            used_by: Vec::new(),
        })
    }
}
