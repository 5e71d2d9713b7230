//! Where the clauses of a text lead: each citation with the place it means, or why none is found.
//! Names of other laws, and how words that fit no place are to be read, come from `regulation.yaml`.

mod named;
mod same;

use std::ops::Range;

use super::Regulation;
use super::law_name::{LawName, names};
use super::law_place;
use super::version::Version;
use crate::law::{
    AttachmentLabel, Block, Cited, ClauseNumber, Form, LawClause, Level, Mention, Start, Unit,
    mentions,
};
use crate::source::Spanned;
use named::is_blank_or_defines;

/// How words of a clause are to be read that name no place, or another than is meant.
#[derive(Debug)]
pub struct Reading {
    pub clause: Spanned<ClauseNumber>,
    pub words: Spanned<String>,
    pub meaning: Meaning,
    pub note: Option<String>,
}

/// What is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    Clause(ClauseNumber),
    /// A law, by its place among those cited.
    Law(usize),
}

/// Words of a clause that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub clause: ClauseNumber,
    /// The paragraph, from 0.
    pub paragraph: usize,
    /// Bytes of the paragraph.
    pub range: Range<usize>,
    pub words: String,
    pub target: Target,
    /// The entry of `readings` that says so.
    pub reading: Option<usize>,
}

/// Where a citation leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Clause(ClauseNumber),
    /// A paragraph of a clause, from 0.
    Paragraph(ClauseNumber, usize),
    Attachment(AttachmentLabel),
    /// A law among those cited, and the clause: `27`, `27.1`, as ids of laws in articles are.
    Law(usize, Option<String>),
    /// The text has no such place.
    Nowhere,
    /// It is a place of a text that is not listed among those cited.
    Unlisted,
}

/// Every citation of a version, in the order of the text.
pub fn citations(regulation: &Regulation, version: &Version) -> Vec<Citation> {
    let mut found = Vec::new();
    let known = names(regulation, version);
    let mut last = Last::default();
    for clause in version.text.all_clauses() {
        last.law = None;
        // 同條 in a later 項 or 款 means what an earlier one of its article names.
        if clause.number.depth() == 1 {
            last.place = None;
        }
        for (paragraph, text) in clause.paragraphs().enumerate() {
            let names = &known;
            let place = Place { regulation, version, names, clause, paragraph, text: &text.text };
            found.extend(place.citations(&mut last));
        }
    }
    found
}

/// Whether words between two articles make a list of them: 第七條、第九條, 第七條或第九條.
fn is_joined(between: &str) -> bool {
    let word = between.trim();
    ["、", "或", "及", "與", "至", "和", "暨", "、或", "、及"].contains(&word)
}

/// What was named last.
#[derive(Default)]
struct Last {
    /// The law that 同法 means.
    law: Option<usize>,
    /// The place that 同條 means.
    place: Option<Target>,
}

/// A paragraph that is looked through.
struct Place<'a> {
    regulation: &'a Regulation,
    version: &'a Version,
    names: &'a [LawName],
    clause: &'a LawClause,
    paragraph: usize,
    text: &'a str,
}

