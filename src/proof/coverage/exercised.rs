//! Which elements a question exercises: those of what it was judged by, as far as it asks about them.
//! A question that asks for the due day says nothing of the approval.

use std::collections::BTreeSet;

use super::element::{Asked as Wanted, Coming, Element, Ground, Part, Verdict, Way};
use super::reach::decided;
use crate::assess::{
    Act, CheckVerdict, DueBasis, Fit, IndependenceIssue, KeptRecord, Measure, Occurrence, Reason,
    RecordRef, Term, applicable_scopes, reckoning, subject_of_event,
};
use crate::model::condition::{Subject, Told};
use crate::model::event::Source;
use crate::model::{
    Condition, Demand, Duty, EventRule, EvidenceForm, Id, Model, Obligation, Scope, ScopeKind,
    TriggerDay, sample,
};
use crate::proof::trial::{Asked, Expect, Expected, Look, Term as Wished};
use crate::time::{Day, StepKind};

/// The elements a question exercises if it comes out as expected.
pub fn exercised(look: &Look) -> BTreeSet<Element> {
    let mut found = BTreeSet::new();
    if let Asked::Size { measure, population, .. } = &look.ask.what {
        sized(look, *measure, *population, &mut found);
    }
    if let Some((on, expect)) = look.ask.what.as_case(&look.model.obligations[look.duty].duty) {
        let question = Question { look, on, expect, found: &mut found };
        question.all();
    }
    found
}

fn sized(look: &Look, measure: Option<Measure>, population: u64, found: &mut BTreeSet<Element>) {
    let Some(demand) = look.model.obligations[look.duty].duty.demand() else { return };
    let Ok((measure, draw)) = demand.sample.draw(measure) else { return };
    let tiers = &draw.tiers;
    let at = sample::tier_of(tiers, population);
    let bound = sample::bound(&tiers.size(population));
    found.extend(bound.map(|bound| Element::Binds(measure, at, bound)));
    if tiers.0[at].up_to == Some(population) {
        found.insert(Element::LastOf(measure, at));
    }
    if at > 0 && tiers.0[at - 1].up_to == population.checked_sub(1) {
        found.insert(Element::FirstOf(measure, at));
    }
}

/// A question that was judged in a world.
struct Question<'a> {
    look: &'a Look<'a>,
    on: Day,
    expect: Expect,
    found: &'a mut BTreeSet<Element>,
}

