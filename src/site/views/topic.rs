//! One topic: the duties of all regulations on it side by side, and which asks the most in what;
//! and the list of topics.

use serde::Serialize;

use super::parts::{Link, PageCtx};
use super::{Frame, View};
use crate::model::strictness::{Aspect, Measure, Ranking, keeps, measure, rank};
use crate::model::{Duty, Id, Obligation, Topic};
use crate::site::Site;
use crate::site::route::Route;
use crate::text::counter;
use crate::text::interval;
use crate::text::keeping;
use crate::text::number::Grouped;
use crate::text::sentence;

/// Populations at which samples are compared.
const RECORDS: [u64; 3] = [100, 1_000, 10_000];
const USERS: [u64; 3] = [10, 100, 1_000];

/// What `topic.html` shows.
#[derive(Debug, Serialize)]
struct TopicView {
    note: Option<String>,
    duties: Vec<DutyHead>,
    /// What came of comparing, one aspect each.
    verdicts: Vec<VerdictView>,
    rows: Vec<Row>,
}

/// The head of a column.
#[derive(Debug, Serialize)]
struct DutyHead {
    regulation: Link,
    obligation: Link,
    clauses: Vec<Link>,
}

/// Which duty asks the most in an aspect.
#[derive(Debug, Serialize)]
struct VerdictView {
    label: String,
    text: String,
    /// How it is compared.
    how: String,
}

/// One aspect of all duties.
#[derive(Debug, Serialize)]
struct Row {
    label: String,
    cells: Vec<Cell>,
}

/// What one duty says of it.
#[derive(Debug, Default, Serialize)]
struct Cell {
    texts: Vec<Text>,
    /// In short.
    value: String,
    strictest: bool,
}

/// A text, and where it leads.
#[derive(Debug, Serialize)]
struct Text {
    text: String,
    href: Option<String>,
    site_default: bool,
}

/// What `compare.html` shows.
#[derive(Debug, Serialize)]
struct CompareView {
    regulations: Vec<Link>,
    rows: Vec<TopicRow>,
}

/// A topic in the list.
#[derive(Debug, Serialize)]
struct TopicRow {
    link: Link,
    /// Duties of each regulation.
    counts: Vec<usize>,
    total: usize,
    /// Which regulation asks the most in what.
    strictest: Vec<Strictest>,
}

/// The regulations that ask the most in an aspect, in short.
#[derive(Debug, Serialize)]
struct Strictest {
    label: String,
    regulations: Vec<String>,
    value: String,
}

/// The topics in the order of lists.
pub fn topics(site: &Site) -> Vec<Id<Topic>> {
    let mut ids: Vec<Id<Topic>> = site.model.topics.ids().collect();
    ids.sort_by_key(|id| (site.model.topics[*id].order, *id));
    ids
}

/// The duties on a topic, by regulation.
fn duties(site: &Site, topic: Id<Topic>) -> Vec<Id<Obligation>> {
    let all = site.model.obligations.iter();
    all.filter(|(_, duty)| duty.topic == Some(topic)).map(|(id, _)| id).collect()
}

/// Makes the list of topics.
pub fn list(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Compare);
    let model = &site.model;
    let row = |id: Id<Topic>| {
        let duties = duties(site, id);
        let of = |regulation| {
            duties.iter().filter(|duty| model.obligations[**duty].regulation == regulation).count()
        };
        TopicRow {
            link: here.link(Route::Topic(id), &model.topics[id].title),
            counts: model.regulations.ids().map(of).collect(),
            total: duties.len(),
            strictest: compared(&here, &duties)
                .into_iter()
                .filter_map(|one| one.strictest)
                .collect(),
        }
    };
    let view = CompareView {
        regulations: model.regulations.ids().map(|id| here.regulation(id)).collect(),
        rows: topics(site).into_iter().map(row).collect(),
    };
    let title = here.word("compare", "title");
    View::new("compare.html", Frame::new(site, Route::Compare, &title, Vec::new()), view)
}

