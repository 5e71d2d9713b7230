//! Open questions of the texts: how the words can be read, who chose a reading on what ground, and what
//! it decides: every other reading was run over the same records. And what drafts would change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx, StatusView};
use super::{Frame, View};
use crate::assess::{OccurrenceId, Status};
use crate::facts::id;
use crate::model::{Id, Obligation, Question, Regulation};
use crate::proof::variant::{Difference, Drafted, Effect, Weighed, Work};
use crate::site::Site;
use crate::site::route::Route;

/// Most rows of what stands otherwise; all of them are in `data/readings.json`.
const SHOWN: usize = 100;

/// What `readings.html` shows.
#[derive(Debug, Serialize)]
struct ReadingsView {
    rows: Vec<QuestionRow>,
    drafts: Vec<Link>,
    data: Link,
}

/// A question in the list.
#[derive(Debug, Serialize)]
struct QuestionRow {
    link: Link,
    regulation: Link,
    clause: Link,
    words: String,
    chosen: String,
    by: Option<DecisionView>,
    review_by: Option<DateView>,
    /// The day is past by which somebody had to look again.
    is_due: bool,
    decides: usize,
}

/// Who chose, when, on what.
#[derive(Debug, Serialize)]
struct DecisionView {
    post: String,
    on: DateView,
    /// 「函文」 or 「解釋、判決」.
    kind: String,
    document: String,
}

/// What `reading.html` shows.
#[derive(Debug, Serialize)]
struct ReadingView {
    row: QuestionRow,
    question: String,
    note: Option<String>,
    duties: Vec<Link>,
    options: Vec<OptionView>,
}

#[derive(Debug, Serialize)]
struct OptionView {
    says: String,
    is_chosen: bool,
    /// In a sentence: what it would decide, if it is not chosen.
    effect: Option<String>,
    rows: Vec<TurnRow>,
    /// How many more there are than rows.
    more: usize,
}

/// Something that stands otherwise.
#[derive(Debug, Serialize)]
struct TurnRow {
    /// To its page, where it has one.
    link: Option<Link>,
    id: String,
    title: String,
    scope: String,
    before: StateView,
    after: StateView,
}

/// A state in words; without a code it does not exist.
#[derive(Debug, Serialize)]
struct StateView {
    status: Option<StatusView>,
    label: String,
}

/// What `draft.html` shows.
#[derive(Debug, Serialize)]
struct DraftView {
    regulation: Link,
    name: String,
    from: DateView,
    to: DateView,
    as_of: DateView,
    effect: String,
    rows: Vec<TurnRow>,
    more: usize,
    gained: Vec<String>,
    lost: Vec<String>,
    work: Vec<WorkRow>,
}

#[derive(Debug, Serialize)]
struct WorkRow {
    place: String,
    occurrences: String,
    records: String,
    persons: String,
    papers: String,
}

/// Makes the list of questions.
pub fn list(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Readings);
    let rows = site.proofs.variants.readings.weighed.iter().map(|one| row(&here, one));
    let drafts = (0..).zip(&site.proofs.variants.drafts);
    let view = ReadingsView {
        rows: rows.collect(),
        drafts: drafts.map(|(at, one)| here.link(Route::Draft(at), title(&here, one))).collect(),
        data: Link {
            href: here.file_href("data/readings.json"),
            text: "data/readings.json".to_owned(),
        },
    };
    let above = vec![here.link(Route::Regulations, site.words.get("menu.regulations"))];
    let frame = Frame::new(site, Route::Readings, site.words.get("readings.title"), above);
    View::new("readings.html", frame, view)
}

/// Makes the page of a question.
pub fn view(site: &Site, at: usize) -> View {
    let here = PageCtx::new(site, Route::Reading(at));
    let weighed = &site.proofs.variants.readings.weighed[at];
    let question = weighed.question(&site.model);
    let options = question.options.iter().zip(&weighed.effects).enumerate();
    let options = options.map(|(place, (option, effect))| {
        let (effect, rows, more) = match effect {
            Effect::Chosen => (None, Vec::new(), 0),
            Effect::NotComputed => {
                (Some(site.words.get("readings.not_computed").to_owned()), Vec::new(), 0)
            }
            Effect::Turns(turns) => {
                let (rows, more) = rows(&here, turns);
                (Some(sentence(&here, turns)), rows, more)
            }
        };
        OptionView {
            says: option.says.clone(),
            is_chosen: place == question.chosen,
            effect,
            rows,
            more,
        }
    });
    let view = ReadingView {
        row: row(&here, weighed),
        question: question.question.clone(),
        note: question.note.clone(),
        duties: question.duties.iter().map(|id| here.obligation(*id)).collect(),
        options: options.collect(),
    };
    let above = vec![
        here.link(Route::Regulations, site.words.get("menu.regulations")),
        here.link(Route::Readings, site.words.get("readings.title")),
    ];
    let frame = Frame::new(site, Route::Reading(at), &question.question, above);
    View::new("reading.html", frame, view)
}

