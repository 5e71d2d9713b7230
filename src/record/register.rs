//! Registers: kinds of records that are data, not code. A definition says what an entry holds and
//! what people call it; from it follows the [`Kind`] that readers, conditions, schemas and pages go
//! by. Takes definitions that were found sound, gives their kinds; reads nothing.

use super::kind::{ATTRIBUTES, ID, Kind, NOTE, Register};
use super::schema::{Field, Shape, optional, required};

/// What a definition says of each register.
pub const REGISTER: &[Field] = &[
    required("id", Shape::Id, "name of the kind: scopes, conditions and schemas call it so"),
    required("folder", Shape::Id, "the folder under `content/`, and of its pages"),
    required("title", Shape::Text, "what pages call an entry"),
    optional("doc", Shape::Text, "a line about it, for editors; default: the title"),
    required(
        "since",
        Shape::Text,
        "the day from which on an entry is there, by the key of its field",
    ),
    required("ended", Shape::Text, "the last day it was there, by the key of its field"),
    optional(
        "unique",
        Shape::Text,
        "the text that no two entries of a system should share, by the key of its field; conditions know \
         as `KIND.same_KEY` how many others do",
    ),
    optional(
        "named",
        Shape::Text,
        "what people call an entry, by the key of its field; default: its id",
    ),
    optional(
        "is_act",
        Shape::Flag,
        "an entry is an act: what must stand in it is asked after it ended, too",
    ),
    required(
        "fields",
        Shape::Groups(&[
            KEY,
            TITLE,
            DOC,
            required("shape", Shape::Word(SHAPES), SHAPE_DOC),
            OF,
            WORDS,
            LIST,
            REQUIRED,
            optional(
                "history",
                Shape::Flag,
                "of a `day`: it may be given as the list of all its values",
            ),
            optional(
                "fields",
                Shape::Groups(&[
                    KEY,
                    TITLE,
                    DOC,
                    required("shape", Shape::Word(SHAPES.split_at(SHAPES.len() - 1).0), SHAPE_DOC),
                    OF,
                    WORDS,
                    LIST,
                    REQUIRED,
                ]),
                "with `group`: the keys of the mapping",
            ),
        ]),
        "what an entry holds beside `id`, `note` and `attributes`, which every entry has; `system`, and \
         `agency` or `unit`, must be among it",
    ),
    NOTE,
];

/// The words for what stands in a field; `group` within none.
const SHAPES: &[&str] =
    &["text", "day", "first-day", "planned-day", "month", "count", "flag", "word", "ref", "group"];
const SHAPE_DOC: &str = "what stands there: `first-day` and `planned-day` may lie ahead, `word` is one \
     of `words`, `ref` the id of a record of the kind `of`, `group` a mapping with `fields`";

const KEY: Field = required("key", Shape::Text, "its key: small letters, digits and `_`");
const TITLE: Field = required("title", Shape::Text, "what pages call it");
const DOC: Field = optional("doc", Shape::Text, "what it means, for editors; default: the title");
const OF: Field = optional("of", Shape::Text, "with `ref`: the kind of record it names");
const WORDS: Field = optional(
    "words",
    Shape::Attributes,
    "with `word`: each word and what pages call it, `words: {lent: 借出}`",
);
const LIST: Field = optional("list", Shape::Flag, "it holds a list of such values");
const REQUIRED: Field = optional("required", Shape::Flag, "every entry must have it");

/// A register as its author defines it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Definition {
    pub name: String,
    pub folder: String,
    pub title: String,
    pub doc: String,
    pub since: String,
    pub ended: String,
    pub unique: Option<String>,
    pub named: Option<String>,
    pub is_act: bool,
    pub fields: Vec<Defined>,
}

/// A field as the author of a register defines it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defined {
    pub key: String,
    pub title: String,
    pub doc: String,
    pub form: Form,
    pub is_list: bool,
    pub is_required: bool,
    pub has_history: bool,
}

/// What stands in a defined field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Text,
    Day,
    /// A day that may be known before it comes.
    FirstDay,
    /// A day that may well lie ahead.
    PlannedDay,
    Month,
    Count,
    Flag,
    /// One of these words, each with what pages call it.
    Word(Vec<(String, String)>),
    /// The id of a record of a kind.
    Ref(String),
    Group(Vec<Defined>),
}

impl Definition {
    /// The kind it defines. It is never given back: [`Kinds`](super::kinds::Kinds) makes each once.
    pub(super) fn kind(&self) -> Kind {
        let own = self.fields.iter().map(Defined::field);
        let fields: Vec<Field> = std::iter::once(ID).chain(own).chain([NOTE, ATTRIBUTES]).collect();
        let (mut titles, mut words) = (Vec::new(), Vec::new());
        titles_of("", &self.fields, &mut titles, &mut words);
        Kind {
            name: kept(&self.name),
            plural: kept(&self.folder),
            doc: kept(&self.doc),
            fields: fields.leak(),
            register: Some(Register {
                title: kept(&self.title),
                since: kept(&self.since),
                ended: kept(&self.ended),
                unique: self.unique.as_deref().map(kept),
                same: self.unique.as_ref().map(|key| kept(&format!("same_{key}"))),
                named: self.named.as_deref().map(kept),
                is_act: self.is_act,
                fields: titles.leak(),
                words: words.leak(),
            }),
        }
    }
}

type Titles = Vec<(&'static str, &'static str)>;

fn titles_of(above: &str, fields: &[Defined], titles: &mut Titles, words: &mut Titles) {
    for field in fields {
        let path = format!("{above}{}", field.key);
        titles.push((kept(&path), kept(&field.title)));
        match &field.form {
            Form::Group(inner) => titles_of(&format!("{path}."), inner, titles, words),
            Form::Word(of) => {
                words.extend(
                    of.iter().map(|(word, title)| (kept(&format!("{path}.{word}")), kept(title))),
                );
            }
            _ => {}
        }
    }
}

impl Defined {
    fn field(&self) -> Field {
        let one = match &self.form {
            Form::Text => Shape::Text,
            Form::Day => Shape::Date,
            Form::FirstDay => Shape::Start,
            Form::PlannedDay => Shape::Planned,
            Form::Month => Shape::Month,
            Form::Count => Shape::Count,
            Form::Flag => Shape::Flag,
            Form::Word(words) => {
                let words: Vec<&'static str> = words.iter().map(|(word, _)| kept(word)).collect();
                Shape::Word(words.leak())
            }
            Form::Ref(kind) => Shape::Ref(kept(kind)),
            Form::Group(inner) => {
                let fields: Vec<Field> = inner.iter().map(Defined::field).collect();
                if self.is_list {
                    Shape::Groups(fields.leak())
                } else {
                    Shape::Group(fields.leak())
                }
            }
        };
        let shape = match one {
            Shape::Groups(_) => one,
            one if self.is_list => Shape::List(Box::leak(Box::new(one))),
            one => one,
        };
        Field {
            key: kept(&self.key),
            shape,
            required: self.is_required,
            history: self.has_history,
            doc: kept(&self.doc),
        }
    }
}

/// A text that lasts as long as the program.
pub(super) fn kept(text: &str) -> &'static str {
    Box::leak(text.into())
}
