//! What a reader will see of a text, whatever way it is written: entities, emphasis in the middle of
//! a number, words of a link. It is looked through for characters nobody sees and for what is
//! personal, block by block, and what is personal is masked in what will be written.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use super::emphasis::{ends_inline, is_inline};
use super::{Fault, FaultKind};
use crate::hidden::{find_decoded, find_odd};
use crate::privacy::{self, Kind};

/// Gathers the visible text of a block.
pub struct Shown<'s, F> {
    source: &'s str,
    /// Which kinds are masked.
    masked: F,
    text: String,
    pieces: Vec<Piece>,
}

/// A part of the visible text.
struct Piece {
    /// Where it stands in the visible text.
    shown: Range<usize>,
    /// Where it stands in the source.
    source: Range<usize>,
    /// Which of the events to be written holds it.
    event: usize,
}

impl<'s, F: Fn(Kind) -> bool> Shown<'s, F> {
    /// A look at the text `source`, in which what is `masked` is to be masked.
    pub fn new(source: &'s str, masked: F) -> Self {
        Self { source, masked, text: String::new(), pieces: Vec::new() }
    }

    /// Looks at the next event; gives what is amiss in a block that it ends, whose events, the last
    /// of `written`, are masked. An event that shows a text becomes the next one of `written`, or
    /// part of the last one where it `goes_on` with it.
    pub fn take(
        &mut self,
        event: &Event,
        place: &Range<usize>,
        written: &mut [Event<'_>],
        goes_on: bool,
    ) -> Vec<Fault> {
        match event {
            // Tags are shown as text, comments too: whoever reads the page reads them.
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                let start = self.text.len();
                self.text.push_str(text);
                match self.pieces.last_mut().filter(|_| goes_on) {
                    Some(piece) => {
                        piece.shown.end = self.text.len();
                        piece.source.end = place.end;
                    }
                    None => {
                        let (shown, source) = (start..self.text.len(), place.clone());
                        self.pieces.push(Piece { shown, source, event: written.len() });
                    }
                }
                self.odd(text, place)
            }
            Event::SoftBreak | Event::HardBreak => {
                self.text.push('\n');
                Vec::new()
            }
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                let mut faults = self.beside(dest_url, place);
                faults.extend(self.beside(title, place));
                faults
            }
            // The word behind the fence is written into the page, though nobody sees it.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(word))) => {
                let mut faults = self.end(written);
                faults.extend(self.beside(word, place));
                faults
            }
            Event::Start(tag) if !is_inline(tag) => self.end(written),
            Event::End(tag) if !ends_inline(*tag) => self.end(written),
            _ => Vec::new(),
        }
    }

    /// A text that stands in a tag, such as an address, with what may not be read masked.
    pub fn mask<'a>(&self, text: CowStr<'a>) -> CowStr<'a> {
        match privacy::masked(&text, &privacy::find(&text), &self.masked) {
            Cow::Owned(masked) => masked.into(),
            Cow::Borrowed(_) => text,
        }
    }

    fn beside(&self, text: &str, place: &Range<usize>) -> Vec<Fault> {
        let personal = privacy::find(text).into_iter().map(|one| one.kind);
        let personal = personal.map(|kind| fault(place.clone(), FaultKind::Personal(kind)));
        self.odd(text, place).into_iter().chain(personal).collect()
    }

    /// Those written as themselves were reported when the file was read.
    fn odd(&self, text: &str, place: &Range<usize>) -> Vec<Fault> {
        let mut odd = find_decoded(text);
        odd.extend(find_odd(text));
        let written = self.source.get(place.clone()).unwrap_or_default();
        let decoded = odd.into_iter().filter(|c| !written.contains(*c));
        decoded.map(|c| fault(place.clone(), FaultKind::Hidden(c))).collect()
    }

    /// What is amiss in the block that ends here.
    pub fn end(&mut self, written: &mut [Event<'_>]) -> Vec<Fault> {
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        let found = privacy::find(&text);
        if let Cow::Owned(masked) = privacy::masked(&text, &found, &self.masked) {
            for piece in &pieces {
                let words = masked.get(piece.shown.clone()).unwrap_or_default().to_owned();
                if let Some(event) = written.get_mut(piece.event) {
                    write_over(event, words);
                }
            }
        }
        let piece = |at: usize| {
            let last = pieces.partition_point(|piece| piece.shown.start <= at).saturating_sub(1);
            pieces.get(last)
        };
        let fault_of = |one: privacy::Found| {
            let (first, last) = (piece(one.place.start)?, piece(one.place.end.saturating_sub(1))?);
            // A piece that is written as it is shown tells the place to the byte.
            let (start, source) = (first.shown.start, first.source.clone());
            let plain = std::ptr::eq(first, last) && source.len() >= one.place.end - start;
            let place = if plain {
                source.start + one.place.start - start..source.start + one.place.end - start
            } else {
                source.start..last.source.end
            };
            Some(fault(place, FaultKind::Personal(one.kind)))
        };
        found.into_iter().filter_map(fault_of).collect()
    }
}

fn fault(place: Range<usize>, kind: FaultKind) -> Fault {
    Fault { place, kind }
}

fn write_over(event: &mut Event<'_>, words: String) {
    *event = match event {
        Event::Code(_) => Event::Code(words.into()),
        _ => Event::Text(words.into()),
    };
}
