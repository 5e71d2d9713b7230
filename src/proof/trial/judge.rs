//! A question against a world: what comes of it, and where that is not what the person expects. The
//! model may hold another rule than the site's: mutants are judged by the same questions.

use std::collections::BTreeSet;

use super::ask::{Ask, Asked, Expect};
use super::target::{Target, Term};
use super::why::why_not;
use crate::assess::{
    self, Assessment, CheckVerdict, Fit, Occurrence, Reason, RecordRef, RetentionStatus,
    RetentionTerm, assess,
};
use crate::facts::id;
use crate::model::sample::Undrawn;
use crate::model::{Id, Model, Named, Obligation, Scope};
use crate::time::{Day, Instant};

/// Something that is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The key of the expectation, such as `status`.
    pub what: &'static str,
    pub expected: String,
    pub got: String,
}

/// What a question is judged by, for whoever wants to see more of it than whether it comes out.
pub struct Look<'a> {
    pub model: &'a Model,
    /// What was judged; `None` for sizes, which are asked of the rule alone.
    pub assessment: Option<&'a Assessment>,
    pub duty: Id<Obligation>,
    pub target: &'a Target,
    pub ask: &'a Ask,
}

/// The sizes the duty's rule asks of a population, against what is expected.
pub fn size(model: &Model, duty: Id<Obligation>, ask: &Ask) -> Vec<Mismatch> {
    let Asked::Size { measure, population, required } = &ask.what else { return Vec::new() };
    let mismatch = |got: String| {
        let expected = required.to_string();
        vec![Mismatch { what: "required", expected, got }]
    };
    let Some(demand) = model.obligations[duty].duty.demand() else {
        return mismatch("no sample".to_owned());
    };
    let draw = match demand.sample.draw(*measure) {
        Ok((_, draw)) => draw,
        Err(Undrawn::Both) => {
            return mismatch("two samples: say `measure: records` or `users`".to_owned());
        }
        Err(Undrawn::Nothing) => return mismatch("no sample".to_owned()),
    };
    let size = draw.tiers.size(*population).required;
    if size == *required { Vec::new() } else { mismatch(size.to_string()) }
}

/// Everything that a test may ask of a world, by the keys of `expect`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub rows: Vec<(&'static str, String)>,
    /// The codes of every reason, and of those that are shortfalls.
    pub reasons: BTreeSet<String>,
    pub short: BTreeSet<String>,
}

/// What comes of a world on a day: the keys that the kind of duty has.
pub fn answers(model: &Model, duty: Id<Obligation>, target: &Target, on: Day) -> Answers {
    let known = model.known_on(on);
    let assessment = assess(&known);
    let judged = Judged { model: &known, assessment: &assessment, duty, target };
    let rows = match model.obligations[duty].duty.as_str() {
        "invariant" => vec![("check", judged.check())],
        "retention" => vec![("keep_until", judged.kept_until())],
        "permission" => vec![("candidate", judged.candidate())],
        _ => return judged.of_occurrence(),
    };
    Answers { rows, ..Answers::default() }
}

/// What comes of a world, against what is expected.
pub fn judge(model: &Model, duty: Id<Obligation>, target: &Target, ask: &Ask) -> Vec<Mismatch> {
    judge_seen(model, duty, target, ask, &|_| ()).0
}

/// The same, with what `see` makes of what it was judged by.
pub fn judge_seen<S>(
    model: &Model,
    duty: Id<Obligation>,
    target: &Target,
    ask: &Ask,
    see: &dyn Fn(&Look) -> S,
) -> (Vec<Mismatch>, S) {
    let Some((day, expect)) = ask.what.as_case(&model.obligations[duty].duty) else {
        let seen = see(&Look { model, assessment: None, duty, target, ask });
        return (size(model, duty, ask), seen);
    };
    let known = model.known_on(day);
    let assessment = assess(&known);
    let judged = Judged { model: &known, assessment: &assessment, duty, target };
    let seen = see(&Look { model: &known, assessment: Some(&assessment), duty, target, ask });
    (judged.mismatches(&expect), seen)
}