impl Question<'_> {
    fn all(mut self) {
        let obligation = &self.look.model.obligations[self.look.duty];
        match &obligation.duty {
            Duty::Invariant(_) => self.check(obligation),
            Duty::Retention(_) => self.kept(),
            Duty::Permission { .. } => self.candidate(obligation),
            Duty::Conduct => {}
            Duty::Periodic(_) | Duty::Interval(_) | Duty::Event(_) => {
                match self.look.occurrence() {
                    Some(occurrence) => self.occurrence(obligation, occurrence),
                    None => self.absent(obligation),
                }
            }
        }
    }

    fn asks(&self) -> bool {
        let Expect { status, due, due_at, opens, done_on, done_at, required, .. } = &self.expect;
        let Expect { required_users, reasons, .. } = &self.expect;
        status.is_some()
            || due.is_some()
            || due_at.is_some()
            || done_at.is_some()
            || opens.is_some()
            || done_on.is_some()
            || required.is_some()
            || required_users.is_some()
            || reasons.is_some()
    }

    fn occurrence(&mut self, obligation: &Obligation, occurrence: &Occurrence) {
        let model = self.look.model;
        if self.asks() {
            self.version(obligation, occurrence.judged_on(model));
            self.follows(obligation, occurrence);
        }
        // Nobody can tell what it asked: nothing of the rule was judged.
        if occurrence.reasons.iter().any(|reason| matches!(reason, Reason::TextNotHeld { .. })) {
            return;
        }
        // The day alone shows nothing of the hours.
        let hours =
            matches!(&obligation.duty, Duty::Event(rule) if rule.deadline.hours().is_some());
        let asked = if hours { self.expect.due_at.is_some() } else { self.expect.due.is_some() };
        if asked {
            self.due(obligation, occurrence);
        }
        for (measure, size, asked) in [
            (Measure::Records, occurrence.required.records, self.expect.required),
            (Measure::Users, occurrence.required.users, self.expect.required_users),
        ] {
            // `required` is of users where the rule draws no records.
            let only_users = measure == Measure::Users && occurrence.required.records.is_none();
            let asked = asked.is_some() || (only_users && self.expect.required.is_some());
            if let Some(size) = size.filter(|_| asked) {
                sized(self.look, Some(measure), size.population, self.found);
            }
        }
        if self.expect.status.is_some() {
            self.found.extend(Coming::of(occurrence.status).map(Element::Comes));
            let (model, scope) = (self.look.model, occurrence.scope);
            let record = RecordRef::Scope(scope);
            // A period's condition is asked of its last day, that of an event duty of the event, too.
            let subject = match occurrence.term {
                Term::Period(period) => record.subject_on(model, self.on, period.last_day()),
                Term::Since(_) => record.subject(model, self.on),
                Term::Event(event) => subject_of_event(model, scope, event, self.on),
            };
            self.operands(obligation, &subject, None);
        }
        let is_done = self.expect.done_on.is_some() || self.expect.done_at.is_some();
        if self.expect.status.is_some() || is_done {
            self.way(obligation, occurrence);
        }
        // What is still to do in time is no shortfall unless the question says so.
        let told = self.expect.status.is_some() && !occurrence.status.is_coming();
        if told || self.expect.reasons.is_some() {
            self.missing(obligation, occurrence);
        }
    }

    fn due(&mut self, obligation: &Obligation, occurrence: &Occurrence) {
        let model = self.look.model;
        match (&obligation.duty, occurrence.term) {
            (Duty::Periodic(rule), Term::Period(period)) => {
                let half = if chrono::Datelike::month(&period.first_day()) <= 6 { 1 } else { 2 };
                let fits = rule.due.iter().position(|due| due.half.is_none_or(|only| only == half));
                self.found.insert(Element::Due(fits.unwrap_or(0)));
            }
            (Duty::Event(rule), Term::Event(event)) => {
                let letter = occurrence.due_basis == DueBasis::Letter;
                self.found.insert(if letter { Element::Letter } else { Element::Deadline });
                let event = &model.events[event];
                let other = match rule.deadline.hours() {
                    Some(_) => event.known() != event.happened(),
                    None => event.known_on != event.on,
                };
                if rule.restart(event).is_some() && !letter {
                    self.found.insert(Element::Anew);
                }
                if rule.from_known && other && !letter {
                    self.found.insert(Element::FromKnown);
                }
            }
            _ => _ = self.found.insert(Element::Deadline),
        }
        let moved =
            |kind: &StepKind| matches!(kind, StepKind::MovedToWorkingDay | StepKind::MovedToMonday);
        if reckoning(model, occurrence).steps.iter().any(|step| moved(&step.what)) {
            self.found.insert(Element::Moved);
        }
    }

    fn follows(&mut self, obligation: &Obligation, occurrence: &Occurrence) {
        let (Duty::Event(rule), Term::Event(event)) = (&obligation.duty, occurrence.term) else {
            return;
        };
        let model = self.look.model;
        let Some(source) = model.events[event].follows else { return };
        let fits = |day: &TriggerDay| match (source, day) {
            (Source::Finding(id), TriggerDay::FindingOf(grade)) => {
                model.is_of_grade(&model.findings[id], *grade)
            }
            (Source::Account(_), TriggerDay::AccountSuspended)
            | (Source::Post(_), TriggerDay::PostEnded)
            | (Source::Audit(_), TriggerDay::AuditAnomaly)
            | (Source::Submission(_), TriggerDay::Sent(_))
            | (Source::Answer, TriggerDay::Answered(_)) => true,
            _ => false,
        };
        let at = rule.follows.iter().position(|trigger| fits(&trigger.on));
        self.found.extend(at.map(Element::Follows));
    }

    /// The way it was answered, if there was but one.
    fn way(&mut self, obligation: &Obligation, occurrence: &Occurrence) {
        let Duty::Event(rule) = &obligation.duty else { return };
        if occurrence.done_on.is_none() {
            return;
        }
        let instead = occurrence.reasons.iter().find_map(|reason| match reason {
            Reason::Instead { duty, .. } => Some(*duty),
            _ => None,
        });
        if let Some(duty) = instead {
            let line = |id: &Id<Obligation>| self.look.model.lineage(*id).contains(&duty);
            let at = rule.unless.iter().position(line);
            self.found.extend(at.map(|at| Element::Way(Way::Instead(at))));
            return;
        }
        let [act] = occurrence.acts.as_slice() else { return };
        let way = self.way_of(rule, occurrence.scope, act);
        self.found.extend(way.map(Element::Way));
    }

    fn way_of(&self, rule: &EventRule, scope: Scope, act: &Act) -> Option<Way> {
        let model = self.look.model;
        match act {
            Act::Answer(event, place) => {
                let what = model.events[*event].answers[*place].what;
                rule.answers.iter().position(|kind| *kind == what).map(Way::Answer)
            }
            Act::Recorded(day) => {
                let on = |path: &String| model.recorded_day(scope, path) == Some(*day);
                rule.answered_on.iter().position(on).map(Way::Recorded)
            }
            _ => None,
        }
    }

    /// What alone is missing.
    fn missing(&mut self, obligation: &Obligation, occurrence: &Occurrence) {
        let Some(demand) = obligation.duty.demand() else { return };
        let early = |reason: &Reason| matches!(reason, Reason::TooEarly { .. });
        if occurrence.acts.is_empty() && !occurrence.reasons.iter().any(early) {
            return;
        }
        let short = occurrence.reasons.iter().filter(|reason| reason.is_shortfall());
        let wanted: BTreeSet<Option<Wanted>> =
            short.map(|one| wanted(self.look.model, demand, one)).collect();
        if let [Some(only)] = wanted.into_iter().collect::<Vec<_>>()[..] {
            self.found.insert(Element::Missing(only));
        }
    }

    /// Nothing is asked: outside the days on which it is law.
    fn absent(&mut self, obligation: &Obligation) {
        if self.expect.status != Some(Expected::Absent) {
            return;
        }
        let on = match (&self.look.target.term, &obligation.duty) {
            (Wished::Period(period), _) => period.last_day(),
            (term, Duty::Event(rule)) => {
                let mut own = self.look.model.events.iter().map(|(_, event)| event);
                let event = match term {
                    Wished::Named(name) => own.find(|event| event.slug == *name),
                    _ => own.rfind(|event| event.kind == rule.event),
                };
                // Where nothing happened nothing says that the rule is no law.
                let Some(event) = event else { return };
                event.on
            }
            _ => self.on,
        };
        self.outside(obligation, on);
    }

    fn outside(&mut self, obligation: &Obligation, on: Day) {
        let days = obligation.days;
        self.found.extend(days.from.filter(|from| on < *from).map(|_| Element::Before));
        self.found.extend(days.until.filter(|until| on > *until).map(|_| Element::After));
        if days.contains(on) {
            self.version(obligation, on);
        }
    }

    fn version(&mut self, obligation: &Obligation, on: Day) {
        let regulation = &self.look.model.regulations[obligation.regulation];
        let Some(version) = regulation.version_on(on) else { return };
        let at = regulation.versions.iter().position(|other| other.slug == version.slug);
        self.found.extend(at.map(Element::Version));
    }

    fn check(&mut self, obligation: &Obligation) {
        let (Some(assessment), Some(_)) = (self.look.assessment, &self.expect.check) else {
            return;
        };
        let model = self.look.model;
        let slug = |record: RecordRef| match record {
            RecordRef::Scope(scope) => model.scope_slug(scope),
            RecordRef::Audit(id) => &model.audits[id].slug,
        };
        let target = &self.look.target.scope;
        let mut checks = assessment.checks_of_rule(self.look.duty);
        let Duty::Invariant(rule) = &obligation.duty else { return };
        let Some(check) = checks.find(|check| slug(check.record) == target) else {
            self.outside(obligation, self.on);
            // Left out by `when`, or there is no such record.
            let record = if obligation.about.name == "audit" {
                let found = model.audits.find(target);
                found.map(RecordRef::Audit)
            } else {
                self.record_of(obligation, ScopeKind::from_word(obligation.about.name, model.kinds))
            };
            if let (Some(record), true) = (record, obligation.days.contains(self.on)) {
                self.operands(obligation, &record.subject(model, self.on), None);
                let when = obligation.when.as_ref();
                let subject = record.subject(model, self.on);
                if when.is_some_and(|when| when.holds(&subject) == Ok(false)) {
                    self.found.insert(Element::Check(Verdict::NotApplicable));
                }
            }
            return;
        };
        self.version(obligation, self.on);
        let text_not_held = CheckVerdict::Indeterminate(crate::model::Indeterminate::TextNotHeld);
        if check.verdict == text_not_held {
            return;
        }
        self.found.insert(Element::Check(match check.verdict {
            CheckVerdict::Holds => Verdict::Held,
            CheckVerdict::Breached => Verdict::Breached,
            CheckVerdict::Indeterminate(_) => Verdict::Unknown,
        }));
        let must = rule.must.as_ref().map(|must| (Part::Must, must));
        self.operands(obligation, &check.record.subject(model, self.on), must);
        let asked = rule.independent.as_ref();
        let breaches = check.grounds.iter().filter(|ground| ground.is_breach());
        let against: BTreeSet<Option<Ground>> = breaches
            .map(|ground| match ground {
                IndependenceIssue::SameAuditor { .. } | IndependenceIssue::SamePerson { .. } => {
                    Some(Ground::Previous)
                }
                IndependenceIssue::HoldsRole { role, .. } => {
                    let at = asked?.not_roles.iter().position(|other| other == role);
                    at.map(Ground::Role)
                }
                IndependenceIssue::IsUser { .. } => Some(Ground::User),
                _ => None,
            })
            .collect();
        if let [Some(only)] = against.into_iter().collect::<Vec<_>>()[..] {
            self.found.insert(Element::Against(only));
        }
    }

    fn candidate(&mut self, obligation: &Obligation) {
        let (Some(assessment), Some(_)) = (self.look.assessment, &self.expect.candidate) else {
            return;
        };
        let Duty::Permission { candidates: Some(condition), .. } = &obligation.duty else { return };
        let model = self.look.model;
        let target = &self.look.target.scope;
        let mut rows = assessment.candidates_of_rule(self.look.duty);
        let row = rows.find(|row| model.scope_slug(row.scope) == target);
        self.found.insert(Element::Candidate(match row.map(|row| &row.fit) {
            Some(Fit::Fits) => Told::True,
            Some(Fit::Indeterminate(_)) => Told::Unknown,
            None => Told::False,
        }));
        self.version(obligation, self.on);
        let record = row.map(|row| RecordRef::Scope(row.scope));
        if let Some(record) = record.or_else(|| self.record_of(obligation, Some(obligation.scope)))
        {
            let subject = record.subject(self.look.model, self.on);
            self.operands(obligation, &subject, Some((Part::Candidates, condition)));
        }
    }

    /// The record a case is about, of a kind of scope.
    fn record_of(&self, obligation: &Obligation, kind: Option<ScopeKind>) -> Option<RecordRef> {
        let model = self.look.model;
        let all = applicable_scopes(model, obligation.regulation, kind?);
        let same = |scope: &Scope| model.scope_slug(*scope) == self.look.target.scope;
        all.into_iter().map(|life| life.scope).find(same).map(RecordRef::Scope)
    }

    /// The operands that decide: of `when`, and where it holds of what is asked then.
    fn operands(
        &mut self,
        obligation: &Obligation,
        subject: &Subject,
        then: Option<(Part, &Condition)>,
    ) {
        if let Some(when) = &obligation.when {
            self.decided(Part::When, when, &when.operands_of(subject));
            if when.holds(subject) != Ok(true) {
                return;
            }
        }
        if let Some((part, condition)) = then {
            self.decided(part, condition, &condition.operands_of(subject));
        }
    }

    fn decided(&mut self, part: Part, condition: &Condition, values: &[Told]) {
        let all = decided(condition, values).into_iter();
        self.found.extend(all.map(|(at, told)| Element::Operand(part, at, told)));
    }

    fn kept(&mut self) {
        let (Some(assessment), Some(asked)) = (self.look.assessment, self.expect.keep_until) else {
            return;
        };
        let model = self.look.model;
        let duty = self.look.duty;
        let Duty::Retention(rule) = &model.obligations[duty].duty else { return };
        let papers = assessment.retention.iter();
        let papers = papers.filter(|kept| !matches!(kept.record, KeptRecord::Evidence(_)));
        let mut of_rule = papers
            .flat_map(|kept| kept.rules.iter().map(move |term| (kept.record, term)))
            .filter(|(_, term)| term.obligation == duty);
        let Some((record, term)) = of_rule.next_back() else { return };
        self.found.insert(match (asked, term.endless) {
            (Some(_), _) => Element::KeptUntil,
            (None, Some(crate::assess::Endless::OtherLaw)) => Element::OtherLaw,
            (None, Some(crate::assess::Endless::Permanent)) => Element::Permanent,
            (None, _) => Element::NotBegun,
        });
        let of = match record {
            KeptRecord::Audit(id) => vec![model.audits[id].obligation],
            KeptRecord::Finding(id) => vec![model.audits[model.findings[id].audit].obligation],
            KeptRecord::Submission(id) => vec![model.submissions[id].obligation],
            KeptRecord::Waiver(id) => vec![model.waivers[id].obligation],
            KeptRecord::Event(id) => {
                let started = assessment.of_event(id).iter();
                started.map(|one| assessment.occurrence(*one).obligation).collect()
            }
            _ => return,
        };
        for duty in of {
            let line = model.lineage(duty);
            let at = rule.answering.iter().position(|other| line.contains(other));
            self.found.extend(at.map(Element::KeptOf));
        }
    }
}

