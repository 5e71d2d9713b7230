//! The elements of a duty: what its rule can come to, from the rule alone. What is no part of a rule
//! (a waiver, when `due-soon` begins, a text that is not held) is not in it, and what no record can
//! bring about is left out, so that everything that is listed can be exercised.

use std::collections::BTreeSet;

use super::element::{Asked, Coming, Element, Ground, Part, Verdict, Way};
use super::reach::{Reach, reach};
use crate::assess::Measure;
use crate::model::condition::Told;
use crate::model::obligation::Gap;
use crate::model::sample::{self, Bound};
use crate::model::{
    Answer, Condition, Deadline, Demand, DueDay, Duty, EventRule, Id, Invariant, KeepFrom,
    KeepTerm, Model, Obligation, OnHoliday, Periodic, Population, Retention, SampleRule,
};
use crate::time::Every;

/// The elements of a duty, in the order of their codes' kinds; empty of a duty that nothing computes:
/// conduct, advice, and an invariant that the records do not say enough of.
pub fn elements(model: &Model, id: Id<Obligation>) -> Vec<Element> {
    let obligation = &model.obligations[id];
    let mut found = BTreeSet::new();
    match &obligation.duty {
        Duty::Periodic(rule) => periodic(model, obligation, rule, &mut found),
        Duty::Interval(rule) if rule.gap == Gap::Open => {
            found.insert(Element::Comes(Coming::Unknown));
        }
        Duty::Interval(rule) => {
            found.insert(Element::Deadline);
            moved(model, rule.on_holiday, &mut found);
            let may = May { upcoming: false, window: false, late: true, nothing: false };
            occurrences(model, obligation, &rule.demand, may, &mut found);
        }
        Duty::Event(rule) => event(model, obligation, rule, &mut found),
        Duty::Invariant(rule) if rule.is_computed() => {
            invariant(model, obligation, rule, &mut found)
        }
        Duty::Retention(rule) => retention(rule, &mut found),
        Duty::Permission { candidates: Some(condition), .. } => {
            let reach =
                operands(model, obligation, Some((Part::Candidates, condition)), &mut found);
            let mut may = reach.then;
            may.extend(reach.when.iter().filter(|told| **told != Told::True));
            found.extend(may.into_iter().map(Element::Candidate));
        }
        Duty::Invariant(_) | Duty::Conduct | Duty::Permission { .. } => return Vec::new(),
    }
    // How long papers are kept is asked of papers, not of days.
    if !matches!(obligation.duty, Duty::Retention(_)) {
        found.extend(obligation.days.from.map(|_| Element::Before));
        found.extend(obligation.days.until.map(|_| Element::After));
        let regulation = &model.regulations[obligation.regulation];
        if regulation.versions.len() > 1 {
            for version in regulation.versions_within(obligation.days) {
                let same = |other: &crate::model::Version| other.slug == version.slug;
                found.extend(regulation.versions.iter().position(same).map(Element::Version));
            }
        }
    }
    found.into_iter().collect()
}

/// What occurrences of a kind of duty may come to, beside what the demand says.
struct May {
    upcoming: bool,
    /// An act may come before the window.
    window: bool,
    late: bool,
    /// There may be nothing to look at.
    nothing: bool,
}

fn periodic(
    model: &Model,
    obligation: &Obligation,
    rule: &Periodic,
    found: &mut BTreeSet<Element>,
) {
    // The entry that holds for a half of the year is the first that fits it.
    let halves: BTreeSet<u32> = match (rule.every, rule.months.as_slice()) {
        (Every::Year, _) => BTreeSet::from([1]),
        (_, []) => BTreeSet::from([1, 2]),
        (_, months) => months.iter().map(|month| if *month <= 6 { 1 } else { 2 }).collect(),
    };
    for half in halves {
        let fits = rule.due.iter().position(|due| due.half.is_none_or(|only| only == half));
        found.insert(Element::Due(fits.unwrap_or(0)));
    }
    moved(model, rule.on_holiday, found);
    let demand = &rule.demand;
    let recorded_by_day = matches!(demand.answered_by, Answer::Training | Answer::PasswordChange);
    let within = rule.due.iter().all(|due| {
        matches!(due.day, DueDay::PeriodEnd)
            || matches!(due.day, DueDay::InMonth { months_after: 0, day: None })
    });
    let beyond = demand.approval.is_some() || !demand.evidence.is_empty();
    let may = May {
        upcoming: true,
        window: !recorded_by_day,
        // What counts by its own day within the period cannot come after its end.
        late: !recorded_by_day || !within || beyond,
        nothing: draws_of_use(rule) || nothing_before(model, rule),
    };
    occurrences(model, obligation, demand, may, found);
    // Of an act on the due day whose time is not recorded nobody can tell.
    if rule.due.iter().any(|due| due.at.is_some()) && obligation.uncounted.is_none() {
        found.insert(Element::Comes(Coming::Unknown));
    }
}