impl Place<'_> {
    fn citations(&self, last: &mut Last) -> Vec<Citation> {
        let readings = self.readings();
        let names = self.names();
        let mentions = mentions(self.text);
        // What each mention leads to, for those that go on from the one before.
        let mut targets: Vec<Target> = Vec::new();
        let mut found: Vec<Citation> = readings.clone();
        let mut next_name = names.iter().peekable();
        for mention in &mentions {
            while let Some((range, place)) =
                next_name.next_if(|(name, _)| name.start < mention.range.start)
            {
                last.law = *place;
                found.extend(self.named(range, *place));
            }
            // In order: the last of those before it, or none, stands right before it.
            let earlier = names.partition_point(|(name, _)| name.end <= mention.range.start);
            let named = names[..earlier]
                .last()
                .filter(|(name, _)| is_blank_or_defines(&self.text[name.end..mention.range.start]));
            let listed = || {
                let before = mentions[..targets.len()].last()?;
                let joined = is_joined(&self.text[before.range.end..mention.range.start]);
                targets.last().filter(|_| joined)
            };
            let target = match (&mention.cited, named) {
                (_, Some((_, None))) => Target::Unlisted,
                (Cited::Article { article, down, .. }, Some((_, Some(place)))) => {
                    Target::Law(*place, Some(law_place::place(article, down)))
                }
                // 本法第七條、第九條: what the list goes on from is another law's.
                (Cited::Article { same: false, this: None, article, down }, None)
                    if let Some(Target::Law(place, _)) = listed() =>
                {
                    Target::Law(*place, Some(law_place::place(article, down)))
                }
                (Cited::Article { same: false, this: None, .. }, None)
                    if matches!(listed(), Some(Target::Unlisted)) =>
                {
                    Target::Unlisted
                }
                (Cited::Article { same: false, this, article, down }, None)
                    if self.is_own_article(*this, mention) =>
                {
                    self.article(article, down)
                }
                (Cited::Article { same: true, article, down, .. }, None) => {
                    let there = law_place::place(article, down);
                    last.law.map_or(Target::Unlisted, |place| Target::Law(place, Some(there)))
                }
                (Cited::Own { from: Start::Same(unit), down }, None) => {
                    self.same(last.place.as_ref(), *unit, down)
                }
                (_, Some((_, Some(place)))) => Target::Law(*place, None),
                (Cited::Foreign | Cited::Article { .. }, None) => Target::Unlisted,
                (Cited::Attachment(label), None) => Target::Attachment(*label),
                (Cited::Own { .. }, None) => self.own(mention, &targets),
            };
            targets.push(target.clone());
            if !matches!(target, Target::Attachment(_) | Target::Law(_, None)) {
                last.place = Some(target.clone());
            }
            // 第一項 is also the first of several things.
            let idle = target == Target::Nowhere && may_mean_nothing(&mention.cited);
            if let (Some((name, _)), Some(before)) = (named, found.last_mut())
                && before.range == *name
                && self.text[name.end..mention.range.start].trim().is_empty()
            {
                before.range.end = mention.range.end;
                self.text[before.range.clone()].clone_into(&mut before.words);
                before.target = target;
            } else if !idle {
                found.push(self.citation(mention.range.clone(), target));
            }
        }
        for (range, place) in next_name {
            last.law = *place;
            found.extend(self.named(range, *place));
        }
        let read = |citation: &Citation| {
            citation.reading.is_some()
                || !readings.iter().any(|reading| overlap(&reading.range, &citation.range))
        };
        found.retain(read);
        found.sort_by_key(|citation| citation.range.start);
        found
    }

    fn citation(&self, range: Range<usize>, target: Target) -> Citation {
        Citation {
            clause: self.clause.number.clone(),
            paragraph: self.paragraph,
            words: self.text[range.clone()].to_owned(),
            range,
            target,
            reading: None,
        }
    }

    /// The name of a law by itself; of one that nobody lists nothing is said.
    fn named(&self, name: &Range<usize>, place: Option<usize>) -> Option<Citation> {
        Some(self.citation(name.clone(), Target::Law(place?, None)))
    }

    fn readings(&self) -> Vec<Citation> {
        let mut found = Vec::new();
        for (place, reading) in self.regulation.readings.iter().enumerate() {
            if reading.clause.value != self.clause.number {
                continue;
            }
            for (at, words) in self.text.match_indices(reading.words.value.as_str()) {
                let target = match &reading.meaning {
                    Meaning::Clause(number) => Target::Clause(number.clone()),
                    Meaning::Law(place) => Target::Law(*place, None),
                };
                let citation = self.citation(at..at + words.len(), target);
                found.push(Citation { reading: Some(place), ..citation });
            }
        }
        found
    }

    /// An article of this text, with the 項 and 款 behind it as far as the text has them.
    fn article(&self, article: &str, down: &[(Unit, crate::law::Part)]) -> Target {
        let text = &self.version.text;
        let Some(mut at) = article
            .parse()
            .ok()
            .map(|part| ClauseNumber::article(part, false))
            .filter(|number| text.clause(number).is_some())
        else {
            return Target::Nowhere;
        };
        for (unit, part) in down {
            let next = match (unit, at.level()) {
                (Unit::Paragraph, Level::Article) => at.paragraph(part.number()),
                (Unit::Item, Level::Article) => {
                    at.paragraph(1).and_then(|first| first.child(*part))
                }
                (Unit::Item | Unit::Subitem, _) => at.child(*part),
                _ => None,
            };
            match next.filter(|number| text.clause(number).is_some()) {
                Some(number) => at = number,
                None => return Target::Nowhere,
            }
        }
        Target::Clause(at)
    }

    /// A citation within a text whose 項 are clauses: 前項, 前條, 第一項第二款, 前款.
    /// `here` is the clause it stands in, or the one that a list goes on from: 前項第二款及第三款.
    fn within_article(
        &self,
        here: &ClauseNumber,
        from: Start,
        down: &[(Unit, crate::law::Part)],
    ) -> Target {
        let text = &self.version.text;
        let lineage = || std::iter::successors(Some(here.clone()), ClauseNumber::parent);
        let at_level = |level: Level| lineage().find(|number| number.level() == level);
        let Some(article) = at_level(Level::Article) else { return Target::Nowhere };
        let earlier = |number: &ClauseNumber, count: u16| self.preceding(number, count);
        let level = |unit: Unit| match unit {
            Unit::Point => Level::Article,
            Unit::Paragraph => Level::Paragraph,
            Unit::Item => Level::Item,
            Unit::Subitem => Level::Subitem,
        };
        let start = match from {
            Start::This(unit) => at_level(level(unit)),
            Start::Before(unit, count) => {
                at_level(level(unit)).and_then(|number| earlier(&number, count))
            }
            Start::Number | Start::Listed(_) => match down.first().map(|(unit, _)| *unit) {
                Some(Unit::Paragraph) => Some(article),
                Some(Unit::Item) => at_level(Level::Paragraph),
                Some(Unit::Subitem) => at_level(Level::Item),
                _ => None,
            },
            Start::Same(unit) => at_level(level(unit)),
        };
        let Some(mut at) = start else { return Target::Nowhere };
        for (unit, part) in down {
            let next = match (unit, at.level()) {
                (Unit::Paragraph, _) => at.paragraph(part.number()),
                // 同條第二款 is one of the first 項.
                (Unit::Item, Level::Article) => {
                    at.paragraph(1).and_then(|first| first.child(*part))
                }
                _ => at.child(*part),
            };
            match next.filter(|number| text.clause(number).is_some()) {
                Some(number) => at = number,
                None => return Target::Nowhere,
            }
        }
        Target::Clause(at)
    }

    /// Where a citation of this text leads.
    fn own(&self, mention: &Mention, before: &[Target]) -> Target {
        let Cited::Own { from, down } = &mention.cited else { return Target::Nowhere };
        // 個人資料保護法第六條第一項及第二項: what the list goes on from is another law's.
        let listed = match from {
            Start::Listed(place) => before.get(*place),
            _ => None,
        };
        if let Some(Target::Law(law, Some(since))) = listed {
            return Target::Law(*law, Some(law_place::goes_on(since, down)));
        }
        if let Some(foreign @ (Target::Law(..) | Target::Unlisted)) = listed {
            return foreign.clone();
        }
        if self.version.text.form == Form::Articles {
            let since = match listed {
                Some(Target::Clause(number)) => number,
                _ => &self.clause.number,
            };
            return self.within_article(since, *from, down);
        }
        // 前項 in a later 項 of a point.
        if let Start::Before(Unit::Paragraph, count) = *from
            && self.clause.is_paragraph()
            && let Some(point) = self.clause.number.parent()
            && let Some(before) = self.clause.number.last().number().checked_sub(count)
        {
            let Some(mut at) = point.paragraph(before) else { return Target::Nowhere };
            for (_, part) in down {
                match at.child(*part).filter(|n| self.version.text.clause(n).is_some()) {
                    Some(number) => at = number,
                    None => return Target::Nowhere,
                }
            }
            return Target::Clause(at);
        }
        let here = &self.clause.number;
        let mut down = down.as_slice();
        let mut at: Option<ClauseNumber> = match *from {
            Start::This(Unit::Paragraph) => return self.paragraph(self.paragraph, down),
            Start::Before(Unit::Paragraph, count) => {
                return match self.paragraph.checked_sub(usize::from(count)) {
                    Some(paragraph) => self.paragraph(paragraph, down),
                    None => Target::Nowhere,
                };
            }
            Start::This(unit) => match ancestor(here, unit) {
                Some(number) => Some(number),
                None => return Target::Nowhere,
            },
            // 前二款 leads to the first of the two; more cannot follow it.
            Start::Before(unit, count) if count == 1 || down.is_empty() => {
                match ancestor(here, unit).and_then(|number| self.preceding(&number, count)) {
                    Some(number) => Some(number),
                    None => return Target::Nowhere,
                }
            }
            Start::Same(unit) => match ancestor(here, unit) {
                Some(number) => Some(number),
                None => return Target::Nowhere,
            },
            Start::Before(..) => return Target::Nowhere,
            Start::Listed(place) => match before.get(place) {
                Some(Target::Clause(number)) => above(number, down[0].0),
                _ => return Target::Nowhere,
            },
            Start::Number => above(here, down[0].0),
        };
        while let [(unit, part), rest @ ..] = down {
            if *unit == Unit::Paragraph {
                // 第一項 alone says something only where there are several.
                if at.is_none() && self.clause.paragraphs().count() < 2 {
                    return Target::Nowhere;
                }
                let number = at.unwrap_or_else(|| here.clone());
                return self.paragraph_of(&number, usize::from(part.number()) - 1);
            }
            let next = match &at {
                Some(number) if depth(*unit) == number.depth() + 1 => number.child(*part),
                None if *unit == Unit::Point => Some(ClauseNumber::point(*part)),
                _ => None,
            };
            let Some(next) = next else { return Target::Nowhere };
            at = Some(next);
            down = rest;
        }
        match at {
            Some(number) if self.version.text.clause(&number).is_some() => Target::Clause(number),
            _ => Target::Nowhere,
        }
    }

    /// A paragraph of this clause, or a clause that follows it: 前項第二款.
    fn paragraph(&self, paragraph: usize, down: &[(Unit, crate::law::Part)]) -> Target {
        let Some((unit, part)) = down.first() else {
            return self.paragraph_of(&self.clause.number.clone(), paragraph);
        };
        let mut at = None;
        for block in &self.clause.blocks {
            match block {
                Block::Paragraph(_) => at = Some(at.map_or(0, |at| at + 1)),
                Block::Clause(inner)
                    if at == Some(paragraph)
                        && inner.number.last() == *part
                        && inner.number.depth() == depth(*unit)
                        && down.len() == 1 =>
                {
                    return Target::Clause(inner.number.clone());
                }
                Block::Clause(_) | Block::Table(_) => {}
            }
        }
        Target::Nowhere
    }

    fn paragraph_of(&self, number: &ClauseNumber, paragraph: usize) -> Target {
        let clause = self.version.text.clause(number);
        match clause.map_or(0, |clause| clause.paragraphs().count()) {
            0 => Target::Nowhere,
            1 if paragraph == 0 => Target::Clause(number.clone()),
            count if paragraph < count => Target::Paragraph(number.clone(), paragraph),
            _ => Target::Nowhere,
        }
    }

    /// The clause `count` places before `number` in its list.
    fn preceding(&self, number: &ClauseNumber, count: u16) -> Option<ClauseNumber> {
        let text = &self.version.text;
        let parent = number.parent();
        let siblings: Vec<&LawClause> = match &parent {
            Some(parent) => text.clause(parent)?.children().collect(),
            None => text.clauses.iter().collect(),
        };
        let at = siblings.iter().position(|clause| clause.number == *number)?;
        Some(siblings[at.checked_sub(usize::from(count))?].number.clone())
    }
}

