//! Conditions that no record meets, or that none can fail to meet.

use super::about::About;
use super::found::Found;
use super::solve::{Answer, Goal, World, solve};
use super::written::written;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::condition::Test;
use crate::model::{Condition, Duty, Id, Model, Obligation};

/// Looks at every condition of every rule.
pub fn check(model: &Model, found: &mut Vec<Found>) {
    for (id, rule) in model.obligations.iter() {
        let about = About::new(rule).on_its_days(model, rule);
        let mut look = Look { id, rule, about: &about, found, open: Vec::new() };
        let applies = rule.when.as_ref().is_none_or(|when| look.when(when));
        if let (true, Some(must)) = (applies, about.must) {
            look.must(must);
        }
        if let Duty::Permission { candidates: Some(candidates), .. } = &rule.duty
            && look.never("candidates", candidates)
        {
            look.parts(candidates, None);
        }
        if !look.open.is_empty() {
            let open = look.open.join("` and `");
            let message = format!("whether `{open}` can be met and missed is not decided");
            let diagnostic = Diagnostic::new(Code::LintUndecided, rule.span, message)
                .help("the condition compares what cannot be decided in general; tests of the rule show what it does");
            found.push(Found::of(id, diagnostic));
        }
    }
}

struct Look<'a, 'b> {
    id: Id<Obligation>,
    rule: &'a Obligation,
    about: &'a About<'a>,
    found: &'b mut Vec<Found>,
    /// The keys of conditions of which something is not decided.
    open: Vec<&'static str>,
}

impl Look<'_, '_> {
    fn say(&mut self, code: Code, at: &Condition, message: String, help: &str) {
        let diagnostic = Diagnostic::new(code, at.span, message).help(help);
        self.found.push(Found::of(self.id, diagnostic));
    }

    fn ask(&mut self, key: &'static str, goals: &[Goal<'_>], world: World) -> Answer {
        let answer = solve(self.about.kind, goals, world);
        if matches!(answer, Answer::Open) && !self.open.contains(&key) {
            self.open.push(key);
        }
        answer
    }

    /// Whether the rule applies to anything, as far as that is decided.
    fn when(&mut self, when: &Condition) -> bool {
        if !self.never("when", when) {
            return false;
        }
        let goals = self.about.goals(&[(&when.says, false)]);
        if self.ask("when", &goals, World::Any).is_none() {
            let message =
                format!("`when` is so of every {}: it leaves none out", self.about.kind.name);
            self.say(Code::ConditionAlways, when, message, "remove it, or correct it");
        } else {
            self.parts(when, None);
        }
        true
    }

    /// Reports a condition that no record meets; whether one may.
    fn never(&mut self, key: &'static str, condition: &Condition) -> bool {
        let within = self.rule.when.as_ref().filter(|_| key == "candidates");
        let within = within.map(|when| (&when.says, true));
        let goals: Vec<Goal<'_>> = within.into_iter().chain([(&condition.says, true)]).collect();
        let goals = self.about.goals(&goals);
        if !self.ask(key, &goals, World::Accepted).is_none() {
            return true;
        }
        let by_itself = self.about.goals(&[(&condition.says, true)]);
        let clash = match solve(self.about.kind, &by_itself, World::Accepted).is_none() {
            true => clash(self.about, &condition.says),
            false => "`when` leaves none of which it could be".to_owned(),
        };
        let message = format!("`{key}` is so of no {}: {clash}", self.about.kind.name);
        self.say(
            Code::ConditionNever,
            condition,
            message,
            "of several words one is meant: write `in [..]` or `or`",
        );
        false
    }

    fn must(&mut self, must: &Condition) {
        let when = self.rule.when.as_ref().map(|when| (&when.says, true));
        let about = self.about;
        let with = |so: bool| -> Vec<Goal<'_>> {
            let last = (&must.says, so);
            about.goals(&when.into_iter().chain([last]).collect::<Vec<_>>())
        };
        let (met, missed) = (with(true), with(false));
        if self.ask("must", &met, World::Accepted).is_none() {
            // Where no record can even fail it, any to which the rule applies shows the fault.
            let applies = about.applies();
            let such = self.ask("must", &missed, World::Accepted).witness();
            let such = such.or_else(|| self.ask("must", &applies, World::Accepted).witness());
            let such = such.map_or_else(String::new, |one| format!(", such as {}", one.line()));
            let message = format!("no {} can meet `must`{such}", self.about.kind.name);
            self.say(
                Code::ConditionNever,
                must,
                message,
                "compare `when` and `must` with the clause",
            );
        } else if self.ask("must", &missed, World::Any).is_none() {
            let such = self.ask("must", &met, World::Any).witness();
            let such = such.map_or_else(String::new, |one| {
                format!(": it is met by {} as by any other", one.line())
            });
            let message = format!("no {} can fail `must`{such}", self.about.kind.name);
            self.say(
                Code::ConditionAlways,
                must,
                message,
                "compare `when` and `must` with the clause",
            );
        } else {
            self.parts(must, self.rule.when.as_ref());
        }
    }

    /// Reports parts that make no difference to the condition they stand in: of several of which one
    /// must hold one that never does, and the other way round; of two that say the same, the weaker.
    fn parts(&mut self, condition: &Condition, within: Option<&Condition>) {
        let mut dead = Vec::new();
        let always = |goals: &[Goal<'_>], world| {
            let within = within.map(|when| (&when.says, true));
            let goals: Vec<Goal<'_>> = within.into_iter().chain(goals.iter().copied()).collect();
            solve(self.about.kind, &self.about.goals(&goals), world).is_none()
        };
        inner(&condition.says, true, &mut |parts: &[Test], positive, of_any| {
            // Under `not` each part says the contrary of what it says by itself.
            let world = if of_any { World::Accepted } else { World::Any };
            for (at, part) in parts.iter().enumerate() {
                if always(&[(part, of_any == positive)], world) {
                    dead.push((written(part), of_any == positive, None));
                    continue;
                }
                let follows = |one: &Test, other: &Test| {
                    always(&[(one, positive), (other, !positive)], World::Any)
                };
                let covers = |(other, beside): &(usize, &Test)| {
                    if *other == at || !compare_the_same(part, beside) {
                        return false;
                    }
                    let (weaker, stricter) = (follows(beside, part), follows(part, beside));
                    // Of two that are equal the later one is too much.
                    let (redundant, other_way) =
                        if of_any { (stricter, weaker) } else { (weaker, stricter) };
                    redundant && (!other_way || at > *other)
                };
                if let Some((_, beside)) = parts.iter().enumerate().find(covers) {
                    dead.push((written(part), of_any, Some(written(beside))));
                }
            }
        });
        for (part, never, beside) in dead {
            let code = if never { Code::ConditionNever } else { Code::ConditionAlways };
            let message = match beside {
                Some(beside) => format!("`{part}` changes nothing beside `{beside}`"),
                None if never => format!("`{part}` is never so of any {}", self.about.kind.name),
                None => format!("`{part}` is always so of any {}", self.about.kind.name),
            };
            let message = match within {
                Some(_) => format!("{message} to which the rule applies"),
                None => message,
            };
            self.say(
                code,
                condition,
                message,
                "it changes nothing where it stands: correct it, or leave it out",
            );
        }
    }
}

