//! Around the days on which one version follows another.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::written_for::fingerprint;
use crate::parse::law::{LawOptions, parse_law};
use crate::time::parse_day;

const OLD: &str = "一、目的。\n二、抽查百分之五。\n三、保存一年。\n";
const NEW: &str = "一、目的。\n二、抽查百分之六。\n三、保存一年。\n";

fn day(text: &str) -> Day {
    parse_day(text).expect("a day")
}

fn number(text: &str) -> ClauseNumber {
    text.parse().expect("a number")
}

fn version(slug: &str, in_force: &str, text: &str, partial: bool) -> Version {
    Version {
        slug: slug.to_owned(),
        amended: None,
        in_force: parse_day(in_force).ok(),
        document: None,
        summary: None,
        amends: None,
        later: Vec::new(),
        partial,
        text: Arc::new(
            parse_law(FileId(0), text, &LawOptions { partial, ..LawOptions::default() }).0,
        ),
        carried_over: BTreeSet::new(),
        complete: !partial,
        file: FileId(0),
    }
}

fn regulation(mut versions: Vec<Version>) -> Regulation {
    complete(&mut versions);
    Regulation {
        slug: "law".to_owned(),
        name: "規定".to_owned(),
        short: "規定".to_owned(),
        number: None,
        rank: None,
        authority: None,
        descriptive_name: false,
        note: None,
        repealed: None,
        versions,
        history: Vec::new(),
        cites: Vec::new(),
        readings: Vec::new(),
        attachments: Vec::new(),
        questions: Vec::new(),
        drafts: Vec::new(),
        obligations: Vec::new(),
        plain_clauses: Vec::new(),
        by_clause: BTreeMap::new(),
        systems: Vec::new(),
    }
}

fn two() -> Regulation {
    regulation(vec![
        version("old", "2021-02-22", OLD, false),
        version("new", "2024-07-01", NEW, false),
    ])
}

#[test]
fn a_day_is_judged_by_the_version_in_force_on_it() {
    let regulation = two();
    let on = |text| regulation.version_on(day(text)).map(|version| version.slug.as_str());
    assert_eq!(on("2021-02-21"), None);
    assert_eq!(on("2021-02-22"), Some("old"));
    assert_eq!(on("2024-06-30"), Some("old"));
    assert_eq!(on("2024-07-01"), Some("new"));
    let before = regulation.judged_by(day("2020-12-31"));
    assert_eq!((before.version.slug.as_str(), before.known), ("old", false));
    // What is not in force yet is not what the page shows.
    assert_eq!(regulation.shown(day("2024-06-30")).slug, "old");
    assert_eq!(regulation.current().slug, "new");
}

#[test]
fn the_only_version_holds_on_any_day_if_its_own_is_not_known() {
    let regulation = regulation(vec![version("undated", "-", OLD, false)]);
    assert!(regulation.judged_by(day("1999-01-01")).known);
}

#[test]
fn a_partial_version_stands_over_the_one_before_it() {
    let regulation = regulation(vec![
        version("first", "2020-01-01", "三、保存二年。\n", true),
        version("old", "2021-02-22", OLD, false),
        version("part", "2024-07-01", "二、抽查百分之六。\n", true),
    ]);
    let [first, old, part] = regulation.versions.as_slice() else { panic!("three") };
    assert!(!first.complete && old.complete && part.complete);
    let said = |version: &Version, clause: &str| {
        version.text.clause(&number(clause)).map(crate::law::LawClause::own_text)
    };
    assert_eq!(said(first, "2"), None);
    assert_eq!(said(part, "2").as_deref(), Some("抽查百分之六。"));
    assert_eq!(said(part, "3").as_deref(), Some("保存一年。"));
    assert_eq!(part.carried_over, BTreeSet::from([number("1"), number("3")]));
    assert_eq!(regulation.current().slug, "part");
    // Before anything whole is known, the page shows the newest whole text.
    assert_eq!(regulation.shown(day("2020-06-01")).slug, "part");
}

#[test]
fn a_fingerprint_sees_words_and_nothing_else() {
    let print = |text: &str| {
        let (text, _) = parse_law(FileId(0), text, &LawOptions::default());
        fingerprint(text.clause(&number("2")).expect("is there"))
    };
    assert_eq!(print(OLD), "9bdea413855d");
    assert_ne!(print(OLD), print(NEW));
    // Wrapped, spaced, and with clauses within.
    assert_eq!(print(OLD), print("一、目的。\n二、抽查\n    百分之五。\n"));
    assert_eq!(print(OLD), print("一、目的。\n二、抽查百分之五。\n（一）甲。\n（二）乙。\n"));
}

proptest! {
    /// The version of a day began on it or before, and none between the two.
    #[test]
    fn no_version_lies_between_a_day_and_the_version_in_force(
        starts in proptest::collection::btree_set(0_u64..2000, 1..6),
        at in 0_u64..2100,
    ) {
        let first = day("2020-01-01");
        let versions = starts.iter().map(|start| {
            let from = (first + chrono::Days::new(*start)).to_string();
            version(&from, &from, OLD, false)
        });
        let regulation = regulation(versions.collect());
        let today = first + chrono::Days::new(at);
        let expected = starts.range(..=at).next_back().map(|start| first + chrono::Days::new(*start));
        prop_assert_eq!(regulation.version_on(today).and_then(Version::from), expected);
    }
}
