//! The attachments (附件) of a regulation: forms that its text sends to, with the file where it is
//! at hand.

use std::collections::BTreeSet;

use super::Regulation;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::law::{AttachmentLabel, attachment_label};
use crate::model::published::published_type;
use crate::record::value::Group;
use crate::source::{Content, SourceTree, Spanned};

/// An attachment as `regulation.yaml` states it.
#[derive(Debug)]
pub struct Attachment {
    pub label: AttachmentLabel,
    pub title: String,
    pub note: Option<String>,
    pub file: Option<AttachmentFile>,
}

/// The file of an attachment.
#[derive(Debug)]
pub struct AttachmentFile {
    /// Below the regulation's folder, in the inputs and in the output.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// As read, in hexadecimal.
    pub sha256: String,
}

/// The folder of a regulation its attachments stand in.
const FOLDER: &str = "attachments/";

impl AttachmentFile {
    /// The format as people name it, `PDF`.
    pub fn format(&self) -> String {
        self.path.rsplit('.').next().unwrap_or_default().to_uppercase()
    }
}

/// Reads the attachments of a regulation; `slug` is its folder.
pub(in crate::model) fn resolve(
    head: &Group,
    slug: &str,
    tree: &SourceTree,
    report: &mut Diagnostics,
) -> Vec<Attachment> {
    let mut seen = BTreeSet::new();
    let mut attachments = Vec::new();
    for entry in head.groups("attachments") {
        let Some(name) = entry.text("label") else { continue };
        let Some(label) = attachment_label(name.value) else {
            let message = format!("`{}` is not what an attachment is called", name.value);
            report.push(
                Diagnostic::new(Code::InvalidId, name.span, message)
                    .help("write it as the text does, such as `附件一` or `附表`"),
            );
            continue;
        };
        if !seen.insert(label) {
            let message = format!("two attachments are called `{label}`");
            report.push(
                Diagnostic::new(Code::DuplicateId, name.span, message).help("remove one of them"),
            );
            continue;
        }
        let file = entry.text("file").map(|path| find(slug, path, tree));
        attachments.push(Attachment {
            label,
            title: entry.string("title"),
            note: entry.maybe_string("note"),
            file: file.and_then(|found| found.map_err(|fault| report.push(fault)).ok()),
        });
    }
    attachments
}

fn find(slug: &str, path: Spanned<&str>, tree: &SourceTree) -> Result<AttachmentFile, Diagnostic> {
    let full = format!("regulations/{slug}/{}", path.value);
    let content = tree.find(&full).map(|id| &tree.file(id).content);
    let Some(Content::Binary { size, sha256, head }) =
        content.filter(|_| path.value.starts_with(FOLDER))
    else {
        let message = format!("there is no attachment `{full}`");
        return Err(Diagnostic::new(Code::MissingFile, path.span, message).help(format!(
            "put the file into `regulations/{slug}/{FOLDER}`, or correct the name"
        )));
    };
    published_type(&path, head)?;
    Ok(AttachmentFile { path: path.value.to_owned(), size: *size, sha256: sha256.clone() })
}

impl Regulation {
    /// The attachment of this name.
    pub fn attachment(&self, label: AttachmentLabel) -> Option<&Attachment> {
        self.attachments.iter().find(|attachment| attachment.label == label)
    }
}
