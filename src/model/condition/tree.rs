//! What a condition says, as a tree: evaluated of records, said in words on pages, and asked which
//! of its parts do not hold. There is no other form of it.

use super::expr::{Expr, Kind};
use super::names::Name;
use super::op::{Op, Sign};
use crate::record::kinds::Kind as RecordKind;

/// Something that is so or not, or cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Compare(Term, Op, Term),
    /// It is there, and neither `false` nor 0 nor empty.
    Holds(Term),
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A dotted name, such as `account.change.on`, or `as_of`.
    Name(Name),
    Text(String),
    /// A whole number.
    Number(i64),
    Flag(bool),
    /// `none`.
    Nothing,
    List(Vec<Term>),
    /// A function and what it is given.
    Call(Function, Vec<Term>),
    Sum(Box<Term>, Sign, Box<Term>),
    /// The second where the first holds, else the third.
    Choice(Box<Test>, Box<Term>, Box<Term>),
    /// Whether something is so, used as a value.
    Truth(Box<Test>),
}

/// What conditions may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Days from one day to another; the first is not counted.
    DaysBetween,
    /// The last day of so many months counted from a day (行政程序法第48條).
    MonthsAfter,
    /// The last day of so many days counted from a day.
    DaysAfter,
    /// How many persons hold a role in the agency or the unit that is judged.
    Holders,
}

impl Function {
    /// Every function.
    pub const ALL: &[Function] =
        &[Function::DaysBetween, Function::MonthsAfter, Function::DaysAfter, Function::Holders];

    /// The function of a name.
    pub fn from_word(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|function| function.as_str() == name)
    }

    /// Its name in conditions.
    pub fn as_str(self) -> &'static str {
        match self {
            Function::DaysBetween => "days_between",
            Function::MonthsAfter => "months_after",
            Function::DaysAfter => "days_after",
            Function::Holders => "holders",
        }
    }

    /// How it is written.
    pub fn usage(self) -> &'static str {
        match self {
            Function::DaysBetween => "days_between(from, to)",
            Function::MonthsAfter => "months_after(day, 3)",
            Function::DaysAfter => "days_after(day, 30)",
            Function::Holders => "holders(unit, \"custodian\")",
        }
    }
}

impl Test {
    /// What an expression over records of these kinds says; it was found sound.
    pub(super) fn of(expression: &Expr, kinds: &[&'static RecordKind]) -> Self {
        match &expression.kind {
            Kind::Not(inner) => Test::Not(Box::new(Test::of(inner, kinds))),
            Kind::All(parts) => Test::All(parts.iter().map(|part| Test::of(part, kinds)).collect()),
            Kind::Any(parts) => Test::Any(parts.iter().map(|part| Test::of(part, kinds)).collect()),
            Kind::Compare(first, links) => {
                let mut left: &Expr = first;
                let mut tests = Vec::new();
                for (op, so, right) in links {
                    let one = Test::Compare(Term::of(left, kinds), *op, Term::of(right, kinds));
                    tests.push(if *so { one } else { Test::Not(Box::new(one)) });
                    left = right;
                }
                if tests.len() == 1 { tests.remove(0) } else { Test::All(tests) }
            }
            _ => Test::Holds(Term::of(expression, kinds)),
        }
    }

    /// The dotted names it reads, in the order it writes them, each once.
    pub fn names(&self) -> Vec<Name> {
        let mut names = Vec::new();
        self.visit(&mut names);
        names
    }

    fn visit(&self, names: &mut Vec<Name>) {
        match self {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| test.visit(names)),
            Test::Not(test) => test.visit(names),
            Test::Holds(term) => term.visit(names),
            Test::Compare(left, _, right) => {
                left.visit(names);
                right.visit(names);
            }
        }
    }
}

