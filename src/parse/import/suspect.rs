//! What reads well and may still be another text than the official's: numbers in front of the first
//! clause, a list in the middle of a line, the title again between clauses, columns set side by side.
//! A text read in, doubts out; nothing is read otherwise for them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::law::{LawText, Paragraph, figures};

/// The doubts about a text whose numbers all come next.
pub fn doubts(law: &LawText) -> Diagnostics {
    let mut found = Diagnostics::new();
    let mut doubt = |span, message: String, help: &str| {
        found.push(Diagnostic::new(Code::DoubtfulClause, span, message).help(help));
    };
    for line in law.head.iter().filter(|line| begins_with_number(&line.text)) {
        let first: String = line.text.trim().chars().take(8).collect();
        doubt(
            line.span,
            format!("`{first}` stands in front of the first clause"),
            "compare with the published text: clauses may stand in another order, or be a table of contents",
        );
    }
    let title = law.head.iter().map(|line| line.text.trim()).find(|line| line.chars().count() > 4);
    for clause in law.all_clauses() {
        for paragraph in clause.paragraphs() {
            if has_list(paragraph) {
                doubt(
                    paragraph.span,
                    format!("clause `{}` has a list in the middle of a line", clause.number),
                    "if the published text sets each number on a line of its own, do so in the copy",
                );
            }
            if title.is_some_and(|title| paragraph.text.trim() == title) {
                doubt(
                    paragraph.span,
                    format!("the title stands again in clause `{}`", clause.number),
                    "if it is the head of a page, name the line under `drop` in regulation.yaml",
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
    found
}

/// 一、 at the beginning.
fn begins_with_number(text: &str) -> bool {
    // 第49、52條 of a history goes on with a number.
    figures::number(text.trim_start()).is_some_and(|(_, rest)| {
        rest.trim_start().strip_prefix('、').is_some_and(|rest| figures::number(rest).is_none())
    })
}

/// 如下：一、甲。二、乙。 in one line.
fn has_list(paragraph: &Paragraph) -> bool {
    paragraph.text.split_once("：一、").is_some_and(|(_, rest)| {
        rest.split_once("二、").is_some_and(|(front, _)| front.ends_with(['。', '；', '，']))
    })
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
            doubts(&law).len()
        };
        for text in [
            "甲要點\n三、丙。\n二、乙。\n一、甲。\n",
            "甲辦法\n第1條　甲。\n第2條　用詞如下：一、甲：子。二、乙：丑。\n",
            "測試作業要點\n一、甲應每月辦理。\n測試作業要點\n二、乙。\n",
            "甲要點修正對照表\n一、甲。\t一、乙。\t文字修正。\n",
        ] {
            assert!(doubted(text) > 0, "{text}");
        }
        for text in [
            "甲要點\n一、依下列：\n（一）甲。\n（二）乙。\n",
            "甲要點\n一、甲：一、二次為限。\n二、乙。\n",
        ] {
            assert_eq!(doubted(text), 0, "{text}");
        }
    }
}
