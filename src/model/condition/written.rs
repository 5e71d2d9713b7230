//! What conditions write out: names, texts and numbers, and the values under a name that can be told
//! apart by them. Searches for records try these.

use std::collections::BTreeSet;

use super::names::{Holds, Name};
use super::op::Op;
use super::subject::Value;
use super::tree::{Function, Term, Test};
use super::{Condition, expr};
use crate::record::kinds::Kind;
use crate::record::schema::Shape;

/// The name under which the persons with a role are counted.
pub const HOLDERS: &str = "holders:";

/// Everything conditions write out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub texts: BTreeSet<String>,
    pub numbers: BTreeSet<i64>,
    /// Dotted names, and [`HOLDERS`] with the roles whose holders are counted.
    pub names: BTreeSet<Name>,
    /// Texts that are asked for within other texts or lists.
    pub parts: BTreeSet<String>,
    /// Whether numbers are added up: the values tried are not all that matter then.
    pub sums: bool,
}

impl Condition {
    /// Everything it writes out.
    pub fn written(&self) -> Written {
        Written::of(&self.says)
    }
}

impl Written {
    /// What a test writes out.
    pub fn of(test: &Test) -> Self {
        let mut written = Self::default();
        written.add(test);
        written
    }

    /// Adds what a condition writes out that was not checked yet; nothing of what cannot be read.
    pub fn read(&mut self, source: &str, kinds: &[&'static Kind]) {
        if let Ok(found) = expr::read(source) {
            self.add(&Test::of(&found, kinds));
        }
    }

    /// Adds what a test writes out.
    pub fn add(&mut self, test: &Test) {
        match test {
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.add(test)),
            Test::Not(test) => self.add(test),
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
                    self.names.insert(Name::new(&format!("{HOLDERS}{role}"), &[]));
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
                self.add(test);
                self.term(then);
                self.term(other);
            }
            Term::Truth(test) => self.add(test),
        }
    }

    /// What a name can hold that the conditions can tell apart, the plainest first; `None` for nothing
    /// recorded, unless it `must` be there. Not of days and lists.
    pub fn choices(&self, name: &Name, must: bool) -> Vec<Option<Value>> {
        let absent = (!must).then_some(None);
        // Where numbers are added up, a few large ones tip the scales either way.
        let large = || if self.sums { &[3, 10, 100, 10_000][..] } else { &[] };
        let counts = || {
            let near = self.numbers.iter().flat_map(|n| [n - 1, *n, n + 1]).filter(|n| *n >= 0);
            let all: BTreeSet<i64> = near.chain([0, 1, 2]).chain(large().iter().copied()).collect();
            all.into_iter().map(Value::Number)
        };
        let text = |text: &str| Value::Text(text.to_owned());
        if name.starts_with(HOLDERS) {
            return counts().map(Some).collect();
        }
        let of_shape: Vec<Value> = match (name.shape(), name.holds()) {
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
                let numbers: BTreeSet<i64> =
                    numbers.chain([0, 1]).chain(large().iter().copied()).collect();
                numbers.into_iter().map(Value::Number).chain(flags).chain(texts).collect()
            }
        };
        of_shape.into_iter().map(Some).chain(absent).collect()
    }

    /// Texts as conditions write them, some that hold the parts they ask for, and two others.
    fn texts_for(&self, name: &str) -> Vec<String> {
        let parts: Vec<&String> = self.parts.iter().take(5).collect();
        let joined = (1..1_u32 << parts.len()).map(|which| {
            let some = (0..parts.len()).filter(|at| which & (1 << at) != 0);
            some.map(|at| parts[at].as_str()).collect::<Vec<_>>().join("／")
        });
        let own = name.rsplit('.').next().unwrap_or_default();
        let others = ["other".to_owned(), format!("other {own}")];
        let mut texts: Vec<String> = self.texts.iter().cloned().chain(joined).collect();
        texts.extend(others);
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::kinds::own_kind;

    #[test]
    fn whatever_a_condition_writes_out_is_found() {
        let source = "account.attributes.level == '機密' and \"a\" in account.purpose \
                      and days_between(account.opened_on, as_of) > 30 \
                      and holders(unit, 'clerk') >= 2 and account.role not in ['general', \"x\"]";
        let mut written = Written::default();
        written.read(source, &[own_kind("account")]);
        let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(written.texts, set(&["機密", "a", "general", "x"]));
        assert_eq!(written.parts, set(&["a"]));
        assert_eq!(written.numbers, BTreeSet::from([2, 30]));
        let names = [
            "account.attributes.level",
            "account.opened_on",
            "account.purpose",
            "account.role",
            "holders:clerk",
        ];
        let found: Vec<&str> = written.names.iter().map(|name| &**name).collect();
        assert_eq!(found, names);
        // An attribute may hold whatever its author writes.
        let level = written.choices(&Name::of(own_kind("account"), "attributes.level"), true);
        for value in [Value::Text("機密".to_owned()), Value::Number(31), Value::Flag(true)] {
            assert!(level.contains(&Some(value.clone())), "{value:?}: {level:?}");
        }
    }
}
