//! Reading a rule: one entry of `obligations.yaml` becomes an [`Obligation`], or diagnostics.

mod demand;
mod event;
mod interval;
mod periods;

use super::names::{Names, in_order};
use super::role::{roles_of_rule, topic_of_rule};
use super::{
    Accepted, Answer, Condition, Confirmed, Days, DueDay, DueRule, Duty, Id, Independence,
    Invariant, KeepFrom, KeepTerm, KeepWhat, Obligation, OnHoliday, Periodic, Regulation,
    Retention, Sample, ScopeKind, Settings, Uncounted, WrittenFor,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::kinds::Kind;
use crate::record::schema::quoted;
use crate::record::value::{Data, Group};
use crate::source::Spanned;
use crate::time::{Day, Every, Length, TimeLaw};

impl Obligation {
    /// Reads one entry of `obligations.yaml`. Whether its clauses exist is checked by `resolve`.
    pub(super) fn resolve(
        fields: &Group,
        regulation: (Id<Regulation>, &str),
        settings: &Settings,
        names: &Names,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let scope = ScopeKind::from_word(fields.text("scope")?.value, names.site_kinds)?;
        let kind = fields.text("kind")?;
        refuse_misplaced(fields, kind.value, report);
        let rule = Rule { fields, kind, regulation: regulation.1, settings, names };
        let clauses: Vec<_> = fields
            .texts("clauses")
            .filter_map(|text| Some(Spanned::new(text.value.parse().ok()?, text.span)))
            .collect();
        if clauses.is_empty() {
            report.push(
                Diagnostic::new(
                    Code::IncompleteRule,
                    fields.key_span("clauses"),
                    "the rule names no clause",
                )
                .help("name at least the clause the duty stands in, such as `[\"7.1.1\"]`"),
            );
            return None;
        }
        // An invariant is about each record of its kind, any other duty about its scope.
        let about = names.kind(fields.text("of"), scope.record_kind(), report)?;
        // A condition of an event duty may ask of the event, too.
        let event = names.site_kinds.find("event").filter(|_| rule.kind.value == "event");
        let read: Vec<&Kind> = std::iter::once(about).chain(event).collect();
        let when = fields
            .text("when")
            .and_then(|text| Condition::compile(text, &read, &names.terms, report));
        Some(Self {
            slug: fields.string("id"),
            regulation: regulation.0,
            clauses,
            title: fields.string("title"),
            summary: fields.maybe_string("summary"),
            note: fields.maybe_string("note"),
            accepts: accepts(fields),
            page: None,
            scope,
            about,
            by: roles_of_rule(fields, "by", names, report),
            uncounted: uncounted(fields, report),
            in_principle: fields.flag("in_principle"),
            notify_as: fields.maybe_string("notify_as"),
            topic: topic_of_rule(fields, names, report),
            when,
            duty: rule.duty(about, report)?,
            ground: fields
                .text("ground")
                .and_then(|word| TimeLaw::from_word(word.value))
                .unwrap_or_default(),
            days: rule.days(report),
            succeeds: fields.text("succeeds").and_then(|slug| rule.sibling(slug, report)),
            written_for: WrittenFor::resolve(fields),
            confirmed: Confirmed::resolve(fields),
            span: fields.text("id")?.span,
        })
    }

    /// The duty, ended with the repeal of its regulation.
    pub fn until_repeal(mut self, repealed: Option<Day>) -> Self {
        if let Some(last) = repealed {
            self.days.until = Some(self.days.until.map_or(last, |until| until.min(last)));
        }
        self
    }
}

/// Why it never counts against the agency, where one of its keys says so; reports two that do.
fn uncounted(fields: &Group, report: &mut Diagnostics) -> Option<Uncounted> {
    let of_text = |key: &str, make: fn(String) -> Uncounted| fields.maybe_string(key).map(make);
    let stated = [
        ("supervisor", of_text("supervisor", Uncounted::Supervisor)),
        ("outsider", of_text("outsider", Uncounted::Outsider)),
        ("may", fields.flag("may").then_some(Uncounted::May)),
    ];
    let mut stated = stated.into_iter().filter_map(|(key, why)| Some((key, why?)));
    let (first, why) = stated.next()?;
    if let Some((second, _)) = stated.next() {
        let message = format!("`{second}` and `{first}` both say why it is not counted");
        report.push(
            Diagnostic::new(Code::MisplacedRulePart, fields.key_span(second), message).help(
                "keep the one who acts by the clause; `may` is for what the agency itself may do",
            ),
        );
    }
    Some(why)
}

/// What lints find in it that its author means so.
fn accepts(fields: &Group) -> Vec<Accepted> {
    let one = |entry: &Group| {
        let lint = entry.text("lint")?;
        let lint = Spanned::new(lint.value.to_owned(), lint.span);
        Some(Accepted { lint, because: entry.maybe_string("because")? })
    };
    fields.groups("accept").filter_map(one).collect()
}

/// Parts that only some kinds of duties take.
const PARTS: &[(&str, &[&str])] = &[
    ("every", &["periodic"]),
    ("months", &["periodic"]),
    ("due", &["periodic"]),
    ("on_holiday", &["periodic", "interval", "once", "event"]),
    ("ground", &["periodic", "interval", "once", "event"]),
    ("no_more_than", &["interval", "once"]),
    ("no_later_than", &["once"]),
    ("left_open", &["interval"]),
    ("in_principle", &["periodic", "interval", "once", "event"]),
    ("answered_by", &["periodic", "interval", "once"]),
    ("sample", &["periodic", "interval", "once"]),
    ("only", &["periodic"]),
    ("acts", &["periodic", "interval", "once", "event"]),
    ("each", &["periodic", "interval", "once", "event"]),
    ("after", &["periodic"]),
    ("joint", &["periodic", "interval", "once", "event"]),
    ("approval", &["periodic", "interval", "once", "event"]),
    ("approval_first", &["event"]),
    ("evidence", &["periodic", "interval", "once", "event"]),
    ("contains", &["periodic", "interval", "once", "event"]),
    ("manner", &["periodic", "interval", "once", "event"]),
    ("unannounced", &["periodic", "interval", "once"]),
    ("hours", &["periodic", "interval"]),
    ("courses", &["periodic", "interval"]),
    ("to", &["periodic", "interval", "once"]),
    ("event", &["event"]),
    ("follows", &["event"]),
    ("deadline", &["event"]),
    ("answer", &["event"]),
    ("answered_on", &["event"]),
    ("unless", &["event"]),
    ("notify", &["event"]),
    ("notify_as", &["event"]),
    ("may", &["event"]),
    // What records are found to be counts, whoever made it so.
    ("supervisor", &["periodic", "interval", "once", "event", "conduct", "permission"]),
    ("outsider", &["periodic", "interval", "once", "event", "conduct", "permission"]),
    ("of", &["invariant"]),
    ("must", &["invariant"]),
    ("independent", &["invariant"]),
    ("keep", &["retention"]),
    ("advice", &["permission"]),
    ("candidates", &["permission"]),
];

fn refuse_misplaced(fields: &Group, kind: &str, report: &mut Diagnostics) {
    for (part, kinds) in PARTS {
        if fields.get(part).is_some() && !kinds.contains(&kind) {
            let message = format!("`{part}` does not belong to a rule of kind `{kind}`");
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, fields.key_span(part), message)
                    .help(format!("remove it, or use a kind that takes it: {}", kinds.join(", "))),
            );
        }
    }
}

