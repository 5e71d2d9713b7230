//! What rules leave open of how their time is counted, where neither the rule nor a question in
//! `readings.yaml` says it: the other reading is run over the real records, and what comes out
//! otherwise by it is said.

use rayon::prelude::*;

use super::change::set;
use super::run::Records;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::question::Set;
use crate::model::{Deadline, Duty, Id, Known, Obligation};
use crate::record::value::Group;
use crate::source::Spanned;

/// A key of a deadline that says how time is counted, where the words of a clause leave two ways.
struct Way {
    key: &'static str,
    /// What holds where nothing is written, and the other.
    words: [&'static str; 2],
    /// In a sentence.
    says: &'static str,
}

/// 前十日: no article counts backward.
const BEFORE: Way = Way {
    key: "counted",
    words: ["nth-day", "clear-days"],
    says: "to the N-th day before the event, or with so many clear days between",
};

/// 二十四小時內: they run at once (行政程序法第48條第1項), but from what is the clause's to say.
const HOURS: Way = Way {
    key: "from",
    words: ["on", "known_on"],
    says: "from when it happened, or from when it was known",
};

/// Reports each rule of which nobody said how its time is counted, where something on record hangs on it.
pub fn weigh(records: &Records<'_>, known: &Known) -> Diagnostics {
    let open: Vec<(Id<Obligation>, Way)> = known
        .obligations
        .iter()
        .filter_map(|(id, rule)| Some((id, way(records, known, rule)?)))
        .collect();
    let said = open.par_iter().filter_map(|(id, way)| say(records, &known.obligations[*id], way));
    said.collect()
}

/// The way a rule leaves open.
fn way(records: &Records<'_>, known: &Known, rule: &Obligation) -> Option<Way> {
    let Duty::Event(event) = &rule.duty else { return None };
    let way = match event.deadline {
        Deadline::Before(_) | Deadline::WithinBefore(_) => BEFORE,
        Deadline::Hours(_) => HOURS,
        _ => return None,
    };
    let written = written(records, rule)?.group("deadline")?;
    let questions = &known.regulations[rule.regulation].questions;
    let asked = questions.iter().flat_map(|one| &one.options).flat_map(|option| &option.set);
    let is_asked = asked.map(|set| set.path.value.as_str()).any(|path| {
        let mut keys = path.split('.');
        let (duty, last) = (keys.next(), keys.next_back());
        duty == Some(&*rule.slug)
            && matches!(last, Some(key) if key == way.key || key == "deadline")
    });
    (!written.is_written(way.key) && !is_asked).then_some(way)
}

fn written<'a>(records: &'a Records<'_>, rule: &Obligation) -> Option<&'a Group> {
    records.rules(rule.regulation).iter().find(|one| one.string("id") == rule.slug)
}

fn say(records: &Records<'_>, rule: &Obligation, way: &Way) -> Option<Diagnostic> {
    let [taken, other] = way.words;
    let span = rule.span;
    let change = Set {
        path: Spanned::new(format!("{}.deadline.{}", rule.slug, way.key), span),
        value: Spanned::new(other.to_owned(), span),
    };
    let mut rules = records.rules(rule.regulation).to_vec();
    let changed = set(&mut rules, records.parsed.kinds, &change);
    // By a rule that would not be sound nothing is judged.
    changed.ok().filter(|differs| *differs)?;
    let turns = records.turns(rule.regulation, rules).ok()?;
    let hangs = match turns.len() {
        0 => return None,
        1 => "1 status hangs on it".to_owned(),
        many => format!("{many} statuses hang on it"),
    };
    let message = format!(
        "the time of `{}` can be counted {}, and nothing says which: {hangs}",
        rule.slug, way.says
    );
    let said = Diagnostic::new(Code::ReadingOpen, span, message);
    Some(records.with_places(said, &turns).help(format!(
        "write `{key}: {taken}` (which is taken now) or `{key}: {other}` in its `deadline`, or ask it in `readings.yaml`",
        key = way.key
    )))
}
