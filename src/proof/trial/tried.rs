//! The same questions, asked of changed rules.

use super::given::Given;
use super::judge::judge;
use super::records::Frame;
use super::world::{World, world};
use super::{Ask, Asked, Bench, Trial, ask};
use crate::diagnostic::Diagnostics;
use crate::parse::ParsedRegulation;
use crate::record::kinds::Kinds;
use crate::record::value::Group;
use crate::source::{SourceTree, Span};

impl<'a> Given<'a> {
    /// What a question of an entry gives.
    pub(super) fn of(trial: &'a Trial, ask: &Ask) -> Self {
        let given = Self { written: trial.given.as_ref(), ..Self::default() };
        match &ask.what {
            Asked::Day { from, .. } => Self { from: Some(*from), ..given },
            Asked::Hours { from, .. } => Self { from: Some(from.day()), at: Some(*from), ..given },
            Asked::Period { period, .. } => Self { period: Some(*period), ..given },
            Asked::Size { .. } | Asked::Case { .. } => given,
        }
    }
}

/// The rules a duty is tried by: those of its regulation, or changed ones in their place.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    pub regulation: &'a ParsedRegulation,
    /// Every duty of the regulation.
    pub duties: &'a [Group],
    /// The duty that is tried, as it stands among them.
    pub rule: &'a Group,
    pub tree: &'a SourceTree,
}

impl<'a> Bench<'a> {
    /// The regulations tests are run of.
    pub fn regulations(&self) -> &'a [ParsedRegulation] {
        self.regulations
    }

    /// The kinds of records there are.
    pub fn kinds(&self) -> &'static Kinds {
        self.shared.kinds
    }

    /// The ids of the roles that posts of the worlds hold.
    pub fn roles(&self) -> Vec<&str> {
        self.roles.iter().map(|(role, _)| role.as_str()).collect()
    }

    /// The entries of a duty's tests that can be asked.
    pub fn trials(&self, regulation: &ParsedRegulation, duty: &str) -> Vec<Trial> {
        let written = regulation.trials.iter();
        let own = written.filter(|trial| trial.fields.string("of") == duty);
        own.filter_map(|one| ask::read(&regulation.slug, one, &mut Vec::new())).collect()
    }

    /// The world of what is given, by these rules. `None` where it is none, or the rules are not sound.
    pub fn world(&self, by: Rules, given: &Given) -> Option<World> {
        self.made(by, given, by.rule.span, &mut Vec::new())
    }

    /// Whether some question of an entry is answered otherwise than expected, or cannot be asked.
    pub fn fails(&self, by: Rules, trial: &Trial) -> bool {
        let mut smallest: Option<World> = None;
        trial.asks.iter().any(|ask| {
            let made;
            let world = if matches!(ask.what, Asked::Size { .. }) {
                if smallest.is_none() {
                    smallest = self.made(by, &Given::default(), trial.span, &mut Vec::new());
                }
                smallest.as_ref()
            } else {
                made = self.made(by, &Given::of(trial, ask), trial.span, &mut Vec::new());
                made.as_ref()
            };
            let asked = world.and_then(|world| Some((world, world.duty(trial)?)));
            let Some((world, duty)) = asked else { return true };
            !judge(&world.model, duty, &world.target, ask).is_empty()
        })
    }

    fn made(
        &self,
        by: Rules,
        given: &Given,
        span: Span,
        report: &mut Diagnostics,
    ) -> Option<World> {
        let frame = Frame {
            kinds: self.shared.kinds,
            regulation: &by.regulation.slug,
            rule: by.rule,
            siblings: by.duties,
            span,
            roles: &self.roles,
        };
        world(&self.shared, (by.regulation, by.tree), &frame, given, report)
    }
}
