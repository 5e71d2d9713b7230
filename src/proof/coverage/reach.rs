//! Which values the operands of a condition can come to, and decide by: every way in which the names
//! they read can be there or not is gone through. Days and numbers that are there may lie either way;
//! so an order of days that no calendar allows still counts as reachable.

use std::collections::BTreeSet;

use crate::model::Condition;
use crate::model::condition::{Holds, Name, Op, Term, Test, Told};

/// More ways than this are not gone through: then every value counts that an operand can have alone.
const MOST_WAYS: usize = 20_000;

/// What conditions can come to, and which operands can decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Of the first condition.
    pub when: BTreeSet<Told>,
    /// Of the second, where the first holds.
    pub then: BTreeSet<Told>,
    pub when_operands: BTreeSet<(usize, Told)>,
    pub then_operands: BTreeSet<(usize, Told)>,
}

/// Goes through the records that `when` and, where it holds, `then` can be asked of. An audit is of one
/// of the duties `answered`, `REGULATION/OBLIGATION`.
pub fn reach(when: Option<&Condition>, then: Option<&Condition>, answered: &[String]) -> Reach {
    let operands: Vec<&Test> = when.into_iter().chain(then).flat_map(Condition::operands).collect();
    let mut names: Vec<Name> = operands.iter().flat_map(|test| test.names()).collect();
    names.retain(|name| name.may_lack());
    names.sort_unstable();
    names.dedup();
    let mut found = Reach::default();
    let all_absent: BTreeSet<&str> = names.iter().map(|name| &**name).collect();
    let mut left = MOST_WAYS;
    let ways = u32::try_from(names.len()).ok().and_then(|names| 1_usize.checked_shl(names));
    for bits in 0..ways.filter(|ways| *ways <= MOST_WAYS).unwrap_or(0) {
        let absent: BTreeSet<&str> = names
            .iter()
            .enumerate()
            .filter(|(at, _)| bits & (1 << at) != 0)
            .map(|(_, name)| &**name)
            .collect();
        // What is within a mapping that is not there is not there.
        let is_there = |name: &&Name| !absent.contains(&***name);
        if names.iter().filter(|name| is_there(name)).any(|name| lacks_its_mapping(name, &absent)) {
            continue;
        }
        let can: Vec<Vec<Told>> = operands.iter().map(|test| values(test, &absent)).collect();
        let mut chosen = Vec::new();
        each(&operands, &can, &mut chosen, &mut |values| {
            left = left.saturating_sub(1);
            if left > 0 && is_of_some_duty(&operands, values, answered) {
                found.add(when, then, values);
            }
            left > 0
        });
        if left == 0 {
            break;
        }
    }
    if left == 0 || found == Reach::default() {
        let alone = |test: &&Test| -> BTreeSet<Told> {
            values(test, &BTreeSet::new()).into_iter().chain(values(test, &all_absent)).collect()
        };
        return Reach::alone(when, &operands.iter().map(alone).collect::<Vec<_>>());
    }
    found
}

impl Reach {
    /// What every operand can come to alone, those of `when` first.
    fn alone(when: Option<&Condition>, operands: &[BTreeSet<Told>]) -> Self {
        let (of_when, of_then) = operands.split_at(when.map_or(0, |one| one.operands().len()));
        let places = |operands: &[BTreeSet<Told>]| {
            let all = operands.iter().enumerate();
            all.flat_map(|(at, values)| values.iter().map(move |told| (at, *told))).collect()
        };
        let outcomes = |operands: &[BTreeSet<Told>]| {
            let both = [Told::True, Told::False].into_iter().filter(|_| !operands.is_empty());
            both.chain(operands.iter().flatten().copied()).collect()
        };
        Self {
            when: outcomes(of_when),
            then: outcomes(of_then),
            when_operands: places(of_when),
            then_operands: places(of_then),
        }
    }

