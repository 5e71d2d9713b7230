//! Small texts, each with what it must be read as.

use super::*;
use crate::{
    diagnostic::{Code, Diagnostics},
    law::{Block, ClauseCounts, LawClause, LawText},
    source::{FileId, Span},
};

pub(super) fn read(text: &str) -> (LawText, Diagnostics) {
    parse_law(FileId(0), text, &LawOptions::default())
}

/// One line a paragraph: `number | text`; a clause without text has one line too.
fn outline(law: &LawText) -> String {
    fn add(clause: &LawClause, outline: &mut String) {
        if clause.blocks.is_empty() {
            *outline += &format!("{} |\n", clause.number);
        }
        for block in &clause.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    *outline += &format!("{} | {}\n", clause.number, paragraph.text);
                }
                Block::Table(table) => {
                    *outline += &format!("{} | {:?}\n", clause.number, table.rows)
                }
                Block::Clause(child) => add(child, outline),
            }
        }
    }
    let mut outline = String::new();
    for clause in &law.clauses {
        add(clause, &mut outline);
    }
    outline
}

pub(super) fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[track_caller]
fn reads_as(text: &str, expected: &str) {
    let (law, diagnostics) = read(text);
    assert_eq!(outline(&law), expected);
    assert_eq!(diagnostics, []);
}

/// The codes reported, each with the text it is reported at.
fn faults(text: &str, options: &LawOptions) -> Vec<(Code, String)> {
    let (_, diagnostics) = parse_law(FileId(0), text, options);
    let at = |span: Span| text[span.start as usize..span.end as usize].to_owned();
    diagnostics.iter().map(|fault| (fault.code, at(fault.span))).collect()
}

#[test]
fn every_style_nests_in_the_one_outside_it() {
    reads_as(
        "名稱\n一、甲：\n（一）乙：\n1.丙：\n(1)丁。\n(2)戊。\n2.己。\n- (二) 庚。\n二、辛。\n",
        "1 | 甲：\n1.1 | 乙：\n1.1.1 | 丙：\n1.1.1.1 | 丁。\n1.1.1.2 | 戊。\n1.1.2 | 己。\n\
         1.2 | 庚。\n2 | 辛。\n",
    );
}

#[test]
fn inserted_clauses_follow_in_order() {
    reads_as("一、甲。\n一之一、乙。\n二、丙。\n", "1 | 甲。\n1-1 | 乙。\n2 | 丙。\n");
}

#[test]
fn a_line_at_the_column_of_paragraphs_and_of_wrapped_text_is_doubted() {
    let text = "甲辦法\n第一條　乙。\n　　丙。\n第二條　丁如下：\n一、各單位應於每月終了後檢視其帳號，並將\n　　檢視結果公告。\n　　戊由本所辦理。\n第三條　己。\n";
    assert_eq!(
        faults(text, &LawOptions::default()),
        [(Code::DoubtfulClause, "戊由本所辦理。".to_owned())]
    );
}

#[test]
fn a_number_that_does_not_come_next_is_text() {
    reads_as(
        "一、本府應於三日內依第\n三、四點及前點（\n一）之規定，於\n7日內以\n1.5倍通報，並\n（五）併同。\n",
        "1 | 本府應於三日內依第三、四點及前點（一）之規定，於7日內以1.5倍通報，並（五）併同。\n",
    );
}

#[test]
fn entries_of_a_list_may_end_with_a_comma() {
    reads_as(
        "一、甲：\n（一）人員管理，\n（二）系統管理，\n",
        "1 | 甲：\n1.1 | 人員管理，\n1.2 | 系統管理，\n",
    );
}

#[test]
fn the_next_number_in_a_sentence_that_counts_is_text_and_is_reported() {
    let text = "一、應依第一點、\n二、三點辦理。\n";
    let (law, _) = read(text);
    assert_eq!(outline(&law), "1 | 應依第一點、二、三點辦理。\n");
    assert_eq!(faults(text, &LawOptions::default()), [(Code::DoubtfulClause, "二、".to_owned())]);
}

