//! What the open questions of the regulations decide: every option is run over the real records, and
//! compared with what the rules say now.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::change::set;
use super::compare::Difference;
use super::run::Records;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Id, Known, Model, Question, Regulation};
use crate::record::kinds::Kinds;
use crate::record::value::Group;

/// What every question decides, by regulation and in the author's order.
#[derive(Debug, Default)]
pub struct Readings {
    pub weighed: Vec<Weighed>,
}

/// A question and what its options come to.
#[derive(Debug)]
pub struct Weighed {
    pub regulation: Id<Regulation>,
    /// Its place among the questions of the regulation.
    pub place: usize,
    /// By option, in the author's order.
    pub effects: Vec<Effect>,
}

/// What an option would change.
#[derive(Debug)]
pub enum Effect {
    /// It is the one that the rules follow.
    Chosen,
    /// It says no change of the rules.
    NotComputed,
    /// What would stand otherwise; nothing, if it decides nothing today.
    Turns(Vec<Difference>),
}

impl Effect {
    /// What would stand otherwise.
    pub fn turns(&self) -> &[Difference] {
        match self {
            Effect::Turns(turns) => turns,
            Effect::Chosen | Effect::NotComputed => &[],
        }
    }
}

impl Weighed {
    /// The question itself.
    pub fn question<'a>(&self, model: &'a Model) -> &'a Question {
        &model.regulations[self.regulation].questions[self.place]
    }

    /// How many statuses depend on it: those that some other option would turn, each once.
    pub fn decides(&self) -> usize {
        let turns = self.effects.iter().flat_map(Effect::turns);
        let ids: std::collections::BTreeSet<&str> = turns.map(|turn| turn.id.as_str()).collect();
        ids.len()
    }
}

impl Readings {
    /// How many questions are past the day by which somebody had to look again.
    pub fn due(&self, known: &Known) -> usize {
        let questions = self.weighed.iter().map(|one| one.question(known));
        questions.filter(|question| question.is_due(known.as_of())).count()
    }

    /// How many questions that nobody settled decide a status.
    pub fn deciding(&self, known: &Known) -> usize {
        let unsettled = |one: &&Weighed| one.question(known).by.is_none() && one.decides() > 0;
        self.weighed.iter().filter(unsettled).count()
    }
}

/// Runs every option over the records.
pub fn weigh(records: &Records<'_>, known: &Known) -> (Readings, Diagnostics) {
    let mut report = Diagnostics::new();
    let mut readings = Readings::default();
    let questions: Vec<(Id<Regulation>, usize, &Question)> = known
        .regulations
        .iter()
        .flat_map(|(id, of)| of.questions.iter().enumerate().map(move |(at, one)| (id, at, one)))
        .collect();
    let weighed = |(regulation, place, question): &(Id<Regulation>, usize, &Question)| {
        let options = (0..question.options.len()).into_par_iter();
        let found: Vec<_> =
            options.map(|at| try_option(records, *regulation, question, at)).collect();
        let (effects, faults): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        (Weighed { regulation: *regulation, place: *place, effects }, faults.concat())
    };
    let found: Vec<(Weighed, Diagnostics)> = questions.par_iter().map(weighed).collect();
    for (weighed, faults) in found {
        report.extend(faults);
        say(records, known, &weighed, &mut report);
        readings.weighed.push(weighed);
    }
    (readings, report)
}

/// What an option would change, and what is wrong with it.
fn try_option(
    records: &Records<'_>,
    regulation: Id<Regulation>,
    question: &Question,
    at: usize,
) -> (Effect, Diagnostics) {
    let mut report = Diagnostics::new();
    let option = &question.options[at];
    let is_chosen = at == question.chosen;
    if option.set.is_empty() {
        return (if is_chosen { Effect::Chosen } else { Effect::NotComputed }, report);
    }
    let mut rules = records.rules(regulation).to_vec();
    let all = change(&mut rules, records.parsed.kinds, question, at, &mut report);
    if is_chosen {
        return (Effect::Chosen, report);
    }
    if !all {
        return (Effect::NotComputed, report);
    }
    match records.turns(regulation, rules) {
        Ok(turns) => (Effect::Turns(turns), report),
        Err(faults) => {
            let why = faults.first().map_or("", |fault| fault.message.as_str());
            let message =
                format!("by the reading `{}` the rules are not sound: {why}", option.slug);
            let span = option.set[0].path.span;
            report.push(
                Diagnostic::new(Code::InvalidChange, span, message)
                    .help("change the rules so that they would be right by this reading"),
            );
            (Effect::NotComputed, report)
        }
    }
}

/// Makes the changes of an option; whether they could all be made.
fn change(
    rules: &mut [Group],
    kinds: &Kinds,
    question: &Question,
    option: usize,
    report: &mut Diagnostics,
) -> bool {
    let (mut all, mut turned) = (true, false);
    for one in &question.options[option].set {
        match set(rules, kinds, one) {
            Ok(true) if option == question.chosen => {
                let message = format!(
                    "the chosen reading sets `{}` to `{}`, but the rule says something else",
                    one.path.value, one.value.value
                );
                report.push(
                    Diagnostic::new(Code::InvalidChange, one.path.span, message)
                        .help("change the rule, or choose the reading that it follows"),
                );
            }
            Ok(differs) => turned |= differs,
            Err(fault) => {
                report.push(fault);
                all = false;
            }
        }
    }
    let choice = &question.options[option];
    if all && !turned && option != question.chosen {
        let message = format!(
            "the reading `{}` changes nothing: the rules say so already, by the reading that was chosen",
            choice.slug
        );
        report.push(
            Diagnostic::new(Code::InvalidChange, choice.set[0].path.span, message)
                .help("say what the rules would be by this reading, or leave it out"),
        );
    }
    all
}

/// Says that a choice is past its day, or that nobody made it though it decides something.
fn say(records: &Records<'_>, known: &Known, weighed: &Weighed, report: &mut Diagnostics) {
    let question = weighed.question(known);
    if let Some(last) = question.review_by.filter(|_| question.is_due(known.as_of())) {
        let message =
            format!("the reading of `{}` had to be looked at again by {last}", question.slug);
        report.push(
            Diagnostic::new(Code::ReadingDue, question.span, message)
                .help("look again, then record who chose what, and a new `review_by`"),
        );
    }
    let decides = weighed.decides();
    if question.by.is_none() && decides > 0 {
        let ways = ways(weighed);
        let message = format!(
            "nobody has settled `{}`, which decides {decides} {}: {ways}",
            question.slug,
            if decides == 1 { "status" } else { "statuses" }
        );
        let turns = weighed.effects.iter().flat_map(Effect::turns);
        report.push(
            records
                .with_places(Diagnostic::new(Code::ReadingDecides, question.span, message), turns)
                .help("ask the authority, then record under `by` the post, the day and the letter"),
        );
    }
}

/// In a line: how many turn from what into what.
fn ways(weighed: &Weighed) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for effect in &weighed.effects {
        if let Effect::Turns(turns) = effect {
            for turn in turns {
                *counts.entry(turn.codes()).or_default() += 1;
            }
        }
    }
    let fixed = |code: &str| if code.is_empty() { "none".to_owned() } else { code.to_owned() };
    let parts: Vec<String> = counts
        .iter()
        .map(|((before, after), count)| {
            format!("{count} from {} to {}", fixed(before), fixed(after))
        })
        .collect();
    parts.join(", ")
}
