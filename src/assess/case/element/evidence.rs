//! The forms that must be on file. A form counts from the day it was received; one from before the
//! time it would prove, about other days, or past its validity does not count at all.

use super::Element;
use crate::assess::case::{Case, Requirement};
use crate::assess::{Act, Reason, Term};
use crate::model::{Evidence, EvidenceForm, Id, Model};
use crate::time::{Day, Moment};

/// The forms, since the day the last of them was received.
pub fn element(case: &Case, asked: &Requirement, acts: &[Act]) -> Option<Element> {
    let model = case.index.model;
    if case.demand.evidence.is_empty() {
        return None;
    }
    let mut since = acts.first()?.moment(model);
    let mut missing = Vec::new();
    for form in &case.demand.evidence {
        let papers = acts.iter().flat_map(|act| {
            let on = act.day(model);
            act.evidence(model).iter().map(move |id| (on, &model.evidence[*id]))
        });
        let of_form = papers.clone().filter(|(_, paper)| is_form(model, paper, *form));
        let judged: Vec<Result<Moment, Reason>> =
            of_form.map(|(on, paper)| counts(case, asked, (on, paper), *form)).collect();
        let filed = judged.iter().filter_map(|one| one.as_ref().ok());
        match filed.min_by_key(|moment| moment.certain_by()) {
            Some(moment) => since = since.max(*moment),
            None => missing.push(judged.into_iter().find_map(Result::err).unwrap_or_else(|| {
                // What is on file and is none of the forms that are asked: perhaps it was meant.
                let mut others: Vec<&str> = Vec::new();
                for (_, paper) in papers {
                    let name = match paper.form {
                        Some(form) => &model.forms[form].words,
                        None => &paper.title,
                    };
                    let mut forms = case.demand.evidence.iter();
                    let asked = forms.any(|form| is_form(model, paper, *form));
                    if !asked && !others.contains(&name.as_str()) {
                        others.push(name);
                    }
                }
                let instead = (!others.is_empty()).then(|| others.join("、"));
                Reason::EvidenceMissing { form: *form, instead }
            })),
        }
    }
    Some(Element::concluded(since, missing, Vec::new()))
}

fn is_form(model: &Model, paper: &Evidence, form: Id<EvidenceForm>) -> bool {
    paper.form.is_some_and(|own| model.forms.is_among(own, &[form]))
}

/// When a paper was received, if it proves an act done on `on`; else why it does not.
fn counts(
    case: &Case,
    asked: &Requirement,
    (on, paper): (Day, &Evidence),
    form: Id<EvidenceForm>,
) -> Result<Moment, Reason> {
    if let (Term::Period(period), Some((from, until))) = (case.term, paper.covers)
        && paper.is_of_another_time(period.first_day(), period.last_day())
    {
        return Err(Reason::EvidenceOfAnotherTime { form, from, until });
    }
    if asked.papers_from.is_some_and(|from| paper.made_on() < from) {
        return Err(Reason::EvidenceTooOld { form, received: paper.made_on() });
    }
    match paper.valid_until.filter(|until| *until < on) {
        Some(until) => Err(Reason::EvidenceExpired { form, until }),
        None => Ok(paper.received()),
    }
}
