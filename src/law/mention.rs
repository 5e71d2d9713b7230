//! Where a clause points at another place: 前款, 本點, 第五點第二款, 附件一, 同法第28條. Gives the
//! words and what they say, and knows nothing of whether the place exists. Words that only look like
//! a citation (目前, 款項, 本目的) are left alone: a citation missed is better than one made up.

use std::fmt;
use std::ops::Range;

use super::figures;
use super::number::Part;
use super::numeral;

/// Words that point somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of the text they take.
    pub range: Range<usize>,
    pub cited: Cited,
}

/// What a mention says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cited {
    /// A place of the text it stands in: from somewhere, and then down.
    Own {
        from: Start,
        down: Vec<(Unit, Part)>,
    },
    /// A place of another text that is named right before it: 管理要點第五點.
    Foreign,
    /// An article; `same` is 同法 or 該法, so that the law was named before.
    Article {
        same: bool,
        /// 法 in 本法第二條: the text it stands in, or the one it is made under.
        this: Option<&'static str>,
        article: String,
        /// 第一項第二款 behind it.
        down: Vec<(Unit, Part)>,
    },
    Attachment(AttachmentLabel),
}

/// Where a citation starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// 第…: from the top of the text, or, below a 點, from the place it stands at.
    Number,
    /// 第二款 in 第一款及第二款: from where the citation before it, of this place in the list, leads.
    Listed(usize),
    /// 本點.
    This(Unit),
    /// 前點; 前二款 is the last two.
    Before(Unit, u16),
    /// 同條, 同項: of the place named last, in whatever text that is. 條 counts as 點.
    Same(Unit),
}

/// The levels of a text. 項 are paragraphs, which have no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Point,
    Item,
    Subitem,
    Paragraph,
}

/// What an attachment is called in the text: 附件一, 附件 1, 附表.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttachmentLabel {
    kind: char,
    number: Option<Part>,
}

/// The second character of 附件, 附表 …, with the word in addresses.
const ATTACHMENTS: [(char, &str); 5] =
    [('件', "annex"), ('表', "table"), ('圖', "figure"), ('錄', "appendix"), ('式', "form")];

/// How the names of texts end: a number after them is a place of that text.
const TEXTS: [&str; 12] = [
    "法",
    "要點",
    "規定",
    "辦法",
    "規範",
    "準則",
    "細則",
    "條例",
    "計畫",
    "規程",
    "注意事項",
    "條",
];

/// What a text in articles calls itself, or the one it is made under, with the kind that says.
const THIS: [(&str, &str); 10] = [
    ("本法", "法"),
    ("本條例", "條例"),
    ("本自治條例", "條例"),
    ("本辦法", "辦法"),
    ("本規則", "規則"),
    ("本細則", "細則"),
    ("本準則", "準則"),
    ("本標準", "標準"),
    ("本通則", "通則"),
    ("本規程", "規程"),
];

/// Words for a text that was named before, each behind 同 or 該.
const NAMED_BEFORE: [&str; 7] = ["法", "條例", "辦法", "細則", "規則", "準則", "標準"];

/// Characters after which 同 is part of another word: 不同條件, 連同, 共同.
const NOT_SAME: &str = "相不共會如等連協視合陪夥雷異隨偕贊認一";

/// Characters after which 前 or 本 is part of another word: 目前, 之前, 基本.
const NOT_AFTER: &str = "目之以日事先年月生當期稍眼跟基根版文原成資日書樣";

/// What would go on from the unit as another word: 款項, 目的, 項目, 點收.
fn goes_on(unit: Unit, rest: &str) -> bool {
    let more: &[char] = match unit {
        Unit::Point => &['收', '交', '名', '檢', '閱', '選', '數', '心'],
        Unit::Item => &['項', '待', '式'],
        Unit::Subitem => &['的', '標', '錄', '前', '次', '視'],
        Unit::Paragraph => &['目', '次', '鍊'],
    };
    rest.starts_with(more)
}