    fn add(&mut self, when: Option<&Condition>, then: Option<&Condition>, values: &[Told]) {
        let (of_when, of_then) = values.split_at(when.map_or(0, |one| one.operands().len()));
        if let Some(condition) = when {
            let outcome = condition.told(of_when);
            self.when.insert(outcome);
            self.when_operands.extend(decided(condition, of_when));
            if outcome != Told::True {
                return;
            }
        }
        if let Some(condition) = then {
            self.then.insert(condition.told(of_then));
            self.then_operands.extend(decided(condition, of_then));
        }
    }
}

/// The operands that decide, each with what it comes to.
pub fn decided(condition: &Condition, values: &[Told]) -> Vec<(usize, Told)> {
    let deciding = condition.deciding(values).into_iter().zip(values).enumerate();
    deciding.filter(|(_, (decides, _))| *decides).map(|(at, (_, told))| (at, *told)).collect()
}

/// Every choice of one value for each operand that does not contradict itself, as long as `then` wants
/// another one; whether it still does.
fn each(
    operands: &[&Test],
    can: &[Vec<Told>],
    chosen: &mut Vec<Told>,
    then: &mut impl FnMut(&[Told]) -> bool,
) -> bool {
    let at = chosen.len();
    let Some(values) = can.get(at) else { return then(chosen) };
    for value in values {
        let fits = (0..at).all(|before| {
            let same = operands[before] == operands[at];
            let contrary = *value == Told::True
                && chosen[before] == Told::True
                && is_another(operands[before], operands[at]);
            !contrary && (!same || chosen[before] == *value)
        });
        if fits {
            chosen.push(*value);
            let more = each(operands, can, chosen, then);
            chosen.pop();
            if !more {
                return false;
            }
        }
    }
    true
}

/// Whether what is said of the duty an audit answers leaves one that it may be of.
fn is_of_some_duty(operands: &[&Test], values: &[Told], answered: &[String]) -> bool {
    let named = operands.iter().zip(values).filter_map(|(test, value)| match equated(test) {
        Some(("audit.obligation", Term::Text(text))) => Some((text, *value)),
        _ => None,
    });
    let named: Vec<(&String, Told)> = named.collect();
    let denied = |duty: &&String| named.contains(&(*duty, Told::False));
    named.is_empty() || answered.iter().any(|duty| !denied(&duty))
}

/// The name and the value of `name == value`.
fn equated(test: &Test) -> Option<(&str, &Term)> {
    match test {
        Test::Compare(Term::Name(name), Op::Is, value) if is_literal(value) => Some((name, value)),
        _ => None,
    }
}

/// Whether both say that one name is something, and not the same.
fn is_another(one: &Test, other: &Test) -> bool {
    match (equated(one), equated(other)) {
        (Some((name, value)), Some((other, another))) => name == other && value != another,
        _ => false,
    }
}

fn is_literal(term: &Term) -> bool {
    matches!(term, Term::Text(_) | Term::Number(_) | Term::Flag(_))
}

/// Whether a mapping that a name stands in is among those that are not there.
fn lacks_its_mapping(name: &str, absent: &BTreeSet<&str>) -> bool {
    name.match_indices('.').any(|(at, _)| absent.contains(&name[..at]))
}

