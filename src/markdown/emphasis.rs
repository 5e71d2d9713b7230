//! Marks of emphasis that CommonMark does not see: it asks for a space or punctuation outside a mark
//! that has punctuation inside, and Chinese has no spaces. `**注意:**應辦理` stays as it is written.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// Gathers the marks that are left in the text of a block, and finds the pairs that were meant.
#[derive(Default)]
pub struct Marks {
    left: Vec<Mark>,
    in_code: bool,
}

/// A run of `*`, `**` or `~~` that is shown as it stands.
struct Mark {
    /// Bytes of the text.
    place: Range<usize>,
    before: Option<char>,
    after: Option<char>,
}

/// A pair of marks that was meant as emphasis.
#[derive(Debug, PartialEq, Eq)]
pub struct Unseen {
    pub place: Range<usize>,
    /// How to write it so that it is seen.
    pub instead: String,
}

/// How many marks ahead the other one of a pair is looked for.
const WINDOW: usize = 16;

impl Marks {
    /// Looks at the next event of a text; gives the pairs of a block that it ends.
    pub fn take(&mut self, text: &str, event: &Event, place: &Range<usize>) -> Vec<Unseen> {
        match event {
            Event::Text(_) if !self.in_code => self.find(text, place.clone()),
            Event::Start(tag) if !is_inline(tag) => {
                self.in_code = matches!(tag, Tag::CodeBlock(_));
                return self.end(text);
            }
            Event::End(tag) if !ends_inline(*tag) => {
                self.in_code = false;
                return self.end(text);
            }
            _ => {}
        }
        Vec::new()
    }

    fn find(&mut self, text: &str, place: Range<usize>) {
        let mut at = place.start;
        while at < place.end {
            let rest = &text[at..place.end];
            // Only marks are counted: to count each row of letters at each of them takes the square.
            let Some(next) = rest.find(['*', '~']) else { break };
            at += next;
            let rest = &text[at..place.end];
            let c = rest.chars().next().expect("a mark is there");
            let length = rest.len() - rest.trim_start_matches(c).len();
            let escaped = text[..at].len() - text[..at].trim_end_matches('\\').len();
            // One text may be given in several pieces, a mark among them.
            let goes_on = self.left.last().is_some_and(|mark| mark.place.end == at)
                && text[..at].ends_with(c);
            if goes_on {
                let mark = self.left.last_mut().expect("it goes on");
                mark.place.end = at + length;
                mark.after = text[at + length..].chars().next();
            } else if escaped.is_multiple_of(2) {
                self.left.push(Mark {
                    place: at..at + length,
                    before: text[..at].chars().next_back(),
                    after: text[at + length..].chars().next(),
                });
            }
            at += length;
        }
    }

    fn end(&mut self, text: &str) -> Vec<Unseen> {
        let mut marks = std::mem::take(&mut self.left);
        marks.retain(|mark| matches!(&text[mark.place.clone()], "*" | "**" | "~~"));
        let mut found = Vec::new();
        let mut rest = marks.iter();
        while let Some(open) = rest.next() {
            let mark = &text[open.place.clone()];
            let begins = open.after.is_some_and(|c| !c.is_whitespace());
            let mut later = rest.clone();
            // Marks that are further apart were not meant for each other; looking for them among all
            // that follow would take the square of their number.
            let close = later.by_ref().take(WINDOW).find(|close| {
                text[close.place.clone()] == *mark
                    && close.before.is_some_and(|c| !c.is_whitespace())
                    && close.place.start > open.place.end
            });
            let Some(close) = close.filter(|_| begins) else { continue };
            let around = [open.before, open.after, close.before, close.after];
            if around.into_iter().flatten().any(is_wide) {
                let inner = &text[open.place.end..close.place.start];
                found.push(Unseen {
                    place: open.place.start..close.place.end,
                    instead: instead(mark, inner, open.before, close.after),
                });
                rest = later;
            }
        }
        found
    }
}