/// Every mention of a text, in order; none overlaps another.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let before = &text[..at];
        let read = match c {
            '第' => number(before, &text[at..], found.last().map(|last| (found.len() - 1, last))),
            '前' | '本' => relative(before, &text[at..]),
            '同' | '該' => same_law(&text[at..]).or_else(|| same_place(before, &text[at..])),
            '附' => attachment(before, &text[at..]),
            _ => None,
        };
        match read {
            Some((cited, length)) => {
                found.push(Mention { range: at..at + length, cited });
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// What a list of attachments calls one, if `text` is such a name and nothing else.
pub fn attachment_label(text: &str) -> Option<AttachmentLabel> {
    let (label, rest) = label(text.trim())?;
    rest.is_empty().then_some(label)
}

/// Whether `text` begins with the name of an attachment: whether that has a number, and what follows.
pub fn attachment_begins(text: &str) -> Option<(bool, &str)> {
    let (label, rest) = label(text)?;
    Some((label.number.is_some(), rest))
}

/// The attachments named in a text that is no clause, such as a form's name.
pub fn attachments_in(text: &str) -> Vec<AttachmentLabel> {
    let starts = text.match_indices('附').map(|(at, _)| &text[at..]);
    starts.filter_map(|rest| label(rest).map(|(label, _)| label)).collect()
}

/// 第五點第二款, 第(一)款, 第28條.
fn number(before: &str, text: &str, last: Option<(usize, &Mention)>) -> Option<(Cited, usize)> {
    if let Some((article, down, rest)) = article(text) {
        let this = THIS.iter().find(|(word, _)| before.trim_end().ends_with(word));
        let this = this.map(|(_, kind)| *kind);
        let cited = Cited::Article { same: false, this, article, down };
        return Some((cited, text.len() - rest.len()));
    }
    let (down, rest) = down(text);
    let (first, _) = *down.first()?;
    let length = text.len() - rest.len();
    if of_another_text(before) {
        return Some((Cited::Foreign, length));
    }
    let from = match last {
        Some((place, last)) if first != Unit::Point && joins(&before[last.range.end..]) => {
            match last.cited {
                Cited::Own { .. } | Cited::Article { .. } => Start::Listed(place),
                _ => return Some((Cited::Foreign, length)),
            }
        }
        _ => Start::Number,
    };
    Some((Cited::Own { from, down }, length))
}

/// 前點, 前二款, 本目, with what follows: 前點第二款.
fn relative(before: &str, text: &str) -> Option<(Cited, usize)> {
    if before.chars().next_back().is_some_and(|c| NOT_AFTER.contains(c)) {
        return None;
    }
    let this = text.starts_with('本');
    let rest = &text[text.chars().next()?.len_utf8()..];
    let (count, rest) = match figures::number(rest.trim_start()) {
        Some((part, rest)) if !this && part.inserted().is_none() => (part.number(), rest),
        _ => (1, rest),
    };
    let (unit, rest) = unit(rest.trim_start())?;
    if goes_on(unit, rest) {
        return None;
    }
    let from = if this { Start::This(unit) } else { Start::Before(unit, count) };
    let (down, rest) = down(rest);
    Some((Cited::Own { from, down }, text.len() - rest.len()))
}

/// 同法第二十八條, 同條例第三條.
fn same_law(text: &str) -> Option<(Cited, usize)> {
    let named = text.strip_prefix(['同', '該'])?;
    let mut rests = NAMED_BEFORE.iter().filter_map(|word| named.strip_prefix(word));
    let (article, down, rest) = rests.find_map(|rest| article(rest.trim_start()))?;
    Some((Cited::Article { same: true, this: None, article, down }, text.len() - rest.len()))
}

/// 同條第三項, 同項, 同款第一目; 該條 only with a number behind it, for 該項業務 is no citation.
fn same_place(before: &str, text: &str) -> Option<(Cited, usize)> {
    let is_same = text.starts_with('同');
    if is_same && before.chars().next_back().is_some_and(|c| NOT_SAME.contains(c)) {
        return None;
    }
    let rest = text.strip_prefix(['同', '該'])?;
    let (unit, rest) = match rest.strip_prefix('條') {
        Some(rest) if rest.starts_with(['件', '例', '款', '文', '約', '列', '項']) => {
            return None;
        }
        Some(rest) => (Unit::Point, rest),
        None => unit(rest)?,
    };
    if goes_on(unit, rest) {
        return None;
    }
    let (down, rest) = down(rest);
    if !is_same && down.is_empty() {
        return None;
    }
    Some((Cited::Own { from: Start::Same(unit), down }, text.len() - rest.len()))
}

/// 附件一; without a number only where the text sends there: 如附表.
fn attachment(before: &str, text: &str) -> Option<(Cited, usize)> {
    let (label, rest) = label(text)?;
    let sent = before.ends_with(['如', '見', '詳', '依']);
    (label.number.is_some() || sent).then(|| (Cited::Attachment(label), text.len() - rest.len()))
}

fn label(text: &str) -> Option<(AttachmentLabel, &str)> {
    let rest = text.strip_prefix('附')?;
    let kind = rest.chars().next()?;
    ATTACHMENTS.iter().find(|(known, _)| *known == kind)?;
    let rest = &rest[kind.len_utf8()..];
    match figures::number(rest.trim_start()) {
        Some((number, rest)) => Some((AttachmentLabel { kind, number: Some(number) }, rest)),
        None => Some((AttachmentLabel { kind, number: None }, rest)),
    }
}

/// 第五點第二款第1目 …: the steps, and what follows them.
fn down(text: &str) -> (Vec<(Unit, Part)>, &str) {
    let (mut steps, mut rest) = (Vec::new(), text);
    while let Some((step, after)) = step(rest) {
        steps.push(step);
        rest = after;
    }
    (steps, rest)
}

fn step(text: &str) -> Option<((Unit, Part), &str)> {
    let (part, rest) = numbered(text)?;
    let (unit, rest) = unit(rest)?;
    if goes_on(unit, rest) {
        return None;
    }
    // 第十二點之一 is 第十二之一點.
    let inserted = rest.strip_prefix('之').and_then(figures::number);
    match inserted {
        Some((inserted, rest)) if part.inserted().is_none() && inserted.inserted().is_none() => {
            Some(((unit, Part::new(part.number(), Some(inserted.number()))?), rest))
        }
        _ => Some(((unit, part), rest)),
    }
}

/// The number of an article as laws write it in addresses, what stands below it, and the text behind.
type Article<'a> = (String, Vec<(Unit, Part)>, &'a str);

/// 第二十八條, 第 28 條, 第四條之一, with 項, 款 and 目 behind it: the number as laws write it in
/// addresses (`28`, `4-1`).
fn article(text: &str) -> Option<Article<'_>> {
    let (part, rest) = numbered(text)?;
    let rest = rest.strip_prefix('條')?;
    let (article, mut rest) = match rest.strip_prefix('之').and_then(figures::number) {
        Some((inserted, rest)) => (format!("{part}-{inserted}"), rest),
        None => (part.to_string(), rest),
    };
    let (down, after) = self::down(rest);
    rest = after;
    Some((article, down, rest))
}

