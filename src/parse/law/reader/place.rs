//! Where a number at the beginning of a line belongs, if it is the number of a clause.

use crate::{
    diagnostic::{Code, Diagnostic},
    law::{Form, Part},
    parse::law::{
        line::Ending,
        marker::{Marker, Style},
        shape::Shape,
    },
};

use super::{Reader, is_caption};

/// Where a number belongs.
pub(super) enum Place {
    /// It goes on the list at this depth of the open clauses, or opens one there.
    Clause { level: usize, gap: Option<Diagnostic> },
    /// It only looks like a number.
    Text,
    /// It has no place in the numbering: kept as a paragraph, and reported.
    Misfit(Diagnostic),
}

impl<'a> Reader<'a> {
    /// Which depth of the open clauses a style belongs to, and the number before it in its list.
    pub(super) fn level_of(&self, marker: Marker) -> (usize, Option<Part>, bool) {
        let open = self.tree.opened();
        if marker.style == self.shape.top {
            let level =
                usize::from(open.first().is_some_and(|open| open.style == Some(Style::Division)));
            return (level, self.last_top, false);
        }
        let outer =
            open.iter().position(|open| open.style.is_some_and(|style| style >= marker.style));
        let level = outer.unwrap_or(open.len());
        let before = outer
            .filter(|&level| open[level].style == Some(marker.style))
            .map(|level| open[level].clause.number.last());
        // A list within a clause that already has clauses would give two of them one number.
        let taken = before.is_none()
            && (outer.is_some() || open.last().is_some_and(|open| open.has_children));
        (level, before, taken)
    }

    /// Finds the place of a number among the open clauses.
    pub(super) fn place(&mut self, at: usize, marker: Marker) -> Place {
        let entry = &self.entries[at];
        let top = marker.style == self.shape.top;
        if marker.style < self.shape.top || (self.tree.is_empty() && !top) {
            if !marker.loose && self.above.ending == Ending::Sentence && !self.above.full {
                self.doubt(
                    at,
                    marker,
                    "this is a number of another kind than those of the clauses",
                );
            }
            return Place::Text;
        }
        let (level, before, taken) = self.level_of(marker);
        let comes_next = !taken
            && before.map_or(marker.part == Part::FIRST, |before| marker.part.follows(before));
        let first = top && before.is_none();
        let gap = |reader: &Self| {
            (!comes_next && !reader.partial).then(|| reader.gap(at, marker, before))
        };
        if first {
            return Place::Clause { level, gap: gap(self) };
        }
        if marker.style == Style::Article || (top && entry.line.text.starts_with('第')) {
            return self.place_named(at, marker, level, before, comes_next);
        }
        let above = self.above;
        let ended = above.empty
            || above.caption
            || matches!(above.ending, Ending::Sentence | Ending::Part)
            || self.layout.ends_paragraph(&entry.line);
        // 第⏎三、四點 and 依前點、⏎二、三點 are sentences.
        let counted = entry.rest().starts_with(['點', '款', '目', '項', '條']);
        let in_sentence = !ended && (above.hangs || counted);
        let loose = marker.loose && !top_loose(self.shape, marker);
        if comes_next {
            if in_sentence || (loose && !ended && above.full) {
                let text = "this may be a clause, but the line above breaks off in a sentence";
                let help = "taken as text; if it is a clause, compare the line above with the \
                            published text, or correct the reading under `marks`";
                let fault =
                    Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
                self.diagnostics.push(fault.help(help));
                return Place::Text;
            }
            if !ended && above.full {
                let text =
                    "this is taken for a clause, but the line above may break off in a sentence";
                let help = "compare with the published text; correct the reading under `marks`";
                let fault =
                    Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
                return Place::Clause { level, gap: Some(fault.help(help)) };
            }
            return Place::Clause { level, gap: None };
        }
        if in_sentence || loose || (!ended && above.full) {
            if loose && !in_sentence && marker.part == Part::FIRST && self.above_opens(at) {
                self.doubt(at, marker, "this may begin a list of clauses");
            }
            let near = before.is_some_and(|before| {
                marker.part.number() > before.number()
                    && marker.part.number() - before.number() <= Self::FURTHEST_GAP
            });
            if near && !in_sentence {
                let text =
                    "this may be a clause whose number does not come next; it is taken as text";
                let help = "compare with the published text; correct the reading under `marks`";
                let fault =
                    Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
                self.diagnostics.push(fault.help(help));
            }
            return Place::Text;
        }
        let span = self.marker_span(at, marker);
        if taken {
            let text = format!(
                "`{}` begins a list where the clause already has one of another kind or part",
                self.written(at, marker)
            );
            let help = "clauses are named by their numbers, so a clause holds one list";
            return Place::Misfit(Diagnostic::new(Code::UnreadableClause, span, text).help(help));
        }
        let last = before.map_or(0, Part::number);
        if before.is_some_and(|before| marker.part <= before) {
            return Place::Misfit(self.gap(at, marker, before));
        }
        if self.partial {
            return Place::Clause { level, gap: None };
        }
        if marker.part.number() - last > Self::FURTHEST_GAP {
            let text = format!("`{}` is far from the number before it", self.written(at, marker));
            let help = "taken as text; correct the reading under `marks` if it is a clause";
            self.diagnostics.push(Diagnostic::new(Code::DoubtfulClause, span, text).help(help));
            return Place::Text;
        }
        Place::Clause { level, gap: gap(self) }
    }