/// Whether a period without use asks nothing.
fn draws_of_use(rule: &Periodic) -> bool {
    let sample = &rule.demand.sample;
    let accounts = |draw: &SampleRule| draw.of == Population::Accounts;
    let other_users = sample.users.as_ref().is_some_and(|draw| !accounts(draw));
    sample.records.is_some() || other_users || sample.every_used_month || rule.only_used()
}

/// Whether what it comes after may all ask nothing.
fn nothing_before(model: &Model, rule: &Periodic) -> bool {
    let asks_nothing = |id: &Id<Obligation>| match &model.obligations[*id].duty {
        Duty::Periodic(before) => {
            let when = reach(model.obligations[*id].when.as_ref(), None, &[]).when;
            draws_of_use(before) || when.contains(&Told::False)
        }
        _ => false,
    };
    !rule.demand.after.is_empty() && rule.demand.after.iter().all(asks_nothing)
}

fn event(model: &Model, obligation: &Obligation, rule: &EventRule, found: &mut BTreeSet<Element>) {
    found.insert(match rule.deadline {
        Deadline::Letter => Element::Letter,
        _ => Element::Deadline,
    });
    if !rule.anew.is_empty() {
        found.insert(Element::Anew);
    }
    if rule.from_known {
        found.insert(Element::FromKnown);
    }
    moved(model, rule.on_holiday, found);
    found.extend((0..rule.follows.len()).map(Element::Follows));
    if rule.answers.len() + rule.answered_on.len() + rule.unless.len() > 1
        && obligation.uncounted.is_none()
    {
        let answers = (0..rule.answers.len()).map(Way::Answer);
        let recorded = (0..rule.answered_on.len()).map(Way::Recorded);
        let instead = (0..rule.unless.len()).map(Way::Instead);
        found.extend(answers.chain(recorded).chain(instead).map(Element::Way));
    }
    let within_before = matches!(rule.deadline, Deadline::WithinBefore(_));
    let may = May { upcoming: within_before, window: within_before, late: true, nothing: false };
    occurrences(model, obligation, &rule.demand, may, found);
    // Where what the time hangs on is not recorded nobody can tell.
    let open = rule.deadline == Deadline::Letter || rule.deadline.hours().is_some();
    if open && obligation.uncounted.is_none() {
        found.insert(Element::Comes(Coming::Unknown));
    }
}

fn moved(model: &Model, on_holiday: OnHoliday, found: &mut BTreeSet<Element>) {
    // Tests leave out what the settings of the site say.
    if on_holiday == OnHoliday::NextWorkingDay && model.settings.on_holiday == OnHoliday::Keep {
        found.insert(Element::Moved);
    }
}

/// What occurrences come to, and what may be missing.
fn occurrences(
    model: &Model,
    obligation: &Obligation,
    demand: &Demand,
    may: May,
    found: &mut BTreeSet<Element>,
) {
    let reach = operands(model, obligation, None, found);
    if obligation.uncounted.is_some() {
        found.insert(Element::Comes(Coming::NotApplicable));
        return;
    }
    let periodic = matches!(obligation.duty, Duty::Periodic(_));
    let mut missing = missing(demand, periodic);
    // What came before the window of an event is no act of it: it is not short, it is not there.
    let short = !missing.is_empty() || (may.window && periodic);
    missing.extend(may.window.then_some(Asked::Window));
    found.extend(missing.into_iter().map(Element::Missing));
    let draws =
        [(Measure::Records, &demand.sample.records), (Measure::Users, &demand.sample.users)];
    for (measure, draw) in draws {
        if let Some(draw) = draw.as_ref().filter(|draw| periodic || draw.of == Population::Accounts)
        {
            steps(measure, draw, found);
        }
    }
    let unknown = reach.when.contains(&Told::Unknown)
        || (asks_who(demand) || demand.approval.is_some())
        || !(demand.contains.is_empty() && demand.courses.is_empty())
        || !demand.manner.is_empty()
        || (periodic && population_may_be_unknown(obligation));
    let not_applicable = may.nothing || reach.when.contains(&Told::False);
    let reachable = |coming: &Coming| match coming {
        Coming::Done | Coming::Overdue | Coming::Open => true,
        Coming::DoneLate => may.late,
        Coming::Deficient => short,
        Coming::Upcoming => may.upcoming,
        Coming::Unknown => unknown,
        Coming::NotApplicable => not_applicable,
    };
    found.extend(Coming::ALL.into_iter().filter(reachable).map(Element::Comes));
}

fn population_may_be_unknown(obligation: &Obligation) -> bool {
    let Duty::Periodic(rule) = &obligation.duty else { return false };
    let sample = &rule.demand.sample;
    let draws = sample.records.iter().chain(&sample.users);
    let mut counted = draws.filter(|draw| draw.of != Population::Accounts);
    counted.next().is_some() || sample.every_used_month || rule.only_used()
}

/// Whether the records must say who did it.
fn asks_who(demand: &Demand) -> bool {
    !demand.acts.is_empty()
}

