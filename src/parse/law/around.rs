//! What stands around and between the clauses, line by line: headings, attachments, tables, reasons,
//! and the furniture of pages. Each question is about one line; where the answer also hangs on what
//! stands above, the reader asks further.

use std::ops::Range;

use super::marker::{BULLETS, DOTS};
use crate::law::{attachment_begins, figures};

/// A heading without the marks that Markdown sets around it, or a page in front of it: ## 第一章,
/// **壹、總則**, • 第一章.
pub fn unmarked(text: &str) -> &str {
    let behind = text.trim_start().strip_prefix(BULLETS);
    let set_off = |rest: &&str| rest.starts_with(char::is_whitespace) || text.starts_with(DOTS);
    let text = behind.filter(set_off).unwrap_or(text);
    text.trim_matches(|c: char| matches!(c, '#' | '*') || c.is_whitespace())
}

/// The marks of Markdown in a number or a heading: the ## in front, and ** wherever it stands.
pub fn markdown(text: &str) -> Vec<Range<usize>> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let front = (hashes > 0).then_some(0..hashes);
    let bold = text.match_indices(BOLD).map(|(at, mark)| at..at + mark.len());
    front.into_iter().chain(bold).collect()
}

/// What Markdown sets around bold letters.
pub const BOLD: &str = "**";

/// How deep a heading lies, if a line is one: 第一編 0, 第 一 章 總則 1, 第一節 2, 第 一 款 通則 3,
/// 第 一 目 4. 款 and 目 also begin sentences, so these must be set off by white space.
pub fn heading_depth(text: &str) -> Option<u8> {
    let text = unmarked(text);
    let rest = text.strip_prefix('第')?;
    let spaced = rest.starts_with(char::is_whitespace);
    let (part, rest) = figures::number(rest.trim_start())?;
    part.inserted().is_none().then_some(())?;
    let rest = rest.trim_start();
    let unit = rest.chars().next()?;
    let depth = match unit {
        '編' | '篇' => 0,
        '章' => 1,
        '節' => 2,
        '款' => 3,
        '目' => 4,
        _ => return None,
    };
    let mut rest = &rest[unit.len_utf8()..];
    if let Some(behind) = rest.trim_start().strip_prefix('之')
        && let Some((_, behind)) = figures::number(behind.trim_start())
    {
        rest = behind;
    }
    let title = rest.trim_start();
    let set_off = title.is_empty() || title.len() < rest.len();
    let plain = title.chars().count() <= 30
        && !title.contains(['，', '。', '；', '：', ':'])
        && (set_off || !title.contains('、'));
    let sentence = ["規定", "之", "及", "或", "第", "所", "與"];
    let begins_sentence = !set_off && sentence.iter().any(|word| title.starts_with(word));
    let sure = if depth > 2 { spaced || (set_off && !title.is_empty()) } else { true };
    (plain && sure && !begins_sentence).then_some(depth)
}

/// Whether a line is the name of an attachment, such as 附件一 保密切結書, and not the middle of a
/// sentence that names one.
pub fn is_attachment(text: &str) -> bool {
    const MOST: usize = 40;
    let whole = text;
    let text = text.trim_start_matches(['#', '*', '【', '〔', '（', '(', ' ']);
    let Some((numbered, rest)) = attachment_begins(text) else { return false };
    let title = rest.trim_start_matches([
        ' ', '\u{3000}', '：', ':', '、', '.', '．', '】', '〕', '）', ')', '-', '*',
    ]);
    let set_off = title.len() < rest.len()
        || rest.is_empty()
        || (numbered && !rest.starts_with(['之', '及', '或', '所', '規']));
    // （如⏎附件四）: the bracket was opened on the line above.
    if text.matches(['）', ')']).count() > whole.matches(['（', '(']).count() {
        return false;
    }
    let punctuated = title.contains(['，', '。', '；', ',', ';'])
        || rest.starts_with(['、', '）', ')', '」']) && rest.len() > 3;
    set_off && !punctuated && title.chars().count() <= MOST
}

