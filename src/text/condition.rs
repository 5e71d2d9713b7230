//! Conditions of rules in words: 「已登載申請之核准日」 for `account.application.approved_on`.

use super::words::Words;
use crate::model::condition::{AS_OF, Condition, Function, Holds, Name, Op, Term, Test};
use crate::model::{Id, Model, Role, RoleName};
use crate::record::schema::Shape;

/// What a condition asks, one text for each thing that must be so; empty if it cannot be said, and
/// then pages show the expression alone.
pub fn asks(words: &Words, model: &Model, condition: &Condition) -> Vec<String> {
    let describer = Describer { words, model };
    let said = match &condition.says {
        Test::All(tests) => tests.iter().map(|test| describer.test(test)).collect(),
        one => describer.test(one).map(|text| vec![text]),
    };
    said.unwrap_or_default()
}

/// The same in one sentence; the expression itself if it cannot be said.
pub fn asks_in_one(words: &Words, model: &Model, condition: &Condition) -> String {
    let said = Describer { words, model }.test(&condition.says);
    said.unwrap_or_else(|| condition.source.clone())
}

/// What a part of a condition asks; `None` if it cannot be said.
pub fn test_in_one(words: &Words, model: &Model, test: &Test) -> Option<String> {
    Describer { words, model }.test(test)
}

/// The word for a field that a condition reads; its name where there is none.
pub fn field_name<'a>(words: &'a Words, name: &'a str) -> &'a str {
    let attribute = name.split_once(".attributes.").map(|(_, key)| key);
    match attribute {
        Some(key) => words.find(&format!("attribute.{key}")).unwrap_or(key),
        None => words.find(&format!("reads.{name}")).unwrap_or(name),
    }
}

/// What a text means in a field, by its dotted name or its key: a choice, a role, or itself.
pub fn said(words: &Words, model: &Model, name: &str, text: &str) -> String {
    let key = name.rsplit('.').next().unwrap_or(name);
    let choice = words.find(&format!("choice.{name}.{text}"));
    if let Some(choice) = choice.or_else(|| words.find(&format!("choice.{key}.{text}"))) {
        return choice.to_owned();
    }
    if is_role(key) { role_of_word(words, model, text) } else { text.to_owned() }
}

/// A role that a post, an account or a rule names, in words.
pub fn role(words: &Words, model: &Model, name: Id<RoleName>) -> String {
    let RoleName { slug, role } = &model.role_names[name];
    titled(words, model, slug, *role)
}

/// A role that a condition or a test names by its id, in words.
pub fn role_of_word(words: &Words, model: &Model, slug: &str) -> String {
    titled(words, model, slug, model.roles.find(slug))
}

/// The title of a role; without a record the catalogue's word for its id.
fn titled(words: &Words, model: &Model, slug: &str, role: Option<Id<Role>>) -> String {
    match role {
        Some(role) => model.roles[role].title.clone(),
        None => words.find(&format!("role.{slug}")).unwrap_or(slug).to_owned(),
    }
}

/// Whether a field holds roles.
fn is_role(key: &str) -> bool {
    matches!(key, "role" | "roles" | "staff_roles" | "auditor_roles" | "approver_roles")
}

/// What conditions are said with.
struct Describer<'a> {
    words: &'a Words,
    model: &'a Model,
}

