//! Figures become sentences: reasons, rules and due dates in words, each with its arithmetic.

use std::ops::Range;

use super::condition::{asks_in_one, field_name};
use super::counter;
use super::number::Grouped;
pub use super::number::{date, instant};
use super::timing::hours;
use super::words::Words;
use crate::assess::{Measure, Occurrence, Reason};
use crate::model::sample::{SampleSize, Share, Tier};
use crate::model::{
    Deadline, DueDay, DueRule, Id, Indeterminate, Model, Named, Obligation, Only, Party, Periodic,
    Population, RoleName,
};
use crate::time::{Counted, Day, Every, Length, Period, roc_long, roc_year};

/// A reason as a sentence, with the clause it rests on.
pub fn reason(words: &Words, model: &Model, occurrence: &Occurrence, reason: &Reason) -> String {
    let clause = &model.obligations[occurrence.obligation].main_clause().citation();
    let duty = &model.obligations[occurrence.obligation];
    let unit = |measure: &Measure| match measure {
        Measure::Records => counter::of_duty(words, duty, "records"),
        Measure::Users => counter::of_duty(words, duty, "users"),
    };
    let party = |id: &Id<Party>| &model.parties[*id].words;
    match reason {
        Reason::OpensOn { .. }
        | Reason::DueIn { .. }
        | Reason::StillToDo { .. }
        | Reason::Overdue { .. }
        | Reason::DoneInTime { .. }
        | Reason::DoneLate { .. }
        | Reason::EndedLate { .. }
        | Reason::CountedAnew { .. }
        | Reason::LengthOpen
        | Reason::LimitNotRecorded
        | Reason::ActTimeNotRecorded { .. }
        | Reason::EventTimeNotRecorded
        | Reason::DayDecides => super::timing::reason(words, (model, duty), occurrence, reason),
        Reason::Sample { measure, size, actual } => {
            let arithmetic = arithmetic(words, size, unit(measure));
            let values: &[(&str, &dyn std::fmt::Display)] = &[
                ("arithmetic", &arithmetic),
                ("required", &Grouped(size.required)),
                ("actual", &Grouped(actual.unwrap_or(0))),
                ("short", &Grouped(size.required.saturating_sub(actual.unwrap_or(0)))),
                ("unit", &unit(measure)),
                ("clause", clause),
            ];
            words.say(
                match actual {
                    None => "reason.sample-to-do",
                    Some(actual) if *actual < size.required => "reason.sample-short",
                    Some(_) => "reason.sample-met",
                },
                values,
            )
        }
        Reason::MonthsMissed { missed } => words.say(
            "reason.months-missed",
            &[("months", &months(words, missed)), ("count", &missed.len()), ("clause", clause)],
        ),
        Reason::MonthsCovered { count } => {
            words.say("reason.months-covered", &[("count", count), ("clause", clause)])
        }
        Reason::PartyMissing { party: who } => {
            words.say("reason.party-missing", &[("party", party(who)), ("clause", clause)])
        }
        Reason::ApprovalMissing { by } => {
            words.say("reason.approval-missing", &[("by", party(by)), ("clause", clause)])
        }
        Reason::EvidenceMissing { .. }
        | Reason::EvidenceOfAnotherTime { .. }
        | Reason::EvidenceExpired { .. }
        | Reason::EvidenceTooOld { .. }
        | Reason::ItemMissing { .. }
        | Reason::ContentsUnknown
        | Reason::OtherManner { .. }
        | Reason::MannerUnknown => super::paper::reason(words, model, reason, clause),
        Reason::ApprovedByOther { by, post } => words.say(
            "reason.approved-by-other",
            &[("by", party(by)), ("post", &model.posts[*post].title), ("clause", clause)],
        ),
        Reason::ApprovedByParty { by, party: who } => words.say(
            "reason.approved-by-party",
            &[("by", party(by)), ("party", party(who)), ("clause", clause)],
        ),
        Reason::ApprovedByDoer { by, post } => words.say(
            "reason.approved-by-doer",
            &[("by", party(by)), ("post", &model.posts[*post].title), ("clause", clause)],
        ),
        Reason::ApprovedAfter { by, on } => words.say(
            "reason.approved-after",
            &[("by", party(by)), ("on", &date(*on)), ("clause", clause)],
        ),
        Reason::ApproverUnknown { by, post } => words.say(
            "reason.approver-unknown",
            &[("by", party(by)), ("post", &model.posts[*post].title), ("clause", clause)],
        ),
        Reason::ActorMissing { roles, by } => {
            let by = by.map_or("", |post| model.posts[post].title.as_str());
            let roles = role_titles(words, model, roles);
            words.say("reason.actor-missing", &[("roles", &roles), ("by", &by), ("clause", clause)])
        }
        Reason::ActorUnknown { roles } => {
            let roles = role_titles(words, model, roles);
            words.say("reason.actor-unknown", &[("roles", &roles), ("clause", clause)])
        }
        Reason::NothingBefore { duty, scope } => words.say(
            "reason.nothing-before",
            &[
                ("duty", &model.obligations[*duty].title),
                ("scope", &model.scope_name(*scope)),
                ("clause", clause),
            ],
        ),
        Reason::SentBefore { on, ready } => words.say(
            "reason.sent-before",
            &[("on", &date(*on)), ("ready", &date(*ready)), ("clause", clause)],
        ),
        Reason::NothingToSend => words.say("reason.nothing-to-send", &[("clause", clause)]),
        Reason::Instead { duty, on, at } => {
            let on = at.map_or_else(|| date(*on), instant);
            let title = &model.obligations[*duty].title;
            words.say("reason.instead", &[("duty", title), ("on", &on), ("clause", clause)])
        }
        Reason::PersonsOnFile { persons, recorded } => words.say(
            "reason.persons-on-file",
            &[("persons", &Grouped(*persons)), ("recorded", &Grouped(*recorded))],
        ),
        Reason::BaseLater { base, act } => words.say(
            "reason.base-later",
            &[("base", &date(*base)), ("act", &date(*act)), ("clause", clause)],
        ),
        Reason::Announced => words.say("reason.announced", &[("clause", clause)]),
        Reason::TooEarly { on, opens } => words.say(
            "reason.too-early",
            &[("on", &date(*on)), ("opens", &date(*opens)), ("clause", clause)],
        ),
        Reason::CourseUnknown { required, actual, unsaid } => words.say(
            "reason.course-unknown",
            &[("required", required), ("actual", actual), ("unsaid", unsaid), ("clause", clause)],
        ),
        Reason::HoursShort { required, actual } => words.say(
            "reason.hours-short",
            &[
                ("required", required),
                ("actual", actual),
                ("short", &(required - actual)),
                ("clause", clause),
            ],
        ),
        Reason::HoursMet { required, actual } => words.say(
            "reason.hours-met",
            &[("required", required), ("actual", actual), ("clause", clause)],
        ),
        Reason::WrongRecipient { to, instead: Some(other) } => words.say(
            "reason.wrong-recipient-other",
            &[("to", party(to)), ("other", party(other)), ("clause", clause)],
        ),
        Reason::WrongRecipient { to, instead: None } => {
            words.say("reason.wrong-recipient", &[("to", party(to)), ("clause", clause)])
        }
        Reason::NotTold { party: who } => {
            words.say("reason.not-told", &[("party", party(who)), ("clause", clause)])
        }
        Reason::PopulationZero => words.say("reason.population-zero", &[("clause", clause)]),
        Reason::PopulationUnknown { months: missing } => words.say(
            "reason.population-unknown",
            &[("months", &months(words, missing)), ("clause", clause)],
        ),
        Reason::BaseUnknown => words.say("reason.base-unknown", &[("clause", clause)]),
        Reason::PopulationDiffers { measure, stated, recorded } => words.say(
            "reason.population-differs",
            &[
                ("stated", &Grouped(stated)),
                ("recorded", &Grouped(recorded)),
                ("unit", &unit(measure)),
            ],
        ),
        Reason::CalendarMissing { year } => {
            let year = words.say("period.year", &[("year", &roc_year(*year))]);
            words.say("reason.calendar-missing", &[("year", &year)])
        }
        Reason::Supervisor { who } => {
            words.say("reason.supervisor", &[("who", who), ("clause", clause)])
        }
        Reason::Outsider { who } => {
            words.say("reason.outsider", &[("who", who), ("clause", clause)])
        }
        Reason::May => words.say("reason.may", &[("clause", clause)]),
        Reason::TextNotHeld { clause } => {
            words.say("reason.text-not-held", &[("clause", &clause.citation())])
        }
        Reason::ConditionFalse => {
            let condition = condition(words, model, occurrence);
            words.say("reason.condition-false", &[("condition", &condition), ("clause", clause)])
        }
        Reason::ConditionFailed { why } => {
            let (condition, why) = (condition(words, model, occurrence), no_answer(words, why));
            words.say("reason.condition-failed", &[("condition", &condition), ("why", &why)])
        }
        Reason::Waived { waiver, until } => words.say(
            "reason.waived",
            &[
                ("reason", &model.waivers[*waiver].reason),
                ("waiver", &model.waivers[*waiver].slug()),
                ("until", &date(*until)),
            ],
        ),
    }
}

