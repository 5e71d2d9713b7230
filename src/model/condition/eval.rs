//! Whether a condition holds of a record: yes, no, or that it cannot be told. What is false whatever
//! the unknown part may be is false (false and unknown), what is true whatever it may be is true (true
//! or unknown); anything else that hangs on what is not known has no answer, and none is ever a yes.

use std::cmp::Ordering;

use super::op::{Op, Sign};
use super::subject::{Subject, Value};
use super::tree::{Function, Term, Test};
use super::{AS_OF, Indeterminate};
use crate::time::{Day, Length, OfficeCalendar, parse_day};

/// So, not so, or why it cannot be told.
type Truth = Result<bool, Indeterminate>;

impl Test {
    /// Whether it holds of a record; an error says why it cannot be told.
    pub fn truth(&self, subject: &Subject) -> Truth {
        match self {
            Test::All(tests) => decide(tests.iter().map(|test| test.truth(subject)), false),
            Test::Any(tests) => decide(tests.iter().map(|test| test.truth(subject)), true),
            Test::Not(test) => test.truth(subject).map(|so| !so),
            Test::Holds(term) => term.value(subject).map(|value| value.is_so()),
            Test::Compare(left, op, right) => compare(left, *op, right, subject),
        }
    }

    /// The parts that are why it does not hold: of several that must hold each, those that do not.
    pub(super) fn failing<'a>(&'a self, subject: &Subject, parts: &mut Vec<&'a Test>) {
        match self {
            _ if self.truth(subject) == Ok(true) => {}
            Test::All(tests) => tests.iter().for_each(|test| test.failing(subject, parts)),
            _ => parts.push(self),
        }
    }
}

/// `settles` if any is so, and its contrary if all are the contrary; else the first doubt.
fn decide(truths: impl Iterator<Item = Truth>, settles: bool) -> Truth {
    let mut doubt = None;
    for truth in truths {
        match truth {
            Ok(so) if so == settles => return Ok(settles),
            Ok(_) => {}
            Err(why) => doubt = doubt.or(Some(why)),
        }
    }
    doubt.map_or(Ok(!settles), Err)
}

fn compare(left: &Term, op: Op, right: &Term, subject: &Subject) -> Truth {
    if let (Op::In, Term::List(items)) = (op, right) {
        let one = left.value(subject)?;
        let equal = |item: &Term| Ok(one.equals(&item.value(subject)?));
        return decide(items.iter().map(equal), true);
    }
    let (one, other) = (left.value(subject)?, right.value(subject)?);
    match op {
        Op::Is => Ok(one.equals(&other)),
        Op::IsNot => Ok(!one.equals(&other)),
        Op::In => within(&one, &other).ok_or_else(|| absent(&[(right, &other)])),
        Op::Less | Op::AtMost | Op::More | Op::AtLeast => {
            let sides = [(left, &one), (right, &other)];
            let order = one.order(&other).ok_or_else(|| absent(&sides))?;
            Ok(match op {
                Op::Less => order == Ordering::Less,
                Op::AtMost => order != Ordering::Greater,
                Op::More => order == Ordering::Greater,
                _ => order != Ordering::Less,
            })
        }
    }
}

/// Whether the first is one of the second, or a part of its text; `None` where that cannot be asked.
fn within(one: &Value, other: &Value) -> Option<bool> {
    match (one, other) {
        (one, Value::List(items)) => Some(items.iter().any(|item| item.equals(one))),
        (Value::Text(part), Value::Text(text)) => Some(text.contains(part.as_str())),
        _ => None,
    }
}

/// Why two values cannot be compared, or one not used: the first that was not recorded, or else
/// that they are of kinds that do not go together.
fn absent(sides: &[(&Term, &Value)]) -> Indeterminate {
    for (term, value) in sides {
        if **value == Value::Absent {
            return match term {
                Term::Name(name) => Indeterminate::NotRecorded(name.to_string()),
                _ => Indeterminate::Unfit("a value that is needed is not recorded".to_owned()),
            };
        }
    }
    let kinds: Vec<&str> = sides.iter().map(|(_, value)| value.kind()).collect();
    Indeterminate::Unfit(format!("{} cannot be used so", kinds.join(" and ")))
}

