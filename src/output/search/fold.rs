//! What counts as the same when something is searched for: full and half width, compatibility
//! forms, upper and lower case, and the variants of 臺 and 一. The script of the search page folds
//! what is typed by the same rules; `tests/fixtures/search-fold.tsv` holds both to the same answers.

use unicode_normalization::UnicodeNormalization;

/// The text as it is compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for part in text.split_inclusive(is_han) {
        let (between, han) = match part.chars().next_back().filter(|last| is_han(*last)) {
            Some(last) => (&part[..part.len() - last.len_utf8()], Some(last)),
            None => (part, None),
        };
        if !between.is_empty() {
            folded.extend(between.nfkc().flat_map(char::to_lowercase).map(variant));
        }
        folded.extend(han.map(variant));
    }
    folded
}

/// Most letters are of this block: each has one form only and joins with no mark beside it, so
/// that what stands between them can be folded by itself.
fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// One letter for each set of letters that people write for one another.
fn variant(c: char) -> char {
    match c {
        // 臺 and 台.
        '\u{81fa}' => '\u{53f0}',
        // The bopomofo letter ㄧ, which some texts have in the place of the numeral 一.
        '\u{3127}' => '\u{4e00}',
        // Lower case of Σ depends on what follows it.
        '\u{3c2}' => '\u{3c3}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_between_han_letters_fold_as_the_whole_does(text in "[一-鿿臺ㄧÅéΣς ＡａｶﾞｶＧㄅ①ﬁ\u{300}-\u{345}ぁ-ゟ가-각ᄀ-나-ᅣ]{0,12}|\\PC{0,12}") {
            let whole: String = text.nfkc().flat_map(char::to_lowercase).map(variant).collect();
            prop_assert_eq!(fold(&text), whole);
        }
    }

    #[test]
    fn folds_as_the_table_says() {
        let table = include_str!("../../../tests/fixtures/search-fold.tsv");
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let (text, folded) = line.split_once('\t').expect("two columns");
            assert_eq!(fold(text), folded, "{text}");
            assert_eq!(fold(folded), folded, "folded once is folded");
        }
    }
}
