//! Papers that prove too much: one form for two acts, one older than what it would prove, one that
//! is about other days; forms, items of papers, manners and courses that are worded nearly as a rule does.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{
    AuditPeriod, Course, Duty, Evidence, EvidenceForm, EvidenceUser, Id, Manner, Model, Obligation,
    PaperItem, Table, Worded,
};
use crate::record::value::Group;
use crate::source::{Span, Spanned};
use crate::time::Day;

/// Reports pieces of evidence that several acts of one duty name, those from before the period or
/// about another one, and forms whose name no rule knows.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, paper) in model.evidence.iter() {
        if let Some((_, until)) = paper.covers
            && until > paper.made_on()
        {
            let message = format!(
                "evidence `{}` is from {}, before the end of the days it covers ({until})",
                paper.slug,
                paper.made_on()
            );
            report.push(
                Diagnostic::new(Code::DoubtfulPaper, paper.fields.key_span("covers"), message)
                    .help("correct one of the days: nobody can know what is still to come"),
            );
        }
        for user in &paper.used_by {
            if let EvidenceUser::Audit(id) = user {
                of_audit(model, paper, *id, report);
            }
        }
        let uses: Vec<Use> =
            paper.used_by.iter().filter_map(|user| Use::of(model, *user)).collect();
        let twice = uses.iter().enumerate().find(|(at, one)| {
            uses[..*at].iter().any(|other| other.what == one.what && other.of != one.of)
        });
        if let Some((_, again)) = twice {
            let message = match again.what {
                What::Audit(_) => {
                    format!("evidence `{}` stands for several periods of one duty", paper.slug)
                }
                _ => format!("evidence `{}` stands for several acts of one kind", paper.slug),
            };
            report.push(
                Diagnostic::new(Code::DoubtfulPaper, paper.fields.span, message)
                    .related(again.span, "named here again")
                    .help("each has its own record; name that of each"),
            );
        }
    }
    forms(model, report);
    words_of_acts(model, report);
    courses(model, report);
}

/// What a paper is used for, as far as using it twice is a question.
struct Use {
    what: What,
    /// Which act of the kind.
    of: String,
    span: Span,
}

#[derive(PartialEq, Eq)]
enum What {
    Audit(Id<Obligation>),
    Submission(Id<Obligation>),
    Pledge,
    Agreement,
    Training,
}

impl Use {
    fn of(model: &Model, user: EvidenceUser) -> Option<Self> {
        let (what, of, span) = match user {
            EvidenceUser::Audit(id) => {
                let audit = &model.audits[id];
                let of = of(audit.period, audit.done_on);
                (What::Audit(audit.obligation), of, audit.fields.key_span("evidence"))
            }
            EvidenceUser::Submission(id) => {
                let sent = &model.submissions[id];
                let of = of(sent.period, sent.sent_on);
                (What::Submission(sent.obligation), of, sent.fields.key_span("evidence"))
            }
            // A list of those who were there proves the course for each of them.
            EvidenceUser::Training(id) => {
                let training = &model.trainings[id];
                (What::Training, training.on.to_string(), training.fields.key_span("evidence"))
            }
            EvidenceUser::Account(id) => {
                let account = &model.accounts[id];
                (
                    What::Pledge,
                    model.staff(account.person).to_owned(),
                    account.fields.key_span("pledge"),
                )
            }
            EvidenceUser::Contractor(id) => {
                let contractor = &model.contractors[id];
                let of = contractor.slug.clone();
                (What::Agreement, of, contractor.fields.key_span("agreement"))
            }
            // A letter may waive several duties, an inquiry answer several events.
            EvidenceUser::Finding(_) | EvidenceUser::Waiver(_) | EvidenceUser::Event(_) => {
                return None;
            }
        };
        Some(Self { what, of, span })
    }
}

/// Which act of a duty: that of its period, or of its day.
fn of(period: AuditPeriod, on: Day) -> String {
    match period {
        AuditPeriod::Period(period) => period.to_string(),
        AuditPeriod::ByDay => on.to_string(),
    }
}

fn of_audit(
    model: &Model,
    paper: &Evidence,
    id: Id<crate::model::Audit>,
    report: &mut Diagnostics,
) {
    let audit = &model.audits[id];
    let AuditPeriod::Period(period) = audit.period else { return };
    let mut say = |message: String, help: &str| {
        report.push(
            Diagnostic::new(Code::DoubtfulPaper, paper.fields.span, message)
                .related(audit.fields.key_span("evidence"), "named here")
                .help(help),
        );
    };
    let (slug, made) = (&paper.slug, paper.made_on());
    let verb = if paper.collected_on.is_some() { "drawn up" } else { "received" };
    if made < period.first_day() {
        let message = format!(
            "evidence `{slug}` was {verb} on {made}, before the `{period}` that audit `{}` is about",
            audit.slug
        );
        say(message, "correct the day, or name the paper of this audit");
    }
    let within =
        |(from, until): (Day, Day)| from <= period.first_day() && period.last_day() <= until;
    if let Some(covers) = paper.covers.filter(|covers| !within(*covers)) {
        let message = format!(
            "evidence `{slug}` covers {} to {}, not all of the `{period}` that audit `{}` is about",
            covers.0, covers.1, audit.slug
        );
        say(message, "name the paper of the period, or correct the days it covers");
    }
    if let Some(until) = paper.valid_until.filter(|until| *until < audit.done_on) {
        let message = format!(
            "evidence `{slug}` was valid until {until}, before audit `{}` of {}",
            audit.slug, audit.done_on
        );
        say(message, "name a paper that was valid then, or correct the day");
    }
}

