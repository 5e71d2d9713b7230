//! What fields without days can hold: for each name the few values that a condition can tell apart,
//! less those that were ruled out on the way.

use std::collections::BTreeMap;

use super::goal::{Goal, World};
use super::record::truth;
use crate::model::condition::{Holds, Name, Op, Term, Test, Value, Written};
use crate::record::kinds::Kind;
use crate::record::schema::Shape;

/// What is assumed of values.
#[derive(Clone)]
pub struct Values<'a> {
    kind: &'static Kind,
    /// What each name may still hold; `None` is nothing.
    choices: BTreeMap<Name, Vec<Option<Value>>>,
    /// What each list holds or lacks.
    lists: BTreeMap<Name, BTreeMap<String, bool>>,
    /// Tests of several names, or of whole lists, tried at the end.
    later: Vec<(&'a Test, bool)>,
    /// Numbers are added up: the values tried are not all that matter.
    sums: bool,
}

impl<'a> Values<'a> {
    /// Every value that the goals can tell apart.
    pub fn new(kind: &'static Kind, goals: &[Goal<'_>], world: World) -> Self {
        let mut written = Written::default();
        goals.iter().for_each(|(test, _)| written.add(test));
        let choices = written.names.iter().filter(|name| !is_list(name)).map(|name| {
            // What the program derives is there in every world.
            let derived = name.derived().is_some();
            let must = !name.may_lack() && (derived || world == World::Accepted);
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
    pub fn choose(&self, there: &BTreeMap<&Name, bool>) -> Option<BTreeMap<Name, Option<Value>>> {
        let mut choices = self.choices.clone();
        for (name, of_list) in &self.lists {
            choices.insert(name.clone(), lists(name, of_list));
        }
        for name in self.later.iter().flat_map(|(test, _)| names_of(test)) {
            choices.entry(name.clone()).or_insert_with(|| lists(&name, &BTreeMap::new()));
        }
        // A mapping is there as soon as anything in it is.
        let groups: Vec<Name> = choices.keys().filter(|name| is_group(name)).cloned().collect();
        for group in groups {
            let within =
                |name: &Name| name.strip_prefix(&*group).is_some_and(|at| at.starts_with('.'));
            let must = there.iter().any(|(name, there)| *there && within(name));
            let may_not: Vec<Name> = choices.keys().filter(|name| within(name)).cloned().collect();
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
        let names: Vec<&Name> = choices.keys().collect();
        let mut left = 200_000;
        self.fill(&names, &choices, &mut chosen, &mut left).then_some(chosen)
    }

    /// Chooses for one name after the other.
    fn fill(
        &self,
        names: &[&Name],
        choices: &BTreeMap<Name, Vec<Option<Value>>>,
        chosen: &mut BTreeMap<Name, Option<Value>>,
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
    fn may_fit(&self, last: &Name, chosen: &BTreeMap<Name, Option<Value>>) -> bool {
        self.later.iter().all(|(test, so)| {
            let names = names_of(test);
            let whole = names.contains(last) && names.iter().all(|name| chosen.contains_key(name));
            !whole || truth(self.kind, test, chosen) == Some(*so)
        })
    }

    fn fits(&self, chosen: &BTreeMap<Name, Option<Value>>) -> bool {
        self.later.iter().all(|(test, so)| truth(self.kind, test, chosen) == Some(*so))
    }
}

/// Lists with what must be in them, without what may not.
fn lists(name: &Name, of_list: &BTreeMap<String, bool>) -> Vec<Option<Value>> {
    let texts = |of: Vec<&str>| {
        Some(Value::List(of.into_iter().map(|text| Value::Text(text.to_owned())).collect()))
    };
    let within: Vec<&str> =
        of_list.iter().filter(|(_, is)| **is).map(|(text, _)| text.as_str()).collect();
    let other = match name.shape() {
        Some(Shape::List(Shape::Word(words))) => {
            words.iter().copied().find(|word| !of_list.contains_key(*word))
        }
        _ => Some("其他"),
    };
    let more = other.map(|other| within.iter().copied().chain([other]).collect());
    // A list of the record that is not there is empty; a derived one is missing.
    let missing = of_list.is_empty() && name.derived().is_some() && name.may_lack();
    let lists = [Some(within), more].into_iter().flatten().map(texts);
    lists.chain(missing.then_some(None)).collect()
}

/// The names a test reads, the persons it counts among them.
fn names_of(test: &Test) -> Vec<Name> {
    Written::of(test).names.into_iter().collect()
}

fn is_list(name: &Name) -> bool {
    name.holds() == Some(Holds::List)
}

fn is_group(name: &Name) -> bool {
    matches!(name.shape(), Some(Shape::Group(_)))
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