/// The words with the punctuation outside the marks, or where it belongs together, with spaces.
fn instead(mark: &str, inner: &str, before: Option<char>, after: Option<char>) -> String {
    let parts: Vec<&str> = inner.split(mark).collect();
    if parts.len() > 1 && !parts.len().is_multiple_of(2) {
        // Two pairs, of which the inner marks were taken for one: `**甲:**乙**「丙」**丁`.
        let edge =
            |at: usize, side: fn(&str) -> Option<char>| parts.get(at).and_then(|part| side(part));
        let first = |text: &str| text.chars().next();
        let last = |text: &str| text.chars().next_back();
        let pieces = parts.iter().enumerate().map(|(at, part)| match at % 2 {
            0 => {
                let before = if at == 0 { before } else { edge(at - 1, last) };
                instead(mark, part, before, edge(at + 1, first).or(after))
            }
            _ => (*part).to_owned(),
        });
        return pieces.collect();
    }
    let first = inner.chars().next().filter(|c| is_punctuation(*c));
    let last = inner.chars().next_back().filter(|c| is_punctuation(*c));
    let opens = |c: char| OPENING.contains(c);
    let closes = |c: char| CLOSING.contains(c);
    let paired = first.is_some_and(opens) && last.is_some_and(closes);
    let plain = |c: Option<char>| c.is_none_or(|c| !opens(c) && !closes(c));
    let core = match (first, last) {
        (first, last) if paired || (plain(first) && plain(last)) => {
            let start = first.map_or(0, char::len_utf8);
            let end = inner.len() - last.map_or(0, char::len_utf8);
            (start < end).then(|| (&inner[..start], &inner[start..end], &inner[end..]))
        }
        _ => None,
    };
    match core {
        Some((start, core, end)) => format!("{start}{mark}{core}{mark}{end}"),
        None => {
            let space =
                |c: Option<char>| if c.is_some_and(|c| !c.is_whitespace()) { " " } else { "" };
            let front = if first.is_some() { space(before) } else { "" };
            let back = if last.is_some() { space(after) } else { "" };
            format!("{front}{mark}{inner}{mark}{back}")
        }
    }
}

const OPENING: &str = "「『（(《〈【〔[{“‘";
const CLOSING: &str = "」』）)》〉】〕]}”’";

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// Han, kana, full-width forms and the punctuation that goes with them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

pub fn is_inline(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

pub fn ends_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use crate::markdown::{FaultKind, render};

    fn unseen(text: &str) -> Vec<(String, String)> {
        let faults = render(text).faults.into_iter();
        faults
            .map(|fault| match fault.kind {
                FaultKind::UnseenEmphasis(instead) => (text[fault.place].to_owned(), instead),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn marks_beside_chinese_punctuation_are_found_and_the_remedy_is_seen() {
        for (text, marks, instead) in [
            ("**注意:**應辦理", "**注意:**", "**注意**:"),
            ("應**「稽核紀錄」**保存", "**「稽核紀錄」**", "「**稽核紀錄**」"),
            ("~~刪除(舊)~~新", "~~刪除(舊)~~", "~~刪除(舊)~~ "),
            ("依**（一）**辦理", "**（一）**", "（**一**）"),
            ("是*「重要」*事項", "*「重要」*", "「*重要*」"),
            ("請見**《作業規定》**第五點", "**《作業規定》**", "《**作業規定**》"),
            ("**逾期！**請補辦", "**逾期！**", "**逾期**！"),
            (
                "**注意:**應於**「期限」**前",
                "**注意:**應於**「期限」**",
                "**注意**:應於「**期限**」",
            ),
            ("- 表\n\n  | 甲 |\n  | - |\n  | **注意：**乙 |\n", "**注意：**", "**注意**："),
        ] {
            assert_eq!(unseen(text), [(marks.to_owned(), instead.to_owned())], "{text}");
            let mended = text.replacen(marks, instead, 1);
            assert_eq!(unseen(&mended), [], "{mended}");
            let html = render(&mended).html;
            assert!(["<strong>", "<em>", "<del>"].iter().any(|tag| html.contains(tag)), "{html}");
        }
    }

    #[test]
    fn a_row_of_one_letter_takes_time_in_step_with_its_length() {
        for piece in ["號", "(", "\\", "#", "甲乙", "\\*"] {
            let text = piece.repeat((1 << 18) / piece.len());
            let start = std::time::Instant::now();
            render(&text);
            assert!(start.elapsed().as_secs() < 20, "{piece}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn marks_that_mean_something_else_are_left_alone() {
        for text in [
            "2 * 3 * 4",
            "5*6",
            "5*6*7",
            "件數 * 比率",
            "`**注意:**應辦理`",
            "```\n**注意:**應辦理\n```\n",
            "    **注意:**應辦理\n",
            "\\*\\*注意:\\*\\*應辦理",
            "**注意**：應辦理",
            "**注意：** 應辦理",
            "甲*乙*丙",
            "件數* 與 *註",
            "~~刪除~~新",
            "* 甲\n* 乙\n",
            "&#42;&#42;注意:&#42;&#42;應",
            "約~5～6~件",
        ] {
            assert_eq!(unseen(text), [], "{text}");
        }
    }
}
