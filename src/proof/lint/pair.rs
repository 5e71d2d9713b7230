//! Two standing duties of one kind of record: that contradict each other, or of which one is met
//! wherever the other is.

use super::about::About;
use super::found::Found;
use super::solve::{Answer, Goal, World, solve};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::condition::Test;
use crate::model::{Id, Model, Obligation};

/// A rule beside its conditions.
struct Standing<'a> {
    id: Id<Obligation>,
    rule: &'a Obligation,
    about: About<'a>,
}

/// Looks at every two standing duties that can be about one record.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    let rules =
        model.obligations.iter().map(|(id, rule)| Standing { id, rule, about: About::new(rule) });
    let rules: Vec<Standing<'_>> = rules.filter(|one| one.about.must.is_some()).collect();
    several(model, &rules, found);
    for (at, one) in rules.iter().enumerate() {
        for other in &rules[at + 1..] {
            if meet(model, one, other) {
                contradict(one, other, found);
                for (covered, by) in [(one, other), (other, one)] {
                    if implied(covered, by) {
                        found.push(link(model, covered, by));
                        break;
                    }
                }
            }
        }
    }
}

/// Rules of which every two can be met together, but not all: each applies to the same records.
fn several(model: &Model, rules: &[Standing<'_>], found: &mut Vec<Found>) {
    let mut told: Vec<Vec<usize>> = Vec::new();
    for (at, one) in rules.iter().enumerate() {
        let near: Vec<usize> = (0..rules.len())
            .filter(|other| *other == at || meet(model, one, &rules[*other]))
            .collect();
        if near.len() < 3 || near.len() > MOST_TOGETHER {
            continue;
        }
        let none = |some: &[usize]| {
            let mut goals = one.about.applies();
            let tests: Vec<Test> = some.iter().filter_map(|other| owed(&rules[*other])).collect();
            goals.extend(tests.iter().map(|test| (test, true)));
            solve(one.about.kind, &goals, World::Accepted).is_none()
        };
        if !none(&near) {
            continue;
        }
        // The fewest of them that cannot be met together.
        let mut fewest = near;
        let mut next = 0;
        while next < fewest.len() {
            let fewer: Vec<usize> =
                fewest.iter().copied().filter(|other| *other != fewest[next]).collect();
            if none(&fewer) { fewest = fewer } else { next += 1 }
        }
        // Two that contradict each other, and one that nobody can meet, are reported as such.
        if fewest.len() < 3 || told.contains(&fewest) {
            continue;
        }
        told.push(fewest.clone());
        let slugs: Vec<String> =
            fewest.iter().map(|other| format!("`{}`", rules[*other].rule.slug)).collect();
        let applies = one.about.applies();
        let such = solve(one.about.kind, &applies, World::Accepted).witness();
        let such = such.map_or_else(String::new, |one| format!(", such as {}", one.line()));
        let message = format!(
            "{} contradict each other: any two can be met, but no {} to which they apply{such} can meet all",
            slugs.join(", "),
            one.about.kind.name
        );
        let Some(must) = one.about.must else { continue };
        let diagnostic = Diagnostic::new(Code::DutiesContradict, must.span, message)
            .help("narrow one of them with `when`, or compare them with their clauses");
        found.push(Found {
            rules: fewest.iter().map(|other| rules[*other].id).collect(),
            diagnostic,
        });
    }
}

/// Most rules that are looked at together.
const MOST_TOGETHER: usize = 12;

/// That a record meets a rule, or the rule does not apply to it.
fn owed(rule: &Standing<'_>) -> Option<Test> {
    let must = rule.about.must?.says.clone();
    let unless = rule.rule.when.as_ref().map(|when| Test::Not(Box::new(when.says.clone())));
    Some(match unless {
        Some(unless) => Test::Any(vec![unless, must]),
        None => must,
    })
}

/// Whether two rules can be about the same records on the same day, and read the same of them.
fn meet(model: &Model, one: &Standing<'_>, other: &Standing<'_>) -> bool {
    let names = |rule: &Standing<'_>| -> Vec<String> {
        let must = rule.about.must.map(|must| must.says.names()).unwrap_or_default();
        must.iter().map(ToString::to_string).collect()
    };
    let (of_one, of_other) = (names(one), names(other));
    one.about.kind.name == other.about.kind.name
        && !one.rule.days.and(other.rule.days).is_empty()
        && of_one.iter().any(|name| of_other.contains(name))
        && together(model, one.rule, other.rule)
}

/// Whether a system stands under both regulations.
fn together(model: &Model, one: &Obligation, other: &Obligation) -> bool {
    let (one, other) = (one.regulation, other.regulation);
    one == other
        || model.systems.iter().any(|(_, system)| {
            system.regulations.contains(&one) && system.regulations.contains(&other)
        })
}

fn both<'a>(one: &'a Standing<'_>, other: &'a Standing<'_>, more: &[Goal<'a>]) -> Vec<Goal<'a>> {
    let applies = one.about.applies().into_iter().chain(other.about.applies());
    applies.chain(more.iter().copied()).collect()
}

fn contradict(one: &Standing<'_>, other: &Standing<'_>, found: &mut Vec<Found>) {
    let (Some(first), Some(second)) = (one.about.must, other.about.must) else { return };
    let kind = one.about.kind;
    let ask = |more: &[Goal<'_>]| solve(kind, &both(one, other, more), World::Accepted);
    let (met_one, met_other) = ((&first.says, true), (&second.says, true));
    if !ask(&[met_one, met_other]).is_none() {
        return;
    }
    // Each can be met where both apply, only not together.
    let (Answer::Some(witness), Answer::Some(_)) = (ask(&[met_one]), ask(&[met_other])) else {
        return;
    };
    let message = format!(
        "`{}` and `{}` contradict each other: where both apply, what meets one fails the other, as {}",
        one.rule.slug,
        other.rule.slug,
        witness.line()
    );
    let diagnostic = Diagnostic::new(Code::DutiesContradict, second.span, message)
        .related(first.span, "the other duty")
        .help("narrow one of them with `when`, or compare both with their clauses");
    found.push(Found::between([one.id, other.id], diagnostic));
}

/// Whether wherever `covered` applies, `by` applies too, and what meets that meets this.
fn implied(covered: &Standing<'_>, by: &Standing<'_>) -> bool {
    let (Some(must), Some(stricter)) = (covered.about.must, by.about.must) else { return false };
    let kind = covered.about.kind;
    let none = |more: &[Goal<'_>]| {
        let goals: Vec<Goal<'_>> =
            covered.about.applies().into_iter().chain(more.iter().copied()).collect();
        solve(kind, &goals, World::Any).is_none()
    };
    let applies = by.about.applies();
    applies.iter().all(|(test, so)| none(&[(*test, !so)]))
        && none(&[(&stricter.says, true), (&must.says, false)])
        // What nobody can fail is covered by anything, and reported by itself.
        && !none(&[(&must.says, false)])
        // Where it cannot be met at all, nothing covers it.
        && solve(kind, &both(covered, by, &[(&stricter.says, true)]), World::Accepted).witness().is_some()
}

fn link(model: &Model, covered: &Standing<'_>, by: &Standing<'_>) -> Found {
    let message = format!(
        "`{}` is met wherever `{}` is",
        model.obligation_path(covered.id),
        model.obligation_path(by.id)
    );
    let diagnostic = Diagnostic::new(Code::DutyImplied, covered.rule.span, message)
        .related(by.rule.span, "the duty that covers it")
        .help("nothing is wrong: doing one does for both");
    Found::between([covered.id, by.id], diagnostic)
}