/// One entry of `obligations.yaml` while it is read.
struct Rule<'a> {
    fields: &'a Group,
    kind: Spanned<&'a str>,
    regulation: &'a str,
    settings: &'a Settings,
    names: &'a Names,
}

impl Rule<'_> {
    fn duty(&self, about: &'static Kind, report: &mut Diagnostics) -> Option<Duty> {
        let fields = self.fields;
        Some(match self.kind.value {
            "periodic" => Duty::Periodic(self.periodic(report)?),
            "interval" => Duty::Interval(self.interval(false, report)?),
            "once" => Duty::Interval(self.interval(true, report)?),
            "event" => Duty::Event(self.event(about, report)?),
            "invariant" => {
                self.refuse_unasked(report);
                let must = fields
                    .text("must")
                    .and_then(|text| Condition::compile(text, &[about], &self.names.terms, report));
                let independent = Independence::resolve(fields, about.name, self.names, report);
                Duty::Invariant(Invariant { must, independent })
            }
            "retention" => Duty::Retention(self.retention(report)?),
            "conduct" => Duty::Conduct,
            _ => Duty::Permission {
                advice: fields.maybe_string("advice"),
                candidates: fields
                    .text("candidates")
                    .and_then(|text| Condition::compile(text, &[about], &self.names.terms, report)),
            },
        })
    }

    /// Reports a kind of record that no invariant is judged of.
    fn refuse_unasked(&self, report: &mut Diagnostics) {
        let Some(of) = self.fields.text("of") else { return };
        // What duties are laid on, and audits.
        let scopes = self.names.site_kinds.scopes.iter().copied();
        let kinds: Vec<&str> = scopes.filter(|scope| *scope != "office").chain(["audit"]).collect();
        if !kinds.contains(&of.value) {
            let message = format!("no record of kind `{}` is asked what must hold of it", of.value);
            report.push(
                Diagnostic::new(Code::UnknownWord, of.span, message)
                    .help(format!("write one of {}", quoted(&kinds)))
                    .maybe_help(did_you_mean(of.value, kinds.iter().copied())),
            );
        }
    }

    fn periodic(&self, report: &mut Diagnostics) -> Option<Periodic> {
        let every = self.fields.text("every").and_then(|word| Every::from_word(word.value));
        let every = self.need(every, "every", report)?;
        let months = self.months(every, report);
        let demand = self.demand(report);
        let due = self.fields.groups("due");
        let due: Vec<DueRule> =
            due.filter_map(|due| self.due(due, every, &demand.sample, report)).collect();
        if due.is_empty() && self.fields.list("due").is_empty() && !self.fields.is_broken("due") {
            self.incomplete("due", report);
        }
        if !due.is_empty() && !self.fields.is_broken("due") && every != Every::Year {
            for half in [1, 2] {
                if !due.iter().any(|rule| rule.half.is_none_or(|only| only == half)) {
                    let message = format!("`due` says nothing of the half-year H{half}");
                    report.push(
                        Diagnostic::new(Code::IncompleteRule, self.fields.key_span("due"), message)
                            .help("add an entry for it, or one without `half`"),
                    );
                }
            }
        }
        if demand.answered_by == Answer::Training && !self.fields.is_written("hours") {
            self.incomplete("hours", report);
        }
        (!due.is_empty()).then(|| Periodic {
            every,
            months,
            due,
            on_holiday: self.on_holiday(),
            only: self.only(every, &demand.sample, report),
            demand,
        })
    }

    fn due(
        &self,
        due: &Group,
        every: Every,
        sample: &Sample,
        report: &mut Diagnostics,
    ) -> Option<DueRule> {
        let half = due.text("half").map(|half| if half.value == "H1" { 1 } else { 2 });
        let word = due.text("on").map(|word| word.value);
        let after = due.count("months_after").map(|months| months.min(120) as u32);
        let within = due.length("within");
        if let Some(day) = due.get("day").filter(|_| after.is_none()) {
            report.push(
                Diagnostic::new(
                    Code::MisplacedRulePart,
                    day.span,
                    "`day` belongs to `months_after`",
                )
                .help("add `months_after`, or remove `day`"),
            );
        }
        let site_default = word == Some("site-default");
        let day = match (word, after, within) {
            (Some(_), None, None) if site_default => match every {
                Every::Day => DueDay::Within(self.settings.undated_day),
                Every::Week => DueDay::Within(self.settings.undated_week),
                _ => self.settings.undated,
            },
            (Some(_), None, None) => DueDay::PeriodEnd,
            (None, Some(months_after), None) => DueDay::InMonth {
                months_after,
                day: match due.get("day").map(|day| &day.data) {
                    Some(Data::MonthDay(day)) => *day,
                    _ => None,
                },
            },
            (None, None, Some(within)) => DueDay::Within(within),
            _ if !due.broken.is_empty() => return None,
            _ => {
                report.push(
                    Diagnostic::new(
                        Code::IncompleteRule,
                        due.span,
                        "the due date is not stated once",
                    )
                    .help("write exactly one of `on`, `months_after` with `day`, or `within`"),
                );
                return None;
            }
        };
        if let Some(at) = due.get("at").filter(|_| site_default) {
            let message = "`at` belongs to a day that the text states";
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, at.span, message)
                    .help("state the day beside it, or remove `at`"),
            );
        }
        let is_later = !matches!(day, DueDay::PeriodEnd | DueDay::InMonth { months_after: 0, .. });
        let after_period = self.opens(due, is_later && !site_default, sample, report);
        Some(DueRule { half, day, at: due.clock("at"), site_default, after_period })
    }

    /// Whether what is done before the period ended counts for nothing. Only a text makes a window
    /// (於次月辦理); but what a sample is drawn from is not known before the period ended. `later`: the
    /// limit is one of the text, after the period.
    fn opens(&self, due: &Group, later: bool, sample: &Sample, report: &mut Diagnostics) -> bool {
        match due.text("opens") {
            Some(word) if !later => {
                let message = "`opens` belongs to a limit of the text after the period";
                report.push(
                    Diagnostic::new(Code::MisplacedRulePart, word.span, message)
                        .help("remove `opens`: what is done within the period counts"),
                );
                false
            }
            Some(word) => word.value == "after-period",
            None => later && sample.is_of_the_period(),
        }
    }

    fn retention(&self, report: &mut Diagnostics) -> Option<Retention> {
        let keep = self.need(self.fields.group("keep"), "keep", report)?;
        let kinds = self.names.site_kinds;
        let what = keep.text("what")?;
        let span = what.span;
        let what = KeepWhat::from_word(what.value, kinds)?;
        if let KeepWhat::Entries(folder) = what
            && !kinds.of_folder(folder).is_some_and(Kind::records_destruction)
        {
            let message = format!("that an entry of `{folder}` was destroyed cannot be recorded");
            report.push(Diagnostic::new(Code::IncompleteRule, span, message).help(
                "give the register a `group` field `destroyed` with the day `on` and the post `approved_by`",
            ));
        }
        let from = KeepFrom::from_word(keep.text("from")?.value)?;
        if !what.days().contains(&from) {
            let span = keep.get("from").map_or(keep.span, |value| value.span);
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, span, "such papers have no such day")
                    .help(KeepWhat::days_of_all(what)),
            );
        }
        let term = self.keep_term(keep, report)?;
        if let KeepTerm::For(Length::WorkingDays(_)) = term {
            // The calendar does not reach as far as papers are kept.
            let span = keep.get("for").map_or(keep.span, |value| value.span);
            let message = "papers are not kept for working days";
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, span, message)
                    .help("state the time in days, months or years"),
            );
        }
        if !what.answers() && keep.get("answering").is_some() {
            let message = format!("{} answer no duties", what.as_str());
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, keep.key_span("answering"), message)
                    .help("remove `answering`, or keep audits, submissions, findings or events"),
            );
        }
        Some(Retention {
            what,
            answering: keep
                .texts("answering")
                .filter_map(|slug| self.sibling(slug, report))
                .collect(),
            term,
            from,
            approval: self.names.maybe_party(keep, "approval"),
        })
    }

    /// How long papers are kept: a length, or the law that says it.
    fn keep_term(&self, keep: &Group, report: &mut Diagnostics) -> Option<KeepTerm> {
        match (keep.length("for"), keep.maybe_string("under"), keep.flag("permanent")) {
            (Some(length), None, false) => Some(KeepTerm::For(length)),
            (None, Some(law), false) => Some(KeepTerm::Under(law)),
            (None, None, true) => Some(KeepTerm::Permanent),
            _ if keep.is_broken("for") || keep.is_broken("under") => None,
            _ => {
                let message = "how long papers are kept is not stated once";
                report.push(
                    Diagnostic::new(Code::IncompleteRule, keep.span, message).help(
                        "write `for` with a length, `under` with the law that says how long, or `permanent: true`",
                    ),
                );
                None
            }
        }
    }

    /// Another duty of the same regulation.
    fn sibling(&self, slug: Spanned<&str>, report: &mut Diagnostics) -> Option<Id<Obligation>> {
        let path = format!("{}/{}", self.regulation, slug.value);
        self.names.find(Spanned::new(path.as_str(), slug.span), report)
    }

    /// The days on which it is law. A rule that ends before it begins is none.
    fn days(&self, report: &mut Diagnostics) -> Days {
        in_order(self.fields, ("from", "until"), report);
        Days::resolve(self.fields)
    }

    fn on_holiday(&self) -> OnHoliday {
        let word = self.fields.text("on_holiday").map(|word| word.value);
        OnHoliday::from_word(word).unwrap_or(self.settings.on_holiday)
    }

    fn need<T>(&self, part: Option<T>, name: &str, report: &mut Diagnostics) -> Option<T> {
        if part.is_none() && !self.fields.is_written(name) {
            self.incomplete(name, report);
        }
        part
    }

    fn incomplete(&self, part: &str, report: &mut Diagnostics) {
        let message = format!("a rule of kind `{}` needs `{part}`", self.kind.value);
        report.push(
            Diagnostic::new(Code::IncompleteRule, self.kind.span, message)
                .help(format!("add `{part}:`, or choose another kind")),
        );
    }
}
