//! What `regulation.yaml` says of the references in a text, and the check that every reference leads
//! somewhere.

use super::regulation::citation::{Meaning, Reading};
use super::regulation::law_place::CitedLaw;
use super::{Citation, Model, Target, Version, citations};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::law::{Form, Paragraph};
use crate::parse::ParsedRegulation;
use crate::record::value::Group;
use crate::source::{SourceTree, Span, Spanned};

/// The laws under `cites`.
pub fn laws(head: &Group) -> Vec<CitedLaw> {
    head.groups("cites")
        .map(|law| CitedLaw {
            name: law.string("name"),
            also: law.texts("also").map(|name| name.value.to_owned()).collect(),
            url: law.maybe_string("url"),
            article_url: law.maybe_string("article_url"),
            note: law.maybe_string("note"),
            is_implied: false,
        })
        .collect()
}

/// The regulations of the site that an author does not list: their official names lead to them
/// wherever they stand. A name that two of them have, or that only describes a text without a title,
/// leads nowhere.
pub fn held_laws(own: &Group, all: &[ParsedRegulation]) -> Vec<CitedLaw> {
    let listed: Vec<CitedLaw> = laws(own);
    let is_listed =
        |name: &String| listed.iter().any(|law| law.name == *name || law.also.contains(name));
    let titled = all.iter().filter(|one| !one.head.flag("descriptive_name"));
    let names: Vec<String> = titled.map(|one| one.head.string("name")).collect();
    let is_unique = |name: &&String| names.iter().filter(|other| other == name).count() == 1;
    let others = names.iter().filter(|name| **name != own.string("name") && !is_listed(name));
    others.filter(is_unique).map(|name| CitedLaw::implied(name)).collect()
}

/// The readings; one that does not say what is meant is reported.
pub fn readings(head: &Group, report: &mut Diagnostics) -> Vec<Reading> {
    let names: Vec<String> = head.groups("cites").map(|law| law.string("name")).collect();
    let mut readings = Vec::new();
    for entry in head.groups("readings") {
        let (Some(clause), Some(words)) = (entry.text("clause"), entry.text("words")) else {
            continue;
        };
        let Ok(number) = clause.value.parse() else { continue };
        let means = entry.text("means").and_then(|clause| clause.value.parse().ok());
        let law = entry.text("law");
        let named = law.as_ref().map(|law| names.iter().position(|name| name == law.value));
        let meaning = match (means, named) {
            (Some(number), None) => Meaning::Clause(number),
            (None, Some(Some(place))) => Meaning::Law(place),
            (None, Some(None)) => {
                let law = law.expect("it is named");
                let known = names.iter().map(String::as_str);
                let message = format!("no law `{}` in `cites`", law.value);
                report.push(
                    Diagnostic::new(Code::UnknownId, law.span, message)
                        .help("add it there, or correct the name")
                        .maybe_help(did_you_mean(law.value, known)),
                );
                continue;
            }
            _ => {
                let message = "a reading says what is meant: `means` or `law`, one of the two";
                report.push(Diagnostic::new(Code::MissingKey, entry.span, message).help(
                    "add `means` with the number of a clause, or `law` with a name from `cites`",
                ));
                continue;
            }
        };
        readings.push(Reading {
            clause: Spanned::new(number, clause.span),
            words: words.map(str::to_owned),
            meaning,
            note: entry.maybe_string("note"),
        });
    }
    readings
}

/// Reports references that lead nowhere, and readings that nothing is read by.
pub fn check(model: &Model, tree: &SourceTree, report: &mut Diagnostics) {
    for (_, regulation) in model.regulations.iter() {
        let mut used = vec![false; regulation.readings.len()];
        for version in &regulation.versions {
            let mut letters = Letters::default();
            for citation in citations(regulation, version) {
                if let Some(place) = citation.reading {
                    used[place] = true;
                }
                // What was taken over from the version before stands in another file, and nothing
                // is missing in a text of which only a part is known.
                let own =
                    !version.carried_over.iter().any(|point| citation.clause.starts_with(point));
                if own && let Some(fault) = fault(version, &citation, tree, &mut letters) {
                    report.push(fault);
                }
            }
        }
        for (reading, used) in regulation.readings.iter().zip(used) {
            if let Meaning::Clause(number) = &reading.meaning
                && !regulation.knows_clause(number)
            {
                let message = format!("no clause `{number}` in {}", regulation.slug);
                report.push(
                    Diagnostic::new(Code::UnknownClause, reading.clause.span, message)
                        .help("correct `means`"),
                );
            } else if !used {
                let message = format!(
                    "clause `{}` does not say `{}`",
                    reading.clause.value, reading.words.value
                );
                report.push(
                    Diagnostic::new(Code::UnmatchedReading, reading.words.span, message)
                        .help("write the words as they stand in the text, or remove the reading"),
                );
            }
        }
    }
}

fn fault(
    version: &Version,
    citation: &Citation,
    tree: &SourceTree,
    letters: &mut Letters,
) -> Option<Diagnostic> {
    let words = &citation.words;
    let clause = &citation.clause;
    let (message, help) = match citation.target {
        Target::Nowhere if version.complete => (
            format!("`{words}` in clause `{clause}` leads to no clause of the text"),
            format!(
                "compare with the published text; if it says so, add under `readings` what is meant: \
                 `{{clause: \"{clause}\", words: {words}, means: …}}` with a clause of this text, or \
                 `law: …` for `means` with the name of a law under `cites`"
            ),
        ),
        Target::Unlisted if version.text.form == Form::Points => (
            format!("`{words}` in clause `{clause}` is a place of a text that is not listed"),
            "add the text under `cites`, with its name as it stands there, and under `also` what \
             else it is called there"
                .to_owned(),
        ),
        _ => return None,
    };
    let paragraph = version.text.clause(clause)?.paragraphs().nth(citation.paragraph)?;
    letters.take(paragraph, tree.file(version.file).text());
    let span = letters.place(version, paragraph, citation);
    Some(Diagnostic::new(Code::UnresolvedReference, span, message).help(help))
}

/// The letters of one paragraph, counted once for all that is reported of it: a paragraph may have
/// as many faults as letters.
#[derive(Default)]
struct Letters {
    of: Option<Span>,
    /// As they stand in the file, where words may be torn by the end of a line: places from the
    /// paragraph's start.
    written: Vec<(usize, char)>,
    /// Where those of the text itself begin, without the marker: places in the text.
    read: Vec<usize>,
}

impl Letters {
    fn take(&mut self, paragraph: &Paragraph, source: &str) {
        if self.of == Some(paragraph.span) {
            return;
        }
        let (start, end) = (paragraph.span.start as usize, paragraph.span.end as usize);
        let letters = |text: &str| -> Vec<(usize, char)> {
            text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect()
        };
        self.written = letters(&source[start..end]);
        self.read = letters(&paragraph.text).into_iter().map(|(at, _)| at).collect();
        self.of = Some(paragraph.span);
    }

    /// Where in its file a citation stands.
    fn place(&self, version: &Version, paragraph: &Paragraph, citation: &Citation) -> Span {
        let start = paragraph.span.start as usize;
        // The marker stands in front of the first paragraph.
        let marker = self.written.len().saturating_sub(self.read.len());
        let first = marker + self.read.partition_point(|at| *at < citation.range.start);
        let last = marker + self.read.partition_point(|at| *at < citation.range.end) - 1;
        match (self.written.get(first), self.written.get(last)) {
            (Some((from, _)), Some((to, c))) => {
                Span::new(version.file, start + from, start + to + c.len_utf8())
            }
            _ => paragraph.span,
        }
    }
}