/// Roles by their titles.
fn role_titles(words: &Words, model: &Model, roles: &[Id<RoleName>]) -> String {
    let names = roles.iter().map(|name| &model.role_names[*name]);
    let titles = names
        .map(|name| name.role.map_or(name.slug.as_str(), |role| model.roles[role].title.as_str()));
    titles.collect::<Vec<_>>().join(words.get("list.join"))
}

/// Of which scopes the duty is asked, in one sentence.
fn condition(words: &Words, model: &Model, occurrence: &Occurrence) -> String {
    let when = model.obligations[occurrence.obligation].when.as_ref();
    when.map_or_else(String::new, |when| asks_in_one(words, model, when))
}

/// Why a condition has no answer: 「使用期限未登載，無從比較」.
pub fn no_answer(words: &Words, why: &Indeterminate) -> String {
    let name = why.name().map(|name| field_name(words, name)).unwrap_or_default();
    words.say(&format!("no_answer.{}", why.as_str()), &[("name", &name)])
}

/// Every reason of an occurrence as a sentence, most severe first.
pub fn reasons(words: &Words, model: &Model, occurrence: &Occurrence) -> Vec<String> {
    occurrence.reasons.iter().map(|one| reason(words, model, occurrence, one)).collect()
}

/// 「母體 334 件 × 6% = 20.04 → 21 件；下限 20 件；應抽 21 件」: how a required number comes about.
pub fn arithmetic(words: &Words, size: &SampleSize, unit: &str) -> String {
    let Tier { share, min, max, .. } = size.tier;
    let mut steps = vec![match share {
        Share::Rate(rate) => words.say(
            "arithmetic.rate",
            &[
                ("population", &Grouped(size.population)),
                ("rate", &rate),
                ("exact", &Grouped(rate.exact(size.population))),
                ("by_share", &Grouped(size.by_share)),
                ("unit", &unit),
            ],
        ),
        Share::Fixed(0) => words.say(
            "arithmetic.population",
            &[("population", &Grouped(size.population)), ("unit", &unit)],
        ),
        Share::Fixed(number) => words.say(
            "arithmetic.fixed",
            &[
                ("population", &Grouped(size.population)),
                ("number", &Grouped(number)),
                ("unit", &unit),
            ],
        ),
    }];
    if let Some(min) = min {
        steps.push(words.say("arithmetic.min", &[("min", &Grouped(min)), ("unit", &unit)]));
    }
    if let Some(max) = max {
        steps.push(words.say("arithmetic.max", &[("max", &Grouped(max)), ("unit", &unit)]));
    }
    if size.required == size.population && min.is_some_and(|min| min > size.population) {
        steps.push(words.get("arithmetic.all").to_owned());
    }
    steps.push(
        words.say("arithmetic.required", &[("required", &Grouped(size.required)), ("unit", &unit)]),
    );
    steps.join(words.get("arithmetic.join"))
}

