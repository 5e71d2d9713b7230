//! Acts that nobody can do: a role that must do it beside a rule that nobody of that role may, or that
//! nobody may hold it. And terms that never begin.

use super::about::About;
use super::found::Found;
use super::solve::{Goal, World, solve};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::condition::{Name, Op, Term, Test};
use crate::model::{Answer, Duty, Id, KeepFrom, Model, Obligation, Party, RoleName};
use crate::record::kinds::own_kind;

/// Looks at who must act, and at terms that count from an approval.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    required(model, found);
    for (id, rule) in model.obligations.iter() {
        if let Some(demand) = rule.duty.demand() {
            if demand.answered_by == Answer::Audit {
                refused(model, (id, rule), found);
            }
            unheld(model, (id, rule), found);
            same_hands(model, (id, rule), found);
        }
        if let Duty::Retention(keep) = &rule.duty
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

fn text(name: Name, op: Op, text: &str) -> Test {
    match op {
        Op::In => Test::Compare(Term::Text(text.to_owned()), op, Term::Name(name)),
        _ => Test::Compare(Term::Name(name), op, Term::Text(text.to_owned())),
    }
}

/// A role that must act, which another rule refuses to those who do.
fn refused(model: &Model, (id, rule): (Id<Obligation>, &Obligation), found: &mut Vec<Found>) {
    let Some(demand) = rule.duty.demand().filter(|demand| !demand.acts.is_empty()) else { return };
    let word = |role: &Id<RoleName>| model.role_names[*role].slug.as_str();
    let path = model.obligation_path(id);
    let of_duty = text(Name::of(own_kind("audit"), "obligation"), Op::Is, &path);
    for (other, standing) in model.obligations.iter() {
        let Duty::Invariant(invariant) = &standing.duty else { continue };
        let Some(independent) = &invariant.independent else { continue };
        let not = |role: &&Id<RoleName>| independent.not_roles.contains(*role);
        let clashes = match demand.each {
            true => demand.acts.iter().any(|role| not(&role)),
            false => demand.acts.iter().all(|role| not(&role)),
        };
        let about = About::new(standing);
        let same =
            standing.regulation == rule.regulation && !rule.days.and(standing.days).is_empty();
        let goals: Vec<Goal<'_>> = about.applies().into_iter().chain([(&of_duty, true)]).collect();
        if clashes && same && !solve(own_kind("audit"), &goals, World::Accepted).is_none() {
            let role = demand.acts.iter().find(not).map_or("", word);
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
    let approving = demand.approval.into_iter().flat_map(|party| &model.parties[party].roles);
    let approving: Vec<Id<RoleName>> = approving.map(|role| model.roles[*role].name).collect();
    let word = |role: &Id<RoleName>| model.role_names[*role].slug.as_str();
    let may = |role: &Id<RoleName>| may_be_held(model, rule, word(role));
    let refused =
        demand.acts.iter().find(|role| !may(role) && (demand.each || demand.acts.len() == 1));
    let nobody = !approving.is_empty() && !approving.iter().any(may);
    let Some(role) = refused.or(approving.first().filter(|_| nobody)) else { return };
    let message = format!(
        "`{}` needs a `{}`, but the rules of posts let nobody hold that role",
        rule.slug,
        word(role)
    );
    let diagnostic = Diagnostic::new(Code::DutyImpossible, rule.span, message)
        .help("correct the rules about posts, or the role that acts");
    found.push(Found::of(id, diagnostic));
}

/// A role that every unit or agency must have, and that another rule lets nobody hold: in a post, or
/// in the whole agency.
fn required(model: &Model, found: &mut Vec<Found>) {
    let of_all: Vec<_> = model
        .obligations
        .iter()
        .map(|(id, rule)| (id, rule, About::new(rule)))
        .filter(|(_, rule, about)| rule.when.is_none() && about.must.is_some())
        .collect();
    let implies = |about: &About<'_>, role: &str, has: bool| {
        let holds = text(Name::of(about.kind, "roles"), Op::In, role);
        let must = about.must.map(|must| (&must.says, true));
        let goals: Vec<Goal<'_>> = must.into_iter().chain([(&holds, !has)]).collect();
        solve(about.kind, &goals, World::Accepted).is_none()
    };
    for (id, rule, about) in
        of_all.iter().filter(|(_, _, about)| ["unit", "agency"].contains(&about.kind.name))
    {
        let words = about.must.map(|must| super::words::roles_in(&must.says)).unwrap_or_default();
        for role in words {
            if !implies(about, role, true) {
                continue;
            }
            let refused = of_all.iter().find(|(_, other, refusing)| {
                let wider = refusing.kind.name == "post"
                    || refusing.kind.name == "agency" && about.kind.name == "unit";
                wider
                    && other.regulation == rule.regulation
                    && !rule.days.and(other.days).is_empty()
                    && implies(refusing, role, false)
            });
            if let Some((other, refusing, of)) = refused {
                let message = format!(
                    "`{}` and `{}` contradict each other: each {} needs a `{role}`, but no {} may have one",
                    rule.slug, refusing.slug, about.kind.name, of.kind.name
                );
                let diagnostic = Diagnostic::new(Code::DutiesContradict, rule.span, message)
                    .related(refusing.span, "the other duty")
                    .help("narrow one of them with `when`, or compare both with their clauses");
                found.push(Found::between([*id, *other], diagnostic));
            }
        }
    }
}

/// Whether somebody may hold a role by the standing rules of the same regulation about posts.
fn may_be_held(model: &Model, rule: &Obligation, role: &str) -> bool {
    let held =
        ["roles", "staff_roles"].map(|path| text(Name::of(own_kind("post"), path), Op::In, role));
    let standing = model.obligations.iter().map(|(_, other)| other);
    let rules: Vec<Test> = standing
        .filter(|other| {
            other.regulation == rule.regulation && !rule.days.and(other.days).is_empty()
        })
        .filter_map(|other| {
            let about = About::new(other);
            let must = about.must.filter(|_| about.kind.name == "post")?.says.clone();
            Some(match &other.when {
                Some(when) => Test::Any(vec![Test::Not(Box::new(when.says.clone())), must]),
                None => must,
            })
        })
        .collect();
    let goals: Vec<Goal<'_>> = held.iter().chain(&rules).map(|test| (test, true)).collect();
    !solve(own_kind("post"), &goals, World::Accepted).is_none()
}

/// Somebody who takes part in, or approves, what those of the same role do.
fn same_hands(model: &Model, (id, rule): (Id<Obligation>, &Obligation), found: &mut Vec<Found>) {
    let Some(demand) = rule.duty.demand() else { return };
    let words = |party: Id<Party>| &model.parties[party].words;
    let roles = |party: Id<Party>| -> Vec<Id<RoleName>> {
        model.parties[party].roles.iter().map(|role| model.roles[*role].name).collect()
    };
    let acts = model.role_words(&demand.acts);
    let same = |party: Id<Party>| {
        let roles = roles(party);
        !roles.is_empty()
            && !demand.acts.is_empty()
            && demand.acts.iter().all(|act| roles.contains(act))
    };
    let mut say = |code: Code, message: String, help: &str| {
        found.push(Found::of(id, Diagnostic::new(code, rule.span, message).help(help)));
    };
    if let Some(party) = demand.joint.iter().find(|party| same(**party)) {
        let message = format!(
            "`joint: {}` is who acts already (`acts: {}`): nobody takes part beside",
            words(*party),
            acts.join(", ")
        );
        say(Code::BoundNeverBinds, message, "name who takes part beside, or correct `acts`");
    }
    let twice = demand.joint.iter().enumerate().find_map(|(at, party)| {
        let own = roles(*party);
        let other = demand.joint[..at].iter().find(|other| roles(**other) == own);
        other.filter(|_| !own.is_empty()).map(|other| (other, party, own))
    });
    if let Some((one, other, own)) = twice {
        let message = format!(
            "`joint` names `{}` and `{}`, which are one role (`{}`)",
            words(*one),
            words(*other),
            model.role_words(&own).join(", ")
        );
        say(Code::BoundNeverBinds, message, "remove one, or correct `parties` of the roles");
    }
    if let Some(party) = demand.approval.filter(|party| same(*party)) {
        let message = format!(
            "`{}` is done and approved by the same role (`{}`, {}), but nobody approves an act of their own: with one holder of the role it can never be complete",
            rule.slug,
            acts.join("`, `"),
            words(party)
        );
        say(Code::DutyImpossible, message, "compare who acts and who approves with the clause");
    }
}
