//! What is personal outside YAML, which looks after its own texts: names of files, texts of
//! regulations, templates of the site. Guidance pages are looked at by what they show.

use super::yaml::{Node, NodeKind, PII_OK};
use crate::diagnostic::{Diagnostics, personal};
use crate::privacy;
use crate::source::{Area, FileId, SourceFile, Span};
use crate::time::{Day, parse_day};

/// Looks through the name of a file and, where nothing else does, its text.
pub fn find(id: FileId, file: &SourceFile) -> Diagnostics {
    let mut report = Diagnostics::new();
    // Each folder and file for itself: a way through folders is no number.
    for part in file.path.split('/') {
        for one in privacy::find(part) {
            let mut fault = personal(one.kind, Span::start_of(id));
            fault.message = format!(
                "{} stands in the name of `{}`",
                one.kind.name(),
                crate::source::escape(&privacy::mask(&file.path))
            );
            report.push(fault.help("rename the file"));
        }
    }
    let plain = match file.area {
        Area::Regulation => !file.path.ends_with(".yaml"),
        Area::Template => !file.path.ends_with(".yaml"),
        _ => false,
    };
    if plain {
        for one in privacy::find(file.text()) {
            let mut fault = personal(one.kind, Span::new(id, one.place.start, one.place.end));
            if file.area == Area::Regulation {
                fault = fault.help(
                    "an official text is published to the letter: leave out what is not of it \
                     by `drop` in `regulation.yaml`",
                );
            }
            report.push(fault);
        }
    }
    report
}

/// Until when the record or page head at `node` answers for what is personal in it.
pub fn answered_until(node: &Node) -> Option<Day> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let value = &entries.iter().find(|entry| entry.key.value == PII_OK)?.value;
    let NodeKind::Map(entries) = &value.kind else { return None };
    let until = entries.iter().find(|entry| entry.key.value == "until")?;
    let NodeKind::Scalar { text, .. } = &until.value.kind else { return None };
    parse_day(text.trim()).ok()
}
