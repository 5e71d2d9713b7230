//! Conditions one step away from a condition: another comparison, `or` for `and`, an operand less, a
//! number one more or less, another word. Takes the text of a sound condition, gives each change in
//! words with the text it makes. Whether such a text is sound is for whoever compiles it.

use std::ops::Range;

use super::expr::{self, Expr, Kind};
use super::names::Name;
use super::op::Op;
use crate::record::kinds::Kind as RecordKind;
use crate::record::schema::Shape;

/// A condition one step away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// What was done, such as `<= -> <, account.a <= account.b`.
    pub change: String,
    /// The changed condition, whole.
    pub text: String,
}

/// What each comparison is replaced by: every other one.
const COMPARISONS: [(Op, &str); 6] = [
    (Op::Is, "=="),
    (Op::IsNot, "!="),
    (Op::Less, "<"),
    (Op::AtMost, "<="),
    (Op::More, ">"),
    (Op::AtLeast, ">="),
];

/// A word no record has.
const ANOTHER: &str = "another";

/// Every condition one step away, in the order of the text; none of one that cannot be read. It is of
/// records of these kinds; `roles` are the roles there are: where the text names one, the next stands for
/// it.
pub fn neighbours(text: &str, kinds: &[&'static RecordKind], roles: &[&str]) -> Vec<Neighbour> {
    let Ok(expression) = expr::read(text) else { return Vec::new() };
    let mut steps = Steps { text, kinds, roles, found: Vec::new() };
    steps.visit(&expression);
    steps.found
}

struct Steps<'a> {
    text: &'a str,
    kinds: &'a [&'static RecordKind],
    roles: &'a [&'a str],
    found: Vec<Neighbour>,
}

impl Steps<'_> {
    fn said(&self, at: &Range<usize>) -> &str {
        self.text.get(at.clone()).unwrap_or_default()
    }

    /// Puts `with` in the place `at`.
    fn put(&mut self, at: &Range<usize>, with: &str, change: String) {
        let text = [&self.text[..at.start], with, &self.text[at.end..]].concat();
        self.found.push(Neighbour { change, text });
    }

    fn visit(&mut self, expression: &Expr) {
        match &expression.kind {
            Kind::All(parts) => self.row(parts, "and", "or"),
            Kind::Any(parts) => self.row(parts, "or", "and"),
            Kind::Not(inner) => {
                let kept = format!("({})", self.said(&inner.at));
                let change = format!("without not, {}", self.said(&expression.at));
                self.put(&expression.at, &kept, change);
                self.visit(inner);
            }
            Kind::Compare(first, links) => {
                let mut left: &Expr = first;
                for (op, so, right) in links {
                    self.comparison(left, (*op, *so), right);
                    left = right;
                }
                self.side(first, links.first().map(|(_, _, right)| right));
                for (_, _, right) in links {
                    self.side(right, Some(first));
                }
            }
            Kind::Choice { test, then, other } => {
                for one in [then, other] {
                    let kept = format!("({})", self.said(&one.at));
                    let change = format!("{} -> {}", self.said(&expression.at), self.said(&one.at));
                    self.put(&expression.at, &kept, change);
                }
                [then, test, other].into_iter().for_each(|part| self.visit(part));
            }
            _ => self.side(expression, None),
        }
    }

    /// What one word joins: another word in each place, each operand gone, each turned round.
    fn row(&mut self, parts: &[Expr], word: &str, other: &str) {
        for pair in parts.windows(2) {
            let between = pair[0].at.end..pair[1].at.start;
            // Brackets may stand between the operands, beside the word.
            let Some(start) = self.said(&between).find(word) else { continue };
            let at = between.start + start..between.start + start + word.len();
            let change = format!("{word} -> {other}, before {}", self.said(&pair[1].at));
            self.put(&at, other, change);
        }
        for (place, part) in parts.iter().enumerate() {
            let own = |at: usize| self.bracketed(&parts[at].at);
            let at = match place {
                0 => own(0).start..own(1).start,
                _ => own(place - 1).end..own(place).end,
            };
            let change = format!("without {}", self.said(&part.at));
            self.put(&at, "", change);
        }
        for part in parts {
            let turned = format!("not ({})", self.said(&part.at));
            // Of a comparison its contrary is one of the other comparisons.
            if !matches!(part.kind, Kind::Not(_) | Kind::Compare(..)) {
                let change = format!("not, {}", self.said(&part.at));
                self.put(&part.at, &turned, change);
            }
            self.visit(part);
        }
    }

    /// A place with the brackets around it.
    fn bracketed(&self, at: &Range<usize>) -> Range<usize> {
        let mut whole = at.clone();
        loop {
            let before = self.text[..whole.start].trim_end();
            let after = self.text[whole.end..].trim_start();
            if !(before.ends_with('(') && after.starts_with(')')) {
                return whole;
            }
            // The bracket of a call belongs to its name.
            let name = before[..before.len() - 1].chars().next_back();
            if name.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                return whole;
            }
            whole = before.len() - 1..self.text.len() - after.len() + 1;
        }
    }

    fn comparison(&mut self, left: &Expr, (op, so): (Op, bool), right: &Expr) {
        let between = self.bracketed(&left.at).end..self.bracketed(&right.at).start;
        let written = self.said(&between).trim().to_owned();
        let Some(start) = self.said(&between).find(&written) else { return };
        let at = between.start + start..between.start + start + written.len();
        let whole = self.said(&(left.at.start..right.at.end)).to_owned();
        if op == Op::In {
            let other = if so { "not in" } else { "in" };
            return self.put(&at, other, format!("{written} -> {other}, {whole}"));
        }
        for (_, other) in COMPARISONS.into_iter().filter(|(other, _)| *other != op) {
            self.put(&at, other, format!("{written} -> {other}, {whole}"));
        }
    }

    /// A value, beside what it is compared with.
    fn side(&mut self, value: &Expr, beside: Option<&Expr>) {
        let whole = match beside {
            Some(other) => {
                let from = value.at.start.min(other.at.start);
                self.said(&(from..value.at.end.max(other.at.end))).to_owned()
            }
            None => self.said(&value.at).to_owned(),
        };
        match &value.kind {
            Kind::Number(number) => {
                for other in [number.checked_sub(1), number.checked_add(1)].into_iter().flatten() {
                    let with = other.to_string();
                    self.put(&value.at, &with, format!("{number} -> {other}, {whole}"));
                }
            }
            Kind::Text(text) => {
                let other = self.another(text, beside);
                let with = format!("{other:?}");
                self.put(&value.at, &with, format!("{text} -> {other}, {whole}"));
            }
            Kind::Flag(flag) => {
                let other = !flag;
                self.put(&value.at, &other.to_string(), format!("{flag} -> {other}, {whole}"));
            }
            Kind::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    let kept: Vec<&str> = items
                        .iter()
                        .enumerate()
                        .filter(|(at, _)| *at != place)
                        .map(|(_, item)| self.said(&item.at))
                        .collect();
                    let with = format!("[{}]", kept.join(", "));
                    let change = format!("without {}, {whole}", self.said(&item.at));
                    self.put(&value.at, &with, change);
                }
            }
            Kind::Call(_, _, given) => given.iter().for_each(|one| self.side(one, Some(value))),
            Kind::Sum(left, _, right) => {
                for side in [left, right] {
                    self.side(side, Some(value));
                }
            }
            Kind::Name(_) | Kind::Nothing => {}
            _ => self.visit(value),
        }
    }

    /// A word that may stand in the place of another: the next role, the next of the words a field
    /// may hold, or one that no record has.
    fn another(&self, text: &str, beside: Option<&Expr>) -> String {
        let of_field = beside.and_then(|beside| match &beside.kind {
            Kind::Name(name) => match Name::new(name, self.kinds).shape()? {
                Shape::Word(words) | Shape::Term(_, words) => next(words, text),
                _ => None,
            },
            _ => None,
        });
        of_field.or_else(|| next(self.roles, text)).unwrap_or(ANOTHER).to_owned()
    }
}

