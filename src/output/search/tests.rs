//! What the index finds, against a look at every text.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::files::{Content, Found, Standing, files};
use super::fold;
use super::reader::Reader;
use crate::render::{OutputContent, OutputFile};

fn reader(files: &[OutputFile]) -> Reader {
    Reader::new(files.iter().map(|file| match &file.content {
        OutputContent::Bytes(bytes) => (file.path.as_str(), bytes.as_slice()),
        OutputContent::Copy { .. } => panic!("the index has no copies"),
    }))
}

/// Letters that are written in several ways, spaces, what JSON escapes, and plane 2.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "稽", "核", "稽核", "臺", "台", "ㄧ", "一", "（", "(", "A", "a", "Ａ", "1", "１", "-", " ",
        "\"", "\\", "<", "𡘙", "①", "é", "Σ", "ς",
    ];
    prop::collection::vec(prop::sample::select(pieces), 1..9).prop_map(|pieces| pieces.concat())
}

prop_compose! {
    fn content()(
        found in prop::collection::vec((text(), text(), 0_usize..3), 1..12),
    )(
        texts in prop::collection::vec(
            (text(), prop::collection::btree_set(0..found.len() as u32, 1..6), 0_usize..3), 0..20),
        found in Just(found),
    ) -> Content {
        let mut found: Vec<Found> = found
            .into_iter()
            .map(|(title, path, kind)| Found { kind, title, disambiguator: String::new(), path })
            .collect();
        found.sort_by_key(|found| found.kind);
        let part = |wanted| {
            let part = texts.iter().filter(move |(_, _, part)| *part == wanted);
            part.map(|(text, at, _)| Standing { at: at.iter().copied().collect(), text: text.clone() })
                .collect()
        };
        let kinds = ["甲", "乙", "丙"].map(str::to_owned).into();
        Content { kinds, lasting: 1, names: part(0), clauses: part(1), texts: part(2), found }
    }
}

/// What has the word somewhere, found by looking.
fn having(content: &Content, word: &str) -> BTreeSet<u64> {
    let titles = (0..).zip(&content.found).filter(|(_, found)| fold(&found.title).contains(word));
    let texts = [&content.names, &content.clauses, &content.texts].into_iter().flatten();
    let texts = texts.filter(|standing| fold(&standing.text).contains(word));
    let at = texts.flat_map(|standing| standing.at.iter().map(|number| u64::from(*number)));
    titles.map(|(number, _)| number).chain(at).collect()
}

proptest! {
    #[test]
    fn finds_what_has_every_word_and_nothing_else(content in content(), query in text()) {
        let reader = reader(&files(content.clone()));
        let query = fold(&query);
        let having = query.split_whitespace().map(|word| having(&content, word));
        let expected = having.reduce(|a, b| &a & &b).unwrap_or_default();
        prop_assert_eq!(reader.find(&query), expected);
        for (number, found) in (0..).zip(&content.found) {
            prop_assert_eq!(reader.path(number), found.path.clone());
        }
    }
}

#[test]
fn a_large_index_is_cut_into_files_of_a_bounded_size() {
    let found: Vec<Found> = (0..5_000)
        .map(|number| Found {
            title: format!("第{number}頁"),
            path: format!("pages/{number}.html"),
            ..Found::default()
        })
        .collect();
    let texts: Vec<Standing> = (0..20_000_u32)
        .map(|number| Standing {
            at: vec![number % 5_000],
            text: format!("第{number}段文字，{}", number.wrapping_mul(2_654_435_761)),
        })
        .collect();
    let content =
        Content { kinds: vec!["頁".to_owned()], lasting: 1, found, texts, ..Content::default() };
    let files = files(content);
    let sizes = files.iter().map(|file| match &file.content {
        OutputContent::Bytes(bytes) => bytes.len(),
        OutputContent::Copy { .. } => 0,
    });
    let (count, largest, all): (usize, usize, usize) =
        sizes.fold((0, 0, 0), |(count, most, sum), size| (count + 1, most.max(size), sum + size));
    assert!(count > 20 && largest < 128 * 1024, "{count} files, the largest of {largest} bytes");
    let reader = reader(&files);
    let folder = format!("search/{}/", reader.folder());
    assert!(files[1..].iter().all(|file| file.path.starts_with(&folder)));
    assert!(all <= 2 * reader.text_bytes(), "{all} bytes for {}", reader.text_bytes());
    assert_eq!(reader.find("第4321頁"), BTreeSet::from([4_321]));
    assert_eq!(reader.find("第14321段"), BTreeSet::from([4_321]));
    assert!(reader.find("沒有").is_empty());
}

#[test]
fn an_empty_site_has_an_index_all_the_same() {
    let content = Content { kinds: vec!["頁".to_owned()], lasting: 1, ..Content::default() };
    assert!(reader(&files(content)).find("稽核").is_empty());
}
