//! How an element can be tested: an entry of `tests.yaml` to be filled in. The expectation is a `?`,
//! for the program does not say what the text asks; and what only a person can know is `…`.

use super::element::{Asked, Coming, Element, Ground, Part, Way};
use super::say::{about, population};
use crate::assess::Measure;
use crate::model::{Answer, Demand, Duty, Id, Model, Obligation};
use crate::time::{Day, Every, Period};

/// An entry that exercises an element once it is filled in.
pub fn hint(model: &Model, id: Id<Obligation>, element: Element) -> String {
    let obligation = &model.obligations[id];
    let of = &obligation.slug;
    let about = about(model, id, element);
    if let Some(population) = population(obligation, element) {
        let measure = match element {
            Element::Binds(Measure::Users, ..)
            | Element::LastOf(Measure::Users, _)
            | Element::FirstOf(Measure::Users, _) => "measure: users, ",
            _ => "",
        };
        return format!("- {{of: {of}, {measure}sizes: {{{population}: ?}}, by: …}}");
    }
    let case = |title: &str, given: &str, on: &str, expect: &str| {
        let title = if title.is_empty() { String::new() } else { format!("title: {title}, ") };
        format!(
            "- {{of: {of}, {title}given: {{{given}}}, on: {on}, expect: {{{expect}: ?}}, by: …}}"
        )
    };
    let periodic = matches!(obligation.duty, Duty::Periodic(_));
    let term = term(obligation);
    let act = act(obligation, None);
    let both = |term: &str| if term.is_empty() { act.clone() } else { format!("{term}, {act}") };
    match element {
        Element::Due(_) => {
            format!("- {{of: {of}, periods: {{{}: ?}}, by: …}}", due(obligation, element))
        }
        Element::Deadline | Element::KeptUntil => {
            format!("- {{of: {of}, days: {{2026-02-28: ?, 2026-04-30: ?}}, by: …}}")
        }
        Element::Moved if periodic => format!("- {{of: {of}, periods: {{…: ?}}, by: …}}"),
        Element::Moved => format!("- {{of: {of}, days: {{…: ?}}, by: …}}"),
        Element::Letter => case("", "event: {on: 2026-09-01, due: 2026-09-15}", LATER, "due"),
        Element::FromKnown => {
            case("", "event: {on: 2026-09-01, known_on: 2026-09-05}", LATER, "due")
        }
        Element::Comes(coming) => {
            let (given, on) = match coming {
                Coming::Overdue => (term, LATER),
                Coming::Open => (term, "…"),
                Coming::Upcoming => (term, "…"),
                // Without records of use nobody knows how many it takes.
                Coming::NotApplicable if periodic && asks_population(obligation) => {
                    (term.replace("usage: …", "usage: 0"), LATER)
                }
                Coming::Unknown if periodic && asks_population(obligation) => {
                    (both(&term.replace(", usage: …", "")), LATER)
                }
                _ => (both(&term), LATER),
            };
            case(coming.as_str(), &given, on, "status")
        }
        Element::Missing(asked) => {
            let without = match asked {
                Asked::Sample(_) => "抽查不足".to_owned(),
                Asked::Order => "先於應先辦理者".to_owned(),
                Asked::Window => "期間開始前辦理".to_owned(),
                Asked::ApprovalFirst => "辦理後始核定".to_owned(),
                Asked::Unannounced => "事先通知".to_owned(),
                _ if about.is_empty() => "只缺此項".to_owned(),
                _ => format!("只缺{about}"),
            };
            let act = self::act(obligation, Some(asked));
            let given = if term.is_empty() { act } else { format!("{term}, {act}") };
            case(&without, &given, LATER, "status")
        }
        Element::Way(Way::Answer(_)) => {
            let given = format!("event: 2026-09-01, answer: {{on: …, what: {about}}}");
            case("", &given, LATER, "status")
        }
        Element::Way(Way::Recorded(_)) => {
            let kind = obligation.scope.record_kind();
            let day = match about.split_once('.') {
                Some((group, key)) => format!("{group}: {{{key}: …}}"),
                None => format!("{about}: …"),
            };
            let given = format!("{kind}: {{{day}}}, event: {{on: 2026-09-01, {kind}: {kind}}}");
            case("", &given, LATER, "status")
        }
        Element::Way(Way::Instead(_)) => {
            case(&format!("以{about}代之"), "event: 2026-09-01, events: …", LATER, "status")
        }
        Element::Follows(_) => case("未另登載事件", "…", LATER, "status"),
        Element::Check(_) | Element::Operand(Part::Must, ..) => {
            let kind = kind(obligation);
            let title = title(element, &about);
            case(&title, &format!("{kind}: {{…}}"), LATER, "check")
        }
        Element::Operand(Part::When, ..) if !is_of_records(obligation) => {
            let kind = obligation.scope.record_kind();
            let record = format!("{kind}: {{…}}");
            let given = if term.is_empty() { record } else { format!("{term}, {record}") };
            case(&title(element, &about), &given, LATER, "status")
        }
        Element::Candidate(_) | Element::Operand(..) => {
            let permission = matches!(obligation.duty, Duty::Permission { .. });
            let expect = if permission { "candidate" } else { "check" };
            let given = format!("{}: {{…}}", kind(obligation));
            case(&title(element, &about), &given, LATER, expect)
        }
        Element::NotBegun | Element::OtherLaw | Element::KeptOf(_) => {
            case("", "…", LATER, "keep_until")
        }
        Element::Against(ground) => {
            let title = match ground {
                Ground::Previous => "與前次為同一人".to_owned(),
                Ground::Role(_) => format!("稽核者為{about}"),
                Ground::User => "稽核者為使用者".to_owned(),
            };
            case(&title, "audits: [{…}, {…}]", LATER, "check")
        }
        Element::Before | Element::After | Element::Version(_) => {
            let expect = if is_of_records(obligation) { "check" } else { "status" };
            let given = if is_of_records(obligation) { "…".to_owned() } else { term };
            case(&about, &given, "…", expect)
        }
        Element::Binds(..) | Element::LastOf(..) | Element::FirstOf(..) => String::new(),
    }
}

