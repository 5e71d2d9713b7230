//! Words of the vocabulary: each that a record uses is one the program knows or the site adds.

use std::collections::BTreeSet;

use super::Record;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::schema::Shape;

/// Reports words that neither the program nor the site's vocabulary has, and grades of the site's
/// own of which nobody said what they weigh.
pub fn check(records: &[Record], broken: &BTreeSet<&'static str>, report: &mut Diagnostics) {
    let own: Vec<&Record> = records.iter().filter(|one| one.kind.name == "term").collect();
    for term in &own {
        let is_grade = term.fields.text("of").is_some_and(|of| of.value == "grade");
        if is_grade && !term.fields.is_written("counts_as") {
            let message = format!("the grade `{}` lacks `counts_as`", term.fields.string("id"));
            let fault = Diagnostic::new(Code::MissingKey, term.fields.span, message);
            report.push(fault.help("say which of `observation`, `minor`, `major` it weighs as"));
        }
    }
    if broken.contains("term") {
        return;
    }
    for record in records {
        for field in record.kind.fields {
            let Shape::Term(section, words) = field.shape else { continue };
            let Some(written) = record.fields.text(field.key) else { continue };
            let of_section = own.iter().filter(|term| term.fields.string("of") == section);
            let added: Vec<String> = of_section.map(|term| term.fields.string("id")).collect();
            let known = || words.iter().copied().chain(added.iter().map(String::as_str));
            if known().any(|word| word == written.value) {
                continue;
            }
            let message = format!("`{}` knows no `{}`", field.key, written.value);
            let help = did_you_mean(written.value, known()).unwrap_or_else(|| {
                format!("write {}, or add it to `content/vocabulary.yaml`", field.shape.expects())
            });
            report.push(Diagnostic::new(Code::UnknownWord, written.span, message).help(help));
        }
    }
}
