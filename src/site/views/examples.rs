//! The tests beside a rule as examples (案例) on the page of its duty: sizes and days as small tables,
//! cases as sentences: what is given, and what comes of it. Each says who wrote it and what it rests on.

use serde::Serialize;

use super::given::given;
use super::parts::{Link, PageCtx, named};
use crate::assess::Measure;
use crate::law::ClauseNumber;
use crate::model::{Id, Obligation};
use crate::proof::trial::{Asked, Example, Expect, Expected, Source, Trial};
use crate::text::counter;
use crate::text::number::Grouped;
use crate::text::sentence;
use crate::time::{Day, Instant, roc_short};

/// How many entries stand open; the others are folded.
const SHOWN: usize = 8;

/// The examples of a duty; never empty.
#[derive(Debug, Serialize)]
pub struct ExamplesView {
    pub shown: Vec<ExampleView>,
    pub folded: Vec<ExampleView>,
    pub count: usize,
}

/// An entry of `tests.yaml`.
#[derive(Debug, Serialize)]
pub struct ExampleView {
    /// What happens, in a line, or the words of the text that say so.
    pub title: String,
    /// These words, where there is a title beside them.
    pub because: Option<String>,
    /// The short forms, one table each.
    pub tables: Vec<ExampleTable>,
    pub given: Vec<String>,
    /// What is expected, and as of which day.
    pub expected: Option<String>,
    /// The codes of what falls short, each with a word.
    pub reasons: Vec<String>,
    pub by: String,
    /// The clause, linked where the site has it; a letter or an example without a link.
    pub clause: Option<Link>,
    pub source: Option<String>,
}

/// Pairs of a short form.
#[derive(Debug, Serialize)]
pub struct ExampleTable {
    pub asked: String,
    pub answer: String,
    pub rows: Vec<(String, String)>,
}

/// The examples of duty `id`, if somebody wrote any.
pub fn examples(here: &PageCtx, id: Id<Obligation>) -> Option<ExamplesView> {
    let all = here.site.proofs.examples.get(&id)?;
    let mut shown: Vec<ExampleView> = all.iter().map(|one| example(here, id, one)).collect();
    let count = shown.len();
    let folded = shown.split_off(count.min(SHOWN));
    Some(ExamplesView { shown, folded, count })
}

fn example(here: &PageCtx, id: Id<Obligation>, example: &Example) -> ExampleView {
    let Example { trial, given: written } = example;
    let words = &here.site.words;
    let obligation = &here.site.model.obligations[id];
    let Source { clause, letter, example } = &trial.source;
    let number: Option<ClauseNumber> = match clause {
        Some(written) => written.parse().ok(),
        None if letter.is_some() || example.is_some() => None,
        None => Some(obligation.main_clause().clone()),
    };
    let knows = |number: &ClauseNumber| {
        here.site.model.regulations[obligation.regulation].knows_clause(number)
    };
    let source = letter.as_ref().or(example.as_ref()).cloned();
    let case = trial.asks.iter().find_map(|ask| match &ask.what {
        Asked::Case { on, expect } => Some((*on, expect)),
        _ => None,
    });
    let reasons = case.and_then(|(_, expect)| expect.reasons.clone()).unwrap_or_default();
    let has_word = |code: &String| words.find(&format!("shortfall.{code}")).is_some();
    let (title, because) = match (&trial.title, &trial.because) {
        (Some(title), because) => (title.clone(), because.clone()),
        (None, Some(because)) => (because.clone(), None),
        (None, None) => (words.get("example.untitled").to_owned(), None),
    };
    ExampleView {
        title,
        because,
        tables: tables(here, id, trial),
        given: written.as_ref().map(|written| given(here, id, written)).unwrap_or_default(),
        expected: case.map(|(on, expect)| expected(here, id, on, expect)),
        reasons: reasons.into_iter().filter(has_word).collect(),
        by: trial.by.clone(),
        clause: number.filter(knows).map(|number| here.clause_of(obligation, &number)),
        source,
    }
}

/// `115-11-20 16:40`, for tables.
fn time(at: Instant) -> String {
    format!("{} {}", roc_short(at.day()), at.time_of_day())
}

