//! What fields without days can hold: for each name the few values that a condition can tell apart,
//! less those that were ruled out on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::goal::{Goal, HOLDERS, World};
use super::record::{is_required, truth};
use crate::model::condition::{
    DERIVED, Function, Holds, Op, Term, Test, Value, holds, root_of, shape_of,
};
use crate::record::schema::Shape;

/// What is assumed of values.
#[derive(Clone)]
pub struct Values<'a> {
    kind: &'a str,
    /// What each name may still hold; `None` is nothing.
    choices: BTreeMap<String, Vec<Option<Value>>>,
    /// What each list holds or lacks.
    lists: BTreeMap<String, BTreeMap<String, bool>>,
    /// Tests of several names, or of whole lists, tried at the end.
    later: Vec<(&'a Test, bool)>,
    /// Numbers are added up: the values tried are not all that matter.
    sums: bool,
}

/// Everything conditions write out.
#[derive(Default)]
struct Written {
    texts: BTreeSet<String>,
    numbers: BTreeSet<i64>,
    names: BTreeSet<String>,
    /// Texts that are asked for within other texts or lists.
    parts: BTreeSet<String>,
    sums: bool,
}

impl<'a> Values<'a> {
    /// Every value that the goals can tell apart.
    pub fn new(kind: &'a str, goals: &[Goal<'_>], world: World) -> Self {
        let mut written = Written::default();
        goals.iter().for_each(|(test, _)| written.test(test));
        let choices = written.names.iter().filter(|name| !is_list(name)).map(|name| {
            let must = world == World::Accepted && is_required(name);
            (name.clone(), written.choices(name, must))
        });
        let sums = written.sums;
        let choices = choices.collect();
        Self { kind, choices, lists: BTreeMap::new(), later: Vec::new(), sums }
    }

    /// Assumes that a test is so or not; whether that can still be.
    pub fn assume(&mut self, test: &'a Test, so: bool) -> bool {
        if let Test::Compare(Term::Text(text), Op::In, Term::Name(list)) = test
            && is_list(list)
        {
            let of_list = self.lists.entry(list.clone()).or_default();
            return *of_list.entry(text.clone()).or_insert(so) == so;
        }
        let names = names_of(test);
        match &names[..] {
            [name] if self.choices.contains_key(name) => {
                let kind = self.kind;
                let choices = self.choices.get_mut(name).expect("it is there");
                choices.retain(|value| {
                    let one = BTreeMap::from([(name.clone(), value.clone())]);
                    truth(kind, test, &one) == Some(so)
                });
                !choices.is_empty()
            }
            _ => {
                self.later.push((test, so));
                true
            }
        }
    }

    /// Whether other values might do where these do not.
    pub fn is_open(&self) -> bool {
        self.sums || self.later.iter().any(|(test, _)| names_of(test).len() > 2)
    }

    /// Values for all names, beside days that are there or not; `None` if there are none.
    pub fn choose(&self, there: &BTreeMap<&str, bool>) -> Option<BTreeMap<String, Option<Value>>> {
        let mut choices = self.choices.clone();
        for (name, of_list) in &self.lists {
            choices.insert(name.clone(), lists(name, of_list));
        }
        for name in self.later.iter().flat_map(|(test, _)| names_of(test)) {
            choices.entry(name.clone()).or_insert_with(|| lists(&name, &BTreeMap::new()));
        }
        // A mapping is there as soon as anything in it is.
        let groups: Vec<String> = choices.keys().filter(|name| is_group(name)).cloned().collect();
        for group in groups {
            let within =
                |name: &str| name.strip_prefix(&group).is_some_and(|at| at.starts_with('.'));
            let must = there.iter().any(|(name, there)| *there && within(name));
            let may_not: Vec<String> =
                choices.keys().filter(|name| within(name)).cloned().collect();
            let of_group = choices.get_mut(&group)?;
            if must {
                of_group.retain(|value| *value == Some(Value::Group(true)));
            }
            if of_group.iter().all(|value| *value == Some(Value::Group(false))) {
                for name in may_not {
                    choices.get_mut(&name)?.retain(|value| is_nothing(value.as_ref()));
                }
            }
        }
        let mut chosen = BTreeMap::new();
        let names: Vec<&String> = choices.keys().collect();
        let mut left = 200_000;
        self.fill(&names, &choices, &mut chosen, &mut left).then_some(chosen)
    }

    /// Chooses for one name after the other.
    fn fill(
        &self,
        names: &[&String],
        choices: &BTreeMap<String, Vec<Option<Value>>>,
        chosen: &mut BTreeMap<String, Option<Value>>,
        left: &mut usize,
    ) -> bool {
        let Some((name, rest)) = names.split_first() else { return self.fits(chosen) };
        let asked = self.later.iter().any(|(test, _)| names_of(test).contains(name));
        let values = &choices[*name];
        let tried = if asked { values.len() } else { values.len().min(1) };
        for value in &values[..tried] {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            chosen.insert((*name).clone(), value.clone());
            if self.may_fit(name, chosen) && self.fill(rest, choices, chosen, left) {
                return true;
            }
        }
        chosen.remove(*name);
        false
    }

    /// Whether the tests hold of which all names are chosen, the last among them.
    fn may_fit(&self, last: &String, chosen: &BTreeMap<String, Option<Value>>) -> bool {
        self.later.iter().all(|(test, so)| {
            let names = names_of(test);
            let whole = names.contains(last) && names.iter().all(|name| chosen.contains_key(name));
            !whole || truth(self.kind, test, chosen) == Some(*so)
        })
    }

    fn fits(&self, chosen: &BTreeMap<String, Option<Value>>) -> bool {
        self.later.iter().all(|(test, so)| truth(self.kind, test, chosen) == Some(*so))
    }
}

