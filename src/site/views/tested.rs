//! What the tests exercise of the rules: a page for all regulations, a strip beside each clause of a
//! text, and a line on the page of a duty.

use serde::Serialize;

use super::parts::{Link, PageCtx, named as word_of};
use super::{Frame, View};
use crate::facts::coverage::Judgeable;
use crate::model::{Duty, Id, Obligation, Regulation};
use crate::proof::coverage::element::{Asked, Element, Ground, Way};
use crate::proof::coverage::{Exercised, Share, about, key, operand, roles_of};
use crate::site::Site;
use crate::site::route::Route;
use crate::text::condition::{field_name, test_in_one};
use crate::text::number::date;

/// What `tests.html` shows.
#[derive(Debug, Serialize)]
struct TestsView {
    regulations: Vec<RegulationRow>,
    all: StripView,
    /// The same as data.
    data: Link,
}

#[derive(Debug, Serialize)]
struct RegulationRow {
    /// The fragment of its table.
    anchor: String,
    link: Link,
    strip: StripView,
    duties: Vec<DutyRow>,
}

#[derive(Debug, Serialize)]
struct DutyRow {
    /// The fragment of the row.
    anchor: String,
    link: Link,
    clause: Link,
    kind: String,
    /// It is judged by records; else it is advice.
    judged: bool,
    tests: usize,
    strip: StripView,
    /// What no test exercises.
    missing: Vec<String>,
}

/// How much is exercised, as a thin strip with its figures in words.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StripView {
    pub covered: usize,
    pub total: usize,
    /// Whole percent, rounded down.
    pub percent: u64,
    /// `all`, `most` from nine of ten on, `some`, or `none`.
    pub level: &'static str,
}

/// How much of a duty is exercised, with the place where all is listed.
#[derive(Clone, Debug, Serialize)]
pub struct TestedView {
    pub tests: usize,
    pub strip: StripView,
    pub href: String,
}

impl StripView {
    fn new(share: Share) -> Self {
        let Share { covered, total } = share;
        let level = match covered {
            0 => "none",
            _ if covered == total => "all",
            _ if share.is_at_least(90) => "most",
            _ => "some",
        };
        Self { covered, total, percent: share.percent(), level }
    }
}

/// How much of a duty is exercised; `None` of one that nothing can be tested of.
pub fn tested(here: &PageCtx, id: Id<Obligation>) -> Option<TestedView> {
    let one = here.site.proofs.coverage.duties.get(&id)?;
    let page = here.href(Route::Tests);
    Some(TestedView {
        tests: one.tests,
        strip: StripView::new(one.share()),
        href: format!("{page}#{}", anchor(here, id)),
    })
}

/// How much is exercised of several duties; `None` where none can be tested.
pub fn strip(here: &PageCtx, duties: &[Id<Obligation>]) -> Option<StripView> {
    let shares: Vec<Share> = duties
        .iter()
        .filter_map(|id| here.site.proofs.coverage.duties.get(id))
        .map(Exercised::share)
        .collect();
    let all = shares.iter().fold(Share::default(), |sum, one| sum.and(*one));
    (all.total > 0).then(|| StripView::new(all))
}

/// Makes the page.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Tests);
    let regulations = site.model.regulations.ids().map(|id| regulation(&here, id));
    let data = "data/tests.json";
    let view = TestsView {
        regulations: regulations.collect(),
        all: StripView::new(site.proofs.coverage.share(|_| true)),
        data: Link { href: here.file_href(data), text: data.to_owned() },
    };
    let above = vec![here.link(Route::Regulations, site.words.get("menu.regulations"))];
    let title = site.words.get("tested.title");
    View::new("tests.html", Frame::new(site, Route::Tests, title, above), view)
}

fn regulation(here: &PageCtx, id: Id<Regulation>) -> RegulationRow {
    let model = &here.site.model;
    let regulation = &model.regulations[id];
    let own = |duty: Id<Obligation>| model.obligations[duty].regulation == id;
    let all = here.site.proofs.coverage.duties.iter().filter(|(duty, _)| own(**duty));
    RegulationRow {
        anchor: regulation.slug.clone(),
        link: here.regulation(id),
        strip: StripView::new(here.site.proofs.coverage.share(own)),
        duties: all.map(|(duty, one)| row(here, *duty, one)).collect(),
    }
}

fn row(here: &PageCtx, id: Id<Obligation>, one: &Exercised) -> DutyRow {
    let obligation = &here.site.model.obligations[id];
    DutyRow {
        anchor: anchor(here, id),
        link: here.obligation(id),
        clause: here.clause_of(obligation, obligation.main_clause()),
        kind: here.word("duty", obligation.duty.as_str()),
        judged: Judgeable::of(&obligation.duty) == Judgeable::Computed,
        tests: one.tests,
        strip: StripView::new(one.share()),
        missing: one.missing().map(|element| sentence(here, id, element)).collect(),
    }
}

/// The fragment of a duty's row.
fn anchor(here: &PageCtx, id: Id<Obligation>) -> String {
    let obligation = &here.site.model.obligations[id];
    let regulation = &here.site.model.regulations[obligation.regulation].slug;
    format!("{regulation}-{}", obligation.slug)
}

/// What an element is about, in the words of pages.
fn named(here: &PageCtx, id: Id<Obligation>, element: Element) -> String {
    let (model, words) = (&here.site.model, &here.site.words);
    let duty = &model.obligations[id].duty;
    let about = about(model, id, element);
    let title =
        |other: Option<&Id<Obligation>>| other.map(|other| model.obligations[*other].title.clone());
    let said = match (element, duty) {
        (Element::Operand(..), _) => {
            operand(model, id, element).and_then(|test| test_in_one(words, model, test))
        }
        (Element::Before, _) => model.obligations[id].days.from.map(date),
        (Element::After, _) => model.obligations[id].days.until.map(date),
        (Element::Missing(Asked::Actor(_)) | Element::Against(Ground::Role(_)), _) => {
            let roles = roles_of(&model.obligations[id], element).iter();
            let roles: Vec<String> = roles.map(|role| here.role(*role).text).collect();
            Some(roles.join(words.get("list.join")))
        }
        (Element::Way(Way::Answer(_)), _) => Some(word_of(words, "answer", &about).to_owned()),
        (Element::Way(Way::Recorded(_)), _) => {
            let name = format!("{}.{about}", model.obligations[id].scope.record_kind());
            Some(field_name(words, &name).to_owned())
        }
        (Element::Way(Way::Instead(at)), Duty::Event(rule)) => title(rule.unless.get(at)),
        (Element::KeptOf(at), Duty::Retention(rule)) => title(rule.answering.get(at)),
        _ => None,
    };
    said.unwrap_or(about)
}

/// An element in words.
fn sentence(here: &PageCtx, id: Id<Obligation>, element: Element) -> String {
    let about = named(here, id, element);
    here.site.words.say(&format!("tested_element.{}", key(element)), &[("about", &about)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_of_nothing_is_not_full() {
        let level = |covered, total| StripView::new(Share { covered, total }).level;
        assert_eq!(level(0, 0), "none");
        assert_eq!(
            [level(0, 9), level(1, 9), level(9, 10), level(9, 9)],
            ["none", "some", "most", "all"]
        );
    }
}
