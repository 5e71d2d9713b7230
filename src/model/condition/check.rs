//! Whether an expression is sound: names that exist, functions given what they take, things compared
//! that can be compared. Every fault stands at its place, with the names there are.

use std::collections::BTreeMap;
use std::ops::Range;

use super::AS_OF;
use super::expr::{Expr, Fault, Kind};
use super::names::{Holds, Name, derived_names, root_of};
use super::op::Op;
use super::tree::Function;
use crate::diagnostic::nearest;
use crate::record::kinds::Kind as RecordKind;
use crate::record::schema::{Field, Shape};
use crate::time::parse_day;

/// Every fault of an expression over records of the kinds named.
pub fn faults(expression: &Expr, kinds: &[&'static RecordKind], terms: &Terms) -> Vec<Fault> {
    let roots = kinds.iter().map(|kind| root_of(kind.name)).collect();
    let mut check = Check { kinds, roots, terms, faults: Vec::new() };
    check.visit(expression);
    check.faults
}

/// Words that the site adds, by section of the vocabulary.
pub type Terms = BTreeMap<String, Vec<String>>;

struct Check<'a> {
    kinds: &'a [&'static RecordKind],
    /// The names of the records the condition may read.
    roots: Vec<String>,
    terms: &'a Terms,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, at: &Range<usize>, message: String, help: impl Into<String>) {
        self.faults.push(Fault::new(at.clone(), message, help));
    }

    fn visit(&mut self, expression: &Expr) {
        match &expression.kind {
            Kind::Name(name) => self.name(name, &expression.at),
            Kind::List(items) | Kind::All(items) | Kind::Any(items) => {
                items.iter().for_each(|item| self.visit(item));
            }
            Kind::Not(inner) => self.visit(inner),
            Kind::Call(name, at, given) => self.call(name, at, given),
            Kind::Sum(left, _, right) => {
                for side in [left, right] {
                    self.visit(side);
                    if let Some(found) = self.kind_of(side).filter(|found| *found != Holds::Number)
                    {
                        let message = format!("{} is added or taken away", found.as_str());
                        self.fault(
                            &side.at,
                            message,
                            "count days with `days_after(day, 30)` or `months_after(day, 3)`",
                        );
                    }
                }
            }
            Kind::Choice { test, then, other } => {
                for part in [then, test, other] {
                    self.visit(part);
                }
            }
            Kind::Compare(first, links) => {
                if self.counts_months(expression, first, links) {
                    return;
                }
                let before = self.faults.len();
                self.visit(first);
                links.iter().for_each(|(_, _, side)| self.visit(side));
                // What is wrong within a side is the root: what it is beside is not wrong too.
                if self.faults.len() > before {
                    return;
                }
                let mut left: &Expr = first;
                for (op, _, right) in links {
                    self.compared(left, *op, right);
                    left = right;
                }
            }
            Kind::Text(_) | Kind::Number(_) | Kind::Flag(_) | Kind::Nothing => {}
        }
    }

    /// Refuses a number of months between two days, which ends on another day than the law's months
    /// (行政程序法第48條第3項), with what to write instead.
    fn counts_months(&mut self, whole: &Expr, first: &Expr, links: &[(Op, bool, Expr)]) -> bool {
        let counted = |side: &Expr| match &side.kind {
            Kind::Call(name, _, given) if name == "months_between" => {
                given.first().and_then(|from| match &from.kind {
                    Kind::Name(name) => Some(name.clone()),
                    _ => None,
                })
            }
            _ => None,
        };
        let [(op, _, second)] = links else { return false };
        let (from, number, op) = match (counted(first), counted(second)) {
            (Some(from), _) => (from, second, *op),
            (None, Some(from)) => (from, first, op.mirrored()),
            (None, None) => return false,
        };
        let months = match &number.kind {
            Kind::Number(months) => months.to_string(),
            Kind::Name(name) => name.clone(),
            _ => "n".to_owned(),
        };
        let help = match op {
            Op::More | Op::AtLeast => format!("write `as_of > months_after({from}, {months})`"),
            Op::Is | Op::IsNot => format!(
                "write `as_of > months_after({from}, {months})` or `as_of <= months_after({from}, {months})`"
            ),
            _ => format!("write `as_of <= months_after({from}, {months})`"),
        };
        let message =
            "full months between two days end on other days than the law's (article 48)".to_owned();
        self.fault(&whole.at, message, help);
        true
    }

    fn call(&mut self, name: &str, at: &Range<usize>, given: &[Expr]) {
        let Some(function) = Function::from_word(name) else {
            if name == "months_between" {
                let message =
                    "full months between two days end on other days than the law's (article 48)";
                let help = "compare days: `as_of > months_after(day, 6)`";
                return self.fault(at, message.to_owned(), help);
            }
            let known = || Function::ALL.iter().map(|function| function.as_str());
            let help = nearest(name, known()).map_or_else(
                || {
                    let all: Vec<&str> = Function::ALL.iter().map(|one| one.usage()).collect();
                    format!("the functions are `{}`", all.join("`, `"))
                },
                |near| format!("did you mean `{near}`?"),
            );
            return self.fault(at, format!("no function `{name}`"), help);
        };
        let [first, second] = given else {
            let message = format!("`{name}` is given {} values instead of 2", given.len());
            return self.fault(at, message, format!("write `{}`", function.usage()));
        };
        let takes = |is_first: bool| match (function, is_first) {
            (Function::Holders, _) => Holds::Text,
            (Function::DaysBetween, _) | (_, true) => Holds::Day,
            (_, false) => Holds::Number,
        };
        if function == Function::Holders {
            self.holders(first);
        } else {
            self.given(function, first, takes(true));
        }
        self.given(function, second, takes(false));
    }

    /// What is given to a function where it takes days, numbers or texts.
    fn given(&mut self, function: Function, given: &Expr, takes: Holds) {
        self.visit(given);
        let is_day = |text: &str| takes == Holds::Day && parse_day(text).is_ok();
        if matches!(&given.kind, Kind::Text(text) if is_day(text)) {
            return;
        }
        if let Some(found) = self.kind_of(given).filter(|found| *found != takes) {
            let message = format!(
                "`{}` takes {} here, not {}",
                function.as_str(),
                takes.as_str(),
                found.as_str()
            );
            self.fault(&given.at, message, format!("write `{}`", function.usage()));
        }
    }

    /// The record whose holders of a role are counted.
    fn holders(&mut self, record: &Expr) {
        let known: Vec<&str> = ["agency", "unit"]
            .into_iter()
            .filter(|kind| self.roots.iter().any(|root| root == kind))
            .collect();
        let fits = matches!(&record.kind, Kind::Name(name) if known.contains(&name.as_str()));
        if !fits {
            let help = match known.first() {
                Some(kind) => format!("write `holders({kind}, \"custodian\")`"),
                None => "holders are counted in rules of scope `agency` or `unit`".to_owned(),
            };
            let message = "`holders` counts the persons of the agency or unit that is judged";
            self.fault(&record.at, message.to_owned(), help);
        }
    }

    /// Two things compared that can never be compared, or a word a field cannot have.
    fn compared(&mut self, left: &Expr, op: Op, right: &Expr) {
        for (one, other) in [(left, right), (right, left)] {
            self.choice(one, other);
            if op.is_of_order() && self.is_word(one) {
                let at = left.at.start..right.at.end;
                let message = "words and ids have no order".to_owned();
                return self.fault(&at, message, "compare with `==`, `!=` or `in`");
            }
        }
        let (Some(one), Some(other)) = (self.kind_of(left), self.kind_of(right)) else { return };
        let dated = |text: &Expr| matches!(&text.kind, Kind::Text(text) if parse_day(text).is_ok());
        let fits = match (op, one, other) {
            (Op::In, _, Holds::List) | (Op::In, Holds::Text, Holds::Text) => true,
            (Op::In, ..) => false,
            (_, Holds::Day, Holds::Text) => dated(right),
            (_, Holds::Text, Holds::Day) => dated(left),
            (op, one, other) => {
                let has_order = matches!(one, Holds::Day | Holds::Number | Holds::Text);
                one == other && (has_order || !op.is_of_order())
            }
        };
        if !fits {
            let at = left.at.start..right.at.end;
            let message = format!("{} and {} cannot be compared so", one.as_str(), other.as_str());
            let help = match (op, one, other) {
                (Op::Is | Op::IsNot, Holds::Text, Holds::List) => "write `in`".to_owned(),
                (Op::In, ..) => "ask `in` of a list, such as `[\"a\", \"b\"]`".to_owned(),
                (_, Holds::Day, _) | (_, _, Holds::Day) => {
                    "compare with a day: `as_of`, a field, `months_after(day, 3)` or \"2026-11-21\""
                        .to_owned()
                }
                _ => "compare things of one kind".to_owned(),
            };
            self.fault(&at, message, help);
        }
    }

    /// A text beside a field that holds one of a few words.
    fn choice(&mut self, field: &Expr, beside: &Expr) {
        let Kind::Name(name) = &field.kind else { return };
        let words: Vec<&str> = match self.name_of(name).shape() {
            Some(Shape::Word(words)) => words.to_vec(),
            Some(Shape::Term(section, words)) => {
                let own = self.terms.get(section).into_iter().flatten();
                words.iter().copied().chain(own.map(String::as_str)).collect()
            }
            _ => return,
        };
        let texts: Vec<&Expr> = match &beside.kind {
            Kind::List(items) => items.iter().collect(),
            _ => vec![beside],
        };
        for written in texts {
            if let Kind::Text(text) = &written.kind
                && !words.contains(&text.as_str())
            {
                let help = nearest(text, words.iter().copied()).map_or_else(
                    || format!("it holds one of `{}`", words.join("`, `")),
                    |near| format!("did you mean `{near}`?"),
                );
                self.fault(&written.at, format!("`{name}` is never `{text}`"), help);
            }
        }
    }

    /// A dotted name against the tables of records.
    fn name(&mut self, name: &str, at: &Range<usize>) {
        if name == AS_OF {
            return;
        }
        let mut parts = name.split('.');
        let root = parts.next().unwrap_or_default();
        if !self.roots.iter().any(|known| known == root) {
            let known = self.roots.iter().map(String::as_str).chain([AS_OF]);
            let help = nearest(root, known).map_or_else(
                || format!("this rule is about `{}`", self.roots.join("`, `")),
                |near| format!("did you mean `{near}`?"),
            );
            return self.fault(at, format!("`{root}` is not known in this condition"), help);
        }
        if name == root {
            let message = format!("`{root}` is the record itself");
            return self.fault(at, message, format!("name one of its fields, such as `{root}.id`"));
        }
        let kind = self.kinds.iter().find(|kind| root_of(kind.name) == root);
        let mut fields: &[Field] = kind.map_or(&[], |kind| kind.fields);
        let mut path = root.to_owned();
        for part in parts {
            let derived = kind.filter(|_| path == root).map(|kind| derived_names(kind));
            let derived: Vec<&str> =
                derived.into_iter().flatten().map(|known| known.name).collect();
            let field = fields.iter().find(|field| field.key == part);
            let Some(field) = field.filter(|_| !derived.contains(&part)) else {
                if derived.contains(&part) && name == format!("{path}.{part}") {
                    return;
                }
                let known: Vec<&str> =
                    fields.iter().map(|field| field.key).chain(derived).collect();
                let help = match (nearest(part, known.iter().copied()), known.is_empty()) {
                    (Some(near), _) => format!("did you mean `{near}`?"),
                    (None, false) => format!("it has `{}`", known.join("`, `")),
                    (None, true) => "it holds a single value".to_owned(),
                };
                return self.fault(at, format!("`{path}` has no `{part}`"), help);
            };
            path = format!("{path}.{part}");
            match field.shape {
                Shape::Group(inner) => fields = inner,
                Shape::Attributes => return,
                _ => fields = &[],
            }
        }
    }

    /// Whether it is a field that holds one of a few words, or names a record: none of them is more than
    /// another.
    fn is_word(&self, side: &Expr) -> bool {
        let Kind::Name(name) = &side.kind else { return false };
        matches!(
            self.name_of(name).shape(),
            Some(
                Shape::Word(_)
                    | Shape::Term(..)
                    | Shape::Id
                    | Shape::Ref(_)
                    | Shape::AnyRef
                    | Shape::Obligation
                    | Shape::Regulation
            )
        )
    }

    fn name_of(&self, text: &str) -> Name {
        Name::new(text, self.kinds)
    }

    /// What an expression comes to, as far as that is certain; a list of texts counts as a list.
    fn kind_of(&self, expression: &Expr) -> Option<Holds> {
        match &expression.kind {
            Kind::Name(name) => self.name_of(name).holds(),
            Kind::Text(_) => Some(Holds::Text),
            Kind::Number(_) | Kind::Sum(..) => Some(Holds::Number),
            Kind::Flag(_) => Some(Holds::Flag),
            Kind::List(_) => Some(Holds::List),
            Kind::Call(name, ..) => Function::from_word(name).map(|function| match function {
                Function::DaysBetween | Function::Holders => Holds::Number,
                Function::MonthsAfter | Function::DaysAfter => Holds::Day,
            }),
            Kind::Choice { then, other, .. } => {
                self.kind_of(then).filter(|one| self.kind_of(other) == Some(*one))
            }
            Kind::Not(_) | Kind::All(_) | Kind::Any(_) | Kind::Compare(..) => Some(Holds::Flag),
            Kind::Nothing => None,
        }
    }
}
