//! The elements of a duty: what a complete answer must have, one file per kind. Each says since which
//! day it is there, that it is missing, or that it cannot be told, with its reasons.

mod actor;
mod approval;
mod base;
mod contents;
mod evidence;
mod hours;
mod joint;
mod manner;
mod months;
mod order;
mod paper;
mod sample;
mod unannounced;
mod window;

pub use base::base;
pub use hours::is_filled as has_hours;
pub use order::before;

use super::{Case, Requirement};
use crate::assess::{Act, Reason};
use crate::time::{Day, Moment};

/// Whether an element is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Complete then, as far as it is recorded when that was.
    Since(Moment),
    Missing,
    Indeterminate,
}

/// One thing a complete answer must have.
#[derive(Clone, Debug)]
pub struct Element {
    pub presence: Presence,
    pub reasons: Vec<Reason>,
}

/// Acts against what is asked of them: what is asked, and when its approval was there.
#[derive(Clone, Debug)]
pub struct Elements {
    pub all: Vec<Element>,
    /// The day of the approval, if one is asked and there.
    pub approved_on: Option<Day>,
}

impl Element {
    fn since(moment: impl Into<Moment>, reasons: Vec<Reason>) -> Self {
        Self { presence: Presence::Since(moment.into()), reasons }
    }

    fn missing(reasons: Vec<Reason>) -> Self {
        Self { presence: Presence::Missing, reasons }
    }

    /// Missing if anything is, else not to be told if anything is doubtful, else there since `since`.
    fn concluded(since: Moment, missing: Vec<Reason>, doubts: Vec<Reason>) -> Self {
        match (missing.is_empty(), doubts.is_empty()) {
            (false, _) => Self::missing(missing),
            (true, false) => Self::cannot_tell(doubts),
            (true, true) => Self::since(since, Vec::new()),
        }
    }

    fn cannot_tell(reasons: Vec<Reason>) -> Self {
        Self { presence: Presence::Indeterminate, reasons }
    }
}

impl Elements {
    /// The elements of a case as `acts` give them; `acts` in the order of days, not empty.
    pub fn of(case: &Case, asked: &Requirement, acts: &[Act]) -> Self {
        let approval = approval::element(case, acts);
        let approved_on = approval.as_ref().and_then(|element| match element.presence {
            Presence::Since(moment) => Some(moment.day()),
            Presence::Missing | Presence::Indeterminate => None,
        });
        let mut all = Vec::new();
        all.extend(sample::elements(case, asked, acts));
        all.extend(months::element(case, asked, acts));
        all.extend(base::element(case, asked, acts));
        all.extend(actor::element(case, acts));
        all.extend(joint::element(case, acts));
        all.extend(approval);
        all.extend(evidence::element(case, asked, acts));
        all.extend(contents::element(case, acts));
        all.extend(manner::element(case, acts));
        all.extend(unannounced::element(case, acts));
        all.extend(paper::elements(case, acts));
        all.extend(order::element(case, acts));
        all.extend(hours::element(case, acts));
        all.extend(window::element(case, asked, acts));
        Self { all, approved_on }
    }

    /// When the last element was there, not before `acted`; `None` if one is not there, or not known to be.
    pub fn complete(&self, acted: Moment) -> Option<Moment> {
        self.all.iter().try_fold(acted, |last, element| match element.presence {
            Presence::Since(moment) => Some(last.max(moment)),
            Presence::Missing | Presence::Indeterminate => None,
        })
    }

    /// Whether an element is missing for certain.
    pub fn is_short(&self) -> bool {
        self.all.iter().any(|element| element.presence == Presence::Missing)
    }

    /// Every reason: of what is missing, of what cannot be told, of what is there.
    pub fn reasons(&self) -> Vec<Reason> {
        let rank = |presence| match presence {
            Presence::Missing => 0,
            Presence::Indeterminate => 1,
            Presence::Since(_) => 2,
        };
        let mut elements: Vec<&Element> = self.all.iter().collect();
        elements.sort_by_key(|element| rank(element.presence));
        let mut reasons: Vec<Reason> = Vec::new();
        for reason in elements.into_iter().flat_map(|element| &element.reasons) {
            if !reasons.contains(reason) {
                reasons.push(reason.clone());
            }
        }
        reasons.sort_by_key(|reason| !reason.is_shortfall());
        reasons
    }
}
