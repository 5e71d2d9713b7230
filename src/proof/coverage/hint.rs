//! How an element can be tested: an entry of `tests.yaml` to be filled in. The expectation is a `?`,
//! for the program does not say what the text asks; and what only a person can know is `…`.

use super::element::{Asked, Coming, Element, Ground, Part, Way};
use super::say::{about, population};
use crate::assess::Measure;
use crate::model::{Answer, Demand, Duty, Id, Model, Obligation};
use crate::parse::yaml::{Node, NodeKind};
use crate::proof::trial::node::Maker;
use crate::proof::trial::{Blank, Entry};
use crate::time::{Day, Every, Period};

/// An entry that exercises an element once it is filled in.
pub fn hint(model: &Model, id: Id<Obligation>, element: Element) -> String {
    let obligation = &model.obligations[id];
    let make = Maker(obligation.span);
    let short = Entry { of: &obligation.slug, ..Entry::default() };
    if let Some(population) = population(obligation, element) {
        let measure = match element {
            Element::Binds(Measure::Users, ..)
            | Element::LastOf(Measure::Users, _)
            | Element::FirstOf(Measure::Users, _) => Some("users"),
            _ => None,
        };
        return short.in_line(Blank::Size(measure, population));
    }
    let days = |days: &[&str]| days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
    let periodic = matches!(obligation.duty, Duty::Periodic(_));
    match element {
        Element::Due(_) => short.in_line(Blank::Periods(&[due(obligation, element)])),
        Element::Deadline if in_hours(obligation) => short.in_line(Blank::Days(&days(&[TIME]))),
        Element::Deadline | Element::KeptUntil => {
            short.in_line(Blank::Days(&days(&["2026-02-28", "2026-04-30"])))
        }
        Element::Moved if periodic => short.in_line(Blank::Periods(&days(&[OPEN]))),
        Element::Moved => short.in_line(Blank::Days(&days(&[OPEN]))),
        _ => {
            let Case { title, given, on, key } = case(model, id, element);
            let given = make.map_of(given);
            let entry = Entry { of: &obligation.slug, title: &title, given: Some(&given) };
            entry.in_line(Blank::Case { on, key })
        }
    }
}

/// A case with what it asks.
struct Case {
    title: String,
    given: Given,
    on: &'static str,
    key: &'static str,
}

