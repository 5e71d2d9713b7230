//! A guidance page: `content/pages/SLUG.md`. Its first heading is the title; above it may stand,
//! between two lines `---`, which duties it explains.

use std::collections::HashMap;

use super::check::{self, is_id};
use super::personal::answered_until;
use super::yaml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, character, personal};
use crate::markdown::{DEEPEST, FaultKind, render};
use crate::privacy;
use crate::record::site;
use crate::source::{Content, FileId, SourceFile, Span, Spanned};
use crate::time::Day;

/// A guidance page as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedPage {
    /// The file's name without its ending.
    pub slug: String,
    pub title: String,
    /// The text below the title.
    pub body: String,
    /// Whether the author answers for what is personal in it: then only numbers of identity are
    /// masked.
    pub answered: bool,
    /// The duties it explains, `REGULATION/OBLIGATION`.
    pub duties: Vec<Spanned<String>>,
}

/// Reads a page. It is kept whatever is wrong with it; `None` only if it has no usable name.
pub(super) fn parse(id: FileId, file: &SourceFile, report: &mut Diagnostics) -> Option<ParsedPage> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let slug = name.trim_end_matches(".md");
    if !is_id(slug) || slug == "index" {
        let message = format!("`{name}` is no name for a page: it is its address");
        report.push(
            Diagnostic::new(Code::InvalidId, Span::start_of(id), message)
                .help("use lower-case letters, digits and hyphens, but not `index`"),
        );
        return None;
    }
    let Content::Text(text) = &file.content else {
        return None; // Why it cannot be read is said.
    };
    let Head { duties, answered, below: head } = read_head(id, text, report);
    let below = &text[head..];
    let start = text.len() - below.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let (first, rest) = text[start..].split_once('\n').unwrap_or((&text[start..], ""));
    let (title, body) = match first.strip_prefix("# ") {
        Some(title) if !title.trim().is_empty() => (title.trim().to_owned(), rest),
        _ => {
            report.push(
                Diagnostic::new(
                    Code::MissingKey,
                    Span::new(id, start, start),
                    "the page has no title",
                )
                .help("begin it with a line such as `# 如何辦理抽查`"),
            );
            (slug.to_owned(), &text[start..])
        }
    };
    let offset = text.len() - body.len();
    let in_title = privacy::find(&title).into_iter();
    report.extend(
        in_title.map(|one| {
            personal(one.kind, Span::new(id, start, start + first.len())).waived(answered)
        }),
    );
    let mut counts: HashMap<Code, (usize, usize)> = HashMap::new();
    for fault in render(body).faults {
        let code = code_of(&fault.kind);
        let (count, last) = counts.entry(code).or_default();
        *count += 1;
        if *count > MOST {
            continue;
        }
        *last = report.len();
        let span = Span::new(id, offset + fault.place.start, offset + fault.place.end);
        report.push(match fault.kind {
            FaultKind::RawHtml => Diagnostic::new(Code::RawHtml, span, "tags are shown as text")
                .help("write Markdown; put code between backticks"),
            FaultKind::UnsafeLink(address) => {
                Diagnostic::new(Code::UnsafeLink, span, format!("`{address}` cannot be a link"))
                    .help("link to http, https or mailto addresses, or to a file of the site")
            }
            FaultKind::UnseenEmphasis(instead) => {
                let marks = body[fault.place].to_owned();
                let message = format!("`{marks}` is shown as it stands, not as emphasis");
                Diagnostic::new(Code::UnseenEmphasis, span, message).help(format!(
                    "punctuation inside a mark needs a space outside it: write `{instead}`"
                ))
            }
            FaultKind::TooDeep => {
                let message =
                    format!("quotes and lists stand more than {DEEPEST} deep within each other");
                Diagnostic::new(Code::OverLimit, span, message)
                    .help("write them one after the other")
            }
            FaultKind::Hidden(c) => character(c, span, Some("an entity")),
            FaultKind::Personal(kind) => personal(kind, span).waived(answered),
            FaultKind::Picture => Diagnostic::new(Code::RawHtml, span, "pictures are not shown")
                .help("put the file among the evidence, or describe it in words"),
        });
    }
    let over = Code::ALL.iter().filter_map(|code| counts.get(code)).filter(|(n, _)| *n > MOST);
    for (count, last) in over {
        let help = report[*last].help.take().unwrap_or_default();
        report[*last].help = Some(format!("{help}; {} more follow on this page", count - MOST));
    }
    let masked = |kind: privacy::Kind| kind.is_identity() || answered.is_none();
    let title = privacy::masked(&title, &privacy::find(&title), masked).into_owned();
    let (slug, body, answered) = (slug.to_owned(), body.to_owned(), answered.is_some());
    Some(ParsedPage { slug, title, body, answered, duties })
}

