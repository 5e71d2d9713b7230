//! What counts as the same when something is searched for: full and half width, compatibility
//! forms, upper and lower case, and the variants of 臺 and 一. The script of the search page folds
//! what is typed by the same rules; `tests/fixtures/search-fold.tsv` holds both to the same answers.

use unicode_normalization::UnicodeNormalization;

/// The text as it is compared.
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).map(variant).collect()
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
    use super::*;

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