/// What an operand can come to where the names in `absent` are not recorded.
fn values(test: &Test, absent: &BTreeSet<&str>) -> Vec<Told> {
    const EITHER: [Told; 2] = [Told::True, Told::False];
    let lacks = |term: &Term| matches!(term, Term::Name(name) if absent.contains(&**name));
    let any_absent = test.names().iter().any(|name| absent.contains(&**name));
    // An attribute of the author's own that is not there is nothing anybody can compare.
    let attribute = |name: &Name| name.contains(".attributes.") && absent.contains(&**name);
    if test.names().iter().any(attribute) {
        return vec![Told::Unknown];
    }
    match test {
        Test::Holds(Term::Name(name)) => match name.holds() {
            _ if any_absent => vec![Told::False],
            Some(Holds::Flag | Holds::Number | Holds::List) | None => EITHER.to_vec(),
            Some(Holds::Day | Holds::Text | Holds::Mapping) => vec![Told::True],
        },
        Test::Compare(left, op @ (Op::Is | Op::IsNot), right) if is_plain(left, right) => {
            let nothing = |term: &Term| *term == Term::Nothing;
            let (one, other) = (lacks(left) || nothing(left), lacks(right) || nothing(right));
            let equal = match (one, other) {
                (true, true) => Some(true),
                (false, false) if !nothing(left) && !nothing(right) => None,
                _ => Some(false),
            };
            let so = |equal: bool| if equal == (*op == Op::Is) { Told::True } else { Told::False };
            equal.map_or_else(|| EITHER.to_vec(), |equal| vec![so(equal)])
        }
        Test::Compare(left, Op::In, Term::List(_)) if lacks(left) => vec![Told::False],
        Test::Compare(_, Op::In, Term::Name(name)) if absent.contains(&**name) => {
            // A list of the record that is not there is empty; what is derived may be missing.
            let empty = name.holds() == Some(Holds::List) && name.derived().is_none();
            vec![if empty { Told::False } else { Told::Unknown }]
        }
        Test::Compare(..) if !any_absent => EITHER.to_vec(),
        Test::Compare(..) => vec![Told::Unknown],
        _ if any_absent => Told::ALL.to_vec(),
        _ => EITHER.to_vec(),
    }
}

/// Whether a test compares names and values as they are written.
fn is_plain(left: &Term, right: &Term) -> bool {
    let plain = |term: &Term| {
        is_literal(term) || matches!(term, Term::Name(_) | Term::Nothing | Term::List(_))
    };
    plain(left) && plain(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::condition::Terms;
    use crate::parse::registers::our_kinds;
    use crate::source::{FileId, Span, Spanned};

    fn condition(text: &str) -> Condition {
        let mut report = Vec::new();
        let text = Spanned::new(text, Span::start_of(FileId(0)));
        let found = Condition::compile(
            text,
            &[our_kinds().find("account").expect("it is one")],
            &Terms::default(),
            &mut report,
        );
        found.unwrap_or_else(|| panic!("{report:?}"))
    }

    fn operands(text: &str) -> BTreeSet<(usize, Told)> {
        reach(None, Some(&condition(text)), &[]).then_operands
    }

    #[test]
    fn what_guards_an_order_keeps_it_from_being_unknown() {
        use Told::{False, True, Unknown};
        let order = "account.change.on <= account.cancelled_on";
        let alone = operands(order);
        assert_eq!(alone, BTreeSet::from([(0, True), (0, False), (0, Unknown)]));
        let guarded = operands(&format!("account.change.on and account.cancelled_on and {order}"));
        assert!(guarded.contains(&(2, False)) && !guarded.contains(&(2, Unknown)), "{guarded:?}");
        // Where the mapping is not there, nothing in it is; where it is, its day may be missing.
        let within = operands("account.change or account.change.on");
        assert_eq!(within, BTreeSet::from([(0, True), (0, False), (1, False)]));
        let excluded = operands("account.change == none and account.change.on <= as_of");
        assert!(!excluded.contains(&(1, True)) && !excluded.contains(&(1, False)), "{excluded:?}");
        // Every account was opened, and an account has one role.
        assert_eq!(operands("account.opened_on"), BTreeSet::from([(0, True)]));
        let both = "account.role == \"general\" and account.role == \"auditor\"";
        let reach = reach(None, Some(&condition(both)), &[]);
        assert_eq!(reach.then, BTreeSet::from([False]));
    }

    #[test]
    fn many_ways_are_not_gone_through() {
        let days = ["change.on", "cancelled_on", "suspended_on", "pledge.signed_on", "valid_until"];
        let all = days.iter().flat_map(|one| days.iter().map(move |other| (one, other)));
        let tests = all.filter(|(one, other)| one != other);
        let tests: Vec<String> =
            tests.map(|(one, other)| format!("account.{one} < account.{other}")).collect();
        let text = tests[..16].join(" and ");
        let found = operands(&text);
        assert_eq!(found.len(), 48, "{found:?}");
        // None of it is unknown where nothing can be.
        let roles: Vec<String> = (0..18).map(|at| format!("account.purpose == \"{at}\"")).collect();
        assert_eq!(operands(&roles.join(" or ")).len(), 36);
    }
}
