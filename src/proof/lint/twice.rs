//! Two duties of one clause about the same thing that fall due on different days.

use super::about::About;
use super::found::Found;
use super::solve::{Goal, World, solve};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Demand, Duty, Id, Model, Obligation, SampleRule};
use crate::time::Day;

/// Looks at every two duties of one clause.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    let rules: Vec<(Id<Obligation>, &Obligation)> = model.obligations.iter().collect();
    for (at, one) in rules.iter().enumerate() {
        for other in &rules[at + 1..] {
            if let Some(what) = same(one.1, other.1) {
                say(
                    *one,
                    *other,
                    &format!("ask for the same act by clause {} and {what}", one.1.main_clause()),
                    found,
                );
            } else if let Some(what) = terms(one.1, other.1) {
                say(
                    *one,
                    *other,
                    &format!("{what}, both by clause {}", one.1.main_clause()),
                    found,
                );
            }
        }
    }
}

/// How two duties that ask for the same act of the same records differ; `None` if they ask for
/// different acts, or never of the same record on the same day.
fn same(one: &Obligation, other: &Obligation) -> Option<String> {
    let clause =
        one.clauses.iter().any(|own| other.clauses.iter().any(|theirs| theirs.value == own.value));
    let main = one.main_clause() == other.main_clause();
    if one.regulation != other.regulation
        || is_successor(one, other)
        || !(clause && main)
        || one.scope != other.scope
        || one.days.and(other.days).is_empty()
        || one.by != other.by
        || one.uncounted != other.uncounted
    {
        return None;
    }
    let demands = (one.duty.demand()?, other.duty.demand()?);
    let act = demands.0.answered_by == demands.1.answered_by
        && demands.0.to == demands.1.to
        && demands.0.acts == demands.1.acts
        && demands.0.notify == demands.1.notify
        && demands.0.unannounced == demands.1.unannounced
        && !demands.0.after.iter().chain(&demands.1.after).any(|_| true);
    let differs = match (&one.duty, &other.duty) {
        (Duty::Periodic(first), Duty::Periodic(second)) if first.every == second.every => {
            let months = first.months.is_empty()
                || second.months.is_empty()
                || first.months.iter().any(|month| second.months.contains(month));
            let differs = match (first.due != second.due, samples(demands)) {
                (true, _) => Some("fall due on different days".to_owned()),
                (false, Some((of_one, of_other))) => {
                    Some(format!("ask for different samples ({of_one} and {of_other} of 1000)"))
                }
                (false, None) => (demands.0 == demands.1 && first.only == second.only)
                    .then(|| "fall due on the same days: it stands there twice".to_owned()),
            };
            differs.filter(|_| months && evidence(demands.0, demands.1))
        }
        (Duty::Interval(first), Duty::Interval(second)) => {
            let same = (first.gap, first.once) == (second.gap, second.once);
            let differs = match (first.gap.length(), second.gap.length()) {
                _ if same => "allow the same time: it stands there twice".to_owned(),
                (Some(one), Some(other)) => format!("allow {one} and {other}"),
                _ => "allow different times".to_owned(),
            };
            let equal = !same || demands.0 == demands.1;
            (equal && evidence(demands.0, demands.1)).then_some(differs)
        }
        (Duty::Event(first), Duty::Event(second)) => {
            let answers = first.event == second.event
                && first.answers == second.answers
                && first.answered_on == second.answered_on
                && first.from_known == second.from_known;
            let twice = first.deadline == second.deadline
                && first.follows == second.follows
                && demands.0 == demands.1;
            match answers {
                true if first.deadline != second.deadline => {
                    Some("are to be answered by different days".to_owned())
                }
                true if twice => {
                    Some("are to be answered by the same day: it stands there twice".to_owned())
                }
                _ => None,
            }
        }
        _ => None,
    };
    differs.filter(|_| act && both_apply(one, other))
}

/// How many of a thousand each of two duties asks for, where that differs.
fn samples((one, other): (&Demand, &Demand)) -> Option<(u64, u64)> {
    let drawn = |demand: &Demand| [demand.sample.records.clone(), demand.sample.users.clone()];
    let mut both = drawn(one).into_iter().zip(drawn(other));
    both.find_map(|pair| match pair {
        (Some(one), Some(other)) if one.of == other.of && one.tiers != other.tiers => {
            let size = |draw: &SampleRule| draw.tiers.size(1_000).required;
            Some((size(&one), size(&other)))
        }
        _ => None,
    })
}

/// The terms for which two rules of one clause keep the same papers, where they differ.
fn terms(one: &Obligation, other: &Obligation) -> Option<String> {
    let (Duty::Retention(first), Duty::Retention(second)) = (&one.duty, &other.duty) else {
        return None;
    };
    let shares = first.answering.iter().any(|duty| second.answering.contains(duty))
        || first.answering.is_empty() && second.answering.is_empty();
    let (for_one, for_other) = (first.term.length()?, second.term.length()?);
    let differs = first.what == second.what
        && shares
        && (first.from, for_one) != (second.from, for_other)
        && one.scope == other.scope
        && one.regulation == other.regulation
        && one.main_clause() == other.main_clause()
        && !one.days.and(other.days).is_empty()
        && !is_successor(one, other);
    differs.then(|| {
        format!(
            "keep the same papers, for {for_one} from {} and for {for_other} from {}",
            first.from.as_str(),
            second.from.as_str()
        )
    })
}

/// Whether two rules are one duty before and after an amendment.
fn is_successor(one: &Obligation, other: &Obligation) -> bool {
    let both = |first: &Obligation, second: &Obligation| {
        first.succeeds.is_some() && first.days.from.is_some() && second.days.until.is_some()
    };
    both(one, other) || both(other, one)
}

/// Whether the same papers prove both, or those of one are not named.
fn evidence(one: &Demand, other: &Demand) -> bool {
    one.evidence == other.evidence && one.contains == other.contains && one.joint == other.joint
}

fn both_apply(one: &Obligation, other: &Obligation) -> bool {
    let (first, second) = (About::new(one), About::new(other));
    let goals: Vec<Goal<'_>> = first.applies().into_iter().chain(second.applies()).collect();
    !solve(first.kind, &goals, World::Accepted).is_none()
}

fn say(
    one: (Id<Obligation>, &Obligation),
    other: (Id<Obligation>, &Obligation),
    what: &str,
    found: &mut Vec<Found>,
) {
    let both = one.1.days.and(other.1.days);
    let day = both.from.or(both.until).or(Day::from_ymd_opt(2026, 1, 1)).unwrap_or(Day::MIN);
    let message = format!("`{}` and `{}` {what}, as on {day}", one.1.slug, other.1.slug);
    let diagnostic = Diagnostic::new(Code::TwoDutiesOneClause, other.1.span, message)
        .related(one.1.span, "the other duty")
        .help("keep the one the clause means; where it lays down two, say how they differ (`when`, `to`, `acts`, `evidence`)");
    found.push(Found::between([one.0, other.0], diagnostic));
}
