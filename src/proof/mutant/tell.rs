//! An input that tells a changed rule from the rule: searched for among sizes, days, periods and small
//! worlds, and written as an entry of `tests.yaml` whose expectation a person must fill in.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::candidate::{Candidate, Form, candidates};
use crate::model::SampleRule;
use crate::model::sample::borders;
use crate::proof::trial::{
    Answers, Bench, Blank, Entry, Given, Rules, Trial, World, answers, flow,
};

/// An input to which the rule and the changed rule give two answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// What is asked, such as `population 40`.
    pub asked: String,
    /// The key that differs, such as `required`.
    pub key: &'static str,
    pub rule: String,
    pub mutant: String,
    /// The entry of `tests.yaml`, its expectation a `?`.
    pub entry: String,
}

/// Populations up to this are compared one by one; larger ones where a step or a bound of one of the
/// rules begins to decide, and around powers of ten.
const POPULATIONS: u64 = 20_000;

/// The searches for one duty. What the rule itself says of a question is computed once.
pub struct Search<'a> {
    bench: &'a Bench<'a>,
    by: Rules<'a>,
    questions: Vec<(Candidate, OnceLock<Option<Answers>>)>,
}

impl<'a> Search<'a> {
    /// Takes the rule as it stands, and the tests it has: worlds near theirs are tried.
    pub fn new(bench: &'a Bench<'a>, by: Rules<'a>, trials: &[Trial]) -> Self {
        let all = candidates(by.rule, by.duties, trials, (bench.kinds(), &bench.roles()));
        Self { bench, by, questions: all.into_iter().map(|one| (one, OnceLock::new())).collect() }
    }

    /// An input that tells changed rules from the rule; the first in the order of questions.
    pub fn telling(&self, changed: Rules) -> Option<Telling> {
        if let Some(found) = self.size(changed) {
            return Some(found);
        }
        self.questions.par_iter().find_map_first(|(question, known)| {
            let rule = self.known(question, known).as_ref()?;
            // Where the changed rule does not know what is given, a test of it cannot come out.
            match self.asked(changed, question) {
                Some(mutant) => self.difference(question, rule, &mutant),
                None => self.unknown(question, rule),
            }
        })
    }

