//! Where the name of a law stands in a text as the whole name of it: 個人資料保護法, but not the
//! beginning of 個人資料保護法施行細則; and what a text says that it calls a law.

use std::ops::Range;

use super::Regulation;
use super::version::Version;

/// What makes another name of one that ends here: 施行細則 is a text of its own.
const GOES_ON: [&str; 12] = [
    "施行細則",
    "施行法",
    "施行條例",
    "施行辦法",
    "施行規則",
    "令",
    "制",
    "律",
    "庭",
    "院",
    "定",
    "規則",
];

/// What may stand right in front of a name that nobody lists: words that join or introduce it. Any
/// other letter may belong to a longer name, as in 政府資訊公開法 and 資訊公開法.
const INTRODUCES: &str = "依及與或和合反用照據按由為以除如經違適準即係指本列對修受於在從符";

/// What a text calls another: 個人資料保護法（以下簡稱個資法）. The longest first.
const CALLED: [&str; 10] = [
    "以下均簡稱",
    "以下均稱",
    "以下同稱",
    "以下簡稱",
    "以下稱",
    "下均簡稱",
    "下簡稱",
    "下稱",
    "簡稱",
    "以下略稱",
];

/// How the names of texts end, and of which kind of text in articles each is.
const KINDS: [(&str, Option<&str>); 14] = [
    ("辦法", Some("辦法")),
    ("法", Some("法")),
    ("條例", Some("條例")),
    ("規則", Some("規則")),
    ("細則", Some("細則")),
    ("準則", Some("準則")),
    ("標準", Some("標準")),
    ("通則", Some("通則")),
    ("規程", Some("規程")),
    ("要點", None),
    ("規定", None),
    ("規範", None),
    ("計畫", None),
    ("注意事項", None),
];

/// Words in front of a text's name that say that it is being made: 特訂定本作業規定.
const MAKES: [&str; 4] = ["訂定", "制定", "特訂", "訂頒"];

/// What a law is called in a text.
#[derive(Debug)]
pub struct LawName {
    pub name: String,
    /// Among the laws that are cited; `None` for a text of which nothing is known but that this one
    /// names it so.
    pub place: Option<usize>,
    /// Nobody lists it: what stands around the name must show that it is this one.
    pub is_implied: bool,
}

/// Words that say what a text is called from there on: （以下簡稱本法）.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition<'a> {
    /// The bytes they take, with their brackets.
    pub range: Range<usize>,
    pub name: &'a str,
}

/// Every name of a law: those listed, and what the text itself says that it calls one:
/// 個人資料保護法（以下簡稱本法）. What is listed is not said twice.
pub fn names(regulation: &Regulation, version: &Version) -> Vec<LawName> {
    let mut names: Vec<LawName> = Vec::new();
    for (place, law) in regulation.cites.iter().enumerate() {
        let listed = std::iter::once(&law.name).chain(&law.also);
        let (place, is_implied) = (Some(place), law.is_implied);
        names.extend(listed.map(|name| LawName { name: name.clone(), place, is_implied }));
    }
    for clause in version.text.all_clauses() {
        for text in clause.paragraphs() {
            for Definition { range, name } in definitions(&text.text) {
                let Some(place) = defined(regulation, &text.text[..range.start]) else { continue };
                if names.iter().all(|known| known.name != name) {
                    // 本法 is a word of its own wherever it stands; 檔案法 may be the end of another name.
                    let is_implied = !name.starts_with(['本', '該']);
                    names.push(LawName { name: name.to_owned(), place, is_implied });
                }
            }
        }
    }
    names
}

/// Where `text` says what it calls another, in order.
pub fn definitions(text: &str) -> Vec<Definition<'_>> {
    let mut found: Vec<Definition<'_>> = Vec::new();
    for (at, opening) in text.match_indices(['（', '(', '〔', '，', ',', '：', ':']) {
        let inside = &text[at + opening.len()..];
        let is_open = matches!(opening, "（" | "(" | "〔");
        let end = inside.find(['）', ')', '〕', '。', '；']).unwrap_or(inside.len());
        // （民國八十八年公布，以下簡稱本法）
        let said = if is_open { inside[..end].rsplit(['，', ',']).next() } else { Some(inside) };
        let Some(said) = said.map(str::trim_start) else { continue };
        let Some(called) = CALLED.iter().find_map(|word| said.strip_prefix(word)) else { continue };
        let called = called.trim_start_matches(['為', '：', ':', ' ']);
        let name = called.split(['）', ')', '〕', '，', ',', '。', '；', '、']).next();
        let name =
            name.unwrap_or_default().trim().trim_matches(['「', '」', '『', '』', '"', '“', '”']);
        if !(2..=20).contains(&name.chars().count())
            || found.last().is_some_and(|last| last.range.end > at)
        {
            continue;
        }
        let start = text[..at].trim_end().len();
        let stop = match inside[end..].chars().next() {
            Some(closing) if is_open => at + opening.len() + end + closing.len_utf8(),
            _ => name.as_ptr() as usize - text.as_ptr() as usize + name.len(),
        };
        found.push(Definition { range: start..stop, name });
    }
    found
}

