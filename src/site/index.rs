//! What the index lists for readers without scripts: clauses, duties, names, findings and document
//! numbers, by kind and in groups, cut into pages of a size that is pleasant to read.

mod part;

use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::route::Route;
use super::search::begin;
use crate::law::{ClauseNumber, LawClause};
use crate::model::{Id, Regulation, Scope};
use crate::time::roc_short;

/// How many rows a page of the index has.
pub const ROWS: usize = 300;
pub use part::Part;

/// One line of the index.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The heading it stands under.
    pub group: String,
    pub text: String,
    pub to: Place,
    pub note: String,
}

/// Where an entry leads.
#[derive(Clone, Debug)]
pub enum Place {
    Page(Route),
    Clause(Id<Regulation>, ClauseNumber),
}

/// The index: every part with its entries.
pub fn parts(site: &Site) -> BTreeMap<Part, Vec<Entry>> {
    Part::ALL.into_iter().map(|part| (part, entries(site, part))).collect()
}

/// The pages of the index: one for each part at least.
pub fn pages(index: &BTreeMap<Part, Vec<Entry>>) -> impl Iterator<Item = Route> {
    index.iter().flat_map(|(part, entries)| {
        let pages = entries.len().div_ceil(ROWS).max(1);
        (0..pages).map(|page| Route::IndexPart(*part, page))
    })
}

/// What a part lists, entries of a group one after another.
fn entries(site: &Site, part: Part) -> Vec<Entry> {
    match part {
        Part::Clauses => clauses(site),
        Part::Obligations => obligations(site),
        Part::Names => names(site),
        Part::Findings => findings(site),
        Part::Documents => documents(site),
    }
}

fn clauses(site: &Site) -> Vec<Entry> {
    let of_regulation = |(id, regulation): (Id<Regulation>, &Regulation)| {
        let text = &regulation.shown(site.assessment.as_of).text;
        let entry = |clause: &LawClause| Entry {
            group: regulation.short.clone(),
            text: clause.number.citation(),
            to: Place::Clause(id, clause.number.clone()),
            note: begin(&clause.own_text()),
        };
        text.all_clauses().map(entry).collect::<Vec<_>>()
    };
    site.model.regulations.iter().flat_map(of_regulation).collect()
}

fn obligations(site: &Site) -> Vec<Entry> {
    let model = &site.model;
    let entries = model.obligations.iter().map(|(id, obligation)| Entry {
        group: model.regulations[obligation.regulation].short.clone(),
        text: obligation.title.clone(),
        to: Place::Page(Route::Obligation(id)),
        note: obligation.main_clause().citation(),
    });
    entries.collect()
}

fn names(site: &Site) -> Vec<Entry> {
    let model = &site.model;
    let agency = |scope| model.agencies[model.scope_agency(scope)].name.clone();
    let mut entries = Vec::new();
    let mut add = |kind: &str, scope: Scope, note: String| {
        entries.push(Entry {
            group: site.words.get(kind).to_owned(),
            text: model.scope_name(scope).into_owned(),
            to: Place::Page(Route::of_scope(scope)),
            note,
        });
    };
    model.agencies.ids().for_each(|id| add("search_kind.agency", Scope::Agency(id), String::new()));
    for scope in model.units.ids().map(Scope::Unit) {
        add("search_kind.unit", scope, agency(scope));
    }
    for scope in model.systems.ids().map(Scope::System) {
        add("search_kind.system", scope, agency(scope));
    }
    for (id, post) in model.posts.iter() {
        let unit = post.unit.map(|unit| model.units[unit].name.clone());
        let scope = Scope::Post(id);
        add("search_kind.post", scope, unit.unwrap_or_else(|| agency(scope)));
    }
    for scope in model.contractors.ids().map(Scope::Contractor) {
        add("search_kind.contractor", scope, agency(scope));
    }
    entries
}

fn findings(site: &Site) -> Vec<Entry> {
    let model = &site.model;
    let mut entries: Vec<Entry> = model
        .findings
        .iter()
        .map(|(id, finding)| {
            let scope = model.audits[finding.audit].scope;
            Entry {
                group: model.agencies[model.scope_agency(scope)].name.clone(),
                text: finding.title.clone(),
                to: Place::Page(Route::Finding(id)),
                note: format!("{}　{}", model.scope_name(scope), roc_short(finding.found_on)),
            }
        })
        .collect();
    entries.sort_by(|a, b| a.group.cmp(&b.group));
    entries
}

/// Document numbers, by what they belong to and in their order.
fn documents(site: &Site) -> Vec<Entry> {
    let model = &site.model;
    let mut entries = Vec::new();
    let mut add = |kind: &'static str, document: Option<&str>, to: Route, note: &str| {
        entries.extend(document.map(|text| Entry {
            group: site.words.get(kind).to_owned(),
            text: text.to_owned(),
            to: Place::Page(to),
            note: note.to_owned(),
        }));
    };
    for (id, regulation) in model.regulations.iter() {
        let of_versions = regulation.versions.iter().filter_map(|it| it.document.as_deref());
        let of_history = regulation.history.iter().filter_map(|it| it.document.as_deref());
        let documents: BTreeSet<&str> = of_versions.chain(of_history).collect();
        for document in documents {
            add("search_kind.regulation", Some(document), Route::Regulation(id), &regulation.short);
        }
    }
    for (id, it) in model.submissions.iter() {
        let to = Route::Submission(id);
        add("search_kind.submission", it.document.as_deref(), to, it.slug.as_str());
    }
    for (id, it) in model.evidence.iter() {
        let to = Route::Evidence(id);
        add("search_kind.evidence", it.document.as_deref(), to, it.title.as_str());
    }
    for (id, it) in model.events.iter() {
        for answer in &it.answers {
            add("search_kind.event", answer.document.as_deref(), Route::Event(id), &it.slug);
        }
    }
    for (id, it) in model.accounts.iter() {
        let form = it.application.as_ref().and_then(|form| form.document.as_deref());
        add("search_kind.account", form, Route::Account(id), &it.slug);
    }
    entries
}
