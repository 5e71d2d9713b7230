//! What a mapping may hold, as data: the tables in [`kinds`](super::kinds) and [`rule`](super::rule)
//! are written with these words, and [`check`](crate::parse::check) reads every file by them. The record
//! [`reference`](crate::parse::reference) comes from the same tables.

/// What a value must look like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text; never empty.
    Text,
    /// The record's own id: `^[a-z0-9][a-z0-9-]{0,62}$`.
    Id,
    /// The id of a record of the kind named.
    Ref(&'static str),
    /// The id of some record; which kind depends on another key (the duty's scope).
    AnyRef,
    /// `REGULATION/OBLIGATION`.
    Obligation,
    /// The id of a regulation.
    Regulation,
    /// A clause number such as `7.1.1`.
    Clause,
    /// A day, in any of the forms [`parse_day`](crate::time::parse_day) reads.
    Date,
    /// The first day of something, which may be known before it comes; otherwise like `Date`.
    Start,
    /// A day that may well lie ahead, such as the last day of a contract; otherwise like `Date`.
    Planned,
    /// A time of a day, `2026-11-20T16:40+08:00`; without an offset in Taiwan. It stands beside the day,
    /// under the same key with `_at` for `_on`, and agrees with it.
    Instant,
    /// A time of any day.
    Clock,
    /// `2026-09`.
    Month,
    /// A period of any length, or a day for duties counted from the last time.
    Period,
    /// A whole number from 0.
    Count,
    /// A percentage with at most two decimals, `6%`.
    Rate,
    /// `5 days`, `10 working days`, `3 months`, `1 year`.
    Length,
    /// A length, or hours: `72 hours`.
    Time,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A word of a section of the vocabulary: one of these, or one that the site adds.
    Term(&'static str, &'static [&'static str]),
    /// `last`, or the number of a day of the month.
    MonthDay,
    /// An `https` address outside the site.
    Url,
    /// 64 hexadecimal digits.
    Sha256,
    /// A relative path without `..`.
    Path,
    /// A colour, `#17344f`.
    Colour,
    /// An address on the web, `https://…` or `http://…`.
    Address,
    /// A condition, see [`condition`](crate::model::condition).
    Condition,
    /// A mapping whose keys the author chooses, with single values.
    Attributes,
    /// A mapping of facts that a test gives: records of any kind, and short forms of them.
    Given,
    /// A list of such values.
    List(&'static Shape),
    /// Such a value, or a list of them.
    OneOrMore(&'static Shape),
    /// A mapping with these keys.
    Group(&'static [Field]),
    /// A list of mappings with these keys.
    Groups(&'static [Field]),
}

/// Chinese descriptions by `SUBJECT.KEY` (dotted for keys of mappings), and by `SUBJECT`.
pub type Descriptions = std::collections::BTreeMap<String, String>;

/// One key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub key: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// It may be given as a history: a list of its values, each with its day, so that what it was
    /// on an earlier day is known.
    pub history: bool,
    /// One line for the record reference.
    pub doc: &'static str,
}

/// A key that must be there.
pub const fn required(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { key, shape, required: true, history: false, doc }
}

/// A key that may be left out.
pub const fn optional(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { key, shape, required: false, history: false, doc }
}

/// A key that may be left out, or given as a history of values with days: days, or mappings that
/// have one.
pub const fn dated(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { key, shape, required: false, history: true, doc }
}

/// What every mapping may have: by it an author answers for what is personal in it.
pub const PII_OK: &[Field] = &[
    required("reason", Shape::Text, "why it must stand here"),
    required(
        "until",
        Shape::Planned,
        "the last day on which that holds, five years ahead at most; then it is an error",
    ),
];

impl Field {
    /// Of a time of a day the key of the day that stands beside it.
    pub fn day_beside(&self) -> Option<String> {
        let stem = self.key.strip_suffix("at")?;
        matches!(self.shape, Shape::Instant).then(|| format!("{stem}on"))
    }
}

impl Shape {
    /// What is expected, for messages: `a date such as …`.
    pub fn expects(self) -> String {
        match self {
            Shape::Text => "a text".into(),
            Shape::Id | Shape::AnyRef => "an id".into(),
            Shape::Ref(kind) => format!("the id of a record of kind `{kind}`"),
            Shape::Obligation => "an obligation, written `REGULATION/OBLIGATION`".into(),
            Shape::Regulation => "the id of a regulation".into(),
            Shape::Clause => "a clause number such as `7.1.1`".into(),
            Shape::Date | Shape::Start | Shape::Planned => {
                "a date such as `2026-11-21` or `\"115-11-21\"`".into()
            }
            Shape::Instant => {
                "a time such as `2026-11-20T16:40+08:00`, or in Taiwan `2026-11-20T16:40`".into()
            }
            Shape::Clock => "a time of day such as `\"09:00\"`, in quotes".into(),
            Shape::Month => "a month such as `2026-09`".into(),
            Shape::Period => "a period such as `2026-09`, `2026-Q3`, `2026-H1` or `2026`".into(),
            Shape::Count => "a whole number".into(),
            Shape::Rate => "a percentage such as `6%`".into(),
            Shape::Length => "a length such as `5 days`, `10 working days` or `3 months`".into(),
            Shape::Time => {
                "a length such as `72 hours`, `5 days`, `10 working days` or `3 months`".into()
            }
            Shape::Flag => "`true` or `false`".into(),
            Shape::Word(words) => format!("one of {}", quoted(words)),
            Shape::Term(section, words) => {
                format!(
                    "one of {}, or a word of `{section}` in the site's vocabulary",
                    quoted(words)
                )
            }
            Shape::MonthDay => "`last` or a day of the month from 1 to 31".into(),
            Shape::Url => "an address such as `https://example.org/law`".into(),
            Shape::Sha256 => "a SHA-256 in hexadecimal".into(),
            Shape::Path => "a relative path".into(),
            Shape::Colour => "a colour such as `#17344f`, in quotes".into(),
            Shape::Address => "an address such as `https://example.org/`".into(),
            Shape::Condition => "a condition".into(),
            Shape::Attributes | Shape::Given | Shape::Group(_) => "a mapping".into(),
            Shape::List(_) | Shape::Groups(_) => "a list".into(),
            Shape::OneOrMore(item) => format!("{}, or a list of them", item.expects()),
        }
    }
}

/// The words in backticks, with commas.
pub fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