    /// Says that a number is taken as text.
    fn doubt(&mut self, at: usize, marker: Marker, text: &str) {
        let help = "taken as text; correct the reading under `marks` if it is a clause";
        let fault = Diagnostic::new(Code::DoubtfulClause, self.marker_span(at, marker), text);
        self.diagnostics.push(fault.help(help));
    }

    /// Whether the line above says that a list follows.
    fn above_opens(&self, at: usize) -> bool {
        let above = at.checked_sub(1).map(|above| self.entries[above].line.text);
        above.is_some_and(|text| text.ends_with(['：', ':']))
    }

    /// 第 N 條 and 第N點, which also begin lines of sentences.
    pub(super) fn place_named(
        &mut self,
        at: usize,
        marker: Marker,
        level: usize,
        before: Option<Part>,
        comes_next: bool,
    ) -> Place {
        let entry = &self.entries[at];
        let alone = entry.rest().is_empty() || is_caption(entry.rest());
        let above = self.above;
        let ended = above.empty
            || matches!(above.ending, Ending::Sentence | Ending::Part)
            || entry.line.blank_before
            || (above.ending == Ending::Bare && !above.hangs && !above.full);
        if comes_next && (alone || ended) {
            return Place::Clause { level, gap: None };
        }
        let further = before.is_none_or(|before| marker.part > before);
        if !ended && !alone {
            return Place::Text;
        }
        let fault = self.gap(at, marker, before);
        if further {
            Place::Clause { level, gap: (!self.partial).then_some(fault) }
        } else {
            Place::Misfit(fault)
        }
    }

    /// Says what is odd about a number: 三 after 一.
    pub(super) fn gap(&self, at: usize, marker: Marker, before: Option<Part>) -> Diagnostic {
        let written = self.written(at, marker);
        let text = match before {
            Some(before) => format!("`{written}` comes after {before}"),
            None => format!("the list begins with `{written}`"),
        };
        let help = if before.is_some_and(|before| marker.part <= before) {
            "it stays a paragraph of the clause above; compare with the published text"
        } else {
            "compare with the published text: a line may be lost or doubled"
        };
        Diagnostic::new(Code::ClauseGap, self.marker_span(at, marker), text).help(help)
    }

    pub(super) fn written(&self, at: usize, marker: Marker) -> &'a str {
        &self.entries[at].line.text[..marker.length]
    }
}

/// Whether numbers of the outermost list are set off by white space alone in this text.
fn top_loose(shape: Shape, marker: Marker) -> bool {
    shape.loose && marker.style == shape.loose_style
        || shape.form == Form::Articles && marker.style == Style::Point
        || marker.style > shape.top
}