/// The text that is called something behind `before`: its place among those cited, if it is one.
/// `None` if no other text is named there: a place, an agency, or the regulation itself.
pub fn defined(regulation: &Regulation, before: &str) -> Option<Option<usize>> {
    let before = before.trim_end().trim_end_matches(['」', '》', '』']);
    let mut listed: Vec<(&str, usize)> = Vec::new();
    for (place, law) in regulation.cites.iter().enumerate() {
        for name in std::iter::once(&law.name).chain(&law.also) {
            let Some(start) = before.len().checked_sub(name.len()) else { continue };
            if before.ends_with(name.as_str()) && stands_alone(&before[..start], law.is_implied) {
                listed.push((name, place));
            }
        }
    }
    if let Some((_, place)) = listed.into_iter().max_by_key(|(name, _)| name.len()) {
        return Some(Some(place));
    }
    let (_, kind) = KINDS.iter().find(|(end, _)| before.ends_with(end))?;
    let sentence = before.rsplit(['，', '。', '；', '：', '、']).next().unwrap_or(before);
    let is_made = MAKES.iter().any(|word| sentence.contains(word));
    // 本作業規定 is the regulation, 本院組織法 a law.
    let is_this = sentence.contains('本') && !matches!(kind, Some("法" | "條例"));
    let is_own = is_made || is_this || before.ends_with(&regulation.name);
    (!is_own).then_some(None)
}

/// The kind of text in articles that a name says it is: 辦法 of 機關檔案保存年限及銷毀辦法.
pub fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().find(|(end, _)| name.ends_with(end)).and_then(|(_, kind)| *kind)
}

/// Whether the name at `range` is a whole name, not a part of a longer one. `is_guessed`: nobody says
/// that the text cites this law, so what stands in front of the name must not be able to belong to it.
pub fn is_whole(text: &str, range: &Range<usize>, is_guessed: bool) -> bool {
    let behind = text[range.end..].trim_start();
    if GOES_ON.iter().any(|word| behind.starts_with(word)) {
        return false;
    }
    stands_alone(&text[..range.start], is_guessed)
}

fn stands_alone(before: &str, is_guessed: bool) -> bool {
    let before = before.trim_end().chars().next_back();
    !is_guessed || before.is_none_or(|c| !is_letter(c) || INTRODUCES.contains(c))
}

/// Whether the words in front of a name only say that something is called so.
pub fn is_given(before: &str) -> bool {
    before.ends_with(['稱', '名'])
}

/// Whether the words in front of an article name a law: 刑事訴訟法第三條.
pub fn ends_in_law(before: &str) -> bool {
    let ends = ["法", "條例", "辦法", "規則", "細則", "準則", "標準", "通則", "規程", "憲法"];
    ends.iter().any(|end| before.trim_end_matches(['」', '》']).ends_with(end))
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, is_guessed: bool) -> bool {
        let at = text.find("檔案法").expect("it is there");
        is_whole(text, &(at..at + "檔案法".len()), is_guessed)
    }

    #[test]
    fn a_name_is_whole_only_where_no_longer_one_begins_or_ends() {
        for text in ["依檔案法第七條", "檔案法及其施行細則", "，檔案法施行前", "依「檔案法」規定"]
        {
            assert!(whole(text, true), "{text}");
        }
        for text in ["依檔案法施行細則第七條", "檔案法令", "依檔案法 施行細則"]
        {
            assert!(!whole(text, false), "{text}");
        }
        // 國家檔案法 may be another law; where the author lists 檔案法, the text means it.
        assert!(!whole("依國家檔案法規定", true));
        assert!(whole("修正之國家檔案法規定", false));
    }

    #[test]
    fn a_text_says_what_it_calls_another() {
        for (text, words, name) in [
            ("依檔案法（以下簡稱本法）第三十條訂定之", "（以下簡稱本法）", "本法"),
            ("依檔案法（以下簡稱「本法」）第三十條", "（以下簡稱「本法」）", "本法"),
            ("依檔案法（以下稱本法）第三十條", "（以下稱本法）", "本法"),
            ("依檔案法(下稱「檔案」)", "(下稱「檔案」)", "檔案"),
            ("依檔案法（簡稱本法）", "（簡稱本法）", "本法"),
            ("依檔案法（以下簡稱為本法）", "（以下簡稱為本法）", "本法"),
            ("依檔案法（以下簡稱：本法）", "（以下簡稱：本法）", "本法"),
            (
                "檔案法（八十八年公布，以下簡稱本法）第三條",
                "（八十八年公布，以下簡稱本法）",
                "本法",
            ),
            ("依檔案法，以下簡稱本法，第三條", "，以下簡稱本法", "本法"),
            ("依檔案法：以下簡稱本法。", "：以下簡稱本法", "本法"),
        ] {
            let found = definitions(text);
            let [one] = &found[..] else { panic!("{text}: {found:?}") };
            assert_eq!((&text[one.range.clone()], one.name), (words, name), "{text}");
        }
        for text in ["依檔案法（民國八十八年）", "（以下簡稱本）", "一般人簡稱本法者"]
        {
            assert_eq!(definitions(text), [], "{text}");
        }
    }

    #[test]
    fn the_name_of_a_text_says_of_which_kind_it_is() {
        for (name, is) in [
            ("機關檔案保存年限及銷毀辦法", Some("辦法")),
            ("檔案法", Some("法")),
            ("檔案法施行細則", Some("細則")),
            ("臺中市法規標準自治條例", Some("條例")),
            ("文書處理要點", None),
        ] {
            assert_eq!(kind(name), is, "{name}");
        }
    }
}
