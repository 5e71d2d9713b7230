//! What a text is made of, seen as a whole before its lines are read: points or articles, where the
//! first clause stands, how the outermost numbers look, whether they begin anew under parts (壹、).

use super::around;
use super::layout::Entry;
use super::line::{Ending, ending};
use super::marker::{Marker, Style};
use crate::law::{Form, Part};

/// The make of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub form: Form,
    /// The style of the outermost numbers.
    pub top: Style,
    /// They are set off by white space alone: 一　甲.
    pub loose: bool,
    pub loose_style: Style,
    /// Points begin anew under each part.
    pub restarts: bool,
    /// The line with the first clause or the heading above it; the end if there is none.
    pub first: usize,
}

impl Shape {
    /// Looks at all lines.
    pub fn of(entries: &[Entry<'_>], partial: bool) -> Self {
        let article = first_article(entries);
        let point = first_point(entries, partial);
        let named = article.filter(|(at, count)| *count >= 3 || *at < point.first);
        let mut shape = match named {
            Some((first, _)) => Self {
                form: Form::Articles,
                top: Style::Article,
                loose: false,
                loose_style: Style::Point,
                restarts: false,
                first,
            },
            None => point,
        };
        if shape.form == Form::Points {
            shape.divide(entries);
        }
        shape.first = with_headings(entries, shape.first);
        shape
    }

    /// Takes 1、 for 一、 where （一） stands below it, so that the levels are told by depth.
    pub fn align(&mut self, entries: &mut [Entry<'_>]) {
        let below = &entries[self.first.min(entries.len())..];
        let items = below.iter().filter_map(|entry| entry.marker);
        if self.top != Style::Subitem
            || !items.into_iter().any(|marker| marker.style == Style::Item)
        {
            return;
        }
        self.top = Style::Point;
        self.loose_style = Style::Point;
        for marker in entries.iter_mut().filter_map(|entry| entry.marker.as_mut()) {
            if marker.style == Style::Subitem {
                marker.style = Style::Point;
            }
        }
    }

    /// Finds the parts, and whether numbers begin anew under them.
    fn divide(&mut self, entries: &[Entry<'_>]) {
        let is_part = |marker: &Marker, number: u16| {
            marker.style == Style::Division && marker.part.number() == number
        };
        let markers = || {
            entries.iter().enumerate().filter_map(|(at, entry)| Some((at, entry.marker?, entry)))
        };
        let title = |entry: &Entry<'_>, marker: &Marker| {
            !marker.loose
                || entry.rest().chars().count() <= 20 && ending(entry.rest()) == Ending::Bare
        };
        let first = markers().find(|(_, marker, entry)| is_part(marker, 1) && title(entry, marker));
        let Some((start, _, _)) = first else { return };
        let numbered = self.first < entries.len();
        if numbered && start > self.first {
            return;
        }
        let parts = markers()
            .filter(|(at, marker, _)| *at >= start && marker.style == Style::Division)
            .count();
        if parts < 2 && !numbered {
            return;
        }
        let mut below = None;
        let mut restarts = !numbered;
        for (_, marker, _) in markers().filter(|(at, _, _)| *at >= start) {
            match marker.style {
                Style::Division => below = Some(marker.part.number()),
                style if style == self.top => {
                    restarts |= below.is_some_and(|part| part > 1) && marker.part == Part::FIRST;
                    below = None;
                }
                _ => {}
            }
        }
        // Words of a part itself need it as their clause.
        let next = entries.get(start + 1 + usize::from(title_below(entries, start)));
        let own = next.is_some_and(|next| {
            next.marker.is_none()
                && around::furniture(next.line.text).is_none()
                && next.line.text.parse::<u16>().is_err()
        });
        self.restarts =
            restarts || (own && numbered && parts > 1 && !continues(entries, start, self.top));
        self.first = start;
    }
}

/// Whether the line below the number of a part is its title: 壹、⏎總則.
pub fn title_below(entries: &[Entry<'_>], at: usize) -> bool {
    /// A longer one may be the first line of the part's own words, if no number follows.
    const LONGEST: usize = 16;
    const LONGEST_ABOVE_NUMBER: usize = 30;
    let Some(next) = entries.get(at + 1) else { return false };
    let text = around::unmarked(next.line.text);
    let numbered = entries.get(at + 2).is_none_or(|below| below.marker.is_some());
    let longest = if numbered { LONGEST_ABOVE_NUMBER } else { LONGEST };
    entries[at].rest().is_empty()
        && next.marker.is_none()
        && ending(text) == Ending::Bare
        && (1..=longest).contains(&text.chars().count())
        && !text.contains(['，', '。', '；', '：'])
        && !around::is_page_number(text)
        && !around::is_table_row(text)
        && !around::is_attachment(text)
        && around::furniture(text).is_none()
        && around::heading_depth(text).is_none()
}

/// Whether the numbers go on under the parts.
fn continues(entries: &[Entry<'_>], start: usize, top: Style) -> bool {
    let mut last: Option<Part> = None;
    let mut crossed = false;
    for marker in entries[start..].iter().filter_map(|entry| entry.marker) {
        if marker.style == Style::Division {
            crossed = last.is_some();
        } else if marker.style == top {
            if crossed && last.is_some_and(|last| marker.part.follows(last)) {
                return true;
            }
            last = Some(marker.part);
        }
    }
    false
}

/// The first line that begins an article, and how many follow it in order.
fn first_article(entries: &[Entry<'_>]) -> Option<(usize, usize)> {
    let articles: Vec<(usize, Part)> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| {
            let marker = entry.marker.filter(|marker| marker.style == Style::Article)?;
            let above = at.checked_sub(1).map(|above| ending(entries[above].line.text));
            (above != Some(Ending::Middle) || entry.rest().is_empty()).then_some((at, marker.part))
        })
        .collect();
    let follows = |pair: &[(usize, Part)]| pair[1].1.follows(pair[0].1);
    let chained = articles.windows(2).filter(|pair| follows(pair)).count();
    let first = articles.windows(2).find(|pair| follows(pair)).map(|pair| pair[0].0);
    // A number on a line of its own begins an article, in order or not; so does the first one.
    let begins =
        |(at, part): &(usize, Part)| entries[*at].rest().is_empty() || *part == Part::FIRST;
    let alone = articles.iter().find(|article| begins(article)).map(|(at, _)| *at);
    let first = [first, alone].into_iter().flatten().min();
    Some((first.or(articles.first().map(|(at, _)| *at))?, chained + 1))
}

/// The first point: 一、, else another way of numbering that begins with 1 and goes on, else any.
fn first_point(entries: &[Entry<'_>], partial: bool) -> Shape {
    let shape = |first: usize, top: Style, loose: bool| Shape {
        form: Form::Points,
        top,
        loose,
        loose_style: top,
        restarts: false,
        first,
    };
    let find = |style: Style, loose: Option<bool>, fits: &dyn Fn(Part) -> bool| {
        (0..entries.len()).find(|&at| {
            let is_first = entries[at].marker.is_some_and(|marker| {
                marker.style == style
                    && loose.is_none_or(|loose| marker.loose == loose)
                    && fits(marker.part)
            });
            let above = at.checked_sub(1).map(|above| ending(entries[above].line.text));
            is_first && above != Some(Ending::Middle)
        })
    };
    let one = |part: Part| part == Part::FIRST;
    let any = |_: Part| true;
    if partial && let Some(at) = find(Style::Point, Some(false), &any) {
        return shape(at, Style::Point, false);
    }
    if let Some(at) = find(Style::Point, Some(false), &one) {
        return shape(at, Style::Point, false);
    }
    let goes_on = |at: usize, style: Style| {
        entries[at + 1..]
            .iter()
            .filter_map(|entry| entry.marker)
            .any(|marker| marker.style == style && marker.part.number() == 2)
    };
    // Only some of the points: 三、…五、…
    let some = find(Style::Point, Some(false), &any);
    let several = some.filter(|at| {
        let first = entries[*at].marker.expect("it has a number").part;
        entries[at + 1..]
            .iter()
            .filter_map(|entry| entry.marker)
            .any(|marker| marker.style == Style::Point && !marker.loose && marker.part > first)
    });
    // One point alone, as amendments quote it: 四、…下列規定：（一）…
    let alone = some.filter(|at| {
        let below = entries[at + 1..].iter().find_map(|entry| entry.marker);
        // The list belongs to the line above it, which may be further down in the point.
        let list = (at + 1..entries.len()).find(|at| entries[*at].marker.is_some());
        let above = list.map_or(*at, |list| list - 1);
        let first_of_all = entries[..*at].iter().all(|entry| entry.marker.is_none());
        (entries[*at].rest().ends_with(['：', ':'])
            || first_of_all && entries[above].line.text.ends_with(['：', ':']))
            && below.is_some_and(|below| below.style > Style::Point && below.part == Part::FIRST)
    });
    let several = several.or(alone);
    // 第三點　…第五點　…, as amendments quote them in full.
    let named = |entry: &Entry<'_>| {
        let found = entry.marker.filter(|marker| marker.style == Style::Point && marker.loose)?;
        // 三 甲 needs words behind it: 三 月 is none, nor is a column of a table.
        let words = entry.rest().chars().count() >= 8;
        (entry.line.text.starts_with('第') || words).then_some(found.part)
    };
    let in_full = entries.iter().enumerate().find_map(|(at, entry)| Some((at, named(entry)?)));
    if let Some((at, part)) = in_full
        && part != Part::FIRST
        && entries[..at].iter().all(|entry| entry.marker.is_none())
        && entries[at + 1..].iter().any(|entry| named(entry).is_some_and(|other| other > part))
    {
        return shape(at, Style::Point, true);
    }
    let ways = [
        (Style::Point, true),
        (Style::Subitem, false),
        (Style::Item, false),
        (Style::Detail, false),
        (Style::Subitem, true),
    ];
    // The outermost of several ways begins first.
    let found = ways.into_iter().filter_map(|(style, loose)| {
        let at = find(style, Some(loose), &one)?;
        (goes_on(at, style) && several.is_none_or(|some| at < some)).then_some((at, style, loose))
    });
    if let Some((at, style, loose)) = found.min_by_key(|(at, ..)| *at) {
        return shape(at, style, loose);
    }
    match some {
        Some(at) => shape(at, Style::Point, false),
        None => shape(entries.len(), Style::Point, false),
    }
}

/// The first of the headings that stand right above a line.
fn with_headings(entries: &[Entry<'_>], first: usize) -> usize {
    let mut at = first;
    while at > 0 {
        let text = entries[at - 1].line.text;
        let number: Option<u16> = text.parse().ok();
        let below = entries.get(at).and_then(|below| below.marker);
        let counts = number.is_some() && below.map(|below| below.part.number()) == number;
        if around::heading_depth(text).is_some()
            || around::furniture(text) == Some("表格線")
            || counts
        {
            at -= 1;
        } else {
            break;
        }
    }
    at
}
