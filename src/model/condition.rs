//! Conditions of rules: one expression over a record, in minijinja's expression language.
//! The only module that names that engine. Strict: unknown names are faults when the rule is
//! read, and a result that is neither true nor false nor a plain value is a fault, never a pass.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use minijinja::{Environment, Expression, UndefinedBehavior, Value as Bound};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::parse::kinds::KINDS;
use crate::parse::schema::{Field, Shape};
use crate::parse::value::{Data, Group, Value};
use crate::source::{Span, Spanned};

/// Longer expressions could exhaust the stack of the engine's parser.
const MAX_LENGTH: usize = 1_024;
/// Steps an evaluation may take.
const FUEL: u64 = 10_000;

/// An expression that was found sound.
pub struct Condition {
    /// As the author wrote it.
    pub source: String,
    pub span: Span,
    expression: Expression<'static, 'static>,
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// The engine without any built-in filter, test or function.
static ENGINE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_fuel(Some(FUEL));
    engine
});

impl Condition {
    /// Compiles an expression over records of the kinds named, each bound under its kind's name.
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
        for name in names {
            if let Err((message, help)) = check_name(&name, kinds) {
                let at = text.value.find(&name).unwrap_or(0);
                let span = text.span.within(at, (at + name.len()).min(text.value.len()));
                report.push(fault(span, message).maybe_help(help));
                sound = false;
            }
        }
        sound.then(|| Self { source: text.value.to_owned(), span: text.span, expression })
    }

    /// Whether it holds of `records`, each with its kind's name. An error says why it has no answer.
    pub fn holds(&self, records: &[(&str, &Group)]) -> Result<bool, String> {
        let bound: BTreeMap<&str, Bound> = records
            .iter()
            .map(|(kind, fields)| (*kind, bind_group(Some(fields), fields_of(kind))))
            .collect();
        let result = self.expression.eval(&bound).map_err(|error| error.to_string())?;
        if result.is_undefined() {
            return Err("it has no value".to_owned());
        }
        Ok(result.is_true())
    }
}

/// The first filter (`|`) or test (`is`) outside quotes: the engine has none, but would say so only
/// when the condition is evaluated.
fn filter_or_test(text: &str) -> Option<(usize, &'static str)> {
    let mut quote = None;
    let mut word = 0;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '|') => return Some((at, "filters (`|`)")),
            (None, _) => {}
        }
        if !c.is_alphanumeric() && c != '_' && c != '.' {
            if &text[word..at] == "is" {
                return Some((word, "tests (`is`)"));
            }
            word = at + c.len_utf8();
        }
    }
    None
}

fn fields_of(kind: &str) -> &'static [Field] {
    KINDS.iter().find(|known| known.name == kind).map_or(&[], |kind| kind.fields)
}

/// Checks a dotted name such as `unit.kind` against the tables of records.
fn check_name(name: &str, kinds: &[&str]) -> Result<(), (String, Option<String>)> {
    let mut parts = name.split('.');
    let root = parts.next().unwrap_or_default();
    if !kinds.contains(&root) {
        let help = did_you_mean(root, kinds.iter().copied())
            .or_else(|| Some(format!("this rule is about `{}`", kinds.join("`, `"))));
        return Err((format!("`{root}` is not known in this condition"), help));
    }
    let mut fields = fields_of(root);
    let mut path = root.to_owned();
    for part in parts {
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

/// A mapping as the engine sees it: every key its table knows, `none` where nothing was written.
fn bind_group(group: Option<&Group>, fields: &'static [Field]) -> Bound {
    let bind = |field: &Field| {
        let value = group.and_then(|group| group.get(field.key));
        let bound = match (field.shape, value) {
            (Shape::Group(inner), None) => bind_group(None, inner),
            (Shape::Group(inner), Some(Value { data: Data::Group(group), .. })) => {
                bind_group(Some(group), inner)
            }
            (Shape::List(_) | Shape::Groups(_), None) => Bound::from(Vec::<Bound>::new()),
            (_, None) => Bound::from(()),
            (_, Some(value)) => bind(value),
        };
        (field.key, bound)
    };
    Bound::from(fields.iter().map(bind).collect::<BTreeMap<&str, Bound>>())
}

/// A written value as the engine sees it: days and periods as ISO texts, which compare in order.
fn bind(value: &Value) -> Bound {
    match &value.data {
        Data::Text(text) => Bound::from(text.as_str()),
        Data::Date(day) => Bound::from(day.to_string()),
        Data::Period(period) => Bound::from(period.to_string()),
        Data::Count(count) => Bound::from(*count),
        Data::Rate(rate) => Bound::from(rate.to_string()),
        Data::Length(length) => Bound::from(length.to_string()),
        Data::Flag(flag) => Bound::from(*flag),
        Data::MonthDay(day) => {
            Bound::from(day.map_or_else(|| "last".to_owned(), |d| d.to_string()))
        }
        Data::List(items) => items.iter().map(bind).collect::<Vec<Bound>>().into(),
        Data::Group(group) => {
            let entries = group.entries.iter().map(|(key, value)| (key.value.clone(), bind(value)));
            Bound::from(entries.collect::<BTreeMap<String, Bound>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::check;
    use crate::parse::yaml;
    use crate::source::FileId;

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
            assert_eq!(condition.holds(&[("post", &operator)]), Ok(expected), "{text}");
        }
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
}