/// Makes the page of a topic.
pub fn view(site: &Site, id: Id<Topic>) -> View {
    let route = Route::Topic(id);
    let here = PageCtx::new(site, route);
    let model = &site.model;
    let duties = duties(site, id);
    let head = |id: &Id<Obligation>| {
        let obligation = &model.obligations[*id];
        let clauses = obligation.clauses.iter();
        DutyHead {
            regulation: here.regulation(obligation.regulation),
            obligation: here.obligation(*id),
            clauses: clauses.map(|c| here.clause_of(obligation, &c.value)).collect(),
        }
    };
    let mut rows = vec![
        row(&here, "kind", &duties, |id| {
            vec![word(&here, "duty", model.obligations[id].duty.as_str())]
        }),
        row(&here, "summary", &duties, |id| texts(model.obligations[id].summary.as_slice())),
        row(&here, "scope", &duties, |id| {
            vec![word(&here, "scope", model.obligations[id].scope.as_str())]
        }),
    ];
    let mut verdicts = Vec::new();
    for compared in compared(&here, &duties) {
        rows.push(compared.row);
        verdicts.extend(compared.verdict);
    }
    rows.extend([
        row(&here, "by", &duties, |id| {
            let roles = here.acting(id).into_iter();
            roles.map(|role| Text { href: role.href, ..Text::new(&role.text) }).collect()
        }),
        row(&here, "joint", &duties, |id| {
            demanded(&here, id, |demand| here.site.model.party_words(&demand.joint))
        }),
        row(&here, "approval", &duties, |id| approval(&here, id)),
        row(&here, "notify", &duties, |id| {
            demanded(&here, id, |demand| {
                demand.to.iter().chain(&demand.notify).map(|party| here.party(*party)).collect()
            })
        }),
        row(&here, "evidence", &duties, |id| {
            demanded(&here, id, |demand| here.site.model.forms.words(&demand.evidence))
        }),
        row(&here, "manner", &duties, |id| {
            let asked = |demand: &crate::model::Demand| demand.unannounced;
            let is = model.obligations[id].duty.demand().is_some_and(asked);
            is.then(|| Text::new(site.words.get("rule.unannounced"))).into_iter().collect()
        }),
        row(&here, "note", &duties, |id| texts(model.obligations[id].note.as_slice())),
    ]);
    rows.retain(|row| row.cells.iter().any(|cell| !cell.texts.is_empty()));
    let topic = &model.topics[id];
    let view = TopicView {
        note: topic.note.clone(),
        duties: duties.iter().map(head).collect(),
        verdicts,
        rows,
    };
    let above = vec![here.link(Route::Compare, here.word("compare", "title"))];
    let title = site.words.say("compare.page", &[("topic", &topic.title)]);
    View::new("topic.html", Frame::new(site, route, &title, above), view)
}

/// An aspect of the duties and what came of comparing it.
struct Compared {
    row: Row,
    /// `None` if at most one duty says anything of it.
    verdict: Option<VerdictView>,
    /// `None` if none of them asks more than another, or it cannot be told.
    strictest: Option<Strictest>,
}

/// Every aspect that can be compared, with the strictest marked.
fn compared(here: &PageCtx, duties: &[Id<Obligation>]) -> Vec<Compared> {
    let mut all = vec![(Aspect::Frequency, "frequency"), (Aspect::Deadline, "deadline")];
    all.extend(RECORDS.map(|population| (Aspect::Records(population), "records")));
    all.extend(USERS.map(|population| (Aspect::Users(population), "users")));
    all.extend([(Aspect::Hours, "hours"), (Aspect::Keep, "keep")]);
    let mut found = Vec::new();
    for (aspect, key) in all {
        let label = match aspect {
            Aspect::Records(n) | Aspect::Users(n) => {
                here.site.words.say(&format!("compare_row.{key}"), &[("population", &Grouped(n))])
            }
            _ => here.word("compare_row", key),
        };
        let mut row = Row { label: label.clone(), cells: Vec::new() };
        let measures: Vec<Option<Measure>> =
            duties.iter().map(|id| measure(&here.site.model, *id, aspect)).collect();
        for (id, measure) in duties.iter().zip(&measures) {
            let texts = said(here, *id, aspect);
            let value = match measure {
                Some(Measure::Sample(_, required)) => {
                    let unit =
                        if matches!(aspect, Aspect::Records(_)) { "records" } else { "users" };
                    here.amount(Some(*required), *id, unit).unwrap_or_default()
                }
                _ => texts.first().map_or(String::new(), |text| text.text.clone()),
            };
            row.cells.push(Cell { texts, value, strictest: false });
        }
        let ranking = rank(&measures);
        let mut strictest = None;
        if let Ranking::Strictest(places) = &ranking {
            places.iter().for_each(|place| row.cells[*place].strictest = true);
            let of = |place: &usize| here.site.model.obligations[duties[*place]].regulation;
            let mut regulations: Vec<String> = places
                .iter()
                .map(|place| here.site.model.regulations[of(place)].short.clone())
                .collect();
            regulations.dedup();
            let value = row.cells[places[0]].value.clone();
            strictest = Some(Strictest { label: label.clone(), regulations, value });
        }
        if row.cells.iter().all(|cell| cell.texts.is_empty()) {
            continue;
        }
        let text = verdict(here, duties, &row, &ranking);
        let how = here.word("compare_how", key);
        let verdict = text.map(|text| VerdictView { label, text, how });
        found.push(Compared { row, verdict, strictest });
    }
    found
}

