//! Open questions of the texts as data: who chose which reading, and what the others would decide.

use serde::Serialize;

use crate::model::{Model, Named};
use crate::proof::variant::{Difference, Effect, Readings, Weighed};
use crate::time::Day;

/// The version of the form.
pub const SCHEMA_VERSION: u32 = 1;

/// The file: every question of every regulation.
#[derive(Debug, Serialize)]
pub struct ReadingsFile {
    schema: u32,
    as_of: String,
    readings: Vec<ReadingRow>,
}

#[derive(Debug, Serialize)]
struct ReadingRow {
    /// `REGULATION/QUESTION`.
    id: String,
    regulation: String,
    clause: String,
    words: String,
    question: String,
    chosen: String,
    /// `null` while nobody has settled it.
    by: Option<ByRow>,
    review_by: Option<String>,
    /// Past the day of its review.
    due: bool,
    duties: Vec<String>,
    /// How many statuses some other reading would turn.
    decides: usize,
    options: Vec<OptionRow>,
}

#[derive(Debug, Serialize)]
struct ByRow {
    post: String,
    on: String,
    ground: &'static str,
    document: String,
}

#[derive(Debug, Serialize)]
struct OptionRow {
    id: String,
    says: String,
    chosen: bool,
    /// `null` where it is chosen, or cannot be computed.
    turns: Option<Vec<TurnRow>>,
}

#[derive(Debug, Serialize)]
struct TurnRow {
    /// Of an occurrence or a check.
    id: String,
    /// `null` where it would be new.
    before: Option<&'static str>,
    /// `null` where it would be no more.
    after: Option<&'static str>,
}

/// Every question, by regulation and in the author's order.
pub fn file(model: &Model, readings: &Readings, as_of: Day) -> ReadingsFile {
    let rows = readings.weighed.iter().map(|one| row(model, one, as_of)).collect();
    ReadingsFile { schema: SCHEMA_VERSION, as_of: as_of.to_string(), readings: rows }
}

fn row(model: &Model, weighed: &Weighed, as_of: Day) -> ReadingRow {
    let question = weighed.question(model);
    let regulation = model.regulations[question.regulation].slug().to_owned();
    let options = question.options.iter().zip(&weighed.effects).enumerate();
    let options = options.map(|(at, (option, effect))| OptionRow {
        id: option.slug.clone(),
        says: option.says.clone(),
        chosen: at == question.chosen,
        turns: match effect {
            Effect::Turns(turns) => Some(turns.iter().map(turn).collect()),
            Effect::Chosen | Effect::NotComputed => None,
        },
    });
    ReadingRow {
        id: format!("{regulation}/{}", question.slug),
        regulation,
        clause: question.clause.value.to_string(),
        words: question.words.value.clone(),
        question: question.question.clone(),
        chosen: question.choice().slug.clone(),
        by: question.by.as_ref().map(|by| ByRow {
            post: by.post.clone(),
            on: by.on.to_string(),
            ground: by.ground.as_str(),
            document: by.ground.document().to_owned(),
        }),
        review_by: question.review_by.map(|day| day.to_string()),
        due: question.is_due(as_of),
        duties: question.duties.iter().map(|id| model.obligation_path(*id)).collect(),
        decides: weighed.decides(),
        options: options.collect(),
    }
}

fn turn(turn: &Difference) -> TurnRow {
    TurnRow {
        id: turn.id.clone(),
        before: turn.before.as_ref().map(|state| state.status),
        after: turn.after.as_ref().map(|state| state.status),
    }
}
