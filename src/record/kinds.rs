//! The kinds of records there are, as one table of a site; what each may hold stands in the files
//! below. A kind's records live in `content/PLURAL/…yaml` or `content/PLURAL.yaml`; a file holds one
//! record or a list.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use about::{REGISTER, ROLE, TERM, TOPIC, WAIVER};
use acts::{AUDIT, EVENT, SUBMISSION, TRAINING, USAGE};
use holders::{ACCOUNT, AGENCY, CONTRACTOR, POST, SYSTEM, UNIT};
use papers::{EVIDENCE, FINDING};

pub use super::kind::{Kind, Register};
use super::register::{Definition, kept};
use super::rule::{HOLDERS, PAPERS, obligation};
use super::schema::{Field, Shape};

mod about;
mod acts;
mod holders;
mod papers;
mod shared;

/// A word of the vocabulary that records may use without the site saying so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownWord {
    pub section: String,
    pub word: String,
}

/// The kinds of records of a site: those the program knows of itself, and the registers, which are
/// data. Never more than one of each for the same definitions, so that it may last as long as the
/// program though sites are read again and again.
#[derive(Debug)]
pub struct Kinds {
    all: Vec<&'static Kind>,
    /// The grades of findings, the gravest last.
    pub grades: &'static [&'static str],
    /// What duties may be laid on.
    pub scopes: &'static [&'static str],
    /// The papers that rules may keep, by the folders of their records.
    pub papers: &'static [&'static str],
    /// What `obligations.yaml` may hold, of each duty.
    pub obligation: &'static [Field],
}

impl PartialEq for Kinds {
    /// There is one for each set of definitions.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Kinds {
    /// The kinds of a site with these registers and these words of its vocabulary.
    pub fn with(registers: &[Definition], words: &[KnownWord]) -> &'static Self {
        type Data = (Vec<Definition>, Vec<KnownWord>);
        static KNOWN: Mutex<BTreeMap<Data, &'static Kinds>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.entry((registers.to_vec(), words.to_vec()));
        made.or_insert_with_key(|_| Box::leak(Box::new(Self::new(registers, words))))
    }

    fn new(registers: &[Definition], words: &[KnownWord]) -> Self {
        let of_section = |section: &str| -> &'static [&'static str] {
            let own = words.iter().filter(|word| word.section == section);
            let own: Vec<&'static str> = own.map(|word| kept(&word.word)).collect();
            own.leak()
        };
        let with_words = |kind: &'static Kind| -> &'static Kind {
            if !kind.fields.iter().any(|field| matches!(field.shape, Shape::Term(..))) {
                return kind;
            }
            let with_words = |field: &Field| match field.shape {
                Shape::Term(section, _) => {
                    Field { shape: Shape::Term(section, of_section(section)), ..*field }
                }
                _ => *field,
            };
            let fields: Vec<Field> = kind.fields.iter().map(with_words).collect();
            Box::leak(Box::new(Kind { fields: fields.leak(), ..*kind }))
        };
        let of_data: Vec<Kind> = registers.iter().map(Definition::kind).collect();
        let of_data: &'static [Kind] = of_data.leak();
        let names = of_data.iter().map(|kind| kind.name);
        let scopes: Vec<&'static str> = HOLDERS.iter().copied().chain(names).collect();
        let scopes: &'static [&'static str] = scopes.leak();
        let folders = of_data.iter().map(|kind| kind.plural);
        let papers: Vec<&'static str> = PAPERS.iter().copied().chain(folders).collect();
        let papers: &'static [&'static str] = papers.leak();
        Self {
            grades: of_section("grade"),
            all: RECORDS.iter().map(with_words).chain(of_data).chain(ABOUT_OTHERS).collect(),
            scopes,
            papers,
            obligation: obligation(scopes, papers).leak(),
        }
    }

    /// Every kind, in the order of the reference.
    pub fn iter(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.all.iter().copied()
    }

    /// The kinds whose records are entries of registers, in the order they are defined.
    pub fn registers(&self) -> impl Iterator<Item = &'static Kind> + '_ {
        self.iter().filter(|kind| kind.register.is_some())
    }

    /// The kind of a name.
    pub fn find(&self, name: &str) -> Option<&'static Kind> {
        self.iter().find(|kind| kind.name == name)
    }

    /// The kind whose records live in the folder `plural`.
    pub fn of_folder(&self, plural: &str) -> Option<&'static Kind> {
        self.iter().find(|kind| kind.plural == plural)
    }
}

/// Those of a site without any register or word.
impl Default for &'static Kinds {
    fn default() -> Self {
        Kinds::with(&[], &[])
    }
}

/// A kind that the program knows of itself; without the words of the vocabulary that its fields take.
pub fn built_in(name: &str) -> Option<&'static Kind> {
    RECORDS.iter().chain(ABOUT_OTHERS).find(|kind| kind.name == name)
}

/// The kind of a name that stands in the code.
pub fn own_kind(name: &'static str) -> &'static Kind {
    built_in(name).expect("the program knows it of itself")
}

/// The kinds that say what is there and what was done. The registers come behind them.
const RECORDS: &[Kind] = &[
    AGENCY, UNIT, SYSTEM, POST, ACCOUNT, USAGE, AUDIT, SUBMISSION, TRAINING, CONTRACTOR, EVENT,
    FINDING, EVIDENCE,
];

/// The kinds that say what to make of the others.
const ABOUT_OTHERS: &[Kind] = &[WAIVER, ROLE, TOPIC, TERM, REGISTER];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_names_a_kind() {
        fn check(fields: &[Field]) {
            for field in fields {
                let shape = if let Shape::List(item) = field.shape { *item } else { field.shape };
                match shape {
                    Shape::Ref(kind) => {
                        assert!(built_in(kind).is_some(), "{kind}");
                    }
                    Shape::Group(fields) | Shape::Groups(fields) => check(fields),
                    _ => {}
                }
                assert!(!field.doc.is_empty(), "{}", field.key);
            }
        }
        Kinds::with(&[], &[]).iter().for_each(|kind| check(kind.fields));
    }
}
