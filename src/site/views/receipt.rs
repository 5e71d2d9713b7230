//! The receipt of an occurrence on its page: what its status follows from, and the records with their
//! hashes.

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx};
use crate::assess::{OccurrenceId, reckoning};
use crate::proof::receipt;
use crate::text::reckoning::step;

/// What the sheet unfolds.
#[derive(Debug, Serialize)]
pub struct ReceiptView {
    /// How the due date was reckoned, a step a line.
    steps: Vec<String>,
    elements: Vec<ElementRow>,
    records: Vec<RecordRow>,
    /// The fingerprint of the rule.
    rule: String,
    /// To the file of data.
    file: Link,
}

#[derive(Debug, Serialize)]
struct ElementRow {
    name: String,
    state: String,
    is_there: bool,
    since: Option<DateView>,
}

#[derive(Debug, Serialize)]
struct RecordRow {
    key: String,
    sha256: String,
    /// Something of it is not for these readers.
    withheld: bool,
}

/// The receipt of an occurrence.
pub fn receipt(here: &PageCtx, id: OccurrenceId) -> Option<ReceiptView> {
    let (site, model) = (here.site, &here.site.model);
    let occurrence = site.assessment.occurrence(id);
    let sheet = site.receipts.sheet(occurrence.obligation, id)?;
    let elements = sheet.elements.into_iter().map(|(name, state, since)| ElementRow {
        name: here.word("receipt_element", &name),
        is_there: state == "there",
        state: here.word("receipt_state", &state),
        since: since.map(DateView::new),
    });
    let records = sheet.records.into_iter();
    let path = receipt::path(model, occurrence.obligation);
    Some(ReceiptView {
        steps: reckoning(model, occurrence).steps.iter().map(|s| step(&site.words, s)).collect(),
        elements: elements.collect(),
        records: records
            .map(|(key, sha256, withheld)| RecordRow { key, sha256, withheld })
            .collect(),
        rule: sheet.rule_sha256,
        file: Link { href: here.file_href(&path), text: path },
    })
}
