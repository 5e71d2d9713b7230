//! How a text was set: how far its lines reach and where wrapped lines begin, learnt from the lines
//! that break off in the middle of a sentence. Tells a line the paper cut from one its author ended.

use std::collections::BTreeMap;

use super::{
    around,
    line::{Ending, Line, columns as columns_of, ending},
    marker::{Marker, Style},
};

/// A line with the number it seems to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub line: Line<'a>,
    pub marker: Option<Marker>,
}

impl<'a> Entry<'a> {
    /// The text behind the number, or the whole line.
    pub fn rest(&self) -> &'a str {
        self.line.text[self.marker.map_or(0, |marker| marker.length)..].trim_start()
    }
}

/// What lines are compared by: texts that lost their indentation have shorter lines further in,
/// and there the line with the number reaches further than the ones below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The style of the last number above or on the line.
    pub style: Style,
    /// Whether the number stands on the line itself.
    pub first: bool,
}

/// The measures of a text.
#[derive(Debug, Default)]
pub struct Layout {
    /// The column cut lines reach to, most often.
    reach: BTreeMap<Kind, usize>,
    /// The column wrapped lines begin at, most often.
    text_column: BTreeMap<Style, usize>,
    /// The column the second 項 of an article begins at, most often, where 項 are indented.
    paragraph_column: Option<usize>,
    /// Blank lines stand within sentences, so that they end no paragraph.
    double_spaced: bool,
}

impl Layout {
    /// Two Han characters: a mark that must not begin a line, and the character it takes along.
    const SHORT_BY: usize = 4;
    /// A mark hanging in the margin, figures that do not fill their cells.
    const OVER_BY: usize = 6;
    /// No paper is narrower; a shorter line was ended by its author.
    const NARROWEST: usize = 20;

    /// Measures the lines of the clauses.
    pub fn of(entries: &[Entry<'_>]) -> Self {
        let mut reaches: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
        let mut columns: BTreeMap<Style, Vec<usize>> = BTreeMap::new();
        let mut further: BTreeMap<Style, Vec<usize>> = BTreeMap::new();
        let (mut cut, mut apart) = (0, 0);
        let mut style = Style::Point;
        for pair in entries.windows(2) {
            let [entry, next] = pair else { continue };
            style = entry.marker.map_or(style, |marker| marker.style);
            let goes_on = matches!(ending(entry.rest()), Ending::Bare | Ending::Middle)
                && next.marker.is_none()
                && !entry.rest().is_empty();
            // A line that the paper cut is as long as the one that goes on from it may be.
            let reach = entry.line.reach();
            if goes_on && reach >= Self::NARROWEST && reach + Self::OVER_BY >= next.line.reach() {
                let kind = Kind { style, first: entry.marker.is_some() };
                reaches.entry(kind).or_default().push(reach);
                // Below the first line: further down a 項 of the point may go on.
                if entry.marker.is_some() {
                    columns.entry(style).or_default().push(next.line.indent);
                } else {
                    further.entry(style).or_default().push(next.line.indent);
                }
                cut += 1;
                apart += usize::from(next.line.blank_before);
            }
        }
        for (style, found) in further {
            columns.entry(style).or_insert(found);
        }
        let paragraphs = second_paragraphs(entries);
        // Paper lets no line run over; where as many of a kind do as were cut, the cuts are chance.
        let mut over: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
        let mut style = Style::Point;
        for entry in entries.iter().filter(|entry| !around::is_table_row(entry.line.text)) {
            style = entry.marker.map_or(style, |marker| marker.style);
            let kind = Kind { style, first: entry.marker.is_some() };
            over.entry(kind).or_default().push(entry.line.reach());
        }
        let measured = |kind: &Kind, found: Vec<usize>| {
            let reach = most_common(found.clone());
            let cut = found.iter().filter(|one| Self::fills(**one, reach)).count();
            let all = over.get(kind).map_or(&[][..], Vec::as_slice);
            let longer = all.iter().filter(|one| **one > reach + Self::OVER_BY).count();
            (longer < cut).then_some(reach)
        };
        Self {
            reach: reaches
                .into_iter()
                .filter_map(|(kind, found)| Some((kind, measured(&kind, found)?)))
                .collect(),
            text_column: columns
                .into_iter()
                .map(|(style, all)| (style, most_common(all)))
                .collect(),
            paragraph_column: (!paragraphs.is_empty()).then(|| most_common(paragraphs)),
            double_spaced: apart * 2 > cut,
        }
    }

    /// Whether a line of this kind is as long as the paper let it be, so that its end says nothing.
    /// A text that was never wrapped has no such lines.
    pub fn is_full(&self, kind: Kind, reach: usize) -> bool {
        let other = Kind { first: !kind.first, ..kind };
        let known = self.reach.get(&kind).or_else(|| self.reach.get(&other));
        let Some(&full) = known.or_else(|| self.reach.values().max()) else { return false };
        Self::fills(reach, full)
    }

    /// Whether a line that reaches to `reach` fills paper that lets lines reach to `full`.
    fn fills(reach: usize, full: usize) -> bool {
        (full.saturating_sub(Self::SHORT_BY)..=full + Self::OVER_BY).contains(&reach)
    }

    /// Whether the words that go on below such a line would still have fitted on it, so that its
    /// author ended it.
    pub fn had_room(&self, kind: Kind, reach: usize, next: &str) -> bool {
        let other = Kind { first: !kind.first, ..kind };
        let known = self.reach.get(&kind).or_else(|| self.reach.get(&other));
        let Some(&full) = known.or_else(|| self.reach.values().max()) else { return true };
        let is_mark = |c: &char| "，。、；：」』）)!?！？".contains(*c);
        let first = next.chars().take(1);
        let needed: String =
            first.chain(next.chars().skip(1).take_while(is_mark).take(1)).collect();
        reach + columns_of(&needed) <= full
    }

    /// The column the text of such clauses begins at on wrapped lines; `None` if none is wrapped.
    pub fn text_column(&self, style: Style) -> Option<usize> {
        self.text_column.get(&style).copied()
    }

    /// Whether a line begins where the 項 of articles do.
    pub fn at_paragraph_column(&self, line: &Line<'_>) -> bool {
        self.paragraph_column == Some(line.indent)
    }

    /// Whether a blank line above a line ends what stands above it.
    pub fn ends_paragraph(&self, line: &Line<'_>) -> bool {
        line.blank_before && !self.double_spaced
    }
}

/// The columns at which lines begin that can only be 項 of an article: below the end of a sentence, where
/// no 款 stands above them or where they say so themselves.
fn second_paragraphs(entries: &[Entry<'_>]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut in_article = false;
    for pair in entries.windows(2) {
        let [above, entry] = pair else { continue };
        in_article = above.marker.map_or(in_article, |marker| marker.style == Style::Article);
        let begins = entry.marker.is_none()
            && !above.rest().is_empty()
            && ending(above.rest()) == Ending::Sentence;
        let alone = in_article || around::is_own_paragraph(entry.line.text);
        if alone && begins && entry.line.indent > 0 {
            found.push(entry.line.indent);
        }
    }
    found
}

/// The value found most often, the largest of several.
fn most_common(mut found: Vec<usize>) -> usize {
    found.sort_unstable();
    found
        .chunk_by(|a, b| a == b)
        .max_by_key(|same| same.len())
        .and_then(|same| same.first().copied())
        .unwrap_or(0)
}
