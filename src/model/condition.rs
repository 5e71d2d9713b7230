//! Conditions of rules: one expression over a record, in minijinja's expression language.
//! This file, `bind`, `part` and `tree` are the only ones that name that engine. Strict: unknown
//! names are faults when the rule is read, and a result that is neither true nor false nor a plain
//! value is a fault, never a pass.

mod bind;
mod find;
mod part;
mod tree;

use std::fmt;
use std::sync::LazyLock;

use minijinja::{Environment, ErrorKind, Expression, UndefinedBehavior};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::parse::schema::Shape;
use crate::source::{Span, Spanned};
pub use bind::{AS_OF, DERIVED, Derived, DerivedName, FUNCTIONS, Subject};
use bind::{fields_of, root_of};
pub use find::{Found, shape_of};
use part::Part;
pub use tree::{Op, Term, Test};

/// Longer expressions could exhaust the stack of the engine's parser.
const MAX_LENGTH: usize = 1_024;
/// Steps an evaluation may take.
const FUEL: u64 = 10_000;

/// An expression that was found sound.
pub struct Condition {
    /// As the author wrote it.
    pub source: String,
    pub span: Span,
    /// What it says.
    pub says: Test,
    /// The dotted names it compares by order, which the engine would do with what is absent too.
    compared: Vec<String>,
    expression: Expression<'static, 'static>,
    /// What must hold each by itself.
    parts: Vec<Part>,
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// Why a condition has no answer: a word that pages know, and the detail for people who mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoAnswer {
    /// The dotted name is not recorded and cannot be compared.
    NotRecorded(String),
    /// It comes to nothing at all, such as an attribute the record lacks.
    NoValue,
    /// Something absent was used as if it were there.
    Undefined(String),
    /// Values of kinds that do not go together, or that lie outside what can be counted.
    Unfit(String),
    /// It took too many steps.
    TooLong,
    /// The records do not say enough of the people.
    People,
    /// Anything else the engine says.
    Failed(String),
}

impl NoAnswer {
    fn of(error: &minijinja::Error) -> Self {
        let detail = error.to_string();
        match error.kind() {
            ErrorKind::UndefinedError | ErrorKind::UnknownMethod => NoAnswer::Undefined(detail),
            ErrorKind::InvalidOperation => NoAnswer::Unfit(detail),
            ErrorKind::OutOfFuel => NoAnswer::TooLong,
            _ => NoAnswer::Failed(detail),
        }
    }

    /// The word of its texts.
    pub fn word(&self) -> &'static str {
        match self {
            NoAnswer::NotRecorded(_) => "not-recorded",
            NoAnswer::NoValue => "no-value",
            NoAnswer::Undefined(_) => "undefined",
            NoAnswer::Unfit(_) => "unfit",
            NoAnswer::TooLong => "too-long",
            NoAnswer::People => "people",
            NoAnswer::Failed(_) => "failed",
        }
    }

    /// The name it is about, as conditions write it.
    pub fn name(&self) -> Option<&str> {
        match self {
            NoAnswer::NotRecorded(name) => Some(name),
            _ => None,
        }
    }
}

/// In English, for data and for the command line.
impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoAnswer::NotRecorded(name) => {
                write!(f, "`{name}` is not recorded and cannot be compared")
            }
            NoAnswer::NoValue => f.write_str("it has no value"),
            NoAnswer::TooLong => f.write_str("it takes too many steps"),
            NoAnswer::People => f.write_str("the records do not say enough of the people"),
            NoAnswer::Undefined(detail) | NoAnswer::Unfit(detail) | NoAnswer::Failed(detail) => {
                f.write_str(detail)
            }
        }
    }
}

/// The engine without any built-in filter, test or function.
static ENGINE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_fuel(Some(FUEL));
    bind::add_functions(&mut engine);
    engine
});

