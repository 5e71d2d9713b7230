//! A draft of the duties of a text: what each clause seems to lay on whom, read from its words by the
//! patterns of `patterns.txt`. A [`LawText`] in, proposals out, each with the words it was read from.
//! Deterministic; decides nothing: a draft counts for nothing until its author makes it a rule.

mod act;
mod due;
mod figure;
mod manner;
mod measure;
mod near;
mod needed;
mod paper;
mod patterns;
mod sample;
mod sentence;
mod write;

#[cfg(test)]
mod tests;

pub use measure::{Measure, Score, measure};
pub use write::read_back;

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::law::{ClauseNumber, LawClause, LawText};
use act::Act;

/// A value of the draft and the words of the clause it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// As it is written in YAML.
    pub value: String,
    /// Empty where the value stands for words that are missing: no date, so the period's end.
    pub words: String,
}

impl Read {
    fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into() }
    }
}

/// A duty that a clause seems to lay down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftedDuty {
    /// The kind and the clause: `periodic-5-1`, the second of them `periodic-5-1-b`.
    pub id: String,
    /// As in a rule's `kind`, with the words that make it one.
    pub kind: Read,
    /// The main one first.
    pub clauses: Vec<ClauseNumber>,
    pub title: String,
    /// The sentence.
    pub summary: String,
    pub scope: Read,
    /// Who acts, in the text's words: `by` names roles, which the author knows.
    pub actor: Option<Read>,
    /// The other keys of the duty, in the order rules have them. A `sample` is a block of lines.
    pub fields: Vec<(&'static str, Read)>,
}

/// Why a clause seems to carry no duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftedReason {
    pub clause: ClauseNumber,
    /// As in `clauses.yaml`.
    pub reason: Read,
}

/// What a text seems to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DutyDraft {
    /// In the order of the clauses.
    pub duties: Vec<DraftedDuty>,
    pub reasons: Vec<DraftedReason>,
}

/// Reads the duties of a text from its words.
pub fn draft_duties(law: &LawText) -> DutyDraft {
    let mut draft = DutyDraft::default();
    let mut taken = HashSet::new();
    for clause in &law.clauses {
        read_clause(clause, &mut draft, &mut taken);
    }
    draft
}

impl DutyDraft {
    fn reason(&mut self, clause: &LawClause, reason: &str, words: &str) {
        let reason = Read::new(reason, words);
        self.reasons.push(DraftedReason { clause: clause.number.clone(), reason });
    }
}

/// Reads a clause and all in it; `taken` are the ids of the duties so far.
fn read_clause(clause: &LawClause, draft: &mut DutyDraft, taken: &mut HashSet<String>) {
    let own = figure::shape(&joined(&clause.own_text()));
    read_words(clause, &own, draft, taken);
    manner::begin_anew(&own, &clause.number, draft);
}