/// 第, a number with or without brackets, and what follows.
fn numbered(text: &str) -> Option<(Part, &str)> {
    let rest = text.strip_prefix('第')?.trim_start();
    let open = rest.strip_prefix(['（', '(']);
    let (part, rest) = figures::number(open.unwrap_or(rest).trim_start())?;
    let rest = rest.trim_start();
    Some((part, if open.is_some() { rest.strip_prefix(['）', ')'])?.trim_start() } else { rest }))
}

fn unit(text: &str) -> Option<(Unit, &str)> {
    let unit = match text.chars().next()? {
        '點' => Unit::Point,
        '款' => Unit::Item,
        '目' => Unit::Subitem,
        '項' => Unit::Paragraph,
        _ => return None,
    };
    Some((unit, &text['點'.len_utf8()..]))
}

/// Whether what stands between two citations makes them a list.
fn joins(between: &str) -> bool {
    matches!(between.trim(), "至" | "及" | "或" | "與" | "、" | "和" | "～" | "~" | "-")
}

/// Whether the words in front name another text: 管理要點, but not 本要點.
fn of_another_text(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['」', '》']);
    let Some(end) = TEXTS.iter().find_map(|name| before.strip_suffix(name)) else { return false };
    let own = end.chars().rev().take(8).take_while(|c| !"，。、；：「（".contains(*c));
    !own.into_iter().any(|c| c == '本')
}

