//! Papers that may be destroyed while another duty still needs them, and terms of what never comes.

use super::due::{due_of, periods};
use super::found::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Duty, Id, KeepFrom, KeepTerm, KeepWhat, Model, Obligation, Population, Retention,
};
use crate::time::{Day, Length, Period};

/// Looks at every term for which papers are kept.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        let Duty::Retention(keep) = &rule.duty else { continue };
        if let KeepTerm::For(Length::Days(0) | Length::Months(0)) = keep.term {
            let message =
                "the papers are kept for no time: they may be destroyed on the day they were made";
            say((id, rule), message.to_owned(), "state how long they are kept", found);
        }
        // What was found amiss is of the duty whose audit found it.
        let papers = match keep.what {
            KeepWhat::Findings => KeepWhat::Audits,
            other => other,
        };
        // Leave may be given not to do any duty, whatever answers it.
        let answered = keep.answering.iter().filter(|_| keep.what != KeepWhat::Waivers);
        for answered in answered {
            let act = &model.obligations[*answered];
            let has_papers = act
                .duty
                .demand()
                .is_some_and(|demand| KeepWhat::of_acts(demand.answered_by) == Some(papers));
            if !has_papers {
                let papers = papers.as_str();
                let message =
                    format!("`{}` is not answered by {papers}: there are none to keep", act.slug);
                say(
                    (id, rule),
                    message,
                    "name duties that are answered so, or keep other papers",
                    found,
                );
            }
        }
        too_short(model, (id, rule), keep, found);
    }
}

fn say(
    (id, rule): (Id<Obligation>, &Obligation),
    message: String,
    help: &str,
    found: &mut Vec<Found>,
) {
    let diagnostic = Diagnostic::new(Code::DutyImpossible, rule.span, message).help(help);
    found.push(Found::of(id, diagnostic));
}

/// Papers of an act made by the end of its period, which another duty reports or draws from after
/// they may be gone.
fn too_short(
    model: &Model,
    rule: (Id<Obligation>, &Obligation),
    keep: &Retention,
    found: &mut Vec<Found>,
) {
    let of_acts = keep.from != KeepFrom::Cancellation && keep.what != KeepWhat::Waivers;
    let Some(term) = keep.term.length().filter(|_| of_acts) else {
        return;
    };
    for (using, user) in model.obligations.iter() {
        let Duty::Periodic(periodic) = &user.duty else { continue };
        if user.days.and(rule.1.days).is_empty() || using == rule.0 {
            continue;
        }
        let draws = [&periodic.demand.sample.records, &periodic.demand.sample.users];
        let drawn = draws.into_iter().flatten().filter_map(|draw| match draw.of {
            Population::AuditedRecords(of) | Population::AuditedUsers(of) => Some(of),
            _ => None,
        });
        let mut needed = periodic.demand.after.iter().copied().chain(drawn);
        let Some(act) = needed.find(|act| keep.answering.contains(act)) else { continue };
        let Duty::Periodic(acted) = &model.obligations[act].duty else { continue };
        for (period, entry) in periods(periodic) {
            let Some(due) = due_of(model, periodic, period, entry) else { continue };
            let Some(made) = first_end(period, acted.every) else { continue };
            let Ok(end) = term.after(made, &model.calendar) else { continue };
            if end < due {
                let message = format!(
                    "papers of `{}` made on {made} may be destroyed after {end}, but `{}` of {period} needs them until {due}",
                    model.obligations[act].slug, user.slug
                );
                let diagnostic = Diagnostic::new(Code::DutyImpossible, rule.1.span, message)
                    .related(user.span, "the duty that needs them")
                    .help("compare the term with the clause, and the day it counts from");
                found.push(Found::between([rule.0, using], diagnostic));
                return;
            }
        }
    }
}

/// The end of the first period of a length that lies in another.
fn first_end(period: Period, every: crate::time::Every) -> Option<Day> {
    let first = Period::containing(period.first_day(), every).last_day();
    (first <= period.last_day()).then_some(first)
}