#[test]
fn a_full_line_does_not_end_its_paragraph_but_a_short_one_does() {
    let long = "一、本規定所稱各機關應依第\n二點規定辦理並應於每年一\n月底前函報本府備查為原則。\n\
                但特殊者不在此限。\n前項函報應以書面為之。\n";
    let (law, diagnostics) = read(long);
    assert_eq!(
        outline(&law),
        "1 | 本規定所稱各機關應依第二點規定辦理並應於每年一月底前函報本府備查為原則。\
         但特殊者不在此限。\n1p2 | 前項函報應以書面為之。\n",
    );
    // The line may as well begin a 項, and that is said.
    let codes: Vec<Code> = diagnostics.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::DoubtfulClause]);
}

#[test]
fn a_line_that_was_cut_by_chance_says_nothing_of_the_paper() {
    // One line broke off at 24 columns, and others run over: the last line is no wrapped one.
    reads_as(
        "甲法\n第 1 條\n本法規範查詢資料之管理、\n保存及銷毀，並規範各該機關與使用單位之權限，以及其他有關事項。\n\
         第 2 條\n機關應每月抽查查詢紀錄。\n抽查結果應報首長核定，並自核定之日起保存五年，期滿後依規定銷毀。\n",
        "1.1 | 本法規範查詢資料之管理、保存及銷毀，並規範各該機關與使用單位之權限，以及其他有關事項。\n\
         2.1 | 機關應每月抽查查詢紀錄。\n\
         2.2 | 抽查結果應報首長核定，並自核定之日起保存五年，期滿後依規定銷毀。\n",
    );
}

#[test]
fn a_citation_cut_behind_its_article_goes_on() {
    reads_as(
        "甲法\n第 1 條\n除依前條\n第二項規定外，免予公告。\n第 2 條\n違反第八條\n第一項規定者，處罰鍰。\n",
        "1.1 | 除依前條第二項規定外，免予公告。\n2.1 | 違反第八條第一項規定者，處罰鍰。\n",
    );
}

#[test]
fn what_stands_below_the_heading_of_a_clause_is_its_text() {
    // Also below the last 款, where no list goes on.
    reads_as(
        "甲要點\n一、下列事項：\n（一）權限管理\n應每年清查。\n（二）內部稽核\n紀錄保存五年。\n二、乙。\n",
        "1 | 下列事項：\n1.1 | 權限管理\n1.1 | 應每年清查。\n1.2 | 內部稽核\n1.2 | 紀錄保存五年。\n2 | 乙。\n",
    );
    reads_as(
        "甲法\n第 1 條\n（立法目的）\n甲。\n第 2 條\n乙。\n",
        "1 | （立法目的）\n1.1 | 甲。\n2.1 | 乙。\n",
    );
}

#[test]
fn levels_of_arabic_points_are_told_by_depth() {
    reads_as(
        "甲要點\n1、甲：\n（一）乙。\n（二）丙。\n2、丁。\n",
        "1 | 甲：\n1.1 | 乙。\n1.2 | 丙。\n2 | 丁。\n",
    );
}

#[test]
fn articles_out_of_order_are_still_articles() {
    let (law, diagnostics) =
        read("甲法\n第 2 條\n乙：\n一、丙。\n第 1 條\n甲。\n第 2-1 條\n丁。\n");
    assert_eq!(law.form, crate::law::Form::Articles);
    assert!(!diagnostics.is_empty());
}

#[test]
fn words_behind_a_part_are_kept_with_it() {
    let (law, _) = read("甲要點\n壹、總則\n一、甲。\n貳、稽核二、乙。\n參、附則\n二、丙。\n");
    assert!(law.letters().contains("稽核二、乙。"), "{law:?}");
}

#[test]
fn fences_of_code_are_no_text() {
    reads_as("```text\n甲要點\n一、甲。\n二、乙。\n```\n", "1 | 甲。\n2 | 乙。\n");
}

#[test]
fn a_paragraph_after_the_children_goes_out_by_its_indentation() {
    let text = "一、甲應辦理下列事項並應報\n    經本府核定：\n    （一）乙事項之規定應依前\n          點辦理。\n\
                \u{3000}\u{3000}前項核定應公告。\n二、丙。\n";
    reads_as(
        text,
        "1 | 甲應辦理下列事項並應報經本府核定：\n1.1 | 乙事項之規定應依前點辦理。\n\
         1p2 | 前項核定應公告。\n2 | 丙。\n",
    );
}

