//! The search index, made from the finished pages: every text a page shows can be found, and is
//! kept once however many pages show it. Pages come from several threads in any order; the files
//! are the same.

mod files;
mod fold;
mod text;

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use files::{Content, Found, Standing};
pub use fold::fold;
pub use text::PageText;
pub(super) use text::TextReader;

use crate::render::OutputFile;
use crate::site::Site;
use crate::site::route::Route;
use crate::site::search::{Clause, Kind, Subject, clauses, subject};

/// Gathers the texts of pages, and then makes the files the search page looks them up in.
#[derive(Debug)]
pub struct SearchIndex {
    kinds: Vec<String>,
    found: Vec<Found>,
    names: BTreeMap<String, Vec<u32>>,
    clauses: Vec<Standing>,
    /// The number of each page, in the order of [`Site::pages`].
    numbers: Vec<u32>,
    /// The page whose frame is read too: it is the same on all of them.
    framed: Option<usize>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    titles: HashMap<u32, String>,
    texts: HashMap<String, Vec<u32>>,
}

impl SearchIndex {
    /// The index of a site, with what is known of it before its pages are made.
    pub fn new(site: &Site) -> Self {
        let subjects = site.pages.iter().map(|route| subject(site, *route));
        let pages: Vec<(usize, Subject)> = subjects.enumerate().collect();
        let mut things: Vec<(Kind, Thing)> = Vec::with_capacity(pages.len());
        things.extend(pages.into_iter().map(|(page, of)| (of.kind, Thing::Page(page, of))));
        things.extend(clauses(site).map(|clause| (Kind::Clause, Thing::Clause(clause))));
        things.sort_by_key(|(kind, _)| *kind);

        let mut index = Self {
            kinds: Kind::ALL.iter().map(|kind| site.words.get(kind.as_str()).to_owned()).collect(),
            found: Vec::with_capacity(things.len()),
            names: BTreeMap::new(),
            clauses: Vec::new(),
            numbers: vec![0; site.pages.len()],
            framed: site.pages.iter().position(|route| *route == Route::Home),
            state: Mutex::default(),
        };
        for (number, (kind, thing)) in (0..).zip(things) {
            let (names, found) = match thing {
                Thing::Page(page, Subject { disambiguator, names, .. }) => {
                    index.numbers[page] = number;
                    let path = site.path(site.pages[page]);
                    (
                        names,
                        Found { kind: kind as usize, title: String::new(), disambiguator, path },
                    )
                }
                Thing::Clause(Clause { title, disambiguator, names, texts, path }) => {
                    let standing =
                        |text: String| Standing { at: vec![number], text: one_line(&text) };
                    index.clauses.extend(texts.into_iter().map(standing));
                    (names, Found { kind: kind as usize, title, disambiguator, path })
                }
            };
            index.found.push(found);
            for name in names {
                index.names.entry(one_line(&name)).or_default().push(number);
            }
        }
        index
    }

    /// Whether the frame of page `page` of the site is read too.
    pub fn reads_frame(&self, page: usize) -> bool {
        self.framed == Some(page)
    }

    /// Adds page `page` of the site with its text.
    pub fn add(&self, page: usize, text: PageText) {
        let number = self.numbers[page];
        let mut state = self.state.lock().expect("no holder of the lock panics");
        for fragment in text.fragments() {
            match state.texts.get_mut(fragment) {
                Some(at) if at.last() == Some(&number) => {}
                Some(at) => at.push(number),
                None => _ = state.texts.insert(fragment.to_owned(), vec![number]),
            }
        }
        state.titles.insert(number, text.title);
    }

    /// The files of the index.
    pub fn files(self) -> Vec<OutputFile> {
        let Self { kinds, mut found, names, mut clauses, state, .. } = self;
        let State { mut titles, mut texts } =
            state.into_inner().expect("no holder of the lock panics");
        for (number, found) in (0..).zip(&mut found) {
            if let Some(title) = titles.remove(&number) {
                found.title = title;
            }
        }
        // What a clause says is kept once, with the pages that quote it.
        for clause in &mut clauses {
            clause.at.extend(texts.remove(&clause.text).unwrap_or_default());
        }
        let sorted = |(text, mut at): (String, Vec<u32>)| {
            at.sort_unstable();
            at.dedup();
            Standing { at, text }
        };
        let names = names.into_iter().filter(|(name, _)| !name.is_empty()).map(sorted).collect();
        let clauses = clauses.into_iter().filter(|clause| !clause.text.is_empty());
        let clauses = clauses.map(|clause| sorted((clause.text, clause.at))).collect();
        let texts = texts.into_iter().map(sorted).collect();
        let lasting = Kind::Finding as usize;
        files::files(Content { kinds, lasting, found, names, clauses, texts })
    }
}

/// Something that can be found.
enum Thing {
    Page(usize, Subject),
    Clause(Clause),
}

/// White space as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "../../../tests/suite/search_reader.rs"]
mod reader;
#[cfg(test)]
mod tests;
