//! Duties counted from the last time, and those that are done once: a chain of gaps, each from one act
//! to the next. It pauses while the scope is not under the duty (an account suspended, a system not in
//! use), and begins anew after.

use chrono::Days;

use super::applicability::applicabilities;
use super::case::{Case, Judgement, is_filled, judge};
use super::occurrence::{Act, DueBasis, Occurrence, Status, Term};
use super::periodic::applies;
use super::reason::Reason;
use super::record_index::RecordIndex;
use super::rule_time::{Law, RuleTime};
use super::window::Window;
use super::{Judged, applicability::Applicability};
use crate::model::{Answer, Gap, Id, Interval, Obligation, Scope};
use crate::time::Day;

/// The gaps of every scope: the first begins on the day the scope comes under the duty, the last
/// is the one that has no act yet.
pub fn occurrences(
    index: &RecordIndex,
    judged: &Judged,
    id: Id<Obligation>,
    rule: &Interval,
) -> Vec<Occurrence> {
    let model = index.model;
    let mut occurrences = Vec::new();
    for life in applicabilities(model, &model.obligations[id], index.as_of) {
        let acts = acts(index, id, life.scope, rule.demand.answered_by);
        let mut spans = spans(index, id, life);
        // What is done once is not owed again after a pause.
        spans.truncate(if rule.once { 1 } else { spans.len() });
        for (from, until) in spans {
            if from <= index.as_of {
                chain(
                    index,
                    judged,
                    (id, rule),
                    (life.scope, from, until),
                    &acts,
                    &mut occurrences,
                );
            }
        }
    }
    occurrences
}

/// The gaps of a scope from the day it comes under the duty to the day it no longer is.
fn chain(
    index: &RecordIndex,
    judged: &Judged,
    (id, rule): (Id<Obligation>, &Interval),
    (scope, from, until): (Scope, Day, Option<Day>),
    acts: &[Act],
    occurrences: &mut Vec<Occurrence>,
) {
    let model = index.model;
    let open = (rule.gap == Gap::Open).then_some((Status::Unknown, Reason::LengthOpen));
    let not_here = applies(model, &model.obligations[id], scope, index.as_of).or(open);
    // What was drawn up before the text asked for it is there.
    let within = |day: Day| (rule.once || day >= from) && until.is_none_or(|until| day <= until);
    let mut rest: Vec<Act> = acts.iter().copied().filter(|act| within(act.day(model))).collect();
    let time = RuleTime::new(model, &model.obligations[id]);
    let law_until = time.days().until;
    let mut start = from;
    // What was last done under the duty it took the place of is where the first gap begins.
    if let Some(before) = model.obligations[id].succeeds {
        let done = self::acts(index, before, scope, rule.demand.answered_by);
        start = done.iter().map(|act| act.day(model)).rfind(|day| *day <= start).unwrap_or(start);
    }
    loop {
        let nominal = match rule.gap.reckoned(model.settings.undated_events) {
            // 行政程序法第48條第2、3項: the day of the last act does not count.
            Ok(length) => length.near(start, &model.calendar),
            Err(day) => (day.max(start), None),
        };
        let basis = if rule.gap.is_of_text() { DueBasis::Text } else { DueBasis::SiteDefault };
        let window = Window::closing(model, start, nominal, rule.on_holiday, basis);
        let case = |acts: Vec<Act>| Case {
            index,
            judged,
            obligation: id,
            scope,
            term: Term::Since(start),
            window,
            demand: &rule.demand,
            acts,
            only_used: false,
            ended: until.filter(|until| *until < index.as_of),
        };
        // What fell due while the rule was law is owed after its end, and may be done then; what would
        // fall due later is answered by acts of its days only.
        let owed = law_until.is_none_or(|end| window.due <= end);
        let is_of_it = |act: &&Act| owed || law_until.is_none_or(|end| act.day(model) <= end);
        let open = rest.iter().take_while(is_of_it).count();
        // An act that looked at too few does not close the gap; the next may with it.
        let closing = (1..=open).find(|count| is_filled(&case(rest[..*count].to_vec())));
        let count = closing.unwrap_or(open);
        // A gap that the end of the right cut short, or the end of the rule, asks nothing any more.
        let cut_short = !owed || until.is_some_and(|until| until <= window.due);
        if closing.is_none() && cut_short {
            break;
        }
        if let Some((status, reason)) = &not_here {
            let judgement = Judgement::without_acts(*status, reason.clone());
            occurrences.push(case(Vec::new()).into_occurrence(judgement));
            break;
        }
        let this = case(rest[..count].to_vec());
        let last = this.acts.last().map(|act| act.day(model)).filter(|_| closing.is_some());
        // Two acts on one day close one gap; the next begins once.
        if rule.once || last.is_none_or(|day| day > start) {
            let judgement = match time.on(this.window.due) {
                Law::TextNotHeld(clause) => Judgement::without_acts(
                    Status::Unknown,
                    Reason::TextNotHeld { clause: clause.clone() },
                ),
                Law::Holds | Law::Not => judge(&this),
            };
            occurrences.push(this.into_occurrence(judgement));
        }
        match last {
            Some(day) if !rule.once => start = day,
            _ => break,
        }
        rest.drain(..count);
    }
}

/// The days a scope is under the duty without a break: an account not while it is suspended, an
/// agency, unit or system not while no system under the regulation is in use.
fn spans(index: &RecordIndex, id: Id<Obligation>, life: Applicability) -> Vec<(Day, Option<Day>)> {
    let model = index.model;
    if let Scope::Account(account) = life.scope
        && let Some((suspended, again)) = model.accounts[account].reactivation()
        && again <= index.as_of
        && suspended >= life.from
    {
        let later = life.until.filter(|until| *until >= again);
        return vec![(life.from, Some(suspended)), (again, later)];
    }
    let regulation = model.obligations[id].regulation;
    let mut spans: Vec<(Day, Option<Day>)> = Vec::new();
    let mut uses = index.uses(regulation, life.scope);
    uses.sort_unstable();
    for (from, until) in uses {
        match spans.last_mut() {
            Some((_, None)) => break,
            Some((_, end @ Some(_))) if end.is_some_and(|end| from <= end + Days::new(1)) => {
                *end = until.zip(*end).map(|(until, end)| until.max(end));
            }
            _ => spans.push((from, until)),
        }
    }
    if spans.is_empty() {
        return vec![(life.from, life.until)];
    }
    let cut = |(from, until): (Day, Option<Day>)| {
        let until = until.into_iter().chain(life.until).min();
        (from.max(life.from), until)
    };
    let spans = spans.into_iter().map(cut);
    spans.filter(|(from, until)| until.is_none_or(|until| until >= *from)).collect()
}

/// The acts that answer the duty for a scope, in the order of their days.
fn acts(index: &RecordIndex, id: Id<Obligation>, scope: Scope, answered_by: Answer) -> Vec<Act> {
    let model = index.model;
    match (answered_by, scope) {
        (Answer::Audit, _) => {
            index.audits(id, scope).iter().map(|audit| Act::Audit(*audit)).collect()
        }
        (Answer::Submission, _) => {
            index.submissions(id, scope).iter().map(|sent| Act::Submission(*sent)).collect()
        }
        (Answer::PasswordChange, Scope::Account(account)) => model.accounts[account]
            .password_changed
            .iter()
            .map(|day| Act::PasswordChange(*day))
            .collect(),
        (Answer::Training, Scope::Post(post)) => {
            index.trainings(post).into_iter().map(Act::Training).collect()
        }
        (Answer::PasswordChange | Answer::Training | Answer::Event, _) => Vec::new(),
    }
}