impl Condition {
    /// Compiles an expression over records of the kinds named, each bound under its kind's name
    /// (`service_link` for `service-link`).
    pub fn compile(text: Spanned<&str>, kinds: &[&str], report: &mut Diagnostics) -> Option<Self> {
        let fault = |span, message: String| Diagnostic::new(Code::InvalidExpression, span, message);
        if text.value.len() > MAX_LENGTH {
            let message = format!("the condition is longer than {MAX_LENGTH} bytes");
            report.push(fault(text.span, message).help("split the rule in two"));
            return None;
        }
        let expression = match ENGINE.compile_expression_owned(text.value.to_owned()) {
            Ok(expression) => expression,
            Err(error) => {
                let place = error.range().map_or(text.span, |range| {
                    text.span
                        .within(range.start.min(text.value.len()), range.end.min(text.value.len()))
                });
                let detail = error.detail().unwrap_or("it cannot be read").to_owned();
                report.push(
                    fault(place, format!("the condition cannot be read: {detail}"))
                        .help("write one expression, for instance `unit.kind == \"office\"`"),
                );
                return None;
            }
        };
        if let Some((at, what)) = filter_or_test(text.value) {
            let span = text.span.within(at, at + 1);
            report.push(
                fault(span, format!("{what} are not used in conditions"))
                    .help("compare with ==, !=, <, in, and, or, not"),
            );
            return None;
        }
        let mut names: Vec<String> = expression.undeclared_variables(true).into_iter().collect();
        names.sort_unstable();
        let mut sound = true;
        for name in &names {
            if let Err((message, help)) = check_name(name, kinds) {
                let at = text.value.find(name.as_str()).unwrap_or(0);
                let span = text.span.within(at, (at + name.len()).min(text.value.len()));
                report.push(fault(span, message).maybe_help(help));
                sound = false;
            }
        }
        let Some(says) = Test::read(text.value) else {
            report.push(fault(text.span, "the condition cannot be read".to_owned()));
            return None;
        };
        let compared = compared(&says, names);
        let source = text.value.to_owned();
        sound.then(|| {
            let parts = Part::all(&source);
            Self { source, span: text.span, says, compared, expression, parts }
        })
    }

    /// Whether it holds of a record as of a day. An error says why there is no answer; none is ever
    /// taken for a yes.
    pub fn holds(&self, subject: &Subject) -> Result<bool, NoAnswer> {
        answer(&self.expression, &self.compared, subject)
    }

    /// The dotted names that are why it does not hold of a record, or why there is no answer: those
    /// read by its parts that do not hold, in the order it writes them. None where it holds.
    pub fn unmet(&self, subject: &Subject) -> Vec<&str> {
        part::unmet(&self.parts, subject)
    }
}

/// What an expression comes to; `compared` are the names it compares by order.
fn answer(
    expression: &Expression<'static, 'static>,
    compared: &[String],
    subject: &Subject,
) -> Result<bool, NoAnswer> {
    let mut absent = Vec::new();
    let bound = subject.bind(&mut absent);
    let lacks = |name: &&String| absent.contains(name) || subject.lacks_attribute(name);
    if let Some(name) = compared.iter().find(lacks) {
        return Err(NoAnswer::NotRecorded(name.clone()));
    }
    let result = expression.eval(&bound).map_err(|error| NoAnswer::of(&error))?;
    if result.is_undefined() {
        return Err(NoAnswer::NoValue);
    }
    Ok(result.is_true())
}

/// The first filter (`|`) or test (`is`) outside quotes: the engine has none, but would say so only
/// when the condition is evaluated.
fn filter_or_test(text: &str) -> Option<(usize, &'static str)> {
    let mut word = 0;
    let mut last = 0;
    for (at, c) in outside_quotes(text) {
        if c == '|' {
            return Some((at, "filters (`|`)"));
        }
        if at > last {
            word = at; // A quoted text lies between.
        }
        last = at + c.len_utf8();
        if !c.is_alphanumeric() && c != '_' && c != '.' {
            if &text[word..at] == "is" {
                return Some((word, "tests (`is`)"));
            }
            word = last;
        }
    }
    None
}