#[test]
fn a_paragraph_behind_a_markdown_list_belongs_to_the_point() {
    reads_as(
        "一、甲：\n\n- (一) 乙。\n- (二) 丙。\n\n前項乙應公告。\n",
        "1 | 甲：\n1.1 | 乙。\n1.2 | 丙。\n1p2 | 前項乙應公告。\n",
    );
}

#[test]
fn a_number_alone_on_its_line_takes_the_next_line() {
    reads_as("一、\n甲。\n二、\n（一）\n乙。\n", "1 | 甲。\n2.1 | 乙。\n");
}

#[test]
fn gaps_and_repetitions_are_reported_where_they_are() {
    let options = LawOptions::default();
    let gap = |text: &str| (Code::ClauseGap, text.to_owned());
    assert_eq!(faults("一、甲。\n三、乙。\n", &options), [gap("三、")]);
    assert_eq!(faults("二、甲。\n三、乙。\n", &options), [gap("二、")]);
    assert_eq!(faults("一、甲：\n（二）乙。\n", &options), [gap("（二）")]);
    let repeated = "一、甲。\n一、乙。\n二、丙。\n";
    assert_eq!(faults(repeated, &options), [gap("一、")]);
    assert_eq!(outline(&read(repeated).0), "1 | 甲。\n1 | 一、乙。\n2 | 丙。\n");
}

#[test]
fn a_partial_text_may_have_gaps_but_no_repetitions() {
    let partial = LawOptions { partial: true, ..LawOptions::default() };
    assert_eq!(faults("三、甲：\n（二）乙。\n九、丙。\n", &partial), []);
    assert_eq!(faults("三、甲。\n三、乙。\n", &partial), [(Code::ClauseGap, "三、".to_owned())]);
}

#[test]
fn a_second_list_in_a_clause_is_reported() {
    let text = "一、甲：\n1. 乙。\n（一）丙。\n";
    assert_eq!(
        faults(text, &LawOptions::default()),
        [(Code::UnreadableClause, "（一）".to_owned())]
    );
}

#[test]
fn a_text_without_clauses_is_all_head_and_reported() {
    assert_eq!(
        faults("名稱\n頒全文 6點\n", &LawOptions::default()),
        [(Code::UnreadableClause, String::new())]
    );
    assert_eq!(read("名稱\n頒全文 6點\n").0.head.len(), 2);
}

#[test]
fn a_wrapped_head_line_joins_and_a_title_stands_alone() {
    let (law, _) = read("名稱\n修正日期：民國 112 年\n當次沿革：第 6049號\n\n函修正\n一、甲。\n");
    let head: Vec<_> = law.head.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(head, ["名稱", "修正日期：民國 112 年", "當次沿革：第 6049號函修正"]);
}

#[test]
fn a_part_that_does_not_come_next_goes_on_a_sentence() {
    // 退⏎伍、除役 was cut by the paper; no 肆 stands above.
    let (law, _) = read("甲辦法\n第 1 條\n報送核定退\n伍、除役之機關。\n第 2 條\n乙。\n");
    assert_eq!(outline(&law), "1.1 | 報送核定退伍、除役之機關。\n2.1 | 乙。\n");
    assert!(law.headings.is_empty(), "{:?}", law.headings);
}

#[test]
fn points_named_in_full_may_begin_with_any() {
    let found = |text: &str| outline(&read(text).0);
    let expected = "3 | 甲如下：\n3.1 | 乙。\n5 | 丙。\n";
    assert_eq!(found("第三點　甲如下：\n1.乙。\n第五點　丙。\n"), expected);
    let expected = "3 | 各機關應辦理下列事項：\n3.1 | 乙。\n5 | 各機關應辦理其他事項。\n";
    assert_eq!(found("三　各機關應辦理下列事項：\n1.乙。\n五　各機關應辦理其他事項。\n"), expected);
}

#[test]
fn a_point_alone_keeps_the_list_of_its_last_paragraph() {
    let text = "四、甲應於七日內補正。\n前項通知，應載明下列事項：\n（一）乙。\n（二）丙。\n";
    let (law, _) = read(text);
    assert_eq!(
        outline(&law),
        "4 | 甲應於七日內補正。\n4p2 | 前項通知，應載明下列事項：\n4p2.1 | 乙。\n4p2.2 | 丙。\n"
    );
    let reported = faults(text, &LawOptions::default());
    assert_eq!(reported, [(Code::ClauseGap, "四、".to_owned())]);
}

