//! What reads well and may still be another text than the official's: numbers in front of the first
//! clause, a list in the middle of a line, the title again between clauses, a line that stands there
//! twice, columns set side by side, clauses in the cells of a table.
//! A text read in, doubts out; nothing is read otherwise for them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::law::{Block, LawText, Level, Paragraph, Part, figures, is_deleted};
use crate::parse::law::{begins_clause, joined_lines};
use crate::source::Span;

/// The doubts about a text whose numbers all come next.
pub fn doubts(law: &LawText, source: &str, title: Option<&str>) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut doubt = |span, message: String, help: &str| {
        found.push(Diagnostic::new(Code::DoubtfulClause, span, message).help(help));
    };
    let numbered = |text: &str| begins_with_number(text) || begins_another_list(text);
    for line in law.head.iter().filter(|line| numbered(&line.text)) {
        let first: String = line.text.trim().chars().take(8).collect();
        doubt(
            line.span,
            format!("`{first}` stands in front of the first clause"),
            "compare with the published text: clauses may stand in another order, or be a table of contents",
        );
    }
    let title = title.filter(|title| title.chars().count() > 4);
    for clause in law.all_clauses() {
        for (place, paragraph) in clause.paragraphs().enumerate() {
            let again = title.and_then(|title| line_of(source, paragraph.span, title));
            if let Some(span) = again {
                doubt(
                    span,
                    format!("the title stands again in clause `{}`", clause.number),
                    "if it is the head of a page, name the line under `drop` in regulation.yaml",
                );
            }
            if paragraph.text.contains("**") {
                doubt(
                    paragraph.span,
                    format!("clause `{}` holds marks of bold letters", clause.number),
                    "take `**` out of the copy; the marks would stand on the page",
                );
            }
            if (place > 0 || clause.is_paragraph()) && is_fragment(paragraph) {
                doubt(
                    paragraph.span,
                    format!("a few words without a stop stand in clause `{}`", clause.number),
                    "if they are the head of a page, name the line under `drop` in regulation.yaml",
                );
            }
            if has_columns(paragraph) {
                doubt(
                    paragraph.span,
                    format!("clause `{}` has numbers side by side in columns", clause.number),
                    "a table that compares two texts is no text: import one of its columns",
                );
            }
        }
    }
    for joined in joined_lines(law) {
        doubt(
            joined.span,
            format!("`{}` stands in the middle of a line", joined.written),
            "if the published text begins a line with it, do so in the copy",
        );
    }
    for heading in law.headings.iter().filter(|heading| holds_number(&heading.text)) {
        doubt(
            heading.span,
            "the heading holds the number of a clause".to_owned(),
            "if the clause begins a line in the published text, let it do so in the copy",
        );
    }
    if let Some((start, written)) = unread_numbers(source) {
        let file = law.head.first().map(|line| line.span.file);
        let file = file.or_else(|| law.clauses.first().map(|clause| clause.span.file));
        if let Some(file) = file {
            doubt(
                Span::new(file, start, start + written.len()),
                format!("`{written}` is a number of a form that is not read"),
                "clauses are told by 一、（一） 1. (1) or by 第一條; its line and those like it are text of the clause above",
            );
        }
    }
    for span in doubled(law, source) {
        doubt(
            span,
            "the line says what the one above it says".to_owned(),
            "if it was copied twice, remove one of them",
        );
    }
    if let Some(span) = numbered_table(law) {
        doubt(
            span,
            "a table has numbers in its first column as clauses have them".to_owned(),
            "if its rows are the clauses, write each row as a line: 一、 and its text",
        );
    }
    found
}

/// Numbers in several parts (1.1, 4.2.1) or of a code (03001) that begin lines and go on: where the first
/// stands, and how it is written. Also of 一 and 二, each alone on its line.
fn unread_numbers(source: &str) -> Option<(usize, &str)> {
    let mut last: Option<(Vec<u32>, usize, &str)> = None;
    let mut alone: Option<(Part, usize, &str)> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start();
        let start = at + line.len() - text.len();
        at += line.len();
        if let Some((part, "")) = figures::number(text.trim_end())
            && !text.starts_with(|c| figures::arabic(c).is_some())
        {
            match alone {
                Some((before, start, written)) if part.follows(before) => {
                    return Some((start, written));
                }
                _ => alone = Some((part, start, text.trim_end())),
            }
        }
        let length = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let (written, behind) = text.split_at(length);
        let written = written.trim_end_matches('.');
        let parts: Vec<u32> = written.split('.').filter_map(|part| part.parse().ok()).collect();
        let is_code = written.len() == 5 && written.starts_with('0');
        let set_off = behind.starts_with(char::is_whitespace)
            && behind.trim_start().starts_with(|c: char| c >= '\u{2e80}');
        let several = parts.len() > 1 && parts.len() == written.split('.').count();
        if !set_off || !(is_code || several) || parts.contains(&0) {
            continue;
        }
        if let Some((before, start, written)) = &last {
            let (front, own) = parts.split_at(parts.len() - 1);
            if before.len() == parts.len()
                && before.starts_with(front)
                && before[front.len()] + 1 == own[0]
            {
                return Some((*start, *written));
            }
        }
        last = Some((parts, start, written));
    }
    None
}