/// How a required number is reckoned, as a formula: `max(20, ⌈334×6%⌉)`.
pub fn formula(size: &SampleSize) -> String {
    let Tier { share, min, max, .. } = size.tier;
    let mut formula = match share {
        Share::Rate(rate) => format!("⌈{}×{rate}⌉", size.population),
        Share::Fixed(0) => String::new(),
        Share::Fixed(number) => number.to_string(),
    };
    if let Some(max) = max.filter(|_| !formula.is_empty()) {
        formula = format!("min({max}, {formula})");
    }
    if let Some(min) = min {
        formula =
            if formula.is_empty() { min.to_string() } else { format!("max({min}, {formula})") };
    }
    // Never more than there are; said where it decides.
    if size.uncapped() > size.population {
        formula = format!("min({}, {formula})", size.population);
    }
    formula
}

/// A sentence in parts: each day that [`date`] wrote with its name for machines, and what stands
/// between.
pub fn days(sentence: &str) -> Vec<(&str, Option<Day>)> {
    let (mut parts, mut rest) = (Vec::new(), sentence);
    while let Some((long, day)) = first_day(rest) {
        let (before, after) = rest.split_at(long.start);
        parts.extend((!before.is_empty()).then_some((before, None)));
        let (text, after) = after.split_at(long.len());
        parts.push((text, Some(day)));
        rest = after;
    }
    parts.extend((!rest.is_empty()).then_some((rest, None)));
    parts
}

