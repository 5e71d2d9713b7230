//! Reasons as data: a code, its figures, and the sentence that says them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::assess::{Measure, Reason};
use crate::model::{Id, Model, Named, Party, Post};
use crate::time::Period;

/// One reason for a status. The code and the arguments do not change with the words of a site.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonRow {
    /// `done-late`, `sample`, `evidence-missing` …
    pub code: String,
    /// Days are ISO; figures are numbers; records and parties are texts.
    pub args: BTreeMap<&'static str, Value>,
    /// The sentence, as on the pages.
    pub text: String,
}

/// A reason as a row.
pub fn row(model: &Model, reason: &Reason, text: String) -> ReasonRow {
    ReasonRow { code: reason.code(), args: args(model, reason), text }
}

fn args(model: &Model, reason: &Reason) -> BTreeMap<&'static str, Value> {
    let day = |day: &crate::time::Day| json!(day.to_string());
    let months =
        |months: &[Period]| json!(months.iter().map(Period::to_string).collect::<Vec<_>>());
    let measure = |measure: &Measure| match measure {
        Measure::Records => json!("records"),
        Measure::Users => json!("users"),
    };
    let post = |id: Id<Post>| json!(model.posts[id].slug());
    let party = |id: &Id<Party>| json!(model.parties[*id].words);
    let pairs: Vec<(&'static str, Value)> = match reason {
        Reason::OpensOn { opens, due } => vec![("opens", day(opens)), ("due", day(due))],
        Reason::DueIn { due, days }
        | Reason::Overdue { due, days }
        | Reason::StillToDo { due, days } => vec![("due", day(due)), ("days", json!(days))],
        Reason::DoneInTime { on, due } => vec![("on", day(on)), ("due", day(due))],
        Reason::DoneLate { on, due, days } | Reason::EndedLate { on, due, days } => {
            vec![("on", day(on)), ("due", day(due)), ("days", json!(days))]
        }
        Reason::Sample { measure: what, size, actual } => vec![
            ("measure", measure(what)),
            ("population", json!(size.population)),
            ("required", json!(size.required)),
            ("actual", json!(actual)),
        ],
        Reason::MonthsMissed { missed } | Reason::PopulationUnknown { months: missed } => {
            vec![("months", months(missed))]
        }
        Reason::MonthsCovered { count } => vec![("count", json!(count))],
        Reason::PartyMissing { party: who } | Reason::NotTold { party: who } => {
            vec![("party", party(who))]
        }
        Reason::ApprovalMissing { by } => vec![("by", party(by))],
        Reason::ApprovedByOther { by, post: who }
        | Reason::ApprovedByDoer { by, post: who }
        | Reason::ApproverUnknown { by, post: who } => {
            vec![("by", party(by)), ("post", post(*who))]
        }
        Reason::ApprovedByParty { by, party: who } => {
            vec![("by", party(by)), ("party", party(who))]
        }
        Reason::ApprovedAfter { by, on } => vec![("by", party(by)), ("on", day(on))],
        Reason::ActorMissing { roles, by } => {
            vec![("roles", json!(model.role_words(roles))), ("post", by.map_or(Value::Null, post))]
        }
        Reason::ActorUnknown { roles } => vec![("roles", json!(model.role_words(roles)))],
        Reason::EvidenceMissing { form, instead } => {
            vec![("form", json!(model.forms[*form].words)), ("instead", json!(instead))]
        }
        Reason::EvidenceOfAnotherTime { form, from, until } => {
            vec![
                ("form", json!(model.forms[*form].words)),
                ("from", day(from)),
                ("until", day(until)),
            ]
        }
        Reason::EvidenceExpired { form, until } => {
            vec![("form", json!(model.forms[*form].words)), ("until", day(until))]
        }
        Reason::EvidenceTooOld { form, received } => {
            vec![("form", json!(model.forms[*form].words)), ("received", day(received))]
        }
        Reason::NothingBefore { duty, scope } => vec![
            ("duty", json!(model.obligation_path(*duty))),
            ("scope", json!(model.scope_slug(*scope))),
        ],
        Reason::SentBefore { on, ready } => vec![("on", day(on)), ("ready", day(ready))],
        Reason::Instead { duty, on, at } => {
            let mut pairs = vec![("duty", json!(model.obligation_path(*duty))), ("on", day(on))];
            pairs.extend(at.map(|at| ("at", json!(at.to_string()))));
            pairs
        }
        Reason::PersonsOnFile { persons, recorded } => {
            vec![("persons", json!(persons)), ("recorded", json!(recorded))]
        }
        Reason::ActTimeNotRecorded { on } => vec![("on", day(on))],
        Reason::BaseLater { base, act } => vec![("base", day(base)), ("act", day(act))],
        Reason::TooEarly { on, opens } => vec![("on", day(on)), ("opens", day(opens))],
        Reason::HoursShort { required, actual } | Reason::HoursMet { required, actual } => {
            vec![("required", json!(required)), ("actual", json!(actual))]
        }
        Reason::WrongRecipient { to, instead } => {
            vec![("to", party(to)), ("instead", json!(instead.as_ref().map(party)))]
        }
        Reason::PopulationDiffers { measure: what, stated, recorded } => vec![
            ("measure", measure(what)),
            ("stated", json!(stated)),
            ("recorded", json!(recorded)),
        ],
        Reason::CalendarMissing { year } => vec![("year", json!(year))],
        Reason::CountedAnew { what, on } => {
            vec![("what", json!(model.answer_kinds[*what].slug)), ("on", day(on))]
        }
        Reason::CourseUnknown { required, actual, unsaid } => vec![
            ("required", json!(required)),
            ("actual", json!(actual)),
            ("unsaid", json!(unsaid)),
        ],
        Reason::ItemMissing { item } => vec![("item", json!(model.items[*item].words))],
        Reason::OtherManner { manner } => {
            vec![("manner", json!(model.manners[*manner].words))]
        }
        Reason::Supervisor { who } | Reason::Outsider { who } => vec![("who", json!(who))],
        Reason::TextNotHeld { clause } => vec![("clause", json!(clause.to_string()))],
        Reason::ConditionFailed { why } => vec![("why", json!(why.as_str()))],
        Reason::Waived { waiver, until } => {
            vec![("waiver", json!(model.waivers[*waiver].slug())), ("until", day(until))]
        }
        Reason::NothingToSend
        | Reason::LimitNotRecorded
        | Reason::EventTimeNotRecorded
        | Reason::DayDecides
        | Reason::Announced
        | Reason::PopulationZero
        | Reason::BaseUnknown
        | Reason::ConditionFalse
        | Reason::ContentsUnknown
        | Reason::MannerUnknown
        | Reason::LengthOpen
        | Reason::May => Vec::new(),
    };
    pairs.into_iter().collect()
}

/// The JSON Schema of a reason.
pub fn schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "args": {"type": "object"},
            "text": {"type": "string"},
        },
        "required": ["code", "args", "text"],
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_names_with_hyphens() {
        assert_eq!(Reason::Announced.code(), "announced");
        let year = Reason::CalendarMissing { year: 2027 };
        assert_eq!(year.code(), "calendar-missing");
        assert_eq!(args(&Model::default(), &year), BTreeMap::from([("year", json!(2027))]));
    }
}