fn tables(here: &PageCtx, id: Id<Obligation>, trial: &Trial) -> Vec<ExampleTable> {
    let words = &here.site.words;
    let duty = &here.site.model.obligations[id];
    let mut tables: Vec<(&str, ExampleTable)> = Vec::new();
    let mut add = |kind: &'static str, row: (String, String)| {
        if tables.last().is_none_or(|(last, _)| *last != kind) {
            let word = |part: &str| match kind {
                "records" | "users" => {
                    let unit = counter::of_duty(words, duty, kind);
                    words.say(&format!("example.sizes.{part}"), &[("unit", &unit)])
                }
                _ => words.get(&format!("example.{kind}.{part}")).to_owned(),
            };
            let table =
                ExampleTable { asked: word("asked"), answer: word("answer"), rows: Vec::new() };
            tables.push((kind, table));
        }
        tables.last_mut().expect("it was pushed").1.rows.push(row);
    };
    for ask in &trial.asks {
        match &ask.what {
            Asked::Size { measure, population, required } => {
                add(
                    drawn(duty, *measure).as_str(),
                    (Grouped(*population).to_string(), Grouped(*required).to_string()),
                );
            }
            Asked::Day { from, last } => add("days", (roc_short(*from), roc_short(*last))),
            Asked::Hours { from, last } => add("hours", (time(*from), time(*last))),
            Asked::Period { period, due, at } => {
                let due = at.map_or_else(|| roc_short(*due), time);
                add("periods", (sentence::period(words, *period), due));
            }
            Asked::Case { .. } => {}
        }
    }
    tables.into_iter().map(|(_, table)| table).collect()
}

/// What a question of a size counts: users where it says so, or the rule draws no records.
fn drawn(duty: &Obligation, measure: Option<Measure>) -> Measure {
    let sample = duty.duty.demand().map(|demand| demand.sample.draw(measure));
    match (measure, sample) {
        (Some(measure), _) | (None, Some(Ok((measure, _)))) => measure,
        (None, None | Some(Err(_))) => Measure::Records,
    }
}

/// What must come of a case, in a sentence: 「115-11-01 判定：未達規定；期限 115-10-31、應抽 21 件」.
fn expected(here: &PageCtx, id: Id<Obligation>, on: Day, expect: &Expect) -> String {
    let words = &here.site.words;
    let mut parts: Vec<String> = Vec::new();
    if let Some(status) = expect.status {
        parts.push(match status {
            Expected::Status(status) => here.status(status).label,
            Expected::Absent => words.get("example.absent").to_owned(),
        });
    }
    if let Some(check) = &expect.check {
        let code = if check == "held" { "holds" } else { check };
        parts.push(named(words, "verdict", code).to_owned());
    }
    if let Some(candidate) = &expect.candidate {
        parts.push(named(words, "example.candidate", candidate).to_owned());
    }
    let mut say = |key: &str, value: &dyn std::fmt::Display| {
        parts.push(words.say(&format!("example.{key}"), &[("value", value)]));
    };
    for (key, day) in [("due", expect.due), ("opens", expect.opens), ("done_on", expect.done_on)] {
        if let Some(day) = day {
            say(key, &roc_short(day));
        }
    }
    for (key, at) in [("due", expect.due_at), ("done_on", expect.done_at)] {
        if let Some(at) = at {
            say(key, &sentence::instant(at));
        }
    }
    match expect.keep_until {
        Some(Some(day)) => say("keep_until", &roc_short(day)),
        Some(None) => say("kept", &""),
        None => {}
    }
    let duty = &here.site.model.obligations[id];
    let first = drawn(duty, None);
    for (measure, count) in [(first, expect.required), (Measure::Users, expect.required_users)] {
        let Some(count) = count else { continue };
        let unit = counter::of_duty(words, duty, measure.as_str());
        let values: &[(&str, &dyn std::fmt::Display)] =
            &[("value", &Grouped(count)), ("unit", &unit)];
        parts.push(words.say("example.size", values));
    }
    let all = parts.join(words.get("list.join"));
    words.say("example.expected", &[("day", &roc_short(on)), ("result", &all)])
}
