//! Reading a rule about an event: what starts its clock, when the answer is due, what answers it.

use super::Rule;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::role::roles_of_rule;
use crate::model::{Answer, Deadline, Demand, EventRule, OnHoliday, Trigger, TriggerDay};
use crate::record::kinds::Kind;
use crate::record::schema::{Field, Shape, quoted};
use crate::record::value::{Data, Group};
use crate::source::Spanned;
use crate::time::{Backward, Counted, FirstDay, Length};

/// The days and words of records that an event may follow.
const RECORDS: [&str; 4] = ["account.suspended_on", "post.until", "audit.result", "finding.grade"];

impl Rule<'_> {
    pub(super) fn event(
        &self,
        about: &'static Kind,
        report: &mut Diagnostics,
    ) -> Option<EventRule> {
        let fields = self.fields;
        let group = fields.group("deadline");
        let stated = group.and_then(|group| self.deadline(group, report));
        let deadline = stated.unwrap_or(Deadline::Within(self.settings.undated_events));
        if deadline.hours().is_some() && fields.is_written("on_holiday") {
            let message = "`on_holiday` does not belong to hours: they run through days off";
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, fields.key_span("on_holiday"), message)
                    .help("remove it: they run at once and do not stop"),
            );
        }
        let anew = group.and_then(|group| group.get("anew").map(|value| (group, value.span)));
        let fits = matches!(deadline, Deadline::Within(_) | Deadline::Hours(_));
        if let Some((_, span)) = anew.filter(|_| !fits || !fields.is_written("answer")) {
            let message = "`anew` belongs to `within`, of a duty that says what its `answer` is";
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, span, message)
                    .help("only a time that runs forward starts anew, and what starts it anew is not its answer"),
            );
        }
        let anew = anew.into_iter().flat_map(|(group, _)| group.texts("anew"));
        let event = fields.text("event").map(|word| self.names.event_kind(word.value));
        Some(EventRule {
            event: self.need(event, "event", report)?,
            follows: fields.groups("follows").filter_map(|one| self.trigger(one, report)).collect(),
            deadline,
            from_known: group
                .and_then(|group| group.text("from"))
                .is_some_and(|word| word.value == "known_on"),
            anew: anew.map(|word| self.names.answer_kind(word.value)).collect(),
            first_day: self.first_day(group, deadline, report),
            site_default: stated.is_none(),
            on_holiday: if deadline.may_move() { self.on_holiday() } else { OnHoliday::Keep },
            answers: fields
                .texts("answer")
                .map(|word| self.names.answer_kind(word.value))
                .collect(),
            answered_on: fields
                .texts("answered_on")
                .filter_map(|path| date_key(path, about, report))
                .collect(),
            unless: fields.texts("unless").filter_map(|one| self.sibling(one, report)).collect(),
            demand: Demand { answered_by: Answer::Event, ..self.demand(report) },
        })
    }

    /// Which day a length is counted from; said only where one is counted forward.
    fn first_day(
        &self,
        group: Option<&Group>,
        deadline: Deadline,
        report: &mut Diagnostics,
    ) -> FirstDay {
        let Some(group) = group else { return FirstDay::default() };
        let Some(first) = group.text("count").and_then(|word| FirstDay::from_word(word.value))
        else {
            return FirstDay::default();
        };
        if !matches!(deadline, Deadline::Within(_)) {
            let (message, help) = match deadline {
                Deadline::Hours(_) => (
                    "`count` belongs to days and months",
                    "remove it: hours run at once, from the instant",
                ),
                _ => (
                    "`count` belongs to `within`",
                    "remove it: only a period that runs forward has a first day",
                ),
            };
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, group.key_span("count"), message)
                    .help(help),
            );
        }
        first
    }

    fn trigger(&self, follows: &Group, report: &mut Diagnostics) -> Option<Trigger> {
        let sent = follows.text("sent").and_then(|duty| self.sibling(duty, report));
        let answered = follows.text("answered").and_then(|duty| self.sibling(duty, report));
        let record = follows.text("record");
        let on = match (record.as_ref().map(|record| record.value), sent, answered) {
            (Some("account.suspended_on"), None, None) => TriggerDay::AccountSuspended,
            (Some("post.until"), None, None) => TriggerDay::PostEnded,
            (Some("audit.result"), None, None) => {
                self.refuse_word(follows, &["anomaly"], report);
                TriggerDay::AuditAnomaly
            }
            (Some("finding.grade"), None, None) => {
                let grade = self.need(follows.maybe_string("is"), "is", report)?;
                let own = self.names.grades.keys().map(String::as_str);
                let grades: Vec<&str> =
                    self.names.site_kinds.grades.iter().copied().chain(own).collect();
                self.refuse_word(follows, &grades, report);
                TriggerDay::FindingOf(self.names.grade_name(&grade))
            }
            (None, Some(duty), None) => TriggerDay::Sent(duty),
            (None, None, Some(duty)) => TriggerDay::Answered(duty),
            (None, None, None) if follows.is_written("sent") || follows.is_written("answered") => {
                return None;
            }
            _ => {
                let span = record.as_ref().map_or(follows.span, |record| record.span);
                let written = record.as_ref().map_or("", |record| record.value);
                report.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        span,
                        "an event follows one record: a day or word of it, what was `sent`, or what was `answered`",
                    )
                    .help(format!("write one of `sent`, `answered`, or `record` with {}", quoted(&RECORDS)))
                    .maybe_help(did_you_mean(written, RECORDS)),
                );
                return None;
            }
        };
        for (key, fits) in [
            ("roles", on == TriggerDay::PostEnded),
            ("answering", matches!(on, TriggerDay::AuditAnomaly | TriggerDay::FindingOf(_))),
        ] {
            if follows.get(key).is_some() && !fits {
                let message = format!("`{key}` does not belong to what this event follows");
                report.push(
                    Diagnostic::new(Code::MisplacedRulePart, follows.key_span(key), message)
                        .help("`roles` is of `post.until`, `answering` of audits and findings"),
                );
            }
        }
        Some(Trigger {
            on,
            after: follows.length("after"),
            roles: roles_of_rule(follows, "roles", self.names, report),
            answering: follows
                .texts("answering")
                .filter_map(|duty| self.sibling(duty, report))
                .collect(),
        })
    }

    /// Reports a word under `is` that the record never has.
    fn refuse_word(&self, follows: &Group, words: &[&str], report: &mut Diagnostics) {
        let Some(word) = follows.text("is").filter(|word| !words.contains(&word.value)) else {
            return;
        };
        let message = format!("no event follows from `{}`", word.value);
        report.push(
            Diagnostic::new(Code::UnknownWord, word.span, message)
                .help(format!("write one of {}", quoted(words)))
                .maybe_help(did_you_mean(word.value, words.iter().copied())),
        );
    }

    fn deadline(&self, deadline: &Group, report: &mut Diagnostics) -> Option<Deadline> {
        let word = deadline.text("on").map(|word| word.value);
        let before = deadline.length("before");
        let within_before = deadline.length("within_before");
        let counted = deadline.text("counted").and_then(|word| Counted::from_word(word.value));
        if counted.is_some() && before.or(within_before).is_none() {
            let message = "`counted` belongs to `before`";
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, deadline.key_span("counted"), message)
                    .help("remove it: a length after a day is counted in one way only"),
            );
        }
        let months = deadline.count("months_after").map(|months| months.min(120) as u32);
        if deadline.get("day").is_some() && months.is_none() {
            let message = "`day` belongs to `months_after`";
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, deadline.key_span("day"), message)
                    .help("add `months_after`, or remove `day`"),
            );
        }
        let backward = |key: &str, length: Length, report: &mut Diagnostics| {
            let before = Backward::new(length, counted.unwrap_or_default());
            if before.is_none() {
                let span = deadline.get(key).map_or(deadline.span, |value| value.span);
                let message = "no law says which day lies so many months before a day: one month before 2026-03-31 and before 2026-03-28 would be 2026-02-28";
                report.push(
                    Diagnostic::new(Code::MonthsBefore, span, message)
                        .help("state the time before the event in days or working days"),
                );
            }
            before
        };
        let within = deadline.length("within").map(Deadline::Within);
        let within = within.or(deadline.hours("within").map(Deadline::Hours));
        match (within, before, within_before, months, word) {
            (Some(within), None, None, None, None) => Some(within),
            (None, Some(length), None, None, None) => {
                backward("before", length, report).map(Deadline::Before)
            }
            (None, None, Some(length), None, None) => {
                backward("within_before", length, report).map(Deadline::WithinBefore)
            }
            (None, None, None, Some(months_after), None) => Some(Deadline::InMonth {
                months_after,
                day: match deadline.get("day").map(|day| &day.data) {
                    Some(Data::MonthDay(day)) => *day,
                    _ => None,
                },
            }),
            (None, None, None, None, Some("same-day")) => Some(Deadline::SameDay),
            (None, None, None, None, Some("on-or-before")) => Some(Deadline::OnOrBefore),
            (None, None, None, None, Some("letter")) => Some(Deadline::Letter),
            (None, None, None, None, Some(_)) => Some(Deadline::DayBefore),
            _ if !deadline.broken.is_empty() => None,
            _ => {
                report.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        deadline.span,
                        "the deadline is not stated once",
                    )
                    .help("write exactly one of `within`, `before`, `within_before`, `months_after` or `on`"),
                );
                None
            }
        }
    }
}