#[test]
fn a_bracket_opened_above_is_closed_in_no_attachment() {
    reads_as("一、甲審查。（如\n附件四）\n二、乙。\n", "1 | 甲審查。（如附件四）\n2 | 乙。\n");
}

#[test]
fn bullets_and_bars_of_pages_are_no_text() {
    // A bar behind a cell is of the table.
    let cells = "一、如下：\n教務：課程等。 |\n無 |\n二、乙。\n";
    assert!(read(cells).0.dropped.is_empty());
    let (law, diagnostics) =
        read("• 第 一 章 總則\n第 1 條\n甲。 |\n• 第 二 章 附則\n• [修正]\n第 2 條\n乙。\n");
    assert_eq!(outline(&law), "1.1 | 甲。\n2.1 | 乙。\n");
    let headings: Vec<&str> = law.headings.iter().map(|heading| &*heading.text).collect();
    assert_eq!((headings, diagnostics), (vec!["第 一 章 總則", "第 二 章 附則"], vec![]));
    let dropped: Vec<&str> = law.dropped.iter().map(|dropped| &*dropped.text).collect();
    assert_eq!(dropped, ["•", "|", "•", "• [修正]"]);
}

fn marked(text: &str, line: usize, reading: Reading) -> (String, usize) {
    let mark = Mark { line, reading, span: Span::new(FileId(9), 1, 2) };
    let options = LawOptions { marks: vec![mark], ..LawOptions::default() };
    let (law, diagnostics) = parse_law(FileId(0), text, &options);
    (outline(&law), diagnostics.len())
}

#[test]
fn a_mark_makes_a_line_a_further_paragraph_of_the_clause_it_says() {
    let text = "一、甲：\n（一）子。\n（二）丑：\n寅。\n二、乙。\n";
    let number = |text: &str| Some(text.parse().expect("a number"));
    // Right below 丑：, so without a mark the line goes on there.
    let of_item = "1 | 甲：\n1.1 | 子。\n1.2 | 丑：\n1.2 | 寅。\n2 | 乙。\n";
    let of_point = "1 | 甲：\n1.1 | 子。\n1.2 | 丑：\n1p2 | 寅。\n2 | 乙。\n";
    assert_eq!(marked(text, 4, Reading::Of(None)), (of_item.to_owned(), 0));
    assert_eq!(marked(text, 4, Reading::Of(number("1.2"))), (of_item.to_owned(), 0));
    assert_eq!(marked(text, 4, Reading::Of(number("1"))), (of_point.to_owned(), 0));
    assert_eq!(marked(text, 4, Reading::Paragraph), (of_point.to_owned(), 0));
    // 1.1 has ended where 1.2 began: said, and read as a 項 of the point.
    assert_eq!(marked(text, 4, Reading::Of(number("1.1"))), (of_point.to_owned(), 1));
    let law = "第 1 條\n甲：\n乙。\n";
    assert_eq!(marked(law, 3, Reading::Of(None)), ("1.1 | 甲：\n1.2 | 乙。\n".to_owned(), 0));
}

pub(super) fn drop_rule(line: usize, text: &str) -> DropRule {
    let span = Span::new(FileId(9), 1, 2);
    DropRule { line: Some(line), text: text.to_owned(), reason: "頁碼".to_owned(), span }
}

#[test]
fn a_page_number_is_dropped_by_rule_only() {
    let text = "一、甲依\n\n 4 \n\u{c}\n乙。\n";
    let options = LawOptions { drops: vec![drop_rule(3, "4")], ..LawOptions::default() };
    let (law, diagnostics) = parse_law(FileId(0), text, &options);
    assert_eq!(outline(&law), "1 | 甲依乙。\n");
    assert_eq!(diagnostics, []);
    let dropped = &law.dropped[0];
    assert_eq!((dropped.line, dropped.text.as_str(), dropped.reason.as_str()), (3, "4", "頁碼"));

    assert_eq!(outline(&read(text).0), "1 | 甲依4乙。\n");
    assert_eq!(faults(text, &LawOptions::default()), [(Code::UnreadableClause, "4".to_owned())]);
}