fn read_words(clause: &LawClause, own: &str, draft: &mut DutyDraft, taken: &mut HashSet<String>) {
    let children: Vec<&LawClause> = clause.children().collect();
    if own.trim_matches(['（', '）']) == "刪除" {
        return draft.reason(clause, "other", "刪除");
    }
    let bare = !own.contains(['，', '。']) && !sentence::orders(own);
    let is_heading = !children.is_empty()
        && !own.contains('。')
        && !patterns::fits("period", own)
        && (bare || patterns::fits("heading", own));
    let mut acts = if is_heading { Vec::new() } else { sentence::acts(own) };
    let below: Vec<String> =
        children.iter().map(|child| figure::shape(&joined(&whole_text(child)))).collect();
    // What stands in the clause is read again on its own, so only where it is asked for.
    let below_acts: Vec<LazyCell<Vec<Act>, _>> =
        below.iter().map(|text| LazyCell::new(move || sentence::acts(text))).collect();
    let items: Vec<String> = below.iter().map(|text| paper::item(text)).collect();
    let mut numbers = Vec::new();
    children.iter().for_each(|child| all_numbers(child, &mut numbers));
    match paper::ask(own, (&items, &numbers), &clause.number, &mut acts, draft) {
        paper::Asked::List => return push(clause, acts, draft, taken),
        paper::Asked::Sentence if acts.is_empty() && children.is_empty() => return,
        paper::Asked::Sentence | paper::Asked::Nothing => {}
    }
    let covers = || patterns::first("covers", own.trim_end());
    if !children.is_empty()
        && acts.is_empty()
        && let Some(hit) = covers()
        && (hit.value != "liability" || below_acts.iter().all(|acts| acts.is_empty()))
    {
        return draft.reason(clause, hit.value, hit.words);
    }
    // A list that the clause's last sentence ends in belongs to what the sentence says, unless its
    // members lay down duties of their own.
    let listed = !children.is_empty() && own.ends_with(['：', '列']) && !acts.is_empty();
    let plain = || {
        below
            .iter()
            .zip(below_acts.iter())
            .all(|(text, acts)| acts.iter().all(Act::is_standing) || sample::sample(text).is_some())
    };
    if listed && plain() {
        let tiers = below.join("\n");
        let last = acts.len() - 1;
        let sampled = acts.iter().position(Act::takes_sample).unwrap_or(last);
        let own_list = if sample::sample(&tiers).is_some() { sampled } else { last };
        acts[own_list].words.push('\n');
        acts[own_list].words.push_str(&tiers);
        acts[own_list].below = numbers;
        return push(clause, acts, draft, taken);
    }
    if acts.is_empty() {
        let reason = patterns::first("reason", own.trim_end_matches('。'));
        match reason {
            Some(hit) if children.is_empty() || !own.ends_with('：') => {
                draft.reason(clause, hit.value, hit.words);
                if below_acts.iter().all(|acts| acts.is_empty()) {
                    return; // The reason covers what stands in the clause.
                }
            }
            // A heading needs no reason where what stands in it has one.
            _ if own.is_empty() || (!children.is_empty() && !own.ends_with('。')) => {}
            _ => draft.reason(clause, "description", ""),
        }
    }
    push(clause, acts, draft, taken);
    for child in children {
        read_clause(child, draft, taken);
    }
}

/// The numbers of a clause and of all that stands in it.
fn all_numbers(clause: &LawClause, numbers: &mut Vec<ClauseNumber>) {
    numbers.push(clause.number.clone());
    clause.children().for_each(|child| all_numbers(child, numbers));
}

/// Lines that end within a sentence are one.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    for line in text.lines() {
        if joined.ends_with(['。', '；', '：', '」', '）', ')', ':', ';']) {
            joined.push('\n');
        }
        joined.push_str(line.trim());
    }
    joined
}

/// The words of a clause and of all that stands in it.
fn whole_text(clause: &LawClause) -> String {
    let mut text = clause.own_text();
    for child in clause.children() {
        text.push('\n');
        text.push_str(&whole_text(child));
    }
    text
}

fn push(clause: &LawClause, acts: Vec<Act>, draft: &mut DutyDraft, taken: &mut HashSet<String>) {
    for act in acts {
        let base = format!("{}-{}", act.kind.value, clause.number).to_lowercase().replace('.', "-");
        let id = std::iter::once(base.clone())
            .chain(('b'..='z').map(|letter| format!("{base}-{letter}")))
            .find(|id| !taken.contains(id))
            .unwrap_or(base);
        taken.insert(id.clone());
        let mut duty = act.duty(id, &clause.number);
        rest_on_earlier(&mut duty, &draft.duties);
        draft.duties.push(duty);
    }
}

/// A sample of what other audits looked at names their duty: the last one that takes a sample; where
/// there is none, it is one of what there is.
fn rest_on_earlier(duty: &mut DraftedDuty, earlier: &[DraftedDuty]) {
    let samples = |duty: &DraftedDuty| {
        duty.fields.iter().any(|(key, _)| *key == "sample") && duty.kind.value == "periodic"
    };
    let audited = |(key, read): &(&str, Read)| *key == "sample" && read.value.contains("audited-");
    if !duty.fields.iter().any(audited) {
        return;
    }
    let base = earlier.iter().rfind(|duty| samples(duty)).map(|duty| duty.id.as_str());
    for (_, read) in duty.fields.iter_mut().filter(|(key, _)| *key == "sample") {
        for (of, plain) in [("audited-users", "users"), ("audited-records", "queries")] {
            let named = base.map(|id| format!("of: {of}, in: {id},"));
            let named = named.unwrap_or_else(|| format!("of: {plain},"));
            read.value = read.value.replace(&format!("of: {of},"), &named);
        }
    }
}
