//! The operands of a condition: what `and`, `or` and `not` join. Says what each comes to of a record,
//! and which of them decide: flipping one alone, the others being as they are, changes the outcome.

use super::expr::{self, Expr, Kind};
use super::subject::Subject;
use super::tree::Test;
use super::{Condition, Indeterminate};

/// What an operand, or a whole condition, comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Told {
    True,
    False,
    Unknown,
}

impl Told {
    /// Every one of them.
    pub const ALL: [Told; 3] = [Told::True, Told::False, Told::Unknown];

    /// The public code.
    pub fn as_str(self) -> &'static str {
        match self {
            Told::True => "true",
            Told::False => "false",
            Told::Unknown => "unknown",
        }
    }

    fn not(self) -> Self {
        match self {
            Told::True => Told::False,
            Told::False => Told::True,
            Told::Unknown => Told::Unknown,
        }
    }
}

impl From<Result<bool, Indeterminate>> for Told {
    fn from(truth: Result<bool, Indeterminate>) -> Self {
        match truth {
            Ok(true) => Told::True,
            Ok(false) => Told::False,
            Err(_) => Told::Unknown,
        }
    }
}

impl Condition {
    /// What is joined, in the order of the text; a row of comparisons is several.
    pub fn operands(&self) -> Vec<&Test> {
        let mut found = Vec::new();
        collect(&self.says, &mut found);
        found
    }

    /// The operands as the author wrote them.
    pub fn operand_texts(&self) -> Vec<&str> {
        let mut places = Vec::new();
        if let Ok(expression) = expr::read(&self.source) {
            texts(&expression, &mut places);
        }
        places.into_iter().map(|(start, end)| self.source[start..end].trim()).collect()
    }

    /// What each operand comes to of a record.
    pub fn operands_of(&self, subject: &Subject) -> Vec<Told> {
        self.operands().into_iter().map(|test| test.truth(subject).into()).collect()
    }

    /// What it comes to where its operands come to `values`.
    pub fn told(&self, values: &[Told]) -> Told {
        joined(&self.says, &mut values.iter().copied())
    }

    /// Whether each operand decides where they come to `values`: with another value of it alone the
    /// outcome would be another.
    pub fn deciding(&self, values: &[Told]) -> Vec<bool> {
        let outcome = self.told(values);
        let mut changed = values.to_vec();
        let decides = |(at, value): (usize, &Told)| {
            let others: &[Told] = match value {
                Told::True => &[Told::False],
                Told::False => &[Told::True],
                Told::Unknown => &[Told::True, Told::False],
            };
            let found = others.iter().any(|other| {
                changed[at] = *other;
                self.told(&changed) != outcome
            });
            changed[at] = *value;
            found
        };
        values.iter().enumerate().map(decides).collect()
    }
}

fn collect<'a>(test: &'a Test, found: &mut Vec<&'a Test>) {
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| collect(test, found)),
        Test::Not(test) => collect(test, found),
        Test::Compare(..) | Test::Holds(_) => found.push(test),
    }
}

/// The outcome; takes a value for each operand in the order of [`collect`].
fn joined(test: &Test, values: &mut impl Iterator<Item = Told>) -> Told {
    let (tests, settles) = match test {
        Test::All(tests) => (tests, Told::False),
        Test::Any(tests) => (tests, Told::True),
        Test::Not(test) => return joined(test, values).not(),
        Test::Compare(..) | Test::Holds(_) => return values.next().unwrap_or(Told::Unknown),
    };
    // Each takes its values, whatever was settled before.
    let all: Vec<Told> = tests.iter().map(|test| joined(test, values)).collect();
    if all.contains(&settles) {
        settles
    } else if all.contains(&Told::Unknown) {
        Told::Unknown
    } else {
        settles.not()
    }
}

/// The places of the operands, in the order of [`collect`].
fn texts(expression: &Expr, places: &mut Vec<(usize, usize)>) {
    match &expression.kind {
        Kind::Not(inner) => texts(inner, places),
        Kind::All(parts) | Kind::Any(parts) => parts.iter().for_each(|part| texts(part, places)),
        Kind::Compare(first, links) => {
            let mut start = first.at.start;
            for (_, _, right) in links {
                places.push((start, right.at.end));
                start = right.at.start;
            }
        }
        _ => places.push((expression.at.start, expression.at.end)),
    }
}

#[cfg(test)]
mod tests {
    use super::Told::{self, False, True, Unknown};
    use super::*;
    use crate::model::condition::Terms;
    use crate::parse::registers::our_kinds;
    use crate::source::{FileId, Span, Spanned};

    fn condition(text: &str) -> Condition {
        let mut report = Vec::new();
        let span = Span::start_of(FileId(0));
        let terms = Terms::default();
        let found = Condition::compile(
            Spanned::new(text, span),
            &[our_kinds().find("account").expect("it is one")],
            &terms,
            &mut report,
        );
        found.unwrap_or_else(|| panic!("{text}: {report:?}"))
    }

    fn decide(text: &str, values: &[Told]) -> (Told, Vec<bool>) {
        let condition = condition(text);
        (condition.told(values), condition.deciding(values))
    }

    #[test]
    fn an_operand_decides_where_flipping_it_alone_changes_the_outcome() {
        let and = "account.purpose and account.change.on";
        assert_eq!(decide(and, &[True, True]), (True, vec![true, true]));
        assert_eq!(decide(and, &[True, False]), (False, vec![false, true]));
        assert_eq!(decide(and, &[False, False]), (False, vec![false, false]));
        assert_eq!(decide(and, &[True, Unknown]), (Unknown, vec![true, true]));
        // What is unknown beside what is false decides nothing.
        assert_eq!(decide(and, &[False, Unknown]), (False, vec![true, false]));
        let or = "not account.change.on or account.change.approved_on";
        assert_eq!(decide(or, &[True, True]), (True, vec![false, true]));
        assert_eq!(decide(or, &[False, False]), (True, vec![true, false]));
        assert_eq!(decide(or, &[True, False]), (False, vec![true, true]));
    }

    #[test]
    fn operands_are_told_as_they_are_written() {
        let condition = condition(
            "(not account.cancelled_on or account.opened_on <= account.change.on <= as_of) and account.role in [\"general\", \"auditor\"]",
        );
        let texts = condition.operand_texts();
        assert_eq!(
            texts,
            [
                "account.cancelled_on",
                "account.opened_on <= account.change.on",
                "account.change.on <= as_of",
                "account.role in [\"general\", \"auditor\"]",
            ]
        );
        assert_eq!(condition.operands().len(), texts.len());
    }
}