/// What came of comparing, as a sentence; `None` where there is nothing to compare.
fn verdict(
    here: &PageCtx,
    duties: &[Id<Obligation>],
    row: &Row,
    ranking: &Ranking,
) -> Option<String> {
    let words = &here.site.words;
    let model = &here.site.model;
    let value = |place: usize| row.cells[place].texts.first().map_or("", |text| &text.text);
    let name = |place: &usize| {
        let obligation = &model.obligations[duties[*place]];
        let regulation = model.regulations[obligation.regulation].short.as_str();
        words.say(
            "compare_verdict.duty",
            &[("regulation", &regulation), ("duty", &obligation.title), ("value", &value(*place))],
        )
    };
    Some(match ranking {
        Ranking::Unsaid | Ranking::Single(_) => return None,
        Ranking::Same => {
            let first = row.cells.iter().position(|cell| !cell.texts.is_empty())?;
            words.say("compare_verdict.same", &[("value", &value(first))])
        }
        Ranking::Strictest(places) => {
            let names: Vec<String> = places.iter().map(name).collect();
            let names = names.join(words.get("list.join"));
            words.say("compare_verdict.strictest", &[("duties", &names)])
        }
        Ranking::Incomparable => words.get("compare_verdict.incomparable").to_owned(),
    })
}

/// What a duty says of an aspect, in words.
fn said(here: &PageCtx, id: Id<Obligation>, aspect: Aspect) -> Vec<Text> {
    let (model, words) = (&here.site.model, &here.site.words);
    let duty = &model.obligations[id].duty;
    match (aspect, duty) {
        (Aspect::Frequency, Duty::Periodic(rule)) => {
            vec![Text::new(&sentence::every(words, rule))]
        }
        (Aspect::Frequency, Duty::Interval(rule)) => {
            vec![Text::new(&interval::gap(words, rule))]
        }
        (Aspect::Deadline, Duty::Periodic(rule)) => {
            let due = |due: &crate::model::DueRule| Text {
                site_default: due.site_default,
                ..Text::new(&sentence::due(words, due))
            };
            rule.due.iter().map(due).collect()
        }
        (Aspect::Deadline, Duty::Event(rule)) => vec![Text {
            site_default: rule.site_default,
            ..Text::new(&words.say(
                "compare_row.event",
                &[
                    ("event", &here.event_kind(rule.event)),
                    ("deadline", &sentence::deadline(words, rule.deadline)),
                ],
            ))
        }],
        (Aspect::Records(population) | Aspect::Users(population), _) => {
            let sample = duty.demand().map(|demand| &demand.sample);
            let (draw, unit) = match aspect {
                Aspect::Records(_) => (sample.and_then(|it| it.records.as_ref()), "records"),
                _ => (sample.and_then(|it| it.users.as_ref()), "users"),
            };
            let Some(draw) = draw else { return Vec::new() };
            let unit = counter::of_rule(words, Some(draw), unit);
            let size = draw.tiers.size(population);
            let formula = sentence::formula(&size);
            let of = sentence::population(words, draw.of);
            let mut lines = vec![Text::new(&words.say(
                "compare_row.sample",
                &[("required", &size.required), ("unit", &unit), ("formula", &formula)],
            ))];
            lines.push(Text::new(&words.say("compare_row.of", &[("population", &of)])));
            lines
        }
        (Aspect::Hours, Duty::Periodic(rule)) => {
            let hours = rule.demand.hours.iter();
            hours.map(|n| Text::new(&words.say("rule.hours-each", &[("hours", n)]))).collect()
        }
        (Aspect::Keep, _) => {
            let (rule_id, rule) = match duty {
                Duty::Retention(rule) => (id, rule),
                _ => match keeps(model, id) {
                    Some(found) => found,
                    None => return Vec::new(),
                },
            };
            let what = here.word("keep_what", rule.what.as_str());
            let text = keeping::rule(words, rule);
            let href = (rule_id != id).then(|| here.href(Route::Obligation(rule_id)));
            vec![Text { href, ..Text::new(&text) }, Text::new(&what)]
        }
        _ => Vec::new(),
    }
}

fn row(
    here: &PageCtx,
    key: &str,
    duties: &[Id<Obligation>],
    say: impl Fn(Id<Obligation>) -> Vec<Text>,
) -> Row {
    let cell = |id: &Id<Obligation>| Cell { texts: say(*id), ..Cell::default() };
    Row { label: here.word("compare_row", key), cells: duties.iter().map(cell).collect() }
}

fn word(here: &PageCtx, section: &str, code: &str) -> Text {
    Text::new(&here.word(section, code))
}

fn texts(texts: &[String]) -> Vec<Text> {
    texts.iter().map(|text| Text::new(text)).collect()
}

fn demanded(
    here: &PageCtx,
    id: Id<Obligation>,
    pick: impl Fn(&crate::model::Demand) -> Vec<String>,
) -> Vec<Text> {
    let demand = here.site.model.obligations[id].duty.demand();
    demand.map_or_else(Vec::new, |demand| texts(&pick(demand)))
}

fn approval(here: &PageCtx, id: Id<Obligation>) -> Vec<Text> {
    let approval = match &here.site.model.obligations[id].duty {
        Duty::Retention(rule) => rule.approval,
        duty => duty.demand().and_then(|demand| demand.approval),
    };
    approval.into_iter().map(|party| Text::new(&here.party(party))).collect()
}

impl Text {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), href: None, site_default: false }
    }
}
