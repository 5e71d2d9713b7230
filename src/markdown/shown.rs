//! What a reader will see of a text, whatever way it is written: entities, emphasis in the middle of
//! a number, words of a link. It is looked through for characters nobody sees and for what is
//! personal, block by block.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Fault, FaultKind};
use crate::hidden::find_decoded as find_hidden;
use crate::privacy;

/// Gathers the visible text of a block.
#[derive(Default)]
pub struct Shown {
    text: String,
    /// Where each piece begins in `text`, and where it stands in the source.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Shown {
    /// Looks at the next event; gives what is amiss in a block that it ends.
    pub fn take(&mut self, event: &Event, place: &Range<usize>) -> Vec<Fault> {
        match event {
            // Tags are shown as text, comments too: whoever reads the page reads them.
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.pieces.push((self.text.len(), place.clone()));
                self.text.push_str(text);
                let fault = |c| Fault { place: place.clone(), kind: FaultKind::Hidden(c) };
                find_hidden(text).into_iter().map(fault).collect()
            }
            Event::SoftBreak | Event::HardBreak => {
                self.text.push('\n');
                Vec::new()
            }
            Event::Start(Tag::Link { dest_url, title, .. }) => {
                let fault = |kind| Fault { place: place.clone(), kind };
                let hidden = find_hidden(dest_url).into_iter().chain(find_hidden(title));
                let mut faults: Vec<Fault> = hidden.map(|c| fault(FaultKind::Hidden(c))).collect();
                let personal = privacy::find(dest_url).into_iter().chain(privacy::find(title));
                faults.extend(personal.map(|one| fault(FaultKind::Personal(one.kind))));
                faults
            }
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => Vec::new(),
            Event::End(_) => self.end(),
            _ => Vec::new(),
        }
    }

    /// What is amiss in the block that ends here.
    pub fn end(&mut self) -> Vec<Fault> {
        let text = std::mem::take(&mut self.text);
        let pieces = std::mem::take(&mut self.pieces);
        let piece = |at: usize| {
            let last = pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            pieces.get(last)
        };
        let fault = |one: privacy::Found| {
            let (start, first) = piece(one.place.start)?;
            let (_, last) = piece(one.place.end.saturating_sub(1))?;
            // A piece that is written as it is shown tells the place to the byte.
            let plain = first == last && first.len() >= one.place.end - start;
            let place = if plain {
                first.start + one.place.start - start..first.start + one.place.end - start
            } else {
                first.start..last.end
            };
            Some(Fault { place, kind: FaultKind::Personal(one.kind) })
        };
        privacy::find(&text).into_iter().filter_map(fault).collect()
    }
}