/// How many faults of one code are reported each on its own.
const MOST: usize = 1_000;

fn code_of(kind: &FaultKind) -> Code {
    match kind {
        FaultKind::RawHtml | FaultKind::Picture => Code::RawHtml,
        FaultKind::UnsafeLink(_) => Code::UnsafeLink,
        FaultKind::UnseenEmphasis(_) => Code::UnseenEmphasis,
        FaultKind::Hidden(_) => Code::HiddenCharacter,
        FaultKind::TooDeep => Code::OverLimit,
        FaultKind::Personal(kind) if kind.is_certain() => Code::NationalId,
        FaultKind::Personal(_) => Code::PersonalData,
    }
}

/// What stands above the title.
struct Head {
    duties: Vec<Spanned<String>>,
    /// Until when the author answers for what is personal on the page.
    answered: Option<Day>,
    /// Where the text below begins.
    below: usize,
}

/// The duties named between two lines `---` at the top, and where the text below them begins.
fn read_head(id: FileId, text: &str, report: &mut Diagnostics) -> Head {
    let none = |below| Head { duties: Vec::new(), answered: None, below };
    let Some((start, end, below)) = head_of(text) else { return none(0) };
    if text[start..end].trim().is_empty() {
        return none(below);
    }
    // Blanks in place of the first rule keep every place where it is in the file.
    let head = format!("{}\n{}", " ".repeat(start - 1), &text[start..end]);
    let node = yaml::parse(id, &head, report);
    let answered = node.as_ref().and_then(answered_until);
    let group =
        node.and_then(|node| check::group(&node, "the page's head", site::GUIDANCE, report));
    let duties = group.iter().flat_map(|group| group.texts("duties"));
    Head { duties: duties.map(|duty| duty.map(str::to_owned)).collect(), answered, below }
}

/// Where the head begins, where it ends, and where the text below the second rule begins. Lines may
/// end as on Windows, and a byte order mark may stand in front.
fn head_of(text: &str) -> Option<(usize, usize, usize)> {
    let is_rule = |line: &str| line.trim_end_matches(['\n', '\r']) == "---";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if !is_rule(first.strip_prefix('\u{feff}').unwrap_or(first)) {
        return None;
    }
    let start = first.len();
    let mut end = start;
    for line in lines {
        if is_rule(line) {
            return Some((start, end, end + line.len()));
        }
        end += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Area;

    fn read(text: &str) -> (ParsedPage, Vec<Code>) {
        let file = SourceFile {
            path: "content/pages/how.md".to_owned(),
            area: Area::Page,
            content: Content::Text(text.to_owned()),
        };
        let mut report = Diagnostics::new();
        let page = parse(FileId(0), &file, &mut report).expect("a page");
        (page, report.iter().map(|fault| fault.code).collect())
    }

    #[test]
    fn a_page_saved_on_windows_is_the_same_page() {
        let text = "---\nduties: [law/check, law/audit]\n---\n# 如何抽查\n\n每月一次。\n";
        let windows = text.replace('\n', "\r\n");
        for written in [text.to_owned(), windows.clone(), format!("\u{feff}{windows}")] {
            let (page, faults) = read(&written);
            assert_eq!(faults, [], "{written:?}");
            assert_eq!(page.title, "如何抽查");
            assert!(!page.body.contains("---"), "{written:?}");
            let duties: Vec<_> = page.duties.iter().map(|duty| duty.value.as_str()).collect();
            assert_eq!(duties, ["law/check", "law/audit"]);
            for duty in &page.duties {
                let place = duty.span.start as usize..duty.span.end as usize;
                assert_eq!(written[place], duty.value);
            }
        }
    }

    #[test]
    fn of_very_many_faults_the_first_are_reported_and_the_rest_counted() {
        let file = SourceFile {
            path: "content/pages/how.md".to_owned(),
            area: Area::Page,
            content: Content::Text(format!("# 題\n\n{}", "<b>1</b> ".repeat(3_000))),
        };
        let mut report = Diagnostics::new();
        parse(FileId(0), &file, &mut report).expect("a page");
        assert_eq!(report.len(), MOST);
        let help = report[MOST - 1].help.as_deref().unwrap_or_default();
        assert!(help.ends_with("; 5000 more follow on this page"), "{help}");
    }

    #[test]
    fn a_head_may_be_empty_or_missing() {
        for text in ["---\n---\n# 題\n", "---\r\n\r\n---\r\n# 題\r\n", "\u{feff}# 題\n", "# 題"]
        {
            let (page, faults) = read(text);
            assert_eq!((faults, page.title.as_str()), (Vec::new(), "題"), "{text:?}");
            assert_eq!(page.duties, []);
        }
        assert_eq!(read("---\nduties: []\n# 題\n").1, [Code::MissingKey]);
    }
}
