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
        let about = About::new(rule);
        let mut look = Look { id, rule, about: &about, found, open: Vec::new() };
        let applies = rule.when.as_ref().is_none_or(|when| look.when(when));
        if let (true, Some(must)) = (applies, about.must) {
            look.must(must);
        }
        if let Duty::Permission { candidates: Some(candidates), .. } = &rule.duty {
            look.never("candidates", candidates);
            look.parts(candidates);
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
            let message = format!("`when` is so of every {}: it leaves none out", self.about.kind);
            self.say(Code::ConditionAlways, when, message, "remove it, or correct it");
        } else {
            self.parts(when);
        }
        true
    }

    /// Reports a condition that no record meets; whether one may.
    fn never(&mut self, key: &'static str, condition: &Condition) -> bool {
        let goals = self.about.goals(&[(&condition.says, true)]);
        if !self.ask(key, &goals, World::Accepted).is_none() {
            return true;
        }
        let clash = clash(self.about, &condition.says);
        let message = format!("`{key}` is so of no {}: {clash}", self.about.kind);
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
            let message = format!("no {} can meet `must`{such}", self.about.kind);
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
            let message = format!("no {} can fail `must`{such}", self.about.kind);
            self.say(
                Code::ConditionAlways,
                must,
                message,
                "compare `when` and `must` with the clause",
            );
        } else {
            self.parts(must);
        }
    }

    /// Reports parts that make no difference to the condition they stand in: of several of which one
    /// must hold one that never does, and the other way round.
    fn parts(&mut self, condition: &Condition) {
        let mut dead = Vec::new();
        inner(&condition.says, &mut |part, of_any| {
            let (so, world) = if of_any { (true, World::Accepted) } else { (false, World::Any) };
            let goals = self.about.goals(&[(part, so)]);
            if solve(self.about.kind, &goals, world).is_none() {
                dead.push((written(part), of_any));
            }
        });
        for (part, of_any) in dead {
            let (code, what) = match of_any {
                true => (Code::ConditionNever, "is never so"),
                false => (Code::ConditionAlways, "is always so"),
            };
            let message = format!("`{part}` {what} of any {}", self.about.kind);
            self.say(
                code,
                condition,
                message,
                "it changes nothing where it stands: correct it, or leave it out",
            );
        }
    }
}

/// Every part of alternatives (`true`) and of what must hold together (`false`).
fn inner<'a>(test: &'a Test, each: &mut impl FnMut(&'a Test, bool)) {
    match test {
        Test::All(parts) | Test::Any(parts) => {
            for part in parts {
                each(part, matches!(test, Test::Any(_)));
                inner(part, each);
            }
        }
        // Under `not` each part says the contrary of what it says by itself.
        Test::Not(_) | Test::Compare(..) | Test::Holds(_) => {}
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
