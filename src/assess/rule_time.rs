//! Rules in time: whether a duty is law on a day, and whether the site holds the text that made it
//! so. A period belongs to the rule that is law on its last day, an event to the one on its day,
//! an invariant to the one on the day that is judged.

use crate::law::ClauseNumber;
use crate::model::{ClauseOn, Days, Model, Obligation};
use crate::time::Day;

/// What a duty is on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Law {
    Holds,
    /// It is not law: not yet, or not any more.
    Not,
    /// The site does not hold what this clause said then: nobody can tell what it asked.
    TextNotHeld(ClauseNumber),
}

/// What a duty is on each day.
#[derive(Debug)]
pub struct RuleTime {
    /// From each day on, in order; before the first it is not law.
    turns: Vec<(Day, Law)>,
}

impl RuleTime {
    /// The days of a duty: those its author bounds it by, as far as a text in force has one of its
    /// clauses. A rule may name several numbers of one clause that moved.
    pub fn new(model: &Model, obligation: &Obligation) -> Self {
        let regulation = &model.regulations[obligation.regulation];
        let mut days = regulation.turning_days();
        let first = days.first().copied().unwrap_or(Day::MIN);
        days.extend([first, obligation.days.from.unwrap_or(first)]);
        days.extend(obligation.days.until.and_then(|until| until.succ_opt()));
        days.sort_unstable();
        days.dedup();
        let law = |day: Day| {
            if !obligation.days.contains(day) {
                return Law::Not;
            }
            let mut any = false;
            for clause in &obligation.clauses {
                match regulation.clause_on(&clause.value, day) {
                    ClauseOn::Says(_) => any = true,
                    ClauseOn::NotHeld => return Law::TextNotHeld(clause.value.clone()),
                    ClauseOn::Absent => {}
                }
            }
            if any { Law::Holds } else { Law::Not }
        };
        let turns = days.into_iter().filter(|day| *day >= first).map(|day| (day, law(day)));
        Self { turns: turns.collect() }
    }

    /// What it is on a day.
    pub fn on(&self, day: Day) -> &Law {
        match self.turns.partition_point(|(from, _)| *from <= day) {
            0 => &Law::Not,
            after => &self.turns[after - 1].1,
        }
    }

    /// From the first day it may be law to the last. Without an end where nothing bounds it: the
    /// first text that is known may not have been the first.
    pub fn days(&self) -> Days {
        let is_law = |turn: &(Day, Law)| turn.1 != Law::Not;
        let Some(first) = self.turns.iter().position(is_law) else {
            return Days { from: Some(Day::MAX), until: Some(Day::MIN) };
        };
        let last = self.turns.iter().rposition(is_law).expect("the first is one");
        Days {
            from: Some(self.turns[first].0).filter(|_| first > 0),
            until: self.turns.get(last + 1).and_then(|(next, _)| next.pred_opt()),
        }
    }
}