/// A day when everything was due.
const LATER: &str = "2026-11-28";

/// What an operand comes to, for the title: a condition is quoted, for it may hold any sign.
fn title(element: Element, about: &str) -> String {
    match element {
        Element::Operand(_, _, told) => {
            format!("'{} 為 {}'", about.replace('\'', "\""), told.as_str())
        }
        Element::Check(verdict) => verdict.as_str().to_owned(),
        _ => String::new(),
    }
}

fn kind(obligation: &Obligation) -> &str {
    match &obligation.duty {
        Duty::Invariant(rule) => &rule.of,
        _ => obligation.scope.record_kind(),
    }
}

fn is_of_records(obligation: &Obligation) -> bool {
    matches!(obligation.duty, Duty::Invariant(_) | Duty::Permission { .. })
}

fn asks_population(obligation: &Obligation) -> bool {
    let sample = obligation.duty.demand().map(|demand| &demand.sample);
    sample.is_some_and(|sample| {
        sample.records.is_some() || sample.users.is_some() || sample.every_used_month
    })
}

/// A period for which an entry of `due` holds.
fn due(obligation: &Obligation, element: Element) -> String {
    let (Duty::Periodic(rule), Element::Due(at)) = (&obligation.duty, element) else {
        return "…".to_owned();
    };
    let second = rule.due.get(at).is_some_and(|due| due.half == Some(2));
    period(rule.every, second, rule.months.first().copied()).to_string()
}

fn period(every: Every, second: bool, month: Option<u32>) -> Period {
    let month = month.unwrap_or(if second { 9 } else { 3 });
    Period::containing(Day::from_ymd_opt(2026, month, 15).unwrap_or_default(), every)
}

/// What sets the clock of a case.
fn term(obligation: &Obligation) -> String {
    match &obligation.duty {
        Duty::Periodic(rule) => {
            let period = period(rule.every, true, rule.months.first().copied());
            let usage = if asks_population(obligation) { ", usage: …" } else { "" };
            format!("period: {period}{usage}")
        }
        Duty::Event(_) => "event: 2026-09-01".to_owned(),
        Duty::Interval(_) => "since: …".to_owned(),
        _ => String::new(),
    }
}

/// An act with all that the rule asks of it, but for what is left out.
fn act(obligation: &Obligation, without: Option<Asked>) -> String {
    let Some(demand) = obligation.duty.demand() else { return "…".to_owned() };
    let mut parts = parts(demand, without);
    match demand.answered_by {
        Answer::Audit => {
            parts.insert(0, "done_on: …".to_owned());
            format!("audit: {{{}}}", parts.join(", "))
        }
        Answer::Submission => {
            parts.insert(0, "sent_on: …".to_owned());
            format!("submission: {{{}}}", parts.join(", "))
        }
        Answer::Training => format!("training: {{on: …, hours: {}}}", demand.hours.unwrap_or(0)),
        Answer::PasswordChange => "account: {password_changed: […]}".to_owned(),
        Answer::Event => {
            parts.insert(0, "on: …".to_owned());
            format!("answer: {{{}}}", parts.join(", "))
        }
    }
}

fn parts(demand: &Demand, without: Option<Asked>) -> Vec<String> {
    let mut parts = Vec::new();
    let has = |asked: Asked| without != Some(asked);
    let list = |key: &str, texts: &[String], asked: fn(usize) -> Asked| {
        let left = texts.iter().enumerate().filter(|(at, _)| has(asked(*at)));
        let left: Vec<&str> = left.map(|(_, text)| text.as_str()).collect();
        (!left.is_empty()).then(|| format!("{key}: [{}]", left.join(", ")))
    };
    let by_event = demand.answered_by == Answer::Event;
    if let Some(role) = demand.acts.first() {
        let role = if matches!(without, Some(Asked::Actor(_))) { "…" } else { role };
        parts.push(if by_event { format!("by: {role}") } else { format!("auditors: [{role}]") });
    }
    parts.extend(demand.sample.records.as_ref().map(|_| "records: …".to_owned()));
    parts.extend(demand.sample.users.as_ref().map(|_| "users: …".to_owned()));
    parts.extend(demand.sample.every_used_month.then(|| "months: […]".to_owned()));
    parts.extend(list("joint", &demand.joint, Asked::Joint));
    let approved = demand.approval.as_ref().filter(|_| has(Asked::Approval));
    parts.extend(approved.map(|_| "approved: {on: …, by: …}".to_owned()));
    parts.extend(list("evidence", &demand.evidence, Asked::Evidence));
    let unannounced = demand.unannounced && has(Asked::Unannounced);
    parts.extend(unannounced.then(|| "unannounced: true".to_owned()));
    let to = demand.to.as_ref();
    parts.extend(to.map(|to| match has(Asked::Recipient) {
        true => format!("to: {to}"),
        false => "to: …".to_owned(),
    }));
    parts.extend(list("to", &demand.notify, Asked::Told));
    parts
}