/// Whether the name of an attachment ends as such names do, or is only its number: 附件二, 申請表（範本）.
pub fn ends_name(text: &str) -> bool {
    const LAST: &str = "表書單簿冊圖錄式例卡證函稿本件則法點範準項程畫案";
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "*】〕）)」：:".contains(c));
    let only_number =
        attachment_begins(text.trim_start_matches(['#', '*', '【', '〔', '（', '(', ' ']))
            .is_some_and(|(_, rest)| rest.trim().is_empty());
    let in_brackets = text.contains(['（', '(']);
    only_number || in_brackets || text.ends_with(|c: char| LAST.contains(c))
}

/// Whether a line belongs to a table that is drawn: with lines, or with bars between cells.
pub fn is_table_row(text: &str) -> bool {
    let drawn = text.chars().any(|c| ('\u{2500}'..='\u{257f}').contains(&c));
    let bars = text.chars().filter(|c| matches!(c, '|' | '｜')).count();
    drawn || (bars >= 2 && cells(text).len() >= 2) || is_rule(text)
}

/// Whether a line holds one cell of a table that came apart: 核心業務 |.
pub fn is_cell(text: &str) -> bool {
    let bars = text.chars().filter(|c| matches!(c, '|' | '｜')).count();
    bars == 1 && text.ends_with(['|', '｜']) && text.chars().count() > 1
}

/// Whether tabs part a line into cells.
pub fn is_tabbed(text: &str) -> bool {
    text.contains('\t') && text.split('\t').filter(|cell| !cell.trim().is_empty()).count() >= 2
}

/// |---|---|, which stands below the head of a table.
pub fn is_rule(text: &str) -> bool {
    text.contains('|')
        && text.contains("--")
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// What a row of a table holds.
pub fn cells(text: &str) -> Vec<String> {
    let is_bar = |c: char| matches!(c, '|' | '｜' | '│' | '┃' | '║' | '\t');
    let inner = text.trim_matches(|c: char| is_bar(c) || c.is_whitespace());
    inner.split(is_bar).map(|cell| cell.trim().to_owned()).collect()
}

/// Whether a row only draws lines.
pub fn is_drawing(text: &str) -> bool {
    is_rule(text)
        || text
            .chars()
            .all(|c| ('\u{2500}'..='\u{257f}').contains(&c) && !matches!(c, '│' | '┃' | '║'))
}

/// Why a line is furniture of a page and no text, if it is.
pub fn furniture(text: &str) -> Option<&'static str> {
    let bare = text.trim_matches(|c: char| c.is_whitespace());
    if !bare.is_empty() && bare.chars().all(|c| matches!(c, '|' | '｜' | ' ')) {
        return Some("表格線");
    }
    let ruled = bare.chars().count() >= 3
        && bare.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '─' | '—'));
    if ruled || (bare.starts_with("```") && !bare.contains(' ')) {
        return Some("分隔線");
    }
    // • [修正], which sites of laws set above what an amendment touched.
    let in_brackets = unmarked(bare).strip_prefix(['[', '〔', '【']);
    let bare = in_brackets.and_then(|rest| rest.strip_suffix([']', '〕', '】'])).unwrap_or(bare);
    // One full stop alone is no ellipsis: it belongs to what stands above.
    let dots = bare.chars().all(|c| matches!(c, '…' | '．' | '.' | '⋯' | ' '));
    if dots && !matches!(bare, "" | "." | "．") {
        return Some("刪節號");
    }
    match bare {
        "修正" | "刪除" | "增訂" | "訂定" | "廢止" | "修正條文" | "法規異動" | "所有條文" => {
            Some("頁面標題")
        }
        ":::" | "TOP" | "回上頁" | "回頁首" | "回上一頁" | "回首頁" | "列印" | "友善列印"
        | "上一筆" | "下一筆" | "關閉視窗" => Some("頁面按鈕"),
        _ if bare.starts_with("資料來源：") || bare.starts_with("資料來源:") => {
            Some("頁面標示")
        }
        _ if bare.starts_with("http://") || bare.starts_with("https://") => Some("網址"),
        _ => None,
    }
}

/// Whether a line says that reasons follow, which are no clauses.
pub fn begins_reasons(text: &str) -> bool {
    let bare = text.trim_matches([
        '〔', '〕', '【', '】', '[', ']', '（', '）', '(', ')', '：', ':', ' ', '\u{3000}', '*',
        '#',
    ]);
    matches!(
        bare,
        "立法理由" | "修正理由" | "訂定理由" | "修正說明" | "立法說明" | "理由" | "條文說明"
    )
}

