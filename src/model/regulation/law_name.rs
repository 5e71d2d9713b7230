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

/// What a text calls a law: 個人資料保護法（以下簡稱個資法）.
const CALLED: [&str; 4] = ["以下簡稱", "以下稱", "下稱", "簡稱"];

/// What a law is called in a text.
#[derive(Debug)]
pub struct LawName {
    pub name: String,
    /// Among the laws that are cited.
    pub place: usize,
    /// Nobody lists it: what stands around the name must show that it is this one.
    pub is_implied: bool,
}

/// Every name of a law: those listed, and what the text itself says that it calls one:
/// 個人資料保護法（以下簡稱本法）. What is listed is not said twice.
pub fn names(regulation: &Regulation, version: &Version) -> Vec<LawName> {
    let mut names: Vec<LawName> = Vec::new();
    for (place, law) in regulation.cites.iter().enumerate() {
        let listed = std::iter::once(&law.name).chain(&law.also);
        let is_implied = law.is_implied;
        names.extend(listed.map(|name| LawName { name: name.clone(), place, is_implied }));
    }
    let mut short = Vec::new();
    for (place, law) in regulation.cites.iter().enumerate().filter(|(_, law)| law.is_implied) {
        for clause in version.text.all_clauses() {
            for text in clause.paragraphs() {
                short.extend(aliases(&text.text, &law.name).map(|name| (name.to_owned(), place)));
            }
        }
    }
    for (name, place) in short {
        if names.iter().all(|known| known.name != name) {
            // 本法 is a word of its own wherever it stands; 檔案法 may be the end of another name.
            let is_implied = !name.starts_with(['本', '該']);
            names.push(LawName { name, place, is_implied });
        }
    }
    names
}

/// Whether the name at `range` is a whole name, not a part of a longer one. `is_guessed`: nobody says
/// that the text cites this law, so what stands in front of the name must not be able to belong to it.
pub fn is_whole(text: &str, range: &Range<usize>, is_guessed: bool) -> bool {
    let behind = text[range.end..].trim_start();
    if GOES_ON.iter().any(|word| behind.starts_with(word)) {
        return false;
    }
    let before = text[..range.start].trim_end().chars().next_back();
    !is_guessed || before.is_none_or(|c| !is_letter(c) || INTRODUCES.contains(c))
}

/// Whether the words in front of an article name a law: 刑事訴訟法第三條.
pub fn ends_in_law(before: &str) -> bool {
    // 資通安全管理法（以下簡稱本法）第十四條 is an article of that law.
    let open = before.rfind(['（', '(']).filter(|open| only_calls(&before[*open..]));
    let before = open.map_or(before, |open| before[..open].trim_end());
    let ends = ["法", "條例", "辦法", "規則", "細則", "準則", "標準", "通則", "規程", "憲法"];
    ends.iter().any(|end| before.trim_end_matches(['」', '》']).ends_with(end))
}

/// What `text` says, right behind the name of a law, that it is called from there on.
fn aliases<'a>(text: &'a str, law: &str) -> impl Iterator<Item = &'a str> {
    text.match_indices(law).map(|(at, law)| at + law.len()).filter_map(move |end| {
        let inside = text[end..].trim_start().strip_prefix(['（', '('])?;
        let called = CALLED.iter().find_map(|word| inside.strip_prefix(word))?;
        let name = called.split(['）', ')', '，']).next()?;
        let name = name.trim().trim_matches(['「', '」']);
        (2..=20).contains(&name.chars().count()).then_some(name)
    })
}

/// Whether `text`, between the name of a law and an article, only says what the law is called from there
/// on: （以下簡稱本法）, or nothing.
pub fn only_calls(text: &str) -> bool {
    let text = text.trim();
    let Some(inside) = text.strip_prefix(['（', '(']) else { return text.is_empty() };
    let Some(inside) = inside.strip_suffix(['）', ')']) else { return false };
    CALLED.iter().any(|word| inside.starts_with(word)) && !inside.contains(['（', '(', '）', ')'])
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
    fn a_text_says_what_it_calls_a_law() {
        let found = |text: &'static str| aliases(text, "檔案法").collect::<Vec<_>>();
        assert_eq!(found("依檔案法（以下簡稱本法）第三十條訂定之"), ["本法"]);
        assert_eq!(found("依檔案法(下稱「檔案」)"), ["檔案"]);
        assert_eq!(found("依檔案法（民國八十八年）"), [""; 0]);
    }
}