/// What a case gives, by key.
type Given = Vec<(&'static str, Node)>;

/// What only a person can know.
const OPEN: &str = "…";

/// Hours run from an instant, and end at one.
const TIME: &str = "2026-09-01T16:40";

fn case(model: &Model, id: Id<Obligation>, element: Element) -> Case {
    let obligation = &model.obligations[id];
    let about = about(model, id, element);
    let write = Write { model, obligation, make: Maker(obligation.span) };
    let make = write.make;
    let case = |title: String, given: Given, key| Case { title, given, on: LATER, key };
    let event = |more: Given| -> Given {
        std::iter::once(("event", make.text("2026-09-01"))).chain(more).collect()
    };
    let title = title(element, &about);
    match element {
        Element::FromKnown if in_hours(obligation) => {
            let texts = [
                ("on", "2026-09-01"),
                ("at", "2026-09-01T09:00"),
                ("known_at", "2026-09-01T23:30"),
            ];
            let event = make.map(texts.map(|(key, text)| (key, make.text(text))));
            case(title, vec![("event", event)], "due_at")
        }
        // Of the act only the day is recorded, and it is that of the end.
        Element::Comes(Coming::Unknown) if in_hours(obligation) => {
            case(title, write.term().into_iter().chain(write.act(None)).collect(), "status")
        }
        Element::Anew => {
            let Duty::Event(rule) = &obligation.duty else {
                return case(title, event(vec![]), "due");
            };
            let word = rule.anew.first().map_or("", |kind| &model.answer_kinds[*kind].slug);
            let answer = make.map([("on", make.text("2026-09-05")), ("what", make.text(word))]);
            case(title, event(vec![("answers", make.list(vec![answer]))]), "due")
        }
        Element::Letter | Element::FromKnown => {
            let (key, day) = match element {
                Element::Letter => ("due", "2026-09-15"),
                _ => ("known_on", "2026-09-05"),
            };
            let days = make.map([("on", make.text("2026-09-01")), (key, make.text(day))]);
            case(title, vec![("event", days)], "due")
        }
        Element::Comes(coming) => {
            let population =
                matches!(obligation.duty, Duty::Periodic(_)) && asks_population(obligation);
            let term = |usage: Option<&str>| {
                let mut term = write.term();
                term.retain(|(key, _)| *key != "usage");
                term.extend(usage.map(|usage| ("usage", make.text(usage))));
                term
            };
            let with_act = |term: Given| term.into_iter().chain(write.act(None)).collect();
            let (given, on) = match coming {
                Coming::Overdue => (write.term(), LATER),
                Coming::Open | Coming::Upcoming => (write.term(), OPEN),
                // Without records of use nobody knows how many it takes.
                Coming::NotApplicable if population => (term(Some("0")), LATER),
                Coming::Unknown if population => (with_act(term(None)), LATER),
                _ => (with_act(write.term()), LATER),
            };
            Case { title, given, on, key: "status" }
        }
        Element::Missing(asked) => {
            let given = write.term().into_iter().chain(write.act(Some(asked))).collect();
            case(title, given, "status")
        }
        Element::Way(Way::Answer(_)) => {
            let answer = make.map([("on", make.text(OPEN)), ("what", make.text(about))]);
            case(title, event(vec![("answer", answer)]), "status")
        }
        Element::Way(Way::Recorded(_)) => {
            let kind = obligation.scope.record_kind();
            let day =
                about.rsplit('.').fold(make.text(OPEN), |inner, key| make.map([(key, inner)]));
            let happened = make.map([("on", make.text("2026-09-01")), (kind, make.text(kind))]);
            case(title, vec![(kind, day), ("event", happened)], "status")
        }
        Element::Way(Way::Instead(_)) => {
            case(title, event(vec![("events", make.text(OPEN))]), "status")
        }
        Element::Follows(_) => case(title, write.anything(), "status"),
        Element::Check(_) | Element::Operand(Part::Must, ..) => {
            case(title, vec![(write.kind(), write.record())], "check")
        }
        Element::Operand(Part::When, ..) if !is_of_records(obligation) => {
            let record = (obligation.scope.record_kind(), write.record());
            case(title, write.term().into_iter().chain([record]).collect(), "status")
        }
        Element::Candidate(_) | Element::Operand(..) => {
            let permission = matches!(obligation.duty, Duty::Permission { .. });
            let key = if permission { "candidate" } else { "check" };
            case(title, vec![(write.kind(), write.record())], key)
        }
        Element::Against(_) => {
            let audits = make.list(vec![write.record(), write.record()]);
            case(title, vec![("audits", audits)], "check")
        }
        Element::Before | Element::After | Element::Version(_) => {
            let (given, key) = match is_of_records(obligation) {
                true => (write.anything(), "check"),
                false => (write.term(), "status"),
            };
            Case { title, given, on: OPEN, key }
        }
        // Papers; what is no case was written in a short form.
        _ => case(title, write.anything(), "keep_until"),
    }
}

/// A day when everything was due.
const LATER: &str = "2026-11-28";

/// What the case is about, in the words of people who write tests.
fn title(element: Element, about: &str) -> String {
    match element {
        Element::Comes(coming) => coming.as_str().to_owned(),
        Element::Check(verdict) => verdict.as_str().to_owned(),
        Element::Operand(_, _, told) => format!("{about} 為 {}", told.as_str()),
        Element::Missing(Asked::Sample(_)) => "抽查不足".to_owned(),
        Element::Missing(Asked::Order) => "先於應先辦理者".to_owned(),
        Element::Missing(Asked::Window) => "期間開始前辦理".to_owned(),
        Element::Missing(Asked::ApprovalFirst) => "辦理後始核定".to_owned(),
        Element::Missing(Asked::Unannounced) => "事先通知".to_owned(),
        Element::Missing(_) if about.is_empty() => "只缺此項".to_owned(),
        Element::Missing(_) => format!("只缺{about}"),
        Element::Way(Way::Instead(_)) => format!("以{about}代之"),
        Element::Follows(_) => "未另登載事件".to_owned(),
        Element::Against(Ground::Previous) => "與前次為同一人".to_owned(),
        Element::Against(Ground::Role(_)) => format!("稽核者為{about}"),
        Element::Against(Ground::User) => "稽核者為使用者".to_owned(),
        Element::Before | Element::After | Element::Version(_) => about.to_owned(),
        _ => String::new(),
    }
}

/// Whether it counts in hours.
fn in_hours(obligation: &Obligation) -> bool {
    matches!(&obligation.duty, Duty::Event(rule) if rule.deadline.hours().is_some())
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
        return OPEN.to_owned();
    };
    let second = rule.due.get(at).is_some_and(|due| due.half == Some(2));
    period(rule.every, second, rule.months.first().copied()).to_string()
}

fn period(every: Every, second: bool, month: Option<u32>) -> Period {
    let month = month.unwrap_or(if second { 9 } else { 3 });
    Period::containing(Day::from_ymd_opt(2026, month, 15).unwrap_or_default(), every)
}