/// Where the first day in both calendars stands, without its name in brackets.
fn first_day(text: &str) -> Option<(Range<usize>, Day)> {
    text.match_indices('（').find_map(|(at, bracket)| {
        let (iso, _) = text[at + bracket.len()..].split_once('）')?;
        let day: Day = iso.parse().ok()?;
        let long = roc_long(day);
        text[..at].ends_with(&long).then(|| (at - long.len()..at, day))
    })
}

/// A period in words: 「115年第3季」「115年9月」「115年上半年」.
pub fn period(words: &Words, period: Period) -> String {
    let key = match (period.every(), period.index()) {
        (Every::Day, _) => return roc_long(period.first_day()),
        (Every::Week, _) => "period.week",
        (Every::Month, _) => "period.month",
        (Every::Quarter, _) => "period.quarter",
        (Every::HalfYear, 1) => "period.first-half",
        (Every::HalfYear, _) => "period.second-half",
        (Every::Year, _) => "period.year",
    };
    words.say(key, &[("year", &roc_year(period.year())), ("index", &period.index())])
}

/// Months with a separator between them.
pub fn months(words: &Words, list: &[Period]) -> String {
    let names: Vec<String> = list.iter().map(|month| period(words, *month)).collect();
    names.join(words.get("list.join"))
}

/// A length of time in words: 「5 日」「10 個工作日」「3 個月」「1 年」.
pub fn length(words: &Words, length: Length) -> String {
    let (key, number) = match length {
        Length::Days(n) => ("length.days", n),
        Length::WorkingDays(n) => ("length.working-days", n),
        Length::Months(n) if n > 0 && n % 12 == 0 => ("length.years", n / 12),
        Length::Months(n) => ("length.months", n),
    };
    words.say(key, &[("n", &number)])
}

/// The clauses of a duty as citations, the main one first.
pub fn citations(words: &Words, obligation: &Obligation) -> String {
    let list: Vec<String> =
        obligation.clauses.iter().map(|clause| clause.value.citation()).collect();
    list.join(words.get("list.join"))
}

/// How often: 「每季」, 「每上班日」, 「每年1月、7月」.
pub fn every(words: &Words, rule: &Periodic) -> String {
    if rule.only == Some(Only::WorkingDays) {
        return words.get("every.working-day").to_owned();
    }
    if rule.months.is_empty() {
        return words.get(&format!("every.{}", rule.every.as_str())).to_owned();
    }
    let names: Vec<String> =
        rule.months.iter().map(|month| words.say("every.in-month", &[("month", month)])).collect();
    words.say("every.months", &[("months", &names.join(words.get("list.join")))])
}