impl Describer<'_> {
    fn test(&self, test: &Test) -> Option<String> {
        match test {
            Test::All(tests) => self.joined(tests, "and"),
            Test::Any(tests) => self.joined(tests, "or"),
            Test::Compare(left, op, right) => self.compared(left, *op, right, true),
            Test::Holds(Term::Name(name)) => Some(self.there(name, true)),
            Test::Holds(_) => None,
            Test::Not(test) => match &**test {
                Test::Holds(Term::Name(name)) => Some(self.there(name, false)),
                Test::Compare(left, op @ (Op::Is | Op::IsNot | Op::In), right) => {
                    self.compared(left, *op, right, false)
                }
                other => Some(self.say("not", &[("text", &self.test(other)?)])),
            },
        }
    }

    /// Several things, of which those that are several themselves stand in brackets.
    fn joined(&self, tests: &[Test], by: &str) -> Option<String> {
        let one = |test: &Test| {
            let text = self.test(test)?;
            Some(match test {
                Test::All(_) | Test::Any(_) => self.say("within", &[("text", &text)]),
                _ => text,
            })
        };
        let texts: Option<Vec<String>> = tests.iter().map(one).collect();
        Some(texts?.join(self.words.get(&format!("test.{by}"))))
    }

    /// That something was recorded, or is so; or not.
    fn there(&self, name: &Name, so: bool) -> String {
        let is_flag = matches!(name.shape(), Some(Shape::Flag));
        let key = match (is_flag, so) {
            (true, true) => "flag",
            (true, false) => "no_flag",
            (false, true) => "there",
            (false, false) => "absent",
        };
        self.say(key, &[("name", &field_name(self.words, name))])
    }

    /// Two things compared; the contrary unless `so`, which goes only with `==`, `!=` and `in`.
    fn compared(&self, left: &Term, op: Op, right: &Term, so: bool) -> Option<String> {
        let is_equal = matches!((op, so), (Op::Is, true) | (Op::IsNot, false));
        if let (Term::Name(name), Op::Is | Op::IsNot) = (left, op) {
            match right {
                Term::Nothing => return Some(self.there(name, !is_equal)),
                // What was not written is neither yes nor no.
                Term::Flag(flag) => {
                    let key = match (flag, is_equal) {
                        (true, true) => "flag",
                        (true, false) => "no_flag",
                        (false, true) => "flag_no",
                        (false, false) => return None,
                    };
                    return Some(self.say(key, &[("name", &field_name(self.words, name))]));
                }
                _ => {}
            }
        }
        let either = |holds: bool, one: &'static str, other| if holds { one } else { other };
        let key = match (op, left, right) {
            (Op::Is | Op::IsNot, Term::Name(_), Term::Name(_)) => {
                either(is_equal, "same", "differs")
            }
            (Op::Is | Op::IsNot, ..) => either(is_equal, "is", "is_not"),
            (Op::In, _, Term::List(_)) => either(so, "one_of", "none_of"),
            (Op::In, _, Term::Name(_)) => either(so, "has", "lacks"),
            (Op::In, ..) => return None,
            (Op::Less, ..) => self.by_kind(left, right, "earlier", "less"),
            (Op::AtMost, ..) => self.by_kind(left, right, "no_later", "at_most"),
            (Op::More, ..) => self.by_kind(left, right, "later", "more"),
            (Op::AtLeast, ..) => self.by_kind(left, right, "no_earlier", "at_least"),
        };
        let (one, other) = (self.side(left, right)?, self.side(right, left)?);
        Some(self.say(key, &[("left", &one), ("right", &other)]).trim_start().to_owned())
    }

    fn by_kind(
        &self,
        left: &Term,
        right: &Term,
        day: &'static str,
        n: &'static str,
    ) -> &'static str {
        if is_day(left) || is_day(right) { day } else { n }
    }

    /// A term beside another, which tells what its codes mean.
    fn side(&self, term: &Term, beside: &Term) -> Option<String> {
        let words = self.words;
        Some(match term {
            Term::Name(name) if **name == *AS_OF => words.get("test.as_of").to_owned(),
            Term::Name(name) => field_name(words, name).to_owned(),
            Term::Text(text) => match beside {
                Term::Name(name) => self.code_of(name, text),
                _ => self.say("quoted", &[("text", text)]),
            },
            // A figure stands off the word before it.
            Term::Number(number) => format!(" {number}"),
            Term::List(items) => {
                let items: Option<Vec<String>> =
                    items.iter().map(|item| self.side(item, beside)).collect();
                items?.join(words.get("list.join"))
            }
            Term::Call(function, given) => {
                let [first, second] = &given[..] else { return None };
                let key = function.as_str();
                match (function, first, second) {
                    (Function::Holders, Term::Name(kind), Term::Text(code)) => {
                        let place = self.say(&format!("place.{kind}"), &[]);
                        self.say(
                            key,
                            &[("place", &place), ("role", &role_of_word(words, self.model, code))],
                        )
                    }
                    (Function::Holders, ..) => return None,
                    (Function::MonthsAfter | Function::DaysAfter, from, count) => {
                        let (from, count) = (self.side(from, term)?, self.side(count, term)?);
                        self.say(key, &[("from", &from), ("count", &count.trim_start())])
                    }
                    (Function::DaysBetween, from, to) => {
                        let (from, to) = (self.side(from, term)?, self.side(to, term)?);
                        self.say(key, &[("from", &from), ("to", &to)])
                    }
                }
            }
            Term::Flag(_) | Term::Nothing | Term::Sum(..) | Term::Choice(..) | Term::Truth(_) => {
                return None;
            }
        })
    }

    /// What a code means in a field: a role, a duty, a choice; any other text in quotes.
    fn code_of(&self, name: &Name, code: &str) -> String {
        let model = self.model;
        if let Some(Shape::Obligation) = name.shape() {
            let all = model.obligations.iter();
            let duty = all.into_iter().find(|(id, _)| model.obligation_path(*id) == code);
            return self.say("quoted", &[("text", &duty.map_or(code, |(_, duty)| &duty.title))]);
        }
        match said(self.words, model, name, code) {
            said if said == code => self.say("quoted", &[("text", &code)]),
            said => said,
        }
    }

    fn say(&self, key: &str, parts: &[(&str, &dyn std::fmt::Display)]) -> String {
        self.words.say(&format!("test.{key}"), parts)
    }
}

/// Whether a term is a day.
fn is_day(term: &Term) -> bool {
    match term {
        Term::Name(name) => name.holds() == Some(Holds::Day),
        Term::Call(function, _) => matches!(function, Function::MonthsAfter | Function::DaysAfter),
        _ => false,
    }
}