/// Lists with what must be in them, without what may not.
fn lists(name: &str, of_list: &BTreeMap<String, bool>) -> Vec<Option<Value>> {
    let texts = |of: Vec<&str>| {
        Some(Value::List(of.into_iter().map(|text| Value::Text(text.to_owned())).collect()))
    };
    let within: Vec<&str> =
        of_list.iter().filter(|(_, is)| **is).map(|(text, _)| text.as_str()).collect();
    let other = match shape_of(name) {
        Some(Shape::List(Shape::Word(words))) => {
            words.iter().copied().find(|word| !of_list.contains_key(*word))
        }
        _ => Some("其他"),
    };
    let more = other.map(|other| within.iter().copied().chain([other]).collect());
    [Some(within), more].into_iter().flatten().map(texts).collect()
}

/// The names a test reads, the persons it counts among them.
fn names_of(test: &Test) -> Vec<String> {
    let mut written = Written::default();
    written.test(test);
    written.names.into_iter().collect()
}

fn is_list(name: &str) -> bool {
    holds(name) == Some(Holds::List)
}

fn is_group(name: &str) -> bool {
    matches!(shape_of(name), Some(Shape::Group(_)))
}

/// What stands for nothing recorded.
fn is_nothing(value: Option<&Value>) -> bool {
    match value {
        None => true,
        Some(Value::List(items)) => items.is_empty(),
        Some(Value::Group(written)) => !written,
        Some(_) => false,
    }
}

impl Written {
    fn test(&mut self, test: &Test) {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.test(test)),
            Test::Not(test) => self.test(test),
            Test::Holds(term) => self.term(term),
            Test::Compare(left, op, right) => {
                if let (Op::In, Term::Text(part)) = (op, left) {
                    self.parts.insert(part.clone());
                }
                self.term(left);
                self.term(right);
            }
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Name(name) if name.contains('.') => _ = self.names.insert(name.clone()),
            Term::Name(_) | Term::Flag(_) | Term::Nothing => {}
            Term::Text(text) => _ = self.texts.insert(text.clone()),
            Term::Number(number) => _ = self.numbers.insert(*number),
            Term::Call(Function::Holders, given) => {
                if let Some(Term::Text(role)) = given.get(1) {
                    self.names.insert(format!("{HOLDERS}{role}"));
                }
            }
            Term::List(terms) | Term::Call(_, terms) => {
                terms.iter().for_each(|term| self.term(term));
            }
            Term::Sum(left, _, right) => {
                self.sums = true;
                self.term(left);
                self.term(right);
            }
            Term::Choice(test, then, other) => {
                self.test(test);
                self.term(then);
                self.term(other);
            }
            Term::Truth(test) => self.test(test),
        }
    }

    /// What a name can hold that the goals can tell apart, the plainest first.
    fn choices(&self, name: &str, must: bool) -> Vec<Option<Value>> {
        let absent = (!must).then_some(None);
        let counts = || {
            let near = self.numbers.iter().flat_map(|n| [n - 1, *n, n + 1]).filter(|n| *n >= 0);
            let all: BTreeSet<i64> = near.chain([0, 1, 2]).collect();
            all.into_iter().map(Value::Number)
        };
        let text = |text: &str| Value::Text(text.to_owned());
        if name.starts_with(HOLDERS) {
            return counts().map(Some).collect();
        }
        let of_shape: Vec<Value> = match (shape_of(name), holds(name)) {
            (Some(Shape::Flag), _) => vec![Value::Flag(true), Value::Flag(false)],
            (Some(Shape::Group(_)), _) => {
                return vec![Some(Value::Group(true)), Some(Value::Group(false))];
            }
            (Some(Shape::Word(words)), _) => words.iter().map(|word| text(word)).collect(),
            (_, Some(Holds::Number)) => counts().collect(),
            (_, Some(_)) => self.texts_for(name).iter().map(|one| text(one)).collect(),
            // An attribute: what its author writes, a number or a yes or no among it.
            (_, None) => {
                let numbers = self.numbers.iter().flat_map(|n| [n - 1, *n, n + 1]);
                let flags = [Value::Flag(true), Value::Flag(false)];
                let texts: Vec<Value> = self.texts_for(name).iter().map(|one| text(one)).collect();
                let numbers: BTreeSet<i64> = numbers.chain([0, 1]).collect();
                numbers.into_iter().map(Value::Number).chain(flags).chain(texts).collect()
            }
        };
        let derived =
            DERIVED.iter().any(|known| format!("{}.{}", root_of(known.kind), known.name) == name);
        let rest = of_shape.into_iter().map(Some);
        if derived && holds(name) == Some(Holds::Number) {
            rest.collect()
        } else {
            rest.chain(absent).collect()
        }
    }

    /// Texts as conditions write them, some that hold the parts they ask for, and two others.
    fn texts_for(&self, name: &str) -> Vec<String> {
        let parts: Vec<&String> = self.parts.iter().take(5).collect();
        let joined = (1..1_u32 << parts.len()).map(|which| {
            let some = (0..parts.len()).filter(|at| which & (1 << at) != 0);
            some.map(|at| parts[at].as_str()).collect::<Vec<_>>().join("／")
        });
        let own = name.rsplit('.').next().unwrap_or_default();
        let others = ["某".to_owned(), format!("某 {own}")];
        let mut texts: Vec<String> = self.texts.iter().cloned().chain(joined).collect();
        texts.extend(others);
        texts
    }
}
