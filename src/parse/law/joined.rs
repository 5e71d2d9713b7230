//! Numbers in the middle of a paragraph that look as if a line had begun with them: the one that
//! comes next in a list and is missing there, and the first of a list behind a colon. A text read
//! in, places out; nothing is read otherwise for them.

use std::collections::{BTreeMap, BTreeSet};

use super::marker::{Marker, Style, marker};
use crate::law::{Block, LawClause, LawText, Part, figures};
use crate::source::Span;

/// A paragraph that holds such a number, and the number as it is written.
#[derive(Debug, PartialEq, Eq)]
pub struct Joined {
    pub span: Span,
    pub written: String,
}

/// Every paragraph that seems to hold the beginning of a line.
pub fn joined_lines(law: &LawText) -> Vec<Joined> {
    let mut found = Vec::new();
    within(law.clauses.iter(), None, &mut found);
    found
}

/// What would go on a list here: its style, the number reached, and all of its numbers; and the list around it.
struct Reached<'a> {
    style: Style,
    part: Part,
    all: &'a BTreeSet<Part>,
    around: Option<&'a Reached<'a>>,
}

impl Reached<'_> {
    /// Whether `marker` is the number that comes next and is missing.
    fn lacks(&self, marker: &Marker) -> bool {
        self.style == marker.style
            && marker.part.follows(self.part)
            && !self.all.contains(&marker.part)
    }
}

/// Looks through the clauses of one list, which stands within those of `around`.
fn within<'a>(
    list: impl Iterator<Item = &'a LawClause>,
    around: Option<&Reached<'_>>,
    found: &mut Vec<Joined>,
) {
    let list: Vec<(&LawClause, Option<Style>)> =
        list.map(|clause| (clause, marker(&clause.marker).map(|marker| marker.style))).collect();
    let mut numbers: BTreeMap<Style, BTreeSet<Part>> = BTreeMap::new();
    for (clause, style) in &list {
        if let Some(style) = style {
            numbers.entry(*style).or_default().insert(clause.number.last());
        }
    }
    for (clause, style) in list {
        let own = style.and_then(|style| {
            let (part, all) = (clause.number.last(), numbers.get(&style)?);
            Some(Reached { style, part, all, around })
        });
        let reached = own.as_ref().or(around);
        for block in &clause.blocks {
            let (lines, span): (&[String], Span) = match block {
                Block::Paragraph(one) => (std::slice::from_ref(&one.text), one.span),
                Block::Table(table) => (&table.lines, table.span),
                Block::Clause(_) => continue,
            };
            let written = lines.iter().find_map(|line| in_the_middle(line, reached));
            found.extend(written.map(|written| Joined { span, written }));
        }
        within(clause.children(), reached, found);
    }
}

/// The first number in `text` that a line may have begun with.
fn in_the_middle(text: &str, reached: Option<&Reached<'_>>) -> Option<String> {
    let mut before = None;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let here = before.replace(c);
        let Some(end) = here else { continue };
        // A number in brackets begins lines of its own; 第（三）款 and 至（三） are citations.
        let bracket = matches!(c, '（' | '(') && !"第至及或與、～~".contains(end);
        let ended = "。；：:;）)」|｜│".contains(end);
        if !bracket && !ended {
            continue;
        }
        if let Some(written) = begins(&text[at..], end, reached) {
            return Some(written);
        }
    }
    None
}

/// The number `rest` begins with, if the line behind `end` began there.
fn begins(rest: &str, end: char, reached: Option<&Reached<'_>>) -> Option<String> {
    let bare = rest.trim_start_matches(['-', '*', '•', '+', ' ']);
    let found = marker(bare).or_else(|| named(bare))?;
    if first_of_row(rest, &found, end) {
        return Some(bare[..found.length].trim_end().to_owned());
    }
    let behind = bare[found.length..].trim_start();
    if found.style == Style::Division
        || counts(behind)
        || (found.loose && found.style > Style::Point)
        || (found.loose && !bare.starts_with('第'))
    {
        return None;
    }
    let lists = || std::iter::successors(reached, |list| list.around);
    let next = lists().any(|list| list.lacks(&found));
    let colon = matches!(end, '：' | ':');
    let first = found.part == Part::FIRST
        && !lists().any(|list| list.style == found.style)
        && (colon || (found.style == Style::Item && "。；;".contains(end)))
        && found.style > Style::Article;
    let written = bare[..found.length].trim_end().to_owned();
    (next || first).then_some(written)
}

