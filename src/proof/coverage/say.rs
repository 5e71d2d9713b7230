//! An element in words: the key of its sentence, what it is about, and the sentence in English.

use super::element::{Asked, Element, Ground, Part, Way};
use crate::assess::Measure;
use crate::model::condition::Test;
use crate::model::{Condition, Duty, Id, Model, Obligation, Party, RoleName, SampleRule, sample};

/// The key of an element's sentence, such as `missing.approval`.
pub fn key(element: Element) -> String {
    match element {
        Element::Comes(coming) => joined("comes", coming.as_str()),
        Element::Check(verdict) => joined("check", verdict.as_str()),
        Element::Candidate(told) => joined("candidate", super::element::candidate(told)),
        Element::Due(_) => "due".to_owned(),
        Element::Deadline => "deadline".to_owned(),
        Element::Letter => "letter".to_owned(),
        Element::FromKnown => "known".to_owned(),
        Element::Anew => "anew".to_owned(),
        Element::Moved => "moved".to_owned(),
        Element::Binds(_, _, bound) => joined("binds", bound.as_str()),
        Element::LastOf(..) => "last".to_owned(),
        Element::FirstOf(..) => "first".to_owned(),
        Element::Operand(_, _, told) => joined("operand", told.as_str()),
        Element::Missing(asked) => joined("missing", asked.word()),
        Element::Way(Way::Answer(_)) => "answer".to_owned(),
        Element::Way(Way::Recorded(_)) => "answered-on".to_owned(),
        Element::Way(Way::Instead(_)) => "unless".to_owned(),
        Element::Follows(_) => "follows".to_owned(),
        Element::KeptUntil => "keep.until".to_owned(),
        Element::NotBegun => "keep.not-begun".to_owned(),
        Element::OtherLaw => "keep.other-law".to_owned(),
        Element::Permanent => "keep.permanent".to_owned(),
        Element::KeptOf(_) => "keep.answering".to_owned(),
        Element::Against(Ground::Previous) => "against.previous".to_owned(),
        Element::Against(Ground::Role(_)) => "against.role".to_owned(),
        Element::Against(Ground::User) => "against.user".to_owned(),
        Element::Before => "time.before".to_owned(),
        Element::After => "time.after".to_owned(),
        Element::Version(_) => "version".to_owned(),
    }
}

fn joined(group: &str, word: &str) -> String {
    format!("{group}.{word}")
}

/// What an element is about, as the rule writes it; empty where its sentence says all.
pub fn about(model: &Model, id: Id<Obligation>, element: Element) -> String {
    let obligation = &model.obligations[id];
    let place = |at: usize| (at + 1).to_string();
    let slug = |other: Option<&Id<Obligation>>| {
        other.map_or_else(String::new, |other| model.obligations[*other].slug.clone())
    };
    let demand = obligation.duty.demand();
    let event = match &obligation.duty {
        Duty::Event(rule) => Some(rule),
        _ => None,
    };
    let party = |party: Option<&Id<Party>>| {
        party.map_or_else(String::new, |party| model.parties[*party].words.clone())
    };
    let text = |texts: Option<&Vec<String>>, at: usize| {
        texts.and_then(|texts| texts.get(at)).cloned().unwrap_or_default()
    };
    match element {
        Element::Due(at) => place(at),
        Element::Binds(_, at, _) => place(at),
        Element::LastOf(of, at) => {
            let found = draw(obligation, of).and_then(|draw| draw.tiers.0[at].up_to);
            found.map_or_else(String::new, |up_to| up_to.to_string())
        }
        Element::FirstOf(of, at) => {
            let before = at.checked_sub(1);
            let found = before.and_then(|at| draw(obligation, of)?.tiers.0[at].up_to);
            found.map_or_else(String::new, |up_to| (up_to + 1).to_string())
        }
        Element::Operand(part, at, _) => {
            let texts = condition(obligation, part).map(Condition::operand_texts);
            texts.and_then(|texts| texts.get(at).map(|text| (*text).to_owned())).unwrap_or_default()
        }
        Element::Missing(Asked::Actor(_)) | Element::Against(Ground::Role(_)) => {
            model.role_words(roles_of(obligation, element)).join(", ")
        }
        Element::Missing(Asked::Joint(at)) => party(demand.and_then(|one| one.joint.get(at))),
        Element::Missing(Asked::Approval | Asked::ApprovalFirst) => {
            party(demand.and_then(|demand| demand.approval.as_ref()))
        }
        Element::Missing(Asked::Evidence(at)) => {
            let form = demand.and_then(|demand| demand.evidence.get(at));
            form.map_or_else(String::new, |form| model.forms[*form].words.clone())
        }
        Element::Missing(Asked::Contains(at)) => {
            let item = demand.and_then(|one| one.contains.get(at));
            item.map_or_else(String::new, |item| model.items[*item].words.clone())
        }
        Element::Missing(Asked::Manner) => {
            demand.map_or_else(String::new, |demand| model.manners.words(&demand.manner).join(", "))
        }
        Element::Missing(Asked::Recipient) => party(demand.and_then(|demand| demand.to.as_ref())),
        Element::Missing(Asked::Told(at)) => party(demand.and_then(|one| one.notify.get(at))),
        Element::Way(Way::Answer(at)) => {
            let kind = event.and_then(|rule| rule.answers.get(at));
            kind.map_or_else(String::new, |kind| model.answer_kinds[*kind].slug.clone())
        }
        Element::Way(Way::Recorded(at)) => text(event.map(|rule| &rule.answered_on), at),
        Element::Way(Way::Instead(at)) => slug(event.and_then(|rule| rule.unless.get(at))),
        Element::Follows(at) => place(at),
        Element::KeptOf(at) => match &obligation.duty {
            Duty::Retention(rule) => slug(rule.answering.get(at)),
            _ => String::new(),
        },
        Element::Before => obligation.days.from.map_or_else(String::new, |day| day.to_string()),
        Element::After => obligation.days.until.map_or_else(String::new, |day| day.to_string()),
        Element::Version(at) => {
            let version = model.regulations[obligation.regulation].versions.get(at);
            version.map_or_else(String::new, |version| version.slug.clone())
        }
        _ => String::new(),
    }
}