/// The line within a part of the source that holds a title and nothing else.
fn line_of(source: &str, within: Span, title: &str) -> Option<Span> {
    let (start, end) = (within.start as usize, within.end as usize);
    let mut at = start;
    for line in source.get(start..end)?.split_inclusive('\n') {
        if line.trim() == title {
            return Some(Span::new(within.file, at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// 一　甲。 or 1. 甲。, which the clauses are not numbered like.
fn begins_another_list(text: &str) -> bool {
    begins_clause(text.trim()).is_some_and(|rest| rest.ends_with(['。', '；', '：', ':']))
}

/// 一、 at the beginning.
fn begins_with_number(text: &str) -> bool {
    // 第49、52條 of a history goes on with a number.
    figures::number(text.trim_start()).is_some_and(|(_, rest)| {
        rest.trim_start().strip_prefix('、').is_some_and(|rest| figures::number(rest).is_none())
    })
}

/// 貳、稽核二、乙。 or 第二章 罰則第五條.
fn holds_number(heading: &str) -> bool {
    let starts = heading.char_indices().skip(1).filter(|(_, c)| *c > '\u{2e80}');
    starts.map(|(at, _)| &heading[at..]).any(|rest| {
        let article = rest.strip_prefix('第').and_then(figures::number);
        let article = article.is_some_and(|(_, rest)| rest.trim_start().starts_with('條'));
        article || begins_with_number(rest) && !rest.starts_with('壹')
    })
}

/// The lines among the clauses that say again what the line above them says.
fn doubled(law: &LawText, source: &str) -> Vec<Span> {
    /// Shorter lines may well stand twice: cells, 同上, □是□否.
    const SHORTEST: usize = 6;
    let starts = law.clauses.iter().map(|clause| clause.span);
    let first =
        starts.chain(law.headings.iter().map(|heading| heading.span)).min_by_key(|span| span.start);
    let Some(first) = first else { return Vec::new() };
    let beside: Vec<Span> =
        law.attachments.iter().map(|attached| attached.span).chain(tables(law)).collect();
    let mut found = Vec::new();
    let (mut at, mut above) = (0, "");
    for raw in source.split('\n') {
        let line = raw.trim();
        if line.is_empty() {
            at += raw.len() + 1;
            continue;
        }
        let start = at + (raw.len() - raw.trim_start().len());
        let within = |span: &Span| (span.start..span.end).contains(&(start as u32));
        if line == above
            && start as u32 >= first.start
            && line.chars().count() >= SHORTEST
            && !beside.iter().any(within)
        {
            found.push(Span::new(first.file, start, start + line.len()));
        }
        above = line;
        at += raw.len() + 1;
    }
    found
}

fn tables(law: &LawText) -> impl Iterator<Item = Span> {
    law.all_clauses().flat_map(|clause| &clause.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table.span),
        _ => None,
    })
}

/// The first table, if tables have more rows with numbers (一、) than the text has clauses.
fn numbered_table(law: &LawText) -> Option<Span> {
    let (mut first, mut rows) = (None, 0);
    for block in law.all_clauses().flat_map(|clause| &clause.blocks) {
        let Block::Table(table) = block else { continue };
        let named = |cell: &str| cell.starts_with('第') && cell.ends_with(['條', '點']);
        let begins = |row: &&Vec<String>| {
            row.first().is_some_and(|cell| begins_with_number(cell) || named(cell))
        };
        let count = table.rows.iter().filter(begins).count();
        if count > 0 {
            first = first.or(Some(table.span));
        }
        rows += count;
    }
    let points =
        law.all_clauses().filter(|clause| clause.number.level() != Level::Division).count();
    first.filter(|_| points == 0 || rows > 1 && rows >= law.clauses.len())
}

/// Whether a paragraph is a few words that no stop ends.
fn is_fragment(paragraph: &Paragraph) -> bool {
    const LONGEST: usize = 12;
    let text = paragraph.text.trim();
    !paragraph.is_caption
        && text.chars().count() <= LONGEST
        && !text.ends_with(['。', '；', '：', ':', '︰', ';', '.', '）', ')', '」', '、'])
        && !is_deleted(text)
}

/// Words, a tab, and a number again.
fn has_columns(paragraph: &Paragraph) -> bool {
    paragraph.text.split('\t').skip(1).any(begins_with_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::law::{LawOptions, parse_law};
    use crate::source::FileId;

    #[test]
    fn what_may_be_another_text_is_doubted() {
        let doubted = |text: &str| {
            let (law, _) = parse_law(FileId(0), text, &LawOptions::default());
            doubts(&law, text, law.head.first().map(|line| &*line.text)).len()
        };
        for text in [
            "甲要點\n三、丙。\n二、乙。\n一、甲。\n",
            "甲辦法\n第1條　甲。\n第2條　用詞如下：一、甲：子。二、乙：丑。\n",
            "測試作業要點\n一、甲應每月辦理。\n測試作業要點\n二、乙。\n",
            "甲要點修正對照表\n一、甲。\t一、乙。\t文字修正。\n",
            "甲要點\n一、甲應每月辦理。\n一、甲應每月辦理。\n二、乙。\n",
            "甲辦法\n第一章　總則\n第一章　總則\n第1條\n甲。\n第2條\n乙。\n",
            "甲計畫\n壹、總則\n| 一、 | 甲。 |\n| 二、 | 乙。 |\n貳、稽核\n| 一、 | 丙。 |\n",
        ] {
            assert!(doubted(text) > 0, "{text}");
        }
        for text in [
            "甲要點\n一、依下列：\n（一）甲。\n（二）乙。\n",
            "甲要點\n一、甲：一、二次為限。\n二、乙。\n",
            "甲要點\n甲要點\n一、甲：\n| 乙乙乙乙乙 | 丙 |\n| 乙乙乙乙乙 | 丙 |\n二、丁。\n附件一\n□是　□否　□免\n□是　□否　□免\n",
        ] {
            assert_eq!(doubted(text), 0, "{text}");
        }
    }
}