/// Makes the page of a draft.
pub fn draft(site: &Site, at: usize) -> View {
    let here = PageCtx::new(site, Route::Draft(at));
    let draft = &site.proofs.variants.drafts[at];
    let (rows, more) = rows(&here, &draft.found.turns);
    let signed = |count: i64| if count == 0 { "0".to_owned() } else { format!("{count:+}") };
    let work = |(place, work): (&String, &Work)| WorkRow {
        place: place.clone(),
        occurrences: signed(work.occurrences),
        records: signed(work.records),
        persons: signed(work.persons),
        papers: signed(work.papers),
    };
    let view = DraftView {
        regulation: here.regulation(draft.regulation),
        name: draft.name.clone(),
        from: DateView::new(draft.from),
        to: DateView::new(draft.to),
        as_of: DateView::new(site.assessment.as_of),
        effect: sentence(&here, &draft.found.turns),
        rows,
        more,
        gained: draft.found.gained.clone(),
        lost: draft.found.lost.clone(),
        work: draft.found.work.iter().map(work).collect(),
    };
    let above = vec![
        here.link(Route::Regulations, site.words.get("menu.regulations")),
        here.link(Route::Readings, site.words.get("readings.title")),
    ];
    let frame = Frame::new(site, Route::Draft(at), &title(&here, draft), above);
    View::new("draft.html", frame, view)
}

fn title(here: &PageCtx, draft: &Drafted) -> String {
    let regulation = &here.site.model.regulations[draft.regulation];
    here.site
        .words
        .say("readings.draft_title", &[("regulation", &regulation.short), ("draft", &draft.name)])
}

fn row(here: &PageCtx, weighed: &Weighed) -> QuestionRow {
    let (site, words) = (here.site, &here.site.words);
    let question = weighed.question(&site.model);
    let at =
        site.proofs.variants.readings.weighed.iter().position(|one| std::ptr::eq(one, weighed));
    let link = here.link(Route::Reading(at.unwrap_or_default()), &question.question);
    QuestionRow {
        link,
        regulation: here.regulation(question.regulation),
        clause: here.clause(question.regulation, &question.clause.value),
        words: question.words.value.clone(),
        chosen: question.choice().says.clone(),
        by: question.by.as_ref().map(|by| DecisionView {
            post: by.post.clone(),
            on: DateView::new(by.on),
            kind: words.get(&format!("readings.ground.{}", by.ground.as_str())).to_owned(),
            document: by.ground.document().to_owned(),
        }),
        review_by: question.review_by.map(DateView::new),
        is_due: question.is_due(site.assessment.as_of),
        decides: weighed.decides(),
    }
}

/// What stands otherwise, in a sentence: 「3 件由已完成變逾期」.
fn sentence(here: &PageCtx, turns: &[Difference]) -> String {
    let words = &here.site.words;
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for turn in turns {
        *counts.entry(turn.codes()).or_default() += 1;
    }
    if counts.is_empty() {
        return words.get("readings.decides_nothing").to_owned();
    }
    let part = |((before, after), count): (&(&str, &str), &usize)| {
        let count = count.to_string();
        let (before, after) = (label(here, before), label(here, after));
        words.say("readings.turn", &[("count", &count), ("before", &before), ("after", &after)])
    };
    let parts: Vec<String> = counts.iter().map(part).collect();
    words.say("readings.turns", &[("turns", &parts.join(words.get("list.join")))])
}

/// The word of a status, of a verdict on a check, or of what does not exist.
fn label(here: &PageCtx, code: &str) -> String {
    match (Status::from_code(code), code) {
        (Some(status), _) => here.status(status).label,
        (None, "") => here.site.words.get("readings.absent").to_owned(),
        (None, code) => here.word("verdict", code),
    }
}

fn rows(here: &PageCtx, turns: &[Difference]) -> (Vec<TurnRow>, usize) {
    let site = here.site;
    let ids: BTreeMap<String, OccurrenceId> = match turns.is_empty() {
        true => BTreeMap::new(),
        false => site
            .assessment
            .iter()
            .map(|(at, _)| (id::occurrence(&site.model, &site.assessment, at), at))
            .collect(),
    };
    let row = |turn: &Difference| {
        let state = turn.any();
        let (before, after) = turn.codes();
        let view = |code: &str| StateView {
            status: Status::from_code(code).map(|status| here.status(status)),
            label: label(here, code),
        };
        let link = ids.get(&turn.id).map(|at| here.link(Route::Occurrence(*at), &state.title));
        TurnRow {
            link,
            id: turn.id.clone(),
            title: state.title.clone(),
            scope: state.scope.clone(),
            before: view(before),
            after: view(after),
        }
    };
    (turns.iter().take(SHOWN).map(row).collect(), turns.len().saturating_sub(SHOWN))
}

/// The questions that a duty hangs on.
pub fn of_duty(here: &PageCtx, id: Id<Obligation>) -> Vec<Link> {
    links(here, |question| question.duties.contains(&id))
}

/// The questions of a regulation.
pub fn of_regulation(here: &PageCtx, id: Id<Regulation>) -> Vec<Link> {
    links(here, |question| question.regulation == id)
}

fn links(here: &PageCtx, of: impl Fn(&Question) -> bool) -> Vec<Link> {
    let weighed = (0..).zip(&here.site.proofs.variants.readings.weighed);
    weighed
        .map(|(at, one)| (at, one.question(&here.site.model)))
        .filter(|(_, question)| of(question))
        .map(|(at, question)| here.link(Route::Reading(at), &question.question))
        .collect()
}