impl Term {
    fn of(expression: &Expr, kinds: &[&'static RecordKind]) -> Self {
        let all = |terms: &[Expr]| terms.iter().map(|term| Term::of(term, kinds)).collect();
        match &expression.kind {
            Kind::Name(name) => Term::Name(Name::new(name, kinds)),
            Kind::Text(text) => Term::Text(text.clone()),
            Kind::Number(number) => Term::Number(*number),
            Kind::Flag(flag) => Term::Flag(*flag),
            Kind::Nothing => Term::Nothing,
            Kind::List(items) => Term::List(all(items)),
            Kind::Call(name, _, given) => match Function::from_word(name) {
                Some(function) => Term::Call(function, all(given)),
                // Functions nobody has were refused before.
                None => Term::Nothing,
            },
            Kind::Sum(left, sign, right) => {
                Term::Sum(Box::new(Term::of(left, kinds)), *sign, Box::new(Term::of(right, kinds)))
            }
            Kind::Choice { test, then, other } => Term::Choice(
                Box::new(Test::of(test, kinds)),
                Box::new(Term::of(then, kinds)),
                Box::new(Term::of(other, kinds)),
            ),
            Kind::Not(_) | Kind::All(_) | Kind::Any(_) | Kind::Compare(..) => {
                Term::Truth(Box::new(Test::of(expression, kinds)))
            }
        }
    }

    fn visit(&self, names: &mut Vec<Name>) {
        match self {
            Term::Name(name) => {
                if name.contains('.') && !names.contains(name) {
                    names.push(name.clone());
                }
            }
            // It counts who holds a role: what is read are the roles of the record's posts.
            Term::Call(Function::Holders, terms) => {
                let Some(Term::Name(record)) = terms.first() else { return };
                let read = record.beside("roles");
                if !names.contains(&read) {
                    names.push(read);
                }
            }
            Term::List(terms) | Term::Call(_, terms) => {
                terms.iter().for_each(|term| term.visit(names));
            }
            Term::Sum(left, _, right) => {
                left.visit(names);
                right.visit(names);
            }
            Term::Choice(test, then, other) => {
                then.visit(names);
                test.visit(names);
                other.visit(names);
            }
            Term::Truth(test) => test.visit(names),
            Term::Text(_) | Term::Number(_) | Term::Flag(_) | Term::Nothing => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::expr;
    use super::super::op::{Op, Sign};
    use super::{Function, Name, Term, Test};

    fn read(text: &str) -> Test {
        Test::of(&expr::read(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")), &[])
    }

    fn held(name: &str) -> Test {
        Test::Holds(Term::Name(Name::new(name, &[])))
    }

    #[test]
    fn words_bind_as_in_the_guide() {
        let text = |text: &str| Term::Text(text.to_owned());
        let name = |name: &str| Term::Name(Name::new(name, &[]));
        for (source, tree) in [
            ("a.b", held("a.b")),
            ("((a.b))", held("a.b")),
            (
                "a.b and not a.c and (a.d or a.e)",
                Test::All(vec![
                    held("a.b"),
                    Test::Not(Box::new(held("a.c"))),
                    Test::Any(vec![held("a.d"), held("a.e")]),
                ]),
            ),
            // `and` binds more than `or`.
            (
                "a.b and a.c or a.d",
                Test::Any(vec![Test::All(vec![held("a.b"), held("a.c")]), held("a.d")]),
            ),
            ("a.b == \"x and y\"", Test::Compare(name("a.b"), Op::Is, text("x and y"))),
            (
                "a.b not in [\"x\", 'y',]",
                Test::Not(Box::new(Test::Compare(
                    name("a.b"),
                    Op::In,
                    Term::List(vec![text("x"), text("y")]),
                ))),
            ),
            // `not` binds less than a comparison.
            (
                "not a.b == -3",
                Test::Not(Box::new(Test::Compare(name("a.b"), Op::Is, Term::Number(-3)))),
            ),
            (
                "months_after(a.b, 3) < as_of",
                Test::Compare(
                    Term::Call(Function::MonthsAfter, vec![name("a.b"), Term::Number(3)]),
                    Op::Less,
                    name("as_of"),
                ),
            ),
            (
                "1 < a.b <= 2",
                Test::All(vec![
                    Test::Compare(Term::Number(1), Op::Less, name("a.b")),
                    Test::Compare(name("a.b"), Op::AtMost, Term::Number(2)),
                ]),
            ),
            ("a.b != none", Test::Compare(name("a.b"), Op::IsNot, Term::Nothing)),
            ("a[\"b\"].c", held("a.b.c")),
            (
                "a.b - 1 + a.c == 2",
                Test::Compare(
                    Term::Sum(
                        Box::new(Term::Sum(
                            Box::new(name("a.b")),
                            Sign::Minus,
                            Box::new(Term::Number(1)),
                        )),
                        Sign::Plus,
                        Box::new(name("a.c")),
                    ),
                    Op::Is,
                    Term::Number(2),
                ),
            ),
            (
                "a.b if a.c else a.d",
                Test::Holds(Term::Choice(
                    Box::new(held("a.c")),
                    Box::new(name("a.b")),
                    Box::new(name("a.d")),
                )),
            ),
            ("(a.b or a.c) == true", {
                let any = Test::Any(vec![held("a.b"), held("a.c")]);
                Test::Compare(Term::Truth(Box::new(any)), Op::Is, Term::Flag(true))
            }),
        ] {
            assert_eq!(read(source), tree, "{source}");
        }
    }

    #[test]
    fn names_are_told_once_in_the_order_of_the_text() {
        let tree = read("a.c < 3 and f.x in [a.b, a.c] or days_after(a.d, 2) == as_of and a.c");
        assert_eq!(
            tree.names().iter().map(|name| &**name).collect::<Vec<&str>>(),
            ["a.c", "f.x", "a.b", "a.d"]
        );
    }
}