/// How deep the clauses of a level lie.
fn depth(unit: Unit) -> usize {
    match unit {
        Unit::Point => 1,
        Unit::Item => 2,
        Unit::Subitem => 3,
        Unit::Paragraph => 0,
    }
}

/// The clause of a level that `number` is or stands in.
fn ancestor(number: &ClauseNumber, unit: Unit) -> Option<ClauseNumber> {
    let depth = depth(unit);
    let mut at = Some(number.clone());
    while let Some(number) = &at
        && number.depth() > depth
    {
        at = number.parent();
    }
    at.filter(|number| number.depth() == depth)
}

/// The clause that those of a level lie in, seen from `number`; `None` above the 點, and for
/// paragraphs, which may stand anywhere.
fn above(number: &ClauseNumber, unit: Unit) -> Option<ClauseNumber> {
    match unit {
        Unit::Point | Unit::Paragraph => None,
        Unit::Item => ancestor(number, Unit::Point),
        Unit::Subitem => ancestor(number, Unit::Item),
    }
}

/// 第一項 is also the first of several things, 同項 may go on from words that lead nowhere.
fn may_mean_nothing(cited: &Cited) -> bool {
    match cited {
        Cited::Own { from: Start::Number, down } => {
            down.first().is_some_and(|(unit, _)| *unit == Unit::Paragraph)
        }
        Cited::Own { from: Start::Same(_), .. } => true,
        _ => false,
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
