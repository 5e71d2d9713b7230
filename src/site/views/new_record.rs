//! Records still to be written: what an answer to an occurrence looks like in YAML, with every key
//! that the rule asks for. What only the author knows is left open, and a comment says what belongs
//! there; who fills it in has done what the rule asks.

use serde::Serialize;

use super::parts::PageCtx;
use super::parts::Place;
use crate::assess::{Occurrence, Reason, Term};
use crate::facts::{MissingUsage, Remedy};
use crate::model::{
    Account, Answer, Demand, Duty, Event, EvidenceForm, Id, Model, Named, Obligation, Population,
    SampleRule, SampleSize, Scope, Subject, Unit,
};
use crate::record::value::Group;
use crate::text::{counter, sentence};
use crate::time::{Day, Period};

/// Longest id, in characters.
const LONGEST_ID: usize = 63;
/// What stands where a day is to be written.
pub const A_DAY: &str = "YYYY-MM-DD";
/// A time of a day in Taiwan that a person puts in.
const A_TIME: &str = "YYYY-MM-DDThh:mm";

/// A record to be written.
#[derive(Debug, Serialize)]
pub struct NewRecord {
    /// What it is, and how it gets there.
    pub lead: String,
    /// The file it is written to, or the place of the record that is added to.
    pub file: Place,
    /// Lines of YAML.
    pub lines: Vec<String>,
    /// The same as one text, to be copied.
    pub text: String,
}

/// Lines of YAML in the making.
#[derive(Default)]
pub struct Lines(Vec<String>);

/// The records that would answer an occurrence: the act, and the papers it names.
pub fn new_records(here: &PageCtx, occurrence: &Occurrence, remedy: &Remedy) -> Vec<NewRecord> {
    let model = &here.site.model;
    let obligation = &model.obligations[occurrence.obligation];
    let Some(demand) = obligation.duty.demand() else { return Vec::new() };
    let ids: Vec<String> = (1..=remedy.forms.len())
        .map(|number| {
            let prefix = if number == 1 { "ev-".to_owned() } else { format!("ev{number}-") };
            record_id(here, &prefix, occurrence.obligation, occurrence)
        })
        .collect();
    let mut records = Vec::new();
    if remedy.needs_act {
        records.extend(match (demand.answered_by, occurrence.scope, occurrence.term) {
            (_, _, Term::Event(id)) => Some(answer(here, occurrence, demand, id, &ids)),
            (Answer::PasswordChange, Scope::Account(id), _) => {
                Some(password_change(here, &model.accounts[id]))
            }
            (Answer::Audit, ..) => Some(audit(here, occurrence, demand, &ids)),
            (Answer::Submission, ..) => Some(submission(here, occurrence, demand, &ids)),
            (Answer::Training, Scope::Post(_), _) => Some(training(here, occurrence, demand, &ids)),
            _ => None,
        });
    }
    let forms = remedy.forms.iter().zip(&ids);
    records.extend(forms.map(|(form, id)| evidence(here, occurrence, *form, id)));
    records
}

/// The records of use that are missing, one text for each unit, in however many files units stand.
pub fn usage_records(here: &PageCtx, missing: &[MissingUsage]) -> Vec<NewRecord> {
    let model = &here.site.model;
    let mut records: Vec<(Id<Unit>, NewRecord)> = Vec::new();
    for MissingUsage { unit, system, month } in missing {
        let unit_slug = model.units[*unit].slug();
        let mut lines = Lines::default();
        lines.add(0, "- unit", unit_slug, "");
        lines.add(1, "system", model.systems[*system].slug(), "");
        lines.add(1, "month", &month.to_string(), "");
        for key in ["queries", "active_users", "total_users"] {
            lines.add(1, key, "", here.site.words.get(&format!("new_record.{key}")));
        }
        match records.last_mut().filter(|(last, _)| last == unit) {
            Some((_, record)) => record.add(lines),
            None => {
                let file = here.site.file_for_scope("usage", unit_slug, Scope::Unit(*unit));
                records.push((*unit, NewRecord::new(here, "usage", file, lines)));
            }
        }
    }
    records.into_iter().map(|(_, record)| record).collect()
}