/// Writes what a case of a duty gives.
#[derive(Clone, Copy)]
struct Write<'a> {
    obligation: &'a Obligation,
    make: Maker,
    model: &'a Model,
}

impl Write<'_> {
    /// A record whose keys a person puts in.
    fn record(self) -> Node {
        self.make.map_of(self.anything())
    }

    fn anything(self) -> Given {
        let span = self.make.0;
        vec![(OPEN, Node { span, kind: NodeKind::Null })]
    }

    fn kind(self) -> &'static str {
        self.obligation.about.name
    }

    /// What sets the clock of a case.
    fn term(self) -> Given {
        let make = self.make;
        match &self.obligation.duty {
            Duty::Periodic(rule) => {
                let period = period(rule.every, true, rule.months.first().copied());
                let usage = asks_population(self.obligation).then(|| ("usage", make.text(OPEN)));
                std::iter::once(("period", make.text(period.to_string()))).chain(usage).collect()
            }
            Duty::Event(_) if in_hours(self.obligation) => {
                vec![("event", make.text(TIME))]
            }
            Duty::Event(_) => vec![("event", make.text("2026-09-01"))],
            Duty::Interval(_) => vec![("since", make.text(OPEN))],
            _ => Vec::new(),
        }
    }

    /// An act with all that the rule asks of it, but for what is left out.
    fn act(self, without: Option<Asked>) -> Given {
        let make = self.make;
        let Some(demand) = self.obligation.duty.demand() else { return self.anything() };
        let (kind, day) = match demand.answered_by {
            Answer::Audit => ("audit", "done_on"),
            Answer::Submission => ("submission", "sent_on"),
            Answer::Event => ("answer", "on"),
            Answer::Training => {
                let hours = make.text(demand.hours.unwrap_or(0).to_string());
                let taken = make.map([("on", make.text(OPEN)), ("hours", hours)]);
                return vec![("training", taken)];
            }
            Answer::PasswordChange => {
                let days = make.list(vec![make.text(OPEN)]);
                return vec![("account", make.map([("password_changed", days)]))];
            }
        };
        let mut parts = vec![(day, make.text(OPEN))];
        parts.extend(self.parts(demand, without));
        vec![(kind, make.map_of(parts))]
    }

    fn parts(self, demand: &Demand, without: Option<Asked>) -> Given {
        let make = self.make;
        let open = || make.text(OPEN);
        let has = |asked: Asked| without != Some(asked);
        let list = |key, texts: &[String], asked: fn(usize) -> Asked| {
            let left = texts.iter().enumerate().filter(|(at, _)| has(asked(*at)));
            let left: Vec<Node> = left.map(|(_, text)| make.text(text)).collect();
            (!left.is_empty()).then(|| (key, make.list(left)))
        };
        let mut parts = Vec::new();
        // Who was trained is the post's to say.
        if let Some(role) = demand.acts.first().filter(|_| demand.answered_by != Answer::Training) {
            let another = matches!(without, Some(Asked::Actor(_)));
            let role = if another { open() } else { make.text(&self.model.role_names[*role].slug) };
            parts.push(match demand.answered_by {
                Answer::Event | Answer::Submission => ("by", role),
                _ => ("auditors", make.list(vec![role])),
            });
        }
        let sample = &demand.sample;
        parts.extend(sample.records.as_ref().map(|_| ("records", open())));
        parts.extend(sample.users.as_ref().map(|_| ("users", open())));
        parts.extend(sample.every_used_month.then(|| ("months", make.list(vec![open()]))));
        parts.extend(list("joint", &self.model.party_words(&demand.joint), Asked::Joint));
        let approved = demand.approval.filter(|_| has(Asked::Approval));
        parts.extend(approved.map(|_| ("approved", make.map([("on", open()), ("by", open())]))));
        parts.extend(list("evidence", &self.model.forms.words(&demand.evidence), Asked::Evidence));
        parts.extend(list("contains", &self.model.items.words(&demand.contains), Asked::Contains));
        if let Some(manner) = demand.manner.first() {
            parts.push(match has(Asked::Manner) {
                true => ("manner", make.text(self.model.manners[*manner].words.clone())),
                false => ("manner", open()),
            });
        }
        let unannounced = demand.unannounced && has(Asked::Unannounced);
        parts.extend(unannounced.then(|| ("unannounced", make.text("true"))));
        parts.extend(demand.to.map(|to| match has(Asked::Recipient) {
            true => ("to", make.text(self.model.parties[to].words.clone())),
            false => ("to", open()),
        }));
        parts.extend(list("to", &self.model.party_words(&demand.notify), Asked::Told));
        parts
    }
}