/// When the duty of a period falls due: 「期末次月之末日」.
pub fn due_day(words: &Words, day: DueDay) -> String {
    match day {
        DueDay::PeriodEnd => words.get("due-rule.period-end").to_owned(),
        DueDay::InMonth { months_after: 0, day: None } => {
            words.get("due-rule.period-end").to_owned()
        }
        DueDay::InMonth { months_after: 1, day: None } => {
            words.get("due-rule.next-month-end").to_owned()
        }
        DueDay::InMonth { months_after, day: None } => {
            words.say("due-rule.month-end", &[("months", &months_after)])
        }
        DueDay::InMonth { months_after, day: Some(day) } => {
            let key = match months_after {
                0 => "due-rule.this-month-day",
                1 => "due-rule.next-month-day",
                _ => "due-rule.month-day",
            };
            words.say(key, &[("months", &months_after), ("day", &day)])
        }
        DueDay::Within(time) => words.say("due-rule.within", &[("length", &length(words, time))]),
    }
}

/// When the duty of a period falls due, with the half-year it holds for.
pub fn due(words: &Words, due: &DueRule) -> String {
    let mut day = due_day(words, due.day);
    if let Some(at) = due.at {
        day = words.say("due-rule.at", &[("day", &day), ("at", &at)]);
    }
    if due.after_period {
        day = words.say("due-rule.after-period", &[("day", &day)]);
    }
    match due.half {
        None => day,
        Some(1) => words.say("due-rule.first-half", &[("day", &day)]),
        Some(_) => words.say("due-rule.second-half", &[("day", &day)]),
    }
}

/// What a sample is drawn from.
pub fn population(words: &Words, of: Population) -> String {
    let word = match of {
        Population::Queries => "queries",
        Population::Users => "users",
        Population::Accounts => "accounts",
        Population::AuditedRecords(_) => "audited-records",
        Population::AuditedUsers(_) => "audited-users",
    };
    words.get(&format!("population.{word}")).to_owned()
}

/// By when an event must be answered: 「事件發生後 5 日內」.
pub fn deadline(words: &Words, deadline: Deadline) -> String {
    match deadline {
        Deadline::SameDay => words.get("deadline.same-day").to_owned(),
        Deadline::OnOrBefore => words.get("deadline.on-or-before").to_owned(),
        Deadline::DayBefore => words.get("deadline.day-before").to_owned(),
        Deadline::Within(time) => words.say("deadline.within", &[("length", &length(words, time))]),
        Deadline::Hours(time) => words.say("deadline.hours", &[("length", &hours(words, time))]),
        Deadline::WithinBefore(time) => {
            words.say("deadline.within-before", &[("length", &length(words, time.length()))])
        }
        Deadline::InMonth { months_after, day } => {
            let rule = DueRule {
                half: None,
                day: DueDay::InMonth { months_after, day },
                at: None,
                site_default: false,
                after_period: false,
            };
            words.say("deadline.in-month", &[("day", &due(words, &rule))])
        }
        Deadline::Letter => words.get("deadline.letter").to_owned(),
        Deadline::Before(time) => {
            let key = match time.counted {
                Counted::NthDay => "deadline.before-nth-day",
                Counted::ClearDays => "deadline.before-clear-days",
            };
            words.say(key, &[("length", &length(words, time.length()))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_sentences_are_found_where_they_stand_in_both_calendars() {
        let day = Day::from_ymd_opt(2026, 1, 2).expect("a day");
        let both = date(day);
        let long = roc_long(day);
        let sentence = format!("自{both}起（甲），至{both}");
        let rest = "（2026-01-02）";
        let first = format!("{rest}起（甲），至");
        assert_eq!(
            days(&sentence),
            [
                ("自", None),
                (long.as_str(), Some(day)),
                (first.as_str(), None),
                (long.as_str(), Some(day)),
                (rest, None)
            ]
        );
        for none in ["", "民國115年1月2日", "民國115年1月3日（2026-01-02）", "（2026-01-02）", "（"]
        {
            let whole: Vec<_> =
                Some((none, None)).filter(|_| !none.is_empty()).into_iter().collect();
            assert_eq!(days(none), whole);
        }
    }
}
