//! Where the clauses of a text lead: each citation with the place it means, or why none is found.
//! Names of other laws, and how words that fit no place are to be read, come from `regulation.yaml`.

use std::ops::Range;

use super::{Regulation, Version};
use crate::law::{
    AttachmentLabel, Block, Cited, ClauseNumber, LawClause, Mention, Start, Unit, mentions,
};
use crate::source::Spanned;

/// A law the text names.
#[derive(Debug)]
pub struct CitedLaw {
    pub name: String,
    /// What else the text calls it.
    pub also: Vec<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where one article can be read, with `{article}` for its number.
    pub article_url: Option<String>,
    pub note: Option<String>,
}

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
    /// A law among those cited, and the article.
    Law(usize, Option<String>),
    /// The text has no such place.
    Nowhere,
    /// It is a place of a text that is not listed among those cited.
    Unlisted,
}

/// Every citation of a version, in the order of the text.
pub fn citations(regulation: &Regulation, version: &Version) -> Vec<Citation> {
    let mut found = Vec::new();
    for clause in version.text.all_clauses() {
        let mut law = None;
        for (paragraph, text) in clause.paragraphs().enumerate() {
            let place = Place { regulation, version, clause, paragraph, text: &text.text };
            found.extend(place.citations(&mut law));
        }
    }
    found
}

/// A paragraph that is looked through.
struct Place<'a> {
    regulation: &'a Regulation,
    version: &'a Version,
    clause: &'a LawClause,
    paragraph: usize,
    text: &'a str,
}

impl Place<'_> {
    /// `law` is the one named last, which 同法 means.
    fn citations(&self, law: &mut Option<usize>) -> Vec<Citation> {
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
                *law = Some(*place);
                found.push(self.citation(range.clone(), Target::Law(*place, None)));
            }
            let named = names.iter().find(|(name, _)| {
                name.end <= mention.range.start
                    && self.text[name.end..mention.range.start].trim().is_empty()
            });
            let target = match (&mention.cited, named) {
                (Cited::Article { article, .. }, Some((_, place))) => {
                    Target::Law(*place, Some(article.clone()))
                }
                (Cited::Article { same: true, article }, None) => {
                    law.map_or(Target::Unlisted, |place| Target::Law(place, Some(article.clone())))
                }
                (_, Some((_, place))) => Target::Law(*place, None),
                (Cited::Foreign | Cited::Article { .. }, None) => Target::Unlisted,
                (Cited::Attachment(label), None) => Target::Attachment(*label),
                (Cited::Own { .. }, None) => self.own(mention, &targets),
            };
            targets.push(target.clone());
            // 第一項 is also the first of several things.
            let idle = target == Target::Nowhere && is_paragraph_alone(&mention.cited);
            if let (Some((name, _)), Some(last)) = (named, found.last_mut())
                && last.range == *name
            {
                last.range.end = mention.range.end;
                self.text[last.range.clone()].clone_into(&mut last.words);
                last.target = target;
            } else if !idle {
                found.push(self.citation(mention.range.clone(), target));
            }
        }
        for (range, place) in next_name {
            *law = Some(*place);
            found.push(self.citation(range.clone(), Target::Law(*place, None)));
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

    /// The names of laws, the longest where several fit; not where a name is only given.
    fn names(&self) -> Vec<(Range<usize>, usize)> {
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for (place, law) in self.regulation.cites.iter().enumerate() {
            for name in std::iter::once(&law.name).chain(&law.also) {
                let all = self.text.match_indices(name.as_str());
                found.extend(all.map(|(at, name)| (at..at + name.len(), place)));
            }
        }
        found.retain(|(range, _)| !self.text[..range.start].ends_with(['稱', '名']));
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        found.retain(|(range, _)| {
            let free = range.start >= end;
            end = if free { range.end } else { end };
            free
        });
        found
    }

    /// Where a citation of this text leads.
    fn own(&self, mention: &Mention, before: &[Target]) -> Target {
        let Cited::Own { from, down } = &mention.cited else { return Target::Nowhere };
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

fn is_paragraph_alone(cited: &Cited) -> bool {
    matches!(cited, Cited::Own { from: Start::Number, down } if down.first().is_some_and(|(unit, _)| *unit == Unit::Paragraph))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

impl CitedLaw {
    /// Where it, or an article of it, can be read.
    pub fn address(&self, article: Option<&str>) -> Option<String> {
        match (article, &self.article_url) {
            (Some(article), Some(url)) => Some(url.replace("{article}", article)),
            _ => self.url.clone(),
        }
    }
}
