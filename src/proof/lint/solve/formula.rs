//! A condition that is so, or not so, as what must then hold of days and of values: the three-valued
//! condition taken apart, so that what is unknown is neither.

use super::days::{Bound, Point, number};
use crate::model::condition::{AS_OF, Function, Holds, Name, Op, Sign, Term, Test};
use crate::time::parse_day;

/// What must hold.
#[derive(Clone, Debug)]
pub enum Formula {
    All(Vec<Formula>),
    Any(Vec<Formula>),
    /// A day is recorded, or not.
    There(Name, bool),
    /// Days lie so.
    Bound(Bound),
    /// A test of values without days is known to be so, or not so.
    Value(Test, bool),
    /// Beyond what is decided here.
    Open,
}

/// A day: so many days after a point.
struct Moment {
    point: Point,
    more: i64,
    /// It comes of a function: without the day it counts from there is no answer.
    counted: bool,
    /// The day of the record that must be there for it.
    needs: Option<Name>,
}

/// What must hold for `test` to be known to be so (`so`), or known not to be.
pub fn formula(test: &Test, so: bool) -> Formula {
    match test {
        Test::Not(inner) => formula(inner, !so),
        Test::All(tests) | Test::Any(tests) => {
            let each: Vec<Formula> = tests.iter().map(|test| formula(test, so)).collect();
            let together = matches!(test, Test::All(_)) == so;
            if together { Formula::All(each) } else { Formula::Any(each) }
        }
        Test::Holds(Term::Truth(inner)) => formula(inner, so),
        Test::Holds(Term::Choice(which, then, other)) => {
            let [then, other] = [then, other].map(|term| Test::Holds((**term).clone()));
            choice(which, &then, &other, so)
        }
        Test::Holds(Term::Name(name)) if is_day(name) => Formula::There(name.clone(), so),
        Test::Compare(Term::Choice(which, then, other), op, right) => {
            let [then, other] =
                [then, other].map(|term| Test::Compare((**term).clone(), *op, right.clone()));
            choice(which, &then, &other, so)
        }
        Test::Compare(left, op, Term::Choice(which, then, other)) => {
            let [then, other] =
                [then, other].map(|term| Test::Compare(left.clone(), *op, (**term).clone()));
            choice(which, &then, &other, so)
        }
        Test::Compare(left, op, right) => compare(left, *op, right, test, so),
        Test::Holds(_) => value(test, so),
    }
}

/// One of two tests, as a third says. Where the third is unknown, both must come to the same.
fn choice(which: &Test, then: &Test, other: &Test, so: bool) -> Formula {
    Formula::Any(vec![
        Formula::All(vec![formula(which, true), formula(then, so)]),
        Formula::All(vec![formula(which, false), formula(other, so)]),
        Formula::All(vec![formula(then, so), formula(other, so)]),
    ])
}

fn is_day(name: &Name) -> bool {
    **name != *AS_OF && name.holds() == Some(Holds::Day)
}

fn compare(left: &Term, op: Op, right: &Term, test: &Test, so: bool) -> Formula {
    let nothing = [left, right].iter().any(|term| **term == Term::Nothing);
    if nothing && matches!(op, Op::Is | Op::IsNot) {
        let named = [left, right].into_iter().find_map(|term| match term {
            Term::Name(name) if is_day(name) => Some(name.clone()),
            _ => None,
        });
        if let Some(name) = named {
            return Formula::There(name, (op == Op::IsNot) == so);
        }
    }
    if let (Some(days), Some(number)) = (distance(left), whole(right)) {
        return apart(days, op, number, so);
    }
    if let (Some(number), Some(days)) = (whole(left), distance(right)) {
        return apart(days, op.mirrored(), number, so);
    }
    let dated = [left, right].iter().any(|term| is_dated(term));
    match (moment(left), moment(right)) {
        (Some(left), Some(right)) if dated => ordered(&left, op, &right, so),
        _ => value(test, so),
    }
}

/// A test of values, if no day is in it.
fn value(test: &Test, so: bool) -> Formula {
    let days = test.names().iter().any(is_day);
    if days || counts_days(test) { Formula::Open } else { Formula::Value(test.clone(), so) }
}

/// Whether a test reads the as-of date or counts days.
fn counts_days(test: &Test) -> bool {
    fn of_term(term: &Term) -> bool {
        match term {
            Term::Name(name) => **name == *AS_OF,
            Term::Call(Function::Holders, _) => false,
            Term::Call(..) => true,
            Term::List(terms) => terms.iter().any(of_term),
            Term::Sum(left, _, right) => of_term(left) || of_term(right),
            Term::Choice(test, then, other) => counts_days(test) || of_term(then) || of_term(other),
            Term::Truth(test) => counts_days(test),
            Term::Text(_) | Term::Number(_) | Term::Flag(_) | Term::Nothing => false,
        }
    }
    match test {
        Test::All(tests) | Test::Any(tests) => tests.iter().any(counts_days),
        Test::Not(test) => counts_days(test),
        Test::Holds(term) => of_term(term),
        Test::Compare(left, _, right) => of_term(left) || of_term(right),
    }
}