/// Whether 一 in front of a blank begins a list that was set in one line: ：一 甲。二 乙。
fn first_of_row(rest: &str, found: &Marker, end: char) -> bool {
    /// How far away the second of a row may stand, in characters.
    const FURTHEST: usize = 300;
    let begins = found.loose
        && found.style == Style::Point
        && found.part == Part::FIRST
        && !rest.starts_with('第')
        && matches!(end, '：' | ':');
    if !begins {
        return false;
    }
    let near = rest.char_indices().nth(FURTHEST).map_or(rest, |(cut, _)| &rest[..cut]);
    near.split(['。', '；']).skip(1).any(|next| {
        marker(next.trim_start())
            .is_some_and(|next| next.loose && next.style == Style::Point && next.part.number() == 2)
    })
}

/// Whether figures go on behind the mark: 三、四月 and 一、二次, but not 一、一般.
fn counts(behind: &str) -> bool {
    let arabic = behind.starts_with(|c| figures::arabic(c).is_some());
    arabic
        || figures::number(behind).is_some_and(|(_, rest)| {
            rest.starts_with(|c| "年月日次級項款目條點人件、至及章節".contains(c))
        })
}

/// 第 6 條 and 第六點, which need no space behind them here: what followed was joined, too.
fn named(text: &str) -> Option<Marker> {
    let (_, rest) = figures::number(text.strip_prefix('第')?.trim_start())?;
    let behind = rest.trim_start().strip_prefix(['條', '點'])?;
    let inserted = behind.strip_prefix('之').and_then(figures::number);
    let rest = inserted.map_or(behind, |(_, rest)| rest);
    marker(&text[..text.len() - rest.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::law::{LawOptions, parse_law};
    use crate::source::FileId;

    fn written(text: &str) -> Vec<String> {
        let (law, _) = parse_law(FileId(0), text, &LawOptions::default());
        joined_lines(&law).into_iter().map(|joined| joined.written).collect()
    }

    #[test]
    fn a_joined_line_is_seen_by_the_number_it_began_with() {
        for (text, number) in [
            ("甲要點\n一、甲。\n二、乙：\n（一）丙。\n（二）丁。（三）戊。\n", "（三）"),
            ("甲要點\n一、甲。\n二、乙：\n（一）丙。\n（二）丁。三、戊。\n", "三、"),
            ("甲要點\n一、乙：（一）丙。（二）丁。\n二、戊。\n", "（一）"),
            ("甲要點\n一、乙：\n（一）丙：1.丁。\n二、戊。\n", "1."),
            ("甲法\n第 1 條\n甲。\n第 2 條\n乙。第 2-1 條\n丙。\n第 3 條\n丁。\n", "第 2-1 條"),
            ("甲法\n第 1 條\n甲。\n第 2 條\n如下：一、乙。\n第 3 條\n丁。\n", "一、"),
            ("甲要點\n一、下列：\n(一)甲。(二)乙。\n前項第一款由丙辦理。\n", "(二)"),
            ("甲要點\n一、下列：\n（一）甲管理\n（二）乙管理（三）丙管理\n二、丁。\n", "（三）"),
            ("甲要點\n一、乙。（一）丙。\n（二）丁。\n二、戊。\n", "（一）"),
            ("甲要點\n一、如下。\n| 量 | 率 |\n| 5 | 6 |二、乙。\n", "二、"),
            ("甲要點\n一、甲。\n二、（刪除）三、乙。\n", "三、"),
            ("甲要點\n一、甲。二、一般人員。\n", "二、"),
            ("甲法\n第 1 條\n甲。\n第 2 條\n如下： 一 乙事項。 二 丙事項。\n第 3 條\n丁。\n", "一"),
        ] {
            assert_eq!(written(text), [number], "{text}");
        }
    }

    #[test]
    fn numbers_of_sentences_are_no_lines() {
        for text in [
            "甲要點\n一、甲：一、二次為限。\n二、乙。三、四月辦理。\n",
            "甲法\n第 1 條\n甲。\n第 2 條\n乙。第三條之規定，準用之。\n第 3 條\n丁。\n",
            "甲要點\n一、下列：\n（一）甲。\n（二）依第（三）款。\n二、依（一）至（三）辦理。\n",
            "甲要點\n一、比率：1.5 倍。\n二、金額：2,000 元；\n",
        ] {
            assert_eq!(written(text), [""; 0], "{text}");
        }
    }
}