/// Reports forms that no rule asks for under this name, where they are named by what answers a rule
/// that asks for forms.
fn forms(model: &Model, report: &mut Diagnostics) {
    let rules = model.obligations.iter();
    let asked: Vec<Id<EvidenceForm>> = rules
        .flat_map(|(_, rule)| rule.duty.demand().into_iter().flat_map(|one| &one.evidence))
        .copied()
        .collect();
    let is_asked = |form: Id<EvidenceForm>| model.forms.is_among(form, &asked);
    let known: BTreeSet<&str> = asked.iter().map(|form| &*model.forms[*form].words).collect();
    for (_, paper) in model.evidence.iter() {
        if paper.form.is_none_or(is_asked) {
            continue;
        }
        let Some(form) = paper.fields.text("form") else { continue };
        let Some(meant) = did_you_mean(form.value, known.iter().copied()) else { continue };
        let message = format!(
            "evidence `{}` is on a form that no rule asks for: `{}`",
            paper.slug, form.value
        );
        report.push(Diagnostic::new(Code::DoubtfulPaper, form.span, message).help(meant));
    }
}

/// Reports what a record says stands in its paper, or in what manner it was done, and the duty does not name,
/// where one that it does was perhaps meant.
fn words_of_acts(model: &Model, report: &mut Diagnostics) {
    let demand = |duty: Id<Obligation>| model.obligations[duty].duty.demand();
    let mut look = |duties: &[Id<Obligation>], fields: &Group| {
        let demands = duties.iter().filter_map(|duty| demand(*duty));
        let asked: Vec<Id<PaperItem>> =
            demands.clone().flat_map(|one| &one.contains).copied().collect();
        let items = fields.texts("contains");
        let is_not = "is no item that the duty asks for";
        report.extend(near_misses(&model.items, &asked, items, is_not));
        let asked: Vec<Id<Manner>> = demands.flat_map(|one| &one.manner).copied().collect();
        let manner = fields.text("manner");
        report.extend(near_misses(
            &model.manners,
            &asked,
            manner,
            "is no manner that the duty names",
        ));
    };
    model.audits.iter().for_each(|(_, one)| look(&[one.obligation], &one.fields));
    model.submissions.iter().for_each(|(_, one)| look(&[one.obligation], &one.fields));
    for (_, event) in model.events.iter() {
        let starts = |duty: &Duty| matches!(duty, Duty::Event(rule) if rule.event == event.kind);
        let rules = model.obligations.iter().filter(|(_, rule)| starts(&rule.duty));
        let duties: Vec<Id<Obligation>> = rules.map(|(id, _)| id).collect();
        event.fields.groups("answers").for_each(|answer| look(&duties, answer));
    }
}

/// Of the words written those that are none of the asked ones, and may be meant for one.
fn near_misses<'a, K>(
    table: &Table<Worded<K>>,
    asked: &[Id<Worded<K>>],
    written: impl IntoIterator<Item = Spanned<&'a str>>,
    is_not: &str,
) -> Diagnostics {
    let names = table.words(asked);
    let others = written.into_iter().filter(|text| !table.is_worded(text.value, asked));
    let near = others.filter_map(|text| {
        let meant = did_you_mean(text.value, names.iter().map(String::as_str))?;
        let message = format!("`{}` {is_not}", text.value);
        Some(Diagnostic::new(Code::DoubtfulPaper, text.span, message).help(meant))
    });
    near.collect()
}

/// Reports kinds of courses whose hours no rule counts, where one that some rule does was perhaps meant.
fn courses(model: &Model, report: &mut Diagnostics) {
    let demands = model.obligations.iter().filter_map(|(_, one)| one.duty.demand());
    let counted: BTreeSet<Id<Course>> =
        demands.flat_map(|demand| &demand.courses).copied().collect();
    let words = || counted.iter().map(|course| &*model.courses[*course].slug);
    for (_, training) in model.trainings.iter() {
        let (Some(course), Some(text)) = (training.course, training.fields.text("course")) else {
            continue;
        };
        let Some(meant) = did_you_mean(text.value, words()) else { continue };
        if !counted.contains(&course) {
            let message = format!("no rule counts hours of the course `{}`", text.value);
            report.push(Diagnostic::new(Code::DoubtfulPaper, text.span, message).help(meant));
        }
    }
}