/// The id of a new record: prefix, duty, scope and term, and nobody's yet.
pub fn record_id(
    here: &PageCtx,
    prefix: &str,
    duty: Id<Obligation>,
    occurrence: &Occurrence,
) -> String {
    let model = &here.site.model;
    // Ids are short; of them the term is the part that tells them apart.
    let term = occurrence.term.slug(model).to_lowercase();
    let body = format!("{}-{}", model.obligations[duty].slug(), model.scope_slug(occurrence.scope));
    let ids = (1..).map(|number| {
        let end = if number == 1 { format!("-{term}") } else { format!("-{term}-{number}") };
        let room = LONGEST_ID.saturating_sub(prefix.len() + end.len());
        let body: String = body.chars().take(room).collect();
        format!("{prefix}{}{end}", body.trim_end_matches('-'))
    });
    let mut free = ids.filter(|id| !is_taken(model, id));
    free.next().expect("numbers do not end")
}

/// Whether an act or a piece of evidence has an id already.
fn is_taken(model: &Model, id: &str) -> bool {
    model.audits.find(id).is_some()
        || model.submissions.find(id).is_some()
        || model.trainings.find(id).is_some()
        || model.evidence.find(id).is_some()
}

fn audit(
    here: &PageCtx,
    occurrence: &Occurrence,
    demand: &Demand,
    evidence: &[String],
) -> NewRecord {
    let words = &here.site.words;
    let id = record_id(here, "", occurrence.obligation, occurrence);
    let mut lines = Lines::head(here, occurrence, &id);
    lines.add(1, "done_on", A_DAY, &window(here, occurrence));
    if occurrence.due_at.is_some() {
        lines.add(1, "done_at", A_TIME, "");
    }
    lines.add(1, "auditors", "[]", words.get("new_record.auditors"));
    let sample = &demand.sample;
    let figures = [
        ("records", &sample.records, occurrence.required.records),
        ("users", &sample.users, occurrence.required.users),
    ];
    let asked =
        || figures.iter().filter_map(|(key, draw, size)| Some((*key, draw.as_ref()?, *size)));
    let of_use = |draw: &SampleRule| matches!(draw.of, Population::Queries | Population::Users);
    if asked().any(|(_, draw, _)| of_use(draw)) {
        lines.add(1, "population", "", words.get("new_record.population"));
    }
    for (key, draw, size) in asked().filter(|(_, draw, _)| of_use(draw)) {
        let unit = counter::of_rule(words, Some(draw), key);
        let comment = size.map(|size| {
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("population", &size.population), ("unit", &unit)];
            words.say("new_record.recorded", values)
        });
        lines.add(2, key, "", &comment.unwrap_or_default());
    }
    if asked().next().is_some() || sample.every_used_month {
        lines.add(1, "sample", "", words.get("new_record.sample"));
    }
    for (key, draw, size) in asked() {
        let unit = counter::of_rule(words, Some(draw), key);
        lines.add(2, key, "", &required(here, unit, size));
    }
    if sample.every_used_month {
        let months = match (&occurrence.months, occurrence.term) {
            (months, Term::Period(period)) if months.is_empty() => period.months(),
            (months, _) => months.clone(),
        };
        let months: Vec<String> = months.iter().map(Period::to_string).collect();
        lines.list(2, "months", &months, words.get("new_record.months"));
    }
    if !demand.joint.is_empty() {
        lines.list(
            1,
            "joint",
            &here.site.model.party_words(&demand.joint),
            words.get("new_record.joint"),
        );
    }
    if demand.unannounced {
        lines.add(1, "unannounced", "true", words.get("new_record.unannounced"));
    }
    lines.asked(here, 1, demand);
    lines.evidence(here, 1, evidence);
    let file = here.site.file_for_duty("audits", &id, occurrence.obligation, occurrence.scope);
    NewRecord::new(here, "act", file, lines)
}

