//! 同條第三項, 同項, 同款: a place seen from the one that the text named last, in whatever text that is.

use super::{Place, Target};
use crate::law::{ClauseNumber, Form, Level, Part, Start, Unit};
use crate::model::regulation::law_place;

impl Place<'_> {
    /// Where 同條 with what follows it leads; nowhere if nothing was named before it.
    pub(super) fn same(&self, last: Option<&Target>, unit: Unit, down: &[(Unit, Part)]) -> Target {
        match last {
            Some(Target::Law(law, Some(since))) => {
                Target::Law(*law, Some(law_place::same(since, unit, down)))
            }
            Some(Target::Unlisted) => Target::Unlisted,
            Some(Target::Clause(number)) if self.version.text.form == Form::Articles => {
                // The only 項 of an article is the article's own text.
                let is_article = number.level() == Level::Article && unit == Unit::Paragraph;
                let first = is_article.then(|| number.paragraph(1)).flatten();
                self.within_article(first.as_ref().unwrap_or(number), Start::Same(unit), down)
            }
            Some(Target::Clause(number)) => self.within_point(number, unit, down),
            Some(at @ Target::Paragraph(..)) if unit == Unit::Paragraph && down.is_empty() => {
                at.clone()
            }
            Some(Target::Paragraph(number, _)) => self.within_point(number, unit, down),
            _ => Target::Nowhere,
        }
    }

    /// The same in a text of points, whose 項 are numbered from the second.
    fn within_point(&self, number: &ClauseNumber, unit: Unit, down: &[(Unit, Part)]) -> Target {
        let text = &self.version.text;
        let lineage = || std::iter::successors(Some(number.clone()), ClauseNumber::parent);
        let at_level = |level: Level| lineage().find(|number| number.level() == level);
        let start = match unit {
            Unit::Point => at_level(Level::Point),
            Unit::Paragraph => at_level(Level::Paragraph).or_else(|| at_level(Level::Point)),
            Unit::Item => at_level(Level::Item),
            Unit::Subitem => at_level(Level::Subitem),
        };
        let Some(mut at) = start else { return Target::Nowhere };
        for (unit, part) in down {
            let next = match unit {
                Unit::Paragraph => at.paragraph(part.number()),
                _ => at.child(*part),
            };
            match next.filter(|number| text.clause(number).is_some()) {
                Some(number) => at = number,
                None => return Target::Nowhere,
            }
        }
        Target::Clause(at)
    }
}
