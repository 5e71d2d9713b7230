//! What a regulation's text points at: its attachments with their files, the laws it names, and how
//! words are read that name no place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::{Link, PageCtx};
use crate::law::{AttachmentLabel, ClauseNumber, attachments_in};
use crate::model::regulation::citation::Meaning;
use crate::model::regulation::law_place::CitedLaw;
use crate::model::{Citation, EvidenceForm, Id, Regulation, Target, Version, citations};
use crate::site::route::Route;

/// Everything the text of a regulation points at.
#[derive(Debug, Serialize)]
pub struct References {
    pub attachments: Vec<AttachmentRow>,
    pub laws: Vec<LawRow>,
    pub readings: Vec<ReadingRow>,
    /// References that lead nowhere.
    pub open: Vec<OpenRow>,
    pub counts: ReferenceCounts,
}

/// An attachment that is listed or that the text sends to.
#[derive(Debug, Serialize)]
pub struct AttachmentRow {
    pub anchor: String,
    pub label: String,
    pub title: Option<String>,
    pub note: Option<String>,
    /// With its format and size in the words.
    pub file: Option<Link>,
    /// The clauses that send to it.
    pub clauses: Vec<Link>,
    /// The duties that ask for it as evidence.
    pub duties: Vec<Link>,
    /// How many pieces of evidence are on it.
    pub evidence: usize,
}

/// A law the text names.
#[derive(Debug, Serialize)]
pub struct LawRow {
    pub name: String,
    pub href: Option<String>,
    /// The site holds it: the address is one of its own pages.
    pub is_held: bool,
    pub note: Option<String>,
    pub clauses: Vec<Link>,
}

/// Words that are read as something else than they say.
#[derive(Debug, Serialize)]
pub struct ReadingRow {
    pub clause: Link,
    pub words: String,
    /// `href` is empty for a law.
    pub means: Link,
    pub note: Option<String>,
}

/// Words that lead nowhere.
#[derive(Debug, Serialize)]
pub struct OpenRow {
    pub clause: Link,
    pub words: String,
    pub why: String,
}

/// How many references the shown text has, by where they lead.
#[derive(Debug, Default, Serialize)]
pub struct ReferenceCounts {
    pub total: usize,
    /// To clauses of the text, readings included.
    pub own: usize,
    pub attachments: usize,
    /// To attachments without a file.
    pub not_provided: usize,
    /// To laws that can be reached by a link.
    pub laws: usize,
    /// To laws without an address.
    pub laws_listed: usize,
    /// Of all, those that are read as `readings` say.
    pub readings: usize,
    pub open: usize,
}

/// What the version that the regulation's page shows points at; attachments that only others send to
/// are listed too, for their links lead there.
pub fn references(here: &PageCtx, id: Id<Regulation>) -> References {
    let regulation = &here.site.model.regulations[id];
    let shown = regulation.shown(here.site.assessment.as_of);
    let found = citations(regulation, shown);
    References {
        attachments: attachments(here, id, shown, &found),
        laws: laws(here, id, &found),
        readings: readings(here, id, &found),
        open: found.iter().filter_map(|citation| open(here, id, citation)).collect(),
        counts: counts(here, regulation, &found),
    }
}

fn counts(here: &PageCtx, regulation: &Regulation, found: &[Citation]) -> ReferenceCounts {
    let mut counts = ReferenceCounts { total: found.len(), ..ReferenceCounts::default() };
    for citation in found {
        counts.readings += usize::from(citation.reading.is_some());
        match &citation.target {
            Target::Clause(_) | Target::Paragraph(..) => counts.own += 1,
            Target::Attachment(label) => {
                counts.attachments += 1;
                let file = regulation.attachment(*label).and_then(|known| known.file.as_ref());
                counts.not_provided += usize::from(file.is_none());
            }
            Target::Law(place, article) => {
                let law = &regulation.cites[*place];
                let inside = held(here, law, article.as_deref());
                match inside.or_else(|| law.address(article.as_deref())) {
                    Some(_) => counts.laws += 1,
                    None => counts.laws_listed += 1,
                }
            }
            Target::Nowhere | Target::Unlisted => counts.open += 1,
        }
    }
    counts
}

fn attachments(
    here: &PageCtx,
    id: Id<Regulation>,
    shown: &Version,
    found: &[Citation],
) -> Vec<AttachmentRow> {
    let regulation = &here.site.model.regulations[id];
    let mut labels: BTreeMap<AttachmentLabel, Vec<Link>> = BTreeMap::new();
    for attachment in &regulation.attachments {
        labels.entry(attachment.label).or_default();
    }
    for citation in found {
        if let Target::Attachment(label) = citation.target {
            push(labels.entry(label).or_default(), here.clause(id, &citation.clause));
        }
    }
    let others = regulation.versions.iter().rev().filter(|other| other.slug != shown.slug);
    for version in others {
        for citation in citations(regulation, version) {
            if let Target::Attachment(label) = citation.target {
                labels
                    .entry(label)
                    .or_insert_with(|| vec![here.clause_in(id, version, &citation.clause)]);
            }
        }
    }
    labels.into_iter().map(|(label, clauses)| attachment(here, id, label, clauses)).collect()
}