/// The roles an element is about, as the rule names them: who must act, who must not.
pub fn roles_of(obligation: &Obligation, element: Element) -> &[Id<RoleName>] {
    let roles = match (element, &obligation.duty) {
        (Element::Missing(Asked::Actor(at)), duty) => {
            duty.demand().and_then(|demand| demand.actors().nth(at))
        }
        (Element::Against(Ground::Role(at)), Duty::Invariant(rule)) => {
            rule.independent.as_ref().and_then(|one| one.not_roles.get(at..=at))
        }
        _ => None,
    };
    roles.unwrap_or_default()
}

/// An element as a sentence in English, for the command line and for data.
pub fn say(model: &Model, id: Id<Obligation>, element: Element) -> String {
    let about = about(model, id, element);
    match element {
        Element::Comes(coming) => format!("status {}", coming.as_str()),
        Element::Check(verdict) => format!("check {}", verdict.as_str()),
        Element::Candidate(told) => format!("candidate {}", super::element::candidate(told)),
        Element::Due(_) => format!("the due day by entry {about} of `due`"),
        Element::Deadline => "the last day".to_owned(),
        Element::Letter => "the last day that a letter set".to_owned(),
        Element::FromKnown => "known on another day than it happened".to_owned(),
        Element::Anew => "counted anew from what was done later".to_owned(),
        Element::Moved => "a last day on a day off that moves".to_owned(),
        Element::Binds(of, _, bound) => {
            format!("{}, step {about}: the size by `{}`", of.as_str(), bound.as_str())
        }
        Element::LastOf(of, _) => format!("{}: {about}, the last of its step", of.as_str()),
        Element::FirstOf(of, _) => format!("{}: {about}, the first of its step", of.as_str()),
        Element::Operand(part, at, told) => {
            format!("{} {}: `{about}` decides, {}", part.as_str(), at + 1, told.as_str())
        }
        Element::Missing(Asked::Window) => "done before the window opens".to_owned(),
        Element::Missing(Asked::Before) => "what it comes after is not done".to_owned(),
        Element::Missing(Asked::Order) => "done before what it comes after".to_owned(),
        Element::Missing(Asked::Unannounced) => "announced beforehand".to_owned(),
        Element::Missing(Asked::ApprovalFirst) => "approved only after it was done".to_owned(),
        Element::Missing(asked) => {
            let word = asked.word();
            let about = if about.is_empty() { about } else { format!(" `{about}`") };
            format!("only {word}{about} is missing")
        }
        Element::Way(Way::Answer(_)) => format!("answered by `{about}` alone"),
        Element::Way(Way::Recorded(_)) => format!("answered by the day `{about}` alone"),
        Element::Way(Way::Instead(_)) => format!("`{about}` met in its place"),
        Element::Follows(_) => format!("the event that follows by entry {about} of `follows`"),
        Element::KeptUntil => "the last day papers are kept".to_owned(),
        Element::NotBegun => "papers whose time has not begun".to_owned(),
        Element::OtherLaw => "papers kept as long as another law says".to_owned(),
        Element::Permanent => "papers that are kept always".to_owned(),
        Element::KeptOf(_) => format!("papers of `{about}`"),
        Element::Against(Ground::Previous) => "the auditor of the time before".to_owned(),
        Element::Against(Ground::Role(_)) => format!("an auditor who is `{about}`"),
        Element::Against(Ground::User) => "an auditor who has an account".to_owned(),
        Element::Before => format!("before its first day {about}"),
        Element::After => format!("after its last day {about}"),
        Element::Version(_) => format!("judged under the version {about}"),
    }
}

/// A population at which a size is decided so.
pub fn population(obligation: &Obligation, element: Element) -> Option<u64> {
    match element {
        Element::Binds(of, at, bound) => {
            sample::population(&draw(obligation, of)?.tiers, at, bound)
        }
        Element::LastOf(of, at) => draw(obligation, of)?.tiers.0[at].up_to,
        Element::FirstOf(of, at) => Some(draw(obligation, of)?.tiers.0[at - 1].up_to? + 1),
        _ => None,
    }
}

fn draw(obligation: &Obligation, of: Measure) -> Option<&SampleRule> {
    obligation.duty.demand()?.sample.draw(Some(of)).ok().map(|(_, draw)| draw)
}

/// The operand an element is about.
pub fn operand(model: &Model, id: Id<Obligation>, element: Element) -> Option<&Test> {
    let Element::Operand(part, at, _) = element else { return None };
    condition(&model.obligations[id], part)?.operands().get(at).copied()
}

/// The condition of a part of a rule.
fn condition(obligation: &Obligation, part: Part) -> Option<&Condition> {
    match (part, &obligation.duty) {
        (Part::When, _) => obligation.when.as_ref(),
        (Part::Must, Duty::Invariant(rule)) => rule.must.as_ref(),
        (Part::Candidates, Duty::Permission { candidates, .. }) => candidates.as_ref(),
        _ => None,
    }
}
