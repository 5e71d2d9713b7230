//! What the paper sets on each page of a text: its number and its head. A text in, lines behind the head of
//! the text out, each by its number with what stands on it. Nothing is left out here; import records it.

use std::collections::BTreeMap;

use super::{
    around,
    layout::Entry,
    line::{Ending, ending, lines},
    marker::{Style, marker},
    shape::Shape,
};
use crate::law::Part;

/// The fewest lines of a page. A list of papers, or a table pasted cell by cell, says the same sooner.
const SHORTEST_PAGE: usize = 4;
/// Beside a figure alone, which may also count rows, a page must be longer.
const SHORTEST_UNNAMED: usize = 10;
/// The fewest characters of a head.
const SHORTEST_HEAD: usize = 3;

/// The lines that hold a figure and nothing else, as the foot of a page does. A figure before a word it
/// counts is text, and so are the figures of rows, where most have no more than a few cells between them.
pub fn page_numbers(text: &str) -> Vec<(usize, String)> {
    let body = Body::of(text);
    let lists = body.lists_clauses();
    let mut found: Vec<usize> = (0..body.entries.len())
        .filter(|at| body.is_text(*at) && body.is_number(*at))
        .filter(|at| !(lists && body.names_next(*at)))
        .filter(|at| !body.counts(*at) || body.text(*at).contains('頁'))
        .collect();
    let bare: Vec<usize> = found.iter().copied().filter(|at| body.is_figure(*at)).collect();
    let rows = bare.windows(2).filter(|pair| body.is_row(pair[0], pair[1])).count();
    if rows > 0 && rows * 2 >= bare.len() {
        found.retain(|at| !body.is_figure(*at));
    }
    body.said(found)
}

/// The lines that stand on every page, as heads do: the title again, several times or beside the number of
/// the page, or other words with that number, or beside it, a page apart. A title above a first number
/// begins a text of its own, and is not among them.
pub fn page_heads(text: &str, title: &str) -> Vec<(usize, String)> {
    let body = Body::of(text);
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let prints = |at: usize| body.is_text(at) && around::prints_title(body.text(at), &title);
    let mut heads: Vec<usize> = match title.chars().count() {
        0..SHORTEST_HEAD => Vec::new(),
        _ => (0..body.entries.len()).filter(|at| prints(*at) && !body.begins_text(*at)).collect(),
    };
    if let [one] = heads[..]
        && !body.is_beside_number(one)
        && !body.text(one).contains('頁')
    {
        heads.clear();
    }
    heads.extend(body.repeated());
    heads.sort_unstable();
    heads.dedup();
    body.said(heads)
}

/// The lines behind the head of a text, by their places.
struct Body<'a> {
    entries: Vec<Entry<'a>>,
    /// How the clauses are numbered.
    top: Style,
}

impl<'a> Body<'a> {
    fn of(text: &'a str) -> Self {
        let entry = |line| Entry { line, marker: marker(line.text) };
        let mut entries: Vec<Entry<'a>> = lines(text).into_iter().map(entry).collect();
        let shape = Shape::of(&entries, false);
        entries.drain(..shape.first);
        Self { entries, top: shape.top }
    }

    fn text(&self, at: usize) -> &'a str {
        self.entries[at].line.text
    }

    /// Whether no number of a clause begins the line.
    fn is_text(&self, at: usize) -> bool {
        self.entries[at].marker.is_none()
    }

    fn is_number(&self, at: usize) -> bool {
        self.entries.get(at).is_some_and(|entry| around::is_page_number(entry.line.text))
    }

    fn is_beside_number(&self, at: usize) -> bool {
        self.is_number(at + 1) || at.checked_sub(1).is_some_and(|above| self.is_number(above))
    }

    /// A number without 第, 頁 or dashes.
    fn figure(&self, at: usize) -> Option<u16> {
        self.text(at).parse().ok()
    }

    fn is_figure(&self, at: usize) -> bool {
        self.figure(at).is_some()
    }

    /// Whether the line is the number of the clause below it.
    fn names_next(&self, at: usize) -> bool {
        let next = self.entries.get(at + 1).and_then(|next| next.marker);
        next.is_some_and(|next| Some(next.part.number()) == self.figure(at))
    }

    /// Some sites set the number of its row above each clause; a page may end above one by chance.
    fn lists_clauses(&self) -> bool {
        let all = 0..self.entries.len();
        let alike = all.clone().filter(|at| self.names_next(*at)).count();
        alike * 2 > all.filter(|at| self.is_figure(*at)).count()
    }

    /// Whether the line counts what the next one begins with. Dashes around a figure are of the page,
    /// whatever follows.
    fn counts(&self, at: usize) -> bool {
        const COUNTED: &[char] = &[
            '年', '月', '日', '週', '小', '時', '分', '件', '筆', '人', '次', '個', '元', '號',
            '點', '條', '項', '款', '目', '%', '％', '、', '，', '至', '以',
        ];
        !self.text(at).contains(['-', '–', '—'])
            && self.entries.get(at + 1).is_some_and(|next| next.line.text.starts_with(COUNTED))
    }

    /// Whether only a few cells stand between two figures: no clause begins there, and no sentence ends.
    fn is_row(&self, from: usize, to: usize) -> bool {
        let ends = |at: usize| self.text(at).ends_with(['。', '：', '；', '，', '、']);
        to - from < SHORTEST_PAGE && (from + 1..to).all(|at| self.is_text(at) && !ends(at))
    }

    /// The lines whose words stand again and again with the number of the page, or beside it, always a page
    /// apart.
    fn repeated(&self) -> Vec<usize> {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for at in 0..self.entries.len() {
            if let Some(words) = self.words_of_head(at) {
                places.entry(words).or_default().push(at);
            }
        }
        let apart = |pair: &[usize]| pair[1] - pair[0] >= self.shortest_page(pair[1]);
        places.retain(|_, places| places.len() > 1 && places.windows(2).all(apart));
        places.into_values().flatten().collect()
    }

    /// What a line says that may be the head of a page, without the number of that.
    fn words_of_head(&self, at: usize) -> Option<String> {
        let text = self.text(at);
        let beside = || self.is_beside_number(at) && !self.is_number(at);
        let words = around::words_of_page_head(text).or_else(|| beside().then(|| text.to_owned()));
        let words = words.filter(|words| words.chars().count() >= SHORTEST_HEAD)?;
        (self.is_text(at) && ending(text) == Ending::Bare).then_some(words)
    }

    /// The fewest lines of a page whose head stands here.
    fn shortest_page(&self, at: usize) -> usize {
        let near = at.saturating_sub(1)..self.entries.len().min(at + 2);
        if near.into_iter().any(|at| self.text(at).contains('頁')) {
            SHORTEST_PAGE
        } else {
            SHORTEST_UNNAMED
        }
    }

    /// Whether a text begins below the line: with the first number of its clauses, or of its parts.
    fn begins_text(&self, at: usize) -> bool {
        let below = (at + 1..self.entries.len()).find(|at| !self.is_number(*at));
        below.and_then(|at| self.entries[at].marker).is_some_and(|marker| {
            marker.part == Part::FIRST
                && (marker.style == self.top || marker.style == Style::Division)
        })
    }

    fn said(&self, places: Vec<usize>) -> Vec<(usize, String)> {
        let line = |at: usize| &self.entries[at].line;
        places.into_iter().map(|at| (line(at).number, line(at).text.to_owned())).collect()
    }
}