fn submission(
    here: &PageCtx,
    occurrence: &Occurrence,
    demand: &Demand,
    evidence: &[String],
) -> NewRecord {
    let words = &here.site.words;
    let id = record_id(here, "", occurrence.obligation, occurrence);
    let mut lines = Lines::head(here, occurrence, &id);
    lines.add(1, "sent_on", A_DAY, &window(here, occurrence));
    if occurrence.due_at.is_some() {
        lines.add(1, "sent_at", A_TIME, "");
    }
    let to = demand.to.map(|to| scalar(&here.party(to))).unwrap_or_default();
    lines.add(1, "to", &to, words.get("new_record.to"));
    lines.add(1, "document", "", words.get("new_record.document"));
    lines.add(1, "audits", "[]", words.get("new_record.audits"));
    if !demand.acts.is_empty() || demand.approval.is_some() {
        lines.add(1, "by", "", words.get("new_record.post"));
    }
    lines.asked(here, 1, demand);
    lines.evidence(here, 1, evidence);
    let file = here.site.file_for_duty("submissions", &id, occurrence.obligation, occurrence.scope);
    NewRecord::new(here, "act", file, lines)
}

fn training(
    here: &PageCtx,
    occurrence: &Occurrence,
    demand: &Demand,
    evidence: &[String],
) -> NewRecord {
    let words = &here.site.words;
    let id = record_id(here, "", occurrence.obligation, occurrence);
    let mut lines = Lines::default();
    lines.add(0, "- id", &id, "");
    lines.add(1, "post", here.site.model.scope_slug(occurrence.scope), "");
    lines.add(1, "on", A_DAY, &window(here, occurrence));
    let short = occurrence.reasons.iter().find_map(|reason| match reason {
        Reason::HoursShort { required, actual } => Some((*required, *actual)),
        _ => None,
    });
    let (required, actual) = short.unwrap_or((demand.hours.unwrap_or_default(), 0));
    let hours: &[(&str, &dyn std::fmt::Display)] =
        &[("required", &required), ("actual", &actual), ("short", &(required - actual))];
    lines.add(1, "hours", "", &words.say("new_record.hours", hours));
    lines.add(1, "title", "", words.get("new_record.training"));
    lines.evidence(here, 1, evidence);
    let file = here.site.file_for_scope("trainings", &id, occurrence.scope);
    NewRecord::new(here, "act", file, lines)
}

fn evidence(
    here: &PageCtx,
    occurrence: &Occurrence,
    form: Id<EvidenceForm>,
    id: &str,
) -> NewRecord {
    let words = &here.site.words;
    let mut lines = Lines::default();
    lines.add(0, "- id", id, "");
    lines.add(1, "title", "", words.get("new_record.title"));
    lines.add(1, "form", &scalar(&here.site.model.forms[form].words), "");
    lines.add(1, "received_on", A_DAY, words.get("new_record.received"));
    lines.add(1, "document", "", words.get("new_record.paper"));
    let file = here.site.file_for_duty("evidence", id, occurrence.obligation, occurrence.scope);
    NewRecord::new(here, "evidence", file, lines)
}

/// Of a duty in hours the key of the time from which they run.
fn starts_at(model: &Model, occurrence: &Occurrence) -> Option<&'static str> {
    match &model.obligations[occurrence.obligation].duty {
        Duty::Event(rule) if rule.deadline.hours().is_some() => {
            Some(if rule.from_known { "known_at" } else { "at" })
        }
        _ => None,
    }
}