impl AttachmentLabel {
    /// The fragment of its place on the regulation's page: `annex-1`, `table`.
    pub fn anchor(self) -> String {
        let word = ATTACHMENTS.iter().find(|(kind, _)| *kind == self.kind);
        let word = word.map_or("annex", |(_, word)| word);
        match self.number {
            Some(number) => format!("{word}-{number}"),
            None => word.to_owned(),
        }
    }
}

impl fmt::Display for AttachmentLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "附{}", self.kind)?;
        match self.number {
            Some(number) => {
                f.write_str(&numeral::write(number.number()))?;
                number.inserted().map_or(Ok(()), |more| write!(f, "之{}", numeral::write(more)))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        mentions(text).into_iter().map(|mention| &text[mention.range]).collect()
    }

    #[test]
    fn each_character_before_a_same_is_listed_once() {
        let once: std::collections::BTreeSet<char> = NOT_SAME.chars().collect();
        assert_eq!(once.len(), NOT_SAME.chars().count());
    }

    #[test]
    fn citations_are_found_as_they_are_written() {
        for (text, found) in [
            ("依前款規定", vec!["前款"]),
            ("依前二款及前點第二款規定", vec!["前二款", "前點第二款"]),
            ("本點第一款、第二款", vec!["本點第一款", "第二款"]),
            ("依第五點第（二）款第1目辦理", vec!["第五點第（二）款第1目"]),
            ("依第 12-1 點規定", vec!["第 12-1 點"]),
            ("依第十二點之一規定", vec!["第十二點之一"]),
            ("應負同法第 28 條之責任", vec!["同法第 28 條"]),
            ("個人資料保護法第四條之一第一項", vec!["第四條之一第一項"]),
            ("（附件一）及(如附件4「月抽查」)", vec!["附件一", "附件4"]),
            ("登記表（如附表）", vec!["附表"]),
            ("依前五點第六款規定", vec!["前五點第六款"]),
            ("前項第二款", vec!["前項第二款"]),
            ("第七條第一項或同條第三項及同項", vec!["第七條第一項", "同條第三項", "同項"]),
            ("依同條例第三條", vec!["同條例第三條"]),
            ("依該條第二項第一款", vec!["該條第二項第一款"]),
        ] {
            assert_eq!(words(text), found, "{text}");
        }
    }

    #[test]
    fn other_words_are_no_citations() {
        for text in [
            "目前款項",
            "屆期前款項",
            "前項目",
            "前目的",
            "之前點收",
            "本目的",
            "基本款",
            "第二次",
            "夾帶附件檔案",
            "做成附件",
            "第三人",
            "本要點",
            "前次使用",
            "第一線",
            "本款項",
            "相同條件",
            "不同項",
            "同條件下",
            "同項目",
            "該項業務",
            "連同款項",
        ] {
            assert_eq!(words(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn places_of_other_texts_are_told_apart() {
        let foreign = |text| {
            let found = mentions(text);
            found
                .iter()
                .all(|mention| matches!(mention.cited, Cited::Foreign | Cited::Article { .. }))
        };
        assert!(foreign("依個人資料管理要點第五點辦理"));
        assert!(foreign("依該實施計畫第三點、第二款"));
        assert!(!foreign("依本要點第五點辦理"));
        assert!(!foreign("依本作業規定第五點辦理"));
        assert!(!foreign("違反第五點規定"));
    }

    #[test]
    fn labels_of_attachments_are_one_however_written() {
        let label = |text| attachment_label(text).expect(text);
        assert_eq!(label("附件一"), label("附件 1"));
        assert_eq!(label("附件１").to_string(), "附件一");
        assert_eq!(
            (label("附件一").anchor(), label("附表").anchor()),
            ("annex-1".into(), "table".into())
        );
        assert_eq!(attachment_label("附件一之格式"), None);
        assert_eq!(attachments_in("案件抽查表（附件4）"), [label("附件四")]);
    }
}
