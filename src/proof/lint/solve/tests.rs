//! The procedures against all worlds one by one: 10,000 pairs of rules made at random over few names.
//! What a single comparison says of a record is asked of the judge; how comparisons are joined is
//! counted here by itself, a bit for each world.

use std::collections::BTreeMap;

use chrono::Days;

use super::record::truth;
use super::{Answer, Goal, World, solve};
use crate::model::Condition;
use crate::model::condition::{Name, Terms, Test, Value};
use crate::parse::registers::our_kinds;
use crate::proof::lint::written::written;
use crate::record::kinds::Kind;
use crate::source::{FileId, Span, Spanned};
use crate::time::Day;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

fn day(dice: &mut Dice) -> String {
    let name = dice.one_of(&["account.cancelled_on", "account.suspended_on", "as_of"]).to_owned();
    match dice.below(3) {
        0 => format!("days_after({name}, {})", dice.below(3)),
        _ => name,
    }
}

/// A comparison as an author writes it.
fn atom(dice: &mut Dice) -> String {
    let order = ["<", "<=", ">", ">=", "==", "!="];
    match dice.below(8) {
        0 => dice.one_of(&["account.cancelled_on", "account.suspended_on"]).to_owned(),
        1 => format!(
            "account.role {} \"{}\"",
            dice.one_of(&["==", "!="]),
            dice.one_of(&["general", "auditor"])
        ),
        2 => "account.role in [\"general\", \"auditor\"]".to_owned(),
        3 => format!(
            "account.purpose {} \"{}\"",
            dice.one_of(&["==", "!="]),
            dice.one_of(&["甲", "乙"])
        ),
        4 => "account.purpose".to_owned(),
        5 => format!(
            "days_between(account.suspended_on, account.cancelled_on) {} {}",
            dice.one_of(&order),
            dice.below(3)
        ),
        _ => {
            let (left, right) = (day(dice), day(dice));
            format!("{left} {} {right}", dice.one_of(&order))
        }
    }
}

fn expression(dice: &mut Dice, deep: usize) -> String {
    match dice.below(if deep == 0 { 1 } else { 6 }) {
        0 | 1 => atom(dice),
        2 => format!("not ({})", expression(dice, deep - 1)),
        3 => {
            let (one, other) = (expression(dice, deep - 1), expression(dice, deep - 1));
            format!("({one} or {other})")
        }
        _ => {
            let (one, other) = (expression(dice, deep - 1), expression(dice, deep - 1));
            format!("({one}) and ({other})")
        }
    }
}

fn test_of(text: &str) -> Test {
    let span = Span::start_of(FileId(0));
    let mut report = Vec::new();
    let condition =
        Condition::compile(Spanned::new(text, span), &[account()], &Terms::default(), &mut report);
    condition.unwrap_or_else(|| panic!("{text}: {report:?}")).says
}

/// The kind of record whose values the worlds differ in.
fn account() -> &'static Kind {
    our_kinds().find("account").expect("it is one")
}

type Values = BTreeMap<Name, Option<Value>>;

/// The names in which worlds differ.
const NAMES: [&str; 4] = ["role", "purpose", "cancelled_on", "suspended_on"];

/// A world, and which of the values of each of the [`NAMES`] it has.
type World4 = ([usize; 4], Values);

/// Every world of few values. The as-of date is that of the judge.
fn worlds() -> Vec<World4> {
    let as_of = super::days::as_of();
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let first = as_of - Days::new(7);
    let days = |at: u64| (at > 0).then(|| Value::Day(first + Days::new(at)));
    let mut all = Vec::new();
    let roles = [None, text("general"), text("auditor"), text("unit-manager")];
    let purposes = [None, text("甲"), text("乙"), text("丙")];
    for (role, purpose) in (0..4).flat_map(|role| (0..4).map(move |purpose| (role, purpose))) {
        for (cancelled, suspended) in (0..14).flat_map(|one| (0..14).map(move |two| (one, two))) {
            let values =
                [roles[role].clone(), purposes[purpose].clone(), days(cancelled), days(suspended)];
            let names = NAMES.map(|name| Name::of(account(), name));
            all.push((
                [role, purpose, cancelled as usize, suspended as usize],
                names.into_iter().zip(values).collect(),
            ));
        }
    }
    all
}

/// In which worlds a test is so, and in which it is not; in the others it has no answer.
struct Table {
    so: Vec<u64>,
    not: Vec<u64>,
}

struct Tables {
    worlds: Vec<World4>,
    atoms: BTreeMap<String, (Vec<u64>, Vec<u64>)>,
}

