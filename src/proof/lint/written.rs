//! A part of a condition, written as its author could have written it.

use crate::model::condition::{Op, Sign, Term, Test};

/// The test in the words of conditions.
pub fn written(test: &Test) -> String {
    match test {
        Test::All(tests) => joined(tests, " and ", |one| matches!(one, Test::Any(_))),
        Test::Any(tests) => joined(tests, " or ", |_| false),
        Test::Not(inner) => match &**inner {
            Test::Compare(left, Op::In, right) => format!("{} not in {}", term(left), term(right)),
            Test::All(_) | Test::Any(_) => format!("not ({})", written(inner)),
            _ => format!("not {}", written(inner)),
        },
        Test::Holds(one) => term(one),
        Test::Compare(left, op, right) => format!("{} {} {}", term(left), sign(*op), term(right)),
    }
}

fn joined(tests: &[Test], by: &str, bracketed: impl Fn(&Test) -> bool) -> String {
    let one = |test: &Test| match bracketed(test) {
        true => format!("({})", written(test)),
        false => written(test),
    };
    tests.iter().map(one).collect::<Vec<_>>().join(by)
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Is => "==",
        Op::IsNot => "!=",
        Op::Less => "<",
        Op::AtMost => "<=",
        Op::More => ">",
        Op::AtLeast => ">=",
        Op::In => "in",
    }
}

fn term(one: &Term) -> String {
    let list = |terms: &[Term]| terms.iter().map(term).collect::<Vec<_>>().join(", ");
    match one {
        Term::Name(name) => name.to_string(),
        Term::Text(text) => format!("\"{text}\""),
        Term::Number(number) => number.to_string(),
        Term::Flag(flag) => flag.to_string(),
        Term::Nothing => "none".to_owned(),
        Term::List(terms) => format!("[{}]", list(terms)),
        Term::Call(function, given) => format!("{}({})", function.as_str(), list(given)),
        Term::Sum(left, Sign::Plus, right) => format!("{} + {}", term(left), term(right)),
        Term::Sum(left, Sign::Minus, right) => format!("{} - {}", term(left), term(right)),
        Term::Choice(test, then, other) => {
            format!("({} if {} else {})", term(then), written(test), term(other))
        }
        Term::Truth(test) => format!("({})", written(test)),
    }
}