    /// What the rule itself says. Not computed within the lock: judging may wait for other threads.
    fn known<'b>(
        &self,
        question: &Candidate,
        known: &'b OnceLock<Option<Answers>>,
    ) -> &'b Option<Answers> {
        if known.get().is_none() {
            let _ = known.set(self.asked(self.by, question));
        }
        known.get_or_init(|| None)
    }

    fn duty(&self) -> String {
        self.by.rule.string("id")
    }

    fn asked(&self, by: Rules, question: &Candidate) -> Option<Answers> {
        let given = Given {
            written: question.given.as_ref(),
            from: question.from,
            period: question.period,
            ..Given::default()
        };
        let world = self.bench.world(by, &given)?;
        let duty = world.duty_named(&self.duty())?;
        Some(answers(&world.model, duty, &world.target, question.on))
    }

    /// A population of which they ask another number.
    fn size(&self, changed: Rules) -> Option<Telling> {
        let worlds = [self.by, changed].map(|by| self.bench.world(by, &Given::default()));
        let [Some(own), Some(other)] = &worlds else { return None };
        let draws = |world: &World| -> Option<[Option<SampleRule>; 2]> {
            let demand = world.model.obligations[world.duty_named(&self.duty())?].duty.demand()?;
            Some([demand.sample.records.clone(), demand.sample.users.clone()])
        };
        let (own, other) = (draws(own)?, draws(other)?);
        let both = own.iter().all(Option::is_some);
        for (place, measure) in ["records", "users"].into_iter().enumerate() {
            let (Some(one), Some(two)) = (&own[place], &other[place]) else { continue };
            let differs =
                |number: &u64| one.tiers.size(*number).required != two.tiers.size(*number).required;
            let Some(number) = (0..=POPULATIONS).find(differs).or_else(|| {
                let tens = (5..=9).map(|power| 10_u64.pow(power));
                let mut far: Vec<u64> = tens.flat_map(|ten| ten..=ten + 2).collect();
                far.extend([one, two].into_iter().flat_map(|draw| borders(&draw.tiers)));
                far.sort_unstable();
                far.into_iter().find(differs)
            }) else {
                continue;
            };
            let sizes = Blank::Size(both.then_some(measure), number);
            return Some(Telling {
                asked: format!("population {number}"),
                key: "required",
                rule: one.tiers.size(number).required.to_string(),
                mutant: two.tiers.size(number).required.to_string(),
                entry: Entry { of: &self.duty(), ..Entry::default() }.in_lines(sizes),
            });
        }
        None
    }

    /// What a question tells apart, in the keys that its form asks.
    fn difference(
        &self,
        question: &Candidate,
        rule: &Answers,
        mutant: &Answers,
    ) -> Option<Telling> {
        let value = |answers: &Answers, key: &str| {
            answers.rows.iter().find(|(known, _)| *known == key).map(|(_, said)| said.clone())
        };
        const KEYS: [&str; 11] = [
            "check",
            "keep_until",
            "candidate",
            "status",
            "required",
            "required_users",
            "due",
            "due_at",
            "opens",
            "done_on",
            "done_at",
        ];
        let short = |key: &str| match question.form {
            Form::Periods => key == "due",
            Form::Days => matches!(key, "due" | "keep_until"),
            Form::Case => true,
        };
        for key in KEYS.into_iter().filter(|key| short(key)) {
            let (one, two) = (value(rule, key), value(mutant, key));
            // What the rule does not say cannot be expected of it.
            let Some(one) = one.filter(|one| Some(one) != two.as_ref()) else { continue };
            let two = two.or_else(|| value(mutant, "status").filter(|word| word == "absent"));
            let two = two.unwrap_or_else(|| "none".to_owned());
            // A short form asks for a day.
            if question.form != Form::Case && !one.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            return Some(self.told(question, key, one, two));
        }
        let missing = !rule.reasons.is_subset(&mutant.reasons);
        if question.form == Form::Case && (missing || !mutant.short.is_subset(&rule.reasons)) {
            let list = |codes: &BTreeSet<String>| match codes.is_empty() {
                true => "none".to_owned(),
                false => codes.iter().cloned().collect::<Vec<_>>().join(", "),
            };
            return Some(self.told(
                question,
                "reasons",
                list(&rule.reasons),
                list(&mutant.reasons),
            ));
        }
        None
    }

    fn unknown(&self, question: &Candidate, rule: &Answers) -> Option<Telling> {
        let (key, said) = rule.rows.first().filter(|_| question.form == Form::Case)?;
        let other = "that it knows no such record".to_owned();
        Some(self.told(question, key, said.clone(), other))
    }

    fn told(
        &self,
        question: &Candidate,
        key: &'static str,
        rule: String,
        mutant: String,
    ) -> Telling {
        let (of, day) = (self.duty(), question.on.to_string());
        let mut entry = Entry { of: &of, ..Entry::default() };
        let (asked, entry) = match (question.form, question.period, question.from) {
            (Form::Periods, Some(period), _) => {
                let periods = [period.to_string()];
                (format!("period {period}"), entry.in_lines(Blank::Periods(&periods)))
            }
            (Form::Days, _, Some(day)) => {
                let days = [day.to_string()];
                (format!("day {day}"), entry.in_lines(Blank::Days(&days)))
            }
            _ => {
                entry.given = question.given.as_ref().filter(|given| flow(given) != "{}");
                let case = Blank::Case { on: &day, key };
                (format!("the case below, on {day}"), entry.in_lines(case))
            }
        };
        Telling { asked, key, rule, mutant, entry }
    }
}