/// Whether two parts compare the same, so that neither has an answer where the other has none.
fn compare_the_same(one: &Test, other: &Test) -> bool {
    let names = |test: &Test| {
        let mut names: Vec<String> = test.names().iter().map(ToString::to_string).collect();
        names.sort();
        names
    };
    matches!((one, other), (Test::Compare(..), Test::Compare(..))) && names(one) == names(other)
}

/// Every list of parts that must hold together, or of which one must (`true` last), with whether they
/// stand as they are written and not under `not`.
fn inner<'a>(test: &'a Test, positive: bool, each: &mut impl FnMut(&'a [Test], bool, bool)) {
    match test {
        Test::All(parts) | Test::Any(parts) => {
            each(parts, positive, matches!(test, Test::Any(_)) == positive);
            parts.iter().for_each(|part| inner(part, positive, each));
        }
        Test::Not(within) => inner(within, !positive, each),
        Test::Compare(..) | Test::Holds(_) => {}
    }
}

/// The fewest parts of a condition that cannot be so together.
fn clash(about: &About<'_>, test: &Test) -> String {
    let mut parts: Vec<&Test> = match test {
        Test::All(parts) => parts.iter().collect(),
        one => vec![one],
    };
    let is_none = |parts: &[&Test]| {
        let goals: Vec<Goal<'_>> = parts.iter().map(|part| (*part, true)).collect();
        solve(about.kind, &about.goals(&goals), World::Accepted).is_none()
    };
    let mut at = 0;
    while at < parts.len() && parts.len() > 1 {
        let mut fewer = parts.clone();
        fewer.remove(at);
        if is_none(&fewer) { parts = fewer } else { at += 1 }
    }
    let said: Vec<String> = parts.iter().map(|part| format!("`{}`", written(part))).collect();
    match &said[..] {
        [one] => format!("{one} cannot be"),
        several => format!("{} cannot be so together", several.join(" and ")),
    }
}