/// The keys of a day in a record, from a path such as `account.cancellation.applied_on`, joined by
/// dots and without the kind.
fn date_key(path: Spanned<&str>, kind: &'static Kind, report: &mut Diagnostics) -> Option<String> {
    let (kind, days) = (kind.name, days(kind.fields));
    let key = path.value.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.'));
    let found = key.filter(|key| days.iter().any(|day| day == key)).map(str::to_owned);
    if found.is_none() {
        let message = format!("`{}` is no day of the {kind}'s record", path.value);
        let known: Vec<String> = days.iter().map(|day| format!("{kind}.{day}")).collect();
        report.push(
            Diagnostic::new(Code::InvalidExpression, path.span, message)
                .help(format!("days of that record: {}", known.join(", ")))
                .maybe_help(did_you_mean(path.value, known.iter().map(String::as_str))),
        );
    }
    found
}

/// The days of a record, those within its mappings too.
fn days(fields: &[Field]) -> Vec<String> {
    let mut days = Vec::new();
    for field in fields {
        match field.shape {
            Shape::Date | Shape::Start => days.push(field.key.to_owned()),
            Shape::Group(inner) => {
                days.extend(
                    inner
                        .iter()
                        .filter(|day| matches!(day.shape, Shape::Date | Shape::Start))
                        .map(|day| format!("{}.{}", field.key, day.key)),
                );
            }
            _ => {}
        }
    }
    days
}
