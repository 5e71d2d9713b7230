//! Parts of the auditor's sheet: the arithmetic of the sample, what happened on which day, how long
//! the papers are kept, how it is cited, and the same term elsewhere.

use serde::Serialize;

use super::kept::KeptView;
use super::parts::{DateView, Link, PageCtx, Place, StatusView};
use super::remedy::record_file;
use crate::assess::{Act, DueBasis, KeptRecord, Occurrence, OccurrenceId, Term};
use crate::model::strictness::keeps;
use crate::model::{Duty, Id, Obligation, SampleSize};
use crate::site::route::{Route, occurrence_path};
use crate::text::{counter, keeping, sentence};
use crate::time::{Instant, Moment, roc_long};

/// At most so many other scopes are named; all stand on the page of the duty.
const MOST_OTHERS: usize = 40;

/// A required number, how it is reckoned, and what was looked at.
#[derive(Debug, Serialize)]
pub struct Figure {
    label: String,
    /// 「應抽 21 件＝max(20, ⌈334×6%⌉)」.
    required: String,
    /// 「已抽 18 件」; `None` if nothing was done yet.
    actual: Option<String>,
    /// 「尚缺 3 件」; `None` if it is enough, or nothing was done yet.
    short: Option<String>,
    /// 「母體 334 件 × 6% = 20.04，小數進位為 21 件」.
    share: Option<String>,
}

/// What happened, or will, on a day.
#[derive(Debug, Serialize)]
pub struct Step {
    #[serde(skip)]
    when: Moment,
    pub on: DateView,
    pub what: String,
    /// To the record's page.
    pub link: Option<Link>,
    pub who: Vec<Link>,
    pub details: Vec<String>,
    /// It stands for a bound of time, not for something that was done.
    pub bound: bool,
    pub source: Option<Place>,
}

/// How long the papers of the occurrence are kept.
#[derive(Debug, Serialize)]
pub struct Papers {
    kept: Vec<Paper>,
    /// The rules that will keep them, where there are none yet.
    to_come: Vec<RuleToCome>,
    /// The page of all kept records.
    all: Link,
}

/// A kept record.
#[derive(Debug, Serialize)]
pub struct Paper {
    pub link: Link,
    pub kept: KeptView,
}

#[derive(Debug, Serialize)]
struct RuleToCome {
    obligation: Link,
    regulation: Link,
    clause: Link,
    text: String,
}

/// The same term of another scope.
#[derive(Debug, Serialize)]
pub struct Other {
    link: Link,
    status: StatusView,
}

/// The arithmetic of the sample.
pub fn figures(here: &PageCtx, occurrence: &Occurrence) -> Vec<Figure> {
    let words = &here.site.words;
    let duty = &here.site.model.obligations[occurrence.obligation];
    let measures = [
        ("records", occurrence.required.records, occurrence.actual.records),
        ("users", occurrence.required.users, occurrence.actual.users),
    ];
    let figure = |(measure, size, actual): (&str, Option<SampleSize>, Option<u64>)| {
        let size = size?;
        let unit = counter::of_duty(words, duty, measure);
        // An act that says nothing of what it looked at counts as having looked at nothing.
        let actual = actual.or((!occurrence.acts.is_empty()).then_some(0));
        let short = size.required.saturating_sub(actual.unwrap_or(size.required));
        let rate = match size.tier.share {
            crate::model::sample::Share::Rate(rate) => Some(rate),
            crate::model::sample::Share::Fixed(_) => None,
        };
        let formula = sentence::formula(&size);
        Some(Figure {
            label: here.word("occurrence", measure),
            required: words.say(
                "sheet.required",
                &[("required", &size.required), ("unit", &unit), ("formula", &formula)],
            ),
            actual: actual.map(|n| words.say("sheet.done", &[("actual", &n), ("unit", &unit)])),
            short: (short > 0)
                .then(|| words.say("sheet.short", &[("short", &short), ("unit", &unit)])),
            share: rate.map(|rate| {
                let is_whole = rate.exact(size.population) == size.by_share.to_string();
                words.say(
                    if is_whole { "sheet.share_whole" } else { "sheet.share" },
                    &[
                        ("population", &size.population),
                        ("unit", &unit),
                        ("rate", &rate),
                        ("exact", &rate.exact(size.population)),
                        ("by_share", &size.by_share),
                    ],
                )
            }),
        })
    };
    measures.into_iter().filter_map(figure).collect()
}