/// What a shortfall is about; `None` of one that no rule asks for.
fn wanted(model: &Model, demand: &Demand, reason: &Reason) -> Option<Wanted> {
    let form = |form: Id<EvidenceForm>| {
        let at = demand.evidence.iter().position(|one| model.forms.is_among(*one, &[form]));
        at.map(Wanted::Evidence)
    };
    match reason {
        Reason::Sample { measure, .. } => Some(Wanted::Sample(*measure)),
        Reason::MonthsMissed { .. } => Some(Wanted::Months),
        Reason::PartyMissing { party } => {
            demand.joint.iter().position(|one| one == party).map(Wanted::Joint)
        }
        Reason::ApprovedAfter { .. } => Some(Wanted::ApprovalFirst),
        Reason::ApprovalMissing { .. }
        | Reason::ApprovedByOther { .. }
        | Reason::ApprovedByParty { .. }
        | Reason::ApprovedByDoer { .. } => Some(Wanted::Approval),
        Reason::EvidenceMissing { form: name, .. }
        | Reason::EvidenceTooOld { form: name, .. }
        | Reason::EvidenceOfAnotherTime { form: name, .. }
        | Reason::EvidenceExpired { form: name, .. } => form(*name),
        Reason::ActorMissing { roles, .. } => match (demand.each, roles.as_slice()) {
            (true, [role]) => demand.acts.iter().position(|one| one == role).map(Wanted::Actor),
            _ => Some(Wanted::Actor(0)),
        },
        Reason::ItemMissing { item } => {
            demand.contains.iter().position(|one| one == item).map(Wanted::Contains)
        }
        Reason::OtherManner { .. } => Some(Wanted::Manner),
        Reason::NothingBefore { .. } => Some(Wanted::Before),
        Reason::SentBefore { .. } => Some(Wanted::Order),
        Reason::Announced => Some(Wanted::Unannounced),
        Reason::TooEarly { .. } => Some(Wanted::Window),
        Reason::HoursShort { .. } => Some(Wanted::Hours),
        Reason::WrongRecipient { .. } => Some(Wanted::Recipient),
        Reason::NotTold { party } => {
            demand.notify.iter().position(|one| one == party).map(Wanted::Told)
        }
        _ => None,
    }
}