/// The names that are compared by order: `names` as the engine tells them, and what of them the
/// condition compares.
fn compared(says: &Test, mut names: Vec<String>) -> Vec<String> {
    let compared = says.compared();
    names.retain(|name| {
        // What is reached by `[..]` may show as its beginning only.
        let means = |word: &&str| word == name || name.starts_with(&format!("{word}."));
        compared.iter().any(means)
    });
    names
}

/// The characters of an expression that stand outside quotes, with their places.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let (mut quote, mut escaped) = (None, false);
    text.char_indices().filter(move |(_, c)| match (quote, c) {
        (Some(_), _) if escaped => {
            escaped = false;
            false
        }
        (Some(_), '\\') => {
            escaped = true;
            false
        }
        (Some(open), c) if *c == open => {
            quote = None;
            false
        }
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (Some(_), _) => false,
        (None, _) => true,
    })
}

/// Checks a dotted name such as `unit.kind` against the tables of records.
fn check_name(name: &str, kinds: &[&str]) -> Result<(), (String, Option<String>)> {
    if name == AS_OF || FUNCTIONS.contains(&name) {
        return Ok(());
    }
    let mut parts = name.split('.');
    let root = parts.next().unwrap_or_default();
    let roots: Vec<String> = kinds.iter().map(|kind| root_of(kind)).collect();
    if !roots.iter().any(|known| known == root) {
        let help = did_you_mean(root, roots.iter().map(String::as_str))
            .or_else(|| Some(format!("this rule is about `{}`", roots.join("`, `"))));
        return Err((format!("`{root}` is not known in this condition"), help));
    }
    let mut fields = fields_of(root);
    let mut path = root.to_owned();
    for part in parts {
        if path == root && DERIVED.iter().any(|known| (known.kind, known.name) == (root, part)) {
            return Ok(());
        }
        let Some(field) = fields.iter().find(|field| field.key == part) else {
            let known = fields.iter().map(|field| field.key);
            return Err((format!("`{path}` has no `{part}`"), did_you_mean(part, known)));
        };
        path = format!("{path}.{part}");
        match field.shape {
            Shape::Group(inner) => fields = inner,
            Shape::Attributes => return Ok(()),
            _ => fields = &[],
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::check;
    use crate::parse::value::Group;
    use crate::parse::yaml;
    use crate::source::FileId;
    use crate::time::parse_day;

    fn post(yaml: &str) -> Group {
        let mut faults = Vec::new();
        let node = yaml::parse(FileId(0), yaml, &mut faults).expect("YAML");
        let post = check::group(&node, "post", fields_of("post"), &mut faults).expect("a post");
        assert_eq!(faults, []);
        post
    }

    fn compile(text: &str) -> (Option<Condition>, Vec<String>) {
        let mut faults = Vec::new();
        let span = Span::new(FileId(0), 10, 10 + text.len());
        let condition = Condition::compile(Spanned::new(text, span), &["post"], &mut faults);
        (condition, faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn conditions_see_the_fields_of_the_record() {
        let operator = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nroles: [operator, auditor]\n");
        for (text, expected) in [
            ("\"operator\" in post.roles", true),
            ("\"custodian\" in post.roles or \"auditor\" in post.roles", true),
            ("\"custodian\" in post.roles", false),
            ("post.staff == \"S-1\" and not post.deputy", true),
            ("post.deputy", false),
            ("post.from", false),
        ] {
            let (condition, faults) = compile(text);
            let condition = condition.unwrap_or_else(|| panic!("{text}: {faults:?}"));
            assert_eq!(holds(&condition, &operator), Ok(expected), "{text}");
        }
    }

    fn holds(condition: &Condition, fields: &Group) -> Result<bool, NoAnswer> {
        let as_of = parse_day("2026-11-21").expect("a day");
        condition.holds(&Subject { kind: "post", fields, derived: Vec::new(), as_of })
    }

    #[test]
    fn what_is_not_recorded_is_never_compared() {
        let young = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nfrom: 2026-02-28\n");
        for (text, expected) in [
            ("months_between(post.from, as_of) < 9", Some(true)),
            ("days_between(post.from, as_of) == 266", Some(true)),
            ("months_after(post.from, 12) == \"2027-02-28\"", Some(true)),
            ("as_of <= days_after(post.from, 266)", Some(true)),
            ("as_of <= days_after(post.from, 265)", Some(false)),
            ("as_of <= months_after(post.until, 3)", None),
            ("as_of <= months_after(post.from, 999999999)", Some(true)),
            ("months_between(post.from, as_of) >= 9", Some(false)),
            ("post.until > as_of", None),
            ("months_between(post.until, as_of) < 3", None),
            ("post.until", Some(false)),
            ("post.until or months_between(post.from, as_of) < 9", Some(true)),
            ("not post.until and post.from < as_of", Some(true)),
            ("post.from and (post.until) > as_of", None),
            ("post.until > as_of or post.from", None),
            ("post.staff == \"a or b\" or post.until > as_of", None),
            ("post.staff == \"a\\\"\" or post.until > as_of", None),
            ("post.staff in (\"x\", post.until) or as_of > post.from", Some(true)),
        ] {
            let (condition, faults) = compile(text);
            let condition = condition.unwrap_or_else(|| panic!("{text}: {faults:?}"));
            assert_eq!(holds(&condition, &young).ok(), expected, "{text}");
        }
        // An attribute of the author's choosing that this record lacks.
        let tagged = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nattributes: {y: 3}\n");
        for (text, expected) in [
            ("post.attributes.y < 5", Some(true)),
            ("post.attributes.x < 5", None),
            ("post.attributes.x > 5", None),
        ] {
            let (condition, faults) = compile(text);
            let condition = condition.unwrap_or_else(|| panic!("{text}: {faults:?}"));
            assert_eq!(holds(&condition, &tagged).ok(), expected, "{text}");
            assert_eq!(holds(&condition, &young).ok(), None, "{text}");
        }
        let (condition, _) = compile("post.from");
        let later = post("id: a\nagency: b\ntitle: t\nstaff: S-1\nfrom: 2026-11-22\n");
        assert_eq!(
            holds(&condition.expect("sound"), &later),
            Ok(false),
            "a day to come is not yet so"
        );
    }

    #[test]
    fn names_nobody_has_and_broken_expressions_are_faults() {
        for text in [
            "post.rolse",
            "unit.kind == 1",
            "post.roles |length",
            "post.deputy is none",
            "post.roles ==",
            "len(post.roles)",
        ] {
            let (condition, faults) = compile(text);
            assert!(condition.is_none() && faults.len() == 1, "{text}: {faults:?}");
        }
        assert!(compile(&format!("1{}", "+1".repeat(600))).0.is_none());
    }

    #[test]
    fn a_kind_with_a_hyphen_is_written_with_an_underscore() {
        let text = "service_link.approved.on and service_link.rights";
        let span = Span::new(FileId(0), 0, text.len());
        let mut faults = Vec::new();
        let compiled = Condition::compile(Spanned::new(text, span), &["service-link"], &mut faults);
        let condition = compiled.unwrap_or_else(|| panic!("{faults:?}"));
        let yaml = "id: a\nsystem: s\nagency: b\nsince: 2026-01-01\nrights: r\n\
                    approved: {on: 2026-01-02, by: p}\n";
        let node = yaml::parse(FileId(0), yaml, &mut faults).expect("YAML");
        let link = check::group(&node, "service-link", fields_of("service_link"), &mut faults);
        let fields = &link.expect("a link");
        for (day, expected) in [("2026-01-01", false), ("2026-01-02", true)] {
            let as_of = parse_day(day).expect("a day");
            let subject = Subject { kind: "service-link", fields, derived: Vec::new(), as_of };
            assert_eq!(condition.holds(&subject), Ok(expected), "{day}");
        }
    }
}