impl Look<'_> {
    /// The occurrence the question is about, if there is one.
    pub fn occurrence(&self) -> Option<&Occurrence> {
        let Self { model, duty, target, .. } = *self;
        Judged { model, assessment: self.assessment?, duty, target }.occurrence().ok()
    }

    /// The id of that occurrence.
    pub fn occurrence_id(&self) -> Option<String> {
        self.occurrence().map(|row| id::of_row(self.model, row))
    }

    /// The record whose papers a question about a retention is about.
    pub fn paper(&self) -> Option<String> {
        let Self { model, duty, target, .. } = *self;
        let judged = Judged { model, assessment: self.assessment?, duty, target };
        judged.kept().map(|(kept, _)| kept.record.slug(model).to_owned())
    }
}

struct Judged<'a> {
    model: &'a Model,
    assessment: &'a Assessment,
    duty: Id<Obligation>,
    target: &'a Target,
}

impl<'a> Judged<'a> {
    fn of_occurrence(&self) -> Answers {
        let Ok(row) = self.occurrence() else {
            return Answers { rows: vec![("status", "absent".to_owned())], ..Answers::default() };
        };
        let mut rows = vec![
            ("status", row.status.code().to_owned()),
            ("due", row.due.to_string()),
            ("opens", row.opens.to_string()),
        ];
        rows.extend(row.due_at.map(|at| ("due_at", at.to_string())));
        rows.extend(row.done_on.map(|day| ("done_on", day.to_string())));
        rows.extend(row.done_at.map(|at| ("done_at", at.to_string())));
        let (records, users) = (row.required.records, row.required.users);
        rows.extend(records.or(users).map(|size| ("required", size.required.to_string())));
        rows.extend(users.map(|size| ("required_users", size.required.to_string())));
        let short = row.reasons.iter().filter(|reason| reason.is_shortfall()).map(code);
        Answers { rows, reasons: row.reasons.iter().map(code).collect(), short: short.collect() }
    }

    fn mismatches(&self, expect: &Expect) -> Vec<Mismatch> {
        let mut found = Vec::new();
        let mut compare = |what, expected: Option<String>, got: &dyn Fn() -> String| {
            let Some(expected) = expected else { return };
            let got = got();
            if got != expected {
                found.push(Mismatch { what, expected, got: self.explained(got) });
            }
        };
        let occurrence = self.occurrence();
        let of = |say: &dyn Fn(&Occurrence) -> String| match &occurrence {
            Ok(occurrence) => say(occurrence),
            Err(why) => why.clone(),
        };
        let day = |day: Option<Day>| day.map_or("none".to_owned(), |day| day.to_string());
        let size = |size: Option<crate::model::SampleSize>| {
            size.map_or("none".to_owned(), |size| size.required.to_string())
        };
        compare("status", expect.status.map(|status| status.as_str().to_owned()), &|| {
            of(&|occurrence| occurrence.status.code().to_owned())
        });
        compare("due", expect.due.map(|day| day.to_string()), &|| {
            of(&|occurrence| occurrence.due.to_string())
        });
        let time = |at: Option<Instant>| at.map_or("none".to_owned(), |at| at.to_string());
        compare("due_at", expect.due_at.map(|at| at.to_string()), &|| {
            of(&|occurrence| time(occurrence.due_at))
        });
        compare("done_at", expect.done_at.map(|at| at.to_string()), &|| {
            of(&|occurrence| time(occurrence.done_at))
        });
        compare("opens", expect.opens.map(|day| day.to_string()), &|| {
            of(&|occurrence| occurrence.opens.to_string())
        });
        compare("done_on", expect.done_on.map(|day| day.to_string()), &|| {
            of(&|occurrence| day(occurrence.done_on))
        });
        compare("required", expect.required.map(|n| n.to_string()), &|| {
            of(&|occurrence| size(occurrence.required.records.or(occurrence.required.users)))
        });
        compare("required_users", expect.required_users.map(|n| n.to_string()), &|| {
            of(&|occurrence| size(occurrence.required.users))
        });
        compare("check", expect.check.clone(), &|| self.check());
        compare("keep_until", expect.keep_until.map(day), &|| self.kept_until());
        compare("candidate", expect.candidate.clone(), &|| self.candidate());
        if let Some(expected) = &expect.reasons {
            found.extend(self.reasons(expected, occurrence.as_ref().ok().copied()));
        }
        found
    }

