//! What stands beside the duties of a regulation: `regulation.yaml` (names, texts, history),
//! `clauses.yaml` (why a clause carries no duty) and `readings.yaml` (what clauses leave open).

use super::schema::{Field, Shape, optional, required};

/// What a mark says a line of a text is.
pub const READINGS: &[&str] =
    &["heading", "clause", "paragraph", "paragraph-of", "text", "attachment", "drop"];

/// The reasons why a clause carries no duty.
pub const REASONS: &[&str] = &[
    "purpose",
    "basis",
    "scope",
    "definition",
    "description",
    "data-source",
    "heading",
    "liability",
    "forms",
    "commencement",
    "other",
];

/// One entry of `clauses.yaml`.
pub const PLAIN_CLAUSE: &[Field] = &[
    required("clause", Shape::Clause, "the clause; its sub-clauses are meant too"),
    required("reason", Shape::Word(REASONS), "why it carries no duty"),
    optional("from", Shape::Date, "the first day, where the number was another clause's before"),
    optional("until", Shape::Date, "the last day, where the number is another clause's after it"),
    optional("note", Shape::Text, "more about it"),
];

/// One entry of `readings.yaml`.
pub const QUESTION: &[Field] = &[
    required("id", Shape::Id, "address of the question within its regulation"),
    required("clause", Shape::Clause, "the clause that leaves it open"),
    required(
        "words",
        Shape::Text,
        "the words that can be read in several ways, as they stand there",
    ),
    required("question", Shape::Text, "what is asked"),
    required(
        "options",
        Shape::Groups(&[
            required("id", Shape::Id, "name of the reading within the question"),
            required("says", Shape::Text, "the reading in a sentence"),
            optional(
                "set",
                Shape::Attributes,
                "what it changes in the rules: `DUTY.KEY: value`, with dots into mappings and the \
                 numbers of list entries from 0; the value is YAML, `none` takes the key away",
            ),
        ]),
        "the readings, two at least; each is run over the records",
    ),
    required("chosen", Shape::Id, "the option that the rules follow"),
    optional(
        "by",
        Shape::Group(&[
            required("post", Shape::Text, "the post that chose it; never a person"),
            required("on", Shape::Date, "the day"),
            optional("letter", Shape::Text, "the letter of the authority it rests on"),
            optional("ruling", Shape::Text, "or the ruling it rests on"),
        ]),
        "who chose it on what ground; left out, the question is unsettled",
    ),
    optional(
        "review_by",
        Shape::Planned,
        "the last day on which the choice holds without another look",
    ),
    optional("note", Shape::Text, "more about it"),
];

/// `regulation.yaml`.
pub const REGULATION: &[Field] = &[
    required("id", Shape::Id, "the folder's name"),
    required("name", Shape::Text, "official name"),
    optional("short", Shape::Text, "short name for tables"),
    optional("number", Shape::Text, "number in the collection (法規編號)"),
    optional("rank", Shape::Text, "rank (位階)"),
    optional("authority", Shape::Text, "who issued it (訂定機關)"),
    optional("descriptive_name", Shape::Flag, "the found text has no title; the name describes it"),
    optional("note", Shape::Text, "a remark, shown with the text"),
    required("versions", Shape::Groups(VERSION), "the texts, in any order"),
    optional(
        "repealed",
        Shape::Date,
        "day of its repeal (廢止): the last day on which its duties are law",
    ),
    optional("history", Shape::Groups(HISTORY), "its history (沿革)"),
    optional("cites", Shape::Groups(CITES), "the laws its text names"),
    optional(
        "readings",
        Shape::Groups(READING),
        "how words that fit no place of the text are read",
    ),
    optional("attachments", Shape::Groups(ATTACHMENT), "its attachments (附件)"),
];

const CITES: &[Field] = &[
    required("name", Shape::Text, "the name, as it stands in the text"),
    optional("also", Shape::List(&Shape::Text), "what else the text calls it"),
    optional("url", Shape::Url, "where it can be read"),
    optional(
        "article_url",
        Shape::Url,
        "where one article can be read, with `{article}` for its number",
    ),
    optional("note", Shape::Text, "a remark, shown with the list of laws"),
];

const READING: &[Field] = &[
    required("clause", Shape::Clause, "the clause the words stand in"),
    required("words", Shape::Text, "the words"),
    optional("means", Shape::Clause, "the clause that is meant"),
    optional("law", Shape::Text, "or the law that is meant, by its name in `cites`"),
    optional("note", Shape::Text, "why, shown with the list of references"),
];

const ATTACHMENT: &[Field] = &[
    required("label", Shape::Text, "what the text calls it: `附件一`, `附表`"),
    required("title", Shape::Text, "what it is"),
    optional("file", Shape::Path, "its file, in the regulation's folder: `attachments/NAME`"),
    optional("note", Shape::Text, "a remark"),
];

/// What `amends` means, of versions and of entries of the history.
const AMENDS: &str = "the clauses it touched: the others said the same before it, so that a later \
     text tells what an earlier one said";

const VERSION: &[Field] = &[
    required("id", Shape::Id, "name of the version, such as `2024-07-01`"),
    required("text", Shape::Path, "file of the text, in the same folder"),
    optional("amended", Shape::Date, "day of the amendment"),
    optional("in_force", Shape::Date, "first day in force"),
    optional("document", Shape::Text, "document number (文號)"),
    optional("summary", Shape::Text, "what was amended"),
    optional("amends", Shape::List(&Shape::Clause), AMENDS),
    optional(
        "later",
        Shape::Groups(&[
            required("clauses", Shape::List(&Shape::Clause), "the clauses, with all in them"),
            required("in_force", Shape::Date, "their first day in force"),
        ]),
        "clauses that come into force on a later day than the rest; until then the version before says \
         what they say",
    ),
    optional("partial", Shape::Flag, "only some points of this version are known"),
    optional(
        "draft",
        Shape::Flag,
        "a draft: it is no law, nothing is judged by it but in `whatif`, with the rules that name it",
    ),
    optional("repeals", Shape::List(&Shape::Id), "of a draft: the duties that end with it"),
    optional(
        "drop",
        Shape::Groups(&[
            optional(
                "line",
                Shape::Count,
                "number of the line, from 1; without it, wherever the text stands in front of a number",
            ),
            required("text", Shape::Text, "what stands on the line, or in front of numbers"),
            required("reason", Shape::Text, "why it is not part of the text"),
        ]),
        "what of the found text is no part of it: lines, such as page numbers, and bullets",
    ),
    optional(
        "marks",
        Shape::Groups(&[
            required("line", Shape::Count, "number of the line, from 1"),
            required("is", Shape::Word(READINGS), "what the line is"),
            optional(
                "of",
                Shape::Clause,
                "for `paragraph-of`: the clause that it is a further 項 of",
            ),
        ]),
        "how lines are to be read that were read otherwise; the text itself stays as it is",
    ),
];

const HISTORY: &[Field] = &[
    required("date", Shape::Date, "day of the amendment"),
    optional("in_force", Shape::Date, "first day in force"),
    optional("document", Shape::Text, "document number (文號)"),
    required("summary", Shape::Text, "what was amended"),
    optional("amends", Shape::List(&Shape::Clause), AMENDS),
    optional("url", Shape::Url, "where a version whose text the site does not hold can be read"),
];