#[test]
fn a_drop_rule_must_match_its_line() {
    let text = "一、甲依\n4\n乙。\n\n";
    for rule in [drop_rule(2, "5"), drop_rule(4, ""), drop_rule(99, "4"), drop_rule(0, "4")] {
        let span = rule.span;
        let options = LawOptions { drops: vec![rule], ..LawOptions::default() };
        let (law, diagnostics) = parse_law(FileId(0), text, &options);
        assert_eq!((diagnostics[0].code, diagnostics[0].span), (Code::UnmatchedDrop, span));
        assert_eq!(law.letters(), "一、甲依4乙。");
    }
}

pub(super) fn bullet_rule(text: &str) -> DropRule {
    DropRule { line: None, ..drop_rule(0, text) }
}

#[test]
fn bullets_in_front_of_numbers_are_dropped_by_rule_only() {
    let text = "一、甲：\n\n- (一) 乙 - 己。\n - (二) 丙。\n- 丁。\n\n前項乙應公告。\n";
    let options = LawOptions { drops: vec![bullet_rule("-")], ..LawOptions::default() };
    let (law, diagnostics) = parse_law(FileId(0), text, &options);
    assert_eq!(diagnostics, []);
    let markers: Vec<_> = law.all_clauses().map(|clause| clause.marker.as_str()).collect();
    // The last two are 項 of the point, which have no marker.
    assert_eq!(markers, ["一、", "(一)", "(二)", "", ""]);
    let dropped: Vec<_> =
        law.dropped.iter().map(|dropped| (dropped.line, dropped.text.as_str())).collect();
    assert_eq!(dropped, [(3, "-"), (4, "-")]);
    // All else is read as it is with them.
    assert_eq!(outline(&law), outline(&read(text).0));
    assert_eq!(
        read(text).0.clauses[0].children().next().map(|c| c.marker.as_str()),
        Some("- (一)")
    );
}

#[test]
fn a_rule_for_bullets_must_find_one() {
    for (text, bullet) in [("一、甲：\n（一）乙。\n", "-"), ("一、甲：\n- (一) 乙。\n", "*")]
    {
        let rule = bullet_rule(bullet);
        let span = rule.span;
        let options = LawOptions { drops: vec![rule], ..LawOptions::default() };
        let (law, diagnostics) = parse_law(FileId(0), text, &options);
        assert_eq!((diagnostics[0].code, diagnostics[0].span), (Code::UnmatchedDrop, span));
        assert_eq!(law.letters(), without_space(text));
    }
}

#[test]
fn clauses_are_found_by_number_and_keep_their_own_words() {
    let (law, _) = read("一、甲：\n（一）乙：\n1.丙。\n2.丁。\n二、戊。\n");
    let clause = |number: &str| law.clause(&number.parse().expect("a number"));
    assert_eq!(clause("1.1.2").map(LawClause::own_text), Some("丁。".to_owned()));
    assert_eq!(clause("1.1").map(LawClause::own_text), Some("乙：".to_owned()));
    assert_eq!(clause("1.1.3"), None);
    assert_eq!(clause("3"), None);
    let all: Vec<_> = law.all_clauses().map(|clause| clause.number.to_string()).collect();
    assert_eq!(all, ["1", "1.1", "1.1.1", "1.1.2", "2"]);
    let counts = ClauseCounts { points: 2, paragraphs: 0, items: 1, subitems: 2, details: 0 };
    assert_eq!(law.counts(), counts);
}

#[test]
fn a_line_of_dots_is_left_out_and_one_full_stop_is_not() {
    for (text, dropped, outline_of) in [
        ("一、甲\n……\n二、乙。\n", 1, "1 | 甲\n2 | 乙。\n"),
        ("一、甲\n....\n二、乙。\n", 1, "1 | 甲\n2 | 乙。\n"),
        ("一、甲\n.\n二、乙。\n", 0, "1 | 甲.\n2 | 乙。\n"),
    ] {
        let (law, _) = read(text);
        assert_eq!((law.dropped.len(), outline(&law).as_str()), (dropped, outline_of), "{text}");
    }
}