/// What is added to the record of an event; the whole record of one that nobody recorded.
fn answer(
    here: &PageCtx,
    occurrence: &Occurrence,
    demand: &Demand,
    id: Id<Event>,
    evidence: &[String],
) -> NewRecord {
    let (model, words) = (&here.site.model, &here.site.words);
    let event = &model.events[id];
    let mut lines = Lines::default();
    let follows = event.follows.is_some();
    let deep = usize::from(follows);
    if follows {
        lines.add(0, "- id", &event.slug, "");
        lines.add(1, "kind", &scalar(&model.event_kinds[event.kind].slug), "");
        lines.add(1, "on", &event.on.to_string(), "");
        if let Some(key) = starts_at(model, occurrence) {
            lines.add(1, key, A_TIME, "");
        }
        let (key, slug) = subject(model, &event.subject);
        lines.add(1, key, &slug, "");
        let regulation = model.obligations[occurrence.obligation].regulation;
        lines.add(1, "regulation", model.regulations[regulation].slug(), "");
    }
    let has_some = !event.answers.is_empty();
    let more = if has_some { words.get("new_record.more_answers") } else { "" };
    lines.add(deep, "answers", "", more);
    let what = match &model.obligations[occurrence.obligation].duty {
        Duty::Event(rule) => {
            rule.answers.first().map(|kind| scalar(&model.answer_kinds[*kind].slug))
        }
        _ => None,
    };
    lines.add(deep + 1, "- what", &what.unwrap_or_default(), words.get("new_record.what"));
    lines.add(deep + 2, "on", A_DAY, &window(here, occurrence));
    if starts_at(model, occurrence).is_some() {
        lines.add(deep + 2, "at", A_TIME, "");
    }
    lines.add(deep + 2, "by", "", words.get("new_record.post"));
    if !demand.notify.is_empty() {
        lines.list(
            deep + 2,
            "to",
            &model.party_words(&demand.notify),
            words.get("new_record.notify"),
        );
    }
    if !demand.joint.is_empty() {
        lines.list(
            deep + 2,
            "joint",
            &model.party_words(&demand.joint),
            words.get("new_record.joint"),
        );
    }
    if let Scope::Account(account) = occurrence.scope {
        lines.add(deep + 2, "account", model.accounts[account].slug(), "");
    }
    lines.asked(here, deep + 2, demand);
    lines.evidence(here, deep + 2, evidence);
    if follows {
        let file = here.site.file_for_scope("events", &event.slug, occurrence.scope);
        NewRecord::new(here, "act", file, lines)
    } else {
        NewRecord::added(here, &event.fields, lines)
    }
}

/// The key and the id of what an event is about.
fn subject(model: &Model, subject: &Subject) -> (&'static str, String) {
    match subject {
        Subject::Account(id) => ("account", model.accounts[*id].slug.clone()),
        Subject::Person(id) => ("staff", model.staff(*id).to_owned()),
        Subject::Unit(id) => ("unit", model.units[*id].slug.clone()),
        Subject::Agency(id) => ("agency", model.agencies[*id].slug.clone()),
        Subject::System(id) => ("system", model.systems[*id].slug.clone()),
        Subject::Post(id) => ("post", model.posts[*id].slug.clone()),
        Subject::Contractor(id) => ("contractor", model.contractors[*id].slug.clone()),
    }
}

/// What is added to the record of an account.
fn password_change(here: &PageCtx, account: &Account) -> NewRecord {
    let mut days: Vec<String> = account.password_changed.iter().map(Day::to_string).collect();
    days.push(A_DAY.to_owned());
    let mut lines = Lines::default();
    lines.list(0, "password_changed", &days, here.site.words.get("new_record.password"));
    NewRecord::added(here, &account.fields, lines)
}

/// 「應抽 6 件＝max(6, ⌈80×6%⌉)」.
fn required(here: &PageCtx, unit: &str, size: Option<SampleSize>) -> String {
    let words = &here.site.words;
    let Some(size) = size else { return words.get("new_record.unknown").to_owned() };
    let formula = sentence::formula(&size);
    words.say(
        "sheet.required",
        &[("required", &size.required), ("unit", &unit), ("formula", &formula)],
    )
}

fn window(here: &PageCtx, occurrence: &Occurrence) -> String {
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("opens", &occurrence.opens), ("due", &occurrence.due)];
    here.site.words.say("new_record.window", values)
}