/// The word after `text`, the first after the last; `None` where it is not among them or alone.
fn next<'a>(words: &[&'a str], text: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| *word == text)?;
    Some(words[(at + 1) % words.len()]).filter(|other| *other != text)
}

#[cfg(test)]
mod tests {
    use super::neighbours;
    use crate::parse::registers::our_kinds;

    fn texts(text: &str) -> Vec<String> {
        neighbours(
            text,
            &[our_kinds().find("account").expect("it is one")],
            &["auditor", "operator"],
        )
        .into_iter()
        .map(|one| one.text)
        .collect()
    }

    #[test]
    fn each_step_is_taken_once() {
        assert_eq!(
            texts("a.b and not a.c"),
            ["a.b or not a.c", "not a.c", "a.b", "not (a.b) and not a.c", "a.b and (a.c)"]
        );
        assert_eq!(
            texts("as_of > months_after(a.b, 6)"),
            [
                "as_of == months_after(a.b, 6)",
                "as_of != months_after(a.b, 6)",
                "as_of < months_after(a.b, 6)",
                "as_of <= months_after(a.b, 6)",
                "as_of >= months_after(a.b, 6)",
                "as_of > months_after(a.b, 5)",
                "as_of > months_after(a.b, 7)",
            ]
        );
        assert_eq!(
            texts("\"auditor\" in a.roles"),
            ["\"auditor\" not in a.roles", "\"operator\" in a.roles"]
        );
        assert_eq!(
            texts("account.role == \"general\""),
            [
                "account.role != \"general\"",
                "account.role < \"general\"",
                "account.role <= \"general\"",
                "account.role > \"general\"",
                "account.role >= \"general\"",
                "account.role == \"unit-manager\"",
            ]
        );
    }

    #[test]
    fn brackets_go_with_what_they_hold() {
        let all = texts("(a.b or a.c) and (not a.d)");
        for text in
            ["(a.b or a.c) or (not a.d)", "(not a.d)", "(a.b or a.c)", "(a.c) and (not a.d)"]
        {
            assert!(all.contains(&text.to_owned()), "{text}: {all:?}");
        }
        let all = texts("(holders(unit, \"auditor\") == 1) and a.b");
        assert!(all.contains(&"(holders(unit, \"auditor\") == 2) and a.b".to_owned()), "{all:?}");
        assert!(all.contains(&"a.b".to_owned()), "{all:?}");
    }

    #[test]
    fn every_step_can_be_read_and_is_told_apart() {
        let text = "(not a.x or (a.y and a.z)) and a.k in [\"p\", \"q\"] and 1 <= a.n < 5";
        let all = neighbours(text, &[], &[]);
        for one in &all {
            assert!(super::expr::read(&one.text).is_ok(), "{one:?}");
            assert_ne!(one.text, text);
        }
        let changes: std::collections::BTreeSet<_> = all.iter().map(|one| &one.change).collect();
        assert_eq!(changes.len(), all.len());
    }
}
