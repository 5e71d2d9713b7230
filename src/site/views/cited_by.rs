//! Who cites a clause: the other regulations of the site whose shown text sends to an article.

use std::collections::HashMap;

use super::parts::{Link, PageCtx};
use crate::law::ClauseNumber;
use crate::model::regulation::law_place;
use crate::model::{Id, Regulation, Target, citations};

/// The clauses of other regulations that send to each article of this one, in the order of the
/// regulations and their texts.
pub fn cited_by(here: &PageCtx, id: Id<Regulation>) -> HashMap<ClauseNumber, Vec<Link>> {
    let model = &here.site.model;
    let own = &model.regulations[id];
    let mut found: HashMap<ClauseNumber, Vec<Link>> = HashMap::new();
    for (other, regulation) in model.regulations.iter().filter(|(other, _)| *other != id) {
        let cites = regulation.cites.iter();
        let named: Vec<usize> =
            cites.enumerate().filter(|(_, law)| law.is(own)).map(|(at, _)| at).collect();
        if named.is_empty() {
            continue;
        }
        let shown = regulation.shown(here.site.assessment.as_of);
        for citation in citations(regulation, shown) {
            let Target::Law(place, Some(clause)) = &citation.target else { continue };
            let Some(number) =
                law_place::article(clause).parse().ok().filter(|_| named.contains(place))
            else {
                continue;
            };
            let link = here.clause(other, &citation.clause);
            let links: &mut Vec<Link> = found.entry(number).or_default();
            if links.iter().all(|known| known.href != link.href) {
                links.push(Link { text: format!("{}{}", regulation.short, link.text), ..link });
            }
        }
    }
    found
}
