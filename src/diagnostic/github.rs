//! Diagnostics for a workflow on GitHub: annotations beside a change, and the summary of the step.

use std::fmt::Write as _;

use super::Severity;
use super::problem::{Problem, problems};
use super::{Diagnostic, order};
use crate::source::{SourceTree, escape};

/// GitHub shows no more annotations of a step than this many; the others would be dropped unsaid.
const SHOWN: usize = 10;

/// The summary of a step may have a mebibyte; what is behind this many bytes is counted.
const SUMMARY_BYTES: usize = 900_000;

/// The first of the diagnostics as workflow commands, errors first, and a line that counts all.
/// `prefix` is the way from the repository's root to the site's folder, empty or ending in `/`.
pub fn github(tree: &SourceTree, diagnostics: &[Diagnostic], prefix: &str) -> String {
    let problems = problems(tree, diagnostics);
    let mut text = String::new();
    for problem in problems.iter().take(SHOWN) {
        let command = match problem.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = property(&format!("{prefix}{}", problem.position.file));
        let _ = write!(text, "::{command} file={file}");
        if let Some(place) = problem.position.place {
            let _ = write!(text, ",line={},col={}", place.line, place.column);
            let _ = write!(text, ",endLine={},endColumn={}", place.end_line, place.end_column);
        }
        let _ = write!(text, ",title={}::", property(problem.code.slug()));
        text.push_str(&data(&problem.message));
        if let Some(help) = &problem.help {
            let _ = write!(text, "%0A{}", data(help));
        }
        text.push('\n');
    }
    let _ = write!(text, "{}", counted(diagnostics));
    if problems.len() > SHOWN {
        let more = problems.len() - SHOWN;
        let _ = write!(text, "; {more} more stand in the step's summary and in `--format json`");
    }
    text.push('\n');
    text
}

/// All diagnostics as a table in Markdown, for the file that `GITHUB_STEP_SUMMARY` names.
pub fn summary(tree: &SourceTree, diagnostics: &[Diagnostic], prefix: &str) -> String {
    let problems = problems(tree, diagnostics);
    let mut text = format!("### clausebook check\n\n{}\n", counted(diagnostics));
    if problems.is_empty() {
        return text;
    }
    text.push_str("\n| | code | place | message |\n| - | - | - | - |\n");
    for (number, problem) in problems.iter().enumerate() {
        let row = summary_row(problem, prefix);
        if text.len() + row.len() > SUMMARY_BYTES {
            let more = problems.len() - number;
            let _ = writeln!(text, "\n{more} more stand in `--format json`");
            break;
        }
        text.push_str(&row);
    }
    text
}

fn summary_row(problem: &Problem<'_>, prefix: &str) -> String {
    let place = problem.position.place;
    let place = place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
    let help = problem.help.as_deref().map(|help| format!(" — {help}")).unwrap_or_default();
    let (word, slug) = (problem.code.severity().as_str(), problem.code.slug());
    let (at, text) = (format!("{prefix}{}{place}", problem.position.file), &problem.message);
    format!("| {word} | {slug} | {} | {} |\n", cell(&at), cell(&format!("{text}{help}")))
}

/// A text in a cell of a table: nothing of it is markup, and the cell ends where it should.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for c in escape(text).chars() {
        match c {
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '>' => cell.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '!' | '@' | '$' | ':' => {
                let _ = write!(cell, "&#{};", u32::from(c));
            }
            c => cell.push(c),
        }
    }
    cell
}

fn counted(diagnostics: &[Diagnostic]) -> String {
    let (errors, warnings) = order::count(&order::sorted(diagnostics));
    format!("errors {errors}, warnings {warnings}")
}

/// Spells the text of a command so that it can neither end the command nor begin another.
fn data(text: &str) -> String {
    escape(text).replace('%', "%25")
}

/// Spells a property of a command, in which two more characters have a meaning.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{Area, Content, FileId, SourceFile, Span};

    fn tree(path: &str, text: &str) -> SourceTree {
        let content = Content::Text(text.to_owned());
        let file = SourceFile { path: path.to_owned(), area: Area::Record, content };
        SourceTree { files: vec![file] }
    }

    #[test]
    fn github_commands_stay_one_command() {
        let tree = tree("content/a,b:c%.yaml", "名: 值\n");
        let span = Span::new(FileId(0), 5, 8);
        let fault = Diagnostic::new(Code::WrongType, span, "50% of\n::error::x\r##vso[task]")
            .help("a, b: c\u{1b}[0m");
        let text = github(&tree, &[fault], "sites/tax/");
        let expected = concat!(
            "::error file=sites/tax/content/a%2Cb%3Ac%25.yaml,line=1,col=4,endLine=1,endColumn=5,",
            r"title=wrong-type::50%25 of\n::error::x\r##vso[task]%0Aa, b: c\u{1b}[0m",
            "\nerrors 1, warnings 0\n",
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn ten_are_shown_and_all_are_in_the_summary() {
        let tree = tree("a.yaml", &"x\n".repeat(300));
        let fault = |number: usize| {
            let span = Span::new(FileId(0), number * 2, number * 2 + 1);
            Diagnostic::new(Code::WrongType, span, format!("no <b>`{number}`</b> | x\n"))
        };
        let faults: Vec<_> = (0..300).map(fault).collect();
        let text = github(&tree, &faults, "");
        assert_eq!(text.matches("::error").count(), 10);
        assert!(text.ends_with("\nerrors 300, warnings 0; 290 more stand in the step's summary and in `--format json`\n"));
        let table = summary(&tree, &faults, "");
        assert_eq!(table.lines().filter(|line| line.starts_with("| error |")).count(), 300);
        assert!(!table.contains("<b>"));
        for row in table.lines().filter(|line| line.starts_with("| error |")) {
            assert_eq!(row.matches('|').count(), 5, "{row}");
        }
        let many: Vec<_> =
            (0..30_000).map(|number| fault(number % 300).help(number.to_string())).collect();
        let table = summary(&tree, &many, "");
        assert!(table.len() < 1_000_000 && table.contains("more stand in"));
    }
}
