//! Acts that nobody can do: a role that must do it beside a rule that nobody of that role may, or that
//! nobody may hold it. And terms that never begin.

use super::about::About;
use super::found::Found;
use super::solve::{Goal, World, solve};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::condition::{Op, Term, Test};
use crate::model::{Answer, Duty, Id, KeepFrom, KeepWhat, Model, Obligation};

/// Looks at who must act, and at terms that count from an approval.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        if let Some(demand) = rule.duty.demand() {
            if demand.answered_by == Answer::Audit {
                refused(model, (id, rule), found);
            }
            unheld(model, (id, rule), found);
        }
        if let Duty::Retention(keep) = &rule.duty
            && keep.what == KeepWhat::Audits
            && keep.from == KeepFrom::Approval
        {
            for answered in &keep.answering {
                let act = &model.obligations[*answered];
                let approved = act.duty.demand().is_some_and(|demand| demand.approval.is_some());
                if !approved {
                    let message = format!(
                        "papers of `{}` are kept from their approval, but that duty asks for none: the time never begins",
                        act.slug
                    );
                    let diagnostic = Diagnostic::new(Code::DutyImpossible, rule.span, message)
                        .related(act.span, "the duty")
                        .help("add `approval` to the duty, or count from `completion`");
                    found.push(Found::between([id, *answered], diagnostic));
                }
            }
        }
    }
}

fn text(name: &str, op: Op, text: &str) -> Test {
    match op {
        Op::In => Test::Compare(Term::Text(text.to_owned()), op, Term::Name(name.to_owned())),
        _ => Test::Compare(Term::Name(name.to_owned()), op, Term::Text(text.to_owned())),
    }
}

/// A role that must act, which another rule refuses to those who do.
fn refused(model: &Model, (id, rule): (Id<Obligation>, &Obligation), found: &mut Vec<Found>) {
    let Some(demand) = rule.duty.demand().filter(|demand| !demand.acts.is_empty()) else { return };
    let path = model.obligation_path(id);
    let of_duty = text("audit.obligation", Op::Is, &path);
    for (other, standing) in model.obligations.iter() {
        let Duty::Invariant(invariant) = &standing.duty else { continue };
        let Some(independent) = &invariant.independent else { continue };
        let not = |role: &&String| independent.not_roles.contains(*role);
        let clashes = match demand.each {
            true => demand.acts.iter().any(|role| not(&role)),
            false => demand.acts.iter().all(|role| not(&role)),
        };
        let about = About::new(standing);
        let same =
            standing.regulation == rule.regulation && !rule.days.and(standing.days).is_empty();
        let goals: Vec<Goal<'_>> = about.applies().into_iter().chain([(&of_duty, true)]).collect();
        if clashes && same && !solve("audit", &goals, World::Accepted).is_none() {
            let role = demand.acts.iter().find(not).map_or("", String::as_str);
            let message = format!(
                "`{}` must be done by a `{role}`, but `{}` refuses everybody with that role: an audit by a `{role}` breaks one, any other breaks the other",
                rule.slug, standing.slug
            );
            let diagnostic = Diagnostic::new(Code::DutyImpossible, rule.span, message)
                .related(standing.span, "the rule that refuses them")
                .help("narrow one of them, or correct the roles");
            found.push(Found::between([id, other], diagnostic));
        }
    }
}

/// A role that must act or approve, and that the rules of posts leave nobody to hold.
fn unheld(model: &Model, (id, rule): (Id<Obligation>, &Obligation), found: &mut Vec<Found>) {
    let Some(demand) = rule.duty.demand() else { return };
    let approving = demand.approval.iter().flat_map(|party| {
        let roles = model.roles.iter().map(|(_, role)| role);
        roles.filter(|role| role.parties.contains(party)).map(|role| role.slug.clone())
    });
    let approving: Vec<String> = approving.collect();
    let may = |role: &String| may_be_held(model, rule, role);
    let refused =
        demand.acts.iter().find(|role| !may(role) && (demand.each || demand.acts.len() == 1));
    let nobody = !approving.is_empty() && !approving.iter().any(may);
    let Some(role) = refused.or(approving.first().filter(|_| nobody)) else { return };
    let message = format!(
        "`{}` needs a `{role}`, but the rules of posts let nobody hold that role",
        rule.slug
    );
    let diagnostic = Diagnostic::new(Code::DutyImpossible, rule.span, message)
        .help("correct the rules about posts, or the role that acts");
    found.push(Found::of(id, diagnostic));
}

/// Whether somebody may hold a role by the standing rules of the same regulation about posts.
fn may_be_held(model: &Model, rule: &Obligation, role: &str) -> bool {
    let held = [text("post.roles", Op::In, role), text("post.staff_roles", Op::In, role)];
    let standing = model.obligations.iter().map(|(_, other)| other);
    let rules: Vec<Test> = standing
        .filter(|other| {
            other.regulation == rule.regulation && !rule.days.and(other.days).is_empty()
        })
        .filter_map(|other| {
            let about = About::new(other);
            let must = about.must.filter(|_| about.kind == "post")?.says.clone();
            Some(match &other.when {
                Some(when) => Test::Any(vec![Test::Not(Box::new(when.says.clone())), must]),
                None => must,
            })
        })
        .collect();
    let goals: Vec<Goal<'_>> = held.iter().chain(&rules).map(|test| (test, true)).collect();
    !solve("post", &goals, World::Accepted).is_none()
}