impl Tables {
    fn of(&mut self, test: &Test) -> Table {
        let join = |parts: Vec<Table>, all: bool| {
            let pick = |part: &Table, so: bool| if so { part.so.clone() } else { part.not.clone() };
            let fold = |so: bool, both: bool| {
                let parts = parts.iter().map(|part| pick(part, so));
                parts
                    .reduce(|a, b| {
                        a.iter().zip(&b).map(|(a, b)| if both { a & b } else { a | b }).collect()
                    })
                    .expect("parts")
            };
            Table { so: fold(true, all), not: fold(false, !all) }
        };
        match test {
            Test::Not(inner) => {
                let Table { so, not } = self.of(inner);
                Table { so: not, not: so }
            }
            Test::All(parts) => join(parts.iter().map(|part| self.of(part)).collect(), true),
            Test::Any(parts) => join(parts.iter().map(|part| self.of(part)).collect(), false),
            atom => {
                let worlds = &self.worlds;
                let (so, not) = self.atoms.entry(written(atom)).or_insert_with(|| {
                    let mut tables =
                        (vec![0; worlds.len().div_ceil(64)], vec![0; worlds.len().div_ceil(64)]);
                    // Worlds that differ only in what the words do not name are asked once.
                    let words = written(atom);
                    let named = NAMES.map(|name| words.contains(name));
                    let mut asked: BTreeMap<[usize; 4], Option<bool>> = BTreeMap::new();
                    for (at, (which, world)) in worlds.iter().enumerate() {
                        let mut which = *which;
                        which
                            .iter_mut()
                            .zip(named)
                            .for_each(|(one, named)| *one *= usize::from(named));
                        match asked.entry(which).or_insert_with(|| truth(account(), atom, world)) {
                            Some(true) => tables.0[at / 64] |= 1 << (at % 64),
                            Some(false) => tables.1[at / 64] |= 1 << (at % 64),
                            None => {}
                        }
                    }
                    tables
                });
                Table { so: so.clone(), not: not.clone() }
            }
        }
    }

    /// Whether some world meets all goals.
    fn any(&mut self, goals: &[Goal<'_>]) -> bool {
        let mut left = vec![u64::MAX; self.worlds.len().div_ceil(64)];
        for (test, so) in goals {
            let table = self.of(test);
            let column = if *so { table.so } else { table.not };
            left.iter_mut().zip(column).for_each(|(left, one)| *left &= one);
        }
        left.iter().any(|word| *word != 0)
    }
}

#[test]
fn agrees_with_all_worlds_on_ten_thousand_pairs_of_rules() {
    let pairs = crate::turns(10_000);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut tables = Tables { worlds: worlds(), atoms: BTreeMap::new() };
    let mut none = 0;
    for _ in 0..pairs {
        let texts: Vec<String> = (0..4).map(|_| expression(&mut dice, 2)).collect();
        let tests: Vec<Test> = texts.iter().map(|text| test_of(text)).collect();
        let [when, must, other_when, other_must] = &tests[..] else { unreachable!("four") };
        for goals in [
            vec![(when, true)],
            vec![(when, true), (must, false)],
            vec![(when, true), (other_when, true), (must, true), (other_must, true)],
            vec![(when, true), (other_must, true), (must, false)],
        ] {
            let expected = tables.any(&goals);
            let found = solve(account(), &goals, World::Any);
            match &found {
                Answer::Some(witness) => assert!(witness.meets(&goals), "{texts:?}: {witness:?}"),
                Answer::None => none += 1,
                Answer::Open => panic!("not decided: {texts:?}"),
            }
            assert_eq!(!found.is_none(), expected, "{texts:?} {goals:?}: {found:?}");
        }
    }
    // The dice threw both kinds often enough to tell them apart.
    assert!((pairs / 5..pairs * 4 - pairs / 5).contains(&none), "{none}");
}

#[test]
fn months_agree_with_every_day_of_two_years() {
    let mut dice = Dice(77);
    let start = Day::from_ymd_opt(2027, 6, 1).expect("a day");
    for _ in 0..300 {
        let (few, many) = (dice.below(4) + 1, dice.below(120));
        let op = dice.one_of(&["<", "<=", ">", ">=", "=="]);
        let text = format!(
            "as_of {op} months_after(account.suspended_on, {few}) and days_between(account.suspended_on, as_of) {} {many}",
            dice.one_of(&["<", ">=", "=="]),
        );
        let test = test_of(&text);
        let length = crate::time::Length::Months(few as u32);
        let calendar = crate::time::OfficeCalendar::default();
        let expected = (0..731).any(|from| {
            let from = start + Days::new(from);
            let end = length.after(from, &calendar).expect("no working days");
            (0..130).any(|apart| {
                let as_of = from + Days::new(apart);
                let left = match op {
                    "<" => as_of < end,
                    "<=" => as_of <= end,
                    ">" => as_of > end,
                    ">=" => as_of >= end,
                    _ => as_of == end,
                };
                let right = match text.rsplit(' ').nth(1).expect("an operator") {
                    "<" => (apart as usize) < many,
                    ">=" => apart as usize >= many,
                    _ => apart as usize == many,
                };
                left && right
            })
        });
        let found = solve(account(), &[(&test, true)], World::Any);
        assert_eq!(!found.is_none(), expected, "{text}: {found:?}");
        assert!(!matches!(found, Answer::Open), "{text}");
    }
}

#[test]
fn conditions_are_written_as_they_are_read() {
    let mut dice = Dice(4);
    for _ in 0..500 {
        let test = test_of(&expression(&mut dice, 3));
        let text = written(&test);
        assert_eq!(written(&test_of(&text)), text);
    }
}