impl NewRecord {
    /// A record of its own.
    fn new(here: &PageCtx, lead: &str, file: String, lines: Lines) -> Self {
        let mut record = Self {
            lead: here.word("new_record_lead", lead),
            file: Place { text: file, href: None },
            lines: Vec::new(),
            text: String::new(),
        };
        record.add(lines);
        record
    }

    /// An addition to a record.
    pub fn added(here: &PageCtx, to: &Group, lines: Lines) -> Self {
        Self { file: here.place(to), ..Self::new(here, "addition", String::new(), lines) }
    }

    fn add(&mut self, lines: Lines) {
        self.text.extend(lines.0.iter().flat_map(|line| [line, "\n"]));
        self.lines.extend(lines.0);
    }
}

impl Lines {
    /// The first lines of an act's record.
    fn head(here: &PageCtx, occurrence: &Occurrence, id: &str) -> Self {
        let model = &here.site.model;
        let mut lines = Self::default();
        lines.add(0, "- id", id, "");
        lines.add(1, "obligation", &model.obligation_path(occurrence.obligation), "");
        lines.add(1, "scope", model.scope_slug(occurrence.scope), "");
        if let Term::Period(period) = occurrence.term {
            lines.add(1, "period", &period.to_string(), "");
        }
        lines
    }

    /// A key, its value as YAML, and a comment; either may be empty.
    pub fn add(&mut self, depth: usize, key: &str, value: &str, comment: &str) {
        let mut line = format!("{:1$}{key}:", "", depth * 2);
        for part in
            [value, &if comment.is_empty() { String::new() } else { format!("# {comment}") }]
        {
            if !part.is_empty() {
                line.push(' ');
                line.push_str(part);
            }
        }
        self.0.push(line);
    }

    fn list(&mut self, depth: usize, key: &str, values: &[String], comment: &str) {
        let values: Vec<String> = values.iter().map(|value| scalar(value)).collect();
        self.add(depth, key, &format!("[{}]", values.join(", ")), comment);
    }

    /// What must stand in the paper, and the approval.
    fn asked(&mut self, here: &PageCtx, depth: usize, demand: &Demand) {
        let words = &here.site.words;
        if !demand.contains.is_empty() {
            let items = here.site.model.items.words(&demand.contains);
            self.list(depth, "contains", &items, words.get("new_record.contains"));
        }
        if let [manner, ..] = &here.site.model.manners.words(&demand.manner)[..] {
            self.add(depth, "manner", &scalar(manner), words.get("new_record.manner"));
        }
        let Some(by) = demand.approval else { return };
        self.add(
            depth,
            "approved",
            "",
            &words.say("new_record.approved", &[("by", &here.party(by))]),
        );
        self.add(depth + 1, "on", A_DAY, "");
        self.add(depth + 1, "by", "", words.get("new_record.post"));
    }

    fn evidence(&mut self, here: &PageCtx, depth: usize, ids: &[String]) {
        if !ids.is_empty() {
            self.list(depth, "evidence", ids, here.site.words.get("new_record.evidence"));
        }
    }
}

/// A text as a value of YAML: quoted where it could be read as something else.
pub fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_/（）、．：，。「」《》".contains(c);
    let starts_well = text.chars().next().is_some_and(|c| c.is_alphabetic() || c.is_numeric());
    let word = text.to_ascii_lowercase();
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&&*word);
    let is_number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    if starts_well && text.chars().all(is_plain) && !is_word && !is_number {
        return text.to_owned();
    }
    // A text of several lines stays on the one its key is on.
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_that_could_be_something_else_are_quoted() {
        for (text, expected) in [
            ("稽核紀錄表（附件三）", "稽核紀錄表（附件三）"),
            ("2026-09", "2026-09"),
            ("a, b", "\"a, b\""),
            ("甲: 乙", "\"甲: 乙\""),
            ("甲 #乙", "\"甲 #乙\""),
            ("- 甲", "\"- 甲\""),
            ("no", "\"no\""),
            ("12", "\"12\""),
            ("\"甲\\", "\"\\\"甲\\\\\""),
            ("甲\n乙", "\"甲\\n乙\""),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), expected);
        }
    }
}