fn attachment(
    here: &PageCtx,
    id: Id<Regulation>,
    label: AttachmentLabel,
    clauses: Vec<Link>,
) -> AttachmentRow {
    let model = &here.site.model;
    let regulation = &model.regulations[id];
    let listed = regulation.attachment(label);
    let file = listed.and_then(|attachment| {
        let file = attachment.file.as_ref()?;
        let text = here.site.words.say(
            "references.file",
            &[
                ("label", &label),
                ("title", &attachment.title),
                ("format", &file.format()),
                ("size", &file.size.div_ceil(1024)),
            ],
        );
        let path = format!("regulations/{}/{}", regulation.slug, file.path);
        Some(Link { href: here.file_href(&path), text })
    });
    let is_on =
        |form: &Id<EvidenceForm>| attachments_in(&model.forms[*form].words).contains(&label);
    let asking = regulation.obligations.iter().filter_map(|duty| {
        let forms: Vec<Id<EvidenceForm>> = model.obligations[*duty]
            .duty
            .demand()?
            .evidence
            .iter()
            .copied()
            .filter(is_on)
            .collect();
        (!forms.is_empty()).then_some((*duty, forms))
    });
    let asking: Vec<_> = asking.collect();
    let forms: Vec<Id<EvidenceForm>> = asking.iter().flat_map(|(_, forms)| forms.clone()).collect();
    let evidence = model
        .evidence
        .iter()
        .filter(|(_, evidence)| evidence.form.is_some_and(|own| model.forms.is_among(own, &forms)));
    AttachmentRow {
        anchor: label.anchor(),
        label: label.to_string(),
        title: listed.map(|attachment| attachment.title.clone()),
        note: listed.and_then(|attachment| attachment.note.clone()),
        file,
        clauses,
        duties: asking.iter().map(|(duty, _)| here.obligation(*duty)).collect(),
        evidence: evidence.count(),
    }
}

fn laws(here: &PageCtx, id: Id<Regulation>, found: &[Citation]) -> Vec<LawRow> {
    let regulation = &here.site.model.regulations[id];
    let row = |(at, law): (usize, &CitedLaw)| {
        let mut clauses = Vec::new();
        for citation in found {
            if matches!(citation.target, Target::Law(place, _) if place == at) {
                push(&mut clauses, here.clause(id, &citation.clause));
            }
        }
        // One that the site holds leads there, as in the text.
        let (href, is_held) = match held(here, law, None) {
            Some(inside) => (Some(inside), true),
            None => (law.url.clone(), false),
        };
        LawRow { name: law.name.clone(), href, is_held, note: law.note.clone(), clauses }
    };
    let cited =
        |(_, law): &(usize, &CitedLaw), row: &LawRow| !law.is_implied || !row.clauses.is_empty();
    let rows = regulation.cites.iter().enumerate().map(|law| (law, row(law)));
    rows.filter(|(law, row)| cited(law, row)).map(|(_, row)| row).collect()
}

fn readings(here: &PageCtx, id: Id<Regulation>, found: &[Citation]) -> Vec<ReadingRow> {
    let regulation = &here.site.model.regulations[id];
    let row = |citation: &Citation| {
        let reading = &regulation.readings[citation.reading?];
        Some(ReadingRow {
            clause: here.clause(id, &citation.clause),
            words: citation.words.clone(),
            means: match &reading.meaning {
                Meaning::Clause(number) => here.clause(id, number),
                Meaning::Law(at) => {
                    Link { href: String::new(), text: regulation.cites[*at].name.clone() }
                }
            },
            note: reading.note.clone(),
        })
    };
    found.iter().filter_map(row).collect()
}

fn open(here: &PageCtx, id: Id<Regulation>, citation: &Citation) -> Option<OpenRow> {
    let why = match citation.target {
        Target::Nowhere => "nowhere",
        Target::Unlisted => "unlisted",
        _ => return None,
    };
    Some(OpenRow {
        clause: here.clause(id, &citation.clause),
        words: citation.words.clone(),
        why: here.word("reference_fault", why),
    })
}

/// Adds a link that is not there yet.
fn push(links: &mut Vec<Link>, link: Link) {
    if links.iter().all(|known| known.href != link.href) {
        links.push(link);
    }
}

/// The address of an attachment: its row on the page of its regulation.
pub fn attachment_href(here: &PageCtx, id: Id<Regulation>, label: AttachmentLabel) -> String {
    let route = Route::Regulation(id);
    let page = if here.from == here.site.path(route) { String::new() } else { here.href(route) };
    format!("{page}#{}", label.anchor())
}

/// The place of a clause on the page of a law that the site holds itself: of the innermost that the
/// law has, so that a 款 it no longer has leads to its article.
pub fn held(here: &PageCtx, law: &CitedLaw, clause: Option<&str>) -> Option<String> {
    let mut held = here.site.model.regulations.iter();
    let (id, regulation) = held.find(|(_, regulation)| law.is(regulation))?;
    let number: Option<ClauseNumber> = clause.and_then(|clause| clause.parse().ok());
    let page = here.href(Route::Regulation(id));
    let mut inwards = std::iter::successors(number, ClauseNumber::parent);
    let there = inwards.find(|number| regulation.knows_clause(number));
    Some(there.map_or_else(|| page.clone(), |number| format!("{page}#{}", number.anchor())))
}