impl Term {
    /// What it comes to for a record; an error where that is not known.
    fn value(&self, subject: &Subject) -> Result<Value, Indeterminate> {
        Ok(match self {
            Term::Name(name) if **name == *AS_OF => Value::Day(subject.judged_on),
            Term::Name(name) => subject.value(name)?,
            Term::Text(text) => Value::Text(text.clone()),
            Term::Number(number) => Value::Number(*number),
            Term::Flag(flag) => Value::Flag(*flag),
            Term::Nothing => Value::Absent,
            Term::List(items) => {
                Value::List(items.iter().map(|item| item.value(subject)).collect::<Result<_, _>>()?)
            }
            Term::Call(function, given) => call(*function, given, subject)?,
            Term::Sum(left, sign, right) => {
                let (one, other) = (number(left, subject)?, number(right, subject)?);
                let sum = match sign {
                    Sign::Plus => one.checked_add(other),
                    Sign::Minus => one.checked_sub(other),
                };
                let beyond = || Indeterminate::Unfit("a number is too large".to_owned());
                Value::Number(sum.ok_or_else(beyond)?)
            }
            Term::Choice(test, then, other) => match test.truth(subject) {
                Ok(true) => then.value(subject)?,
                Ok(false) => other.value(subject)?,
                // The same whichever it is.
                Err(why) => match (then.value(subject), other.value(subject)) {
                    (Ok(one), Ok(other)) if one == other => one,
                    _ => return Err(why),
                },
            },
            Term::Truth(test) => Value::Flag(test.truth(subject)?),
        })
    }
}

fn call(function: Function, given: &[Term], subject: &Subject) -> Result<Value, Indeterminate> {
    // How many are given was checked when the condition was read.
    let [first, second] = given else {
        return Err(Indeterminate::Unfit(format!("`{}` takes two values", function.as_str())));
    };
    Ok(match function {
        Function::DaysBetween => {
            Value::Number((day(second, subject)? - day(first, subject)?).num_days())
        }
        Function::MonthsAfter => {
            Value::Day(last_day(day(first, subject)?, count(second, subject)?, Length::Months))
        }
        Function::DaysAfter => {
            Value::Day(last_day(day(first, subject)?, count(second, subject)?, Length::Days))
        }
        Function::Holders => match second.value(subject)? {
            Value::Text(role) => Value::Number(subject.holders(&role)?),
            value => return Err(absent(&[(second, &value)])),
        },
    })
}

fn day(term: &Term, subject: &Subject) -> Result<Day, Indeterminate> {
    let value = term.value(subject)?;
    value.day().ok_or_else(|| absent(&[(term, &value)]))
}

fn number(term: &Term, subject: &Subject) -> Result<i64, Indeterminate> {
    match term.value(subject)? {
        Value::Number(number) => Ok(number),
        value => Err(absent(&[(term, &value)])),
    }
}

/// A number of days or months; one beyond all calendars is the most there is.
fn count(term: &Term, subject: &Subject) -> Result<u32, Indeterminate> {
    let number = number(term, subject)?;
    let negative = |_| Indeterminate::Unfit("a number is negative".to_owned());
    u64::try_from(number).map(|number| u32::try_from(number).unwrap_or(u32::MAX)).map_err(negative)
}

/// The last day of a length counted from a day, as deadlines are counted; 9999-12-31 where it lies
/// beyond the years of four digits.
fn last_day(from: Day, number: u32, length: fn(u32) -> Length) -> Day {
    let farthest = Day::from_ymd_opt(9999, 12, 31).unwrap_or(Day::MAX);
    let end = length(number).after(from, &OfficeCalendar::default()).unwrap_or(farthest);
    end.min(farthest)
}

impl Value {
    /// Whether it is there, and neither `false` nor 0 nor empty.
    fn is_so(&self) -> bool {
        match self {
            Value::Absent => false,
            Value::Day(_) => true,
            Value::Number(number) => *number != 0,
            Value::Text(text) => !text.is_empty(),
            Value::Flag(flag) => *flag,
            Value::List(items) => !items.is_empty(),
            Value::Group(written) => *written,
        }
    }

    /// A day, or a text that is one.
    fn day(&self) -> Option<Day> {
        match self {
            Value::Day(day) => Some(*day),
            Value::Text(text) => parse_day(text).ok(),
            _ => None,
        }
    }

    /// What is not recorded is equal to nothing but what is not recorded either.
    fn equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Day(day), Value::Text(_)) => other.day() == Some(*day),
            (Value::Text(_), Value::Day(day)) => self.day() == Some(*day),
            (one, other) => one == other,
        }
    }

    /// Which comes first; `None` where that cannot be asked.
    fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Number(one), Value::Number(other)) => Some(one.cmp(other)),
            (Value::Text(one), Value::Text(other)) => Some(one.cmp(other)),
            (Value::Day(_), _) | (_, Value::Day(_)) => Some(self.day()?.cmp(&other.day()?)),
            _ => None,
        }
    }

    /// In English, for data and for the command line.
    fn kind(&self) -> &'static str {
        match self {
            Value::Absent => "nothing",
            Value::Day(_) => "a day",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Flag(_) => "a yes or no",
            Value::List(_) => "a list",
            Value::Group(_) => "a mapping",
        }
    }
}
