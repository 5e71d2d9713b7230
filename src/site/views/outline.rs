//! The headings of a text (編, 章, 節, 壹) outside its clauses: the parts of the page under them, and
//! the table of contents as a tree of them with a link to each 點 or 條.

use std::collections::BTreeSet;

use serde::Serialize;

use super::law::ClauseView;
use super::parts::Link;
use crate::law::{Heading, LawClause, LawText, Level, heading_number};

/// Clauses and the headings right in front of them; at the end of a text perhaps headings alone.
#[derive(Debug, Default, Serialize)]
pub struct LawPart {
    pub headings: Vec<HeadingView>,
    pub clauses: Vec<ClauseView>,
}

/// A heading that belongs to no clause.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// `h1-2`, by the numbers of the headings it stands under.
    pub anchor: String,
    /// Of the tag: 3 for the outermost; never more than one below the heading it stands under.
    pub level: usize,
    /// 0 for 編, 1 for 章, as the text has it.
    pub depth: u8,
    pub text: String,
}

/// A heading in the table of contents with what stands under it.
#[derive(Debug, Serialize)]
pub struct ContentsPart {
    pub heading: Link,
    /// 「第1條～第10條」.
    pub span: String,
    pub parts: Vec<ContentsPart>,
    pub clauses: Vec<Link>,
}

/// The table of contents: what stands in front of the first heading, then the headings.
#[derive(Debug, Default, Serialize)]
pub struct Contents {
    pub clauses: Vec<Link>,
    pub parts: Vec<ContentsPart>,
}

/// Characters of a clause that stand in the table of contents.
const CONTENTS_CHARS: usize = 26;

/// The headings of a text by the 點 or 條 they stand in front of; `None` behind the last.
fn placed(text: &LawText) -> Vec<(Option<usize>, HeadingView)> {
    // 壹、 under which the points begin anew is a clause of its own.
    let is_clause = |heading: &&Heading| {
        text.clauses.iter().any(|clause| {
            clause.span.start == heading.span.start && clause.span.file == heading.span.file
        })
    };
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let headings = text.headings.iter().filter(|heading| !is_clause(heading));
    let view = |heading: &Heading| {
        while above.last().is_some_and(|(depth, _)| *depth >= heading.depth) {
            above.pop();
        }
        let outer = above.last().map_or("h", |(_, anchor)| anchor);
        let joint = if above.is_empty() { "" } else { "-" };
        let number = heading_number(&heading.text).unwrap_or_else(|| "0".to_owned());
        let mut anchor = format!("{outer}{joint}{number}");
        while !used.insert(anchor.clone()) {
            anchor.push('_');
        }
        above.push((heading.depth, anchor.clone()));
        // By number and not by place: a partial version has clauses of another file.
        let place = heading
            .before
            .as_ref()
            .and_then(|before| text.clauses.iter().position(|clause| clause.number == *before));
        let (level, depth) = (2 + above.len(), heading.depth);
        (place, HeadingView { anchor, level, depth, text: heading.text.clone() })
    };
    headings.map(view).collect()
}

/// The clauses of a page under their headings.
pub fn parts(text: &LawText, clauses: Vec<ClauseView>) -> Vec<LawPart> {
    let headings = placed(text);
    let mut parts = vec![LawPart::default()];
    for (at, clause) in clauses.into_iter().enumerate() {
        let above = headings.iter().filter(|(place, _)| *place == Some(at));
        let above: Vec<HeadingView> = above.map(|(_, heading)| heading.clone()).collect();
        if !above.is_empty() {
            parts.push(LawPart { headings: above, clauses: Vec::new() });
        }
        parts.last_mut().expect("there is a first").clauses.push(clause);
    }
    let last = headings.into_iter().filter(|(place, _)| place.is_none());
    let last: Vec<HeadingView> = last.map(|(_, heading)| heading).collect();
    if !last.is_empty() {
        parts.push(LawPart { headings: last, clauses: Vec::new() });
    }
    parts.retain(|part| !part.headings.is_empty() || !part.clauses.is_empty());
    parts
}

/// The table of contents of a text.
pub fn contents(text: &LawText) -> Contents {
    let mut contents = Contents::default();
    let mut open: Vec<(u8, ContentsPart)> = Vec::new();
    let headings = placed(text);
    for (at, clause) in text.clauses.iter().enumerate() {
        for (_, heading) in headings.iter().filter(|(place, _)| *place == Some(at)) {
            enter(&mut contents, &mut open, heading);
        }
        if clause.number.level() == Level::Division {
            close(&mut contents, &mut open, 0);
            contents.parts.push(division(clause));
            continue;
        }
        match open.last_mut() {
            Some((_, part)) => part.clauses.push(entry(clause)),
            None => contents.clauses.push(entry(clause)),
        }
        let name = clause.number.citation_in_figures();
        for (_, part) in &mut open {
            part.span = match part.span.split_once('～') {
                Some((first, _)) => format!("{first}～{name}"),
                None if part.span.is_empty() => name.clone(),
                None => format!("{}～{name}", part.span),
            };
        }
    }
    for (_, heading) in headings.iter().filter(|(place, _)| place.is_none()) {
        enter(&mut contents, &mut open, heading);
    }
    close(&mut contents, &mut open, 0);
    contents
}

/// Opens a heading under those that are not ended by it.
fn enter(contents: &mut Contents, open: &mut Vec<(u8, ContentsPart)>, heading: &HeadingView) {
    let left = open.iter().take_while(|(depth, _)| *depth < heading.depth).count();
    close(contents, open, left);
    let link = Link { href: format!("#{}", heading.anchor), text: heading.text.clone() };
    let part =
        ContentsPart { heading: link, span: String::new(), parts: Vec::new(), clauses: Vec::new() };
    open.push((heading.depth, part));
}

fn close(contents: &mut Contents, open: &mut Vec<(u8, ContentsPart)>, left: usize) {
    while open.len() > left {
        let Some((_, done)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, outer)) => outer.parts.push(done),
            None => contents.parts.push(done),
        }
    }
}

/// A part under which the points begin anew.
fn division(clause: &LawClause) -> ContentsPart {
    let href = format!("#{}", clause.number.anchor());
    ContentsPart {
        heading: Link { href, text: clause.marker.clone() },
        span: String::new(),
        parts: Vec::new(),
        clauses: clause.children().map(entry).collect(),
    }
}

/// A link to a clause, with how it begins.
fn entry(clause: &LawClause) -> Link {
    let said = std::iter::once(clause).chain(clause.children()).map(LawClause::own_text);
    let own = said.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default();
    let line = own.split(['\n', '：', '。']).next().unwrap_or_default();
    let mut begin: String = line.chars().take(CONTENTS_CHARS).collect();
    if begin.len() < line.len() {
        begin.push('…');
    }
    let href = format!("#{}", clause.number.anchor());
    Link { href, text: format!("{}　{begin}", clause.number.citation()) }
}