    /// That nothing is asked, with the reason.
    fn explained(&self, got: String) -> String {
        if got != "absent" && got != "not-applicable" {
            return got;
        }
        match why_not(self.model, self.duty, self.target, self.assessment.as_of) {
            Some(why) => format!("{got} ({why})"),
            None => got,
        }
    }

    /// The occurrence the case is about, or a word for why there is none.
    fn occurrence(&self) -> Result<&'a Occurrence, String> {
        let rows = self.assessment.of_obligation(self.duty).map(|(_, row)| row);
        let mut own = rows.filter(|row| self.model.scope_slug(row.scope) == self.target.scope);
        let fits = |row: &&Occurrence| match &self.target.term {
            Term::Period(period) => row.term == assess::Term::Period(*period),
            Term::Since(day) => row.term == assess::Term::Since(*day),
            Term::Named(name) => row.term.slug(self.model) == *name,
            Term::Last => true,
        };
        own.rfind(fits).ok_or_else(|| "absent".to_owned())
    }

    fn reasons(&self, expected: &[String], occurrence: Option<&Occurrence>) -> Option<Mismatch> {
        let reasons = occurrence.map_or(&[][..], |occurrence| &occurrence.reasons);
        let got: BTreeSet<String> = reasons.iter().map(code).collect();
        let short: BTreeSet<String> =
            reasons.iter().filter(|reason| reason.is_shortfall()).map(code).collect();
        let wanted: BTreeSet<String> = expected.iter().cloned().collect();
        let fine = wanted.is_subset(&got) && short.is_subset(&wanted);
        let list = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join(", ");
        let got = if got.is_empty() { "none".to_owned() } else { list(&got) };
        (!fine).then(|| Mismatch { what: "reasons", expected: list(&wanted), got })
    }

    fn check(&self) -> String {
        let slug = |record: RecordRef| match record {
            RecordRef::Scope(scope) => self.model.scope_slug(scope),
            RecordRef::Audit(id) => self.model.audits[id].slug(),
        };
        let mut checks = self.assessment.checks_of_rule(self.duty);
        let verdict = checks.find(|check| slug(check.record) == self.target.scope);
        let word = match verdict.map(|check| &check.verdict) {
            Some(CheckVerdict::Holds) => "held",
            Some(CheckVerdict::Breached) => "breached",
            Some(CheckVerdict::Indeterminate(_)) => "unknown",
            None => "not-applicable",
        };
        word.to_owned()
    }

    /// The last papers under the rule. Those of evidence are kept with what they prove, and are not
    /// looked at.
    fn kept(&self) -> Option<(&'a RetentionStatus, &'a RetentionTerm)> {
        let rows = self.assessment.retention.iter();
        let mut rules = rows
            .filter(|kept| !matches!(kept.record, assess::KeptRecord::Evidence(_)))
            .flat_map(|kept| kept.rules.iter().map(move |rule| (kept, rule)))
            .filter(|(_, rule)| rule.obligation == self.duty);
        rules.next_back()
    }

    fn kept_until(&self) -> String {
        match self.kept() {
            None => "absent".to_owned(),
            Some((_, rule)) => rule.keep_until.map_or("none".to_owned(), |day| day.to_string()),
        }
    }

    fn candidate(&self) -> String {
        let slug = |scope: Scope| self.model.scope_slug(scope);
        let mut rows = self.assessment.candidates_of_rule(self.duty);
        let word = match rows.find(|row| slug(row.scope) == self.target.scope).map(|row| &row.fit) {
            Some(Fit::Fits) => "yes",
            Some(Fit::Indeterminate(_)) => "unknown",
            None => "no",
        };
        word.to_owned()
    }
}

/// The code of a reason; a sample that is short has one of its own.
fn code(reason: &Reason) -> String {
    match reason {
        Reason::Sample { .. } if reason.is_shortfall() => "sample-short".to_owned(),
        other => other.code(),
    }
}