/// What happened, in the order of days.
pub fn steps(here: &PageCtx, id: OccurrenceId) -> Vec<Step> {
    let model = &here.site.model;
    let occurrence = here.site.assessment.occurrence(id);
    let mut steps = Vec::new();
    if let Term::Event(event) = occurrence.term {
        let event_row = &model.events[event];
        let mut step = Step::new(here, event_row.happened(), "event");
        // Where it was known at another time, that may be where the clock starts.
        if let Some(at) = event_row.known_at.filter(|at| Some(*at) != event_row.at) {
            let at = sentence::instant(at);
            step.details.push(here.site.words.say("occurrence.known", &[("at", &at)]));
        }
        step.what = here.event_kind(event_row.kind);
        step.link = Some(here.event(event));
        step.source = Some(here.place(&event_row.fields));
        steps.push(step);
        if let Duty::Event(rule) = &model.obligations[occurrence.obligation].duty {
            let restarts = event_row.answers.iter().filter(|one| rule.anew.contains(&one.what));
            steps.extend(restarts.map(|answer| {
                let what = here.answer_kind(answer.what);
                Step { what, ..Step::new(here, answer.moment(), "opens") }
            }));
        }
    } else {
        steps.push(Step { bound: true, ..Step::new(here, occurrence.opens.into(), "opens") });
    }
    let due_at = Moment::of(occurrence.due, occurrence.due_at);
    let due = if here.has_come(occurrence.due) { "due" } else { "due_coming" };
    let mut due = Step { bound: true, ..Step::new(here, due_at, due) };
    due.when = occurrence.due_at.unwrap_or_else(|| Instant::last_of(occurrence.due)).into();
    if occurrence.due_basis == DueBasis::SiteDefault {
        due.details.push(here.word("occurrence", "site_default"));
    }
    for act in &occurrence.acts {
        act_steps(here, occurrence, *act, &mut steps);
    }
    for finding in &occurrence.findings {
        let row = &model.findings[*finding];
        let mut step = Step::new(here, row.found(), "found");
        step.link = Some(here.link(Route::Finding(*finding), &row.title));
        steps.push(step);
    }
    if let Some(waiver) = occurrence.waiver {
        let row = &model.waivers[waiver];
        let mut step = Step::new(here, row.approved.moment(), "waived");
        step.link = Some(here.waiver(waiver));
        step.who = vec![here.post(row.approved.by)];
        step.source = Some(here.place(&row.fields));
        steps.push(step);
    }
    steps.push(due);
    // What happened on one day stays in this order, unless its times are recorded; the due day is its last.
    steps.sort_by_key(|step| (step.when.day(), step.when.at()));
    steps
}

/// An act, and its approval on a day of its own.
fn act_steps(here: &PageCtx, occurrence: &Occurrence, act: Act, steps: &mut Vec<Step>) {
    let (model, words) = (&here.site.model, &here.site.words);
    let mut step = Step::new(here, act.moment(model), "opens");
    step.what = here.word("act", act.as_str());
    step.link = here.act(act);
    let mut approved = None;
    let mut detail = |key: &str, text: &str| {
        step.details.push(format!("{} {text}", here.word("occurrence", key)).trim().to_owned());
    };
    if let Some(items) = act.contains(model).filter(|items| !items.is_empty()) {
        detail("contains", &model.items.words(items).join(words.get("list.join")));
    }
    if let Some(manner) = act.manner(model) {
        detail("manner", &model.manners[manner].words);
    }
    match act {
        Act::Audit(id) => {
            let audit = &model.audits[id];
            let looked_at = [(audit.sample.records, "records"), (audit.sample.users, "users")];
            let looked_at: Vec<String> = looked_at
                .into_iter()
                .filter_map(|(n, unit)| here.amount(n, audit.obligation, unit))
                .collect();
            if !looked_at.is_empty() {
                detail("sample", &looked_at.join(words.get("list.join")));
            }
            if !audit.joint.is_empty() {
                detail("joint", &here.parties(&audit.joint));
            }
            if audit.unannounced {
                detail("unannounced", "");
            }
            step.details.extend(audit.note.clone());
            step.who = here.posts(&audit.auditors);
            approved = audit.approved;
        }
        Act::Submission(id) => {
            let sent = &model.submissions[id];
            detail("to", &here.party(sent.to));
            if let Some(document) = &sent.document {
                detail("document", document);
            }
            step.details.extend(sent.note.clone());
            step.who = here.posts(sent.by.as_slice());
            approved = sent.approved;
        }
        Act::Training(id) => {
            let training = &model.trainings[id];
            step.details.push(format!("{} {}", training.hours, here.word("occurrence", "hours")));
            step.details.extend(training.note.clone());
        }
        Act::Answer(id, place) => {
            let answer = &model.events[id].answers[place];
            step.what = here.answer_kind(answer.what);
            if !answer.to.is_empty() {
                detail("to", &here.parties(&answer.to));
            }
            if let Some(document) = &answer.document {
                detail("document", document);
            }
            step.who = here.posts(answer.by.as_slice());
            approved = answer.approved;
        }
        Act::PasswordChange(_) | Act::Recorded(_) => {}
    }
    step.source = record_file(here, occurrence, act);
    steps.push(step);
    if let Some(approval) = approved {
        let mut step = Step::new(here, approval.moment(), "approved");
        step.who = vec![here.post(approval.by)];
        steps.push(step);
    }
    if let Some(approval) = act.authority(model) {
        let mut step = Step::new(here, approval.moment(), "approved");
        step.details.push(super::submission::letter_of(here, approval));
        steps.push(step);
    }
}