/// Whether a term is a day by itself, not a text that may be one.
fn is_dated(term: &Term) -> bool {
    match term {
        Term::Name(name) => **name == *AS_OF || is_day(name),
        Term::Call(Function::MonthsAfter | Function::DaysAfter, _) => true,
        _ => false,
    }
}

fn moment(term: &Term) -> Option<Moment> {
    Some(match term {
        Term::Name(name) if **name == *AS_OF => {
            Moment { point: Point::AsOf, more: 0, counted: false, needs: None }
        }
        Term::Name(name) if is_day(name) => Moment {
            point: Point::Name(name.clone()),
            more: 0,
            counted: false,
            needs: Some(name.clone()),
        },
        Term::Text(text) => Moment {
            point: Point::Origin,
            more: number(parse_day(text).ok()?),
            counted: false,
            needs: None,
        },
        Term::Call(function, given) => {
            let [from, count] = &given[..] else { return None };
            let (from, count) = (moment(from)?, u32::try_from(whole(count)?).ok()?);
            match function {
                Function::DaysAfter => {
                    Moment { more: from.more + i64::from(count), counted: true, ..from }
                }
                Function::MonthsAfter => Moment {
                    point: Point::Months(Box::new(from.point), from.more, count),
                    more: 0,
                    counted: true,
                    needs: from.needs,
                },
                Function::DaysBetween | Function::Holders => return None,
            }
        }
        _ => return None,
    })
}

/// A whole number that is written out.
fn whole(term: &Term) -> Option<i64> {
    match term {
        Term::Number(number) => Some(*number),
        Term::Sum(left, Sign::Plus, right) => whole(left)?.checked_add(whole(right)?),
        Term::Sum(left, Sign::Minus, right) => whole(left)?.checked_sub(whole(right)?),
        _ => None,
    }
}

/// Days between two days, with what is added to them.
fn distance(term: &Term) -> Option<(Moment, Moment, i64)> {
    match term {
        Term::Call(Function::DaysBetween, given) => {
            let [from, to] = &given[..] else { return None };
            Some((moment(from)?, moment(to)?, 0))
        }
        Term::Sum(left, sign, right) => {
            let (from, to, more) = distance(left)?;
            let number = whole(right)?;
            let more = if *sign == Sign::Plus { more + number } else { more - number };
            Some((from, to, more))
        }
        _ => None,
    }
}

/// Days between two days against a number. Without one of them there is no answer.
fn apart((from, to, more): (Moment, Moment, i64), op: Op, number: i64, so: bool) -> Formula {
    let to = Moment { more: to.more + more, ..to };
    let from = Moment { more: from.more + number, ..from };
    let known = there(&[&from, &to]);
    let order = order(&to, op, &from, so);
    Formula::All(known.into_iter().chain([order]).collect())
}

fn ordered(left: &Moment, op: Op, right: &Moment, so: bool) -> Formula {
    let both = there(&[left, right]);
    let order = Formula::All(both.into_iter().chain([order(left, op, right, so)]).collect());
    if op.is_of_order() || op == Op::In {
        return if op == Op::In { Formula::Open } else { order };
    }
    // What is not recorded equals nothing but what is not recorded either; what is counted from
    // it has no answer.
    let equal = (op == Op::Is) == so;
    let lacks = |moment: &Moment| {
        moment.needs.clone().filter(|_| !moment.counted).map(|name| Formula::There(name, false))
    };
    let mut ways = vec![order];
    match (lacks(left), lacks(right), equal) {
        (Some(one), Some(other), true) => ways.push(Formula::All(vec![one, other])),
        (one, other, false) => {
            for (lacking, known) in [(one, right), (other, left)] {
                if let Some(lacking) = lacking {
                    let rest = there(&[known]);
                    ways.push(Formula::All(rest.into_iter().chain([lacking]).collect()));
                }
            }
        }
        _ => {}
    }
    Formula::Any(ways)
}

fn there(moments: &[&Moment]) -> Vec<Formula> {
    let needed = moments.iter().filter_map(|moment| moment.needs.clone());
    needed.map(|name| Formula::There(name, true)).collect()
}

/// How two days that are both there must lie.
fn order(left: &Moment, op: Op, right: &Moment, so: bool) -> Formula {
    // left + l - (right + r) <= most
    let bound = |one: &Moment, other: &Moment, most: i64| {
        let (left, right) = (one.point.clone(), other.point.clone());
        Formula::Bound(Bound { left, right, most: most + other.more - one.more })
    };
    match (op, so) {
        (Op::Less, true) | (Op::AtLeast, false) => bound(left, right, -1),
        (Op::AtMost, true) | (Op::More, false) => bound(left, right, 0),
        (Op::More, true) | (Op::AtMost, false) => bound(right, left, -1),
        (Op::AtLeast, true) | (Op::Less, false) => bound(right, left, 0),
        (Op::Is, true) | (Op::IsNot, false) => {
            Formula::All(vec![bound(left, right, 0), bound(right, left, 0)])
        }
        (Op::Is, false) | (Op::IsNot, true) => {
            Formula::Any(vec![bound(left, right, -1), bound(right, left, -1)])
        }
        (Op::In, _) => Formula::Open,
    }
}