fn missing(demand: &Demand, periodic: bool) -> Vec<Asked> {
    let mut found = Vec::new();
    let sample = &demand.sample;
    let judged = |draw: &Option<SampleRule>| {
        draw.as_ref().is_some_and(|draw| periodic || draw.of == Population::Accounts)
    };
    found.extend(judged(&sample.records).then_some(Asked::Sample(Measure::Records)));
    found.extend(judged(&sample.users).then_some(Asked::Sample(Measure::Users)));
    found.extend((sample.every_used_month && periodic).then_some(Asked::Months));
    if asks_who(demand) {
        let count = if demand.each { demand.acts.len() } else { 1 };
        found.extend((0..count).map(Asked::Actor));
    }
    found.extend((0..demand.joint.len()).map(Asked::Joint));
    if demand.approval.is_some() {
        found.push(Asked::Approval);
        found.extend(demand.approval_first.then_some(Asked::ApprovalFirst));
    }
    found.extend((0..demand.evidence.len()).map(Asked::Evidence));
    found.extend((0..demand.contains.len()).map(Asked::Contains));
    found.extend((!demand.manner.is_empty()).then_some(Asked::Manner));
    found.extend(demand.unannounced.then_some(Asked::Unannounced));
    found.extend(demand.to.is_some().then_some(Asked::Recipient));
    found.extend((0..demand.notify.len()).map(Asked::Told));
    found.extend(demand.hours.map(|_| Asked::Hours));
    if !demand.after.is_empty() && periodic {
        found.extend([Asked::Before, Asked::Order]);
    }
    found
}

fn steps(measure: Measure, draw: &SampleRule, found: &mut BTreeSet<Element>) {
    let tiers = &draw.tiers;
    for (at, tier) in tiers.0.iter().enumerate() {
        let bounds = Bound::ALL.into_iter();
        let can = bounds.filter(|bound| sample::population(tiers, at, *bound).is_some());
        found.extend(can.map(|bound| Element::Binds(measure, at, bound)));
        if tier.up_to.is_some() {
            found.extend([Element::LastOf(measure, at), Element::FirstOf(measure, at + 1)]);
        }
    }
}

/// The duties of the same regulation that audits answer.
fn answered_by_audits(model: &Model, obligation: &Obligation) -> Vec<String> {
    let own = &model.regulations[obligation.regulation].obligations;
    let by_audits = |id: &&Id<Obligation>| model.obligations[**id].is_answered_by_audits();
    own.iter().filter(by_audits).map(|id| model.obligation_path(*id)).collect()
}

/// The operands of `when` and of what is asked where it holds.
fn operands(
    model: &Model,
    obligation: &Obligation,
    then: Option<(Part, &Condition)>,
    found: &mut BTreeSet<Element>,
) -> Reach {
    let answered = answered_by_audits(model, obligation);
    let condition = then.map(|(_, condition)| condition);
    let reach = reach(obligation.when.as_ref(), condition, &answered);
    let of = |part: Part| move |(at, told): &(usize, Told)| Element::Operand(part, *at, *told);
    found.extend(reach.when_operands.iter().map(of(Part::When)));
    if let Some((part, _)) = then {
        found.extend(reach.then_operands.iter().map(of(part)));
    }
    reach
}

fn invariant(
    model: &Model,
    obligation: &Obligation,
    rule: &Invariant,
    found: &mut BTreeSet<Element>,
) {
    let must = rule.must.as_ref().map(|condition| (Part::Must, condition));
    let reach = operands(model, obligation, must, found);
    let mut may: BTreeSet<Verdict> = reach
        .then
        .iter()
        .map(|told| match told {
            Told::True => Verdict::Held,
            Told::False => Verdict::Breached,
            Told::Unknown => Verdict::Unknown,
        })
        .collect();
    if let Some(asked) = &rule.independent {
        may.extend([Verdict::Held, Verdict::Breached, Verdict::Unknown]);
        found.extend(asked.not_previous.then_some(Element::Against(Ground::Previous)));
        found.extend((0..asked.not_roles.len()).map(|at| Element::Against(Ground::Role(at))));
        found.extend(asked.not_users.then_some(Element::Against(Ground::User)));
    }
    may.extend(reach.when.contains(&Told::Unknown).then_some(Verdict::Unknown));
    may.extend(reach.when.contains(&Told::False).then_some(Verdict::NotApplicable));
    found.extend(may.into_iter().map(Element::Check));
}

fn retention(rule: &Retention, found: &mut BTreeSet<Element>) {
    match rule.term {
        KeepTerm::Under(_) => _ = found.insert(Element::OtherLaw),
        KeepTerm::Permanent => _ = found.insert(Element::Permanent),
        KeepTerm::For(_) => {
            found.insert(Element::KeptUntil);
            if matches!(rule.from, KeepFrom::Approval | KeepFrom::Cancellation) {
                found.insert(Element::NotBegun);
            }
        }
    }
    if rule.answering.len() > 1 {
        found.extend((0..rule.answering.len()).map(Element::KeptOf));
    }
}