/// How long the papers are kept.
pub fn papers(here: &PageCtx, occurrence: &Occurrence) -> Papers {
    let model = &here.site.model;
    let mut records: Vec<KeptRecord> = Vec::new();
    let mut kept: Vec<Paper> = Vec::new();
    for act in &occurrence.acts {
        // Several things may be done about one event.
        let record = kept_of(*act).filter(|record| !records.contains(record));
        let Some(record) = record else { continue };
        records.push(record);
        let paper = here.act(*act).zip(here.kept(record));
        kept.extend(paper.map(|(link, kept)| Paper { link, kept }));
    }
    let to_come = if kept.is_empty() && occurrence.acts.is_empty() {
        keeps(model, occurrence.obligation).into_iter().map(|(id, _)| to_come(here, id)).collect()
    } else {
        Vec::new()
    };
    Papers { kept, to_come, all: here.link(Route::Retention, here.word("sheet", "all_kept")) }
}

/// The record of an act that a rule may keep.
fn kept_of(act: Act) -> Option<KeptRecord> {
    match act {
        Act::Audit(id) => Some(KeptRecord::Audit(id)),
        Act::Submission(id) => Some(KeptRecord::Submission(id)),
        Act::Training(id) => Some(KeptRecord::Training(id)),
        Act::Answer(event, _) => Some(KeptRecord::Event(event)),
        Act::PasswordChange(_) | Act::Recorded(_) => None,
    }
}

fn to_come(here: &PageCtx, id: Id<Obligation>) -> RuleToCome {
    let obligation = &here.site.model.obligations[id];
    let text = match &obligation.duty {
        Duty::Retention(rule) => keeping::rule(&here.site.words, rule),
        _ => String::new(),
    };
    RuleToCome {
        obligation: here.obligation(id),
        regulation: here.regulation(obligation.regulation),
        clause: here.clause_of(obligation, obligation.main_clause()),
        text,
    }
}

/// The occurrence in one sentence, for a report.
pub fn citation(here: &PageCtx, id: OccurrenceId) -> String {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let occurrence = assessment.occurrence(id);
    let obligation = &model.obligations[occurrence.obligation];
    let words = &here.site.words;
    words.say(
        "sheet.cite_text",
        &[
            ("regulation", &model.regulations[obligation.regulation].name),
            ("clauses", &sentence::citations(words, obligation)),
            ("duty", &obligation.title),
            ("scope", &model.scope_name(occurrence.scope)),
            ("term", &here.term(occurrence.term)),
            ("due", &roc_long(occurrence.due)),
            // A day the clause does not state is never cited as the clause's.
            ("basis", &words.get(&format!("due_basis.{}", occurrence.due_basis.as_str()))),
            ("status", &here.status(occurrence.status).label),
            ("as_of", &roc_long(assessment.as_of)),
            ("id", &occurrence_path(model, assessment, id)),
        ],
    )
}

/// The same term of the duty's other scopes, and how many are left out.
pub fn others(here: &PageCtx, id: OccurrenceId) -> (Vec<Other>, usize) {
    let assessment = &here.site.assessment;
    let this = assessment.occurrence(id);
    if matches!(this.term, Term::Since(_)) {
        return (Vec::new(), 0);
    }
    let same = assessment.of_term(this.obligation, this.term).iter().filter(|other| **other != id);
    let left_out = same.clone().count().saturating_sub(MOST_OTHERS);
    let other = |id: &OccurrenceId| {
        let one = assessment.occurrence(*id);
        Other {
            link: here.link(Route::Occurrence(*id), here.site.model.scope_name(one.scope)),
            status: here.status(one.status),
        }
    };
    (same.take(MOST_OTHERS).map(other).collect(), left_out)
}

/// 「12.3 KB」: at least one figure after the point, rounded up so that nothing looks empty.
pub fn size_in_words(bytes: u64) -> String {
    let in_unit = |unit: u64| {
        let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(unit));
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", in_unit(1_024)),
        _ => format!("{} MB", in_unit(1_048_576)),
    }
}

impl Step {
    fn new(here: &PageCtx, when: Moment, word: &str) -> Self {
        Self {
            when,
            on: DateView::timed(when.day(), when.at()),
            what: here.word("sheet", word),
            link: None,
            who: Vec::new(),
            details: Vec::new(),
            bound: false,
            source: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::size_in_words;

    #[test]
    fn sizes_have_a_figure_after_the_point() {
        for (bytes, words) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (1_024, "1.0 KB"),
            (12_595, "12.3 KB"),
            (1_048_576, "1.0 MB"),
            (5_300_000, "5.1 MB"),
        ] {
            assert_eq!(size_in_words(bytes), words);
        }
    }
}