/// Whether a line begins an entry of a list that has no numbers of clauses: 甲、 ① A. 註：
pub fn is_listed(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return false };
    let marked = second.is_some_and(|c| matches!(c, '、' | '.' | '．' | '：' | ')' | '）'));
    ('①'..='⓿').contains(&first)
        || ('❶'..='➓').contains(&first)
        || "●○•◆■※‧".contains(first)
        || (marked && ("甲乙丙丁戊己庚辛壬癸註".contains(first) || first.is_ascii_alphabetic()))
        || text.starts_with("備註")
}

/// Whether a paragraph says of itself that it stands beside the 項 before it: 前項…, 第一項…
pub fn is_own_paragraph(text: &str) -> bool {
    let (rest, numbered) = match (text.strip_prefix('前'), text.strip_prefix('第')) {
        (Some(rest), _) => (rest, false),
        (_, Some(rest)) => (rest, true),
        _ => return false,
    };
    match figures::number(rest.trim_start()) {
        Some((_, rest)) => rest.trim_start().starts_with('項'),
        None => !numbered && rest.starts_with('項'),
    }
}

/// Whether a line prints the title (without white space), alone or with the number of a page.
pub fn prints_title(text: &str, title: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((front, behind)) = plain.split_once(title) else { return false };
    let of_page = |rest: &str| {
        let rest = rest.trim_matches(['（', '）', '(', ')', '-', '–', '—', '|', '｜']);
        rest.is_empty() || is_page_number(rest) || rest.contains('頁') && rest.chars().count() <= 10
    };
    of_page(front) && of_page(behind)
}

/// The words of a line that also holds the number of its page: 甲要點　第 2 頁.
pub fn words_of_page_head(text: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let page = plain.match_indices('第').find_map(|(at, first)| {
        let (_, rest) = figures::number(&plain[at + first.len()..])?;
        Some((at, rest.strip_prefix('頁')?))
    });
    let (at, behind) = page?;
    let total = behind.trim_start_matches(['，', '/', '（', '(']).strip_prefix('共');
    let total = total.and_then(figures::number).and_then(|(_, rest)| rest.strip_prefix('頁'));
    let words = format!("{}{}", &plain[..at], total.unwrap_or(behind));
    (!words.is_empty() && plain.chars().count() <= LONGEST).then_some(words)
}

/// Whether a line holds a figure and nothing else, as the foot of a page does: 4, - 4 -, 第4頁.
pub fn is_page_number(text: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let page = text.starts_with('第') && text.contains('頁');
    let inner = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'));
    let figures = inner.chars().filter(|c| is_figure(*c)).count();
    // A line end that the text holds in its middle is no blank between figures.
    let blank = |c: char| c.is_whitespace() && !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    let only_page = |c: char| {
        is_figure(c) || blank(c) || (page && matches!(c, '第' | '頁' | '共' | '/' | '，'))
    };
    (1..=8).contains(&figures) && inner.chars().all(only_page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_from_sentences() {
        for (text, depth) in [
            ("第一編 總則", Some(0)),
            ("第 一 章 總則", Some(1)),
            ("第三章之一　行政監督", Some(1)),
            ("第一節", Some(2)),
            ("第 一 款 通則", Some(3)),
            ("第 二 目 聽證", Some(4)),
            ("第二款規定", None),
            ("第一款", None),
            ("第五章及第六章之規定", None),
            ("第一章所定事項，應公告。", None),
            ("第二條", None),
        ] {
            assert_eq!(heading_depth(text), depth, "{text}");
        }
    }

    #[test]
    fn names_of_attachments_are_told_from_sentences() {
        for text in
            ["附表一", "附件一 保密切結書", "附件：擴增計畫書", "附表一申請表", "【附件二】"]
        {
            assert!(is_attachment(text), "{text}");
        }
        for text in
            ["附件 1),且檢附機關", "附表所列事項，應公告。", "附件二及附件三)簽陳", "附帶條件"]
        {
            assert!(!is_attachment(text), "{text}");
        }
    }

    #[test]
    fn paragraphs_that_name_the_one_before_are_known() {
        assert!(
            is_own_paragraph("前項第一款由")
                && is_own_paragraph("第一項報備")
                && is_own_paragraph("前二項")
        );
        assert!(
            !is_own_paragraph("前款") && !is_own_paragraph("項目") && !is_own_paragraph("第一款")
        );
    }
}
